"""From a pose to where every joint is: the spine, the limbs by angles, then the limbs that reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prehab.figures import body
from prehab.figures.body import Frame3, Hinge, Vec, across, direction, minus, plus, times
from prehab.figures.figure import Chain, Limb, Pose, Props, Reach, View

SEAT = 26.0
"""The height of a chair's and a bench's seat."""
ROLLER = 4.4
"""Half of a roller's thickness."""

Pair = tuple[Vec, Vec]


@dataclass(frozen=True, slots=True)
class Arm:
    """Where one arm is."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    fingers: Vec
    missed: float = 0.0
    """How far it is from what it should reach."""


@dataclass(frozen=True, slots=True)
class Leg:
    """Where one leg is."""

    hip: Vec
    knee: Vec
    ankle: Vec
    heel: Vec
    toe: Vec
    missed: float = 0.0
    """How far it is from what it should reach."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Where every joint of the body is, in units, the floor at height 0."""

    pelvis: Vec
    waist: Vec
    chest: Vec
    neck: Vec
    head: Vec
    hips: Frame3
    """Which way the hips point."""
    ribs: Frame3
    """Which way the chest points."""
    face: Frame3
    """Which way the head points."""
    arms: tuple[Arm, Arm]
    legs: tuple[Leg, Leg]
    roller: float | None = None

    def points(self, view: View) -> Iterator[tuple[str, Vec, float]]:
        """Every named part with its place and its thickness."""
        yield "seat", self.pelvis, body.R_PELVIS
        yield "waist", self.waist, body.R_WAIST
        yield "chest", self.chest, body.R_SHOULDER
        yield "head", self.head, body.R_HEAD
        for side, arm, leg in zip(view.sides, self.arms, self.legs, strict=True):
            yield f"{side}-shoulder", arm.shoulder, body.R_SHOULDER
            yield f"{side}-elbow", arm.elbow, body.R_ELBOW
            yield f"{side}-wrist", arm.wrist, body.R_WRIST
            yield f"{side}-fingers", arm.fingers, body.R_FINGERS
            yield f"{side}-hip", leg.hip, body.R_HIP
            yield f"{side}-knee", leg.knee, body.R_KNEE
            yield f"{side}-ankle", leg.ankle, body.R_ANKLE
            yield f"{side}-heel", leg.heel, body.R_HEEL
            yield f"{side}-toes", leg.toe, body.R_TOE


def solve(pose: Pose, view: View, props: Props) -> Skeleton:
    """Put the body where the pose says: on the floor, or with the hips where they are given."""
    return _Builder(pose, view, props).build()


class _Builder:
    """One pose on its way to a skeleton; the hips begin at the middle and move once their height is known."""

    def __init__(self, pose: Pose, view: View, props: Props) -> None:
        self.pose = pose
        self.view = view
        self.props = props
        self.middle: dict[str, Vec] = {}
        self.sockets: Pair = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
        facing = view is not View.SIDE
        lower, upper = direction(pose.trunk[0]), direction(pose.trunk[1])
        self.hips = body.trunk_frame(lower, facing)
        self.ribs = body.trunk_frame(upper, facing).twisted(pose.twist)
        self.face = body.trunk_frame(direction(pose.head), facing)
        if facing and pose.twist:
            self.face = self.face.twisted(pose.twist)

    def build(self) -> Skeleton:
        pose = self.pose
        pelvis = (pose.hip[0] - self._pinned(), pose.hip[1] if pose.hip[1] is not None else 0.0, 0.0)
        if pose.hip[1] is None and self.view is not View.TOP:
            pelvis = plus(pelvis, (0.0, pose.air - self._lowest(pelvis), 0.0))
        waist, chest, neck, head = self._spine(pelvis)
        self.middle = {"seat": pelvis, "waist": waist, "chest": chest, "neck": neck, "head": head}
        roots = self._hip_joints(pelvis)
        shoulders = self.sockets = self._shoulders(chest)
        legs = self._legs(roots)
        arms = self._arms(shoulders, legs)
        return Skeleton(
            pelvis, waist, chest, neck, head, self.hips, self.ribs, self.face, arms, legs,
            pose.roller if pose.roller is not None else self.props.roller,
        )  # fmt: skip

    def _pinned(self) -> float:
        """How far right of the hips the part of a leg given by angles is that keeps its place."""
        side, _, part = (self.pose.pin or "").partition("-")
        if side not in self.view.sides:
            return 0.0
        index = self.view.sides.index(side)
        chain = self.pose.legs[index]
        if not isinstance(chain, Limb):
            return 0.0
        hip = self._hip_joints((0.0, 0.0, 0.0))[index]
        return _leg_part(self._free_leg(hip, chain), part)[0]

    def _spine(self, pelvis: Vec) -> tuple[Vec, Vec, Vec, Vec]:
        waist = plus(pelvis, times(self.hips.up, body.LOWER_TRUNK))
        chest = plus(waist, times(self.ribs.up, body.UPPER_TRUNK))
        neck = plus(chest, times(direction(self.pose.neck), body.NECK))
        head = plus(plus(neck, times(self.face.up, body.HEAD_RISE)), times(self.face.front, 1.0))
        return waist, chest, neck, head

    def _hip_joints(self, pelvis: Vec) -> Pair:
        aside = times(self.hips.side, body.HIP_HALF)
        return plus(pelvis, aside), minus(pelvis, aside)

    def _shoulders(self, chest: Vec) -> Pair:
        forward, up = self.pose.shoulders
        base = plus(chest, plus(times(self.ribs.front, forward), times(self.ribs.up, up - 1.5)))
        aside = times(self.ribs.side, body.SHOULDER_HALF)
        return plus(base, aside), minus(base, aside)

    def _lowest(self, pelvis: Vec) -> float:
        """How low the parts that do not reach come; what reaches waits for this."""
        _, chest, _, _ = self._spine(pelvis)
        low = [pelvis[1] - body.R_PELVIS]
        for shoulder, arm in zip(self._shoulders(chest), self.pose.arms, strict=True):
            low.append(shoulder[1] - body.R_SHOULDER)
            if isinstance(arm, Limb):
                placed = _free_arm(shoulder, arm)
                low += [placed.elbow[1] - body.R_ELBOW, placed.wrist[1] - body.R_WRIST]
        for hip, leg in zip(self._hip_joints(pelvis), self.pose.legs, strict=True):
            if isinstance(leg, Limb):
                free = self._free_leg(hip, leg)
                low += [
                    free.knee[1] - body.R_KNEE, free.ankle[1] - body.R_ANKLE,
                    free.heel[1] - body.R_HEEL, free.toe[1] - body.R_TOE,
                ]  # fmt: skip
        return min(low)

    def _legs(self, roots: Pair) -> tuple[Leg, Leg]:
        """Legs that lean on nothing of the other leg come first."""
        legs: dict[int, Leg] = {}
        for side in sorted((0, 1), key=lambda index: _on_body(self.pose.legs[index])):
            chain = self.pose.legs[side]
            if isinstance(chain, Limb):
                legs[side] = self._free_leg(roots[side], chain)
            else:
                legs[side] = self._reaching_leg(side, roots, chain, legs)
        return legs[0], legs[1]

    def _free_leg(self, hip: Vec, chain: Limb) -> Leg:
        thigh, shin, foot = direction(chain.upper), direction(chain.lower), direction(chain.end)
        knee = plus(hip, times(thigh, body.THIGH))
        ankle = plus(knee, times(shin, body.SHIN))
        spare = body.cross(foot, self.hips.side)
        heel, toe = _foot(ankle, foot, across(shin, foot, spare))
        return Leg(hip, knee, ankle, heel, toe)

    def _reaching_leg(self, side: int, roots: Pair, chain: Reach, done: dict[int, Leg]) -> Leg:
        hip = roots[side]
        foot = direction(chain.end) if chain.end is not None else self.hips.front
        under = body.cross(foot, self.hips.side)
        sole = across(under if body.length(under) > 0.3 else (0.0, -1.0, 0.0), foot, (0.0, -1.0, 0.0))
        place = self._place(chain, hip[2], done, {})
        if _on_body(chain):
            ankle = place
        elif chain.heel:
            touch = plus(times(sole, body.ANKLE_HEIGHT - body.R_HEEL), times(foot, -body.HEEL))
            ankle = minus(plus(place, (0.0, body.R_HEEL, 0.0)), touch)
        else:
            touch = plus(times(sole, body.ANKLE_HEIGHT - body.R_TOE), times(foot, body.TOE - body.R_TOE))
            ankle = minus(plus(place, (0.0, body.R_TOE, 0.0)), touch)
        hinge = Hinge(self.hips.side, forward=False)
        turn = chain.turn if side == 0 else -chain.turn
        thigh, shin, missed = body.reach(hip, ankle, body.THIGH, body.SHIN, hinge, turn, self.hips.front)
        knee = plus(hip, times(thigh, body.THIGH))
        ankle = plus(knee, times(shin, body.SHIN))
        if _on_body(chain):
            foot = (
                direction(chain.end) if chain.end is not None else across(self.hips.front, shin, self.hips.up)
            )
            sole = across(shin, foot, body.cross(foot, self.hips.side))
        heel, toe = _foot(ankle, foot, sole)
        return Leg(hip, knee, ankle, heel, toe, missed)

    def _arms(self, shoulders: Pair, legs: tuple[Leg, Leg]) -> tuple[Arm, Arm]:
        """Arms that hold nothing of the other arm come first."""
        arms: dict[int, Arm] = {}
        done = {0: legs[0], 1: legs[1]}
        for side in sorted((0, 1), key=lambda index: _on_arm(self.pose.arms[index])):
            chain = self.pose.arms[side]
            if isinstance(chain, Limb):
                arms[side] = _free_arm(shoulders[side], chain)
            else:
                arms[side] = self._reaching_arm(side, shoulders[side], chain, done, arms)
        return arms[0], arms[1]

    def _reaching_arm(
        self, side: int, shoulder: Vec, chain: Reach, legs: dict[int, Leg], arms: dict[int, Arm]
    ) -> Arm:
        place = self._place(chain, shoulder[2], legs, arms)
        hinge = Hinge(self.ribs.side, forward=True)
        turn = -chain.turn if side == 0 else chain.turn
        spare = times(self.ribs.up, -1)
        upper, lower, missed = body.reach(shoulder, place, body.UPPER_ARM, body.FOREARM, hinge, turn, spare)
        elbow = plus(shoulder, times(upper, body.UPPER_ARM))
        wrist = plus(elbow, times(lower, body.FOREARM))
        hand = direction(chain.end) if chain.end is not None else lower
        return Arm(shoulder, elbow, wrist, plus(wrist, times(hand, body.HAND)), missed)

    def _place(self, chain: Reach, depth: float, legs: dict[int, Leg], arms: dict[int, Arm]) -> Vec:
        """Where the end of a reaching limb goes."""
        out = chain.out if chain.out is not None else depth
        along, up = chain.at
        thick = body.R_WRIST
        match chain.on:
            case "wall":
                return ((self.props.wall or 0.0) - thick, up, out)
            case "doorway":
                edge = (self.props.doorway or 0.0) - thick
                return (-edge if along < 0 else edge, up, out)
            case "chair" | "bench":
                seat = self.props.chair if chain.on == "chair" else self.props.bench
                return ((seat or 0.0) + along, SEAT + thick + up, out)
            case "air":
                return (along, up, out)
            case "floor":
                is_hand = bool(legs) and chain in self.pose.arms
                return (along, up + (thick if is_hand else 0.0), out)
        place = self._part(chain.on, legs, arms)
        shift = 0.0 if chain.out is None else chain.out
        return plus(place, (along, up, shift))

    def _part(self, name: str, legs: dict[int, Leg], arms: dict[int, Arm]) -> Vec:
        """A part of the body that is already placed; the loader refuses names that are not."""
        head, _, part = name.partition("-")
        if head in self.view.sides:
            side = self.view.sides.index(head)
            leg, arm = legs.get(side), arms.get(side)
            if leg is not None and part in LEG_PARTS:
                return _leg_part(leg, part)
            if part == "shoulder":
                return self.sockets[side]
            if arm is not None and part in ARM_PARTS:
                return arm.elbow if part == "elbow" else arm.wrist
        return self.middle.get(name, self.middle["seat"])


LEG_PARTS = ("hip", "thigh", "knee", "shin", "ankle", "heel", "toes")
"""The parts of a leg that a hand or the other foot may be put on."""
ARM_PARTS = ("shoulder", "elbow", "wrist")
"""The parts of an arm that the other hand may be put on."""


def _leg_part(leg: Leg, part: str) -> Vec:
    match part:
        case "hip":
            return leg.hip
        case "thigh":
            return times(plus(leg.hip, leg.knee), 0.5)
        case "shin":
            return times(plus(leg.knee, leg.ankle), 0.5)
        case "knee":
            return leg.knee
        case "heel":
            return leg.heel
        case "toes":
            return leg.toe
        case _:
            return leg.ankle


def _on_body(chain: Chain) -> bool:
    return isinstance(chain, Reach) and "-" in chain.on


def _on_arm(chain: Chain) -> bool:
    return isinstance(chain, Reach) and chain.on.partition("-")[2] in ARM_PARTS


def _free_arm(shoulder: Vec, chain: Limb) -> Arm:
    elbow = plus(shoulder, times(direction(chain.upper), body.UPPER_ARM))
    wrist = plus(elbow, times(direction(chain.lower), body.FOREARM))
    return Arm(shoulder, elbow, wrist, plus(wrist, times(direction(chain.end), body.HAND)))


def _foot(ankle: Vec, foot: Vec, sole: Vec) -> Pair:
    """The heel and the tip of the toes of a foot that points along `foot`, its sole turned to `sole`."""
    heel = plus(ankle, plus(times(sole, body.ANKLE_HEIGHT - body.R_HEEL), times(foot, -body.HEEL)))
    toe = plus(ankle, plus(times(sole, body.ANKLE_HEIGHT - body.R_TOE), times(foot, body.TOE - body.R_TOE)))
    return heel, toe
