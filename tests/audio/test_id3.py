"""The tag of an MP3 file, read back by a parser that knows the format and not the writer."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prehab.audio.id3 import Chapter, tag
from prehab.domain.duration import Millis


@dataclass
class Read:
    """What a player finds in a tag."""

    texts: dict[str, str] = field(default_factory=dict)
    chapters: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    contents: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    size: int = 0


def read_frames(body: bytes) -> list[tuple[str, bytes]]:
    found = []
    while body:
        kind, size, flags = body[:4].decode("ascii"), int.from_bytes(body[4:8], "big"), body[8:10]
        assert flags == b"\0\0"
        found.append((kind, body[10 : 10 + size]))
        assert len(found[-1][1]) == size
        body = body[10 + size :]
    return found


def read_text(content: bytes) -> str:
    return content[1:].decode({0: "latin-1", 1: "utf-16"}[content[0]])


def read_tag(content: bytes) -> Read:
    assert content[:3] == b"ID3"
    assert content[3:6] == bytes((3, 0, 0))
    assert max(content[6:10]) < 0x80
    size = int("".join(f"{byte:07b}" for byte in content[6:10]), 2)
    read = Read(size=10 + size)
    for kind, frame in read_frames(content[10 : 10 + size]):
        if kind == "CHAP":
            name, _, rest = frame.partition(b"\0")
            start, end, *offsets = struct.unpack(">4I", rest[:16])
            assert offsets == [0xFFFFFFFF] * 2
            ((inner, title),) = read_frames(rest[16:])
            assert inner == "TIT2"
            assert name.decode() not in read.chapters
            read.chapters[name.decode()] = (start, end, read_text(title))
        elif kind == "CTOC":
            name, _, rest = frame.partition(b"\0")
            flags, count, entries = rest[0], rest[1], rest[2:].split(b"\0")[:-1]
            assert len(entries) == count
            read.contents[name.decode()] = (flags, [entry.decode() for entry in entries])
        else:
            read.texts[kind] = read_text(frame)
    return read


def chapters(count: int) -> list[Chapter]:
    return [
        Chapter(f"Step {number}", Millis(number * 1000), Millis(number * 1000 + 999))
        for number in range(count)
    ]


def listed(read: Read, table: str = "toc") -> list[str]:
    """The chapters that a table of contents leads to, in order."""
    _, entries = read.contents[table]
    return [
        name for entry in entries for name in (listed(read, entry) if entry in read.contents else [entry])
    ]


def test_the_title_and_the_chapters_are_found_again() -> None:
    read = read_tag(tag("Post-run stretch, full", Millis(61_500), chapters(3)))
    assert read.texts == {"TIT2": "Post-run stretch, full", "TLEN": "61500"}
    assert [read.chapters[name] for name in listed(read)] == [
        (0, 999, "Step 0"),
        (1000, 1999, "Step 1"),
        (2000, 2999, "Step 2"),
    ]
    assert read.contents["toc"][0] == 0b11


def test_the_size_tells_where_the_sound_begins() -> None:
    made = tag("Long " * 100, Millis(1), chapters(30))
    assert read_tag(made + b"\xff\xfbsound").size == len(made)


@pytest.mark.parametrize("count", [0, 1, 255, 256, 600, 10_000])
def test_any_number_of_chapters_is_listed_in_order(count: int) -> None:
    read = read_tag(tag("Long", Millis(1), chapters(count)))
    assert len(read.chapters) == count
    if count:
        assert [read.chapters[name][2] for name in listed(read)] == [
            f"Step {number}" for number in range(count)
        ]
        assert sum(flags & 0b10 > 0 for flags, _ in read.contents.values()) == 1


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50))
def test_every_title_comes_back_as_it_was(title: str) -> None:
    read = read_tag(tag(title, Millis(1), [Chapter(title, Millis(0), Millis(1))]))
    assert read.texts["TIT2"] == title
    assert read.chapters[listed(read)[0]][2] == title
