"""What is told from the rooms below to the screens and back, once the first frame stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prehab.domain.duration import Millis

if TYPE_CHECKING:
    from prehab.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class Setting:
    """Something a person can set."""

    key: str
    label: str
    help: str
    value: str
    choices: tuple[str, ...]
    """In the order in which a key goes through them."""


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A session that ended without anybody wanting it."""

    session_id: str
    routine: str
    name: str
    held: Millis
    can_go_on: bool
    """Whether the routine is still the one it was."""


@dataclass(frozen=True, slots=True)
class Morning:
    """A morning after that nobody has been asked about."""

    session_id: str
    name: str
    """Of the routine."""
    day: int
    """The local day of the session, as in `Instant`."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says about a session that is over; `None` where they said nothing."""

    effort: int | None = None
    """The hardest set, 1 to 10."""
    pain: int | None = None
    """The worst of it, 0 to 10."""
    held: Mapping[int, Millis] | None = None
    """Corrected seconds, by the index of the segment."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """How the figures of a session are shown."""

    find: Callable[[str | None], Figure | None]
    """The figure of a name."""
    is_moving: bool = True
    """Whether moves move and holds breathe."""
    is_ascii: bool = False
    """Whether they are drawn for fonts without braille dots."""


NO_PICTURES = Pictures(lambda name: None)
