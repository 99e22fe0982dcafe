"""A body in a pose, as cells: pure and quick, the same answer for the same moment and room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.figures.canvas import Mask, checkered, filled, grown, without
from prehab.figures.figure import Crop, Figure, View
from prehab.figures.glyphs import ascii_glyph, braille_glyph
from prehab.figures.motion import breath_at, skeleton_at
from prehab.figures.rig import Skeleton
from prehab.figures.scene import Box, bounds, strokes
from prehab.figures.silhouette import Disc, Part, Tone, silhouette

MIN_WIDTH, MIN_HEIGHT = 16, 7
"""Below this many cells a body cannot be told from a smudge, and none is drawn."""
AIR_FROM = {View.SIDE: 0.7, View.FRONT: 0.4, View.TOP: 0.4}
"""Dots a unit from which the near limbs get air against the trunk; smaller, they would cut it to pieces."""


WEIGHT = {Tone.GROUND: 2, Tone.PROP: 2, Tone.FAR: 4, Tone.NEAR: 2, Tone.WORKED: 4}
"""What a dot of each tone counts when a cell takes its colour; far limbs have only half of theirs."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some cells beside each other that are of one tone."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of cells; every row is exactly `width` cells wide."""

    width: int
    height: int
    rows: tuple[tuple[Run, ...], ...]

    def lines(self) -> tuple[str, ...]:
        """The picture without its tones."""
        return tuple("".join(run.text for run in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """How units become dots."""

    scale: float
    left: float
    floor: int
    """The first row of dots that belongs to the floor."""
    width: int
    height: int

    def dots(self, discs: tuple[Disc, ...], least: float = 0.0, more: float = 0.0) -> list[Disc]:
        """Discs in dots, the row of dots counted from the top; none is thinner than `least`."""
        scale, left, floor = self.scale, self.left, self.floor
        return [(left + x * scale, floor - y * scale, max(least, r * scale + more)) for x, y, r in discs]


def draw(
    figure: Figure, ms: int, width: int, height: int, side: Side | None = None,
    *, ascii_only: bool = False, beat: Millis | None = None,
) -> Frame | None:  # fmt: skip
    """The figure at a moment since it began, in a room of cells; `None` where the room is too small."""
    if width < MIN_WIDTH or height < MIN_HEIGHT:
        return None
    mirrored = figure.mirrored(side)
    skeleton = skeleton_at(figure, ms, beat)
    breath = 0.0 if figure.moves else breath_at(ms)
    return paint(figure, skeleton, width, height, mirrored=mirrored, breath=breath, ascii_only=ascii_only)


@lru_cache(maxsize=256)
def _bounds(figure_key: _Same, mirrored: bool) -> Box:
    return bounds(figure_key.figure, mirrored)


class _Same:
    """A figure as a key of a cache: the very same object, since its mapping of poses cannot be hashed."""

    __slots__ = ("figure",)

    def __init__(self, figure: Figure) -> None:
        self.figure = figure

    def __hash__(self) -> int:
        return id(self.figure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.figure is self.figure


def layout(figure: Figure, width: int, height: int, mirrored: bool) -> Layout:
    """Fit the whole cycle into the room: a lying body fills its width, a standing one its height."""
    box = _bounds(_Same(figure), mirrored)
    wide, high = width * 2, height * 4
    below = 0 if figure.view is View.TOP or figure.crop is Crop.UPPER else 4
    scale = min((wide - 2) / box.width, (high - 1 - below) / box.height)
    left = wide / 2 - (box.left + box.right) / 2 * scale
    spare = high - 1 - below - box.height * scale
    under = int(spare * 0.4)
    # The floor begins a line of cells, so that no cell is shared between it and the body.
    floor = high - below - (under - under % 4) if below else round(high - under + box.low * scale)
    return Layout(scale, left, floor, wide, high)


def paint(
    figure: Figure, skeleton: Skeleton, width: int, height: int,
    *, mirrored: bool = False, breath: float = 0.0, ascii_only: bool = False,
) -> Frame:  # fmt: skip
    """Draw one placed body with everything round it."""
    plan = layout(figure, width, height, mirrored)
    field = _Field(plan, AIR_FROM[figure.view], figure.view is not View.TOP)
    top = min(plan.floor / plan.scale - 1.0, _bounds(_Same(figure), mirrored).high + 8.0)
    lines = strokes(figure, skeleton, mirrored, top)
    for stroke in lines:
        if not stroke.over:
            field.line(plan.dots(stroke.discs, 0.55))
    for part in silhouette(figure, skeleton, mirrored, breath):
        field.part(part)
    for stroke in lines:
        if stroke.over:
            field.line(plan.dots(stroke.discs, 0.55))
    if figure.view is not View.TOP and figure.crop is not Crop.UPPER:
        field.ground(figure, _bounds(_Same(figure), mirrored))
    return field.cells(ascii_glyph if ascii_only else braille_glyph)


def set_in(frame: Frame, width: int, height: int) -> Frame:
    """The picture in the middle of a larger room, a little below."""
    if (frame.width, frame.height) == (width, height):
        return frame
    before = (width - frame.width) // 2
    after = width - frame.width - before
    above = (height - frame.height) * 3 // 5
    blank = (Run(" " * width, Tone.NONE),)
    rows = tuple(
        tuple(run for run in (Run(" " * before, Tone.NONE), *row, Run(" " * after, Tone.NONE)) if run.text)
        for row in frame.rows
    )
    return Frame(width, height, (*[blank] * above, *rows, *[blank] * (height - frame.height - above)))


class _Field:
    """The dots of one picture, one mask a tone."""

    def __init__(self, plan: Layout, air_from: float, has_floor: bool) -> None:
        self.plan = plan
        self.ground_row = min(plan.height, plan.floor) if has_floor else plan.height
        """Nothing of the body is drawn from this row down."""
        self.air_from = air_from
        self.tones: dict[Tone, Mask] = {tone: {} for tone in Tone if tone is not Tone.NONE}

    def _cut(self, holes: Mask, *, all_tones: bool) -> None:
        for tone, mask in self.tones.items():
            if all_tones or tone in (Tone.FAR, Tone.PROP):
                for row, bits in holes.items():
                    if row in mask:
                        mask[row] &= ~bits

    def _add(self, tone: Tone, mask: Mask) -> None:
        rows = self.tones[tone]
        for row, bits in mask.items():
            rows[row] = rows.get(row, 0) | bits

    def line(self, discs: list[Disc]) -> None:
        """Part of a prop."""
        mask = filled(discs, self.plan.width, self.plan.height)
        self._cut(mask, all_tones=True)
        self._add(Tone.PROP, mask)

    def part(self, part: Part) -> None:
        """Part of the body, over what is there already, with a dot of air round it."""
        plan = self.plan
        is_far = part.tone is Tone.FAR
        mask = filled(plan.dots(part.discs, 0.62), plan.width, self.ground_row)
        self._cut(mask, all_tones=True)
        if not is_far:
            self._leave_air(part, mask)
        drawn = checkered(mask, plan.width) if is_far else mask
        worked: Mask = {}
        for patch in part.patches:
            for row, bits in filled(plan.dots(patch, 0.62), plan.width, plan.height).items():
                worked[row] = worked.get(row, 0) | bits & drawn.get(row, 0)
        self._add(part.tone, without(drawn, worked))
        self._add(Tone.WORKED, worked)

    def _leave_air(self, part: Part, mask: Mask) -> None:
        """Clear a dot round a part: always against what is far, against the trunk where there is room."""
        plan = self.plan
        air = grown(mask)
        all_tones = part.halo and plan.scale >= self.air_from
        if all_tones:
            for joint in part.joints:
                air = without(air, filled(plan.dots((joint,), 1.2, 1.6), plan.width, plan.height))
        self._cut(air, all_tones=all_tones)

    def ground(self, figure: Figure, box: Box) -> None:
        """The floor under everything, and the mat on it."""
        plan = self.plan
        row = plan.floor
        across = ((1 << (plan.width - 2)) - 1) << 1
        self._add(Tone.GROUND, {row: across} if 0 <= row < plan.height else {})
        if figure.props.mat and row + 1 < plan.height:
            first = max(1, round(plan.left + (box.left - 4) * plan.scale))
            last = min(plan.width - 2, round(plan.left + (box.right + 4) * plan.scale))
            self._add(Tone.GROUND, {row + 1: ((1 << (last - first + 1)) - 1) << first})

    def cells(self, glyph: Glyph) -> Frame:
        """Two by four dots make a cell; its tone is the one with most dots in it."""
        columns, lines = self.plan.width // 2, self.plan.height // 4
        order = sorted(self.tones, reverse=True)
        rows: list[tuple[Run, ...]] = []
        for line in range(lines):
            bands = [(tone, [self.tones[tone].get(line * 4 + i, 0) for i in range(4)]) for tone in order]
            bands = [(tone, rows_) for tone, rows_ in bands if any(rows_)]
            rows.append(_runs(bands, columns, glyph))
        return Frame(columns, lines, tuple(rows))


Glyph = Callable[[int, Tone], str]
"""A cell's character from its eight dots and the tone it has."""
Bands = list[tuple[Tone, list[int]]]


def _runs(bands: Bands, columns: int, glyph: Glyph) -> tuple[Run, ...]:
    """One line of cells, cut where the tone changes; empty cells go with what is before them."""
    if not bands:
        return (Run(" " * columns, Tone.NONE),)
    runs: list[Run] = []
    text: list[str] = []
    current = Tone.NONE
    for dots, tone in _joined(_cells(bands, columns)):
        if dots and tone is not current:
            if text:
                runs.append(Run("".join(text), current))
            text, current = [], tone
        text.append(glyph(dots, tone) if dots else " ")
    runs.append(Run("".join(text), current))
    return tuple(runs)


Cell = tuple[int, Tone]


def _cells(bands: Bands, columns: int) -> list[Cell]:
    """The dots of each cell, and its tone: what works, or has most dots, or nearly so in the cell before.

    Every change of tone costs a terminal as many bytes as a dozen cells, and reads as a speck.
    """
    cells: list[Cell] = []
    current = Tone.NONE
    for column in range(columns):
        shift = column * 2
        tone, dots, most, kept = Tone.NONE, 0, 0, 0
        for band_tone, (a, b, c, d) in bands:
            found = a >> shift & 3 | (b >> shift & 3) << 2 | (c >> shift & 3) << 4 | (d >> shift & 3) << 6
            if found:
                count = found.bit_count() * WEIGHT[band_tone]
                if band_tone is current:
                    kept = count
                if count > most:
                    tone, most = band_tone, count
                dots |= found
        if kept * 2 >= most and tone is not Tone.WORKED:
            tone = current
        cells.append((dots, tone))
        current = tone if dots else Tone.NONE
    return cells


def _joined(cells: list[Cell]) -> list[Cell]:
    """The cells without specks: one alone between two of another tone takes theirs."""
    joined = list(cells)
    for place in range(1, len(cells) - 1):
        before, after = joined[place - 1], cells[place + 1]
        dots, tone = cells[place]
        is_speck = before[1] is after[1] is not tone is not Tone.WORKED
        if is_speck and dots and before[0] and after[0]:
            joined[place] = (dots, before[1])
    return joined
