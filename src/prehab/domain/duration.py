"""Spans of time: one unit, and the only module that reads or spells it."""

from __future__ import annotations

import re
from typing import NewType

Millis = NewType("Millis", int)
"""A span, or a point on some clock, in whole milliseconds. Never a float."""

SECOND = Millis(1000)
MINUTE = Millis(60_000)
HOUR = Millis(3_600_000)

_WRITTEN = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?")

_MEANT = re.compile(
    r"""(?:([0-9]{1,3})\s*h(?:ours?|rs?)?)?\s*
        (?:([0-9]{1,3})\s*(?:m(?:in(?:ute)?s?)?|'))?\.?\s*
        (?:([0-9]{1,3})\s*(?:s(?:ec(?:ond)?s?)?|''|"|”|″))?\.?""",
    re.VERBOSE | re.IGNORECASE,
)


def seconds(count: int) -> Millis:
    """Make a span of whole seconds."""
    return Millis(count * SECOND)


def parse_duration(written: str | int) -> Millis:
    """Read `45s`, `1m30s`, `2m`, `1h`, or a whole number of seconds.

    Raises:
        ValueError: if it is none of these; the message carries the value and the way out.
    """
    if isinstance(written, bool) or not isinstance(written, (str, int)):
        raise ValueError(f'not a duration: {written!r} (try "45s" or "1m30s")')
    if isinstance(written, int):
        if written < 0:
            raise ValueError(f"a duration can't be negative: {written}")
        return seconds(written)
    found = _WRITTEN.fullmatch(written)
    if found is None or not written:
        raise ValueError(f'not a duration: {written!r} (try "45s" or "1m30s")')
    hours, minutes, secs = (int(part or 0) for part in found.groups())
    return Millis(hours * HOUR + minutes * MINUTE + secs * SECOND)


def meant_duration(written: str) -> str | None:
    """How a span that people write in other ways is spelled here: `30 sec` and `0:30` become `30s`."""
    if (clock := re.fullmatch(r"([0-9]{1,3}):([0-5][0-9])", written.strip())) is not None:
        return spell(seconds(60 * int(clock[1]) + int(clock[2])))
    if (found := _MEANT.fullmatch(written.strip())) is None or not any(found.groups()):
        return None
    hours, minutes, secs = (int(part or 0) for part in found.groups())
    return spell(Millis(hours * HOUR + minutes * MINUTE + secs * SECOND))


def spell(span: Millis) -> str:
    """Write a span the way a routine file does: `45s`, `1m30s`, `2m`, `1h`."""
    whole = span // SECOND
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    parts = [f"{hours}h" if hours else "", f"{minutes}m" if minutes else "", f"{secs}s" if secs else ""]
    return "".join(parts) or "0s"


def clock_face(left: Millis) -> str:
    """Format what is left as `m:ss` or `h:mm:ss`, rounding up so that a running timer never shows 0:00."""
    whole = max(0, -(-left // SECOND))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def held_face(held: Millis) -> str:
    """Format what was held as `m:ss`, whole seconds only: nobody is told of a second they did not hold."""
    return clock_face(Millis(held // SECOND * SECOND))


def short_length(span: Millis) -> str:
    """Write a span for a label: `30 s`, `1:30`, `15:20`; seconds alone below a minute, `60 s` for one."""
    return f"{span // SECOND} s" if span <= MINUTE else clock_face(span)


def spoken_length(span: Millis) -> str:
    """Write a span in words that a voice reads well: `30 seconds`, `1 minute 30`."""
    minutes, secs = divmod(span // SECOND, 60)
    if not minutes:
        return f"{secs} second" if secs == 1 else f"{secs} seconds"
    said = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{said} {secs}" if secs else said
