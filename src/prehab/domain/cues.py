"""The cue table: what is heard, and when, in each segment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prehab.domain.duration import Millis


class CueKind(Enum):
    """Every sound that a person can tell apart, silence or replace."""

    TICK = "tick"
    GO = "go"
    HALF = "half"
    BEAT = "beat"
    END = "end"
    DONE = "done"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Cue:
    """One sound or sentence inside a segment."""

    offset: Millis
    """When, from the start of the segment as planned."""
    kind: CueKind
    text: str | None = None
    """What is said; only `SAY` has it."""
    soft: bool = False
    """Whether the calm style asks for the soft variant of the tone."""
    from_end: bool = False
    """Whether the cue belongs to the end of the segment and moves with it when time is added."""
    spoken_for: Millis = Millis(0)
    """How long the sentence takes to say; 0 for tones."""
    brief: str | None = None
    """What a voice set to `short` says instead (name and side); `None` when it stays silent."""
