"""Which clocks are read, and how a clock for tests moves."""

from __future__ import annotations

import sys
import time

import pytest

from prehab.runtime.clock import ManualClock, SystemClock


def test_the_machine_s_clock_goes_forward() -> None:
    clock = SystemClock()
    before = clock.now()
    assert before <= clock.now()
    assert abs(clock.now() - time.monotonic_ns() // 1_000_000) < 60_000


def test_setting_the_time_of_day_moves_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    def wall_clock(*args: object) -> int:
        raise AssertionError("the time of day was asked for")

    read: list[int] = []

    def clock_gettime_ns(which: int) -> int:
        read.append(which)
        return 5_000_000_000

    for name in ("time", "time_ns", "localtime", "gmtime", "clock_gettime"):
        monkeypatch.setattr(time, name, wall_clock, raising=False)
    monkeypatch.setattr(time, "clock_gettime_ns", clock_gettime_ns, raising=False)
    clock = SystemClock()
    clock.now()
    assert clock.slept() == 0
    assert getattr(time, "CLOCK_REALTIME", None) not in read


@pytest.mark.skipif(sys.platform != "linux", reason="the names of the clocks are Linux's")
def test_sleep_is_what_the_clock_that_counts_it_is_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    times = {time.CLOCK_BOOTTIME: 90_000_000_000, time.CLOCK_MONOTONIC: 30_000_000_000}
    monkeypatch.setattr(time, "clock_gettime_ns", times.__getitem__)
    assert SystemClock().slept() == 60_000


def test_a_manual_clock_stands_where_it_is_put() -> None:
    clock = ManualClock(5_000)
    clock.jump(1_500)
    clock.jump(60_000, asleep=True)
    assert (clock.now(), clock.slept()) == (6_500, 60_000)


def test_time_can_not_go_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        ManualClock().jump(-1)
