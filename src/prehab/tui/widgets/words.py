"""What a moment of a session is called: words and shapes made from a frozen view, for any widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prehab.domain.commands import State
from prehab.domain.duration import HOUR, MINUTE, SECOND, Millis, clock_face, short_length
from prehab.domain.routine import Kind, Side
from prehab.domain.timeline import Segment, SegmentKind, Timeline
from prehab.domain.view import View
from prehab.tui.widgets import letters
from prehab.tui.widgets.sheet import shortened

if TYPE_CHECKING:
    from prehab.session.sound import Sound

_WORK = {
    Kind.HOLD: ("■", "HOLD"),
    Kind.MOVE: ("▶", "MOVE"),
    Kind.REPS: ("▲", "REPS"),
    Kind.ROLL: ("●", "ROLL"),
}
_GAPS = {
    SegmentKind.GET_READY: ("◇", "GET READY"),
    SegmentKind.SWITCH: ("⇄", "SWITCH"),
    SegmentKind.REST: ("○", "REST"),
    SegmentKind.CHANGE: ("→", "CHANGE"),
}
_SIDES = {Side.LEFT: "◀ LEFT", Side.RIGHT: "RIGHT ▶"}
_BRIEF_SIDES = {Side.LEFT: "◀ L", Side.RIGHT: "R ▶"}
_MOODS = {
    SegmentKind.WORK: "-work",
    SegmentKind.REST: "-rest",
    SegmentKind.GET_READY: "-prepare",
    SegmentKind.SWITCH: "-prepare",
    SegmentKind.CHANGE: "-prepare",
}

MOODS = ("-work", "-rest", "-prepare", "-paused")
"""The classes a session screen wears, one at a time; each has its colour."""

_ENDLESS = 1_000
LAST = 3
"""How many of the last seconds are shown when they cannot be heard."""


def badge(view: View) -> tuple[str, str]:
    """The shape and the word of this moment."""
    if view.state is State.PAUSED:
        return "‖", "PAUSED"
    if view.count_in:
        return "▷", f"GO ON IN {whole_seconds(view.count_in)}"
    if view.segment.kind is SegmentKind.WORK:
        return _WORK[view.segment.work.step.kind]
    return _GAPS[view.segment.kind]


def mood(view: View) -> str:
    """The class that colours this moment."""
    return "-paused" if view.state is State.PAUSED else _MOODS[view.segment.kind]


def side(segment: Segment, *, is_brief: bool = False) -> str:
    """The side with an arrow towards it; empty where there is none."""
    if segment.work.side is None:
        return ""
    return (_BRIEF_SIDES if is_brief else _SIDES)[segment.work.side]


def banner(view: View, room: int = _ENDLESS) -> tuple[str, str]:
    """What runs, with the beats counted where there is room, and the side: for letters three rows high."""
    kind, turn = " ".join(badge(view)), side(view.segment)
    if not view.beats or view.count_in or view.state is State.PAUSED:
        return kind, turn
    counted = f"{kind} {view.beat}/{view.beats}"
    return counted if letters.columns_of(counted, turn) <= room else kind, turn


def whole_seconds(left: Millis) -> int:
    """Seconds left, rounded up as a clock that runs down does."""
    return max(0, -(-left // SECOND))


def face(view: View) -> tuple[str, str]:
    """The digits of the time, and the widest they get in this segment, so that their size never jumps."""
    shown = view.elapsed // SECOND * SECOND if view.left is None else view.left
    longest = max(shown, view.length or 0)
    if view.length is not None and longest <= MINUTE:
        return f"{whole_seconds(Millis(shown)):>2}", "00"
    shape = "0:00" if longest < 10 * MINUTE else "00:00" if longest < HOUR else "0:00:00"
    return clock_face(Millis(shown)).rjust(len(shape)), shape


def is_last_seconds(view: View) -> bool:
    """Whether the last seconds of a segment run, which a muted session shows."""
    return view.left is not None and view.state is State.RUNNING and 0 < view.left <= LAST * SECOND


def place(view: View, timeline: Timeline, room: int = _ENDLESS, *, is_brief: bool = False) -> str:
    """Where in the routine this is: step, set, round, bout; briefly where it is narrow, as far as it fits."""
    work = view.segment.work
    counts = [
        ("step", work.number, timeline.steps),
        ("set", work.set, work.sets),
        ("round", work.round, work.rounds),
        ("part", work.bout, work.bouts),
    ]
    of = "/" if is_brief else " of "
    parts = [f"{word} {number}{of}{count}" for word, number, count in counts if count > 1]
    if is_brief and view.beats:
        parts.insert(0, f"{_beat_noun(view)} {view.beat}{of}{view.beats}")
    while len(parts) > 1 and len(" · ".join(parts)) > room:
        parts.pop()
    return " · ".join(parts)


def has_beats(timeline: Timeline) -> bool:
    """Whether anything in a routine is counted, or waits for a key, so that a line has to say so."""
    works = (segment for segment in timeline.segments if segment.kind is SegmentKind.WORK)
    return any(segment.length is None or segment.work.step.beat is not None for segment in works)


def is_long(timeline: Timeline) -> bool:
    """Whether a time of four digits is shown somewhere in a routine; repetitions never take so long."""
    return any(
        segment.length >= 10 * MINUTE if segment.length is not None else segment.work.step.reps is None
        for segment in timeline.segments
    )


def heading(view: View) -> str:
    """The name of what runs or, in a gap, of what comes."""
    name = view.segment.work.name
    return name if view.segment.kind is SegmentKind.WORK else f"Next: {name}"


def following(view: View, room: int, *, is_run: bool = False) -> str:
    """The work after this one, or after the one that comes; its length stays in any room."""
    if is_open_run(view, is_run=is_run) or _is_endless(view, is_run=is_run):
        return "enter when the run is over"
    is_work = view.segment.kind is SegmentKind.WORK
    if view.following is None:
        return "the last one" if is_work else "then  done"
    work, length = view.following.work, view.following.length
    turn = f", {work.side.value} side" if work.side else ""
    turn += f", set {work.set}" if work.sets > 1 else ""
    lead = "next  " if is_work else "then  "
    tail = " · until you press enter" if length is None else f" · {short_length(length)}"
    return f"{lead}{shortened(f'{work.name}{turn}', max(8, room - len(lead) - len(tail)))}{tail}"


def beats(view: View, room: int, *, is_run: bool = False) -> str:
    """The beats counted, as a number and, where there is room, as dots; of an open run that it goes on."""
    if not view.beats:
        if is_open_run(view, is_run=is_run):
            return "run so far"
        waits = view.left is None and view.segment.kind is SegmentKind.WORK
        reps = view.segment.work.step.reps
        return f"{reps} times, then enter" if waits and reps else "enter when done" if waits else ""
    dots = "●" * view.beat + "○" * (view.beats - view.beat)
    said = f"{_beat_noun(view)} {view.beat} of {view.beats}"
    return f"{said}  {dots}" if len(said) + 2 + len(dots) <= room else said


def _beat_noun(view: View) -> str:
    return {Kind.REPS: "rep", Kind.ROLL: "pass"}.get(view.segment.work.step.kind, "beat")


def is_open_run(view: View, *, is_run: bool) -> bool:
    """Whether somebody runs who did not say for how long."""
    return is_run and view.left is None and view.segment.kind is SegmentKind.WORK


def _is_endless(view: View, *, is_run: bool) -> bool:
    """Whether this is a run without an end that was planned."""
    return is_run and not view.total


def total_left(view: View, *, is_brief: bool = False, is_run: bool = False) -> str:
    """The time left of the whole routine; of an open run, how long it has taken."""
    if is_open_run(view, is_run=is_run):
        return f"{clock_face(Millis(view.elapsed // SECOND * SECOND))} so far"
    if _is_endless(view, is_run=is_run):
        return "until you end it"
    left = f"{clock_face(view.total_left)} left"
    return left if is_brief else f"{left} of {clock_face(view.total)}"


def sound(heard: Sound) -> str:
    """Volume and voice in a few letters."""
    if heard.backend == "silent":
        return "♪ no sound"
    return "♪ muted" if heard.muted else f"♪ {heard.volume} %"
