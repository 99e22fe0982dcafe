"""The week's plan as a calendar file: one repeating event for each routine, with a reminder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, cast

from prehab.domain.agenda import DAYS, RUN_DAYS, Series, series_of, week_of
from prehab.domain.chain import current, places
from prehab.domain.compile import total_length
from prehab.domain.duration import MINUTE, Millis, clock_face
from prehab.domain.fit import Fitted
from prehab.domain.routine import Routine
from prehab.domain.standing import Standing
from prehab.domain.week import Wish, wishes
from prehab.errors import Exit, UserError

if TYPE_CHECKING:
    from icalendar import Event

REMIND = Millis(10 * MINUTE)


Plan = Sequence[tuple[Series, Millis]]
"""What comes back every week, and how long each takes, get-ready counted."""


def plan_of(parts: Sequence[Fitted], days: tuple[int, ...] | None, at: Millis) -> Plan:
    """Routines on days of their own: those given, or as many as each file wants.

    Raises:
        UserError: if a file does not say how often, and no days are given.
    """
    try:
        series = series_of([part.routine for part in parts], days, at)
    except ValueError as error:
        hint = "name the days: --days mon,wed,fri; or write per-week = 3 into the file"
        raise UserError(str(error), hint=hint, exit_code=Exit.USAGE) from error
    return _timed(series, parts)


def plan_of_week(
    parts: Sequence[Fitted],
    standings: Mapping[str, Standing],
    targets: Mapping[str, int],
    run_days: tuple[int, ...] | None,
    at: Millis,
) -> Plan:
    """All that a week should hold, round the days of the runs."""

    def come_to(wish: Wish) -> Routine | None:
        known = places(wish.members)
        heads = [one for one in wish.members if all(place.after != one for place in known.values())]
        reached = current((heads or [wish.members[0]])[0], known, standings)
        return next((one for one in wish.members if one.id == reached), None)

    wanted = wishes((part.routine for part in parts), targets)
    return _timed(week_of(wanted, run_days or RUN_DAYS, at, come_to), parts)


def _timed(plan: Iterable[Series], parts: Sequence[Fitted]) -> Plan:
    holds = {part.routine.id: part.hold for part in parts}
    return [
        (one, Millis(total_length(one.routine, holds[one.routine.id]) + one.routine.get_ready))
        for one in plan
    ]


def calendar(plan: Plan, now: datetime, remind: Millis = REMIND) -> str:
    """Write a plan as iCalendar, in local time wherever the calendar is.

    Args:
        plan: each series with the length of its routine, get-ready counted.
        now: the moment, with its offset; the first events come after it.
        remind: how long before there is a reminder; 0 for none.
    """
    from icalendar import Calendar

    whole = Calendar()
    whole.add("prodid", "-//prehab//a week of routines//EN")
    whole.add("version", "2.0")
    for series, length in plan:
        whole.add_component(_event(series, length, now, remind))
    return cast("bytes", whole.to_ical()).decode()


def _event(series: Series, length: Millis, now: datetime, remind: Millis) -> Event:
    from icalendar import Alarm, Event

    routine = series.routine
    event = Event()
    # The same id each time: a calendar that takes the file once more corrects its events and adds none.
    event.add("uid", f"{routine.id}@prehab")
    event.add("dtstamp", now)
    event.add("summary", routine.name)
    event.add("dtstart", _first(series, now))
    event.add("duration", timedelta(minutes=max(1, ceil(length / MINUTE))))
    event.add("rrule", {"freq": "weekly", "byday": [DAYS[day][:2].upper() for day in series.days]})
    moves = ", ".join(dict.fromkeys(step.name for step in routine.steps()))
    lines = [routine.about, f"{clock_face(length)}: {moves}", f"prehab start {routine.id}"]
    event.add("description", "\n\n".join(line for line in lines if line))
    if remind:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", routine.name)
        alarm.add("trigger", -timedelta(milliseconds=remind))
        event.add_component(alarm)
    return event


def _first(series: Series, now: datetime) -> datetime:
    """The first of its moments that is still to come, without a zone: seven is seven wherever one is."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    moments = (
        midnight + timedelta(days=ahead, milliseconds=series.at)
        for ahead in range(8)
        if (midnight.weekday() + ahead) % 7 in series.days
    )
    return next(moment for moment in moments if moment > now.replace(tzinfo=None))
