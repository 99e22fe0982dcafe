"""A figure in a room of cells over time: every picture is drawn once and kept."""

from __future__ import annotations

from itertools import pairwise

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.figures.draw import MIN_HEIGHT, MIN_WIDTH, Frame, draw, paint
from prehab.figures.figure import Figure
from prehab.figures.motion import breath_at, cycle_of, skeleton_at
from prehab.figures.rig import Skeleton

MOVING_MS = Millis(125)
"""How long a picture of a move stands: eight a second."""
BREATHING_MS = Millis(500)
"""How long a picture of a hold stands: two a second."""
MOST_FRAMES = 160
"""A cycle is cut into at most this many pictures, however long a beat is."""


class Animation:
    """The pictures of one figure at one size, drawn as they are needed and then kept."""

    def __init__(
        self, figure: Figure, width: int, height: int, side: Side | None = None,
        *, ascii_only: bool = False, beat: Millis | None = None,
    ) -> None:  # fmt: skip
        self._figure = figure
        self._room = (width, height)
        self._side = side
        self._ascii_only = ascii_only
        self._beat = beat
        self._cycle = cycle_of(figure, beat)
        wanted = MOVING_MS if figure.moves else BREATHING_MS
        self._count = max(1, min(MOST_FRAMES, round(self._cycle / wanted)))
        self._frames: dict[int, Frame | None] = {}
        self._drawn: dict[tuple[Skeleton, float], Frame] = {}

    @property
    def step(self) -> Millis:
        """How long each picture stands: no need to look more often."""
        return Millis(self._cycle // self._count)

    def index_at(self, ms: int) -> int:
        """Which picture is due at a moment since the step began."""
        return (ms % self._cycle) * self._count // self._cycle

    def frame_at(self, ms: int) -> Frame | None:
        """The picture at a moment since the step began; `None` where the room is too small.

        The same picture is the same object, so `is` tells whether anything has to be painted.
        """
        index = self.index_at(ms)
        if index not in self._frames:
            self._frames[index] = self._draw(index)
        return self._frames[index]

    def frames(self) -> tuple[Frame, ...]:
        """Every picture of the cycle, in order; none where the room is too small."""
        found = (self.frame_at(-(-index * self._cycle // self._count)) for index in range(self._count))
        return tuple(frame for frame in found if frame is not None)

    def _draw(self, index: int) -> Frame | None:
        """Draw one picture, unless a body in the same place was drawn before: a stay costs nothing."""
        ms = index * self._cycle // self._count
        width, height = self._room
        if width < MIN_WIDTH or height < MIN_HEIGHT:
            return None
        skeleton = skeleton_at(self._figure, ms, self._beat)
        breath = 0.0 if self._figure.moves else round(breath_at(ms), 2)
        placed = (skeleton, breath)
        if placed not in self._drawn:
            frame = paint(
                self._figure, skeleton, width, height,
                mirrored=self._figure.mirrored(self._side), breath=breath, ascii_only=self._ascii_only,
            )  # fmt: skip
            self._drawn[placed] = next((old for old in self._drawn.values() if old == frame), frame)
        return self._drawn[placed]


def still(
    figure: Figure, width: int, height: int, side: Side | None = None, *, ascii_only: bool = False
) -> Frame | None:
    """The one picture that shows a move best: for a list, a preview, or motion switched off."""
    return draw(figure, telling_ms(figure), width, height, side, ascii_only=ascii_only)


def telling_ms(figure: Figure) -> Millis:
    """When the pose comes that says most: the one its file names, or stays in longest, or begins with."""
    keys = figure.motion.keys
    if figure.motion.still is not None:
        return next(key.at for key in keys if key.pose == figure.motion.still)
    stays = [(later.at - key.at, -key.at, key.at) for key, later in pairwise(keys) if key.pose == later.pose]
    return max(stays)[2] if stays else keys[0].at
