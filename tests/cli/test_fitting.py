"""Routines fitted to the day, in a row, or typed as a note, as a person runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from prehab.cli.main import run


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


Prehab = Callable[..., Ran]


@pytest.fixture
def prehab(capsys: pytest.CaptureFixture[str]) -> Prehab:
    """Runs a command line in this process, without a terminal."""

    def ran(*words: str) -> Ran:
        try:
            code = run(list(words))
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran


@pytest.fixture
def shown(prehab: Prehab) -> Callable[..., Any]:
    """What `show --json` prints."""

    def timeline(*words: str) -> Any:
        ran = prehab("show", *words, "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return timeline


Shown = Callable[..., Any]


def areas(timeline: Any) -> set[str]:
    return {area for segment in timeline["segments"] for area in segment["areas"]}


def test_a_stretch_of_15_minutes_fits_into_10_with_all_its_areas(shown: Shown) -> None:
    whole, fitted = shown("stretch-full"), shown("stretch-full", "--in", "10m")
    assert fitted["total_ms"] <= 600_000
    assert areas(fitted) == areas(whole)
    sides: dict[str, set[str]] = {}
    for segment in fitted["segments"]:
        if segment["kind"] == "work" and segment["side"]:
            sides.setdefault(segment["step"], set()).add(segment["side"])
    assert all(both == {"left", "right"} for both in sides.values())


def test_what_was_done_to_fit_is_told_before_it_begins(prehab: Prehab) -> None:
    ran = prehab("start", "warmup-short", "--in", "3m", "--plain", "--speed", "500")
    assert ran.code == 0
    assert "4:01 → 2:5" in ran.err
    assert "left out:" in ran.err


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["plank", "--in", "10s"], "the shortest takes 0:30", 2),
        (["stretch-full", "--skip", "kness"], "did you mean 'knees'?", 2),
        (["plank", "--skip", "core"], "without core nothing is left", 2),
        (["warmup-full", "--hold", "45s"], "nothing is held", 2),
        (["plank", "--hold", "45s"], "--level", 2),
        (["plank", "--rounds", "0"], "out of range", 2),
        (["plank", "--rounds", "999"], "24h", 2),
        (["warmup-short", "plank"], "warmup-short + plank", 1),
        (["warmup-short", "+"], "missing", 2),
        (["stretch", "full"], "stretch-full", 1),
        (["plank 3x30s sidewise"], "^^^^^^^^", 2),
        (["a/b"], "no such file", 1),
    ],
)
def test_what_can_not_be_is_told_with_the_way_out(
    words: list[str], said: str, code: int, prehab: Prehab
) -> None:
    ran = prehab("show", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_longer_holds_and_other_rounds(shown: Shown) -> None:
    held = shown("stretch-full", "--hold", "45s")
    assert 45_000 in {one["for_ms"] for one in held["segments"] if one["kind"] == "work"}
    assert shown("core-1", "--rounds", "1")["total_ms"] < shown("core-1")["total_ms"] / 2


def test_two_routines_in_a_row_are_one_timeline(shown: Shown) -> None:
    one, two, both = shown("warmup-short"), shown("plank"), shown("warmup-short", "+", "plank")
    assert both["routine"] == "warmup-short+plank"
    assert both["total_ms"] == one["total_ms"] + two["get_ready_ms"] + two["total_ms"]
    assert shown("warmup-short+plank") == both


def test_two_routines_in_a_row_are_two_sessions_of_the_history(tmp_path: Path, prehab: Prehab) -> None:
    files = []
    for name in ("quick", "swift"):
        files.append(tmp_path / f"{name}.toml")
        step = 'name = "Reach"\nfor = "1s"\nareas = ["core"]\n'
        files[-1].write_text(f'name = "{name}"\n[pace]\nget-ready = 0\n[[step]]\n{step}', encoding="utf-8")
    ran = prehab("start", str(files[0]), "+", str(files[1]), "--plain", "--mute", "--no-voice")
    assert ran.code == 0, ran.err
    kept = json.loads(prehab("history", "--json").out)
    assert [(one["routine"], one["outcome"]) for one in kept] == [
        ("swift", "completed"),
        ("quick", "completed"),
    ]


def test_the_same_note_is_the_same_routine_to_the_history(shown: Shown) -> None:
    assert shown("plank 30s; clam 10 reps")["routine"] == "note-plank-clam"
    assert shown("Plank 3x45s, clam 12 reps each")["routine"] == "note-plank-clam"


def test_a_note_is_played_without_a_file(shown: Shown) -> None:
    timeline = shown("plank 3x40s/30s; side plank 2x20s each")
    works = [one for one in timeline["segments"] if one["kind"] == "work"]
    assert [(one["name"], one["side"]) for one in works] == [("Plank", None)] * 3 + [
        ("Side plank", "left"),
        ("Side plank", "right"),
    ] * 2
    assert works[0]["figure"] == "front-plank"
    assert shown("plank", "3x40s/30s")["total_ms"] == 180_000


def test_a_file_is_a_file_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    monkeypatch.chdir(tmp_path)
    text = 'name = "Mine"\n[[step]]\nname = "x"\nfor = 3\nareas = ["core"]\n'
    (tmp_path / "plank 30s + more.toml").write_text(text, encoding="utf-8")
    assert shown("plank 30s + more.toml")["name"] == "Mine"


def test_a_note_is_told_as_it_was_read(prehab: Prehab) -> None:
    ran = prehab("start", "plank 3x40s/30s; side plank 2x20s each", "--plain", "--speed", "500")
    assert "Plank: 3 × 40 s, 30 s rest" in ran.err
    assert "Side plank: 2 × 20 s each side, 30 s rest" in ran.err


def test_a_level_that_was_forgotten_to_be_called_one_is_noticed(prehab: Prehab) -> None:
    ran = prehab("start", "plank", "40s", "--plain", "--speed", "500")
    assert ran.code == 0
    assert "prehab start plank --level 40s" in ran.err
