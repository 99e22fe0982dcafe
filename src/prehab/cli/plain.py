"""A session as lines: one for each thing that happens, for screen readers, logs and pipes."""

from __future__ import annotations

from typing import Any, Protocol

from prehab.cli import output
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, clock_face, held_face, spoken_length
from prehab.domain.events import (
    CueDue,
    Event,
    GapFound,
    Outcome,
    Paused,
    Resumed,
    SegmentStarted,
    SessionEnded,
    StepOutcome,
    TimeAdded,
    WorkEnded,
)
from prehab.domain.routine import Kind
from prehab.domain.summary import Summary
from prehab.domain.timeline import Segment, SegmentKind, Timeline


class Writer(Protocol):
    """How a session is told."""

    def event(self, event: Event, at: Millis) -> None:
        """Tell one thing that happened, handled at `at`."""
        ...


class JsonLines:
    """One JSON object a line, each flushed."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    def event(self, event: Event, at: Millis) -> None:
        told = self._told(event)
        if told is not None:
            name, more = told
            output.as_json({"event": name, "due_ms": event.due, "at_ms": at, **more}, indent=None)

    def _told(self, event: Event) -> tuple[str, dict[str, Any]] | None:
        match event:
            case SegmentStarted(index=index):
                segment = self._timeline.segments[index]
                side = segment.work.side
                return "segment", {
                    "index": index,
                    "kind": segment.kind.value,
                    "name": segment.work.name,
                    "side": side.value if side else None,
                    "for_ms": segment.length,
                }
            case CueDue(cue=cue):
                return "cue", {"kind": cue.kind.value, "text": cue.text}
            case Paused():
                return "paused", {}
            case Resumed(count_in=count_in):
                return "resumed", {"count_in_ms": count_in}
            case GapFound(lost=lost):
                return "gap", {"lost_ms": lost}
            case SessionEnded(outcome=outcome):
                return "ended", {"outcome": outcome.value}
            case _:
                return None


_KIND_WORDS = {Kind.HOLD: "Hold", Kind.MOVE: "Move", Kind.REPS: "Reps", Kind.ROLL: "Roll"}
_GAP_WORDS = {
    SegmentKind.GET_READY: "Get ready",
    SegmentKind.SWITCH: "Switch",
    SegmentKind.REST: "Rest",
    SegmentKind.CHANGE: "Change",
}


class TextLines:
    """Short sentences, none of them once a second."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    def _say(self, text: str) -> None:
        output.line(text)
        output.flush()

    def event(self, event: Event, at: Millis) -> None:
        match event:
            case SegmentStarted(index=index):
                self._segment(self._timeline.segments[index])
            case CueDue(index=index, cue=cue):
                own_lines = {line.text for line in self._timeline.segments[index].work.step.say}
                if cue.kind is CueKind.HALF:
                    self._say("  Half.")
                elif cue.text in own_lines:
                    self._say(f"  {cue.text}")
            case WorkEnded(held=held, outcome=StepOutcome.SHORT):
                self._say(f"  Held {spoken_length(held)}.")
            case WorkEnded(outcome=StepOutcome.SKIPPED):
                self._say("  Skipped.")
            case Paused():
                self._say("Paused. Space goes on.")
            case Resumed(count_in=count_in):
                self._say(f"Going on in {spoken_length(count_in)}." if count_in else "Going on.")
            case GapFound(lost=lost):
                self._say(f"Away for {clock_face(lost)}. Paused where you were.")
            case TimeAdded(by=by):
                self._say(f"  {spoken_length(by).capitalize()} more.")
            case SessionEnded(outcome=outcome):
                self._say("Done." if outcome is Outcome.COMPLETED else "Ended.")
            case _:
                pass

    def _segment(self, segment: Segment) -> None:
        work = segment.work
        what = work.name + (f", {work.side.value} side" if work.side else "")
        if not segment.is_work:
            lasts = spoken_length(segment.length or Millis(0))
            self._say(f"{_GAP_WORDS[segment.kind]}, {lasts}. Next: {what}.")
            return
        if segment.length is None:
            lasts = f"{work.step.reps} reps, then enter"
        else:
            lasts = spoken_length(segment.length)
        if work.step.reps is not None and segment.length is not None:
            lasts = f"{work.step.reps} reps in {lasts}"
        counts = _of("set", work.set, work.sets) + _of("bout", work.bout, work.bouts)
        counts += _of("round", work.round, work.rounds)
        self._say(f"{_KIND_WORDS[work.step.kind]}: {what}, {lasts}{counts}.")
        if work.set == work.round == work.bout == 1 and work.side in (None, work.step.sides[0]):
            for text in (work.step.do, work.step.avoid):
                if text:
                    self._say(f"  {text}")


def _of(what: str, number: int, count: int) -> str:
    return f", {what} {number} of {count}" if count > 1 else ""


def headline(timeline: Timeline) -> str:
    """The routine in one line, before it starts."""
    steps = "1 step" if timeline.steps == 1 else f"{timeline.steps} steps"
    return f"{timeline.routine.name}. {clock_face(timeline.total)}, {steps}."


def closing(summary: Summary, timeline: Timeline) -> str:
    """What was done, in one line, after it ended."""
    works = len(timeline.works)
    return f"{summary.done} of {works} done, {held_face(summary.held)} of work."
