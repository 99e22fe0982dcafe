"""Makes the cue sounds beside it: `python sounds/make_sounds.py [FOLDER]`. Needs the standard library only.

Each cue is one sound: one attack, then only falling, silent half a second after its start. Kinds differ in
pitch, in contour and in colour, so that they are told apart with eyes shut, through a laptop's loudspeaker:
nothing that matters lies below 380 Hz. The same script gives the same bytes everywhere.
"""

from __future__ import annotations

import sys
import wave
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, exp, pi, sin
from pathlib import Path

RATE = 48_000
"""Samples a second."""
FULL_SCALE = 32_767
FADE_OUT = 0.025
"""The last part of every sound, in seconds, in which it reaches zero without a click."""
WANES = 0.4
"""Seconds until a sound that stays has fallen to a third: always falling, it has no second attack."""
EVEN_OVER = 0.024
"""Loudness is evened out over windows of this many seconds where notes overlap."""

NOTES_APART = 0.07
"""Seconds between the notes of a chord that opens."""

Contour = Callable[[float], float]
"""Something that changes with the seconds since the start."""


@dataclass(frozen=True)
class Partial:
    """One of the sines that make a colour."""

    ratio: float
    """Its frequency, as a multiple of the pitch."""
    level: float
    fades: float
    """Seconds until it has fallen to a third, besides what the whole sound does."""


@dataclass(frozen=True)
class Shape:
    """How loud a sound is over its life: a quick rise, a stay that wanes a little, a fall."""

    rise: float
    stay: float
    fall: float
    """Seconds until it has fallen to a third."""
    length: float
    peak: float
    """Its largest sample, as a part of full scale."""

    def at(self, time: float) -> float:
        """The level at a moment; it never rises again once it was at its height."""
        if time < self.rise:
            return 0.5 - 0.5 * cos(pi * time / self.rise)
        since = time - self.rise
        level = exp(-since / WANES - max(0.0, since - self.stay) / self.fall)
        left = self.length - time
        return level * (0.5 - 0.5 * cos(pi * left / FADE_OUT)) if left < FADE_OUT else level


def steady(pitch: float) -> Contour:
    """A pitch that stays."""
    return lambda _time: pitch


def glide(start: float, end: float, *, middle: float, width: float) -> Contour:
    """A pitch that moves once, smoothly, so that two tones are still one sound."""
    return lambda time: start * (end / start) ** _step((time - middle) / width)


def swell(start: float, length: float) -> Contour:
    """A level that comes in over some time and stays."""
    return lambda time: _step((time - start) / length - 0.5)


def ring(start: float, length: float, fades: float) -> Contour:
    """A level that comes in over some time and at once begins to fade."""
    return lambda time: _step((time - start) / length - 0.5) * exp(-max(0.0, time - start) / fades)


def wane(start: float, length: float) -> Contour:
    """A level that is there from the beginning and goes away."""
    return lambda time: 1.0 - _step((time - start) / length - 0.5)


def tone(pitch: Contour, colour: Sequence[Partial], length: float) -> list[float]:
    """A voice of one colour whose pitch may move; its phase never jumps."""
    turns = list(accumulate(pitch(n / RATE) / RATE for n in range(_samples(length) - 1)))
    turns.insert(0, 0.0)
    return [
        sum(p.level * exp(-n / RATE / p.fades) * sin(2 * pi * p.ratio * turn) for p in colour)
        for n, turn in enumerate(turns)
    ]


def blend(parts: Sequence[tuple[list[float], Contour]]) -> list[float]:
    """Voices on top of each other, each with its own coming and going."""
    length = min(len(voice) for voice, _ in parts)
    return [sum(voice[n] * level(n / RATE) for voice, level in parts) for n in range(length)]


def even(sound: list[float]) -> list[float]:
    """The same sound, equally loud all along: a note that joins is not a second attack."""
    reach = _samples(EVEN_OVER) // 2
    sums = [0.0, *accumulate(value * value for value in sound)]
    out = []
    for n, value in enumerate(sound):
        low, high = max(0, n - reach), min(len(sound), n + reach + 1)
        power = (sums[high] - sums[low]) / (high - low)
        out.append(value / power**0.5 if power > 1e-12 else 0.0)
    return out


def shaped(sound: list[float], shape: Shape) -> array[int]:
    """Give a sound its rise and fall and its level, as 16-bit samples."""
    bent = [value * shape.at(n / RATE) for n, value in enumerate(sound)]
    scale = shape.peak * FULL_SCALE / max(abs(value) for value in bent)
    return array("h", (round(value * scale) for value in bent))


def _step(x: float) -> float:
    """From 0 to 1 between -0.5 and 0.5, with no corner."""
    if x <= -0.5:
        return 0.0
    return 1.0 if x >= 0.5 else 0.5 + 0.5 * sin(pi * x)


def _samples(length: float) -> int:
    return round(length * RATE)


ROUND = (Partial(1, 1, 9), Partial(2, 0.32, 0.25), Partial(3, 0.12, 0.12))
"""A clear, slightly reedy voice."""
MELLOW = (Partial(1, 1, 9), Partial(2, 0.16, 0.2), Partial(3, 0.04, 0.1))
"""A dark, warm voice."""
HOLLOW = (Partial(1, 1, 9), Partial(3, 0.4, 0.4), Partial(5, 0.12, 0.2))
"""Odd partials only, like a stopped pipe."""
AIRY = (Partial(1, 0.7, 9), Partial(2, 0.6, 9), Partial(4, 0.12, 0.3))
"""The octave almost as strong as the tone."""
BELL = (Partial(1, 1, 9), Partial(2.01, 0.22, 0.12), Partial(2.76, 0.12, 0.06), Partial(4.07, 0.05, 0.03))
"""Partials that do not quite fit, quickly gone but for the lowest."""
WOOD = (Partial(1, 1, 0.05), Partial(2.57, 0.45, 0.014), Partial(4.95, 0.18, 0.006))
"""A block knocked with a soft stick."""

G4, C5, D5, E5 = 392.0, 523.25, 587.33, 659.26
G5, A5, C6, D6, A6 = 783.99, 880.0, 1046.5, 1174.66, 1760.0


def tick(pitch: float, shape: Shape) -> array[int]:
    """Short and dry: one of the last seconds."""
    return shaped(tone(steady(pitch), (Partial(1, 1, 9), Partial(2, 0.25, 0.01)), shape.length), shape)


def slide(start: float, end: float, colour: Sequence[Partial], shape: Shape) -> array[int]:
    """Two tones in one breath: upwards something begins, downwards it ends."""
    pitch = glide(start, end, middle=0.095, width=0.07)
    return shaped(even(tone(pitch, colour, shape.length)), shape)


def two_colours(pitch: float, shape: Shape) -> array[int]:
    """One pitch that turns from hollow to airy: half of it is done."""
    first, then = tone(steady(pitch), HOLLOW, shape.length), tone(steady(pitch), AIRY, shape.length)
    return shaped(even(blend([(first, wane(0.06, 0.1)), (then, swell(0.06, 0.1))])), shape)


def knock(pitch: float, shape: Shape) -> array[int]:
    """A low soft knock on wood: one beat."""
    return shaped(tone(steady(pitch), WOOD, shape.length), shape)


def rising_chord(pitches: Sequence[float], colour: Sequence[Partial], shape: Shape) -> array[int]:
    """A chord that opens note by note without a new attack: all is done."""
    notes = [
        (tone(steady(pitch), colour, shape.length), ring(NOTES_APART * n - 0.06, 0.06, 0.075))
        for n, pitch in enumerate(pitches)
    ]
    return shaped(even(blend(notes)), shape)


def make() -> dict[str, array[int]]:
    """Every sound by the stem of its file; `-soft` is what the calm style plays."""
    return {
        "tick": tick(A6, Shape(rise=0.0015, stay=0.012, fall=0.013, length=0.085, peak=0.36)),
        "tick-soft": tick(D6, Shape(rise=0.005, stay=0.01, fall=0.02, length=0.12, peak=0.2)),
        "go": slide(D5, A5, ROUND, Shape(rise=0.0025, stay=0.19, fall=0.07, length=0.44, peak=0.55)),
        "go-soft": slide(D5, A5, BELL, Shape(rise=0.006, stay=0.08, fall=0.13, length=0.48, peak=0.3)),
        "half": two_colours(C6, Shape(rise=0.0025, stay=0.12, fall=0.09, length=0.46, peak=0.4)),
        "beat": knock(G4, Shape(rise=0.0015, stay=0.01, fall=0.05, length=0.19, peak=0.34)),
        "end": slide(A5, D5, MELLOW, Shape(rise=0.0025, stay=0.17, fall=0.09, length=0.48, peak=0.55)),
        "end-soft": slide(A5, D5, BELL, Shape(rise=0.006, stay=0.08, fall=0.13, length=0.48, peak=0.3)),
        "done": rising_chord(
            (G4, C5, E5, G5, C6), ROUND, Shape(rise=0.0025, stay=0.27, fall=0.07, length=0.495, peak=0.55)
        ),
        "done-soft": rising_chord(
            (G4, C5, E5, G5), MELLOW, Shape(rise=0.006, stay=0.2, fall=0.09, length=0.495, peak=0.32)
        ),
    }


def write(folder: Path) -> None:
    """Write every sound as a mono 16-bit WAV."""
    for stem, samples in make().items():
        if sys.byteorder == "big":
            samples.byteswap()
        with wave.open(str(folder / f"{stem}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
