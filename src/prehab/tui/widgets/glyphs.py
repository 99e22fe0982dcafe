"""The shapes of the big digits: drawn from geometry at any size, put together from quarter-cell blocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import hypot

BLOCKS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""The sixteen quarter blocks; 1 is the upper left, 2 the upper right, 4 and 8 those below."""

MIN_ROWS = 3
"""Below this there is no room for a drawn digit."""
MAX_ROWS = 30
"""Larger ones tell nothing more."""
_TALL = 8
"""From so many rows on a rim is a whole row."""

Inside = Callable[[float, float], bool]
"""Whether a point, in cell widths from the upper left, is ink."""

_TINY = {
    "0": ("▛▀▜", "▌ ▐", "▙▄▟"),
    "1": ("▗▜ ", " ▐ ", "▗▟▖"),
    "2": ("▀▀▜", "▛▀▀", "▙▄▄"),
    "3": ("▀▀▜", " ▀▜", "▄▄▟"),
    "4": ("▌ ▐", "▀▀▜", "  ▐"),
    "5": ("▛▀▀", "▀▀▜", "▄▄▟"),
    "6": ("▛▀▀", "▛▀▜", "▙▄▟"),
    "7": ("▀▀▜", "  ▐", "  ▐"),
    "8": ("▛▀▜", "▛▀▜", "▙▄▟"),
    "9": ("▛▀▜", "▀▀▜", "▄▄▟"),
    ":": ("▖", " ", "▘"),
    "-": ("   ", "▀▀▀", "   "),
    " ": ("   ", "   ", "   "),
}
"""Three rows are too few for geometry."""


def advance(character: str, rows: int) -> int:
    """How many cells wide a character is when it is that many rows high; every digit has the same."""
    if rows == MIN_ROWS:
        return 1 if character == ":" else 3
    if character == ":":
        return _stroke(rows)
    return max(4, round(rows * 1.18))


def gap(rows: int) -> int:
    """The air between two characters, in cells."""
    return 1 if rows < 7 else max(2, round(rows * 0.16))


def width(text: str, rows: int) -> int:
    """How many cells wide a text is when it is that many rows high."""
    return sum(advance(character, rows) for character in text) + gap(rows) * max(0, len(text) - 1)


def rows_for(shape: str, columns: int, rows: int) -> int:
    """The tallest digits that fit a room; 0 when none do."""
    for height in range(min(rows, MAX_ROWS), MIN_ROWS - 1, -1):
        if width(shape, height) <= columns:
            return height
    return 0


def draw(text: str, rows: int, *, has_rim: bool = False) -> tuple[str, ...]:
    """Draw a text as that many lines of blocks, all of `width(text, rows)`.

    Args:
        text: digits, a colon, a dash or a space.
        rows: how high it is.
        has_rim: whether to leave some of that empty above and below, if there is enough of it.
    """
    air = " " * gap(rows)
    parts = [_glyph(character, rows, (1 if rows < _TALL else 2) if has_rim else 0) for character in text]
    return tuple(air.join(part[row] for part in parts) for row in range(rows))


def cut_out(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Turn ink into air and air into ink, so that it shows without any colour."""
    return tuple("".join(BLOCKS[15 - BLOCKS.index(block)] for block in line) for line in lines)


def _stroke(rows: int) -> int:
    """How thick a line is, in cell widths: heavy, for eyes two metres away."""
    return max(1, round(rows * 0.33))


@lru_cache(maxsize=64)
def _glyph(character: str, rows: int, rim: int) -> tuple[str, ...]:
    if rows == MIN_ROWS:
        return _TINY.get(character, _TINY["-"])
    columns = advance(character, rows)
    height = (rows - rim) * 2
    shape = _shape(character, columns, height, _stroke(rows))

    def ink(x: float, y: float) -> bool:
        return rim <= y <= rim + height and shape(x, y - rim)

    return tuple("".join(_block(ink, column, row) for column in range(columns)) for row in range(rows))


def _block(ink: Inside, column: int, row: int) -> str:
    top, bottom = row * 2 + 0.5, row * 2 + 1.5
    left, right = column + 0.25, column + 0.75
    return BLOCKS[ink(left, top) + 2 * ink(right, top) + 4 * ink(left, bottom) + 8 * ink(right, bottom)]


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Inside:
    """A filled box with round corners."""
    radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))

    def inside(x: float, y: float) -> bool:
        if not (left <= x <= right and top <= y <= bottom):
            return False
        over_x = max(left + radius - x, 0.0, x - (right - radius))
        over_y = max(top + radius - y, 0.0, y - (bottom - radius))
        return over_x == 0 or over_y == 0 or hypot(over_x, over_y) <= radius

    return inside


def _ring(left: float, top: float, right: float, bottom: float, radius: float, stroke: float) -> Inside:
    """The outline of a box with round corners."""
    outer = _rounded(left, top, right, bottom, radius)
    inner = _rounded(left + stroke, top + stroke, right - stroke, bottom - stroke, radius - stroke * 0.8)
    return lambda x, y: outer(x, y) and not inner(x, y)


def _slope(x0: float, y0: float, x1: float, y1: float, thick: float) -> Inside:
    """A leaning bar of the given width along the line, cut level at both ends."""

    def inside(x: float, y: float) -> bool:
        if not y0 <= y <= y1:
            return False
        middle = x0 + (x1 - x0) * (y - y0) / (y1 - y0)
        return abs(x - middle) <= thick / 2

    return inside


def _shape(character: str, w: int, h: int, s: int) -> Inside:
    """The geometry of one character in a box of w by h units with lines s units thick."""
    round_ = w * 0.46
    middle = (h - s) // 2
    if character == "0":
        return _ring(0, 0, w, h, round_, s)
    if character == "8":
        top, low = _ring(0, 0, w, middle + s, round_, s), _ring(0, middle, w, h, round_, s)
        return lambda x, y: top(x, y) or low(x, y)
    if character in "69":
        bowl = _ring(0, middle, w, h, round_, s)
        arch = _ring(0, 0, w, h, round_, s)
        side_end = h * 0.72

        def six(x: float, y: float) -> bool:
            if bowl(x, y):
                return True
            return arch(x, y) and (y <= side_end if x < w / 2 else y <= max(s, h * 0.27))

        return six if character == "6" else lambda x, y: six(w - x, h - y)
    if character == "3":
        top, low = _ring(0, 0, w, middle + s, round_, s), _ring(0, middle, w, h, round_, s)
        return lambda x, y: (
            (top(x, y) and not (x < w / 2 and s < y and y > h * 0.24) and not (x < w * 0.3 and y >= middle))
            or (
                low(x, y)
                and not (x < w / 2 and y < h - s and y < h * 0.76)
                and not (x < w * 0.3 and y < middle + s)
            )
            or (middle <= y <= middle + s and w * 0.32 <= x <= w * 0.7)
        )
    if character == "2":
        arch = _ring(0, 0, w, min(h, w * 1.15), round_, s)
        bend = w * 0.55
        slope = _slope(w - s * 0.75, bend, s * 0.75, h - s * 0.5, s * 1.35)
        return lambda x, y: (
            (arch(x, y) and y <= bend and not (x < w / 2 and y > max(s, h * 0.27)))
            or (y > bend and y <= h - s / 2 and slope(x, y) and 0 <= x <= w)
            or y >= h - s
        )
    if character == "5":
        belly = round(h * 0.38 / 2) * 2
        bowl = _ring(0, belly, w, h, round_, s)
        return lambda x, y: (
            y <= s
            or (x <= s and y <= belly + s)
            or (x <= w / 2 and belly <= y <= belly + s)
            or (bowl(x, y) and not (x < w / 2 and y < min(h - s, h * 0.76)))
        )
    if character == "7":
        slope = _slope(w - s * 0.7, s * 0.5, w * 0.36, h, s * 1.25)
        return lambda x, y: y <= s or (slope(x, y) and x <= w)
    if character == "4":
        bar = h * 0.62
        stem = w - s - max(1, w // 8)
        slope = _slope(stem - s * 0.1, 0, s * 0.5, bar + s * 0.5, s * 1.12)
        return lambda x, y: (
            (stem <= x <= stem + s)
            or bar <= y <= bar + s
            or (y < bar + s / 2 and slope(x, y) and 0 <= x <= stem + s)
        )
    if character == "1":
        stem = (w - s) // 2 + max(0, w // 5)
        flag = _slope(stem + s * 0.2, 0, w * 0.22, h * 0.3, s * 1.3)
        return lambda x, y: stem <= x <= stem + s or (y <= h * 0.3 and x < stem + s and flag(x, y))
    if character == ":":
        upper, lower = _dot(w, h * 0.3, s), _dot(w, h * 0.7, s)
        return lambda x, y: upper(x, y) or lower(x, y)
    if character == "-":
        return lambda x, y: middle <= y <= middle + s
    return lambda x, y: False


def _dot(w: int, y: float, s: int) -> Inside:
    top = round(y - s / 2)
    return _rounded((w - s) / 2, top, (w + s) / 2, top + s, s * 0.35)
