"""Reading the sound files that other programs make."""

from __future__ import annotations

import io
import sys
import wave
from array import array

from prehab.audio.voices.engine import Recording, VoiceError


def read_wav(content: bytes) -> Recording:
    """Read a mono 16-bit WAV file; one that was streamed and so claims to be endless is read to its end.

    Raises:
        VoiceError: if it is anything else.
    """
    try:
        with wave.open(io.BytesIO(content)) as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                raise VoiceError("it made a sound file that is not mono with 16 bits")
            rate = file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise VoiceError(f"it made no sound file that can be read: {error}") from error
    return Recording(from_little_endian(frames), rate)


def from_little_endian(frames: bytes) -> array[int]:
    """Take raw 16-bit samples, as all these programs write them."""
    samples = array("h")
    samples.frombytes(frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
