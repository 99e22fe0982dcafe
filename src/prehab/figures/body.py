"""One body for every figure: its lengths, its thicknesses, and how its limbs turn.

Space is measured in body units (a person is about 97 tall). `u` runs to the right of the picture, `v` up,
`w` out of the picture towards whoever looks. Directions are two angles: within the picture (0 up, 90 to the
right) and out of it (90 towards the viewer), so a limb keeps its length whichever way it points.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin, sqrt

Vec = tuple[float, float, float]
"""A place or a direction: right, up, towards the viewer."""
Angle = tuple[float, float]
"""A direction in degrees: within the picture, and out of it."""

LOWER_TRUNK = 12.0
UPPER_TRUNK = 17.0
NECK = 5.0
HEAD_RISE = 6.0
"""From the top of the neck to the middle of the head."""
UPPER_ARM = 15.5
FOREARM = 13.5
HAND = 5.0
THIGH = 24.0
SHIN = 23.0
TOE = 8.5
"""From the ankle to the tip of the toes, along the sole."""
HEEL = 2.6
"""From the ankle back to the heel, along the sole."""
ANKLE_HEIGHT = 4.0
"""From a flat sole up to the ankle."""
HIP_HALF = 4.3
SHOULDER_HALF = 8.0

R_HEAD = 6.8
R_NECK = 2.5
R_PELVIS = 5.2
R_HIP = 4.6
R_WAIST = 4.7
R_CHEST = 5.4
R_SHOULDER = 3.2
R_ELBOW = 2.4
R_WRIST = 1.8
R_FINGERS = 1.4
R_THIGH = 4.8
R_KNEE = 3.2
R_CALF = 3.2
R_ANKLE = 2.1
R_HEEL = 1.5
R_TOE = 1.2

NEAR, FAR = 0, 1
"""The two sides of the body: near and far from the side, left and right from the front."""


def plus(a: Vec, b: Vec) -> Vec:
    """Add two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    """The way from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, factor: float) -> Vec:
    """Stretch a vector."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vec, b: Vec) -> float:
    """How much two vectors agree."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector at right angles to both."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """How long a vector is."""
    return sqrt(dot(a, a))


def across(a: Vec, along: Vec, fallback: Vec) -> Vec:
    """The part of `a` at right angles to the unit vector `along`, made one long; of `fallback` if none is."""
    rest = minus(a, times(along, dot(a, along)))
    size = length(rest)
    if size > 0.05:
        return times(rest, 1 / size)
    rest = minus(fallback, times(along, dot(fallback, along)))
    size = length(rest)
    return times(rest, 1 / size) if size > 1e-6 else (0.0, 0.0, 1.0)


def direction(angle: Angle) -> Vec:
    """The unit vector of two angles."""
    inside, out = radians(angle[0]), radians(angle[1])
    return (sin(inside) * cos(out), cos(inside) * cos(out), sin(out))


def angle_of(unit: Vec, near: float) -> Angle:
    """The two angles of a unit vector, the first one written as close to `near` as full turns allow."""
    out = degrees(asin(max(-1.0, min(1.0, unit[2]))))
    if hypot(unit[0], unit[1]) < 1e-6:
        return (near, out)
    inside = degrees(atan2(unit[0], unit[1]))
    return (inside + 360 * round((near - inside) / 360), out)


def between(a: Vec, b: Vec) -> float:
    """The angle between two unit vectors, in degrees."""
    return degrees(acos(max(-1.0, min(1.0, dot(a, b)))))


@dataclass(frozen=True, slots=True)
class Frame3:
    """Which way a part of the trunk points: up the spine, forward, and to the side of the near limbs."""

    up: Vec
    front: Vec
    side: Vec

    def twisted(self, by: float) -> Frame3:
        """Turned about the spine, the near side going back."""
        turn = radians(by)
        front = plus(times(self.front, cos(turn)), times(self.side, sin(turn)))
        return Frame3(self.up, front, cross(front, self.up))


def trunk_frame(up: Vec, facing_viewer: bool) -> Frame3:
    """The frame of a spine that points `up`: facing right along the picture, or out of it."""
    if facing_viewer:
        front = across((0.0, 0.0, 1.0), up, (1.0, 0.0, 0.0))
    else:
        front = across((up[1], -up[0], 0.0), up, (1.0, 0.0, 0.0))
    return Frame3(up, front, cross(front, up))


@dataclass(frozen=True, slots=True)
class Hinge:
    """An elbow or a knee: the side it bends to, and how it bows when the limb reaches for something."""

    axis: Vec
    """The line it turns about; the lower part swings from straight around it."""
    forward: bool
    """An elbow folds the forearm forward, a knee folds the shin back."""

    def fold(self, upper: Vec) -> Vec:
        """Which way the lower part goes when the joint bends from straight."""
        away = cross(self.axis, upper) if self.forward else cross(upper, self.axis)
        size = length(away)
        return times(away, 1 / size) if size > 0.2 else (0.0, 0.0, 0.0)


def rotate(a: Vec, about: Vec, by: float) -> Vec:
    """Turn a vector at right angles to the unit vector `about`, by degrees."""
    turn = radians(by)
    return plus(times(a, cos(turn)), times(cross(about, a), sin(turn)))


def reach(
    root: Vec, target: Vec, upper: float, lower: float, hinge: Hinge, turn: float, spare: Vec
) -> tuple[Vec, Vec, float]:
    """Bend a two-part limb so that its end meets a target.

    Returns:
        The directions of the two parts, and by how much the target is out of reach (0 where it is met).
    """
    way = minus(target, root)
    far = length(way)
    along = times(way, 1 / far) if far > 1e-6 else (0.0, -1.0, 0.0)
    usable = max(abs(upper - lower) + 0.5, min(upper + lower - 0.02, far))
    bow = cross(along, hinge.axis) if hinge.forward else cross(hinge.axis, along)
    size = length(bow)
    bow = times(bow, 1 / size) if size > 0.2 else across(spare, along, (0.0, 0.0, -1.0))
    bow = rotate(bow, along, turn)
    reached = (usable * usable + upper * upper - lower * lower) / (2 * usable)
    height = sqrt(max(0.0, upper * upper - reached * reached))
    joint = plus(times(along, reached), times(bow, height))
    end = times(along, usable)
    return (
        times(joint, 1 / upper),
        times(minus(end, joint), 1 / lower),
        abs(far - usable) if abs(far - usable) > 0.1 else 0.0,
    )
