"""A field of dots as one whole number a row: filling, thickening and cutting are a few operations a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, cos, floor, pi, sin

from prehab.figures.silhouette import Disc

ROUND = tuple(
    tuple((cos(2 * pi * step / count), sin(2 * pi * step / count)) for step in range(count))
    for count in (8, 12, 16, 24)
)
"""The corners of discs of growing size: just enough of them that each looks round."""

Mask = dict[int, int]
"""Row to dots; the lowest bit is the leftmost dot."""


def outline(discs: Sequence[Disc]) -> list[tuple[float, float]]:
    """The corners of the tightest convex outline round some discs."""
    return hull([(x + r * cx, y + r * cy) for x, y, r in discs for cx, cy in _corners(r)])


def _corners(radius: float) -> tuple[tuple[float, float], ...]:
    return ROUND[(radius > 1.2) + (radius > 3) + (radius > 8)]


def hull(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the tightest convex outline round some points."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    found: list[tuple[float, float]] = []
    for half in (ordered, ordered[::-1]):
        side: list[tuple[float, float]] = []
        for x, y in half:
            while len(side) >= 2:
                (x0, y0), (x1, y1) = side[-2], side[-1]
                if (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) > 0:
                    break
                side.pop()
            side.append((x, y))
        found += side[:-1]
    return found


def filled(discs: Sequence[Disc], width: int, height: int) -> Mask:
    """The dots whose middles lie inside the outline round some discs; what is off the field is cut off."""
    corners = outline(discs)
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        if y0 > y1:
            x0, y0, x1, y1 = x1, y1, x0, y0
        first, last = max(0, ceil(y0 - 0.5)), min(height - 1, ceil(y1 - 0.5) - 1)
        if first > last:
            continue
        slope = (x1 - x0) / (y1 - y0)
        x = x0 + (first + 0.5 - y0) * slope
        for row in range(first, last + 1):
            if row not in left:
                left[row] = right[row] = x
            elif x < left[row]:
                left[row] = x
            elif x > right[row]:
                right[row] = x
            x += slope
    mask: Mask = {}
    for row, start in left.items():
        first, last = ceil(start - 0.5), floor(right[row] - 0.5)
        if first > last:
            first = last = floor((start + right[row]) / 2)
        first, last = max(0, first), min(width - 1, last)
        if first <= last:
            mask[row] = ((1 << (last - first + 1)) - 1) << first
    return mask


def grown(mask: Mask) -> Mask:
    """The dots and every dot beside them."""
    wide: Mask = {}
    for row, bits in mask.items():
        spread = bits | bits << 1 | bits >> 1
        wide[row] = wide.get(row, 0) | spread
        wide[row - 1] = wide.get(row - 1, 0) | bits
        wide[row + 1] = wide.get(row + 1, 0) | bits
    return wide


def without(mask: Mask, holes: Mask) -> Mask:
    """The dots that are not in `holes`."""
    return {row: bits & ~holes.get(row, 0) for row, bits in mask.items()}


def checkered(mask: Mask, width: int) -> Mask:
    """Every second dot."""
    even = int("01" * (width // 2 + 1), 2)
    return {row: bits & (even << 1 if row % 2 else even) for row, bits in mask.items()}
