"""Clips of any rate, as frames of the stream."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audio.scenes import clip, wavy

from prehab.audio.clips import RATE
from prehab.audio.samples import mixed, part

RATES = (8_000, 11_025, 16_000, 22_050, 24_000, 44_100, RATE)


@given(st.sampled_from(RATES), st.data())
def test_a_clip_is_the_same_in_one_piece_and_in_many(rate: int, data: st.DataObject) -> None:
    sound = wavy(40, rate)
    cuts = sorted(data.draw(st.lists(st.integers(1, sound.frames - 1), unique=True, max_size=12)))
    edges = [0, *cuts, sound.frames]
    pieces = [part(sound, first, last) for first, last in pairwise(edges)]
    assert [value for piece in pieces for value in piece] == part(sound, 0, sound.frames)


@pytest.mark.parametrize("rate", RATES)
def test_a_straight_line_stays_one_and_takes_as_long(rate: int) -> None:
    sound = clip(range(0, 10_000, 100), rate)
    out = part(sound, 0, sound.frames)
    assert len(out) == sound.frames
    for frame, value in enumerate(out[: -RATE // rate - 1]):
        assert value == pytest.approx(frame * rate / RATE * 100, abs=1)


def test_sixteen_kilohertz_are_joined_by_thirds() -> None:
    assert part(clip([0, 300, 600, 0], 16_000), 0, 12) == [0, 100, 200, 300, 400, 500, 600, 400, 200, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 20), st.lists(st.integers(-9, 9), max_size=10)), max_size=5))
def test_mixing_is_adding(parts: list[tuple[int, list[int]]]) -> None:
    expected = [0] * 30
    for at, samples in parts:
        for n, sample in enumerate(samples):
            expected[at + n] += sample
    assert mixed(30, parts) == expected
