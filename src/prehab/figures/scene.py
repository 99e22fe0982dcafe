"""What stands round the body as lines, and how large the whole is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prehab.figures.body import Vec
from prehab.figures.figure import Crop, Figure, Props, View
from prehab.figures.motion import sample_times, skeleton_at
from prehab.figures.rig import ROLLER, SEAT, Skeleton
from prehab.figures.silhouette import Camera, Disc, Part, silhouette

BACK = 24.0
"""How high a chair's back rises over its seat."""
CORNERS = ((-1, -1), (1, -1), (-1, 1), (1, 1))
"""The corners of a seat: behind and ahead, to one side and the other."""
MAT_HALF = 22.0
"""Half as wide as a mat is."""
DOOR = 108.0
"""How high a doorway is."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line with a thickness."""

    discs: tuple[Disc, ...]
    over: bool = False
    """Whether it is drawn over the body."""


@dataclass(frozen=True, slots=True)
class Box:
    """What must be seen, in units."""

    left: float
    low: float
    right: float
    high: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.high - self.low


def strokes(figure: Figure, skeleton: Skeleton, mirrored: bool, top: float) -> tuple[Stroke, ...]:
    """The props of a figure around one pose; `top` is how high a wall goes."""
    camera = Camera(figure.turn, mirrored)
    return tuple(_strokes(figure, skeleton, camera, top))


def _strokes(figure: Figure, skeleton: Skeleton, camera: Camera, top: float) -> Iterator[Stroke]:
    props = figure.props

    def line(start: Vec, end: Vec, radius: float, over: bool = False) -> Stroke:
        return Stroke((camera.disc(start, radius), camera.disc(end, radius)), over)

    if props.wall is not None:
        face = props.wall + 1.0
        yield line((face, 0.5, 0), (face, top, 0), 0.9)
        height = 4.0
        while height < top - 2:
            yield line((face, height, 0), (face + 4.0, height + 4.0, 0), 0.35)
            height += 8.0
    if props.doorway is not None:
        for edge in (-props.doorway - 1.2, props.doorway + 1.2):
            yield line((edge, 0.5, 0), (edge, DOOR, 0), 1.2)
        yield line((-props.doorway - 1.2, DOOR, 0), (props.doorway + 1.2, DOOR, 0), 1.2)
    if props.mat and figure.view is View.TOP:
        corners = [(-MAT_HALF, -46.0), (MAT_HALF, -46.0), (MAT_HALF, 54.0), (-MAT_HALF, 54.0)]
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
            yield line((x0, y0, 0.0), (x1, y1, 0.0), 0.5)
    yield from _seats(figure.view, props, camera)
    if skeleton.roller is not None:
        yield Stroke((camera.disc((skeleton.roller, ROLLER, 0.0), ROLLER),))
    if props.strap:
        parts = {name: place for name, place, _ in skeleton.points(figure.view)}
        for start, end in zip(props.strap, props.strap[1:], strict=False):
            yield line(parts[start], parts[end], 0.45, over=True)


def _seats(view: View, props: Props, camera: Camera) -> Iterator[Stroke]:
    for middle, has_back in ((props.chair, True), (props.bench, False)):
        if middle is not None:
            yield from _seat(view, middle, has_back, camera)


def _seat(view: View, middle: float, has_back: bool, camera: Camera) -> Iterator[Stroke]:
    """A seat on four legs, with a back or without, seen from wherever the body is."""
    deep = 10.0 if has_back else 14.0

    def at(ahead: float, aside: float, height: float) -> Vec:
        return (middle + ahead, height, aside) if view is View.SIDE else (middle + aside, height, ahead)

    def line(start: Vec, end: Vec, radius: float) -> Stroke:
        return Stroke((camera.disc(start, radius), camera.disc(end, radius)))

    for ahead, aside in CORNERS:
        yield line(at(ahead * (deep - 1), aside * 8.0, SEAT - 2), at(ahead * deep, aside * 9.0, 0.8), 0.7)
    if has_back:
        posts = [(at(-deep, aside, SEAT), at(-deep - 2.5, aside, SEAT + BACK)) for aside in (-9.0, 9.0)]
        yield from (line(low, high, 0.8) for low, high in posts)
        yield line(posts[0][1], posts[1][1], 1.0)
    corners = (at(ahead * deep, aside * 9.0, SEAT - 1.2) for ahead, aside in CORNERS)
    yield Stroke(tuple(camera.disc(corner, 1.1) for corner in corners))


def bounds(figure: Figure, mirrored: bool) -> Box:
    """The box that holds the whole cycle, so that nothing jumps while it moves."""
    seen: list[Disc] = []
    for ms in sample_times(figure):
        skeleton = skeleton_at(figure, ms)
        seen += _wanted(figure, skeleton, silhouette(figure, skeleton, mirrored, 1.0))
        if figure.crop is Crop.WHOLE:
            props = strokes(figure, skeleton, mirrored, 0.0)
            seen += [disc for stroke in props for disc in stroke.discs]
    box = _box(seen)
    has_floor = figure.view is not View.TOP and figure.crop is not Crop.UPPER
    return Box(box.left, min(0.0, box.low), box.right, max(1.0, box.high)) if has_floor else box


def _wanted(figure: Figure, skeleton: Skeleton, parts: Sequence[Part]) -> list[Disc]:
    """The discs that must be inside the picture; what is beyond them is cut off at its edge."""
    match figure.crop:
        case Crop.WHOLE:
            return [disc for part in parts for disc in part.discs]
        case Crop.UPPER:
            line = skeleton.pelvis[1]
            head = [disc for part in parts if part.limb == "head" for disc in part.discs]
            above = [disc for part in parts for disc in part.discs if disc[1] - disc[2] > line]
            return [*head, *above, (head[0][0], line, 3.0)]
        case Crop.LOWER:
            line = max(leg.knee[1] for leg in skeleton.legs) + 8.0
            return [disc for part in parts for disc in part.discs if disc[1] < line]


def _box(discs: Sequence[Disc]) -> Box:
    return Box(
        min(x - r for x, _, r in discs),
        min(y - r for _, y, r in discs),
        max(x + r for x, _, r in discs),
        max(y + r for _, y, r in discs),
    )
