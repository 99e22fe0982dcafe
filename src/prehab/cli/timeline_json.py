"""A timeline as `show --json` prints it."""

from __future__ import annotations

from typing import Any

from prehab.domain.timeline import Segment, Timeline


def as_data(timeline: Timeline) -> dict[str, Any]:
    """The whole timeline: segments with their times, cues with theirs, counted from the first segment."""
    routine = timeline.routine
    return {
        "routine": routine.id,
        "name": routine.name,
        "phase": routine.phase.value,
        "level_ms": timeline.level,
        "get_ready_ms": timeline.get_ready,
        "total_ms": timeline.total,
        "segments": [_segment(segment) for segment in timeline.segments],
        "cues": [
            {"at_ms": segment.at + cue.offset, "kind": cue.kind.value, "text": cue.text}
            for segment in timeline.segments
            for cue in segment.cues
        ],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    work = segment.work
    return {
        "index": segment.index,
        "kind": segment.kind.value,
        "at_ms": segment.at,
        "for_ms": segment.length,
        "step": work.step.id,
        "name": work.name,
        "side": work.side.value if work.side else None,
        "set": work.set,
        "sets": work.sets,
        "round": work.round,
        "rounds": work.rounds,
        "areas": list(work.step.areas),
        "position": work.step.position.value if work.step.position else None,
        "figure": work.figure,
        "do": work.step.do,
        "avoid": work.step.avoid,
    }
