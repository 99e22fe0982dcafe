"""A figure in a room of cells over time: every picture is drawn once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.figures.cost import bytes_sent
from prehab.figures.draw import MIN_HEIGHT, MIN_WIDTH, Frame, draw, paint, set_in
from prehab.figures.figure import Figure
from prehab.figures.motion import breath_at, cycle_of, skeleton_at
from prehab.figures.rig import Skeleton

MOVING_MS = Millis(125)
"""How long a picture of a move stands at least: eight a second."""
BREATHING_MS = Millis(500)
"""How long a picture of a hold stands: two a second."""
MOST_FRAMES = 160
"""A cycle is cut into at most this many pictures, however long a beat is."""
BYTES_A_SECOND = 4400
"""What a moving picture may send to a terminal, the rest of the screen left aside."""
SLOWEST_MS = Millis(250)
"""No move is cut down to less than four pictures a second."""
FEWEST = 4
"""Nor to fewer pictures than this a cycle: those are the steps of a walk."""
LEAST_ROOM = (34, 12)
"""A picture is never made smaller than this to save bytes."""
TRIES = 5
"""So many changes tell how many bytes the others send."""
GROWTH = 0.78
"""Twice the pictures cost only two to this power as many bytes, since each differs less from the last."""
SHRINKING = 1.5
"""Half the room costs a half to this power of the bytes: fewer rows, and shorter ones."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a cycle is cut into pictures."""

    count: int
    """How many pictures."""
    room: tuple[int, int]
    """How many cells each is drawn in; the rest of the panel stays empty."""


class Animation:
    """The pictures of one figure at one size, drawn as they are needed and then kept.

    A large body that moves fast would flood a terminal: it gets fewer pictures, and if that is not enough,
    a smaller room.
    """

    def __init__(
        self, figure: Figure, width: int, height: int, side: Side | None = None,
        *, ascii_only: bool = False, beat: Millis | None = None,
    ) -> None:  # fmt: skip
        self._figure = figure
        self._panel = (width, height)
        self._mirrored = figure.mirrored(side)
        self._ascii_only = ascii_only
        self._beat = beat
        self._cycle = cycle_of(figure, beat)
        self._drawn: dict[tuple[Skeleton, float], Frame] = {}
        self._frames: dict[int, Frame] = {}
        self._is_empty = width < MIN_WIDTH or height < MIN_HEIGHT
        self._pace = Pace(1, self._panel) if self._is_empty else self._paced()

    @property
    def step(self) -> Millis:
        """How long each picture stands: no need to look more often."""
        return Millis(self._cycle // self._pace.count)

    def index_at(self, ms: int) -> int:
        """Which picture is due at a moment since the step began."""
        return (ms % self._cycle) * self._pace.count // self._cycle

    def frame_at(self, ms: int) -> Frame | None:
        """The picture at a moment since the step began; `None` where the room is too small.

        The same picture is the same object, so `is` tells whether anything has to be painted.
        """
        if self._is_empty:
            return None
        index = self.index_at(ms)
        if index not in self._frames:
            self._frames[index] = self._picture(index * self._cycle // self._pace.count)
        return self._frames[index]

    def still(self) -> Frame | None:
        """The picture that says most, as large as the moving ones."""
        return None if self._is_empty else self._picture(telling_ms(self._figure))

    def frames(self) -> tuple[Frame, ...]:
        """Every picture of the cycle, in order; none where the room is too small."""
        count = self._pace.count
        found = (self.frame_at(-(-index * self._cycle // count)) for index in range(count))
        return tuple(frame for frame in found if frame is not None)

    def _picture(self, ms: int) -> Frame:
        """Draw one moment, unless a body in the same place was drawn before: a stay costs nothing."""
        skeleton = skeleton_at(self._figure, ms, self._beat)
        breath = 0.0 if self._figure.moves else round(breath_at(ms), 2)
        placed = (skeleton, breath)
        if placed not in self._drawn:
            frame = set_in(self._paint(skeleton, breath, self._pace.room), *self._panel)
            self._drawn[placed] = next((old for old in self._drawn.values() if old == frame), frame)
        return self._drawn[placed]

    def _paint(self, skeleton: Skeleton, breath: float, room: tuple[int, int]) -> Frame:
        return paint(
            self._figure, skeleton, *room, mirrored=self._mirrored, breath=breath, ascii_only=self._ascii_only
        )

    def _paced(self) -> Pace:
        """As many pictures as a terminal takes, judged by a few of them."""
        wanted = MOVING_MS if self._figure.moves else BREATHING_MS
        count = max(1, min(MOST_FRAMES, round(self._cycle / wanted)))
        if not self._figure.moves:
            return Pace(count, self._panel)
        rate = self._rate(count)
        if rate <= BYTES_A_SECOND:
            return Pace(count, self._panel)
        fewest = min(count, max(FEWEST, round(self._cycle / SLOWEST_MS)))
        share = (BYTES_A_SECOND / (rate * (fewest / count) ** GROWTH)) ** (1 / SHRINKING)
        room = self._panel if share >= 1 else self._smaller(share)
        left = min(1.0, max(room[0] / self._panel[0], room[1] / self._panel[1])) ** SHRINKING
        fewer = int(count * (BYTES_A_SECOND / (rate * left)) ** (1 / GROWTH))
        return Pace(max(fewest, min(count, fewer)), room)

    def _smaller(self, share: float) -> tuple[int, int]:
        width, height = self._panel
        return (
            max(min(width, LEAST_ROOM[0]), int(width * share)),
            max(min(height, LEAST_ROOM[1]), int(height * share)),
        )

    def _rate(self, count: int) -> float:
        """About how many bytes a second this many pictures a cycle send: a few of their changes are tried."""
        bodies = [skeleton_at(self._figure, i * self._cycle // count, self._beat) for i in range(count)]
        changing = [pair for pair in pairwise([*bodies, bodies[0]]) if pair[0] != pair[1]]
        if not changing:
            return 0.0
        tried = [changing[(2 * part + 1) * len(changing) // (2 * TRIES)] for part in range(TRIES)]
        sent = (
            bytes_sent(self._paint(before, 0.0, self._panel), self._paint(after, 0.0, self._panel))
            for before, after in tried
        )
        return sum(sent) / len(tried) * len(changing) * 1000 / self._cycle


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
