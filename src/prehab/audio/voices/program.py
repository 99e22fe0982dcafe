"""Running a program that speaks."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from prehab.audio.voices.engine import VoiceError

PATIENCE = 20.0
"""How long one sentence may take, in seconds, before the program counts as hanging."""
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Keeps Windows from flashing a console for each program."""


def run(command: Sequence[str], words: str) -> bytes:
    """Run a program once with the words as its standard input, and return what it wrote.

    Raises:
        VoiceError: if it is not there, fails or hangs.
    """
    try:
        done = subprocess.run(
            command,
            input=words.encode() + b"\n",
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            creationflags=NO_WINDOW,
        )
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise VoiceError(
            f"{command[0]} failed: {said[0] if said else f'exit code {error.returncode}'}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise VoiceError(f"{command[0]} did not answer within {PATIENCE:.0f} s") from error
    except OSError as error:
        raise VoiceError(f"{command[0]} cannot be run: {error.strerror}") from error
    return done.stdout
