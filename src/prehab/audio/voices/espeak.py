"""The program `espeak-ng`, where a person has installed it. Its library is never loaded."""

from __future__ import annotations

import shutil

from prehab.audio.voices.engine import Recording, VoiceName
from prehab.audio.voices.program import run
from prehab.audio.voices.wav import read_wav

_WORDS_A_MINUTE = 160


class Espeak:
    """One `espeak-ng` for each sentence, 5 ms each; the words go in by standard input."""

    def __init__(self, name: VoiceName) -> None:
        speed = str(round(_WORDS_A_MINUTE * name.speed))
        self._command = [
            "espeak-ng",
            "--stdin",
            "--stdout",
            "-b",
            "1",
            "-v",
            name.voice.lower() or "en-us",
            "-s",
            speed,
        ]

    def say(self, words: str) -> Recording:
        return read_wav(run(self._command, words))


def missing() -> str:
    """Why this engine cannot be used here; empty if it can."""
    return "" if shutil.which("espeak-ng") else "the program espeak-ng is not on the PATH"
