"""Figure files: what is right is drawn, what is wrong is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.figures.draw import draw
from prehab.figures.figure import Crop, Ease, Figure, Limb, Reach, Support, View
from prehab.figures.loader import TOP, load, read
from prehab.figures.poses import POSE_KEYS
from prehab.formats.problems import Problem

STAND = """format = 1
name = "Stand"
view = "side"

[pose]
start = { trunk = 2, arms = [176, 172] }
"""
FRONT = STAND.replace("side", "front").replace("trunk = 2, arms = [176, 172]", "trunk = 0")


def right(text: str) -> Figure:
    loaded = read(text, "mine", "mine.toml")
    assert loaded.problems == ()
    assert loaded.figure is not None
    return loaded.figure


def wrong(text: str) -> Problem:
    loaded = read(text, "mine", "mine.toml")
    assert loaded.figure is None
    return loaded.problems[0]


def with_pose(pose: str, top: str = "") -> str:
    return f'format = 1\nname = "Mine"\n{top}\n[pose]\nstart = {{ {pose} }}\n'


def test_a_few_angles_make_a_figure() -> None:
    figure = right(STAND)
    assert figure.view is View.SIDE
    assert not figure.moves
    assert figure.poses["start"].trunk == ((2.0, 0.0), (2.0, 0.0))
    assert figure.poses["start"].arms[0] == Limb((176.0, 0.0), (172.0, 0.0), (172.0, 0.0))


def test_neck_and_head_go_on_with_the_trunk() -> None:
    pose = right(with_pose("trunk = [10, 30]")).poses["start"]
    assert pose.neck == pose.head == (30.0, 0.0)


def test_from_the_side_the_right_is_near_and_from_the_front_left_is_left() -> None:
    assert right(STAND).shows is Side.RIGHT
    assert right(FRONT).shows is Side.LEFT
    assert right('shows = "left"\n' + STAND).shows is Side.LEFT


def test_from_the_front_the_same_angle_goes_outward_on_both_sides() -> None:
    pose = right(with_pose("arms = [90, 80]", 'view = "front"')).poses["start"]
    left, right_arm = pose.arms
    assert isinstance(left, Limb)
    assert isinstance(right_arm, Limb)
    assert left.upper == (-90.0, 0.0)
    assert right_arm.upper == (90.0, 0.0)


def test_a_pose_begins_with_another_and_changes_a_few_joints() -> None:
    text = (
        STAND
        + 'lift = { from = "start", near-leg = [90, 180, 90] }\nother = { from = "lift", swap = true }\n'
    )
    figure = right(text + '[motion]\ncycle = 2\nkeys = [["lift", 0], ["other", 1, "linear"]]\n')
    start, lift, other = (figure.poses[name] for name in ("start", "lift", "other"))
    assert lift.arms == start.arms
    assert lift.legs[1] == start.legs[1]
    assert other.legs == (lift.legs[1], lift.legs[0])
    assert figure.motion.keys[1].ease is Ease.LINEAR
    assert figure.motion.cycle == Millis(2000)


def test_a_hand_may_be_put_on_a_wall_and_a_foot_on_the_floor() -> None:
    figure = right(
        with_pose(
            'hip = [0, 49], trunk = 5, arms = { on = "wall", at = 66 }, legs = { on = "floor", at = 8 }',
            'wall = 26\nsupports = ["hands on wall", "feet on floor"]',
        )
    )
    assert figure.poses["start"].arms[0] == Reach("wall", (1.0, 66.0), (0.0, 0.0))
    assert Support("far-hand", "wall") in figure.supports


def test_words_for_both_sides_mean_each() -> None:
    assert right('works = ["calves", "neck"]\n' + STAND).works == ("near-calf", "far-calf", "neck")
    assert right('crop = "upper"\n' + STAND).crop is Crop.UPPER


MISTAKES = [
    ("", 1, "format: must be 1", "begin the file with format = 1"),
    (STAND.replace("1\n", "2\n", 1), 1, "format: must be 1", ""),
    (STAND + "[motoin]\n", 7, "motoin: no such key", "did you mean 'motion'?"),
    (STAND.replace('"side"', '"sidewards"'), 3, "view: can't be 'sidewards'", "one of side, front, top"),
    (STAND.replace("trunk", "trunck"), 6, "pose.start.trunck: no such key", "did you mean 'trunk'?"),
    (STAND.replace("= 2", "= true"), 6, "pose.start.trunk: must be a number, not true", ""),
    (STAND.replace("= 2", "= inf"), 6, "pose.start.trunk: must be a number, not inf", ""),
    (STAND.replace("= 2", "= 5000"), 6, "pose.start.trunk: is 5000", "between -1080 and 1080"),
    (STAND.replace("[176, 172]", "[176]"), 6, "pose.start.arms: must be two or three angles", ""),
    (
        STAND + 'up = { from = "strat" }\n[motion]\nkeys = [["up", 0]]',
        7,
        "pose.up.from: no such pose before this one: 'strat'",
        "start",
    ),
    (STAND + "up = { trunk = 9 }", 5, "pose: has 2 poses and no [motion]", "say when each comes"),
    (
        'works = ["near-claf"]\n' + STAND,
        1,
        "works[1]: no such muscle: 'near-claf'",
        "did you mean 'near-calf'?",
    ),
    ('supports = ["near-foot"]\n' + STAND, 1, "supports[1]: must say what is on what", ""),
    ('supports = ["near-foto on floor"]\n' + STAND, 1, "supports[1]: no such part: 'near-foto'", "near-foot"),
    ('strap = ["near-nose"]\n' + STAND, 1, "strap[1]: no such part: 'near-nose'", "near-wrist"),
    (STAND + '[motion]\nkeys = [["start", 0], ["strat", 1]]', 8, "motion.keys[2]: no such pose: 'strat'", ""),
    (STAND + '[motion]\nkeys = [["start", 1]]', 8, "motion.keys[1]: begins at 1", "the first key is at 0"),
    (STAND + '[motion]\ncycle = 2\nkeys = [["start", 0], ["start", 3]]', 8, "motion.cycle: ends at 2", ""),
    (STAND + '[motion]\nkeys = [["start", 0], ["start", 0]]', 8, "motion.keys[2]: comes no later", ""),
    (STAND + '[motion]\nstill = "up"\nkeys = [["start", 0]]', 8, "motion.still: no such pose: 'up'", "start"),
    (
        with_pose('near-arm = { on = "wal", at = 3 }'),
        5,
        "pose.start.near-arm.on: nothing to reach for: 'wal'",
        "did you mean 'wall'?",
    ),
    (with_pose('near-arm = { on = "floor" }'), 5, "pose.start.near-arm: must say where", "at = 30"),
    (STAND.replace('"Stand"', '"Sta\\u001bnd"'), 2, "name: can't hold control characters", ""),
    ('format = 1\nname = "Nothing"\n', 1, "pose: has no pose", "write [pose]"),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), MISTAKES, ids=[row[2] for row in MISTAKES])
def test_a_mistake_is_named_with_its_line_and_the_way_out(
    text: str, line: int, message: str, hint: str
) -> None:
    problem = wrong(text)
    assert problem.line == line
    assert f"{problem.key}: {problem.message}".startswith(message)
    assert hint in problem.hint


def test_every_mistake_is_told_at_once() -> None:
    loaded = read(STAND.replace("trunk", "trunck").replace("side", "sied"), "mine", "mine.toml")
    assert [problem.line for problem in loaded.problems] == [3, 6]


def test_broken_toml_is_a_problem_with_its_place() -> None:
    problem = wrong("format = 1\nname = \n")
    assert (problem.line, problem.key) == (2, "")


def test_a_file_that_is_none_is_a_problem(tmp_path: Path) -> None:
    assert load(tmp_path).problems[0].message == "is a folder"
    assert load(tmp_path / "absent.toml").figure is None


@given(st.text(max_size=200))
@example("\x00")
@example("x = " + "[" * 2000)
@example("x = " + "1" * 5000)
@example("format = 1\npose = 3")
@example("[pose]\nstart = 3\n[motion]\nkeys = 4")
@example('[pose.start]\narms = {on = "wall", at = []}\n[motion]\nkeys = [[["a"], 1]]')
@example("[pose.start]\nlegs = {on = 3, at = {}}\n[motion]\nkeys = [1]")
@example("motion = 1\npose = {a = {trunk = [[1], 2], hip = [1, 2, 3]}}")
def test_any_text_gives_a_figure_or_problems_and_never_an_error(text: str) -> None:
    loaded = read(text, "any", "any.toml")
    assert loaded.figure is not None or loaded.problems
    assert all(problem.line >= 1 for problem in loaded.problems)


LEAVES = st.one_of(
    st.booleans(),
    st.integers(-1000, 1000),
    st.floats(-500, 500),
    st.sampled_from(["start", "side", "front", "floor", "wall", "near-knee", "left", "upper", "x"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["on", "at", "hand"]), inner),
    max_leaves=6,
)
LIMBS = [f"{side}-{limb}" for side in ("near", "far", "left", "right") for limb in ("arm", "leg")]
POSES = st.dictionaries(st.sampled_from([*POSE_KEYS, *LIMBS]), VALUES, max_size=5)
TABLES = st.fixed_dictionaries(
    {"format": st.just(1), "name": st.just("Any"), "pose": st.dictionaries(st.sampled_from("ab"), POSES)},
    optional={key: VALUES for key in TOP if key not in ("format", "name", "pose")},
)


@settings(max_examples=150)
@given(TABLES)
def test_any_values_under_known_keys_give_a_figure_or_problems(tables: dict[str, object]) -> None:
    loaded = read(tomlkit.dumps(tables), "any", "any.toml")
    assert loaded.figure is not None or loaded.problems
    if loaded.figure is not None:
        assert draw(loaded.figure, 300, 20, 8) is not None
