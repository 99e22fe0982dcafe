"""The week of a runner: what it should hold, and how much of it was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from prehab.domain.chain import families
from prehab.domain.duration import Millis
from prehab.domain.events import Outcome
from prehab.domain.records import SessionRecord
from prehab.domain.routine import Kind, Phase, Routine

RUNS_A_WEEK = 3
"""A week that a newer runner can keep: so many runs, each with a warm-up and a stretch."""
CORE_A_WEEK = 3
"""Sessions of a routine that grows, where its file gives no number."""
MOST_DAYS = 5
"""What is wanted so often may be done on days that are back to back; all else leaves a day between."""
DESK = "desk-reset"
"""The id of the routine for working days, Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Done:
    """What of a session the plan looks at."""

    routine: str
    """The routine's id."""
    at: Millis
    """When it began, in milliseconds since 1970."""
    day: int
    """The local day on which it began, as in `Instant`."""
    outcome: Outcome
    is_empty: bool = False
    """Whether nothing was held in it."""
    pain_before: int | None = None
    pain: int | None = None
    flare: bool | None = None

    @classmethod
    def of(cls, record: SessionRecord) -> Done:
        """Take it out of a whole record."""
        return cls(
            record.routine,
            record.started_at.epoch,
            record.started_at.day,
            record.outcome,
            not any(step.held_ms for step in record.steps),
            record.pain_before,
            record.pain,
            record.flare,
        )

    @property
    def counts(self) -> bool:
        """Whether it is a session that was done, in whole or in part."""
        return self.outcome is not Outcome.UNFINISHED and not self.is_empty


class Habit(Enum):
    """What kind of place a routine has in the week."""

    WARM_UP = "Warm-up"
    STRETCH = "Stretch"
    CORE = "Core"
    ROLLING = "Rolling"
    OTHER = "other"
    """One of its own: labelled by its name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Routines that serve the same end, and how often a week that is wanted."""

    habit: Habit
    label: str
    members: tuple[Routine, ...]
    of: int


def wishes(routines: Iterable[Routine], targets: Mapping[str, int] | None = None) -> Iterator[Wish]:
    """What a week should hold, put together from the files and from what a newer runner can keep.

    Args:
        routines: all that can be done.
        targets: how often a person wants it instead, 0 for never: by the habit, as in `warm-up`, or by the
            id of a routine that has a place of its own.
    """
    for wish in _of_files(tuple(routines)):
        first = wish.members[0]
        name = first.id if wish.label == first.name else wish.label.lower()
        yield replace(wish, of=(targets or {}).get(name, wish.of))


def _of_files(routines: tuple[Routine, ...]) -> Iterator[Wish]:
    free = [routine for routine in routines if routine.progression is None]
    stretches = tuple(one for one in free if one.phase is Phase.AFTER_RUN and not is_rolling(one))
    if stretches:
        yield Wish(Habit.STRETCH, Habit.STRETCH.value, stretches, max(RUNS_A_WEEK, _most(stretches)))
    for family in families(routines):
        label = family[0].name if len(family) == 1 else Habit.CORE.value
        yield Wish(Habit.CORE, label, family, _most(family) or CORE_A_WEEK)
    warm_ups = tuple(one for one in free if one.phase is Phase.BEFORE_RUN)
    if warm_ups:
        yield Wish(Habit.WARM_UP, Habit.WARM_UP.value, warm_ups, max(RUNS_A_WEEK, _most(warm_ups)))
    rolling = tuple(one for one in free if is_rolling(one))
    if _most(rolling):
        yield Wish(Habit.ROLLING, Habit.ROLLING.value, rolling, _most(rolling))
    grouped = {one.id for one in (*stretches, *warm_ups, *rolling)}
    for routine in sorted(free, key=lambda one: one.id == DESK):
        if routine.per_week and routine.id not in grouped:
            yield Wish(Habit.OTHER, routine.name, (routine,), routine.per_week)


class Week:
    """What was done, seen from today; weeks begin on Monday."""

    def __init__(self, today: int, done: Sequence[Done]) -> None:
        self.today = today
        self.done = done
        self.weekday = (today - 1) % 7
        self._monday = today - self.weekday

    def times(self, wish: Wish) -> int:
        """How often it was done this week; twice on one day is once, unless it is wanted more than daily."""
        days = [one.day for one in self.of(wish.members) if self._monday <= one.day < self._monday + 7]
        return len(days) if wish.of > 7 else len(set(days))

    def times_of(self, routine: Routine) -> int:
        """How often one routine was done this week."""
        return len({one.day for one in self.of((routine,)) if self._monday <= one.day < self._monday + 7})

    def of(self, members: Iterable[Routine]) -> list[Done]:
        """The sessions of some routines, oldest first."""
        ids = {one.id for one in members}
        return [one for one in self.done if one.routine in ids]

    def today_of(self, members: Iterable[Routine]) -> list[Done]:
        """Those of today."""
        return [one for one in self.of(members) if one.day == self.today]

    def has_room(self, wish: Wish) -> bool:
        """Whether today is a good day: the week is not full, and what needs a day between has it."""
        if self.times(wish) >= wish.of:
            return False
        days = [one.day for one in self.of(wish.members)]
        if days.count(self.today) >= max(1, -(-wish.of // 7)):
            return False
        return wish.of >= MOST_DAYS or self.today - 1 not in days

    def count(self, wish: Wish) -> str:
        """How far the week is."""
        return f"{self.times(wish)} of {wish.of} this week"

    def version(self, wish: Wish) -> Routine:
        """Which of several for the same end: what has its share of the week left, else the last used."""
        shared = [one for one in wish.members if one.per_week]
        used = [one.routine for one in self.of(wish.members)]
        by_use = {id_: place for place, id_ in enumerate(used)}
        if len(shared) > 1:
            left = {one.id: (one.per_week or 0) - self.times_of(one) for one in shared}
            return max(shared, key=lambda one: (left[one.id], by_use.get(one.id, -1)))
        if used:
            return max(wish.members, key=lambda one: by_use.get(one.id, -1))
        return (shared or wish.members)[0]


def is_rolling(routine: Routine) -> bool:
    """Whether a routine is nothing but rolling on a foam roller."""
    return all(step.kind is Kind.ROLL for step in routine.steps())


def _most(members: Iterable[Routine]) -> int:
    return max((one.per_week or 0 for one in members), default=0)
