from __future__ import annotations

import pytest

from prehab.tui.widgets import glyphs


@pytest.mark.parametrize("rows", range(glyphs.MIN_ROWS, glyphs.MAX_ROWS + 1))
def test_every_digit_fills_the_same_box_at_every_size(rows: int) -> None:
    for text in ("00", "17", "48", "59", "0:36", "12:34", " 2", "-1"):
        lines = glyphs.draw(text, rows)
        assert len(lines) == rows
        assert {len(line) for line in lines} == {glyphs.width(text, rows)}


@pytest.mark.parametrize("rows", range(glyphs.MIN_ROWS, glyphs.MAX_ROWS + 1))
def test_no_two_digits_look_alike(rows: int) -> None:
    assert len({glyphs.draw(digit, rows) for digit in "0123456789"}) == 10


@pytest.mark.parametrize("rows", [4, 6, 9, 12, 17, 24])
def test_a_digit_reaches_the_top_and_the_bottom_of_its_box(rows: int) -> None:
    for digit in "0123456789":
        lines = glyphs.draw(digit, rows)
        assert lines[0].strip(), digit
        assert lines[-1].strip(), digit


def test_the_tallest_digits_that_fit_are_chosen() -> None:
    rows = glyphs.rows_for("0:00", 60, 40)
    assert glyphs.width("0:00", rows) <= 60 < glyphs.width("0:00", rows + 1)
    assert glyphs.rows_for("0:00", 200, 9) == 9
    assert glyphs.rows_for("0:00", 12, 40) == 0
    assert glyphs.rows_for("00", 40, 2) == 0


def test_cut_out_digits_swap_ink_and_air() -> None:
    lines = glyphs.draw("8", 9)
    inverted = glyphs.cut_out(lines)
    assert inverted != lines
    assert glyphs.cut_out(inverted) == lines
    assert all(len(one) == len(other) for one, other in zip(lines, inverted, strict=True))


def test_cut_out_digits_are_closed_above_and_below_so_that_a_3_is_not_taken_for_a_7() -> None:
    for rows in range(4, 20):
        lines = glyphs.draw("0123456789:", rows, has_rim=True)
        assert len(lines) == rows
        assert {len(line) for line in lines} == {glyphs.width("0123456789:", rows)}
        assert set(lines[0]) <= set(" ▖▗▄")
        assert set(lines[-1]) <= set(" ▘▝▀")


def test_only_blocks_that_every_font_has_are_used() -> None:
    used = {cell for rows in range(3, 31) for line in glyphs.draw("0123456789:-", rows) for cell in line}
    assert used <= set(glyphs.BLOCKS)
