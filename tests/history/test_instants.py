"""Days and times: what the wall showed, where it hung."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from tests.history.strategies import instants

from prehab.domain.records import Instant
from prehab.history.instants import instant_of, parse_instant, wall_clock

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_moment_keeps_its_offset_and_its_local_day() -> None:
    late = parse_instant("2026-11-22T23:30:00-05:00")
    assert late.written == "2026-11-22T23:30:00-05:00"
    assert late.day == date(2026, 11, 22).toordinal()
    assert late.epoch == parse_instant("2026-11-23T04:30:00Z").epoch


@given(instants)
def test_an_instant_is_the_same_after_being_written_and_read(instant: Instant) -> None:
    assert parse_instant(instant.written) == instant


def test_milliseconds_are_kept_and_less_is_cut() -> None:
    assert parse_instant("2026-11-22T07:30:00.123999+01:00").written == "2026-11-22T07:30:00.123+01:00"


def test_the_night_in_which_the_clock_goes_back_has_two_half_past_twos() -> None:
    first = instant_of(datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=BERLIN))
    second = instant_of(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN))
    assert second.epoch - first.epoch == 3_600_000
    assert first.day == second.day
    assert first.written != second.written


def test_the_days_round_a_clock_change_are_days() -> None:
    evening = instant_of(datetime(2026, 3, 28, 23, 30, tzinfo=BERLIN))
    morning = instant_of(datetime(2026, 3, 29, 6, 30, tzinfo=BERLIN))
    assert morning.day - evening.day == 1
    assert morning.epoch - evening.epoch == 6 * 3_600_000


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "2026-11-22", "2026-11-22T07:30:00", "1869-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
)
def test_what_is_no_time_with_its_offset_is_refused_by_name(written: str) -> None:
    with pytest.raises(ValueError, match="not a time with its offset"):
        parse_instant(written)


def test_the_wall_clock_knows_its_offset() -> None:
    offset = wall_clock().utcoffset()
    assert offset is not None
    assert abs(offset) <= timedelta(hours=14)
