"""Text with a place in it underlined: the problems of a file, the mistake in a note."""

from __future__ import annotations

from collections.abc import Sequence

from prehab.formats.problems import Problem, shown
from prehab.tui.widgets.sheet import Lines, Piece, wrapped


def problem_lines(problems: Sequence[Problem]) -> Lines:
    """Every problem with its line of the file, the place underlined, and the way out."""

    def lines(width: int, height: int) -> list[list[Piece]]:
        body: list[list[Piece]] = []
        for problem in problems:
            style = "pain" if problem.is_error else "paused"
            kind = "" if problem.is_error else "warning, "
            key = f"{problem.key}: " if problem.key else ""
            told = f"{kind}line {problem.line}: {key}{problem.message}"
            body += [[], *([(line, style)] for line in wrapped(told, width))]
            if rows := shown(problem)[1:]:
                body += pointed(rows[0], rows[1], width)
            body += [[(line, "quiet")] for line in wrapped(problem.hint, width)]
        return body[1:]

    return lines


def pointed(source: str, mark: str, width: int) -> list[list[Piece]]:
    """A line of text and the mark below it, both cut alike so that the mark is seen."""
    place, length = len(mark) - len(mark.lstrip()), max(len(source), len(mark))
    cut = max(0, min(place - width // 3, length - width))
    return [[(source[cut : cut + width], "")], [(mark[cut : cut + width], "prepare")]]
