"""From the text of a file to a routine, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pydantic_core import ValidationError

from prehab.domain.routine import MAX_STEPS, Routine
from prehab.formats import checks, keys
from prehab.formats.build import build
from prehab.formats.files import Unreadable, read_text
from prehab.formats.findings import Finding, locate
from prehab.formats.problems import Problem, RoutineError, visible
from prehab.formats.schema import validate
from prehab.formats.toml import read_tables

_MOST_FOUND = 1000
"""A file with more mistakes than this is no routine, and nobody reads on."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file."""

    file: str
    """The file as the person named it."""
    routine: Routine | None
    """The routine, when it can be played."""
    problems: tuple[Problem, ...]
    """Errors when it can't be played, warnings when it can; in the order of the file."""
    source: str = ""
    """The text that was read, as far as there was one."""
    tables: Mapping[str, object] = field(default_factory=dict, repr=False)
    """What the TOML reader made of it."""

    def warn(self, number: int, key: str, message: str, hint: str = "") -> Problem:
        """Make a warning about a step, by its place in the file from 1, for what only others can judge."""
        if self.routine is None:
            raise ValueError("only a routine that can be played is judged further")
        path, _ = checks.step_paths(self.routine)[number - 1]
        return self.warn_at((*path, key), message, hint)

    def warn_at(self, path: tuple[str | int, ...], message: str, hint: str = "") -> Problem:
        """Make a warning about any value of the file."""
        finding = Finding(path, message, hint, "warning")
        return locate([finding], self.file, self.source, self.tables)[0]


def read(path: Path) -> Routine:
    """Read a routine that can be played.

    Raises:
        RoutineError: with every problem of the file.
    """
    reading = inspect(path)
    if reading.routine is None:
        raise RoutineError(reading.file, reading.problems)
    return reading.routine


def inspect(path: Path) -> Reading:
    """Read a file that may be anything, and find all that is wrong with it. Nothing raises."""
    file = str(path)
    try:
        source = read_text(path)
    except Unreadable as error:
        problem = Problem(file, error.line, error.column, "", error.message, error.hint)
        return Reading(file, None, (problem,))
    return inspect_text(source, file, visible(path.stem))


def inspect_text(source: str, file: str, routine_id: str) -> Reading:
    """Read the text of a file, which need not be one on disk."""
    tables = read_tables(source, file)
    if isinstance(tables, Problem):
        return Reading(file, None, (tables,), source)
    routine, findings = _judge(tables, routine_id)
    return Reading(file, routine, locate(findings, file, source, tables), source, tables)


def _judge(tables: Mapping[str, object], routine_id: str) -> tuple[Routine | None, list[Finding]]:
    """Make the routine, or find what stands against it; then what is doubtful about it."""
    if keys.count_steps(tables) > MAX_STEPS:
        return None, [Finding(("step",), f"has more than {MAX_STEPS} steps", "use rounds, or several files")]
    found = list(keys.judge(tables))
    try:
        table = validate(tables)
    except ValidationError as error:
        told = error.errors(include_url=False)[:_MOST_FOUND]
        return None, found + [finding for each in told if (finding := keys.explain(each))]
    if found:
        return None, found
    routine = build(table, routine_id)
    if found := list(checks.errors(routine)):
        return None, found
    return routine, list(islice(checks.warnings(routine), _MOST_FOUND))
