"""A routine before it is started: how long, what for, what is needed, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from prehab.domain.duration import short_length
from prehab.domain.routine import Routine, Step
from prehab.domain.timeline import SegmentKind, Timeline
from prehab.tui.widgets.sheet import Lines, Piece, cut, hanging, shortened, spread, wrapped


def preview(timeline: Timeline, why: str = "", fitted: Sequence[str] = ()) -> Lines:
    """Lay a routine out; the steps that do not fit are counted.

    Args:
        timeline: the routine as it would be played.
        why: the reason it is due, if it is.
        fitted: what it is without, where it is done in less time.
    """

    def lines(width: int, height: int) -> list[list[Piece]]:
        routine = timeline.routine
        steps = f"{timeline.steps} step" if timeline.steps == 1 else f"{timeline.steps} steps"
        facts = [short_length(timeline.total), steps]
        if timeline.level is not None:
            facts.append(f"hold {short_length(timeline.level)}")
        head: list[list[Piece]] = [[(line, "strong")] for line in wrapped(routine.name, width)]
        head.append([(" · ".join(facts), "kind")])
        head += [[(line, "rest")] for change in fitted for line in wrapped(change, width)]
        head += [[(line, "prepare")] for line in wrapped(why, width)]
        rows = _steps(timeline)
        spare = height - len(head) - 2 - min(len(rows), _STEPS_FIRST)
        facts_below = _facts(routine, width, spare)
        about = cut(list(wrapped(routine.about, width)), spare - len(facts_below) - 1, width)
        body = [*head]
        for block in ([[(line, "quiet")] for line in about], facts_below):
            body += [[], *block] if block else []
        body.append([])
        room = max(0, height - len(body))
        shown = rows if len(rows) <= room else rows[: max(0, room - 1)]
        for name, length in shown:
            left, right = spread(name, length, width)
            body.append([(left, ""), (right, "quiet")])
        if len(shown) < len(rows) and room:
            body.append([(f"and {len(rows) - len(shown)} more", "quiet")])
        return body[:height]

    return lines


AT_HAND = "Laptop at the head of the mat, one hand's reach."
_STEPS_FIRST = 8
"""So many steps are shown before words about the routine take their room."""
_LABEL = 7
"""The column that says what a fact is, in cells."""


def _facts(routine: Routine, width: int, spare: int) -> list[list[Piece]]:
    """What is needed, where the laptop stands and what it is for; what matters least gives way first."""
    facts = {"needs": ", ".join(routine.needs), "for": ", ".join(routine.areas)}
    told: list[list[Piece]] = []
    for label, text in facts.items():
        lines = list(hanging(label, text, width, _LABEL))
        if len(told) + len(lines) > spare:
            lines = [(label.ljust(_LABEL), shortened(text, width - _LABEL))] if text else []
        if len(told) + len(lines) <= spare:
            told += [[(lead, "quiet"), (line, "")] for lead, line in lines]
    at_hand = list(wrapped(AT_HAND, width)) if "mat" in routine.needs else []
    return [*told, *([(line, "")] for line in at_hand if len(told) + len(at_hand) <= spare)]


def _steps(timeline: Timeline) -> list[tuple[str, str]]:
    """Each step once, with its length, sides, sets and rounds."""
    rows: dict[int, tuple[str, str]] = {}
    for segment in timeline.segments:
        work = segment.work
        if segment.kind is SegmentKind.WORK and work.number not in rows:
            length = short_length(segment.length) if segment.length is not None else _open(work.step)
            sets = f"{work.sets} × " if work.sets > 1 else ""
            each = " a side" if len(work.step.sides) > 1 else ""
            rows[work.number] = (work.name, f"{sets}{length}{each}")
    return list(rows.values())


def _open(step: Step) -> str:
    return f"{step.reps} times" if step.reps else "by key"
