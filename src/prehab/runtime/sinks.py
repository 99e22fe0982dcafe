"""What listens to a session. A sink may fail, a session may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from prehab.domain.cues import Cue
from prehab.domain.duration import Millis
from prehab.domain.events import Event
from prehab.domain.view import View


class SinkError(Exception):
    """A listener that cannot go on; the message is one notice for the person."""


class Sink(Protocol):
    """Hears every look at the session, in order, with the true times."""

    def accept(self, events: Sequence[Event], view: View) -> None:
        """Take what happened since the last look (often nothing) and what is to be seen now.

        Raises:
            SinkError: when it cannot go on; it is let go after one notice.
        """
        ...

    def close(self) -> None:
        """Finish: flush, stop, let go. Called once, also after a failure.

        Raises:
            SinkError: when something could not be finished.
        """
        ...


@dataclass(frozen=True, slots=True)
class Planned:
    """A cue with its deadline on the machine's monotonic clock."""

    deadline: Millis
    """`time.monotonic` in whole milliseconds."""
    cue: Cue
    key: int
    """Tells one sounding of a cue from another: the same key is the same sounding, handed over again."""


class Player(Protocol):
    """A sink of sound: it is handed the whole known schedule, and a new one on each command."""

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        """Play this from now on and nothing else; what sounds already and is not in it falls silent.

        Raises:
            SinkError: when it cannot go on; it is let go after one notice.
        """
        ...

    def close(self) -> None:
        """Fall silent and let the device go."""
        ...
