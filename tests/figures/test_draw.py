"""Pictures of cells: any body, any room, never an error and never a cell outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.strategies import figures, turned_round

from prehab.domain.routine import Side
from prehab.figures.draw import MIN_HEIGHT, MIN_WIDTH, Frame, draw
from prehab.figures.figure import Figure
from prehab.figures.library import Library
from prehab.figures.motion import skeleton_at
from prehab.figures.silhouette import Part, Tone, silhouette

LIBRARY = Library()


def bundled(name: str) -> Figure:
    found = LIBRARY.find(name)
    assert found is not None
    return found


def tones(frame: Frame) -> set[Tone]:
    return {run.tone for row in frame.rows for run in row if run.text.strip()}


@given(
    figures(), st.integers(0, 30_000), st.integers(0, 70), st.integers(0, 30), st.sampled_from([None, *Side]),
    st.booleans(),
)  # fmt: skip
def test_any_figure_fits_its_room_at_any_size(
    figure: Figure, ms: int, width: int, height: int, side: Side | None, ascii_only: bool
) -> None:
    frame = draw(figure, ms, width, height, side, ascii_only=ascii_only)
    if width < MIN_WIDTH or height < MIN_HEIGHT:
        assert frame is None
        return
    assert frame is not None
    assert (frame.width, frame.height) == (width, height)
    lines = frame.lines()
    assert [len(line) for line in lines] == [width] * height
    alphabet = [chr(code) for code in (range(32, 127) if ascii_only else range(0x2800, 0x2900))]
    assert {letter for line in lines for letter in line} <= {" ", *alphabet}


@settings(max_examples=40)
@given(figures(), st.integers(0, 30_000))
def test_the_other_side_is_the_mirror_of_the_one_that_is_written(figure: Figure, ms: int) -> None:
    skeleton = skeleton_at(figure, ms)
    assert silhouette(figure, skeleton, mirrored=True) == tuple(
        _mirror(part) for part in silhouette(figure, skeleton, mirrored=False)
    )


def _mirror(part: Part) -> Part:
    def flip(discs: tuple[tuple[float, float, float], ...]) -> tuple[tuple[float, float, float], ...]:
        return tuple((-x, y, r) for x, y, r in discs)

    return Part(
        flip(part.discs), part.tone, part.limb, part.depth, tuple(flip(patch) for patch in part.patches),
        flip(part.joints), part.halo,
    )  # fmt: skip


@settings(max_examples=25)
@given(figures(), st.sampled_from(Side))
def test_mirroring_twice_is_the_picture_itself(figure: Figure, side: Side) -> None:
    twice = turned_round(turned_round(figure))
    assert draw(twice, 0, 30, 12, side) == draw(figure, 0, 30, 12, side)
    other = Side.LEFT if side is Side.RIGHT else Side.RIGHT
    assert draw(turned_round(figure), 0, 30, 12, other) == draw(figure, 0, 30, 12, side)


@pytest.mark.parametrize("name", LIBRARY.names())
@pytest.mark.parametrize("size", [(16, 7), (34, 12), (60, 24)], ids=str)
def test_every_figure_has_a_body_and_a_place_to_be(name: str, size: tuple[int, int]) -> None:
    frame = draw(bundled(name), 0, *size)
    assert frame is not None
    assert Tone.NEAR in tones(frame)
    assert {Tone.GROUND, Tone.PROP, Tone.NONE} & {run.tone for row in frame.rows for run in row}
    inked = sum(letter != " " for line in frame.lines() for letter in line)
    assert inked >= 0.08 * size[0] * size[1], "the figure uses the room it gets"


def test_what_works_is_marked_and_the_far_side_is_lighter() -> None:
    frame = draw(bundled("calf-wall-straight"), 0, 34, 12)
    assert frame is not None
    assert tones(frame) == {Tone.GROUND, Tone.PROP, Tone.FAR, Tone.NEAR, Tone.WORKED}


def test_a_larger_room_gives_a_larger_figure() -> None:
    def rows_used(height: int) -> int:
        frame = draw(bundled("walk"), 0, 40, height)
        assert frame is not None
        return sum(bool(line.strip()) for line in frame.lines())

    assert rows_used(8) < rows_used(14) < rows_used(24)


def test_the_head_is_in_the_picture_all_the_time() -> None:
    for name in LIBRARY.names():
        figure = bundled(name)
        if figure.crop.value == "lower":
            continue
        for ms in range(0, figure.motion.cycle, max(1, figure.motion.cycle // 7)):
            assert not _cut(figure, ms), f"{name} at {ms}"


def _cut(figure: Figure, ms: int) -> bool:
    from prehab.figures.draw import layout

    plan = layout(figure, 34, 12, mirrored=False)
    parts = silhouette(figure, skeleton_at(figure, ms), mirrored=False)
    head = [disc for part in parts if part.limb == "head" for disc in part.discs]
    return any(
        x - r < 0 or x + r > plan.width or y - r < -0.5 or y - r > plan.height
        for x, y, r in plan.dots(tuple(head))
    )


def test_plain_letters_show_the_ground_and_a_body() -> None:
    frame = draw(bundled("front-plank"), 0, 40, 12, ascii_only=True)
    assert frame is not None
    text = "\n".join(frame.lines())
    assert text.isascii()
    assert "#" in text
