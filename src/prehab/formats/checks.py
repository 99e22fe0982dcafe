"""What is judged of a routine as a whole: first what must not be, then what is probably not meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from prehab.domain.duration import seconds, spell
from prehab.domain.routine import (
    AREAS,
    MAX_SEGMENTS,
    MAX_TOTAL,
    At,
    Group,
    Kind,
    Phase,
    Position,
    Routine,
    Side,
    Step,
)
from prehab.formats.extent import longest_hold, measure, measure_item
from prehab.formats.findings import Finding, Path
from prehab.formats.problems import nearest
from prehab.formats.values import shown

_UPRIGHT = (Position.STANDING, Position.SEATED)
_LONG_HOLD = seconds(120)
_TIME_TO_LIE_DOWN = seconds(10)


def step_paths(routine: Routine) -> tuple[tuple[Path, Step], ...]:
    """Every step in the order of the file, with the path of its table."""
    paths: list[tuple[Path, Step]] = []
    for number, item in enumerate(routine.items):
        if isinstance(item, Group):
            paths += [(("step", number, "step", inner), step) for inner, step in enumerate(item.steps)]
        else:
            paths.append((("step", number), item))
    return tuple(paths)


def errors(routine: Routine) -> Iterator[Finding]:
    """What keeps a routine from being played, though every table of it is right."""
    yield from _growth(routine)
    yield from _run(routine)
    yield from _size(routine)


def _growth(routine: Routine) -> Iterator[Finding]:
    growing = [(path, step) for path, step in step_paths(routine) if step.growth]
    for path, _ in growing[1:]:
        yield Finding((*path, "for"), "grows too", "one step of a routine can; give this one a fixed length")
    easier = routine.progression.easier if routine.progression else None
    if easier is None:
        return
    if not growing:
        yield Finding(
            ("progression", "easier"), "has nothing to be easier than", "no step of this file grows"
        )
    elif (first := growing[0][1].length) is not None and easier.length >= first:
        yield Finding(
            ("progression", "easier", "for"),
            f"is not shorter than the first hold, {spell(first)}",
            "a level is known by its hold",
        )


def _run(routine: Routine) -> Iterator[Finding]:
    """A routine with posture checks is one run: one step, once, of a length that another may replace."""
    if routine.checks is None:
        return
    (path, step), *others = step_paths(routine)
    if others or not isinstance(routine.items[0], Step) or routine.rounds > 1:
        yield Finding(("checks",), "need a routine of one step", "the step is the run; leave the others out")
    elif step.growth or step.bouts or step.reps or step.sets * len(step.sides) > 1:
        yield Finding((*path, "for"), "must be one plain length", 'a run with [checks] is for = "30m"')


def _size(routine: Routine) -> Iterator[Finding]:
    whole = measure(routine)
    if whole.segments <= MAX_SEGMENTS and whole.time <= MAX_TOTAL:
        return
    sizes = [measure_item(item, routine) for item in routine.items]
    if whole.segments > MAX_SEGMENTS:
        longest = max(range(len(sizes)), key=lambda index: sizes[index].segments)
        found = f"{whole.segments} works and gaps in all, {MAX_SEGMENTS} is the most"
    else:
        longest = max(range(len(sizes)), key=lambda index: sizes[index].time)
        found = f"{spell(whole.time)} in all, {spell(MAX_TOTAL)} is the most"
    # What is repeated most is blamed: the rounds of the whole, or else the item that comes to most.
    path: Path = ("pace", "rounds") if routine.rounds > 1 else ("step", longest)
    yield Finding(path, f"comes to {found}", "fewer rounds, sets or steps")


def warnings(routine: Routine) -> Iterator[Finding]:
    """What can be played, but was probably not meant so."""
    steps = step_paths(routine)
    for path, step in steps:
        yield from _areas(path, step)
        yield from _length(path, step, routine)
        yield from _moments(path, step)
    yield from _no_areas(steps)
    yield from _lone_sides(steps)
    yield from _positions(steps, routine)


def _warning(path: Path, message: str, hint: str) -> Finding:
    return Finding(path, message, hint, "warning")


def _areas(path: Path, step: Step) -> Iterator[Finding]:
    for number, area in enumerate(step.areas):
        if area not in AREAS:
            meant = nearest(area, AREAS)
            hint = f"did you mean {meant!r}?" if meant else f"known are {', '.join(AREAS)}"
            yield _warning((*path, "areas", number), f"not a known area: {shown(area)}", hint)


def _no_areas(steps: tuple[tuple[Path, Step], ...]) -> Iterator[Finding]:
    """Said once for all of them: a list of the same sentence is no help."""
    bare = [path for path, step in steps if not step.areas]
    if bare:
        others = {1: "", 2: ", nor in one other step"}.get(len(bare), f", nor in {len(bare) - 1} other steps")
        yield _warning((*bare[0], "areas"), f"no area is named{others}", 'write areas = ["calves"]')


def _length(path: Path, step: Step, routine: Routine) -> Iterator[Finding]:
    hold = longest_hold(step)
    if step.kind is Kind.HOLD and hold:
        if routine.phase is Phase.BEFORE_RUN:
            hint = 'before a run, move: kind = "move"; hold stretches after it'
            yield _warning((*path, "kind"), "a held stretch before a run", hint)
        if hold > _LONG_HOLD:
            hint = f"several sets of up to {spell(_LONG_HOLD)} do the same"
            yield _warning((*path, "for"), f"a hold of {spell(hold)} is very long", hint)
    if step.beat and hold and step.beat >= hold and not step.reps:
        yield _warning((*path, "beat"), f"never heard: the step ends after {spell(hold)}", "make it shorter")


def _moments(path: Path, step: Step) -> Iterator[Finding]:
    hold = longest_hold(step)
    for number, line in enumerate(step.say):
        key = "at" if isinstance(line.moment, At) else "left"
        moment = line.moment.after if isinstance(line.moment, At) else line.moment.before_end
        if hold and moment and moment >= hold:
            hint = "choose a moment inside the step"
            yield _warning((*path, "say", number, key), f"never said: the step is {spell(hold)} long", hint)


def _lone_sides(steps: tuple[tuple[Path, Step], ...]) -> Iterator[Finding]:
    """A left without a right, or the other way round; the n-th left belongs to the n-th right."""
    left = [path for path, step in steps if step.sides == (Side.LEFT,)]
    right = [path for path, step in steps if step.sides == (Side.RIGHT,)]
    for path in left[len(right) :]:
        yield _warning((*path, "sides"), "a left side without a right", 'sides = "each" does both')
    for path in right[len(left) :]:
        yield _warning((*path, "sides"), "a right side without a left", 'sides = "each" does both')


def _positions(steps: tuple[tuple[Path, Step], ...], routine: Routine) -> Iterator[Finding]:
    """Getting down on the floor, or up from it, in too short a gap; turning over on the mat is quick."""
    for (_, before), (path, step) in pairwise(steps):
        gap = routine.change if step.change is None else step.change
        if before.position and step.position and gap < _TIME_TO_LIE_DOWN:
            was_upright, is_upright = before.position in _UPRIGHT, step.position in _UPRIGHT
            if was_upright != is_upright:
                found = f"{spell(gap)} to go from {before.position.value} to {step.position.value}"
                yield _warning((*path, "change"), found, f'write change = "{spell(_TIME_TO_LIE_DOWN)}"')
