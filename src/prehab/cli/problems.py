"""A problem as a person reads it, with its line and the place underlined."""

from __future__ import annotations

from prehab.formats.problems import Problem, visible


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
