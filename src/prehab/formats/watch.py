"""The run that a watch recorded, from its file: GPX or FIT, read by well-kept readers of an extra."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from prehab.domain.duration import HOUR, Millis
from prehab.errors import UserError
from prehab.formats.problems import visible

MAX_SIZE = 64 * 1024 * 1024
"""How many bytes a recording may have."""

MAX_DISTANCE = 1_000_000
"""The longest run that is believed, in metres."""
MAX_DURATION = Millis(7 * 24 * HOUR)

_YEARS = range(1990, 2200)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a watch knows of a run."""

    started_at: datetime
    """With its offset."""
    distance_m: int | None
    duration_ms: Millis | None


def read_run(file: Path) -> Recorded:
    """Read the run in a file, by its ending.

    Raises:
        UserError: if it can't be read, holds no run, or the reader of such files is not installed.
    """
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise UserError(
            f"not a recording that can be read: {visible(file.name)}", hint="give a .gpx or a .fit file"
        )
    try:
        if not file.is_file():
            raise UserError(f"{visible(str(file))} is not a file")
        if file.stat().st_size > MAX_SIZE:
            raise UserError(f"{visible(file.name)} is too long", hint="give the file of one run")
        data = file.read_bytes()
    except OSError as error:
        raise UserError(f"{visible(file.name)} can't be read", str(error)) from error
    found = reader(data, visible(file.name))
    if found.started_at.year not in _YEARS:
        raise _no_run(visible(file.name), f"it would have been in the year {found.started_at.year}")
    return replace(
        found,
        distance_m=_believed(found.distance_m, MAX_DISTANCE),
        duration_ms=_believed(found.duration_ms, MAX_DURATION),
    )


_Number = TypeVar("_Number", int, Millis)


def _believed(number: _Number | None, most: int) -> _Number | None:
    return number if number is not None and 0 <= number <= most else None


def _gpx(data: bytes, name: str) -> Recorded:
    gpxpy = _library("gpxpy", "gpxpy")
    try:
        track = gpxpy.parse(data.decode("utf-8-sig"))
    except (gpxpy.gpx.GPXException, UnicodeError, ValueError) as error:
        raise _unreadable(name, "GPX", error) from error
    segments = [segment for one in track.tracks for segment in one.segments if segment.points]
    times = [point.time for segment in segments for point in segment.points if point.time is not None]
    if not times:
        raise _no_run(name, "no point with a time")
    return Recorded(
        _with_offset(min(times)),
        round(sum(_length(segment.points) for segment in segments)),
        Millis((max(times) - min(times)) // _MILLISECOND),
    )


def _length(points: Sequence[Any]) -> float:
    """How long a piece of track is, in metres."""
    return sum(one.distance_2d(other) or 0.0 for one, other in pairwise(points))


def _fit(data: bytes, name: str) -> Recorded:
    fitdecode = _library("fitdecode", "fitdecode")
    session: dict[str, Any] = {}
    records: list[tuple[datetime, float | None]] = []
    try:
        # A watch whose battery died leaves a wrong checksum on a run that is all there.
        with fitdecode.FitReader(
            data, check_crc=fitdecode.CrcCheck.DISABLED, error_handling=fitdecode.ErrorHandling.IGNORE
        ) as frames:
            for frame in frames:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                if frame.name == "session" and not session:
                    session = {field.name: field.value for field in frame.fields}
                elif frame.name == "record":
                    at = frame.get_value("timestamp", fallback=None)
                    if isinstance(at, datetime):
                        records.append((at, frame.get_value("distance", fallback=None)))
    except (fitdecode.FitError, *_STUMBLES) as error:
        raise _unreadable(name, "FIT", error) from error
    began = session.get("start_time") or min((at for at, _ in records), default=None)
    if not isinstance(began, datetime):
        raise _no_run(name, "neither a session nor a record with a time")
    return Recorded(_with_offset(began), _distance(session, records), _duration(session, records))


def _distance(session: dict[str, Any], records: list[tuple[datetime, float | None]]) -> int | None:
    told = session.get("total_distance")
    if not isinstance(told, (int, float)):
        told = max((metres for _, metres in records if isinstance(metres, (int, float))), default=None)
    return None if told is None else round(told)


def _duration(session: dict[str, Any], records: list[tuple[datetime, float | None]]) -> Millis | None:
    """How long it took, pauses included: the morning after does not know of them."""
    told = session.get("total_elapsed_time") or session.get("total_timer_time")
    if isinstance(told, (int, float)):
        return Millis(round(told * 1000))
    times = [at for at, _ in records]
    return Millis((max(times) - min(times)) // _MILLISECOND) if times else None


_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the reader of FIT files stumbles over in a damaged one, beside its own errors."""


def _library(module: str, package: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise UserError(
            f"the reader of such files is not installed: {package}",
            hint="install it with: pip install 'prehab[watch]'",
        ) from None


def _with_offset(moment: datetime) -> datetime:
    """Both kinds of file count in UTC where they name no offset."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _unreadable(name: str, kind: str, error: Exception) -> UserError:
    return UserError(f"{name} is no {kind} file that can be read", visible(str(error)), "export it again")


def _no_run(name: str, why: str) -> UserError:
    return UserError(f"there is no run in {name}", why, "give the file of one run, with its times")


_READERS: dict[str, Callable[[bytes, str], Recorded]] = {".gpx": _gpx, ".fit": _fit}
