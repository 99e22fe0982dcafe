"""The voice of macOS: the program `say`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from prehab.audio.voices.engine import Recording, VoiceName
from prehab.audio.voices.program import run
from prehab.audio.voices.wav import read_wav

_WORDS_A_MINUTE = 175


class Say:
    """One `say` for each sentence; the words go in by standard input, never by the command line."""

    def __init__(self, name: VoiceName) -> None:
        self._options = ["-v", name.voice] if name.voice else []
        if name.speed != 1.0:
            self._options += ["-r", str(round(_WORDS_A_MINUTE * name.speed))]

    def say(self, words: str) -> Recording:
        with tempfile.TemporaryDirectory(prefix="prehab-") as folder:
            spoken = Path(folder, "spoken.wav")
            run(["say", *self._options, "-o", str(spoken), "--data-format=LEI16@22050"], words)
            return read_wav(spoken.read_bytes())


def missing() -> str:
    """Why this engine cannot be used here; empty if it can."""
    if sys.platform != "darwin":
        return "say is a program of macOS"
    return "" if shutil.which("say") else "the program say is not on the PATH"
