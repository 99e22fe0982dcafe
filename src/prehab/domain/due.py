"""What is due today and why: a plan that forgives. It counts weeks, not unbroken days; rest is part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from prehab.domain.chain import current, places
from prehab.domain.diary import ALWAYS_ASKED, Amount, Run, Soreness
from prehab.domain.duration import short_length
from prehab.domain.routine import Phase, Progression, Routine
from prehab.domain.standing import Standing
from prehab.domain.week import DESK, Done, Habit, Week, Wish, wishes

_EASE = Progression().ease_pain
_STOP = Progression().stop_pain


@dataclass(frozen=True, slots=True)
class Due:
    """One routine that today is a good day for."""

    routine: str
    """The routine's id."""
    why: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """How often something is wanted in a week, and how often it was done in this one."""

    label: str
    routines: tuple[str, ...]
    """The ids that count for it."""
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Today:
    """The day as it stands."""

    due: tuple[Due, ...]
    """In order of importance; often empty."""
    targets: tuple[Target, ...]
    note: str
    """One kind sentence above the list; empty when the list speaks for itself."""
    is_safety: bool = False
    """Whether the back is so bad that the safety text belongs here, and no routine."""


def plan(
    routines: Sequence[Routine],
    standings: Mapping[str, Standing],
    sessions: Iterable[Done],
    today: int,
    *,
    back: int | None = None,
    runs: Iterable[Run] = (),
    soreness: Iterable[Soreness] = (),
    wanted: Mapping[str, int] | None = None,
) -> Today:
    """Say what today is good for.

    Args:
        routines: all that can be done, in the order of the library.
        standings: for each routine with a progression, where the person stands.
        sessions: what was done, in any order; the last three weeks are enough.
        today: the local day, counted as in `Instant`.
        back: how the back is today, 0 to 10, where it was asked.
        runs: those that are logged, in any order; only today's matter.
        soreness: what was said of how sore it is, in any order; only today's matters.
        wanted: how often a week the person wants what, as in `wishes`.
    """
    done = sorted((one for one in sessions if one.counts), key=lambda one: one.at)
    week = Week(today, done)
    wished = list(wishes(routines, wanted))
    targets = tuple(
        Target(wish.label, tuple(one.id for one in wish.members), week.times(wish), wish.of)
        for wish in wished
        if wish.of
    )
    ran = sorted((run for run in runs if run.started_at.day == today), key=lambda run: run.started_at.epoch)
    scores = [one for one in soreness if one.at.day == today and one.area == ALWAYS_ASKED[0]]
    sore = _soreness(done, today, back, scores)
    if sore is not None and sore.is_safety:
        return Today(
            (), targets, "Your back comes first today: no routine. See the warning signs.", is_safety=True
        )
    due = [] if sore is None else list(_recovery(routines, week, sore))
    for wish in wished:
        if wish.habit is Habit.STRETCH:
            due.extend(_stretch(wish, week, routines, ran))
        elif week.has_room(wish) and not (ran and wish.habit is Habit.WARM_UP):
            due.extend(_due(wish, week, standings, is_sore=sore is not None))
    return Today(tuple(due), targets, _note(standings, today, is_free=not due))


def back_today(done: Iterable[Done], today: int, scores: Iterable[Soreness]) -> int | None:
    """The newest word of a day about the back, in a session or in the diary; `None` where there is none.

    Args:
        done: the sessions.
        today: the local day, as in `Instant`.
        scores: what the diary says of the lower back on that day.
    """
    words = [(one.at, max(told)) for one in done if one.day == today and (told := _told(one))]
    words += [(one.at.epoch, one.score) for one in scores]
    return max(words)[1] if words else None


@dataclass(frozen=True, slots=True)
class _Soreness:
    why: str
    is_safety: bool = False


def _due(wish: Wish, week: Week, standings: Mapping[str, Standing], *, is_sore: bool) -> Iterator[Due]:
    if wish.habit is Habit.CORE:
        if not is_sore:
            yield from _core(wish, week, standings)
    elif wish.habit is Habit.WARM_UP:
        if not is_sore:
            yield Due(week.version(wish).id, f"If you run today, it readies you to run: {week.count(wish)}.")
    elif wish.habit is Habit.ROLLING:
        yield Due(week.version(wish).id, f"A few minutes on most days may help a little: {week.count(wish)}.")
    elif wish.members[0].id != DESK:
        yield Due(wish.members[0].id, f"You asked for it: {week.count(wish)}.")
    elif week.weekday < 5:
        yield Due(DESK, f"For a break from sitting on a working day: {week.count(wish)}.")


def _stretch(wish: Wish, week: Week, routines: Iterable[Routine], ran: Sequence[Run]) -> Iterator[Due]:
    """After a run, also when the week has had its stretches."""
    led = week.today_of(one for one in routines if one.phase in (Phase.BEFORE_RUN, Phase.DURING_RUN))
    begun = [one.at for one in led] + [run.started_at.epoch for run in ran]
    stretched = week.today_of(wish.members)
    if not begun or (stretched and stretched[-1].at > max(begun)):
        return
    if ran and ran[-1].stretch in (Amount.SHORT, Amount.FULL):
        return
    earlier = "You ran today" if ran else "You warmed up earlier today: after the run"
    yield Due(
        week.version(wish).id, f"{earlier}{':' if ran else ','} while you are warm, it keeps you supple."
    )


def _core(wish: Wish, week: Week, standings: Mapping[str, Standing]) -> Iterator[Due]:
    if any(standings[one.id].rest_until is not None for one in wish.members):
        return
    standing = standings[_come_to(wish, week, standings)]
    amount = f"{standing.sets} sets of {short_length(standing.hold_ms)}" if standing.hold_ms else ""
    if standing.back_limit is not None:
        why = f"Only when the back is at {standing.back_limit} or less before you start"
    elif not week.of(wish.members):
        why = f"A good day to begin: {amount}" if amount else "A good day to begin"
    else:
        why = f"{amount or f'{standing.sets} rounds'}, with a day between: {week.count(wish)}"
    yield Due(standing.routine, f"{why}.")


def _come_to(wish: Wish, week: Week, standings: Mapping[str, Standing]) -> str:
    """The routine of a family that the person has come to."""
    place = places(wish.members)
    followed = {after.id for one in place.values() if (after := one.after) is not None}
    heads = [one for one in wish.members if one.id not in followed] or list(wish.members)
    for head in heads:
        if standings[head.id].graduated_at is not None:
            return current(head, place, standings)
    offers = [one for one in heads if any(standings[head.id].offer == one.id for head in heads)]
    return (offers or [week.version(Wish(wish.habit, wish.label, tuple(heads), wish.of))])[0].id


def _recovery(routines: Iterable[Routine], week: Week, soreness: _Soreness) -> Iterator[Due]:
    members = tuple(one for one in routines if one.phase is Phase.RECOVERY)
    if members and not week.today_of(members):
        yield Due(week.version(Wish(Habit.OTHER, "", members, 1)).id, soreness.why)


def _soreness(
    done: Sequence[Done], today: int, back: int | None, scores: Iterable[Soreness]
) -> _Soreness | None:
    """What the newest word about the back says; `None` when it is fine or nothing was said."""
    said = back_today(done, today, scores) if back is None else back
    if said is not None:
        if said < _EASE:
            return None
        return _Soreness(
            f"Your back is at {said} today: gentle moves, and no plank.", is_safety=said >= _STOP
        )
    for one in reversed(done):
        if one.day == today - 1:
            if one.flare:
                return _Soreness("The back was clearly worse this morning: gentle moves today, and no plank.")
            if (one.pain or 0) >= _EASE:
                return _Soreness(f"It hurt at {one.pain} yesterday: gentle moves today, and no plank.")
    return None


def _told(one: Done) -> list[int]:
    return [score for score in (one.pain_before, one.pain) if score is not None]


def _note(standings: Mapping[str, Standing], today: int, *, is_free: bool) -> str:
    until = max((one.rest_until for one in standings.values() if one.rest_until is not None), default=None)
    if until is not None:
        left = until - today
        return f"No plank for {left} more {'day' if left == 1 else 'days'}; show your back to a physio."
    return "Nothing is due today: rest is part of the plan." if is_free else ""
