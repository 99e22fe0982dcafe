"""From joints to flesh: the outlines of a body's parts, back to front, with what works marked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import cos, radians, sin

from prehab.figures import body
from prehab.figures.body import Frame3, Vec, cross, length, minus, plus, times
from prehab.figures.figure import Figure, View
from prehab.figures.rig import Arm, Leg, Skeleton


class Tone(IntEnum):
    """What a dot belongs to; a screen gives each its colour."""

    NONE = 0
    """Air."""
    GROUND = 1
    """The floor and the mat."""
    PROP = 2
    """Wall, chair, roller, strap, doorway, bench."""
    FAR = 3
    """The limbs on the far side: every second dot."""
    NEAR = 4
    """The trunk, the head and the near limbs."""
    WORKED = 5
    """What works or stretches."""


Disc = tuple[float, float, float]
"""Right, up, and half its thickness, in the plane of the picture."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the body in the picture: the outline round its discs."""

    discs: tuple[Disc, ...]
    tone: Tone
    limb: str
    """What it is a part of: the trunk, the head, or one arm or leg."""
    depth: float
    """How near to the viewer; parts are painted from the smallest."""
    patches: tuple[tuple[Disc, ...], ...] = ()
    """Outlines within it that work."""
    joints: tuple[Disc, ...] = ()
    """Where it joins the parts beside it: no air is left there."""
    halo: bool = True
    """Whether a dot of air is left round it."""


@dataclass(frozen=True, slots=True)
class Camera:
    """From where the body is looked at."""

    turn: float
    mirrored: bool

    def disc(self, place: Vec, radius: float) -> Disc:
        """A ball as it is seen."""
        angle = radians(self.turn)
        right = place[0] * cos(angle) - place[2] * sin(angle)
        return (-right if self.mirrored else right, place[1], radius)


MUSCLES = {
    "neck": "neck", "shoulder": "shoulders", "upper-arm": "arms", "forearm": "arms", "chest": "chest",
    "upper-back": "upper back", "lower-back": "lower back", "belly": "core", "hip": "hips", "glute": "glutes",
    "hamstring": "hamstrings", "quad": "quads", "inner-thigh": "hips", "knee": "knees", "calf": "calves",
    "shin": "shins", "ankle": "ankles",
}  # fmt: skip
"""What a figure may mark as working, and the area of the body it belongs to."""
BEHIND = -9.0
"""So far behind the middle of the body, a limb is drawn as a far one."""
MIDDLE = frozenset({"neck", "chest", "upper-back", "lower-back", "belly"})
"""The muscles that have no side."""


def areas_of(works: tuple[str, ...]) -> tuple[str, ...]:
    """The areas of the body that the marked muscles belong to, in the words of a routine's `areas`."""
    names = (word if word in MUSCLES else word.partition("-")[2] for word in works)
    return tuple(dict.fromkeys(MUSCLES[name] for name in names))


def silhouette(figure: Figure, skeleton: Skeleton, mirrored: bool, breath: float = 0.0) -> tuple[Part, ...]:
    """The parts of the body, the hindmost first."""
    camera = Camera(figure.turn, mirrored)
    parts = [*_trunk(figure, skeleton, camera, breath), *_head(figure, skeleton, camera)]
    for side, name in enumerate(figure.view.sides):
        far = figure.view is View.SIDE and side == body.FAR
        tone = Tone.FAR if far else Tone.NEAR
        works = frozenset(figure.works)
        parts += _leg(camera, skeleton.legs[side], skeleton.hips, tone, name, works)
        parts += _arm(camera, skeleton.arms[side], tone, name, works)
    return tuple(sorted(parts, key=lambda part: part.depth))


def _trunk(figure: Figure, skeleton: Skeleton, camera: Camera, breath: float) -> list[Part]:
    hips, ribs = skeleton.hips, skeleton.ribs
    pelvis, waist, chest = skeleton.pelvis, skeleton.waist, skeleton.chest
    works = frozenset(figure.works)
    seat = plus(pelvis, plus(times(hips.front, -1.3), times(hips.up, -1.0)))
    cage = plus(plus(waist, times(ribs.up, body.UPPER_TRUNK * 0.55)), times(ribs.front, 0.5 + 0.7 * breath))
    belly = plus(waist, times(hips.front, 0.4 * breath))
    lower = (
        camera.disc(seat, body.R_PELVIS - 0.4),
        *(camera.disc(leg.hip, body.R_HIP) for leg in skeleton.legs),
        camera.disc(belly, body.R_WAIST + 0.3 * breath),
    )
    upper = (
        camera.disc(belly, body.R_WAIST + 0.3 * breath),
        camera.disc(cage, body.R_CHEST + 0.7 * breath),
        *(camera.disc(arm.shoulder, body.R_SHOULDER) for arm in skeleton.arms),
        camera.disc(plus(chest, times(ribs.up, 0.6)), 2.8),
    )
    neck = (camera.disc(chest, body.R_NECK + 0.4), camera.disc(skeleton.neck, body.R_NECK))
    low_spine = (pelvis, waist)
    high_spine = (waist, plus(chest, times(ribs.up, -2.0)))
    sides = figure.view.sides
    low = [
        *([_stripe(camera, low_spine, hips.front, -2.0, 3.6)] if "lower-back" in works else []),
        *([_stripe(camera, low_spine, hips.front, 2.2, 3.4)] if "belly" in works else []),
    ]
    for side, leg in zip(sides, skeleton.legs, strict=True):
        if f"{side}-glute" in works:
            low.append((camera.disc(plus(leg.hip, times(hips.front, -2.6)), 3.6),))
        if f"{side}-hip" in works:
            low.append((camera.disc(plus(leg.hip, times(hips.front, 1.6)), 4.6),))
    high = [
        *([_stripe(camera, high_spine, ribs.front, -2.4, 3.6)] if "upper-back" in works else []),
        *([_stripe(camera, (cage, high_spine[1]), ribs.front, 2.4, 3.6)] if "chest" in works else []),
    ]
    for side, arm in zip(sides, skeleton.arms, strict=True):
        if f"{side}-shoulder" in works:
            high.append((camera.disc(arm.shoulder, 3.4),))
    return [
        Part(lower, Tone.NEAR, "trunk", -0.3, tuple(low), halo=False),
        Part(upper, Tone.NEAR, "trunk", -0.2, tuple(high), halo=False),
        Part(neck, Tone.NEAR, "trunk", -0.1, (neck,) if "neck" in works else (), halo=False),
    ]


def _head(figure: Figure, skeleton: Skeleton, camera: Camera) -> list[Part]:
    """A skull, a jaw, and a nose, so that one sees where the person looks."""
    face, middle = skeleton.face, skeleton.head

    def at(front: float, up: float) -> Vec:
        return plus(middle, plus(times(face.front, front), times(face.up, up)))

    skull = (camera.disc(at(-0.3, 0.6), body.R_HEAD - 0.6), camera.disc(at(1.2, -3.0), 3.9))
    nose = (camera.disc(at(5.2, 0.2), 1.6), camera.disc(at(7.4, -0.8), 1.0))
    depth = 0.5 + max(0.0, middle[2] * 0.2)
    throat = camera.disc(skeleton.neck, body.R_NECK + 1.2)
    return [
        Part(skull, Tone.NEAR, "head", depth, joints=(throat,)),
        Part(nose, Tone.NEAR, "head", depth + 0.01, halo=False),
    ]


def _leg(camera: Camera, leg: Leg, hips: Frame3, tone: Tone, name: str, works: frozenset[str]) -> list[Part]:
    thigh_way = _unit(leg.knee, leg.hip)
    shin_way = _unit(leg.ankle, leg.knee)
    fold = _fold(thigh_way, shin_way, hips)
    shin_back = cross(cross(shin_way, fold), shin_way) if length(fold) else (0.0, 0.0, 0.0)
    calf = plus(leg.knee, plus(times(shin_way, body.SHIN * 0.3), times(shin_back, 0.8)))
    thigh = (
        camera.disc(leg.hip, body.R_THIGH),
        camera.disc(plus(leg.hip, times(thigh_way, body.THIGH * 0.35)), body.R_THIGH - 0.1),
        camera.disc(leg.knee, body.R_KNEE),
    )
    shin = (
        camera.disc(leg.knee, body.R_KNEE - 0.2),
        camera.disc(calf, body.R_CALF),
        camera.disc(leg.ankle, body.R_ANKLE),
    )
    foot = (
        camera.disc(leg.ankle, body.R_ANKLE),
        camera.disc(leg.heel, body.R_HEEL),
        camera.disc(leg.toe, body.R_TOE),
    )
    upper: list[tuple[Disc, ...]] = []
    if f"{name}-hamstring" in works:
        upper.append(_stripe(camera, (leg.hip, leg.knee), fold, 2.0, 2.6))
    if f"{name}-quad" in works:
        upper.append(_stripe(camera, (leg.hip, leg.knee), fold, -2.0, 2.6))
    if f"{name}-inner-thigh" in works:
        upper.append(_stripe(camera, (leg.hip, leg.knee), fold, 0.0, 2.6))
    if f"{name}-hip" in works:
        upper.append((camera.disc(plus(leg.hip, times(fold, -1.2)), 4.8),))
    if f"{name}-glute" in works:
        upper.append((camera.disc(plus(leg.hip, times(fold, 2.0)), 3.8),))
    lower: list[tuple[Disc, ...]] = []
    if f"{name}-knee" in works:
        upper.append((camera.disc(leg.knee, 4.4),))
        lower.append((camera.disc(leg.knee, 4.4),))
    if f"{name}-calf" in works:
        lower.append(_stripe(camera, (leg.knee, leg.ankle), shin_back, 1.4, 2.2))
    if f"{name}-shin" in works:
        lower.append(_stripe(camera, (leg.knee, leg.ankle), shin_back, -1.4, 2.0))
    ankle = (camera.disc(leg.ankle, 3.4),)
    has_ankle = f"{name}-ankle" in works
    if has_ankle:
        lower.append(ankle)
    thigh_depth = _depth(leg.hip, leg.knee)
    shin_depth = _depth(leg.knee, leg.ankle)
    knee = camera.disc(leg.knee, body.R_KNEE * 1.3)
    heel = camera.disc(leg.ankle, body.R_ANKLE * 1.6)
    hip = camera.disc(leg.hip, body.R_THIGH * 1.3)
    return [
        Part(thigh, _toned(tone, thigh_depth), f"{name}-leg", thigh_depth, tuple(upper), (hip, knee)),
        Part(shin, _toned(tone, shin_depth), f"{name}-leg", shin_depth, tuple(lower), (knee, heel)),
        Part(
            foot,
            _toned(tone, shin_depth),
            f"{name}-leg",
            shin_depth + 0.01,
            (ankle,) if has_ankle else (),
            (heel,),
        ),
    ]


def _arm(camera: Camera, arm: Arm, tone: Tone, name: str, works: frozenset[str]) -> list[Part]:
    upper = (camera.disc(arm.shoulder, 3.0), camera.disc(arm.elbow, body.R_ELBOW))
    lower = (camera.disc(arm.elbow, body.R_ELBOW), camera.disc(arm.wrist, body.R_WRIST))
    palm = times(plus(arm.wrist, arm.fingers), 0.5)
    hand = (
        camera.disc(arm.wrist, body.R_WRIST),
        camera.disc(palm, 1.9),
        camera.disc(arm.fingers, body.R_FINGERS),
    )
    upper_depth = _depth(arm.shoulder, arm.elbow) + 0.1
    lower_depth = _depth(arm.elbow, arm.wrist) + 0.1
    high: tuple[tuple[Disc, ...], ...] = (upper,) if f"{name}-upper-arm" in works else ()
    if f"{name}-shoulder" in works:
        high += ((camera.disc(arm.shoulder, 4.2),),)
    low = (lower,) if f"{name}-forearm" in works else ()
    shoulder = camera.disc(arm.shoulder, 3.6)
    elbow = camera.disc(arm.elbow, body.R_ELBOW * 1.3)
    wrist = camera.disc(arm.wrist, body.R_WRIST * 1.3)
    return [
        Part(upper, _toned(tone, upper_depth), f"{name}-arm", upper_depth, high, (shoulder, elbow)),
        Part(lower, _toned(tone, lower_depth), f"{name}-arm", lower_depth, low, (elbow, wrist)),
        Part(hand, _toned(tone, lower_depth), f"{name}-arm", lower_depth + 0.01, (), (wrist,)),
    ]


def _fold(thigh: Vec, shin: Vec, hips: Frame3) -> Vec:
    """The back of the knee: where the shin folds to, or would."""
    bent = minus(shin, times(thigh, body.dot(shin, thigh)))
    if length(bent) > 0.25:
        return times(bent, 1 / length(bent))
    away = cross(thigh, hips.side)
    return times(away, 1 / length(away)) if length(away) > 0.2 else (0.0, 0.0, 0.0)


def _toned(tone: Tone, depth: float) -> Tone:
    """What goes away behind the body is far, from wherever one looks."""
    return Tone.FAR if depth < BEHIND else tone


def _depth(start: Vec, end: Vec) -> float:
    """How far a limb is in front of the middle of the body; a turned body keeps its order."""
    return (start[2] + end[2]) / 2


def _unit(end: Vec, start: Vec) -> Vec:
    way = minus(end, start)
    return times(way, 1 / max(1e-6, length(way)))


def _stripe(camera: Camera, along: tuple[Vec, Vec], aside: Vec, by: float, radius: float) -> tuple[Disc, ...]:
    """An outline beside the line between two joints: one side of a limb."""
    shift = times(aside, by)
    start, end = along
    first = plus(plus(start, times(minus(end, start), 0.12)), shift)
    last = plus(plus(start, times(minus(end, start), 0.86)), shift)
    return (camera.disc(first, radius), camera.disc(last, radius * 0.8))
