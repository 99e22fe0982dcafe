"""What happened in a session: frozen facts, each with the time it was due."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prehab.domain.cues import Cue
from prehab.domain.duration import Millis


class StepOutcome(Enum):
    """How one work ended."""

    DONE = "done"
    SHORT = "short"
    SKIPPED = "skipped"


class Outcome(Enum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class SegmentStarted:
    """A segment became the current one, for the first time or again."""

    due: Millis
    index: int


@dataclass(frozen=True, slots=True)
class WorkEnded:
    """A work is over; after a restart the same index may end again, and the last one counts."""

    due: Millis
    index: int
    held: Millis
    """How long it was really held: a hold up to its first pause, other kinds without the pauses."""
    outcome: StepOutcome


@dataclass(frozen=True, slots=True)
class CueDue:
    """A sound or a sentence whose moment came."""

    due: Millis
    index: int
    cue: Cue


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock of the session stands still."""

    due: Millis
    index: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock runs again; a work goes on after the count-in."""

    due: Millis
    index: int
    count_in: Millis


@dataclass(frozen=True, slots=True)
class GapFound:
    """The machine slept or the program was stopped; the session is paused at the last moment seen."""

    due: Millis
    index: int
    lost: Millis


@dataclass(frozen=True, slots=True)
class TimeAdded:
    """The current segment became longer; what was planned did not."""

    due: Millis
    index: int
    by: Millis


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session is over. At most one of these is ever said."""

    due: Millis
    outcome: Outcome


Event = SegmentStarted | WorkEnded | CueDue | Paused | Resumed | GapFound | TimeAdded | SessionEnded
