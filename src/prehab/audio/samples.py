"""Arithmetic on sound, pure: what a sample is depends on its place alone, never on how the blocks were cut.

Samples are whole numbers of 16 bit, gains are whole numbers of which `FULL` means unchanged.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from operator import add

from prehab.audio.clips import RATE, Clip

FULL = 1 << 15
"""The gain that changes nothing."""
KNEE = 26_000
"""Up to here a sample is left alone; louder ones are bent so that they never reach full scale."""
ROOM = 32_767 - KNEE
"""What is left above the knee."""

Gains = int | Sequence[int]
"""One gain for all samples, or one for each."""


def gain_of(volume: int) -> int:
    """The gain of a volume from 0 to 100; squared, because ears hear halves where amplitudes are quarters."""
    return FULL * min(100, max(0, volume)) ** 2 // 10_000


def part(clip: Clip, first: int, last: int) -> list[int]:
    """The samples of a clip from one frame at `RATE` up to another, which it must have.

    A clip of a lower rate is joined by straight lines.
    """
    if clip.rate == RATE:
        return clip.samples[first:last].tolist()
    times, rest = divmod(RATE, clip.rate)
    return _between(clip, first, last) if rest else _multiplied(clip, first, last, times)


def _multiplied(clip: Clip, first: int, last: int, times: int) -> list[int]:
    """As `part`, for a clip each of whose samples becomes the same number of frames."""
    low = first // times
    here = clip.samples[low : (last - 1) // times + 2].tolist()
    if low + len(here) == len(clip.samples):
        here.append(0)
    there = here[1:]
    here.pop()
    out = [0] * (times * len(here))
    out[::times] = here
    for step in range(1, times):
        keep = times - step
        out[step::times] = [(x * keep + y * step) // times for x, y in zip(here, there, strict=True)]
    return out[first - low * times : last - low * times]


def _between(clip: Clip, first: int, last: int) -> list[int]:
    """As `part`, for any rate."""
    rate = clip.rate
    low = first * rate // RATE
    found = clip.samples[low : (last - 1) * rate // RATE + 2].tolist()
    found.append(0)
    out = []
    for frame in range(first, last):
        place, rest = divmod(frame * rate, RATE)
        place -= low
        out.append((found[place] * (RATE - rest) + found[place + 1] * rest) // RATE)
    return out


def scaled(samples: list[int], gains: Gains) -> list[int]:
    """The samples, louder or quieter."""
    if isinstance(gains, int):
        return samples if gains == FULL else [sample * gains >> 15 for sample in samples]
    return [sample * gain >> 15 for sample, gain in zip(samples, gains, strict=True)]


def mixed(frames: int, parts: Iterable[tuple[int, list[int]]]) -> list[int]:
    """Sounds on top of each other in one block; each comes with its place in it."""
    out: list[int] | None = None
    for at, samples in parts:
        end = at + len(samples)
        if out is None:
            out = [*([0] * at), *samples, *([0] * (frames - end))]
        else:
            out[at:end] = map(add, out[at:end], samples)
    return out or [0] * frames


def limited(samples: list[int]) -> array[int]:
    """The samples as 16 bit, with what is too loud bent below full scale."""
    if max(samples) > KNEE or min(samples) < -KNEE:
        samples = [_bent(sample) for sample in samples]
    return array("h", samples)


def _bent(sample: int) -> int:
    over = abs(sample) - KNEE
    if over <= 0:
        return sample
    level = KNEE + ROOM * over // (over + ROOM)
    return level if sample > 0 else -level
