"""Posture checks on a run: when each is due, and what it says. One thing at a time, more often when tired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from prehab.domain.duration import Millis
from prehab.domain.routine import MAX_STEP, At, Checks, Line, Routine, Step

AT_ONCE = Millis(400)
"""So long after the key that says `getting tired` the first late check is due."""


@dataclass(frozen=True, slots=True)
class Check:
    """One moment at which the runner looks after one area."""

    at: Millis
    """From the start of the run."""
    area: str
    text: str
    is_late: bool


def run_of(routine: Routine) -> Step | None:
    """The step that is the run; `None` for a routine without posture checks."""
    return next(routine.steps()) if routine.checks is not None else None


def planned(routine: Routine, length: Millis | None) -> Routine:
    """The same run at another length; `None` leaves its end open."""
    step = run_of(routine)
    return routine if step is None else replace(routine, items=(replace(step, length=length),))


def tired(routine: Routine, at: Millis) -> Routine:
    """The same run with the late part from now on; the first of its checks comes at once."""
    if routine.checks is None or routine.checks.tired_at is not None:
        return routine
    return replace(routine, checks=replace(routine.checks, tired_at=Millis(at + AT_ONCE)))


def going_on(routine: Routine, heard: int) -> Routine:
    """The same run with the early areas going on where earlier runs, with so many early checks, left off."""
    if routine.checks is None:
        return routine
    return replace(routine, checks=replace(routine.checks, start=heard))


def with_checks(routine: Routine) -> Routine:
    """The same with every check as a line that is said in the run, as the author of a routine writes them."""
    step = run_of(routine)
    if step is None or routine.checks is None:
        return routine
    lines = tuple(
        Line(check.text, At(check.at), is_reminder=True) for check in schedule(routine.checks, step.length)
    )
    return replace(routine, items=(replace(step, say=step.say + lines),), checks=None)


def schedule(checks: Checks, length: Millis | None) -> tuple[Check, ...]:
    """Every check of a run of that length, in order; a run whose end is open has them for hours."""
    return tuple(_spoken(checks, tuple(_moments(checks, length))))


def heard_early(checks: Checks, length: Millis | None, held: Millis) -> int:
    """How many early checks of a run of that length were due within the part that was run."""
    return sum(at <= held for at, is_late in _moments(checks, length) if not is_late)


def _moments(checks: Checks, length: Millis | None) -> Iterator[tuple[Millis, bool]]:
    """When, and whether in the late part: none at the very end, and no early one just before that part."""
    last = int(MAX_STEP if length is None else length - checks.quiet)
    tired_at = last + 1 if checks.tired_at is None else int(checks.tired_at)
    late = tired_at
    for at, is_late in _planned(checks, length, last):
        if at >= tired_at and not is_late:
            break
        if is_late:
            late = min(late, at)
            break
        yield at, False
    for moment in range(late, last + 1, checks.late_every):
        yield Millis(moment), True


def _planned(checks: Checks, length: Millis | None, last: int) -> Iterator[tuple[Millis, bool]]:
    """The early checks as they were planned, and the first of the late part."""
    over, under = checks.late_from
    late = None if length is None else Millis(length * over // under)
    for at in range(checks.first, last + 1 if late is None else min(late, last + 1), checks.every):
        if late is None or late - at > checks.clear:
            yield Millis(at), False
    if late is not None:
        yield late, True


def _spoken(checks: Checks, moments: tuple[tuple[Millis, bool], ...]) -> Iterator[Check]:
    """The areas in their turns, never the same twice running, each with its next words whenever it comes."""
    cues = {cue.area: cue for cue in checks.cues}
    times = dict.fromkeys(cues, checks.start // len(checks.order))
    turns = {False: checks.start, True: 0}
    before = ""
    for at, is_late in moments:
        order = checks.late_order if is_late else checks.order
        area = order[turns[is_late] % len(order)]
        if area == before:
            turns[is_late] += 1
            area = order[turns[is_late] % len(order)]
        turns[is_late] += 1
        cue = cues[area]
        text = cue.late if is_late and cue.late else cue.say[times[area] % len(cue.say)]
        times[area] += 1
        before = area
        yield Check(at, area, text, is_late)
