"""`prehab check`, whatever it is given: every file told, nothing waited for, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NASTY: dict[str, bytes] = {
    "empty": b"",
    "nothing but a mark": b"\xef\xbb\xbf",
    "not utf-8": b'name = "\xff\xfe"\n',
    "utf-16": 'name = "x"\n'.encode("utf-16"),
    "null bytes": b"\x00" * 1000,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "20 000 arrays": b"a = " + b"[" * 20_000 + b"]" * 20_000,
    "20 000 tables": b"a = " + b"{b=" * 20_000 + b"1" + b"}" * 20_000,
    "20 000 dots": b"[" + b"a." * 20_000 + b"a]",
    "a long number": b"a = " + b"9" * 200_000,
    "a long key": b"a" * 250_000 + b" = 1",
    "one long line": b'name = "' + b"x" * 250_000 + b'"',
    "keys without end": b"".join(b"k%d = 1\n" % number for number in range(20_000)),
    "steps without end": b"[[step]]\n" * 25_000,
    "infinity": b'name = "x"\n[[step]]\nname = "y"\nfor = 1e999\n',
    "a date": b'name = 1979-05-27T07:32:00Z\n[[step]]\nname = "y"\nfor = 1979-05-27\n',
    "escapes": b'name = "\\u001b[2J"\n[[step]]\nname = "\\u009b"\nfor = 3\n',
    "turned text": 'name = "\u202eevil"\n'.encode(),
    "lone carriage returns": b'name = "x"\r[[step]]\r',
    "a flood": b'name="x"\n[pace]\nrounds=999\n[[step]]\nname="y"\nfor="4h"\nsets=999\nsides="each"\n',
    "50 MB": b"# nothing\n" * 5_000_000,
}


def check(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prehab", "check", *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.fixture
def nasty(tmp_path: Path) -> list[Path]:
    """One file of each kind, and what is no file."""
    files = []
    for name, raw in NASTY.items():
        files.append(tmp_path / f"{name}.toml")
        files[-1].write_bytes(raw)
    files += [tmp_path / "missing.toml", tmp_path]
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    files.append(loop)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        files.append(tmp_path / "pipe.toml")
    return files


def test_every_nasty_file_is_told_and_none_is_waited_for(nasty: list[Path]) -> None:
    ran = check("--json", *map(str, nasty))
    assert ran.returncode == 1
    assert ran.stderr == ""
    problems = json.loads(ran.stdout)
    assert {problem["file"] for problem in problems} == {str(file) for file in nasty}
    for problem in problems:
        assert problem["line"] >= 1
        assert problem["column"] >= 1
        assert problem["message"]


def test_what_a_terminal_would_act_on_never_reaches_it(nasty: list[Path]) -> None:
    ran = check(*(str(file) for file in nasty if file.stem != "keys without end"))
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert not set(ran.stdout) & {"\x1b", "\x00", "\x9b", "\u202e", "\r", "\x07"}


def test_the_line_is_shown_with_the_place_underlined(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('name = "Mine"\n[[step]]\nname = "Plank"\n\tfor = 30s\n', encoding="utf-8")
    shown = check(str(file)).stdout.splitlines()
    assert shown[0].startswith(f"{file}:4:8: no value that TOML knows: 30s")
    assert shown[1:] == ["     for = 30s", "           ^^^"]


GROWS = """format = 1
name = "Grows"
phase = "any-day"

[[step]]
name = "Hold"
for = { from = "20s", to = "40s", by = "5s" }
sets = 3
areas = ["core"]
position = "face-down"

[progression]
clean-to-advance = 3
then = "core-l"
"""


def test_a_routine_that_is_to_follow_and_does_not_exist_is_a_warning_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "grows.toml"
    file.write_text(GROWS, encoding="utf-8")
    ran = check(str(file), "--json")
    assert ran.returncode == 0
    (problem,) = json.loads(ran.stdout)
    assert (problem["line"], problem["column"], problem["severity"]) == (14, 8, "warning")
    assert problem["key"] == "progression.then"
    assert problem["message"] == "no such routine: 'core-l'"
    assert "core-" in problem["hint"]


@pytest.mark.parametrize("then", ["core-1", "mine"])
def test_a_routine_of_the_library_or_of_the_same_folder_may_follow(tmp_path: Path, then: str) -> None:
    (tmp_path / "mine.toml").write_text(GROWS.replace("core-l", "grows"), encoding="utf-8")
    file = tmp_path / "grows.toml"
    file.write_text(GROWS.replace("core-l", then), encoding="utf-8")
    assert json.loads(check(str(file), "--json").stdout) == []


@pytest.mark.parametrize("then", ["../x", "\u1e9e" * 200])
def test_an_odd_name_of_what_follows_is_only_a_name(tmp_path: Path, then: str) -> None:
    file = tmp_path / "grows.toml"
    file.write_text(GROWS.replace("core-l", then), encoding="utf-8")
    assert "no such routine" in check(str(file)).stdout
