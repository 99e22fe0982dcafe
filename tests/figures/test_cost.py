"""What a terminal is sent: only what changed, and never a flood."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.strategies import figures

from prehab.figures.animation import Animation
from prehab.figures.cost import GAP, bytes_sent, changes
from prehab.figures.draw import Frame, draw
from prehab.figures.figure import Figure
from prehab.figures.library import Library
from prehab.figures.motion import cycle_of
from prehab.figures.silhouette import Tone

LIBRARY = Library()


def cells(frame: Frame) -> list[list[tuple[str, Tone]]]:
    return [[(letter, run.tone) for run in row for letter in run.text] for row in frame.rows]


def letters(rows: list[list[tuple[str, Tone]]]) -> list[list[str]]:
    return [[letter for letter, _ in row] for row in rows]


@settings(max_examples=30)
@given(figures(), st.integers(0, 9000), st.integers(0, 9000))
def test_painting_the_changes_over_a_picture_gives_the_next_one(
    figure: Figure, first: int, then: int
) -> None:
    before, after = draw(figure, first, 34, 12), draw(figure, then, 34, 12)
    assert before is not None
    assert after is not None
    screen, wanted = cells(before), cells(after)
    for stretch in changes(before, after):
        place = slice(stretch.first, stretch.last + 1)
        screen[stretch.row][place] = wanted[stretch.row][place]
    assert [[letter for letter, _ in row] for row in screen] == [
        [letter for letter, _ in row] for row in wanted
    ]
    inked = [(x, y) for y, row in enumerate(wanted) for x, (letter, _) in enumerate(row) if letter != " "]
    assert all(screen[y][x] == wanted[y][x] for x, y in inked)


@settings(max_examples=30)
@given(figures(), st.integers(0, 9000))
def test_stretches_of_a_row_are_apart(figure: Figure, ms: int) -> None:
    before, after = draw(figure, 0, 34, 12), draw(figure, ms, 34, 12)
    assert before is not None
    assert after is not None
    found = changes(before, after)
    assert all(a.row < b.row or b.first - a.last > GAP for a, b in pairwise(found))
    assert (bytes_sent(before, after) == 0) == (not found)


@pytest.mark.parametrize("size", [(34, 12), (46, 18), (60, 24)], ids=str)
@pytest.mark.parametrize(
    "name", ["walk", "easy-jog", "leg-swing-front", "roll-glutes", "cat-cow", "front-plank"]
)
def test_no_figure_floods_a_terminal(name: str, size: tuple[int, int]) -> None:
    figure = LIBRARY.find(name)
    assert figure is not None
    frames = Animation(figure, *size).frames()
    sent = sum(bytes_sent(before, after) for before, after in pairwise([*frames, frames[0]]))
    assert sent * 1000 / cycle_of(figure) <= (6000 if figure.moves else 2500)
    assert all((frame.width, frame.height) == size for frame in frames)
    assert len(frames) >= 4
