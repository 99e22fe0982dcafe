"""Sounds and schedules that the tests of the mixer share."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from prehab.audio.clips import FRAMES_A_MILLI, RATE, TONE_KINDS, Clip, Tones
from prehab.audio.player import Sound
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned


def clip(samples: Iterable[int], rate: int = RATE) -> Clip:
    """A clip of these samples."""
    return Clip(memoryview(array("h", samples)), rate)


def flat(level: int, millis: int, rate: int = RATE) -> Clip:
    """A clip of one level: what comes out shows every gain on its way."""
    return clip([level] * (millis * rate // 1000), rate)


def wavy(millis: int, rate: int = RATE, seed: int = 1) -> Clip:
    """A clip in which no two neighbours are alike, between -20000 and 20000."""
    count = millis * rate // 1000
    return clip(((n * 7919 * seed + n * n * 31) % 40_001 - 20_000 for n in range(count)), rate)


TONE = flat(10_000, 100)
SENTENCE = flat(8_000, 1_000, 16_000)


def sound(
    tone: Clip = TONE,
    said: Mapping[str, Clip] | None = None,
    *,
    volume: int = 100,
    muted: bool = False,
    lead: int = 0,
) -> Sound:
    """Every tone sounds like this, and every text like that; a text that is not given is silent."""
    texts = {"a sentence": SENTENCE} if said is None else said
    return Sound(
        Tones(dict.fromkeys(TONE_KINDS, tone)),
        lambda cue: texts.get(cue.text or ""),
        volume,
        muted,
        Millis(lead),
    )


def tone(deadline: int, key: int | None = None, kind: CueKind = CueKind.TICK) -> Planned:
    """A tone that is due then; its deadline is its key where none is given."""
    return Planned(Millis(deadline), Cue(Millis(0), kind), deadline if key is None else key)


def says(deadline: int, text: str = "a sentence", key: int | None = None) -> Planned:
    """A sentence that is due then."""
    cue = Cue(Millis(0), CueKind.SAY, text)
    return Planned(Millis(deadline), cue, 1_000_000 + deadline if key is None else key)


def values(blocks: Iterable[bytes]) -> list[int]:
    """The samples of some blocks, one after the other."""
    return array("h", b"".join(blocks)).tolist()


def starts(samples: list[int]) -> list[int]:
    """The frames at which silence ends."""
    return [n for n, value in enumerate(samples) if value and (n == 0 or not samples[n - 1])]


def nanos(frame: int) -> int:
    """The time at which so many frames have passed, rounded up so that it is never before."""
    return -(-frame * 1_000_000 // FRAMES_A_MILLI)


VARIED = {"short": wavy(90, 16_000, 3), "long": wavy(300, 22_050, 5), "full": wavy(150, RATE, 7)}
"""Sentences of several rates."""


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Planned, ...]:
    """Tones and sentences within half a second, as they come, overlapping."""
    moments = draw(st.lists(st.tuples(st.integers(0, 500), st.sampled_from(["tone", *VARIED])), max_size=6))
    return tuple(
        tone(at, key) if what == "tone" else says(at, what, key) for key, (at, what) in enumerate(moments)
    )
