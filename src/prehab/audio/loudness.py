"""Making a raw sentence fit to be played: no silence round it, as loud as the next one, never clipped.

Samples are mono and 16 bit throughout. No numeric library: whole blocks go through `map`, `sum` and `max`.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from math import sqrt
from operator import mul

FULL_SCALE = 32767
SPEECH_LEVEL = 6500
"""Root mean square of the spoken parts of a sentence, 14 dB below full scale: as loud as the tones sound."""
CEILING = 24_500
"""No sample of a sentence is larger: 2.5 dB below full scale, so that the mixer leaves it as it is."""

_LOUDEST_GAIN = 12.0
"""A recording quieter than this makes up for is noise rather than speech."""
_QUIET = 1 / 60
"""What stays below this part of the peak is silence: 36 dB, under the softest consonant, over a breath."""
_NOISE = 300
"""What never reaches this, 41 dB below full scale, is an engine's hum: it had no word to say."""
_UNCHANGED = 1 << 15
"""The gain that changes nothing; whole numbers are quicker than fractions."""
_GATE = 1 / 4
"""Blocks below this part of the mean are pauses and do not count for loudness: 12 dB."""

_EDGE_BLOCK = 2.5
_GATE_BLOCK = 50.0
_LIMIT_BLOCK = 4.0
_LEAD_IN = 20.0
_TAIL = 30.0
_FADE_IN = 2.0
_FADE_OUT = 12.0


def polish(raw: array[int], rate: int, *, on_the_beat: bool = False) -> array[int]:
    """Trim, level, limit and fade one sentence; silence comes out empty.

    Args:
        raw: what an engine made.
        rate: samples a second.
        on_the_beat: the word is to begin with the first sample, instead of 20 ms after it.
    """
    trimmed = trim(raw, rate, lead_in=0.0 if on_the_beat else _LEAD_IN)
    if not trimmed:
        return trimmed
    heard = loudness(trimmed, rate)
    return fade(amplify(trimmed, rate, min(_LOUDEST_GAIN, SPEECH_LEVEL / heard)), rate)


def peak(samples: array[int] | memoryview) -> int:
    """How far the samples reach to either side."""
    return max(max(samples), -min(samples)) if len(samples) else 0


def trim(samples: array[int], rate: int, *, lead_in: float = _LEAD_IN, tail: float = _TAIL) -> array[int]:
    """Cut the silence before and after, leaving `lead_in` and `tail` milliseconds of it."""
    highest = peak(samples)
    if highest < _NOISE:
        return array("h")
    threshold = highest * _QUIET
    block = _samples(_EDGE_BLOCK, rate)
    places = range(0, len(samples), block)
    first = next(at for at in places if peak(samples[at : at + block]) > threshold)
    last = next(at for at in reversed(places) if peak(samples[at : at + block]) > threshold)
    return samples[max(0, first - _samples(lead_in, rate)) : last + block + _samples(tail, rate)]


def loudness(samples: array[int], rate: int) -> float:
    """The root mean square of the parts in which somebody speaks."""
    block = _samples(_GATE_BLOCK, rate)
    powers = [
        sum(map(mul, part, part)) / len(part)
        for part in (samples[start : start + block] for start in range(0, len(samples), block))
    ]
    if not powers:
        return 0.0
    gate = sum(powers) / len(powers) * _GATE * _GATE
    spoken = [power for power in powers if power >= gate]
    return sqrt(sum(spoken) / len(spoken))


def amplify(samples: array[int], rate: int, gain: float) -> array[int]:
    """Make a sentence louder or quieter; what would reach above the ceiling is turned down smoothly."""
    block = _samples(_LIMIT_BLOCK, rate)
    parts = [samples[start : start + block] for start in range(0, len(samples), block)]
    gains = [int(_UNCHANGED * min(gain, CEILING / max(peak(part), 1))) for part in parts]
    amplified = array("h")
    for part, (start, end) in zip(parts, pairwise(_turning_points(gains)), strict=True):
        if start == end:
            amplified.extend([sample * start // _UNCHANGED for sample in part])
        else:
            step, frames = end - start, len(part)
            amplified.extend(
                [sample * (start + step * at // frames) // _UNCHANGED for at, sample in enumerate(part)]
            )
    return amplified


def _turning_points(gains: list[int]) -> list[int]:
    """The gain at each block's edges, never above that of the blocks it touches, so no sample between is."""
    return list(map(min, [gains[0], *gains], [*gains, gains[-1]]))


def fade(samples: array[int], rate: int) -> array[int]:
    """Let the edges begin and end at nothing, so that they do not click."""
    rise = min(_samples(_FADE_IN, rate), len(samples) // 2)
    fall = min(_samples(_FADE_OUT, rate), len(samples) // 2)
    for place in range(rise):
        samples[place] = samples[place] * place // rise
    for place in range(fall):
        samples[-1 - place] = samples[-1 - place] * place // fall
    return samples


def _samples(ms: float, rate: int) -> int:
    return int(ms * rate / 1000)
