"""The protocols of speaking: an engine makes raw sound, a voice hands out sentences ready to be played."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Protocol


class VoiceError(Exception):
    """A sentence that could not be spoken; the message says why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A sentence as sound."""

    samples: array[int]
    """Mono, signed 16 bit."""
    rate: int
    """Samples a second."""


@dataclass(frozen=True, slots=True)
class VoiceName:
    """Which voice, of which engine, at which speed."""

    engine: str
    """A name of `choose.ENGINES`."""
    voice: str
    """The engine's own name of a voice: `en-US`, `Samantha`; empty for its default."""
    speed: float = 1.0
    """1.0 is the engine's usual speed, 1.2 a fifth faster."""

    def __str__(self) -> str:
        return f"{self.engine} {self.voice}".rstrip()


class Engine(Protocol):
    """Turns words into raw sound. It may be slow, crash or hang: it lives in a process of its own."""

    def say(self, words: str) -> Recording:
        """Speak words that `say_well` made.

        Raises:
            VoiceError: when it cannot.
        """
        ...


class Voice(Protocol):
    """Speaks sentences trimmed, levelled and never clipping."""

    @property
    def name(self) -> VoiceName:
        """Which voice this is; two with the same name sound the same."""
        ...

    def speak(self, words: str) -> Recording:
        """Speak words that `say_well` made; words without a sound come out empty.

        Raises:
            VoiceError: when it cannot; the next sentence may work again.
        """
        ...

    def release(self) -> None:
        """Let go of everything held; speaking again takes it up again. May be called from any thread."""
        ...
