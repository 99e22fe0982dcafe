"""One body: limbs keep their length whatever they do, and reach what is in reach."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.strategies import figures

from prehab.figures import body
from prehab.figures.body import Hinge, length, minus
from prehab.figures.figure import Figure, swapped
from prehab.figures.motion import skeleton_at
from prehab.figures.rig import Skeleton


def lengths(skeleton: Skeleton) -> list[float]:
    """Every length that never changes."""
    pairs = [
        (skeleton.pelvis, skeleton.waist),
        (skeleton.waist, skeleton.chest),
        (skeleton.chest, skeleton.neck),
    ]
    for arm in skeleton.arms:
        pairs += [(arm.shoulder, arm.elbow), (arm.elbow, arm.wrist), (arm.wrist, arm.fingers)]
    for leg in skeleton.legs:
        pairs += [(leg.hip, leg.knee), (leg.knee, leg.ankle), (leg.heel, leg.toe)]
    pairs += [
        (skeleton.legs[0].hip, skeleton.legs[1].hip),
        (skeleton.arms[0].shoulder, skeleton.arms[1].shoulder),
    ]
    return [length(minus(end, start)) for start, end in pairs]


ONE_BODY = [
    body.LOWER_TRUNK, body.UPPER_TRUNK, body.NECK,
    *2 * [body.UPPER_ARM, body.FOREARM, body.HAND],
    *2 * [body.THIGH, body.SHIN, length((body.HEEL + body.TOE - body.R_TOE, body.R_HEEL - body.R_TOE, 0))],
    2 * body.HIP_HALF, 2 * body.SHOULDER_HALF,
]  # fmt: skip


@settings(max_examples=50)
@given(figures(), st.integers(0, 20_000))
def test_every_pose_is_of_the_same_body(figure: Figure, ms: int) -> None:
    assert lengths(skeleton_at(figure, ms)) == pytest.approx(ONE_BODY, abs=1e-6)


@given(st.tuples(*[st.floats(-60, 60)] * 3), st.booleans(), st.floats(-180, 180))
def test_a_limb_meets_what_is_in_reach_and_tells_by_how_much_it_misses(
    target: tuple[float, float, float], forward: bool, turn: float
) -> None:
    hinge = Hinge((0.0, 0.0, 1.0), forward)
    upper, lower, missed = body.reach((0.0, 0.0, 0.0), target, 24.0, 23.0, hinge, turn, (1.0, 0.0, 0.0))
    end = body.plus(body.times(upper, 24.0), body.times(lower, 23.0))
    assert length(upper) == pytest.approx(1)
    assert length(lower) == pytest.approx(1)
    assert length(minus(end, target)) == pytest.approx(missed, abs=0.2)
    assert (missed == 0) == (1.4 <= length(target) <= 47.08)


def test_a_knee_bends_back_and_an_elbow_forward() -> None:
    down = (0.0, -30.0, 0.0)
    knee = body.reach((0.0, 0.0, 0.0), down, 24.0, 23.0, Hinge((0.0, 0.0, 1.0), False), 0.0, (1.0, 0.0, 0.0))
    elbow = body.reach((0.0, 0.0, 0.0), down, 24.0, 23.0, Hinge((0.0, 0.0, 1.0), True), 0.0, (1.0, 0.0, 0.0))
    assert knee[0][0] > 0, "the knee goes ahead of a body that faces right"
    assert elbow[0][0] < 0, "the elbow goes behind it"


@settings(max_examples=40)
@given(figures())
def test_swapping_the_sides_twice_changes_nothing(figure: Figure) -> None:
    pose = figure.poses["start"]
    assert swapped(swapped(pose, figure.view), figure.view) == pose
