"""The unrolled routine: one tuple of segments that everybody downstream plays, prints and tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prehab.domain.cues import Cue
from prehab.domain.duration import Millis
from prehab.domain.routine import Routine, Side, Step


class SegmentKind(Enum):
    """What a stretch of the timeline is for."""

    GET_READY = "get-ready"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Work:
    """Which piece of the routine a work is; the gaps before it carry the same."""

    step: Step
    number: int
    """The step's place in the file, from 1, groups opened."""
    name: str
    """What is shown; an easier level has its own name."""
    spoken: str
    """What is said."""
    figure: str | None
    side: Side | None
    set: int
    sets: int
    round: int
    rounds: int
    bout: int = 1
    bouts: int = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the timeline."""

    index: int
    kind: SegmentKind
    at: Millis
    """When it begins, from the first segment; a step that waits counts 0."""
    length: Millis | None
    """How long it is; `None` for a step that waits for a key."""
    work: Work
    """The work that this is or, in a gap, the one that follows."""
    cues: tuple[Cue, ...] = ()
    """In the order they are due."""
    call: str = ""
    """Name and side, said when a key lands the person here and no cue of the segment says it."""
    call_for: Millis = Millis(0)
    """How long the call takes to say."""

    @property
    def is_work(self) -> bool:
        """Whether the person works here, rather than getting ready for it."""
        return self.kind is SegmentKind.WORK


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A phrase for which there is no time in its place."""

    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole session, settled before it is played."""

    routine: Routine
    level: Millis | None
    """The hold of the growing step, or `None` where nothing grows."""
    segments: tuple[Segment, ...]
    get_ready: Millis
    total: Millis
    """Everything after get-ready; steps that wait count 0."""
    steps: int
    """How many steps the file has, groups opened."""
    unsaid: tuple[Unsaid, ...] = ()
    """What would be spoken if there were time; `check` warns of it."""

    @property
    def works(self) -> tuple[Segment, ...]:
        """The segments in which the person works."""
        return tuple(segment for segment in self.segments if segment.is_work)
