"""The bundled sounds: made by their script, told apart with eyes shut, one attack each."""

from __future__ import annotations

import importlib.util
import math
import sys
from array import array
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from types import ModuleType

import pytest

from prehab import resources
from prehab.audio.clips import LOUDEST, RATE, TONE_KINDS, Clip, load_tones

STEMS = sorted(path.stem for path in resources.sounds().glob("*.wav"))
FULL_SCALE = 32_767
WINDOW = RATE // 100


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", resources.sounds() / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_sounds"] = module
    spec.loader.exec_module(module)
    return module


@cache
def samples(stem: str) -> array[int]:
    kind, _, soft = stem.partition("-")
    tones = load_tones(resources.sounds())
    found: Clip = {k.value: c for k, c in (tones.soft if soft else tones.plain).items()}[kind]
    assert found.rate == RATE
    return array("h", found.samples)


def loudness(sound: array[int]) -> list[float]:
    """The root mean square of each hundredth of a second."""
    blocks = (sound[at : at + WINDOW] for at in range(0, len(sound) - WINDOW + 1, WINDOW))
    return [math.sqrt(sum(value * value for value in block) / WINDOW) for block in blocks]


def pitch(sound: array[int], start: float, length: float = 0.05) -> float:
    """The strongest frequency of a piece, on a scale of quarter tones from 300 Hz to 4 kHz."""
    piece = sound[round(start * RATE) : round((start + length) * RATE)]

    def power(frequency: float) -> float:
        turn = 2 * math.pi * frequency / RATE
        real = sum(value * math.cos(turn * n) for n, value in enumerate(piece))
        imaginary = sum(value * math.sin(turn * n) for n, value in enumerate(piece))
        return real * real + imaginary * imaginary

    return max((300 * 2 ** (step / 12) for step in range(46)), key=power)


def lasts(sound: array[int]) -> float:
    """Seconds until it has fallen to a tenth of its height for good."""
    levels = loudness(sound)
    return max(n for n, level in enumerate(levels) if level > max(levels) / 10) * WINDOW / RATE


def test_the_script_makes_exactly_the_files_that_are_shipped(tmp_path: Path) -> None:
    script().write(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    shipped = {path.name: path.read_bytes() for path in resources.sounds().glob("*.wav")}
    assert made == shipped


def test_every_kind_of_cue_has_its_sound() -> None:
    assert {kind.value for kind in TONE_KINDS} <= set(STEMS)
    assert {"tick-soft", "go-soft", "end-soft", "done-soft"} <= set(STEMS)


@pytest.mark.parametrize("stem", STEMS)
def test_a_sound_is_over_half_a_second_after_its_start(stem: str) -> None:
    sound = samples(stem)
    assert all(abs(value) < FULL_SCALE / 100 for value in sound[RATE // 2 :])
    # Nothing rings on behind the file either: what a loudspeaker gets after its end is silence.
    assert len(sound) <= RATE // 2


@pytest.mark.parametrize("stem", STEMS)
def test_a_sound_has_one_attack_and_then_only_falls(stem: str) -> None:
    levels = loudness(samples(stem))
    loudest = levels.index(max(levels))
    assert loudest * WINDOW / RATE <= 0.03
    lowest = levels[loudest]
    for level in levels[loudest:]:
        assert level < lowest * 10 ** (2.5 / 20) + FULL_SCALE / 2000
        lowest = min(lowest, level)


@pytest.mark.parametrize("stem", STEMS)
def test_a_sound_begins_and_ends_without_a_click(stem: str) -> None:
    sound = samples(stem)
    steepest = max(abs(b - a) for a, b in pairwise(sound))
    assert abs(sound[0]) <= steepest / 50
    assert abs(sound[-1]) <= steepest / 50
    assert max(abs(value) for value in sound[-RATE // 1000 :]) < FULL_SCALE / 500


@pytest.mark.parametrize("stem", STEMS)
def test_a_sound_leaves_room_for_another_and_is_loud_enough_to_be_heard(stem: str) -> None:
    peak = max(max(samples(stem)), -min(samples(stem)))
    assert FULL_SCALE // 6 < peak <= LOUDEST


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem.endswith("-soft")])
def test_a_soft_sound_is_half_as_loud_or_less(stem: str) -> None:
    assert max(samples(stem)) < 0.6 * max(samples(stem.removesuffix("-soft")))


STYLES = {
    "full": ("tick", "go", "half", "beat", "end", "done"),
    "calm": ("tick-soft", "go-soft", "beat", "end-soft", "done-soft"),
}


@pytest.mark.parametrize(
    ("one", "other"), sorted({pair for style in STYLES.values() for pair in combinations(style, 2)})
)
def test_two_sounds_of_a_style_are_told_apart(one: str, other: str) -> None:
    a, b = samples(one), samples(other)
    beginning = abs(math.log2(pitch(a, 0.0) / pitch(b, 0.0)))
    length = abs(math.log2(lasts(a) / lasts(b)))
    both_last = min(lasts(a), lasts(b)) > 0.2
    ending = abs(math.log2(pitch(a, 0.2) / pitch(b, 0.2))) if both_last else 0.0
    a_fourth = 5 / 12 - 0.01
    assert beginning > a_fourth or ending > a_fourth or length > 1


def test_begin_rises_and_end_falls() -> None:
    for soft in ("", "-soft"):
        assert pitch(samples(f"go{soft}"), 0.2) > 1.3 * pitch(samples(f"go{soft}"), 0.0)
        assert pitch(samples(f"end{soft}"), 0.0) > 1.3 * pitch(samples(f"end{soft}"), 0.2)
