"""The week as a calendar has it: which routine on which days, and at what time of day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from prehab.domain.duration import HOUR, Millis
from prehab.domain.routine import Routine
from prehab.domain.week import DESK, Habit, Wish

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As a person types them; a day is counted from Monday, 0."""
MORNING = Millis(7 * HOUR)
RUN_DAYS = (1, 3, 5)
_AFTERNOON, _EVENING = Millis(15 * HOUR), Millis(20 * HOUR)
_APART: dict[int, tuple[int, ...]] = {
    1: (2,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 2, 4, 6), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5),
}  # fmt: skip
"""Days for something that is wanted so often, with a day between as long as there is one."""
_AFTER_A_RUN = HOUR


@dataclass(frozen=True, slots=True)
class Series:
    """A routine that comes back every week."""

    routine: Routine
    days: tuple[int, ...]
    """In the order of the week."""
    at: Millis
    """The time of day, from midnight."""


def days_for(times: int) -> tuple[int, ...]:
    """The days of what is wanted so often a week; more often than daily is daily."""
    return _APART.get(times, tuple(range(7)))


def series_of(
    routines: Sequence[Routine], days: tuple[int, ...] | None = None, at: Millis = MORNING
) -> tuple[Series, ...]:
    """Routines on days of their own: those given, or as many as each file wants.

    Raises:
        ValueError: if a file does not say how often, and no days are given.
    """
    done = []
    for routine in routines:
        if days is None and routine.per_week is None:
            raise ValueError(f"{routine.id} does not say how often a week")
        done.append(Series(routine, days or days_for(routine.per_week or 1), at))
    return tuple(done)


def week_of(
    wishes: Iterable[Wish],
    run_days: tuple[int, ...] = RUN_DAYS,
    at: Millis = MORNING,
    current: Callable[[Wish], Routine | None] = lambda wish: None,
) -> tuple[Series, ...]:
    """A whole week: warm-up and stretch on the days of a run, the core on others, the rest by its number.

    Args:
        wishes: what a week should hold.
        run_days: when the person runs.
        at: when they run, or do their core work.
        current: where several follow one another, the one that the person has come to.
    """
    others = tuple(day for day in range(7) if day not in run_days)
    done: list[Series] = []
    for wish in wishes:
        if not wish.of:
            continue
        match wish.habit:
            case Habit.WARM_UP:
                done += _shared(wish, run_days, at)
            case Habit.STRETCH:
                done += _shared(wish, run_days, Millis(at + _AFTER_A_RUN))
            case Habit.CORE:
                routine = current(wish) or wish.members[0]
                done.append(Series(routine, _spread(others, wish.of), at))
            case Habit.ROLLING:
                done += _shared(wish, days_for(wish.of), _EVENING)
            case _:
                time = _AFTERNOON if wish.members[0].id == DESK else at
                done.append(Series(wish.members[0], days_for(wish.of), time))
    return tuple(done)


def _shared(wish: Wish, days: tuple[int, ...], at: Millis) -> list[Series]:
    """Several versions of the same share the days by their numbers, the one wanted least at the end."""
    share = [one for one in wish.members if one.per_week] or [wish.members[0]]
    turns = sorted(share, key=lambda one: -(one.per_week or 0))
    done, left = [], list(days[: wish.of])
    for number, routine in enumerate(turns):
        is_last = number + 1 == len(turns)
        count = (
            len(left)
            if is_last
            else min(routine.per_week or 0, max(0, len(left) - (len(turns) - 1 - number)))
        )
        if count:
            done.append(Series(routine, tuple(left[:count]), at))
            left = left[count:]
    return done


def _spread(days: tuple[int, ...], count: int) -> tuple[int, ...]:
    """So many of these days, as far from one another as they lie."""
    if not days or count >= len(days):
        return days or days_for(count)
    return tuple(days[number * len(days) // count] for number in range(count))
