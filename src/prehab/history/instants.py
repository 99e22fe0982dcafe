"""The only place that knows what day it is: wall-clock moments in, domain instants out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from prehab.domain.duration import Millis
from prehab.domain.records import Instant

WallClock = Callable[[], datetime]
"""Tells what a clock on the wall shows, offset included; tests hand in their own."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = range(1900, 2200)


def wall_clock() -> datetime:
    """Read this machine's clock, in the offset that holds here at this moment."""
    return datetime.now(UTC).astimezone()


def instant_of(moment: datetime) -> Instant:
    """Turn a moment with an offset into an instant, cut to whole milliseconds."""
    epoch = (moment - _EPOCH) // timedelta(milliseconds=1)
    precision = "milliseconds" if epoch % 1000 else "seconds"
    return Instant(moment.isoformat(timespec=precision), Millis(epoch), moment.toordinal())


def parse_instant(written: str) -> Instant:
    """Read ISO 8601 with an offset.

    Raises:
        ValueError: if it is not that; the message carries the value and the way out.
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in _YEARS:
        raise ValueError(f'not a time with its offset: {written!r} (try "2026-11-22T07:30:00+01:00")')
    return instant_of(moment)
