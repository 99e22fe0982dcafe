"""A sound device made of nothing: a private PulseAudio with a null sink, a recorder, and onset finding."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

RATE = 48_000
PROGRAMS = ("pulseaudio", "pactl", "parec")
STARTS_WITHIN = 10.0
"""How long the server may take to answer, in seconds."""
BLOCK = 0.005
"""What is recorded at a time, in seconds, and so how long before it is played."""
OVERRULES = "PULSE_LATENCY_MSEC"
"""A recorder would take this for its block."""
STEADY_AFTER = 0.5
"""How long a recorder has delivered when the sink has changed over to its block, in seconds."""
QUIET_BEFORE = RATE // 10
"""An onset has this many frames of silence before it."""


def missing() -> tuple[str, ...]:
    """The programs that are needed and not there."""
    return tuple(program for program in PROGRAMS if shutil.which(program) is None)


class NullSink:
    """A running sound server; while it runs, `environ` sends programs to it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="prehab-sink-")
        folder = Path(self._folder.name)
        (folder / "pulse").mkdir(mode=0o700)
        self.environ = {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder / "pulse"),
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_SINK": "null",
            "PULSE_SOURCE": "null.monitor",
        }
        """What to add to the environment of a program that shall play here."""
        self._server: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Run the server, again if need be, and wait until it answers."""
        self.kill()
        folder = self.environ["XDG_RUNTIME_DIR"]
        Path(folder, "native").unlink(missing_ok=True)
        self._server = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
                "--realtime=no", "--high-priority=no", "--disable-shm=yes", f"--log-target=file:{folder}/log",
                "-L", f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native",
                "-L", f"module-null-sink sink_name=null rate={RATE} channels=2 format=s16le",
            ],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + STARTS_WITHIN
        while subprocess.run(["pactl", "info"], env=self._env(), capture_output=True, check=False).returncode:
            if time.monotonic() > until or self._server.poll() is not None:
                raise OSError(f"the sound server does not answer (see {folder}/log)")
            time.sleep(0.05)

    def kill(self) -> None:
        """Take the device away without a word."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let the server do nothing for a while, as one that gets no turn."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._server.send_signal(signal.SIGCONT)

    @contextmanager
    def recording(self) -> Iterator[Recording]:
        """Record what is played. Without a recorder the sink takes 2 s at a time; with it, `BLOCK`.

        It has changed over to that before this begins: a sound on its way would be heard elsewhere after it.
        """
        recording = Recording(self._env())
        try:
            recording.wait_steady()
            yield recording
        finally:
            recording.stop()

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self.kill()
        self._folder.cleanup()

    def _env(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name != OVERRULES} | self.environ


class Recording:
    """What came out of the sink, with the moment of its first sample."""

    def __init__(self, env: dict[str, str]) -> None:
        self._parec = subprocess.Popen(
            [
                "parec", "--device=null.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1",
                f"--latency-msec={BLOCK * 1000:.0f}", "--raw",
            ],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._chunks: list[bytes] = []
        self._size = 0
        self._delays: list[tuple[int, float]] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def began(self) -> float:
        """The moment of the first sample by the monotonic clock, in seconds, as well as all arrivals tell.

        A chunk arrives after it was recorded, never before: the earliest is the truth.
        """
        return min(delay for _, delay in self._delays) + BLOCK

    def at(self, frame: int) -> float:
        """The moment of a sample, in seconds, as well as the arrivals around it tell.

        Those of long ago are no help: a recorder that got no turn has lost what was played meanwhile.
        """
        around = [delay for last, delay in self._delays if abs(last - frame) < RATE]
        return min(around) + BLOCK + frame / RATE if around else self.began + frame / RATE

    def wait_steady(self) -> None:
        """Wait until it has delivered for a while, and tell moments only by what comes after that.

        Raises:
            OSError: if it delivers nothing.
        """
        until = time.monotonic() + STARTS_WITHIN
        while not self._delays:
            if time.monotonic() > until:
                raise OSError("nothing can be recorded of the sound server")
            time.sleep(0.01)
        time.sleep(STEADY_AFTER)
        self._delays[:-1] = []

    def samples(self) -> array[int]:
        """Everything so far."""
        data = b"".join(self._chunks)
        return array("h", data[: len(data) // 2 * 2])

    def stop(self) -> None:
        """End the recording."""
        self._parec.terminate()
        self._reader.join(2.0)
        self._parec.wait()

    def _read(self) -> None:
        out = self._parec.stdout
        assert out is not None
        while chunk := os.read(out.fileno(), 65_536):
            self._size += len(chunk)
            self._chunks.append(chunk)
            self._delays.append((self._size // 2, time.monotonic() - self._size / 2 / RATE))
        out.close()


def onsets(samples: Sequence[int], threshold: int = 300) -> list[int]:
    """The frames at which a sound begins after a tenth of a second of silence."""
    found = []
    last_loud = -QUIET_BEFORE - 1
    for block in range(0, len(samples), 480):
        piece = samples[block : block + 480]
        if max(piece) <= threshold and min(piece) >= -threshold:
            continue
        for frame, sample in enumerate(piece, block):
            if abs(sample) > threshold:
                if frame - last_loud > QUIET_BEFORE:
                    found.append(frame)
                last_loud = frame
    return found
