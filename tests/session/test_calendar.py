"""The week's plan, read by a library that did not write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import vobject

from prehab.cli.main import run
from prehab.domain.agenda import days_for
from prehab.domain.duration import HOUR, Millis
from prehab.session.calendar import calendar
from prehab.session.front import Prehab
from prehab.session.takeaway import week_file

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def events(text: str) -> dict[str, Any]:
    """The events of a calendar by their summary."""
    return {event.summary.value: event for event in vobject.readOne(text).vevent_list}


def week(typed: str = "", **more: Any) -> dict[str, Any]:
    return events(week_file(Prehab(wall_clock=lambda: SUNDAY), typed, **more))


def test_the_plank_comes_back_three_times_a_week_with_a_reminder() -> None:
    plank = week("plank")["Plank"]
    assert plank.rrule.value == "FREQ=WEEKLY;BYDAY=MO,WE,FR"
    assert plank.dtstart.value == datetime(2026, 11, 23, 7, 0)  # noqa: DTZ001 - as local as the calendar is
    assert plank.duration.value == timedelta(minutes=4)
    assert plank.valarm.trigger.value == -timedelta(minutes=10)
    assert "prehab start plank" in plank.description.value
    occurrences = [moment.weekday() for moment in plank.getrruleset(addRDate=True)[:6]]
    assert occurrences == [0, 2, 4, 0, 2, 4]


def test_days_time_and_reminder_are_those_asked_for() -> None:
    made = week("core-1 + desk-reset", days=(1, 3), at=Millis(18 * HOUR), remind=Millis(0))
    assert set(made) == {"Core circuit 1", "Desk and shoulder reset"}
    for event in made.values():
        assert event.rrule.value == "FREQ=WEEKLY;BYDAY=TU,TH"
        assert event.dtstart.value.hour == 18
        assert not hasattr(event, "valarm")


def test_a_week_keeps_core_and_runs_on_different_days() -> None:
    made = week()
    by_day = {name: set(event.rrule.value.partition("BYDAY=")[2].split(",")) for name, event in made.items()}
    assert by_day["Dynamic warm-up, full"] == {"TU", "TH", "SA"}
    assert by_day["Post-run stretch, short"] | by_day["Post-run stretch, full"] == {"TU", "TH", "SA"}
    assert not by_day["Plank"] & {"TU", "TH", "SA"}
    assert len(by_day["Plank"]) == 3
    assert by_day["Desk and shoulder reset"] == {"MO", "TU", "WE", "TH", "FR"}


def test_the_first_event_is_never_in_the_past() -> None:
    for hour in (6, 8):
        moment = datetime(2026, 11, 23, hour, 0, tzinfo=UTC)
        made = events(week_file(Prehab(wall_clock=partial(_at, moment)), "plank"))
        assert made["Plank"].dtstart.value.day == (23 if hour < 7 else 25)


def _at(moment: datetime) -> datetime:
    return moment


def test_taken_twice_it_is_the_same_events() -> None:
    later = week_file(Prehab(wall_clock=lambda: SUNDAY + timedelta(days=9)), "plank", at=Millis(9 * HOUR))
    assert events(later)["Plank"].uid.value == week("plank")["Plank"].uid.value


def test_an_empty_plan_is_still_a_calendar() -> None:
    assert vobject.readOne(calendar([], SUNDAY)).name == "VCALENDAR"


def test_a_routine_without_a_number_needs_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "core-1", "-o", str(tmp_path / "x.ics")]) == 2
    assert "--days" in capsys.readouterr().err
    assert run(["export", "core-1", "--days", "mon,thu", "--at", "18:30", "-o", str(tmp_path / "x.ics")]) == 0
    assert "BYDAY=MO,TH" in (tmp_path / "x.ics").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["--days", "mo,xy"], ["--at", "25:00"], ["--remind", "soon"]])
def test_words_that_are_no_days_or_times_are_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["export", "plank", *words, "-o", str(tmp_path / "x.ics")])
    assert ended.value.code == 2
    assert "not" in capsys.readouterr().err


def test_several_days_have_a_day_between_as_long_as_there_is_one() -> None:
    for times in (2, 3):
        days = days_for(times)
        assert len(days) == times
        assert all(later - earlier > 1 for earlier, later in pairwise(days))
    assert days_for(14) == tuple(range(7))
