"""The real Taplo, which editors ask, accepts what is right and underlines what is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.formats.corpus import ERRORS, HEAD, STEP, Broken

from prehab import resources
from prehab.domain.routine import AREAS
from prehab.formats.json_schema import schema_text
from prehab.formats.note import parse_note
from prehab.formats.writing import SCHEMA_FILE, SCHEMA_LINE, routine_text, template

BESIDE_PYTHON = str(Path(sys.executable).parent)
TAPLO = shutil.which("taplo", path=os.pathsep.join((BESIDE_PYTHON, os.environ.get("PATH", ""))))
IS_REQUIRED = os.environ.get("PREHAB_REQUIRE_TAPLO") == "1"

pytestmark = pytest.mark.skipif(
    TAPLO is None and not IS_REQUIRED, reason="taplo is not installed here (pip install taplo)"
)

BEYOND_SCHEMAS = frozenset(
    (
        "an escape", "a bidi override", "a C1 control", "two lines", "a name of nothing", "five hours",
        "growing down", "a dotted key", "a long exercise", "two steps that grow", "easier than nothing",
        "no easier", "thresholds out of order", "too many segments", "too long", "a huge number",
        "a date for a text",  # which is text to Taplo
    )
)  # fmt: skip
"""Mistakes that a schema has no words for; `prehab check` finds them."""


def lint(folder: Path) -> tuple[int, dict[str, set[int]]]:
    """Run it over a folder: its exit code, and the lines it underlines in each file."""
    assert TAPLO is not None
    (folder / SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")
    files = sorted(path.name for path in folder.glob("*.toml"))
    ran = subprocess.run(
        [TAPLO, "lint", "--colors", "never", *files],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    lines: dict[str, set[int]] = {}
    for path, line in re.findall(r"┌─ (.*?):(\d+):\d+", ran.stdout + ran.stderr):
        lines.setdefault(Path(path).name, set()).add(int(line))
    return ran.returncode, lines


def shaped() -> list[Broken]:
    """The broken files that are TOML 1.0, and broken in a way that a schema can tell."""
    return [file for file in ERRORS if file.name not in BEYOND_SCHEMAS and _is_toml(file.text)]


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def test_every_bundled_routine_is_right_to_it(tmp_path: Path) -> None:
    for path in resources.routines().glob("*.toml"):
        shutil.copy(path, tmp_path)
    assert lint(tmp_path) == (0, {})


def test_what_is_newly_made_is_right_to_it(tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_text(template("new", "New", AREAS), encoding="utf-8")
    noted = parse_note("clam 3x12 each; plank 3x30-60s/45s (breathe); 2 rounds/60s; 3x a week")
    (tmp_path / "note.toml").write_text(routine_text(noted, ["From a note"]), encoding="utf-8")
    assert lint(tmp_path) == (0, {})


def test_every_wrong_file_is_wrong_to_it(tmp_path: Path) -> None:
    names = {}
    for number, file in enumerate(shaped()):
        names[f"{number}.toml"] = file.name
        (tmp_path / f"{number}.toml").write_text(f"{SCHEMA_LINE}\n{file.text}", encoding="utf-8", newline="")
    code, lines = lint(tmp_path)
    assert code != 0
    assert [names[name] for name in names if name not in lines] == []


@pytest.mark.parametrize(
    ("line", "place"), [('for = "1.5s"', 6), ("for = 30\nsets = 0", 7), ('for = 30\nsides = "both"', 7)]
)
def test_a_wrong_value_is_underlined_where_it_stands(line: str, place: int, tmp_path: Path) -> None:
    text = f"{SCHEMA_LINE}\n{HEAD}{STEP}{line}\n"
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    _, lines = lint(tmp_path)
    assert lines == {"x.toml": {place}}
