"""A routine that is written down reads as the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
import tomlkit
from hypothesis import given
from tests.formats.strategies import Tables, right

from prehab.domain.routine import AREAS
from prehab.formats.library import Entry, Library
from prehab.formats.loader import inspect_text
from prehab.formats.note import parse_note
from prehab.formats.writing import SCHEMA_LINE, renamed, routine_text, template

BUNDLED = tuple(Library().entries())


@given(right())
def test_any_routine_reads_as_it_was_written(tables: Tables) -> None:
    routine = inspect_text(tomlkit.dumps(tables), "x.toml", "x").routine
    assert routine is not None
    again = inspect_text(routine_text(routine, ["A remark"]), "x.toml", "x")
    assert again.routine == routine, again.problems


@pytest.mark.parametrize("entry", BUNDLED, ids=lambda entry: entry.id)
def test_a_bundled_routine_under_another_name_is_the_same_but_for_the_name(entry: Entry) -> None:
    assert entry.routine is not None
    text = renamed(entry.path.read_text(encoding="utf-8"), 'My "own" \\1')
    reading = inspect_text(text, "x.toml", entry.id)
    assert reading.problems == ()
    assert reading.routine == replace(entry.routine, name='My "own" \\1')
    assert text.startswith(f"{SCHEMA_LINE}\n")
    assert text.count("#:schema") == 1


def test_a_renamed_file_keeps_its_comments() -> None:
    source = '# mine\nname = "Old"  # this one\n\n# a step\n[[step]]\nname = "x"\nfor = 3\n'
    assert renamed(source, "New") == (
        f'{SCHEMA_LINE}\n# mine\nname = "New"\n\n# a step\n[[step]]\nname = "x"\nfor = 3\n'
    )


def test_the_template_plays_at_once_and_nothing_is_doubtful() -> None:
    text = template("evening", "Evening", AREAS)
    reading = inspect_text(text, "evening.toml", "evening")
    assert reading.problems == ()
    assert reading.routine is not None
    assert reading.routine.name == "Evening"
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize(
    "note",
    ["clam 3x12 each; plank 3x30-60s/45s; 3x a week", "2 rounds/60s; wobble 30s; squat 10 reps (slow)"],
)
def test_a_note_that_is_written_down_reads_as_the_same(note: str) -> None:
    routine = parse_note(note)
    assert inspect_text(routine_text(routine), "note.toml", "note").routine == routine
