"""Recordings as watches write them, made by hand: a few minutes of a run as GPX and as FIT."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEGAN = datetime(2026, 11, 22, 6, 42, tzinfo=UTC)
_FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)


def gpx(minutes: int = 10, *, with_times: bool = True, segments: int = 1) -> str:
    """A run due north, a point a minute, each a 500th of a degree further: 222 m."""
    points = []
    for minute in range(minutes + 1):
        at = f"<time>{(BEGAN + timedelta(minutes=minute)).isoformat().replace('+00:00', 'Z')}</time>"
        points.append(f'<trkpt lat="{48 + minute / 500:.5f}" lon="11.0">{at if with_times else ""}</trkpt>')
    size = -(-len(points) // segments)
    parts = [points[start : start + size] for start in range(0, len(points), size)]
    tracks = "".join(f"<trkseg>{''.join(part)}</trkseg>" for part in parts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="by hand" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><name>Morning run</name>{tracks}</trk></gpx>\n"
    )


SPORTS = {"generic": 0, "running": 1, "cycling": 2, "transition": 3}
SUB_SPORTS = {"generic": 0, "treadmill": 1, "trail": 3, "track": 4, "road": 7}


@dataclass(frozen=True)
class Part:
    """One session of a file: a watch writes one for each sport of a day."""

    sport: str = "running"
    sub_sport: str = "generic"
    after: int = 0
    """When it began, in minutes after the first."""
    elapsed: int | None = 1_880_500
    """In milliseconds, pauses included."""
    centimetres: int | None = 520_040


def fit(
    *,
    with_session: bool = True,
    metres: Sequence[float | None] = (0.0, 210.5, 430.25),
    parts: Sequence[Part] = (Part(),),
    offset: timedelta | None = None,
    kind: int | None = None,
    began: datetime = BEGAN,
) -> bytes:
    """A run with a record a minute and, as watches write it at the end, the sessions and the activity."""
    body = b"" if kind is None else _definition(3, 0, [(0, 1, 0)]) + struct.pack("<BB", 3, kind)
    body += _definition(0, 0, [(0, 1, 0), (4, 4, 0x86)]) if kind is None else b""
    body += b"\x00" + struct.pack("<BI", 4, _stamp(began)) if kind is None else b""
    body += _definition(1, 20, [(253, 4, 0x86), (5, 4, 0x86)])
    for minute, distance in enumerate(metres):
        at = began + timedelta(minutes=minute)
        body += b"\x01" + struct.pack("<II", _stamp(at), _scaled(distance, 100))
    if with_session:
        body += b"".join(_session(part, began) for part in parts)
    if offset is not None:
        body += _definition(3, 34, [(253, 4, 0x86), (5, 4, 0x86)])
        body += b"\x03" + struct.pack("<II", _stamp(began), _stamp(began + offset))
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", _crc(header))
    return header + body + struct.pack("<H", _crc(header + body))


def _session(part: Part, began: datetime) -> bytes:
    fields = [(2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0), (6, 1, 0)]
    at = _stamp(began + timedelta(minutes=part.after))
    timer = None if part.elapsed is None else max(0, part.elapsed - 80_500)
    numbers = [at, _scaled(part.elapsed), _scaled(timer), _scaled(part.centimetres)]
    sports = (SPORTS[part.sport], SUB_SPORTS[part.sub_sport])
    return _definition(2, 18, fields) + b"\x02" + struct.pack("<IIIIBB", *numbers, *sports)


def _scaled(value: float | None, by: int = 1) -> int:
    """As the format writes it; what is not known is all ones."""
    return 0xFFFF_FFFF if value is None else round(value * by)


def _definition(local: int, message: int, fields: Sequence[tuple[int, int, int]]) -> bytes:
    listed = b"".join(struct.pack("<BBB", *field) for field in fields)
    return struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields)) + listed


def _stamp(moment: datetime) -> int:
    return int((moment - _FIT_EPOCH).total_seconds())


def _crc(written: bytes) -> int:
    table = [0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401]
    table += [0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400]
    crc = 0
    for byte in written:
        for nibble in (byte & 0xF, byte >> 4):
            crc = ((crc >> 4) & 0x0FFF) ^ table[crc & 0xF] ^ table[nibble]
    return crc
