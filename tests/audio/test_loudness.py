"""A raw sentence is made fit to be played: no silence round it, as loud as the next, never clipped."""

from __future__ import annotations

from array import array
from itertools import pairwise
from math import pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prehab.audio.loudness import CEILING, SPEECH_LEVEL, amplify, fade, loudness, peak, polish, trim

RATE = 16_000


def tone(seconds: float, height: int, rate: int = RATE) -> array[int]:
    return array("h", (int(height * sin(2 * pi * 220 * n / rate)) for n in range(int(seconds * rate))))


def silence(seconds: float, rate: int = RATE) -> array[int]:
    return array("h", bytes(2 * int(seconds * rate)))


def test_silence_before_and_after_is_cut() -> None:
    trimmed = trim(silence(0.3) + tone(1, 8000) + silence(0.6), RATE)
    assert 1.04 < len(trimmed) / RATE < 1.06


def test_a_pause_inside_a_sentence_stays() -> None:
    spoken = tone(0.5, 8000) + silence(0.4) + tone(0.5, 8000)
    assert len(trim(spoken, RATE)) >= len(spoken)


def test_a_word_on_the_beat_begins_with_the_clip() -> None:
    counted = polish(silence(0.3) + tone(0.4, 8000) + silence(0.6), RATE, on_the_beat=True)
    onset = next(place for place, sample in enumerate(counted) if abs(sample) > 1000)
    assert onset / RATE < 0.004


@pytest.mark.parametrize(
    "raw", [array("h"), silence(1), array("h", [90, -90] * 400)], ids=["none", "zero", "noise"]
)
def test_silence_comes_out_empty(raw: array[int]) -> None:
    assert polish(raw, RATE) == array("h")


@pytest.mark.parametrize("height", [1200, 5000, 15_000, 32_767])
def test_quiet_and_loud_sentences_come_out_equally_loud(height: int) -> None:
    polished = polish(silence(0.2) + tone(1, height) + silence(0.2), RATE)
    assert loudness(polished, RATE) == pytest.approx(SPEECH_LEVEL, rel=0.05)


def test_a_long_pause_does_not_make_the_words_louder() -> None:
    with_pause = polish(tone(0.5, 8000) + silence(2) + tone(0.5, 8000), RATE)
    assert peak(with_pause) == pytest.approx(peak(polish(tone(1, 8000), RATE)), rel=0.05)


def test_a_shout_is_turned_down_without_a_step() -> None:
    amplified = amplify(tone(0.5, 8000) + tone(0.1, 32_767) + tone(0.5, 8000), RATE, 2.0)
    assert peak(amplified) <= CEILING
    assert peak(amplified[: 4 * RATE // 10]) == pytest.approx(16_000, rel=0.01)
    steepest = max(abs(after - before) for before, after in pairwise(amplified))
    assert steepest < 2 * pi * 220 / RATE * CEILING * 1.3


@given(st.lists(st.integers(-32_768, 32_767), max_size=3000), st.sampled_from([8000, 16_000, 22_050]))
def test_nothing_ever_clips(samples: list[int], rate: int) -> None:
    polished = polish(array("h", samples), rate)
    assert peak(polished) <= CEILING


def test_the_edges_begin_and_end_at_nothing() -> None:
    faded = fade(array("h", [10_000] * 2000), RATE)
    assert faded[0] == faded[-1] == 0
    assert faded[1000] == 10_000


def test_a_word_of_a_few_samples_survives() -> None:
    assert len(fade(array("h", [5, 5, 5]), RATE)) == 3
