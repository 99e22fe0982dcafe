"""A file that may be anything is read or refused, and never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from prehab.formats import files
from prehab.formats.loader import inspect, read
from prehab.formats.problems import Problem, RoutineError

RIGHT = 'name = "x"\n[[step]]\nname = "é"\nareas = ["core"]\nfor = "30s"\n'

needs_fifos = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")


def _only_problem(path: Path) -> Problem:
    reading = inspect(path)
    assert reading.routine is None
    (problem,) = reading.problems
    assert problem.is_error
    assert problem.file == str(path)
    return problem


def test_a_routine_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "evening.toml"
    path.write_text(RIGHT, encoding="utf-8")
    assert read(path).id == "evening"


@pytest.mark.parametrize("written", [b"\xef\xbb\xbf" + RIGHT.encode(), RIGHT.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(tmp_path: Path, written: bytes) -> None:
    path, plain = tmp_path / "x.toml", tmp_path / "plain" / "x.toml"
    plain.parent.mkdir()
    path.write_bytes(written)
    plain.write_bytes(RIGHT.encode())
    assert read(path) == read(plain)


def test_what_is_not_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes('name = "x"\ndo = "é'.encode() + b'\xff"\n')
    problem = _only_problem(path)
    assert (problem.line, problem.column) == (2, 8)
    assert problem.message == "byte 0xff is not UTF-8"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "no such file" in _only_problem(tmp_path / "x.toml").message


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert _only_problem(tmp_path).message == "is a folder"


def test_a_loop_of_links_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.symlink_to(path)
    assert "can't be read" in _only_problem(path).message


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "y.toml"
    path.write_text(RIGHT, encoding="utf-8")
    (tmp_path / "x.toml").symlink_to(path)
    assert read(tmp_path / "x.toml").id == "x"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who can be shut out")
def test_a_file_that_is_closed_to_us_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(RIGHT, encoding="utf-8")
    path.chmod(0)
    assert "permission" in _only_problem(path).message


def test_a_name_that_no_file_can_have_is_told() -> None:
    assert "can't be read" in _only_problem(Path("a\0b.toml")).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device")
def test_a_device_is_told() -> None:
    assert _only_problem(Path("/dev/zero")).message == "is a device"


@needs_fifos
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    os.mkfifo(path)
    assert _only_problem(path).message == "is a pipe"


@needs_fifos
def test_a_file_that_became_a_pipe_after_the_look_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = tmp_path / "x.toml", tmp_path / "before.toml"
    before.write_text(RIGHT, encoding="utf-8")
    os.mkfifo(path)
    seen = before.stat()
    monkeypatch.setattr(os, "stat", lambda _: seen)
    with pytest.raises(files.Unreadable) as caught:
        files.read_text(path)
    assert caught.value.message == "is a pipe"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert _only_problem(path).message == "is longer than 256 KiB"


def test_the_longest_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(RIGHT.encode() + b"#" * (files.MAX_BYTES - len(RIGHT.encode())))
    assert read(path).name == "x"


def test_an_error_carries_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('name = 1\nabout = 2\n[[step]]\nname = "x"\nfor = 3\n', encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        read(path)
    assert [problem.key for problem in caught.value.problems] == ["name", "about"]
    assert "has 2 problems" in caught.value.title
    assert f"{path}:2:9: about: must be text, not 2 (" in caught.value.detail
