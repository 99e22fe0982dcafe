"""What to do and what to avoid, in the few lines there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prehab.domain.routine import Step
from prehab.tui.widgets.sheet import Lines, Piece, cut, wrapped

_FEW = 2
"""In so few rows what to do is said whole before there is a word about what to avoid."""


def advice(do: str, avoid: str) -> Lines:
    """Lay both texts out; what to do comes first, and what is cut is marked."""

    def lines(width: int, height: int) -> list[list[Piece]]:
        doing, avoiding = list(wrapped(do, width)), list(wrapped(avoid, width))
        least = height // 2 if height > _FEW else 0
        for_avoid = min(len(avoiding), max(least, height - len(doing)))
        for_do = min(len(doing), height - for_avoid) if height > 1 else min(1, len(doing))
        shown: list[list[Piece]] = [[(line, "")] for line in cut(doing, for_do, width)]
        shown += [[(line, "quiet")] for line in cut(avoiding, height - for_do, width)]
        return shown[:height]

    return lines


def rows_of(steps: Iterable[Step]) -> Callable[[int], int]:
    """How many rows the longest advice of a routine takes at a width."""
    texts = {(step.do, step.avoid) for step in steps}

    def rows(width: int) -> int:
        return max((len([*wrapped(do, width), *wrapped(avoid, width)]) for do, avoid in texts), default=0)

    return rows
