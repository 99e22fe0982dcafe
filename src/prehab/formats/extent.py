"""How much a routine comes to when unrolled, by multiplication: a file that would flood is never unrolled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prehab.domain.duration import Millis
from prehab.domain.routine import Group, Routine, Step


@dataclass(frozen=True, slots=True)
class Extent:
    """A number of segments and the time they take."""

    segments: int = 0
    time: Millis = Millis(0)

    def then(self, other: Extent, gap: Millis) -> Extent:
        """This, a gap, and another; a gap of 0 s makes no segment."""
        return Extent(
            self.segments + other.segments + (gap > 0),
            Millis(self.time + other.time + gap),
        )

    def times(self, count: int, gap: Millis) -> Extent:
        """This several times over, with a gap between."""
        return Extent(
            self.segments * count + (count - 1) * (gap > 0),
            Millis(self.time * count + gap * (count - 1)),
        )


def measure(routine: Routine) -> Extent:
    """The whole routine at its longest, get-ready left out; a step that waits takes no time."""
    once = _in_turn((_gap_before(item, routine), measure_item(item, routine)) for item in routine.items)
    return once.times(routine.rounds, routine.round_rest)


def measure_item(item: Step | Group, routine: Routine) -> Extent:
    """One step with its sets and sides, or one group with its rounds."""
    if isinstance(item, Step):
        return _measure_step(item, routine)
    once = _in_turn((_gap_before(step, routine), _measure_step(step, routine)) for step in item.steps)
    return once.times(item.rounds, item.rest)


def longest_hold(step: Step) -> Millis:
    """How long one work of a step can get."""
    return step.growth.end if step.growth else step.length or Millis(0)


def _measure_step(step: Step, routine: Routine) -> Extent:
    hold = longest_hold(step)
    if step.bouts is None:
        work = Extent(1, hold)
    else:
        work = Extent(1, step.bouts.each).times(-(-hold // step.bouts.each), step.bouts.gap)
    switch = routine.switch if step.switch is None else step.switch
    return work.times(len(step.sides), switch).times(step.sets, step.rest)


def _gap_before(item: Step | Group, routine: Routine) -> Millis:
    first = item if isinstance(item, Step) else item.steps[0]
    return routine.change if first.change is None else first.change


def _in_turn(parts: Iterable[tuple[Millis, Extent]]) -> Extent:
    """One after the other, each after its gap; the first has none."""
    (_, whole), *others = parts
    for gap, extent in others:
        whole = whole.then(extent, gap)
    return whole
