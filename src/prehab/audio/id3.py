"""The tag at the head of an MP3 file: its title, and its chapters as CHAP and CTOC frames of ID3v2.3."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from prehab.domain.duration import Millis

_LATIN_1, _UTF_16 = b"\x00", b"\x01"
_UNUSED = 0xFFFFFFFF
"""Chapters are found by time; their byte offsets are left out."""
_TOP_LEVEL, _IN_ORDER = 0b10, 0b01
_MOST_ENTRIES = 255
"""The count of a table of contents is one byte."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a sound file that a player can jump to."""

    title: str
    start: Millis
    end: Millis


def tag(title: str, length: Millis, chapters: Sequence[Chapter]) -> bytes:
    """Make the tag; what comes after it in the file is the sound."""
    frames = [_text("TIT2", title), _text("TLEN", str(length))]
    if chapters:
        names = [f"chp{number}" for number in range(len(chapters))]
        frames += _contents(names)
        frames += [_chapter(name, chapter) for name, chapter in zip(names, chapters, strict=True)]
    body = b"".join(frames)
    return b"ID3" + bytes((3, 0, 0)) + _seven_bits(len(body)) + body


def _contents(names: Sequence[str]) -> list[bytes]:
    """The table of contents; where there are more chapters than it can count, a table of tables."""
    if len(names) <= _MOST_ENTRIES:
        return [_table("toc", _TOP_LEVEL | _IN_ORDER, names)]
    parts = [names[start : start + _MOST_ENTRIES] for start in range(0, len(names), _MOST_ENTRIES)]
    tables = [f"toc{number}" for number in range(len(parts))]
    inner = [_table(table, _IN_ORDER, part) for table, part in zip(tables, parts, strict=True)]
    return [_table("toc", _TOP_LEVEL | _IN_ORDER, tables), *inner]


def _table(name: str, flags: int, entries: Sequence[str]) -> bytes:
    return _frame("CTOC", _name(name) + bytes((flags, len(entries))) + b"".join(map(_name, entries)))


def _chapter(name: str, chapter: Chapter) -> bytes:
    times = struct.pack(">IIII", chapter.start, chapter.end, _UNUSED, _UNUSED)
    return _frame("CHAP", _name(name) + times + _text("TIT2", chapter.title))


def _text(kind: str, text: str) -> bytes:
    text = text.replace("\0", " ")
    try:
        return _frame(kind, _LATIN_1 + text.encode("latin-1"))
    except UnicodeEncodeError:
        return _frame(kind, _UTF_16 + text.encode("utf-16"))


def _frame(kind: str, content: bytes) -> bytes:
    return kind.encode("ascii") + struct.pack(">IH", len(content), 0) + content


def _name(name: str) -> bytes:
    return name.encode("ascii") + b"\0"


def _seven_bits(size: int) -> bytes:
    """The size of a tag, seven bits a byte, so that no player takes it for the start of sound."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
