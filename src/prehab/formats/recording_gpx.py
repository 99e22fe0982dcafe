"""The run in a GPX file, of a watch or of a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from prehab.formats.recording import (
    Recorded,
    lasting,
    library,
    metres,
    no_run,
    span,
    surface_of,
    times,
    unreadable,
    word_on,
)

APART = timedelta(hours=6)
"""Points of a track that are further apart than this are not of one run."""

_STUMBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a damaged file ends in, beside the reader's own errors."""
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read(data: bytes, name: str) -> Recorded:
    """Read the run.

    Raises:
        UserError: if it is damaged, or holds no run, or several.
    """
    gpxpy = library("gpxpy")
    try:
        text = _text(data)
        if "<!ENTITY" in text:
            raise ValueError("it defines words of its own, which no recording does")
        found = gpxpy.parse(text)
        segments = [part for track in found.tracks for part in track.segments if part.points]
        length = sum(_length(part.points) for part in segments)
    except (gpxpy.gpx.GPXException, *_STUMBLES) as error:
        raise unreadable(name, "GPX", error) from error
    moments = [point.time for part in segments for point in part.points]
    known = sorted(times(moments))
    if not known:
        raise no_run(name, "no point of a track has a time")
    if any(later - former > APART for former, later in pairwise(known)):
        raise no_run(name, "it holds the tracks of several runs")
    # Where few points have a time, as after a planner's work, nothing tells how long it took.
    is_timed = 2 * len(known) >= len(moments)
    kind = next((track.type for track in found.tracks if track.type), "")
    return Recorded(
        known[0],
        metres(length),
        lasting(span(known[0], known[-1])) if is_timed else None,
        surface_of(kind),
        word_on(kind),
    )


def _text(data: bytes) -> str:
    """The text of an XML file: its mark or its first line says how it was written."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    told = _ENCODING.match(data.lstrip())
    return data.decode(told[1].decode("ascii") if told else "utf-8")


def _length(points: Sequence[Any]) -> float:
    """How long a piece of track is, in metres."""
    return sum(one.distance_2d(other) or 0.0 for one, other in pairwise(points))
