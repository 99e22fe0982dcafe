"""The same body as a vector picture, and all of them on one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from math import cos, pi, sin
from zlib import crc32

from prehab.domain.routine import Side
from prehab.figures.animation import telling_ms
from prehab.figures.canvas import hull
from prehab.figures.figure import Crop, Figure, View
from prehab.figures.motion import skeleton_at
from prehab.figures.scene import Box, bounds, strokes
from prehab.figures.silhouette import Disc, Part, Tone, silhouette

COLOURS = {
    Tone.GROUND: "#8a929c", Tone.PROP: "#b07a3c", Tone.FAR: "#b3bdc8", Tone.NEAR: "#2b3440",
    Tone.WORKED: "#e2603f",
}  # fmt: skip
PAPER = "#fbfaf7"
_CIRCLE = tuple((cos(2 * pi * step / 36), sin(2 * pi * step / 36)) for step in range(36))
_MARGIN = 6.0
CARD = (190.0, 150.0)
"""The room of one figure on the sheet."""
COLUMNS = 6


def svg(figure: Figure, side: Side | None = None, ms: int | None = None) -> str:
    """One figure as a whole SVG document; without a moment, at the one that says most."""
    mirrored = figure.mirrored(side)
    box = bounds(figure, mirrored)
    left, high = box.left - _MARGIN, box.high + _MARGIN
    width, height = box.width + 2 * _MARGIN, box.height + 2 * _MARGIN
    drawn = _figure(figure, telling_ms(figure) if ms is None else ms, mirrored, box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {-high:.1f} {width:.1f} {height:.1f}" '
        f'width="{width * 4:.0f}" height="{height * 4:.0f}" role="img">\n'
        f"<title>{escape(figure.title)}</title>\n<desc>{escape(figure.about)}</desc>\n"
        f'<rect x="{left:.1f}" y="{-high:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{PAPER}"/>\n'
        f"{drawn}\n</svg>\n"
    )


def contact_sheet(figures: Sequence[Figure]) -> str:
    """All figures on one page, each with its name, moving ones with the shade of another of their poses."""
    wide, high = CARD
    rows = -(-len(figures) // COLUMNS)
    cards = [_card(figure, (i % COLUMNS) * wide, (i // COLUMNS) * high) for i, figure in enumerate(figures)]
    width, height = COLUMNS * wide, rows * high
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}">\n<title>The figures of prehab</title>\n'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>\n'
        + "\n".join(cards)
        + "\n</svg>\n"
    )


def _card(figure: Figure, x: float, y: float) -> str:
    """One figure fitted into its place on the sheet."""
    wide, high = CARD
    box = bounds(figure, mirrored=False)
    room = (wide - 24, high - 44)
    scale = min(room[0] / box.width, room[1] / box.height)
    across = x + wide / 2 - (box.left + box.right) / 2 * scale
    floor = y + high - 28 + box.low * scale
    clip = f"clip-{figure.name}"
    ghost = _ghost(figure, box)
    return (
        f'<clipPath id="{clip}"><rect x="{x + 6:.1f}" y="{y + 6:.1f}" '
        f'width="{wide - 12:.1f}" height="{high - 30:.1f}"/></clipPath>'
        f'<g clip-path="url(#{clip})"><g transform="translate({across:.1f} {floor:.1f}) scale({scale:.3f})">'
        f"{ghost}{_figure(figure, telling_ms(figure), False, box)}</g></g>"
        f'<text x="{x + wide / 2:.1f}" y="{y + high - 10:.1f}" text-anchor="middle" '
        f'font-family="sans-serif" font-size="11" fill="#444">{escape(figure.name)}</text>\n'
    )


def _ghost(figure: Figure, box: Box) -> str:
    """The pose of a move that is not the shown one, as a shade."""
    shown = telling_ms(figure)
    here = next((key.pose for key in figure.motion.keys if key.at == shown), None)
    other = next((key for key in figure.motion.keys if key.pose != here), None)
    if other is None:
        return ""
    return f'<g opacity="0.2">{_figure(figure, other.at, False, box)}</g>'


def _figure(figure: Figure, ms: int, mirrored: bool, box: Box) -> str:
    """The shapes of one moment, the hindmost first; up is negative in a picture."""
    skeleton = skeleton_at(figure, ms)
    shapes: list[str] = []
    props = strokes(figure, skeleton, mirrored, box.high + 4.0)
    shapes += [_shape(stroke.discs, Tone.PROP) for stroke in props if not stroke.over]
    for group in _limbs(silhouette(figure, skeleton, mirrored)):
        if group[0].halo:
            shapes += [_edge(part) for part in group]
        for part in group:
            shapes.append(_shape(part.discs, part.tone))
            shapes += [_patch(part, patch) for patch in part.patches]
    shapes += [_shape(stroke.discs, Tone.PROP) for stroke in props if stroke.over]
    shapes += _ground(figure, box)
    return "".join(shapes)


def _limbs(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts grouped by limb, so that the edge of one part does not cut the next of the same limb."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.limb, []).append(part)
    return sorted(groups.values(), key=lambda group: max(part.depth for part in group))


def _path(discs: Sequence[Disc]) -> str:
    """The outline round some discs as arcs of the discs and straight lines between them."""
    owners: dict[tuple[float, float], int] = {}
    for index, (x, y, r) in enumerate(discs):
        owners |= {(x + r * cx, -y + r * cy): index for cx, cy in _CIRCLE}
    corners = hull(owners)
    cut = next((i for i, corner in enumerate(corners) if owners[corner] != owners[corners[i - 1]]), 0)
    runs = [(i, list(run)) for i, run in groupby(corners[cut:] + corners[:cut], key=owners.__getitem__)]
    if len(runs) == 1:
        half = len(runs[0][1]) // 2
        runs = [(runs[0][0], runs[0][1][: half + 1]), (runs[0][0], [*runs[0][1][half:], runs[0][1][0]])]
    pieces = []
    for index, run in runs:
        (x0, y0), (x1, y1), r = run[0], run[-1], discs[index][2]
        large = int(len(run) > len(_CIRCLE) // 2 + 1)
        pieces.append(f"{x0:.1f} {y0:.1f}A{r:.2f} {r:.2f} 0 {large} 1 {x1:.1f} {y1:.1f}")
    return "M" + "L".join(pieces) + "Z"


def _shape(discs: Sequence[Disc], tone: Tone) -> str:
    return f'<path d="{_path(discs)}" fill="{COLOURS[tone]}"/>'


def _edge(part: Part) -> str:
    """A rim of paper round a part."""
    return f'<path d="{_path(part.discs)}" fill="none" stroke="{PAPER}" stroke-width="1.6"/>'


def _patch(part: Part, patch: Sequence[Disc]) -> str:
    """What works, inside the part's own outline."""
    path = _path(part.discs)
    name = f"p{crc32((path + _path(patch)).encode()):08x}"
    worked = _shape(patch, Tone.WORKED)
    return f'<clipPath id="{name}"><path d="{path}"/></clipPath><g clip-path="url(#{name})">{worked}</g>'


def _ground(figure: Figure, box: Box) -> list[str]:
    if figure.view is View.TOP or figure.crop is Crop.UPPER:
        return []
    colour = COLOURS[Tone.GROUND]
    line = f'<rect x="{box.left - 5:.1f}" y="0" width="{box.width + 10:.1f}" height="0.9" fill="{colour}"/>'
    mat = f'<rect x="{box.left - 3:.1f}" y="0" width="{box.width + 6:.1f}" height="2.2" fill="{colour}"/>'
    return [line, mat] if figure.props.mat else [line]
