"""A check that knows bodies: what nobody can do is refused, in words and with its pose."""

from __future__ import annotations

import pytest

from prehab.figures.loader import read

FLOOR = 'supports = ["far-foot on floor"]'


def complaints(pose: str, top: str = "", motion: str = "") -> list[str]:
    text = f'format = 1\nname = "Mine"\n{top}\n[pose]\nstart = {{ {pose} }}\n{motion}'
    loaded = read(text, "mine", "mine.toml")
    assert (loaded.figure is None) is any(problem.is_error for problem in loaded.problems)
    return [problem.message for problem in loaded.problems]


IMPOSSIBLE = [
    ("near-leg = [180, 100, 20]", "", "near knee bends the wrong way by 80 degrees"),
    ("near-arm = [180, 250, 250]", "", "near elbow bends the wrong way by 70 degrees"),
    ("near-leg = [180, 358, 270]", "", "near knee bends 178 degrees"),
    ("near-leg = [250, 260, 180]", "", "near hip bends back by 70 degrees"),
    ("near-leg = [180, 180, 20]", "", "near foot is pulled up by 68 degrees"),
    ("hip = 40", "", "near-ankle is 9.1 units under the floor"),
    ("hip = 80", "", "the body is 29.0 units above the floor"),
    ('near-arm = { on = "wall", at = 70 }', "wall = 60", "near arm misses what it reaches for by 29.8"),
    ('near-arm = { on = "wall", at = 70 }', "", "there is no wall"),
    ("arms = [90, 90]", "wall = 20", "near-wrist is 1"),
    ("trunk = 2", 'wall = 40\nsupports = ["near-hand on wall"]', "near-hand is 3"),
    ("near-leg = [120, 200, 120]", 'supports = ["near-foot on floor"]', "near-foot is "),
    ("trunk = 2", 'supports = ["back on roller"]', "there is no roller"),
    ("trunk = 2", 'roller = 30\nsupports = ["back on roller"]', "back is "),
    ("trunk = 2", 'chair = 0\nsupports = ["seat on chair"]', "seat is "),
]


@pytest.mark.parametrize(("pose", "top", "message"), IMPOSSIBLE, ids=[row[2] for row in IMPOSSIBLE])
def test_what_no_body_does_is_refused(pose: str, top: str, message: str) -> None:
    found = complaints(pose, top)
    assert any(complaint.startswith(message) for complaint in found), found


def test_standing_up_straight_is_fine() -> None:
    assert complaints("trunk = 0", FLOOR) == []


def test_a_hop_says_that_it_is_in_the_air() -> None:
    assert complaints("air = 6") == []
    assert complaints("hip = 57") == ["the body is 6.0 units above the floor"]


def test_what_happens_between_two_right_poses_is_looked_at_as_well() -> None:
    motion = (
        'back = { from = "start", near-leg = [210, 210, 170] }\n'
        '[motion]\ncycle = 2\nkeys = [["start", 0], ["back", 1]]\n'
    )
    found = complaints("near-leg = [150, 150, 150]", FLOOR, motion)
    assert found
    assert all(complaint.startswith("on the way from ") for complaint in found), found
    assert any("far-foot is 5" in complaint for complaint in found), found


def test_lying_on_the_back_from_above_needs_no_floor() -> None:
    assert complaints("arms = [98, 92]", 'view = "top"\nmat = true') == []


def test_a_problem_stands_at_its_pose() -> None:
    text = 'format = 1\nname = "Mine"\n[pose]\nfine = { trunk = 0 }\nbad = { near-leg = [180, 100, 20] }\n'
    loaded = read(text + '[motion]\nkeys = [["fine", 0], ["bad", 1]]\n', "mine", "mine.toml")
    assert (loaded.problems[0].key, loaded.problems[0].line) == ("pose.bad", 5)
    assert "turn the angle" in loaded.problems[0].hint
