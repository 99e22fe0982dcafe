"""A sheet for the fridge says what to do, for how long, and shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from prehab.cli.main import run
from prehab.domain.compile import compile_timeline
from prehab.formats.library import Library
from prehab.formats.note import parse_note
from prehab.session.front import Prehab
from prehab.session.sheet import sheet
from prehab.session.takeaway import sheet_file


def test_every_step_is_in_the_table_with_its_time_and_dose() -> None:
    text = sheet_file(Prehab(), "stretch-full")
    routine = Library().routine("stretch-full")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "☐" in line]
    assert len(rows) == len(list(routine.steps()))
    assert rows[0] == "| 1 | 0:10 | Wall calf stretch, knee straight | 30 s each side | ☐ |"
    assert all(step.do in text and step.avoid in text for step in routine.steps())


def test_pictures_are_drawn_in_braille() -> None:
    blocks = sheet_file(Prehab(), "plank").split("```")
    (picture,) = blocks[1::2]
    assert any("\u2800" < letter <= "\u28ff" for letter in picture)


@pytest.mark.parametrize(
    ("note", "dose"),
    [
        ("wobble 3x30s/45s", "3 × 30 s, 45 s rest"),
        ("wobble 3x12 each", "3 × 12 each side, one every 3 s, 30 s rest"),
        ("wobble 2m left", "2:00, left side"),
    ],
)
def test_a_dose_is_written_as_a_person_would(note: str, dose: str) -> None:
    text = sheet(compile_timeline(parse_note(note)), lambda name, side: None)
    assert f"| Wobble | {dose} | ☐ |" in text


@pytest.mark.parametrize(
    ("often", "told"), [(1, "once a week"), (2, "twice a week"), (3, "3 times a week"), (7, "daily")]
)
def test_how_often_is_written_as_a_person_would(often: int, told: str) -> None:
    text = sheet(compile_timeline(parse_note(f"plank 3x30s; {often}x a week")), lambda name, side: None)
    assert f" · {told}" in text


def test_text_of_a_routine_is_never_markup() -> None:
    text = sheet(compile_timeline(parse_note("*a* | <b> [c](d) 30s")), lambda name, side: None)
    assert r"\*a\* \| \<b\> \[c\](d)" in text


def test_it_is_written_by_its_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fridge.md"
    assert run(["export", "stretch-full", "--in", "6m", "-o", str(file)]) == 0
    assert file.read_text(encoding="utf-8").startswith("# Post-run stretch, full\n")
    assert run(["export", "plank", "-o", str(tmp_path / "x.txt")]) == 2
    assert ".ics" in capsys.readouterr().err
