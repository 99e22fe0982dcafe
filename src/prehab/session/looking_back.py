"""The history as it is looked back on: weeks, holds over time, the back; only what is shown is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from prehab.domain.duration import Millis
from prehab.domain.gauge import Gauge
from prehab.domain.records import SessionRecord, StepRecord
from prehab.domain.routine import Phase, Routine
from prehab.domain.rule import Verdict
from prehab.domain.standing import Judged, Standing
from prehab.history import stats
from prehab.history.stats import Page, Place
from prehab.history.store import Store
from prehab.session.progress import Grown

DAYS_OF_BACK = 21
"""The back is shown over three weeks."""


@dataclass(frozen=True, slots=True)
class Week:
    """What was done from a Monday to a Sunday."""

    monday: int
    """As in `Instant`."""
    days: tuple[frozenset[Phase | None], ...]
    """The phases that something was done for on each of the seven days; `None` for routines that are gone."""
    spent: Mapping[Phase | None, Millis]
    """The work for each phase, gaps and pauses left out."""

    @property
    def total(self) -> Millis:
        """All the work of the week."""
        return Millis(sum(self.spent.values()))


@dataclass(frozen=True, slots=True)
class Held:
    """One session of a routine whose hold grows."""

    day: int
    level: Millis
    """The hold of the level that was done."""
    sets: tuple[Millis, ...]
    """How long each set was held; of two sides the shorter."""
    counts: bool
    """Whether it moved anything; broken off, empty and too early sessions do not."""
    verdict: Verdict
    following: Millis
    """The hold that it left for the next one."""


@dataclass(frozen=True, slots=True)
class Holds:
    """The newest sessions of a routine whose hold grows, and where they led."""

    routine: str
    """Its id."""
    name: str
    sessions: tuple[Held, ...]
    """Oldest first."""
    standing: Standing
    others: tuple[str, ...]
    """The ids of all that grow so and were done, this one among them, the one done last first."""


@dataclass(frozen=True, slots=True)
class Back:
    """How the back was before a session."""

    day: int
    score: int
    """0 to 10."""


class Growing(Protocol):
    """Tells what the history says about a routine that grows."""

    def __call__(self, routine: Routine) -> Grown | None:
        """What it says; `None` when it does not grow."""
        ...


class LookingBack:
    """The history from one moment on."""

    def __init__(
        self, routines: Sequence[Routine], store: Store | None, moment: datetime, growing: Growing
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            routines: all there are.
            store: the history; `None` when there is none yet.
            moment: now, with its offset.
            growing: tells where the person stands.
        """
        self._routines = routines
        self._store = store
        self._growing = growing
        self._phases = {routine.id: routine.phase for routine in routines}
        self.today = moment.toordinal()
        """The local day, as in `Instant`."""

    def weeks(self, first: int, count: int) -> tuple[Week, ...]:
        """So many weeks from the one that has this Monday on, oldest first."""
        days: tuple[stats.DayTotal, ...] = ()
        if self._store is not None:
            days = stats.day_totals(self._store, self._phases, first, first + 7 * count - 1)
        totals = stats.week_totals(days)
        return tuple(
            Week(
                monday,
                tuple(
                    frozenset(total.phase for total in days if total.day == day)
                    for day in range(monday, monday + 7)
                ),
                {total.phase: total.held_ms for total in totals if total.day == monday},
            )
            for monday in range(first, first + 7 * count, 7)
        )

    def holds(self, wanted: str | None = None) -> Holds | None:
        """The holds of a routine, or of the one done last; `None` where none grows by a longer hold."""
        grown = [
            found
            for routine in self._routines
            if routine.growing is not None and (found := self._growing(routine)) is not None
        ]
        if not grown:
            return None
        grown.sort(key=lambda one: one.standing.last_at or 0, reverse=True)
        shown = next((one for one in grown if one.routine.id == wanted), grown[0])
        gauge = Gauge.of(shown.routine)
        return Holds(
            shown.routine.id,
            shown.routine.name,
            tuple(_held(gauge, judged) for judged in shown.newest),
            shown.standing,
            tuple(one.routine.id for one in grown if one.newest),
        )

    def backs(self) -> tuple[Back, ...]:
        """The answers to how the back was before a session of the last three weeks, oldest first."""
        if self._store is None:
            return ()
        recent = stats.between(self._store, self.today - DAYS_OF_BACK + 1, self.today)
        return tuple(
            Back(one.started_at.day, one.pain_before) for one in recent if one.pain_before is not None
        )

    def page(self, size: int, after: Place | None = None) -> Page:
        """Some sessions, newest first, from the newest or from where a page ended."""
        return Page((), None) if self._store is None else stats.page(self._store, size, after)

    def delete(self, session_id: str) -> SessionRecord | None:
        """Forget a session; what is given back can be put in again.

        Raises:
            UserError: if it can't be written.
        """
        return None if self._store is None else self._store.delete(session_id)

    def put_back(self, record: SessionRecord) -> None:
        """Keep a session again that was deleted.

        Raises:
            UserError: if it can't be written.
        """
        if self._store is not None:
            self._store.put(record)


def _held(gauge: Gauge, judged: Judged) -> Held:
    practice = judged.practice
    return Held(
        practice.day,
        gauge.hold(judged.level) or Millis(0),
        _sets(gauge, practice.steps),
        judged.counts,
        judged.verdict,
        gauge.hold(judged.marks.level) or Millis(0),
    )


def _sets(gauge: Gauge, steps: Sequence[StepRecord]) -> tuple[Millis, ...]:
    """What was held of each set: its bouts added up, and of two sides the shorter."""
    sides: dict[tuple[int, int], dict[object, int]] = {}
    for step in steps:
        if gauge.step is None or step.step == gauge.step:
            of_set = sides.setdefault((step.round, step.set), {})
            of_set[step.side] = of_set.get(step.side, 0) + step.held_ms
    return tuple(Millis(min(of_set.values())) for of_set in sides.values())
