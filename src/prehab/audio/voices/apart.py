"""A voice in a process of its own: an engine that crashes, hangs or holds the interpreter disturbs nobody."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from array import array
from typing import IO

from prehab.audio.voices.engine import Recording, VoiceError, VoiceName
from prehab.audio.voices.program import NO_WINDOW, PATIENCE

HEADER = struct.Struct("<?II")
"""What precedes each answer: whether it is sound (or else a reason), samples a second, bytes to follow."""

_ENVIRONMENT = {"MALLOC_MMAP_THRESHOLD_": "131072"}
"""SVOX Pico reads memory it has not set. With glibc this makes that memory fresh, so that a sentence always
comes out the same; nobody else knows the variable."""


class VoiceApart:
    """Speaks through a helper process, which starts with the first sentence and again after a crash."""

    def __init__(
        self, name: VoiceName, patience: float = PATIENCE, helper: tuple[str, ...] | None = None
    ) -> None:
        """Make one that has not started anything yet.

        Args:
            name: which voice.
            patience: how long one sentence may take, in seconds.
            helper: the command of the helper process, if not our own.
        """
        self._name = name
        self._patience = patience
        self._command = helper or (
            sys.executable, "-P", "-m", "prehab.audio.voices.helper",
            name.engine, name.voice, str(name.speed),
        )  # fmt: skip
        self._speaking = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> VoiceName:
        """Which voice this is."""
        return self._name

    def speak(self, words: str) -> Recording:
        """Have one sentence spoken; waits for it.

        Raises:
            VoiceError: if the engine cannot, crashes, or takes too long.
        """
        with self._speaking:
            helper = self._helper = self._helper or self._start()
            watchdog = threading.Timer(self._patience, helper.kill)
            watchdog.start()
            try:
                return self._ask(helper, words)
            except (OSError, EOFError) as error:
                self._helper = None
                raise VoiceError(f"{self._name} stopped with {_end(helper)} at {words!r}") from error
            finally:
                watchdog.cancel()
                watchdog.join()

    def release(self) -> None:
        """End the helper process, also in the middle of a sentence."""
        helper = self._helper
        if helper is not None:
            helper.kill()
        with self._speaking:
            if self._helper is not None:
                _end(self._helper)
                self._helper = None

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT | os.environ,
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            raise VoiceError(f"{self._name} cannot be started: {error.strerror}") from error

    def _ask(self, helper: subprocess.Popen[bytes], words: str) -> Recording:
        assert helper.stdin is not None
        assert helper.stdout is not None
        helper.stdin.write(words.encode().replace(b"\n", b" ") + b"\n")
        helper.stdin.flush()
        is_sound, rate, size = HEADER.unpack(_read(helper.stdout, HEADER.size))
        answer = _read(helper.stdout, size)
        if not is_sound:
            raise VoiceError(answer.decode(errors="replace"))
        return Recording(array("h", answer), rate)


def _read(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _end(helper: subprocess.Popen[bytes]) -> str:
    """Take leave of a helper and say how it ended."""
    helper.kill()
    for stream in (helper.stdin, helper.stdout):
        try:
            if stream is not None:
                stream.close()
        except OSError:
            pass
    code = helper.wait()
    return f"signal {-code}" if code < 0 else f"exit code {code}"
