"""A routine as a sheet for the fridge: times, cues and pictures, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from prehab.domain.duration import clock_face, short_length, spell
from prehab.domain.routine import Kind, Side
from prehab.domain.timeline import Segment, Timeline, Work
from prehab.figures.library import Library

PICTURE = (40, 12)
"""Columns and rows of a picture."""

Draw = Callable[[str, Side | None], list[str] | None]
"""Draws a figure by its name; nothing where there is none."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_PHASES = {"before-run": "before a run", "during-run": "during a run", "after-run": "after a run"}
_OFTEN = {1: "once a week", 2: "twice a week", 7: "daily"}


def sheet(timeline: Timeline, draw: Draw) -> str:
    """Write the whole sheet.

    Args:
        timeline: what is done.
        draw: makes the pictures.
    """
    return "\n".join((*_head(timeline), "", *_table(timeline), *_steps(timeline, draw))) + "\n"


def drawer(figures: Library) -> Draw:
    """Draws the figures of a library in the size of the sheet."""
    from prehab.figures.animation import still

    def draw(name: str, side: Side | None) -> list[str] | None:
        figure = figures.find(name)
        frame = still(figure, *PICTURE, side) if figure is not None else None
        return None if frame is None else [line.rstrip() for line in frame.lines()]

    return draw


def _head(timeline: Timeline) -> Iterator[str]:
    routine = timeline.routine
    yield f"# {_plain(routine.name)}"
    yield ""
    facts = [
        _PHASES.get(routine.phase.value, routine.phase.value.replace("-", " ")),
        clock_face(timeline.total),
    ]
    if timeline.level is not None:
        facts.append(f"level {spell(timeline.level)}")
    if routine.per_week:
        facts.append(_OFTEN.get(routine.per_week, f"{routine.per_week} times a week"))
    if routine.needs:
        facts.append(f"needs: {', '.join(map(_plain, routine.needs))}")
    yield " · ".join(facts)
    if routine.about:
        yield ""
        yield _plain(routine.about)


def _table(timeline: Timeline) -> Iterator[str]:
    yield "| | at | what | how long | done |"
    yield "|--:|--:|--|--|--|"
    for first in _firsts(timeline):
        work = first.work
        yield f"| {work.number} | {clock_face(first.at)} | {_plain(work.name)} | {dose(first)} | ☐ |"
    rounds = timeline.segments[-1].work.rounds
    if rounds > 1:
        yield ""
        yield f"{rounds} rounds of it; the times are those of the first."


def _steps(timeline: Timeline, draw: Draw) -> Iterator[str]:
    for first in _firsts(timeline):
        work = first.work
        yield ""
        yield f"## {work.number}. {_plain(work.name)}"
        yield ""
        yield dose(first)
        told = (("Do", work.step.do), ("Avoid", work.step.avoid))
        for label, text in told:
            if text:
                yield ""
                yield f"**{label}:** {_plain(text)}"
        picture = draw(work.figure, work.side) if work.figure else None
        if picture:
            yield from ("", "```text", *picture, "```")


def _firsts(timeline: Timeline) -> Iterator[Segment]:
    """The first work of each step."""
    seen: set[int] = set()
    for segment in timeline.works:
        if segment.work.number not in seen:
            seen.add(segment.work.number)
            yield segment


def doses(timeline: Timeline) -> list[str]:
    """Every step with how much there is of it, one a line: how a note was understood."""
    return [f"{first.work.name}: {dose(first)}" for first in _firsts(timeline)]


def dose(first: Segment) -> str:
    """How much of a step there is, as a person would say it: `3 × 30 s each side, 45 s rest`."""
    work, step = first.work, first.work.step
    times = f"{step.sets} × " if step.sets > 1 else ""
    amount, detail = _each(first, work)
    parts = [f"{times}{amount}{_sides(work)}", *detail]
    if step.sets > 1 and step.rest:
        parts.append(f"{short_length(step.rest)} rest")
    return ", ".join(parts)


def _each(first: Segment, work: Work) -> tuple[str, list[str]]:
    """How much one set is, and how it goes."""
    step = work.step
    if first.length is None:
        return f"{step.reps}", ["in your own time"]
    if step.reps is not None and step.beat is not None:
        return f"{step.reps}", [f"one every {short_length(step.beat)}"]
    if work.bouts > 1 and step.bouts is not None:
        return f"{work.bouts} × {short_length(first.length)}", [f"{short_length(step.bouts.gap)} between"]
    if step.beat is not None and step.kind is Kind.ROLL:
        return short_length(first.length), [f"a pass every {short_length(step.beat)}"]
    return short_length(first.length), []


def _sides(work: Work) -> str:
    sides = work.step.sides
    if len(sides) > 1:
        return " each side"
    return f", {sides[0].value} side" if sides[0] else ""


def _plain(text: str) -> str:
    """Text as text, whatever it holds."""
    return _SPECIAL.sub(r"\\\1", text)
