"""What a watch knows of a run, whatever kind of file it wrote, and why a file holds none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from prehab.domain.diary import MAX_DISTANCE, MAX_DURATION, Surface
from prehab.domain.duration import SECOND, Millis, clock_face
from prehab.errors import UserError
from prehab.formats.problems import visible

FASTEST = 12
"""Metres a second: faster than the fastest sprint."""
_YEARS = range(2000, 2200)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a watch knows of a run."""

    started_at: datetime
    """With the offset of where it was, or in UTC where the file does not tell."""
    distance_m: int | None
    duration_ms: Millis | None
    surface: Surface | None = None
    """Where the watch was told what is run on."""
    word: str = ""
    """What a person should know of it: that the watch calls it a ride, or that the file breaks off."""


def believed(found: Recorded) -> Recorded:
    """The same without a distance that nobody runs in that time: a ride, or a watch that lost its place."""
    if not found.distance_m or not found.duration_ms:
        return found
    if found.distance_m <= FASTEST * found.duration_ms / SECOND:
        return found
    why = f"{found.distance_m / 1000:.2f} km in {clock_face(found.duration_ms)} is no run: left out"
    return replace(found, distance_m=None, word="; ".join(filter(None, (found.word, why))))


def metres(measured: float | None) -> int | None:
    """A distance that a run may have; nothing measured is nothing known."""
    return round(measured) if measured is not None and 1 <= measured <= MAX_DISTANCE else None


def lasting(measured: Millis | None) -> Millis | None:
    """A duration that a run may have; nothing measured is nothing known."""
    return measured if measured is not None and 0 < measured <= MAX_DURATION else None


def times(found: Iterable[Any]) -> Iterator[datetime]:
    """The moments among them that can be one: a watch without a fix counts from the year it was built for."""
    for moment in found:
        if isinstance(moment, datetime) and moment.year in _YEARS:
            # Both kinds of file count in UTC where they name no offset.
            yield moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def span(first: datetime, last: datetime) -> Millis:
    """How long it is from one moment to another."""
    return Millis((last - first) // _MILLISECOND)


def word_on(sport: object) -> str:
    """What to say of a sport; empty for whatever may be a run."""
    said = " ".join(str(sport or "").replace("_", " ").lower().split())
    is_plain = any(word in said for word in _ON_FOOT) or not said[:1].isalpha()
    return "" if is_plain else f"the file calls it {visible(said)}, not a run"


_ON_FOOT = ("run", "walk", "hik", "jog", "generic", "training", "fitness", "transition", "trail", "treadmill")


def surface_of(written: object) -> Surface | None:
    """What is run on, where the kind of run says it."""
    said = str(written or "").lower()
    return next((one for one in (Surface.TREADMILL, Surface.TRAIL, Surface.TRACK) if one.value in said), None)


def unreadable(name: str, kind: str, error: Exception) -> UserError:
    """A file that is damaged, or something else."""
    return UserError(f"{name} is no {kind} file that can be read", visible(str(error)), "export it again")


def no_run(name: str, why: str) -> UserError:
    """A file that can be read and has nothing for the diary."""
    return UserError(f"there is no run in {name}", why, "give the file of one run, with its times")


def library(module: str) -> Any:
    """Import a reader of the extra.

    Raises:
        UserError: if it is not installed.
    """
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise UserError(
            f"the reader of such files is not installed: {module}",
            hint="install it with: pip install 'prehab[watch]'",
        ) from None
