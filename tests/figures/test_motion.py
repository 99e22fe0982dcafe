"""Which pose when: a pure function of milliseconds, cut into few pictures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures.strategies import figures

from prehab.domain.duration import Millis
from prehab.figures.animation import Animation, still, telling_ms
from prehab.figures.check import gap_of
from prehab.figures.draw import draw
from prehab.figures.figure import Figure
from prehab.figures.library import Library
from prehab.figures.motion import BREATH, breath_at, cycle_of, key_times, skeleton_at

LIBRARY = Library()


def bundled(name: str) -> Figure:
    found = LIBRARY.find(name)
    assert found is not None
    return found


@settings(max_examples=40)
@given(figures(), st.integers(0, 60_000))
def test_a_cycle_later_the_body_is_in_the_same_place(figure: Figure, ms: int) -> None:
    assert skeleton_at(figure, ms) == skeleton_at(figure, ms + cycle_of(figure))


@settings(max_examples=40)
@given(figures(), st.none() | st.integers(500, 12_000))
def test_the_keys_come_in_order_and_fill_the_cycle(figure: Figure, beat: int | None) -> None:
    cycle = cycle_of(figure, None if beat is None else Millis(beat))
    times = key_times(figure, cycle)
    assert times[0] == 0
    assert list(times) == sorted(times)
    if figure.moves:
        assert times[-1] == pytest.approx(cycle, abs=1)


def test_a_longer_beat_makes_the_stay_longer_and_not_the_move() -> None:
    figure = bundled("bird-dog")
    own, longer = key_times(figure, Millis(7000)), key_times(figure, Millis(12_000))
    assert longer[1] == own[1], "reaching takes as long"
    assert longer[2] - longer[1] == own[2] - own[1] + 5000
    assert longer[3] - longer[2] == own[3] - own[2]


def test_two_beats_make_one_cycle_where_the_figure_says_so() -> None:
    assert cycle_of(bundled("dead-bug"), Millis(4000)) == 8000
    assert cycle_of(bundled("roll-calves"), Millis(3000)) == 6000


def test_planted_hands_and_feet_stay_planted_on_the_way() -> None:
    figure = bundled("knee-bends")
    for ms in range(0, 3000, 100):
        skeleton = skeleton_at(figure, ms)
        assert all(gap_of(figure, skeleton, support) < 0.5 for support in figure.supports)
        assert skeleton.legs[0].toe[0] == pytest.approx(8.5 - 1.2 + 1.2, abs=0.6)


@given(st.integers(0, 100_000))
def test_breath_goes_in_and_out_without_a_jump(ms: int) -> None:
    assert 0 <= breath_at(ms) <= 1
    assert abs(breath_at(ms) - breath_at(ms + 20)) < 0.05


@settings(max_examples=20)
@given(figures(), st.integers(0, 40_000))
def test_an_animation_shows_what_drawing_shows(figure: Figure, ms: int) -> None:
    animation = Animation(figure, 20, 8)
    frame = animation.frame_at(ms)
    assert frame is animation.frame_at(ms), "the same moment is the same object"
    index = animation.index_at(ms)
    start = -(-index * cycle_of(figure) // len(animation.frames()))
    assert animation.index_at(start) == index
    assert frame in animation.frames()


@pytest.mark.parametrize("name", ["walk", "easy-jog", "bird-dog", "front-plank", "knee-rolls"])
def test_a_move_has_at_most_eight_pictures_a_second_and_a_breath_two(name: str) -> None:
    figure = bundled(name)
    animation = Animation(figure, 16, 7)
    a_second = 1000 / animation.step
    assert a_second <= (8.6 if figure.moves else 2)
    changes = sum(
        animation.frame_at(ms) is not animation.frame_at(ms + 50) for ms in range(0, cycle_of(figure), 50)
    )
    assert changes <= 8.6 * cycle_of(figure) / 1000 + 1


def test_a_hold_breathes_and_is_otherwise_still() -> None:
    figure = bundled("front-plank")
    pictures = {frame.rows for frame in Animation(figure, 60, 20).frames()}
    assert 2 <= len(pictures) <= BREATH // 500


def test_a_move_looks_different_at_its_keys() -> None:
    for name in LIBRARY.names():
        figure = bundled(name)
        if figure.moves:
            poses = {key.pose: draw(figure, key.at, 34, 12) for key in figure.motion.keys}
            assert len({frame.rows for frame in poses.values() if frame is not None}) > 1, name


def test_a_still_picture_shows_the_pose_that_says_most() -> None:
    figure = bundled("bird-dog")
    assert telling_ms(figure) == 1200
    assert still(figure, 34, 12) == draw(figure, 1200, 34, 12)
    assert still(figure, 10, 5) is None


def test_too_small_a_room_has_no_pictures() -> None:
    animation = Animation(bundled("walk"), 15, 20)
    assert animation.frames() == ()
    assert animation.frame_at(0) is None
