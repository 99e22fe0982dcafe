"""Reading in another process: the same answers in the same order, whatever becomes of that process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from prehab import resources
from prehab.formats.apart import read_apart
from prehab.formats.library import Library, Read, read_here


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    broken, syntax, latin = tmp_path / "broken.toml", tmp_path / "syntax.toml", tmp_path / "latin.toml"
    broken.write_text('format = 1\nname = "Broken"\nphase = "any-day"\n\n[[step]]\nnmae = "x"\nfor = "30s"\n')
    syntax.write_text("format = = 1\n")
    latin.write_bytes(b'name = "\xe9"\n')
    bundled = sorted(resources.routines().glob("*.toml"))
    return [bundled[0], broken, tmp_path / "missing.toml", syntax, latin, tmp_path, *bundled[1:]]


def test_the_answers_are_those_of_this_process_in_the_order_asked_for(files: list[Path]) -> None:
    assert list(read_apart(files)) == list(read_here(files))


def test_nothing_is_started_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/there/is/no/such/program")
    assert list(read_apart([])) == []


@pytest.mark.parametrize("program", ["/there/is/no/such/program", "", "/bin/false"])
def test_where_no_other_process_can_be_had_this_one_reads(
    program: str, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert list(read_apart(files)) == list(read_here(files))


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for a process that dies")
def test_a_process_that_dies_half_way_is_made_up_for(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = sys.executable
    mortal = tmp_path / "mortal"
    mortal.write_text(f'#!/bin/sh\n"{python}" "$@" | head -c 30000\n')
    mortal.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(mortal))
    assert list(read_apart(files)) == list(read_here(files))


def test_who_stops_asking_leaves_no_process_behind(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(real(*words, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    answers = read_apart(files)
    next(answers)
    del answers
    assert [process.returncode is not None for process in started] == [True]


def test_a_library_that_reads_apart_keeps_what_it_read_until_the_file_changes(tmp_path: Path) -> None:
    source = (resources.routines() / "plank.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(source, encoding="utf-8")
    asked: list[str] = []

    def read(paths: Sequence[Path]) -> Iterator[Read]:
        asked.extend(path.stem for path in paths)
        return read_apart(paths)

    library = Library(tmp_path, bundled=tmp_path, read=read)
    first = library.routine("mine")
    assert library.routine("mine") is first
    mine.write_text(source.replace('name = "', 'name = "My ', 1), encoding="utf-8")
    library.refresh()
    assert [entry.routine.name for entry in library.entries() if entry.routine] == [f"My {first.name}"]
    assert asked == ["mine", "mine"]
