"""The only place that reads the machine's clocks."""

from __future__ import annotations

import sys
import time
from typing import Protocol

from prehab.domain.duration import Millis

_NANOS = 1_000_000


class Clock(Protocol):
    """Tells how much time passed, and how much of it the machine slept through."""

    def now(self) -> Millis:
        """A point on the monotonic clock that sound is timed by."""
        ...

    def slept(self) -> Millis:
        """How far a clock that counts sleep is ahead of one that does not; only its growth means anything."""
        ...


class SystemClock:
    """The machine's clocks. Setting the time of day moves neither."""

    def now(self) -> Millis:
        return Millis(time.monotonic_ns() // _NANOS)

    if sys.platform == "linux":

        def slept(self) -> Millis:
            counting_sleep = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
            return Millis((counting_sleep - time.clock_gettime_ns(time.CLOCK_MONOTONIC)) // _NANOS)

    elif sys.platform == "darwin":

        def slept(self) -> Millis:
            counting_sleep = time.clock_gettime_ns(time.CLOCK_MONOTONIC_RAW)
            return Millis((counting_sleep - time.clock_gettime_ns(time.CLOCK_UPTIME_RAW)) // _NANOS)

    else:

        def slept(self) -> Millis:
            return Millis(0)


def nanos() -> int:
    """The clock of `SystemClock.now`, as fine as it can be had, for joining it to a stream of sound."""
    return time.monotonic_ns()


class ManualClock:
    """A clock that stands where it is put; it can't go backwards."""

    def __init__(self, now: int = 1_000_000) -> None:
        self._now = Millis(now)
        self._slept = Millis(0)

    def now(self) -> Millis:
        return self._now

    def slept(self) -> Millis:
        return self._slept

    def jump(self, by: int, *, asleep: bool = False) -> None:
        """Let time pass, awake or asleep. Asleep the monotonic clock stands still, as it does on Linux."""
        if by < 0:
            raise ValueError("time can't go backwards")
        if asleep:
            self._slept = Millis(self._slept + by)
        else:
            self._now = Millis(self._now + by)
