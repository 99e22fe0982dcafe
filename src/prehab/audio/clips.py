"""Ready-made sounds: the bundled cue tones, a person's own, and the shape that spoken sentences come in."""

from __future__ import annotations

import sys
import wave
from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prehab.audio.offline import load_miniaudio
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis

RATE = 48_000
"""Samples a second of everything that is played."""
FRAMES_A_MILLI = RATE // 1000
LONGEST_OWN = Millis(5_000)
"""A person's own sound may be this long."""
LARGEST_OWN = 4 * 1024 * 1024
"""A person's own sound file may have this many bytes."""
LOUDEST = 19_660
"""No tone has a larger sample: 0.6 of full scale, so that a tone, another one and a voice fit together."""
TONE_KINDS: tuple[CueKind, ...] = tuple(kind for kind in CueKind if kind is not CueKind.SAY)
"""The cues that are a sound and not a sentence."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound ready to be mixed: mono, 16 bit, never changed while it is played.

    Anything with a buffer of native 16-bit samples will do, so a voice may map its clips from a file:
    `Clip(memoryview(mapped).cast("h"), 16_000)`.
    """

    samples: memoryview
    """Item format `h`."""
    rate: int = RATE
    """Samples a second as they are stored; it is made `RATE` while mixing."""

    @property
    def frames(self) -> int:
        """How many samples it has when it is played at `RATE`."""
        return len(self.samples) * RATE // self.rate

    @property
    def length(self) -> Millis:
        """How long it sounds, rounded up."""
        return Millis(-(-len(self.samples) * 1000 // self.rate))


Spoken = Callable[[Cue], Clip | None]
"""Finds what to say for a cue, or `None` to stay silent.

It is asked by the thread that plays, at the moment the cue is due: it must answer at once, from memory or a
mapped file, and never synthesise.
"""


def says_nothing(_cue: Cue) -> Clip | None:
    """The voice of a session without one."""
    return None


def or_beeped(spoken: Spoken, tones: Tones) -> Spoken:
    """The same voice, with a soft tone for each reminder that it does not say."""
    beep = tones.of(Cue(Millis(0), CueKind.GO, soft=True))

    def found(cue: Cue) -> Clip | None:
        clip = spoken(cue)
        return beep if clip is None and cue.is_reminder else clip

    return found


@dataclass(frozen=True, slots=True)
class BadSound:
    """A person's own sound that can't be played; the bundled one is heard in its place."""

    kind: CueKind
    path: Path
    why: str
    """A lowercase sentence with the way out."""


@dataclass(frozen=True, slots=True)
class Tones:
    """The sound of each kind of cue."""

    plain: Mapping[CueKind, Clip]
    """What the full style plays."""
    soft: Mapping[CueKind, Clip] = field(default_factory=dict)
    """What the calm style plays in its place, where that is another sound."""
    refused: tuple[BadSound, ...] = ()
    """The own sounds that could not be used."""

    def of(self, cue: Cue) -> Clip | None:
        """The sound of a cue; `None` for one that is spoken."""
        gentle = self.soft.get(cue.kind) if cue.soft else None
        return gentle or self.plain.get(cue.kind)


def load_tones(folder: Path, replacements: Mapping[CueKind, Path] | None = None) -> Tones:
    """Read the bundled sounds, and a person's own (WAV, MP3, FLAC or OGG) in their place.

    An own sound stands for the soft variant too. One that can't be used is in `Tones.refused`.
    """
    plain = {kind: _bundled(folder / f"{kind.value}.wav") for kind in TONE_KINDS}
    soft = {
        kind: _bundled(path) for kind in TONE_KINDS if (path := folder / f"{kind.value}-soft.wav").is_file()
    }
    refused = []
    for kind, path in (replacements or {}).items():
        try:
            plain[kind] = read_own(path)
        except UnusableSoundError as error:
            refused.append(BadSound(kind, path, str(error)))
        else:
            soft.pop(kind, None)
    return Tones(plain, soft, tuple(refused))


class UnusableSoundError(Exception):
    """A sound file that can't be a cue; the message says why and what would do."""


def read_own(path: Path) -> Clip:
    """Decode a sound file that a person chose, made no louder than the bundled ones.

    Raises:
        UnusableSoundError: if it can't be read or is too long.
    """
    try:
        if not path.is_file():
            raise UnusableSoundError(f"there is no file {path} (give the whole path)")
        if path.stat().st_size > LARGEST_OWN:
            raise UnusableSoundError(f"{path.name} is larger than 4 MiB (a cue lasts a second or less)")
    except OSError as error:
        raise UnusableSoundError(f"{path} can't be read: {error.strerror or error}") from error
    samples = _decode(path)
    if not samples:
        raise UnusableSoundError(f"{path.name} has no sound in it")
    if len(samples) > LONGEST_OWN * FRAMES_A_MILLI:
        seconds = LONGEST_OWN // 1000
        raise UnusableSoundError(
            f"{path.name} is longer than {seconds} s (cut it; a cue lasts a second or less)"
        )
    return Clip(memoryview(_edged(_lowered(samples))))


def _decode(path: Path) -> array[int]:
    try:
        miniaudio = load_miniaudio()
    except (ImportError, OSError) as error:
        raise UnusableSoundError(
            f"{path.name} can't be read without miniaudio (pip install 'prehab[miniaudio]')"
        ) from error
    samples: array[int] = array("h")
    most = (LONGEST_OWN + 1) * FRAMES_A_MILLI
    try:
        for block in miniaudio.stream_file(str(path), nchannels=1, sample_rate=RATE):
            samples.extend(block)
            if len(samples) > most:
                break
    except (miniaudio.MiniaudioError, OSError, UnicodeError) as error:
        raise UnusableSoundError(f"{path.name} is no WAV, MP3, FLAC or OGG sound that can be read") from error
    return samples


def _lowered(samples: array[int]) -> array[int]:
    peak = max(max(samples), -min(samples))
    if peak <= LOUDEST:
        return samples
    return array("h", [sample * LOUDEST // peak for sample in samples])


def _edged(samples: array[int]) -> array[int]:
    """Fade the last 5 ms to zero, so that a sound that was cut does not click."""
    edge = min(len(samples), 5 * FRAMES_A_MILLI)
    for back in range(1, edge + 1):
        samples[-back] = samples[-back] * (back - 1) // edge
    return samples


def _bundled(path: Path) -> Clip:
    """Read a WAV that we made ourselves: mono, 16 bit, 48 kHz."""
    with wave.open(str(path), "rb") as file:
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return Clip(memoryview(samples))
