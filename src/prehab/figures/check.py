"""What a body can't do: joints that bend the wrong way, feet in the floor, hands that miss the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import atan2, degrees

from prehab.figures import body
from prehab.figures.body import Vec, between, cross, dot, length, minus, plus, times
from prehab.figures.figure import Figure, Key, Reach, Support, View
from prehab.figures.motion import tween
from prehab.figures.rig import ROLLER, SEAT, Arm, Leg, Skeleton
from prehab.formats.findings import Finding

SLACK = 2.2
"""How far, in units, what should touch may be from touching: less than anybody can see."""
MAX_KNEE = 160.0
MAX_ELBOW = 156.0
STRAIGHT = 10.0
"""A joint bent less than this is straight, whichever way it goes."""
KNEE_TURN = 100.0
"""How far a hip turns a knee out or in."""
ELBOW_TURN = 125.0
"""How far a shoulder turns an elbow out or in."""
PROPS = ("wall", "chair", "bench", "doorway", "roller")
"""What is only there when a figure says where."""
BETWEEN = (0.25, 0.5, 0.75)
"""Where a movement from one key to the next is looked at."""

Fault = tuple[str, str]
"""What is wrong, and the way out."""


def findings_of(figure: Figure) -> list[Finding]:
    """Everything that no body does, told by the pose it is in."""
    found: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    numbers = re.compile(r"-?[0-9]+(\.[0-9]+)?")
    keys = figure.motion.keys

    def note(path: tuple[str | int, ...], where: str, faults: Iterator[Fault]) -> None:
        for message, hint in faults:
            what = numbers.sub("", message)
            if (where, what) not in seen:
                seen.add((where, what))
                found.append(Finding(path, message, hint))

    found += _absent(figure)
    if found:
        return found
    for key in keys:
        skeleton = tween(figure, key, key, 0.0)
        note(
            ("pose", key.pose),
            key.pose,
            faults(figure, skeleton, supports_of(figure, key), _flies(figure, key)),
        )
    stills = {what for _, what in seen}
    for index, key in enumerate(keys):
        later = keys[(index + 1) % len(keys)]
        if later.pose == key.pose:
            continue
        held = tuple(s for s in supports_of(figure, key) if s in supports_of(figure, later))
        flies = _flies(figure, key) or _flies(figure, later)
        for share in BETWEEN:
            on_the_way = faults(figure, tween(figure, key, later, share), held, flies)
            fresh = (fault for fault in on_the_way if numbers.sub("", fault[0]) not in stills)
            note(
                ("motion", "keys", index),
                f"{key.pose}>{later.pose}",
                ((f"on the way from {key.pose} to {later.pose}: {message}", hint) for message, hint in fresh),
            )
    return found


def _absent(figure: Figure) -> list[Finding]:
    """What is reached for or rested on without being there."""
    props = figure.props
    there = [name for name in PROPS if getattr(props, name) is not None]
    found: list[Finding] = []
    for name, pose in figure.poses.items():
        things = [chain.on for chain in (*pose.arms, *pose.legs) if isinstance(chain, Reach)]
        things += [support.on for support in pose.supports or figure.supports]
        rollers = ["roller"] if pose.roller is not None else []
        for thing in dict.fromkeys(things):
            if thing in PROPS and thing not in [*there, *rollers]:
                found.append(
                    Finding(("pose", name), f"there is no {thing}", f"write {thing} = 30, where it is")
                )
    return found


def supports_of(figure: Figure, key: Key) -> tuple[Support, ...]:
    """What touches what in the pose of a key."""
    own = figure.poses[key.pose].supports
    return figure.supports if own is None else own


def _flies(figure: Figure, key: Key) -> bool:
    return figure.poses[key.pose].air > 0


def faults(figure: Figure, skeleton: Skeleton, supports: tuple[Support, ...], flies: bool) -> Iterator[Fault]:
    """What is wrong with one placed body."""
    yield from _lengths(skeleton)
    yield from _joints(figure.view, skeleton)
    yield from _missed(figure.view, skeleton)
    if figure.view is not View.TOP:
        yield from _floor(figure, skeleton, flies)
    yield from _walls(figure, skeleton)
    for support in supports:
        gap = gap_of(figure, skeleton, support)
        if gap > SLACK:
            yield (
                f"{support.part} is {gap:.1f} units from the {support.on} (it should rest on it)",
                f'move it there, or take "{support.part} on {support.on}" out of supports',
            )


def _lengths(skeleton: Skeleton) -> Iterator[Fault]:
    for arm in skeleton.arms:
        for start, end, size in (
            (arm.shoulder, arm.elbow, body.UPPER_ARM),
            (arm.elbow, arm.wrist, body.FOREARM),
        ):
            if abs(length(minus(end, start)) - size) > 0.1:
                yield "an arm changes its length", "keep one body"
    for leg in skeleton.legs:
        for start, end, size in ((leg.hip, leg.knee, body.THIGH), (leg.knee, leg.ankle, body.SHIN)):
            if abs(length(minus(end, start)) - size) > 0.1:
                yield "a leg changes its length", "keep one body"


def _joints(view: View, skeleton: Skeleton) -> Iterator[Fault]:
    for name, leg in zip(view.sides, skeleton.legs, strict=True):
        thigh, shin = _way(leg.hip, leg.knee), _way(leg.knee, leg.ankle)
        yield from _bend(f"{name} knee", thigh, shin, cross(thigh, skeleton.hips.side), MAX_KNEE, KNEE_TURN)
        yield from _hip(name, thigh, skeleton)
        yield from _ankle(name, leg, shin)
    for name, arm in zip(view.sides, skeleton.arms, strict=True):
        upper, lower = _way(arm.shoulder, arm.elbow), _way(arm.elbow, arm.wrist)
        yield from _bend(
            f"{name} elbow", upper, lower, cross(skeleton.ribs.side, upper), MAX_ELBOW, ELBOW_TURN
        )


def _way(start: Vec, end: Vec) -> Vec:
    way = minus(end, start)
    return times(way, 1 / max(1e-6, length(way)))


def _bend(name: str, upper: Vec, lower: Vec, fold: Vec, most: float, turn: float) -> Iterator[Fault]:
    """A joint folds one way, and so far; the joint above it may turn that way a little."""
    bent = between(upper, lower)
    if bent > most + 1:
        yield f"{name} bends {bent:.0f} degrees", f"it bends at most {most:.0f}"
    sideways = minus(lower, times(upper, dot(lower, upper)))
    if bent > STRAIGHT and length(fold) > 0.35 and length(sideways) > 0.1:
        off = between(times(fold, 1 / length(fold)), times(sideways, 1 / length(sideways)))
        if off > turn:
            yield (
                f"{name} bends the wrong way by {bent:.0f} degrees",
                "turn the angle of the part below it round",
            )


def _hip(name: str, thigh: Vec, skeleton: Skeleton) -> Iterator[Fault]:
    """A thigh goes far forward and a little back."""
    hips = skeleton.hips
    forward = degrees(atan2(dot(thigh, hips.front), -dot(thigh, hips.up)))
    flat = length((dot(thigh, hips.front), dot(thigh, hips.up), 0.0))
    if flat > 0.5 and -160 < forward < -45:
        yield f"{name} hip bends back by {-forward:.0f} degrees", "a thigh goes back at most 45"


def _ankle(name: str, leg: Leg, shin: Vec) -> Iterator[Fault]:
    foot = _way(leg.heel, leg.toe)
    bent = between(shin, foot)
    if bent > 142:
        yield f"{name} foot is pulled up by {bent - 90:.0f} degrees", "at most 50"


def _missed(view: View, skeleton: Skeleton) -> Iterator[Fault]:
    limbs: list[tuple[str, Arm | Leg]] = [
        *((f"{name} arm", arm) for name, arm in zip(view.sides, skeleton.arms, strict=True)),
        *((f"{name} leg", leg) for name, leg in zip(view.sides, skeleton.legs, strict=True)),
    ]
    for name, limb in limbs:
        if limb.missed > 0.6:
            yield (
                f"{name} misses what it reaches for by {limb.missed:.1f} units (it keeps its length)",
                "move the body or the place it reaches for",
            )


def _floor(figure: Figure, skeleton: Skeleton, flies: bool) -> Iterator[Fault]:
    lowest = 1000.0
    for name, place, radius in skeleton.points(figure.view):
        low = place[1] - radius
        lowest = min(lowest, low)
        if low < -SLACK:
            yield f"{name} is {-low:.1f} units under the floor", "lift it, or the hips"
    props = figure.props
    carried = props.chair is not None or props.bench is not None
    if lowest > SLACK and not flies and not carried:
        yield f"the body is {lowest:.1f} units above the floor", "lower the hips, or give the pose its air"


def _walls(figure: Figure, skeleton: Skeleton) -> Iterator[Fault]:
    wall = figure.props.wall
    for name, place, radius in skeleton.points(figure.view):
        if wall is not None and place[0] + radius > wall + SLACK:
            yield f"{name} is {place[0] + radius - wall:.1f} units inside the wall", "move the wall away"


def gap_of(figure: Figure, skeleton: Skeleton, support: Support) -> float:
    """How much air there is between a part of the body and what it rests on."""
    return min(
        _gap(figure, skeleton, place, radius, support.on)
        for place, radius in _support_points(figure, skeleton, support.part)
    )


def _support_points(figure: Figure, skeleton: Skeleton, part: str) -> list[tuple[Vec, float]]:
    """The places of a part that may be what touches."""
    hips, ribs = skeleton.hips, skeleton.ribs
    if part == "seat":
        return [(skeleton.pelvis, body.R_PELVIS), *((leg.hip, body.R_HIP) for leg in skeleton.legs)]
    if part == "head":
        return [(skeleton.head, body.R_HEAD)]
    if part in ("back", "upper-back"):
        spots = [plus(skeleton.waist, times(ribs.up, share * body.UPPER_TRUNK)) for share in (0.3, 0.6, 0.9)]
        spots += [] if part == "upper-back" else [skeleton.pelvis, plus(skeleton.pelvis, times(hips.up, 6.0))]
        return [(spot, body.R_CHEST) for spot in spots]
    side = figure.view.sides.index(part.partition("-")[0])
    leg, arm = skeleton.legs[side], skeleton.arms[side]
    ends: dict[str, list[tuple[Vec, float]]] = {
        "foot": [(leg.heel, body.R_HEEL), (leg.toe, body.R_TOE)],
        "toes": [(leg.toe, body.R_TOE)],
        "heel": [(leg.heel, body.R_HEEL)],
        "ankle": [(leg.ankle, body.R_ANKLE), (leg.toe, body.R_TOE)],
        "knee": [(leg.knee, body.R_KNEE)],
        "hip": [(leg.hip, body.R_HIP)],
        "shin": _along(leg.knee, leg.ankle, body.R_CALF, body.R_ANKLE),
        "thigh": _along(leg.hip, leg.knee, body.R_THIGH, body.R_KNEE),
        "hand": [(arm.wrist, body.R_WRIST), (arm.fingers, body.R_FINGERS)],
        "wrist": [(arm.wrist, body.R_WRIST)],
        "elbow": [(arm.elbow, body.R_ELBOW)],
        "forearm": [(arm.elbow, body.R_ELBOW), (arm.wrist, body.R_WRIST)],
        "shoulder": [(arm.shoulder, body.R_SHOULDER)],
    }
    return ends[part.partition("-")[2]]


def _along(start: Vec, end: Vec, first: float, last: float) -> list[tuple[Vec, float]]:
    steps = [step / 12 for step in range(13)]
    return [(plus(start, times(minus(end, start), share)), first + (last - first) * share) for share in steps]


def _gap(figure: Figure, skeleton: Skeleton, place: Vec, radius: float, on: str) -> float:
    props = figure.props
    match on:
        case "floor":
            return abs(place[1] - radius)
        case "wall":
            return abs((props.wall if props.wall is not None else 1000.0) - place[0] - radius)
        case "doorway":
            return abs((props.doorway or 1000.0) - abs(place[0]) - radius)
        case "roller":
            x = skeleton.roller if skeleton.roller is not None else 1000.0
            return abs(length((place[0] - x, place[1] - ROLLER, 0.0)) - ROLLER - radius)
        case _:
            middle = props.chair if on == "chair" else props.bench
            if middle is None:
                return 1000.0
            return _seat_gap(place, radius, middle, 10.0 if on == "chair" else 14.0, on == "chair")


def _seat_gap(place: Vec, radius: float, middle: float, half: float, has_back: bool) -> float:
    """To the seat, its edges and its legs, or the back of a chair."""
    aside = max(0.0, abs(place[0] - middle) - half)
    above = place[1] - SEAT
    seat = length((aside, above, 0.0)) - radius
    gaps = [abs(seat) if above > -1 else max(0.0, seat)]
    if has_back:
        height = max(0.0, SEAT - place[1], place[1] - SEAT - 24.0)
        gaps.append(max(0.0, length((place[0] - middle + half, height, 0.0)) - radius - 1.0))
    return min(gaps)
