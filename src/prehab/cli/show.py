"""`prehab show`: the whole timeline of a routine, nothing played."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prehab.cli import output, timeline_json
from prehab.cli.arguments import add_fit, add_json, add_level, add_routine, fit_of
from prehab.cli.fitting import tell_differences
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis, clock_face, short_length, spell
from prehab.domain.timeline import Segment, SegmentKind, Timeline
from prehab.errors import Exit
from prehab.session.front import Prehab

if TYPE_CHECKING:
    from prehab.domain.routine import Side
    from prehab.session.sheet import Draw

_INDENT = " " * 27


def configure(parser: argparse.ArgumentParser) -> None:
    """A routine, a level, and whether with pictures or as JSON."""
    add_routine(parser)
    add_level(parser)
    add_fit(parser)
    parser.add_argument("--no-figures", action="store_true", help="leave out the pictures of the moves")
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the timeline as everybody downstream would play it."""
    prehab, fit = Prehab(), fit_of(args)
    timeline = prehab.timeline(args.routine, args.level, fit=fit)
    tell_differences(prehab, args.routine, fit, args.level)
    if args.json:
        output.as_json(timeline_json.as_data(timeline))
    else:
        output.lines(_sheet(timeline, _nothing if args.no_figures else _drawer()))
    return Exit.OK


def _drawer() -> Draw:
    from prehab.config import locations
    from prehab.figures.library import Library
    from prehab.session.sheet import drawer

    return drawer(Library(locations.own_figures()))


def _nothing(name: str, side: Side | None) -> None:
    """Draw no picture."""


def _sheet(timeline: Timeline, draw: Draw) -> Iterator[str]:
    routine = timeline.routine
    yield routine.name
    parts = [routine.phase.value.replace("-", " "), clock_face(timeline.total)]
    if timeline.get_ready:
        parts.append(f"{short_length(timeline.get_ready)} to get ready")
    if timeline.level is not None:
        parts.append(f"level {spell(timeline.level)}")
    yield " · ".join(parts)
    if routine.about:
        yield routine.about
    if routine.needs:
        yield f"needs: {', '.join(routine.needs)}"
    yield ""
    explained: set[int] = set()
    for segment in timeline.segments:
        yield _head(segment)
        if segment.is_work and segment.work.number not in explained:
            explained.add(segment.work.number)
            yield from _instructions(segment)
            yield from _picture(segment, draw)
        yield from _cues(segment)
    yield f"{clock_face(Millis(timeline.get_ready + timeline.total)):>7}  done"


def _head(segment: Segment) -> str:
    work = segment.work
    kind = work.step.kind.value if segment.is_work else segment.kind.value.replace("-", " ")
    lasts = "waits" if segment.length is None else spell(segment.length)
    what = work.name + (f", {work.side.value} side" if work.side else "")
    if segment.kind is SegmentKind.SWITCH and work.side:
        what = f"{work.side.value} side"
    counts = [
        f"{name} {number} of {count}"
        for name, number, count in (
            ("set", work.set, work.sets),
            ("bout", work.bout, work.bouts),
            ("round", work.round, work.rounds),
        )
        if count > 1
    ]
    after = f"  ({', '.join(counts)})" if counts and segment.is_work else ""
    return f"{clock_face(segment.at):>7}  {kind:<9}  {lasts:>6}  {what}{after}"


def _instructions(segment: Segment) -> Iterator[str]:
    step = segment.work.step
    for label, text in (("do", step.do), ("avoid", step.avoid), ("areas", ", ".join(step.areas))):
        if text:
            yield f"{_INDENT}{label}: {text}"


def _picture(segment: Segment, draw: Draw) -> Iterator[str]:
    work = segment.work
    lines = draw(work.figure, work.side) if work.figure else None
    yield from (f"{_INDENT}{line}" for line in lines or () if line.strip())


def _cues(segment: Segment) -> Iterator[str]:
    tones = _tones(segment)
    if tones:
        yield f"{_INDENT}♪ {tones}"
    for cue in segment.cues:
        if cue.text is not None:
            yield f"{_INDENT}{clock_face(Millis(segment.at + cue.offset))} “{cue.text}”"


def _tones(segment: Segment) -> str:
    """The tones of a segment, those of a kind together: `go 0:20, tick 0:47 0:48 0:49, end 0:50`."""
    times: dict[CueKind, list[str]] = {}
    for cue in segment.cues:
        if cue.text is None:
            times.setdefault(cue.kind, []).append(clock_face(Millis(segment.at + cue.offset)))
    return ", ".join(f"{kind.value} {_run(moments)}" for kind, moments in times.items())


def _run(moments: list[str]) -> str:
    """Many beats are told by the first, the last and their number."""
    if len(moments) <= 6:
        return " ".join(moments)
    return f"{moments[0]} … {moments[-1]} ({len(moments)} times)"
