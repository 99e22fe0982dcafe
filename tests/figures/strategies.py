"""Bodies in any pose a file could ask for, checked or not, and figures of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.figures.body import Angle
from prehab.figures.figure import (
    Chain,
    Crop,
    Ease,
    Figure,
    Key,
    Limb,
    Motion,
    Pose,
    Props,
    Reach,
    View,
)
from prehab.figures.rig import LEG_PARTS
from prehab.figures.silhouette import MIDDLE, MUSCLES

POSE_NAMES = ("start", "up", "out")

turns = st.floats(-720, 720, allow_nan=False)
outs = st.floats(-90, 90, allow_nan=False)
spots = st.floats(-120, 120, allow_nan=False)
angles: st.SearchStrategy[Angle] = st.tuples(turns, st.one_of(st.just(0.0), outs))
limbs = st.builds(Limb, angles, angles, angles)


def reaches(view: View, is_arm: bool) -> st.SearchStrategy[Reach]:
    """A limb that reaches for anything a file may name."""
    parts = [f"{side}-{part}" for side in view.sides for part in LEG_PARTS] if is_arm else []
    return st.builds(
        Reach,
        on=st.sampled_from(["floor", "wall", "chair", "bench", "doorway", "air", *parts]),
        at=st.tuples(spots, spots),
        end=st.none() | angles,
        turn=st.floats(-180, 180),
        out=st.none() | st.floats(-60, 60),
        heel=st.booleans(),
    )


def chains(view: View, is_arm: bool) -> st.SearchStrategy[Chain]:
    return limbs | reaches(view, is_arm)


@cache
def poses(view: View) -> st.SearchStrategy[Pose]:
    """Any pose, most of them beyond what a body can do."""
    arm, leg = chains(view, True), chains(view, False)
    return st.builds(
        Pose,
        trunk=st.tuples(angles, angles),
        neck=angles,
        head=angles,
        twist=st.floats(-90, 90),
        shoulders=st.tuples(st.floats(-6, 6), st.floats(-6, 6)),
        arms=st.tuples(arm, arm),
        legs=st.tuples(leg, leg),
        hip=st.tuples(spots, st.none() | st.floats(0, 80)),
        air=st.floats(0, 30),
        roller=st.none() | spots,
    )


def figures() -> st.SearchStrategy[Figure]:
    """Any figure that could be drawn."""
    return _ANY


@st.composite
def _figures(draw: st.DrawFn) -> Figure:
    view = draw(st.sampled_from(View))
    names = POSE_NAMES[: draw(st.integers(1, 3))]
    gaps = draw(st.lists(st.integers(50, 3000), min_size=len(names), max_size=len(names)))
    times = [sum(gaps[:index]) for index in range(len(names))]
    keys = tuple(
        Key(name, Millis(at), draw(st.sampled_from(Ease))) for name, at in zip(names, times, strict=True)
    )
    sided = [f"{side}-{name}" for name in MUSCLES if name not in MIDDLE for side in view.sides]
    place = st.none() | spots
    return Figure(
        name="any",
        title="Any",
        view=view,
        poses={name: draw(poses(view)) for name in names},
        motion=Motion(keys, Millis(sum(gaps)), draw(st.integers(1, 3))),
        works=tuple(draw(st.lists(st.sampled_from([*sided, *MIDDLE]), max_size=4))),
        props=Props(
            draw(place),
            draw(st.booleans()),
            draw(place),
            draw(place),
            draw(place),
            draw(st.none() | st.floats(10, 60)),
            draw(st.sampled_from([(), (f"{view.sides[0]}-wrist", f"{view.sides[1]}-toes")])),
        ),
        shows=draw(st.sampled_from(Side)),
        turn=draw(st.floats(-60, 60)),
        crop=draw(st.sampled_from(Crop)),
    )


_ANY = _figures()


def turned_round(figure: Figure) -> Figure:
    """The same figure, written for the other side."""
    return replace(figure, shows=Side.LEFT if figure.shows is Side.RIGHT else Side.RIGHT)
