"""Docs and code agree: pages that are made are up to date, and every example in them works."""

from __future__ import annotations

import importlib
import re
import shlex
from pathlib import Path
from typing import cast

import pytest
from tools.docs import DOCS, PAGES, undocumented

from prehab.cli.parsers import Sub, parser_of
from prehab.cli.table import COMMANDS
from prehab.formats.library import Library
from prehab.formats.loader import inspect_text
from prehab.formats.note import looks_like_note, parse_note
from prehab.tui.keys import COMMANDS as KEYS
from prehab.tui.keys import cap

ROOT = DOCS.parent
WRITTEN = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
ROWS = {row.name: row for row in COMMANDS}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWN = frozenset({"physio", "evening", "my-plank", "my-stretch", "after-the-physio"})
"""Routines that the docs make before they use them."""


def _blocks(language: str) -> list[object]:
    return [
        pytest.param(
            found[2], id=f"{path.name}-{path.read_text(encoding='utf-8')[: found.start()].count(chr(10)) + 1}"
        )
        for path in WRITTEN
        for found in _FENCE.finditer(path.read_text(encoding="utf-8"))
        if found[1] == language
    ]


def _typed() -> list[object]:
    """Every line that a person could paste: of the docs, and of the table of commands."""
    lines = [line for block in _blocks("sh") for line in _text(block).splitlines()]
    lines += [example for row in COMMANDS for example in row.examples]
    ours = [line for line in lines if re.match(r"(?:[A-Z]+=\S+ |[A-Z]+='[^']*' )*prehab ", line)]
    return [pytest.param(line, id=line) for line in dict.fromkeys(ours)]


def _text(block: object) -> str:
    return str(cast("pytest.ParameterSet", block).values[0])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_made_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run: python -m tools.docs"


def test_every_key_of_every_table_is_in_the_reference() -> None:
    assert undocumented() == set()


def test_every_command_has_a_heading_and_every_key_a_row() -> None:
    commands = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert all(f"## prehab {row.name}\n" in commands for row in COMMANDS)
    keys = (DOCS / "keys.md").read_text(encoding="utf-8")
    assert all(f"`{cap(key)}`" in keys for cmd in KEYS for key in cmd.keys)
    assert all(cmd.help.replace("|", "\\|") in keys for cmd in KEYS)


@pytest.mark.parametrize("block", _blocks("toml"))
def test_every_routine_in_the_docs_can_be_played(block: str) -> None:
    if "[[step]]" not in block:
        pytest.skip("no routine")
    reading = inspect_text(block, "x.toml", "x")
    assert reading.problems == ()


@pytest.mark.parametrize("line", _typed())
def test_every_line_to_paste_is_understood(line: str) -> None:
    words = shlex.split(line.partition("<")[0], comments=True)
    words = words[words.index("prehab") + 1 :]
    words = words[: next((n for n, word in enumerate(words) if word in (">", "|")), len(words))]
    if not words or words[0].startswith("-"):
        return
    row = ROWS[words[0]]
    module = cast("Sub", importlib.import_module(row.module))
    if set(words) & {"-h", "--help"}:
        return
    args = parser_of(row, module).parse_args(words[1:])
    if row.takes_routine:
        for part in re.split(r"\s+\+\s+", args.routine or ""):
            _is_there(part)
    if note := " ".join(getattr(args, "note", ())).strip("-"):
        parse_note(note)


def _is_there(part: str) -> None:
    if not part or part in OWN or part.endswith(".toml"):
        return
    if part in Library().ids():
        return
    assert looks_like_note(part), part
    parse_note(part)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
