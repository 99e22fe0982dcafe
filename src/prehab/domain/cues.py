"""The cue table: what is heard, and when, in each segment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from prehab.domain.duration import SECOND, Millis, seconds


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
    is_reminder: bool = False
    """Whether a soft tone stands for the sentence where nobody says it."""


LONG_GAP = seconds(10)
"""A gap from here on counts down 3, 2, 1."""
SHORT_GAP = seconds(4)
"""A gap from here on has one tick; a shorter one has none."""
LONG_WORK = seconds(10)
"""A work from here on counts down 3, 2, 1 before its end."""
HALVED_WORK = seconds(20)
"""A work from here on has a sound at its half."""


def gap_tones(length: Millis, *, calm: bool, is_get_ready: bool) -> tuple[Cue, ...]:
    """The ticks that lead into a work."""
    if (calm and not is_get_ready) or length < SHORT_GAP:
        return ()
    return _countdown(length, 3 if length >= LONG_GAP else 1, soft=calm)


def work_tones(length: Millis | None, beat: Millis | None, *, calm: bool, is_last: bool) -> tuple[Cue, ...]:
    """The tones of a work: its start, half, beats, last seconds and end, in the order they are due.

    A step that waits has its start and its end at 0; the end is the engine's to move.
    """
    tones = [Cue(Millis(0), CueKind.GO, soft=calm)]
    if length is not None:
        tones += beat_tones(beat, Millis(0), length)
        if not calm and length >= HALVED_WORK:
            tones.append(Cue(Millis(length // 2), CueKind.HALF))
        if not calm and length >= LONG_WORK:
            tones += _countdown(length, 3, soft=False)
    end = CueKind.DONE if is_last else CueKind.END
    tones.append(Cue(length or Millis(0), end, soft=calm, from_end=True))
    return in_order(tones)


def beat_tones(beat: Millis | None, after: Millis, until: Millis) -> list[Cue]:
    """The knocks strictly between two moments of a work, counted from its start."""
    if beat is None:
        return []
    first = after // beat + 1
    return [Cue(Millis(at), CueKind.BEAT) for at in range(first * beat, until, beat)]


def longer(cues: tuple[Cue, ...], length: Millis, extra: Millis, beat: Millis | None) -> tuple[Cue, ...]:
    """The same cues in a segment to which time was added: its end moves, its beats go on."""
    if not extra:
        return cues
    moved = [replace(cue, offset=Millis(cue.offset + extra)) if cue.from_end else cue for cue in cues]
    return in_order([*moved, *beat_tones(beat, Millis(length - 1), Millis(length + extra))])


def in_order(cues: list[Cue]) -> tuple[Cue, ...]:
    """Sort by time; at the same moment tones come before speech, and otherwise the order given stays."""
    return tuple(sorted(cues, key=lambda cue: (cue.offset, cue.kind is CueKind.SAY)))


def _countdown(length: Millis, ticks: int, *, soft: bool) -> tuple[Cue, ...]:
    return tuple(
        Cue(Millis(length - left * SECOND), CueKind.TICK, soft=soft, from_end=True)
        for left in range(ticks, 0, -1)
    )
