"""Gains that change smoothly: nothing begins, ends or is lowered with a click."""

from __future__ import annotations

from prehab.audio.clips import FRAMES_A_MILLI
from prehab.audio.samples import FULL, Gains

LOWERED = FULL // 4
"""How loud speech stays under a tone: 12 dB less."""
_DOWN = range(FULL, LOWERED, -48)
"""Speech is lowered within 11 ms of the start of a tone."""
_UP = range(LOWERED, FULL, 3)
"""It comes back within 171 ms."""
_OUT = range(FULL, 0, -128)
"""What is taken back falls silent within 5 ms."""

FADES_FOR = len(_OUT)
"""How many frames a sound that is taken back still has."""
LOWERS_FOR = len(_DOWN)
"""How many frames it takes until speech is lowered under a tone."""
RETURNS_FOR = len(_UP)
"""How many frames after a tone speech is fully back."""
RAMP = 10 * FRAMES_A_MILLI
"""How many frames a change of volume takes."""


class Level:
    """A gain that moves to where it is set within 10 ms."""

    __slots__ = ("_at", "_from", "_to")

    def __init__(self, gain: int) -> None:
        self._from = self._to = gain
        self._at = -RAMP

    def move(self, gain: int, frame: int) -> None:
        """Head for this gain from this frame on, starting where it is now."""
        if gain != self._to:
            self._from, self._to, self._at = self._value(frame), gain, frame

    def gains(self, first: int, last: int) -> Gains:
        """The gain of each frame from one up to another."""
        if first - self._at >= RAMP:
            return self._to
        return [self._value(frame) for frame in range(first, last)]

    def _value(self, frame: int) -> int:
        passed = min(frame - self._at, RAMP)
        return self._from + (self._to - self._from) * passed // RAMP


def lowering(begins: int, ends: int, first: int, last: int) -> list[int] | None:
    """The gains of speech from one frame up to another beside one tone; `None` where it changes nothing.

    Args:
        begins: the first frame of the tone.
        ends: the frame from which speech comes back, `LOWERS_FOR` later or more.
        first: the first frame that is asked for.
        last: the frame after the last.
    """
    if last <= begins or first >= ends + RETURNS_FOR:
        return None
    low = begins + LOWERS_FOR
    return [
        *[FULL] * (min(begins, last) - first),
        *_slice(_DOWN, begins, first, last),
        *[LOWERED] * (min(ends, last) - max(low, first)),
        *_slice(_UP, ends, first, last),
        *[FULL] * (last - max(ends + RETURNS_FOR, first)),
    ]


def fading(begins: int, first: int, last: int) -> list[int]:
    """The gains of a sound that is taken back at a frame, from one frame up to another."""
    return [
        *[FULL] * (min(begins, last) - first),
        *_slice(_OUT, begins, first, last),
        *[0] * (last - max(begins + FADES_FOR, first)),
    ]


def _slice(gains: range, begins: int, first: int, last: int) -> range:
    """The piece of some gains that begin at a frame which lies between two others."""
    return gains[max(0, first - begins) : max(0, last - begins)]
