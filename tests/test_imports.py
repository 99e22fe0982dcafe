"""The fence between the rooms, at run time: what a deferral is worth shows only in a fresh process."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ROOT / "src" / "prehab" / "domain"

SCREENS = {"textual", "rich"}
HEAVY = SCREENS | {
    *("pydantic", "sqlite3", "tomlkit", "tree_sitter", "tree_sitter_toml"),
    *("miniaudio", "simpleaudio", "py_nanotts", "lameenc", "wakepy", "plotext"),
}

MAY_LOAD = {
    "errors": set[str](),
    "resources": set[str](),
    "domain": set[str](),
    "runtime": set[str](),
    "formats": HEAVY - SCREENS,
    "config": HEAVY - SCREENS,
    "audio": HEAVY - SCREENS,
    "figures": HEAVY - SCREENS,
    "history": HEAVY - SCREENS,
    "session": HEAVY - SCREENS,
}
"""What the modules of a room may load of all that is slow to load, all of them imported together."""

PURE = {
    *("__future__", "bisect", "collections", "dataclasses", "enum", "fractions", "functools", "heapq"),
    *("itertools", "math", "operator", "random", "re", "statistics", "string", "typing"),
}
"""The standard modules that tell no time and know no machine; of `random` only `Random(seed)`."""
IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}


def loaded(code: str) -> set[str]:
    """The top-level modules that some code loads in a process of its own."""
    told = f"import json, sys\nbefore = set(sys.modules)\n{code}\n"
    told += "print(json.dumps([name.split('.')[0] for name in set(sys.modules) - before]), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("room", MAY_LOAD)
def test_a_room_without_screens_loads_none_and_nothing_slow_that_is_not_its_own(room: str) -> None:
    every_module = f"""
import importlib, pkgutil
room = importlib.import_module("prehab.{room}")
for module in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
    importlib.import_module(module.name)
"""
    assert not loaded(every_module) & (HEAVY - MAY_LOAD[room])


def test_the_domain_loads_nobody_elses_code() -> None:
    modules = [f"prehab.domain.{path.stem}" for path in DOMAIN.glob("[!_]*.py")]
    assert modules
    strangers = loaded(f"import {', '.join(modules)}") - {"prehab"} - set(sys.stdlib_module_names)
    assert strangers == set()


@pytest.mark.parametrize("path", sorted(DOMAIN.rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_imports_no_clock_and_no_way_out(path: Path) -> None:
    imported, called, chance = set(), set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or ".")
            chance |= {alias.name for alias in node.names if node.module == "random"}
        elif (
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "random"
        ):
            chance.add(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
    foreign = {name for name in imported if name.split(".")[0] not in PURE}
    assert {name for name in foreign if not name.startswith("prehab.domain.")} <= {"prehab.errors"}
    assert not called & IMPURE_CALLS
    assert chance <= {"Random"}


@pytest.mark.parametrize("command", [["--version"], ["--help"]], ids=" ".join)
def test_what_answers_at_once_loads_nothing_slow(command: list[str]) -> None:
    assert not loaded(run(command)) & (HEAVY | {"tomli"})


@pytest.mark.parametrize(
    "command", [["list"], ["show", "plank"], ["check"], ["history"], ["safety"]], ids=" ".join
)
def test_what_prints_lines_loads_no_screen_and_what_finds_no_mistake_no_parser_for_it(
    command: list[str],
) -> None:
    assert not loaded(run(command)) & (SCREENS | {"tree_sitter", "tomlkit", "miniaudio", "py_nanotts"})


def run(command: list[str]) -> str:
    return f"""
from prehab.__main__ import main
sys.argv = ["prehab", *{command!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


@pytest.mark.parametrize(
    ("path", "mutation", "contract"),
    [
        ("domain/view.py", "import textual", "The domain knows no clock"),
        ("domain/view.py", "import textual", "Only the screens know Textual"),
        ("domain/engine.py", "import time", "The domain knows no clock"),
        ("runtime/clock.py", "from rich import box", "Only the screens know Textual"),
        ("domain/cues.py", "from prehab.runtime import clock", "One direction through the house"),
        ("errors.py", "from prehab.domain import duration", "One direction through the house"),
    ],
)
def test_the_fence_bites(tmp_path: Path, path: str, mutation: str, contract: str) -> None:
    verdicts = lint(tmp_path, path, mutation)
    assert {line for line in verdicts if line.startswith(contract) and line.endswith("BROKEN")}, verdicts


def test_the_fence_stands(tmp_path: Path) -> None:
    verdicts = lint(tmp_path, "domain/view.py", "")
    assert verdicts
    assert all(line.endswith("KEPT") for line in verdicts), verdicts


def lint(folder: Path, path: str, mutation: str) -> list[str]:
    """What the import linter says of each contract, for a copy of the sources with a line added to one."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", folder)
    changed = folder / "src" / "prehab" / path
    changed.write_text(f"{changed.read_text(encoding='utf-8')}\n{mutation}\n", encoding="utf-8")
    code = (
        "import sys; sys.path.insert(0, 'src'); import importlinter.cli as cli; sys.exit(cli.lint_imports())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode == 0) == (not mutation), done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if line.endswith(("BROKEN", "KEPT"))]
