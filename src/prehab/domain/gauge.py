"""What a session comes to, read off its works: how many sets or rounds were held, and at which level."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from prehab.domain.compile import levels
from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import Practice, StepRecord
from prehab.domain.routine import Bouts, Group, Routine, Step
from prehab.domain.rule import Ladder


@dataclass(frozen=True, slots=True)
class Gauge:
    """How the sessions of one routine are measured. Made once, used for all of them."""

    holds: tuple[Millis, ...]
    """The holds of its levels, easiest first; empty for a circuit."""
    ladder: Ladder
    planned: int
    """Sets of the growing step, or rounds of a circuit."""
    step: str | None
    """The id of the step whose works count; `None` when all do."""
    sides: int
    bouts: Bouts | None
    works: Counter[int]
    """How many works each round of a circuit has."""

    @classmethod
    def of(cls, routine: Routine, circuit: int = 1) -> Gauge:
        """Prepare to measure a routine; `circuit` is its number where nothing in it grows."""
        holds, growing = levels(routine), routine.growing
        if growing is None:
            works = _works_by_round(routine)
            return cls((), Ladder(circuit, circuit), max(works), None, 1, None, works)
        bottom = 0 if routine.progression and routine.progression.easier else 1
        alone = sum(1 for _ in routine.steps()) == 1
        planned = growing.sets * max(_works_by_round(routine, growing))
        return cls(
            holds,
            Ladder(bottom, bottom + len(holds) - 1),
            planned,
            None if alone else growing.id,
            len(growing.sides),
            growing.bouts,
            Counter(),
        )

    def hold(self, level: int) -> Millis | None:
        """How long a level is held; `None` for a circuit."""
        return self.holds[level - self.ladder.bottom] if self.holds else None

    def level(self, practice: Practice, prescribed: int) -> int:
        """The level really done; a hold off the ladder counts as the rung below."""
        if not self.holds:
            return prescribed
        hold = practice.level_ms
        if hold is None or (self.bouts and hold < self.holds[0]):
            hold = self._longest(practice, self.holds[prescribed - self.ladder.bottom])
        rung = max(0, bisect_right(self.holds, hold) - 1) if hold else prescribed - self.ladder.bottom
        return self.ladder.bottom + rung

    def held(self, practice: Practice) -> int:
        """How many sets or rounds were held to time; each with all its works."""
        seen: dict[tuple[int, int], int] = {}
        broken = set()
        for work in self._counted(practice):
            piece = (work.round, work.set if self.holds else 0)
            seen[piece] = seen.get(piece, 0) + 1
            if not _is_held(work):
                broken.add(piece)
        whole = seen.keys() - broken
        if practice.outcome is Outcome.STOPPED:
            # Where it stopped in a gap, what is there is all held and the rest of the set is missing.
            whole = {piece for piece in whole if seen[piece] >= self._expected(practice, piece)}
        return min(len(whole), self.planned)

    def counts(self, practice: Practice) -> bool:
        """Whether it is a session at all: neither unfinished nor stopped with nothing held."""
        if practice.outcome is Outcome.STOPPED:
            return any(work.held_ms for work in self._counted(practice))
        return practice.outcome is Outcome.COMPLETED

    def _counted(self, practice: Practice) -> Iterable[StepRecord]:
        if self.step is None:
            return practice.steps
        return [work for work in practice.steps if work.step == self.step]

    def _expected(self, practice: Practice, piece: tuple[int, int]) -> int:
        if not self.holds:
            return self.works[piece[0]]
        return self.sides * (_bouts(practice.level_ms, self.bouts) if self.bouts and practice.level_ms else 1)

    def _longest(self, practice: Practice, prescribed: Millis) -> Millis | None:
        """The hold of a session that does not say it: its longest work, or its longest set of bouts."""
        works = self._counted(practice)
        if not self.bouts:
            return max((work.planned_ms for work in works if work.planned_ms), default=None)
        most = max(Counter((work.round, work.set, work.side) for work in works).values(), default=0)
        alike = [hold for hold in self.holds if _bouts(hold, self.bouts) == most]
        if prescribed in alike:
            return prescribed
        return alike[0] if alike else Millis(most * self.bouts.each) or None


def _is_held(work: StepRecord) -> bool:
    if work.outcome is StepOutcome.SKIPPED:
        return False
    if work.planned_ms is None:
        return work.outcome is StepOutcome.DONE
    return work.held_ms >= work.planned_ms


def _bouts(hold: Millis, bouts: Bouts) -> int:
    return -(-hold // bouts.each)


def _works_by_round(routine: Routine, only: Step | None = None) -> Counter[int]:
    """How many works each round has, of all steps or of one of them; rounds without any are not in it."""
    counted: Counter[int] = Counter()
    for item in routine.items:
        steps, rounds = (item.steps, item.rounds) if isinstance(item, Group) else ((item,), 1)
        works = sum(len(step.sides) * step.sets for step in steps if only is None or step is only)
        if works:
            counted.update(dict.fromkeys(range(1, routine.rounds * rounds + 1), works))
    return counted
