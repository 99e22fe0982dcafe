"""What is wrong with a file, where, and the way out: the rows that `check` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from prehab.errors import UNPRINTABLE as UNPRINTABLE
from prehab.errors import UserError
from prehab.errors import visible as visible

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one file, in the author's words."""

    file: str
    """The file as the person named it."""
    line: int
    """Counted from 1."""
    column: int
    """In characters, counted from 1."""
    key: str
    """The key concerned, as in `step[2].for`; empty when it is the file itself."""
    message: str
    """What is wrong, with the value in it."""
    hint: str = ""
    """The way out; may be empty."""
    severity: Severity = "error"
    source: str = ""
    """The line itself, to show with the place underlined. It may hold anything: spell it with `visible`."""
    width: int = 1
    """How many characters of the line it concerns."""

    @property
    def is_error(self) -> bool:
        """Whether the file can't be played because of it."""
        return self.severity == "error"

    def __str__(self) -> str:
        """Write it as `file:line:column: key: message (hint)`."""
        key = f"{self.key}: " if self.key else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{visible(self.file)}:{self.line}:{self.column}: {key}{self.message}{hint}"


def shown(problem: Problem) -> list[str]:
    """The problem, and below it the line of the file with the place underlined."""
    kind = "" if problem.is_error else "warning: "
    head = str(problem)
    place = f"{visible(problem.file)}:{problem.line}:{problem.column}: "
    rows = [place + kind + head.removeprefix(place)]
    if problem.source.strip():
        before = visible(problem.source[: problem.column - 1].replace("\t", " "))
        marked = visible(problem.source[problem.column - 1 : problem.column - 1 + problem.width])
        rows.append(f"    {visible(problem.source.rstrip().replace(chr(9), ' '))}")
        rows.append(f"    {' ' * len(before)}{'^' * max(1, len(marked))}")
    return rows


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that a person most likely meant, or none."""
    import difflib  # only ever needed for a mistake

    close = difflib.get_close_matches(word[:80].lower().replace("_", "-"), list(known), n=1)
    return close[0] if close else None


class RoutineError(UserError):
    """A routine file that can't be played."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        errors = sum(problem.is_error for problem in problems)
        count = "1 problem" if errors == 1 else f"{errors} problems"
        super().__init__(
            f"{visible(file)} has {count}",
            "\n".join(str(problem) for problem in problems),
            "correct the file and try again",
        )
        self.problems = problems
        """Every one of them, in the order of the file."""
