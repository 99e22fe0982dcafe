"""Text that is no TOML is told in plain words, at the place where its author has to look."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from prehab.formats.loader import inspect, inspect_text

SLIPS = (
    ("for = 30s", 1, 7, "no value that TOML knows: 30s", '"30s"'),
    ("for = 30 sec", 1, 7, "no value that TOML knows: 30 sec", '"30s"'),
    ("name = Bird dog  # slow", 1, 8, "no value that TOML knows: Bird dog", '"Bird dog"'),
    ("name = “Plank”", 1, 8, "a typographic quote", "“"),
    ("areas = [“core”]", 1, 10, "a typographic quote", "“"),
    ('name = "Plank', 1, 8, "a quote is missing", "began"),
    ('name = "Plank\nfor = "30s"', 1, 8, "a quote is missing", "began"),
    ("name = 'Plank\nfor = 3", 1, 8, "a quote is missing", "began"),
    ("name = 'Plank\nabout = 'x'", 1, 8, "a quote is missing", "began"),
    ('about = """Plank\nfor = 3', 1, 9, "a quote is missing", "began"),
    ("about = '''Plank\nfor = 3", 1, 9, "a quote is missing", "began"),
    ('areas = ["core" "hips"]', 1, 17, "a comma or a closing bracket is missing", "["),
    ('areas = ["core",\n"hips"', 2, 7, "a comma or a closing bracket is missing", "["),
    ("for = { from = 30 to = 60 }", 1, 19, "a comma or a closing brace is missing", "{"),
    ("for = { from = 30", 1, 18, "a comma or a closing brace is missing", "{"),
    ("rest =\nsets = 3", 1, 7, "no value after the =", "name ="),
    ("rest =", 1, 7, "no value after the =", "name ="),
    ('name: "Plank"', 1, 5, "no = after the key", "="),
    ("name", 1, 5, "no = after the key", "="),
    ("[[step]", 1, 7, "two closing brackets are missing", "[[step]]"),
    ("[pace", 1, 6, "a closing bracket is missing", "[pace]"),
    ("[]", 1, 2, "no key", "letters"),
    ("= 3", 1, 1, "no key and no header", "="),
    ("- plank 30s", 1, 3, "no = after the key", "="),
    ('do = "50\\50"', 1, 11, "a backslash that means nothing", r"\\"),
    ('do = "C:\\users"', 1, 11, "a character code that is none", r"\\"),
    ("for = 1979-02-30", 1, 7, "a date or time that does not exist", "quotes"),
    ('do = "a\x1bb"', 1, 8, "a control character", "delete"),
    ("# a\x00b", 1, 4, "a control character", "delete"),
    ('name = "a" "b"', 1, 12, "something follows the value", "one key"),
    ('name = "a"\nname = "b"', 2, 1, "is there already", "once"),
    ("a.b = 1\n[a]\nc = 1", 2, 2, "is there already", "one header"),
    ("pace = { change = 3 }\npace.switch = 4", 2, 1, "can't be added to", "complete"),
)


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"), SLIPS, ids=lambda value: str(value)[:30].replace("\n", "|")
)
def test_a_slip_is_told_with_its_place_and_the_way_out(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    (problem,) = inspect_text(text, "x.toml", "x").problems
    assert (problem.line, problem.column, problem.message) == (line, column, message)
    assert hint in problem.hint


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_slip_below_other_lines_shows_its_own_line(ending: str) -> None:
    text = ending.join(['name = "Evening"', "", "[[step]]", 'name = "é"', "for = 30s", ""])
    (problem,) = inspect_text(text, "x.toml", "x").problems
    assert (problem.line, problem.column, problem.width) == (5, 7, 3)
    assert problem.source == "for = 30s"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("30 s", "30s"), ("30 sec", "30s"), ("1:30", "1m30s"), ("2 min", "2m"), ("45″", "45s")],
)
def test_a_duration_written_another_way_is_understood_and_its_spelling_told(written: str, meant: str) -> None:
    text = f'name = "x"\n[[step]]\nname = "y"\nareas = ["core"]\nfor = "{written}"\n'
    (problem,) = inspect_text(text, "x.toml", "x").problems
    assert (problem.line, problem.column, problem.hint) == (5, 7, f'did you mean "{meant}"?')


def _public_suite() -> list[Path]:
    """The invalid files that this Python's own TOML reader is tested with, where they are installed."""
    found = importlib.util.find_spec("test")
    folders = [Path(folder) for folder in (found.submodule_search_locations if found else None) or ()]
    return [file for folder in folders for file in (folder / "test_tomllib/data/invalid").rglob("*.toml")]


@pytest.mark.skipif(not _public_suite(), reason="this Python comes without its tests")
def test_no_file_of_the_public_suite_is_taken_for_a_routine_or_told_without_words() -> None:
    for file in _public_suite():
        reading = inspect(file)
        assert reading.routine is None, file
        for problem in reading.problems:
            assert problem.message, file
            assert not problem.message.startswith("not TOML"), file
            assert 1 <= problem.line <= reading.source.count("\n") + 1 or not reading.source, file
