"""What the next picture costs a terminal: the stretches of cells that differ, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from prehab.figures.draw import Frame, Run

MOVE = 8
"""Bytes that put the cursor where a stretch begins."""
STYLE = 38
"""Bytes that set the colours of a run of cells and let them go: as much as a dozen braille characters."""
GAP = 14
"""Fewer equal cells than this between two changes are sent again, since a second stretch costs more."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Cells beside each other in one row that have to be painted again."""

    row: int
    first: int
    last: int


def changes(before: Frame, after: Frame) -> tuple[Stretch, ...]:
    """Where two pictures of the same size differ."""
    return tuple(
        stretch
        for row, (old, new) in enumerate(zip(before.rows, after.rows, strict=True))
        if old != new
        for stretch in _stretches(row, _cells(old), _cells(new))
    )


def bytes_sent(before: Frame, after: Frame) -> int:
    """About how many bytes it takes to get from one picture to the next."""
    total = 0
    for stretch in changes(before, after):
        cells = _cells(after.rows[stretch.row])[stretch.first : stretch.last + 1]
        runs = 1 + sum(one[1] is not other[1] for one, other in pairwise(cells))
        total += MOVE + runs * STYLE + sum(len(letter.encode()) for letter, _ in cells)
    return total


def _cells(runs: tuple[Run, ...]) -> list[tuple[str, object]]:
    return [(letter, run.tone) for run in runs for letter in run.text]


def _stretches(row: int, old: list[tuple[str, object]], new: list[tuple[str, object]]) -> list[Stretch]:
    """The changes of one row, near ones taken together; blanks have no colour."""
    places = [
        place
        for place, (one, other) in enumerate(zip(old, new, strict=True))
        if one != other and not one[0] == other[0] == " "
    ]
    found: list[Stretch] = []
    for place in places:
        if found and place - found[-1].last <= GAP:
            found[-1] = Stretch(row, found[-1].first, place)
        else:
            found.append(Stretch(row, place, place))
    return found
