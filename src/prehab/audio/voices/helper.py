"""The process in which an engine speaks: a line of words in, a polished sentence out, until input ends."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from prehab.audio.loudness import polish
from prehab.audio.voices.apart import HEADER
from prehab.audio.voices.choose import open_engine
from prehab.audio.voices.engine import Engine, Recording, VoiceError, VoiceName
from prehab.audio.words import is_count

_NICENESS = 5


def serve(name: VoiceName, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer line by line; an engine that cannot be taken up is the answer to each."""
    engine: Engine | None = None
    for line in questions:
        try:
            engine = engine or open_engine(name)
            spoken = speak(engine, line.decode().strip())
        except VoiceError as error:
            _answer(answers, False, 0, str(error).encode())
        else:
            _answer(answers, True, spoken.rate, spoken.samples.tobytes())


def speak(engine: Engine, words: str) -> Recording:
    """Have a sentence spoken and make it fit to be played."""
    raw = engine.say(words)
    return Recording(polish(raw.samples, raw.rate, on_the_beat=is_count(words)), raw.rate)


def main() -> None:
    """Speak for the process that started this one."""
    # ctrl+c is for the program on the screen; it ends this one by closing the input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICENESS)
    # What a library may print on standard output is not to get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    engine, voice, speed = sys.argv[1:]
    with suppress(BrokenPipeError), answers:
        serve(VoiceName(engine, voice, float(speed)), sys.stdin.buffer, answers)


def _answer(answers: BinaryIO, is_sound: bool, rate: int, content: bytes) -> None:
    answers.write(HEADER.pack(is_sound, rate, len(content)) + content)
    answers.flush()


if __name__ == "__main__":
    main()
