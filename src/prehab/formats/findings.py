"""A mistake before its place is known: which key, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prehab.formats.problems import Problem, Severity, visible

Path = tuple[str | int, ...]
"""The way to a key: `("step", 0, "for")` is `for` of the first step."""

_BARE = re.compile("[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake, told by the path of its key."""

    path: Path
    message: str
    hint: str = ""
    severity: Severity = "error"
    on_key: bool = False
    """Whether the key itself is the mistake, and not its value."""


def spell_path(path: Path) -> str:
    """Write a path the way people count: `step[2].for`."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{spell_key(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def spell_key(key: str) -> str:
    """Write a key as it is, or in quotes where a file needs them too."""
    return key if _BARE.fullmatch(key) else f'"{visible(key if len(key) <= 40 else key[:39] + "…")}"'


def locate(
    findings: Sequence[Finding], file: str, source: str, tables: Mapping[str, object]
) -> tuple[Problem, ...]:
    """Give every finding its place in the text that `tables` were read from, in the order of the file."""
    if not findings:
        return ()
    from prehab.formats.places import Places  # loads a parser: 20 ms that a file without a mistake never pays

    places = Places(source, tables)
    lines = source.split("\n")
    problems = []
    for finding in findings:
        span = places.find(finding.path, on_key=finding.on_key)
        problems.append(
            Problem(
                file=file,
                line=span.line,
                column=span.column,
                key=spell_path(finding.path),
                message=finding.message,
                hint=finding.hint,
                severity=finding.severity,
                source=lines[span.line - 1].removesuffix("\r"),
                width=span.width,
            )
        )
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
