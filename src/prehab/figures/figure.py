"""A figure as a person wrote it: poses of the one body, props, and how it moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.figures.body import Angle

Point = tuple[float, float]
"""A place in the picture: right, up from the floor."""


class View(Enum):
    """From where the body is seen."""

    SIDE = "side"
    """Facing right: limbs are near and far."""
    FRONT = "front"
    """As in a mirror: the person's left is on the left."""
    TOP = "top"
    """From above, lying on the back: as from the front, but no floor line."""

    @property
    def sides(self) -> tuple[str, str]:
        """What the two sides of the body are called."""
        return ("near", "far") if self is View.SIDE else ("left", "right")


class Ease(Enum):
    """How a movement from one key pose to the next speeds up and slows down."""

    SMOOTH = "smooth"
    LINEAR = "linear"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg given by the directions of its three parts."""

    upper: Angle
    lower: Angle
    end: Angle


@dataclass(frozen=True, slots=True)
class Reach:
    """An arm or a leg that ends on something; the elbow or the knee is found."""

    on: str
    """`floor`, `wall`, `chair`, `bench`, `doorway`, `air`, or a part of the body such as `near-knee`."""
    at: Point = (0.0, 0.0)
    """Where: along the floor, up the wall; a small shift on a part of the body; a place in the air."""
    end: Angle | None = None
    """The direction of the hand or foot; `None` goes on with the forearm, or at right angles to the shin."""
    turn: float = 0.0
    """How far the elbow or the knee points out to its side, in degrees."""
    out: float | None = None
    """How far towards the viewer the touched place is; `None` keeps the shoulder's or hip's own depth."""
    heel: bool = False
    """`at` is where the heel is, not the toes."""


Chain = Limb | Reach


@dataclass(frozen=True, slots=True)
class Support:
    """A part of the body that rests on or presses something."""

    part: str
    on: str


@dataclass(frozen=True, slots=True)
class Pose:
    """Every angle of the body at one moment."""

    trunk: tuple[Angle, Angle] = ((0.0, 0.0), (0.0, 0.0))
    """Lower and upper spine."""
    neck: Angle = (0.0, 0.0)
    head: Angle = (0.0, 0.0)
    twist: float = 0.0
    """The chest turned about the spine, in degrees, the near (left) shoulder going back."""
    shoulders: Point = (0.0, 0.0)
    """Both shoulders moved forward and up from where they hang."""
    arms: tuple[Chain, Chain] = (
        Limb((180.0, 0.0), (180.0, 0.0), (180.0, 0.0)),
        Limb((180.0, 0.0), (180.0, 0.0), (180.0, 0.0)),
    )
    legs: tuple[Chain, Chain] = (
        Limb((180.0, 0.0), (180.0, 0.0), (90.0, 0.0)),
        Limb((180.0, 0.0), (180.0, 0.0), (90.0, 0.0)),
    )
    hip: tuple[float, float | None] = (0.0, None)
    """Where the middle of the hips is; without a height the body settles on the floor."""
    pin: str | None = None
    """The part of a leg that keeps its place while the hips move: `hip` is then where that part is."""
    air: float = 0.0
    """How far the lowest part is off the floor, for a hop."""
    roller: float | None = None
    """Where the roller lies under this pose."""
    supports: tuple[Support, ...] | None = None
    """What touches what in this pose; `None` takes the figure's."""


@dataclass(frozen=True, slots=True)
class Key:
    """A pose at a moment of the cycle."""

    pose: str
    at: Millis
    ease: Ease = Ease.SMOOTH
    """How the body gets from here to the next key."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The key poses of one cycle, in order of time; a hold has one."""

    keys: tuple[Key, ...]
    cycle: Millis
    """How long until it begins again; the last key moves back to the first."""
    beats: int = 1
    """How many beats of a step one cycle takes, where the step has beats."""
    still: str | None = None
    """The pose that says most when only one can be shown; `None` takes the one that is stayed in longest."""


@dataclass(frozen=True, slots=True)
class Props:
    """What stands in the room with the body; `None` is not there."""

    wall: float | None = None
    """Where its face is."""
    mat: bool = False
    chair: float | None = None
    """Where the middle of its seat is; the back is on the left, or behind, seen from the front."""
    bench: float | None = None
    """Where the middle of its seat is."""
    roller: float | None = None
    """Where it lies, when a pose does not say."""
    doorway: float | None = None
    """Half of the opening."""
    strap: tuple[str, ...] = ()
    """The parts of the body a strap runs along, in order."""


class Crop(Enum):
    """Which part of the body fills the picture."""

    WHOLE = "whole"
    UPPER = "upper"
    """From the hips up: for necks and shoulders."""
    LOWER = "lower"
    """From the hips down: for ankles."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of one move, still or moving. One that the loader gives and the check passes can be drawn."""

    name: str
    """The stem of its file, which is what a routine's `figure` says."""
    title: str
    view: View
    poses: Mapping[str, Pose]
    motion: Motion
    about: str = ""
    """What a person who cannot see the picture is told."""
    works: tuple[str, ...] = ()
    """The muscles that work or stretch: drawn in the accent."""
    supports: tuple[Support, ...] = ()
    props: Props = field(default_factory=Props)
    shows: Side = Side.LEFT
    """Which side of a two-sided step the written picture is; the other side is its mirror."""
    turn: float = 0.0
    """How far the body is turned towards the viewer, in degrees."""
    crop: Crop = Crop.WHOLE

    @property
    def moves(self) -> bool:
        """Whether there is more to it than breathing."""
        return len(self.motion.keys) > 1

    def mirrored(self, side: Side | None) -> bool:
        """Whether the picture of this side of the body is the written one turned round."""
        return side is not None and side is not self.shows


def swapped(pose: Pose, view: View) -> Pose:
    """The pose with the two sides of the body exchanged, as from one step of a walk to the next."""
    turned = replace(
        pose,
        arms=(pose.arms[1], pose.arms[0]),
        legs=(pose.legs[1], pose.legs[0]),
        twist=-pose.twist,
        pin=None if pose.pin is None else other_side(pose.pin),
        supports=None if pose.supports is None else tuple(_other(support) for support in pose.supports),
    )
    if view is View.SIDE:
        return replace(turned, arms=_each(_other_ends, turned.arms), legs=_each(_other_ends, turned.legs))
    return replace(
        turned,
        trunk=(_turned(pose.trunk[0]), _turned(pose.trunk[1])),
        neck=_turned(pose.neck),
        head=_turned(pose.head),
        hip=(-pose.hip[0], pose.hip[1]),
        arms=_each(_turned_chain, turned.arms),
        legs=_each(_turned_chain, turned.legs),
    )


def _each(change: Callable[[Chain], Chain], pair: tuple[Chain, Chain]) -> tuple[Chain, Chain]:
    return (change(pair[0]), change(pair[1]))


def _turned(angle: Angle) -> Angle:
    return (-angle[0], angle[1])


def _other_ends(chain: Chain) -> Chain:
    return replace(chain, on=other_side(chain.on)) if isinstance(chain, Reach) else chain


def _turned_chain(chain: Chain) -> Chain:
    if isinstance(chain, Limb):
        return Limb(_turned(chain.upper), _turned(chain.lower), _turned(chain.end))
    end = None if chain.end is None else _turned(chain.end)
    return replace(chain, on=other_side(chain.on), at=(-chain.at[0], chain.at[1]), end=end)


_OTHER = {"near": "far", "far": "near", "left": "right", "right": "left"}


def _other(support: Support) -> Support:
    return Support(other_side(support.part), other_side(support.on))


def other_side(part: str) -> str:
    """The same part on the other side of the body; a part in the middle is its own."""
    head, dash, tail = part.partition("-")
    return _OTHER[head] + dash + tail if head in _OTHER else part
