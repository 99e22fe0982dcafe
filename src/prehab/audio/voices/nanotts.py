"""py-nanotts: the small voice that comes with the package where it has wheels."""

from __future__ import annotations

from importlib.util import find_spec

from prehab.audio.voices.engine import Recording, VoiceError, VoiceName
from prehab.audio.voices.wav import from_little_endian

VOICES = ("en-US", "en-GB")
"""Those that speak English; the routines are written in it."""
RATE = 16_000
_VOLUME = 0.5
"""At its own full volume the engine clips; at half of it no sentence has been found that does."""


class NanoTTS:
    """SVOX Pico in the process: 4 ms for a second of speech, with the interpreter held all the while."""

    def __init__(self, name: VoiceName) -> None:
        try:
            import py_nanotts
        except ImportError as error:
            raise VoiceError(f"py-nanotts cannot be loaded: {error}") from error
        self._engine = py_nanotts.NanoTTS()
        self._voice = name.voice or VOICES[0]
        self._speed = None if name.speed == 1.0 else name.speed

    def say(self, words: str) -> Recording:
        try:
            frames = self._engine.speak(words, voice=self._voice, speed=self._speed, volume=_VOLUME)
        except (RuntimeError, ValueError, MemoryError) as error:
            raise VoiceError(f"py-nanotts cannot say {words!r}: {error}") from error
        return Recording(from_little_endian(frames), RATE)


def missing() -> str:
    """Why this engine cannot be used here; empty if it can."""
    return "" if find_spec("py_nanotts") else "py-nanotts is not installed"
