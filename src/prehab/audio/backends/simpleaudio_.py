"""Sounds through simpleaudio, which has no stream: each is started at its moment by a thread."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from time import sleep
from typing import Any

from prehab.audio import advice
from prehab.audio.backends.quiet import hush, stderr_away
from prehab.audio.clips import FRAMES_A_MILLI, RATE, Clip
from prehab.audio.deadlines import Deadlines
from prehab.audio.envelopes import LOWERS_FOR, lowering
from prehab.audio.player import BackendError, Notice, Output, Sound
from prehab.audio.samples import gain_of, limited, part, scaled
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.sinks import Planned

GONE = "a sound could not be played; the session goes on, and the next one is tried again"

_UNSAFE_FROM = (3, 12)
_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


class SimpleaudioPlayer:
    """Starts each cue at its moment; the system mixes those that overlap. It is ready at once."""

    name = "simpleaudio"

    def __init__(
        self,
        sound: Sound,
        on_notice: Notice,
        now: Callable[[], Millis],
    ) -> None:
        """Try the device and stand ready.

        Args:
            sound: what cues sound like, and how loud.
            on_notice: told when a sound could not be played.
            now: the monotonic clock.

        Raises:
            BackendError: if it is not installed, would crash, or no device answers.
        """
        self._library = _import()
        self._tones = sound.tones
        self._spoken = sound.spoken
        self._volume = sound.volume
        self._muted = sound.muted
        self._enabled = sound.enabled
        self._on_notice = on_notice
        self._has_told = False
        self._opened = now()
        self._schedule: tuple[Planned, ...] = ()
        self._prepared: tuple[int, int, bytes] | None = None
        self._sounding: dict[int, Any] = {}
        self._lock = Lock()
        self._begun = 0
        hush()
        with stderr_away():
            self._try_device()
        self._deadlines = Deadlines(self._play, now, sound.lead, prepare=self._prepare)

    @property
    def begun(self) -> int:
        return self._begun

    def describe(self) -> Output:
        return Output(self.name, device="the default of the system")

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        self._schedule = schedule
        self._deadlines.replace(schedule)
        self._stop_all_but({planned.key for planned in schedule})

    def set_volume(self, volume: int) -> None:
        self._volume = volume
        if volume == 0:
            self._stop_all_but(set())

    def set_muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self._stop_all_but(set())

    def set_enabled(self, enabled: frozenset[CueKind]) -> None:
        self._enabled = enabled

    def ready_at(self) -> Millis | None:
        return self._opened

    def wait_ready(self, timeout: float) -> bool:
        return True

    def finish(self, timeout: float) -> None:
        self._deadlines.wait_done(timeout)
        steps = round(timeout / 0.02)
        while steps > 0 and any(playing.is_playing() for playing in self._playing()):
            sleep(0.02)
            steps -= 1
        self.close()

    def close(self) -> None:
        self._deadlines.close()
        self._stop_all_but(set())

    def _try_device(self) -> None:
        try:
            self._start(bytes(2 * 10 * FRAMES_A_MILLI))
        except Exception as error:
            raise BackendError(f"no sound device answers ({error})", advice.no_device(os.environ)) from error

    def _start(self, samples: bytes) -> Any:
        return self._library.play_buffer(samples, 1, 2, RATE)

    def _prepare(self, planned: Planned) -> None:
        """Make the next sound while nothing else is due: a sentence takes some hundredths of a second."""
        samples = self._samples(planned)
        self._prepared = None if samples is None else (planned.key, self._gain(), samples)

    def _play(self, planned: Planned) -> None:
        gain = self._gain()
        if planned.cue.kind not in self._enabled or gain == 0:
            return
        key, its_gain, samples = self._prepared or (None, 0, b"")
        if (key, its_gain) != (planned.key, gain):
            made = self._samples(planned)
            if made is None:
                return
            samples = made
        try:
            playing = self._start(samples)
        except Exception as error:
            self._tell(error)
            return
        with self._lock:
            self._sounding = {key: p for key, p in self._sounding.items() if p.is_playing()}
            self._sounding[planned.key] = playing
        self._begun += 1

    def _tell(self, error: Exception) -> None:
        _LOG.debug("a sound could not be played: %s", error)
        if not self._has_told:
            self._has_told = True
            self._on_notice(GONE)

    def _samples(self, planned: Planned) -> bytes | None:
        clip = self._clip(planned)
        if clip is None or not clip.frames:
            return None
        samples = part(clip, 0, clip.frames)
        if planned.cue.kind is CueKind.SAY:
            for gains in self._lowered_by_tones(planned, clip.frames):
                samples = scaled(samples, gains)
        return limited(scaled(samples, self._gain())).tobytes()

    def _lowered_by_tones(self, speech: Planned, frames: int) -> list[list[int]]:
        """The gains of a sentence under each tone that will sound beside it."""
        found = []
        for planned in self._schedule:
            begins = (planned.deadline - speech.deadline) * FRAMES_A_MILLI
            tone = self._clip(planned) if planned.cue.kind is not CueKind.SAY and begins < frames else None
            if tone is not None and planned.cue.kind in self._enabled:
                lowered = lowering(begins, begins + max(LOWERS_FOR, tone.frames * 3 // 4), 0, frames)
                found += [] if lowered is None else [lowered]
        return found

    def _clip(self, planned: Planned) -> Clip | None:
        cue = planned.cue
        return self._spoken(cue) if cue.kind is CueKind.SAY else self._tones.of(cue)

    def _gain(self) -> int:
        return 0 if self._muted else gain_of(self._volume)

    def _playing(self) -> list[Any]:
        with self._lock:
            return list(self._sounding.values())

    def _stop_all_but(self, keys: set[int]) -> None:
        with self._lock:
            stopped = [self._sounding.pop(key) for key in list(self._sounding) if key not in keys]
        for playing in stopped:
            with suppress(Exception):
                playing.stop()


def _import() -> Any:
    """Import the library, if it is there and does not end the process with its first sound."""
    if importlib.util.find_spec("simpleaudio") is None:
        raise BackendError("simpleaudio is not installed", "pip install 'prehab[simpleaudio]'")
    if sys.version_info >= _UNSAFE_FROM and _is_installed("simpleaudio"):
        raise BackendError(
            "simpleaudio 1.0.4 crashes on Python 3.12 and later",
            "pip uninstall simpleaudio, then pip install 'prehab[simpleaudio]'",
        )
    try:
        import simpleaudio
    except (ImportError, OSError) as error:
        raise BackendError(f"simpleaudio can't be loaded ({error})", "install it again") from error
    return simpleaudio


def _is_installed(distribution: str) -> bool:
    try:
        importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
