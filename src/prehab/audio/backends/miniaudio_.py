"""One stream to the sound device for the whole session, through miniaudio."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import Any

from prehab.audio import advice
from prehab.audio.anchor import StreamAnchor
from prehab.audio.backends.quiet import hush, stderr_away
from prehab.audio.clips import RATE
from prehab.audio.mixer import Mixer
from prehab.audio.offline import load_miniaudio
from prehab.audio.player import BackendError, Notice, Output, Sound
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.clock import nanos
from prehab.runtime.sinks import Planned

PERIOD = 100
"""What the device asks for at a time, in ms."""
PERIODS = 3
"""How many of them it holds: long enough for a busy machine, short enough to fall silent within 0.35 s."""
SERVER = "PULSEAUDIO"
"""A sound server that holds the queue itself. Of it miniaudio asks for a queue of one period only."""
SERVER_QUEUE = 250
"""What the server is asked to hold, in ms; beside a program that wants its own sound at once it keeps 145."""
SERVER_READS = "PULSE_LATENCY_MSEC"
"""Where the library of the server looks for that, when a stream is opened."""
SERVER_PERIOD = 25
"""What is rendered at a time where the server holds the queue, in ms: it waits on top of it."""
LOOKS_EVERY = 1.0
"""How often the device is looked after, in seconds."""
LOST_AFTER = 3
"""A device that asked for nothing between so many looks is gone."""
RETRIES_EVERY = 1.0
"""How often a device that is gone is looked for, in seconds."""
DRAINS_FOR = 0.4
"""How long what was rendered last takes until it was heard, at most, in seconds."""
OPENS_WITHIN = 5.0
"""How long a sound system may take to answer, in seconds."""
PATIENCE = 2.0
"""How long a device may take to close, in seconds."""

NO_SYSTEM = "cannot init context"
"""What miniaudio says of a system whose library is not there, or whose server does not run."""
GONE = "the sound device went away; the session goes on, and sound comes back with the device"

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())


TALKATIVE = frozenset({"ALSA", "JACK"})
"""Systems whose libraries write to the terminal; asking them not to loads them, so only in their turn."""


class MiniaudioPlayer:
    """Plays through the sound device; when that goes away it waits for it to come back."""

    name = "miniaudio"

    def __init__(
        self,
        sound: Sound,
        on_notice: Notice = lambda notice: None,
        *,
        systems: Sequence[str] = (),
        clock: Callable[[], int] = nanos,
    ) -> None:
        """Open the device.

        Args:
            sound: what cues sound like, and how loud.
            on_notice: told when the device goes away.
            systems: names of miniaudio's own backends to try in turn; by default every real one.
            clock: the monotonic clock in nanoseconds.

        Raises:
            BackendError: if no device answers.
        """
        self._mixer = Mixer(sound, StreamAnchor())
        self._on_notice = on_notice
        self._clock = clock
        self._calls = 0
        self._trouble: str | None = None
        self._has_told_of_trouble = False
        self._ready = Event()
        self._ready_at: Millis | None = None
        self._device_name: str | None = None
        self._wake = Event()
        self._stopped = Event()
        self._closing = Event()
        self._released = Event()
        self._library = _import()
        with stderr_away():
            self._system, self._device = self._open_in_time(systems)
        atexit.register(self.close)
        self._watcher = Thread(target=self._watch, name="prehab-sound", daemon=True)
        self._watcher.start()

    @property
    def begun(self) -> int:
        return self._mixer.begun

    def describe(self) -> Output:
        lag = self._mixer.lag if self._mixer.settled else Millis(0)
        return Output(self.name, self._system, self._device_name, lag or None)

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        self._mixer.replace(schedule)

    def set_volume(self, volume: int) -> None:
        self._mixer.volume = volume

    def set_muted(self, muted: bool) -> None:
        self._mixer.muted = muted

    def set_enabled(self, enabled: frozenset[CueKind]) -> None:
        self._mixer.enabled = enabled

    def ready_at(self) -> Millis | None:
        return self._ready_at

    def wait_ready(self, timeout: float) -> bool:
        return self._ready.wait(timeout)

    def finish(self, timeout: float) -> None:
        until = self._clock() + round(timeout * 1e9)
        while not self._mixer.idle and self._clock() < until and not self._closing.wait(0.02):
            pass
        if self._mixer.begun:
            self._closing.wait(DRAINS_FOR)
        self.close()

    def close(self) -> None:
        if self._closing.is_set():
            return
        self._closing.set()
        self._wake.set()
        atexit.unregister(self.close)
        self._watcher.join(PATIENCE)
        self._let_go()

    def _open_in_time(self, systems: Sequence[str]) -> tuple[str, Any]:
        """Open a device in a thread of its own: a server that hangs would hold a session up for a minute."""
        opened: Future[tuple[str, Any]] = Future()
        Thread(target=self._open_late, args=(systems, opened), name="prehab-sound-on", daemon=True).start()
        try:
            return opened.result(OPENS_WITHIN)
        except TimeoutError:
            if not opened.cancel():
                return opened.result()
        raise BackendError(
            f"the sound system did not answer within {OPENS_WITHIN:.0f} s", advice.no_device(os.environ)
        )

    def _open_late(self, systems: Sequence[str], opened: Future[tuple[str, Any]]) -> None:
        """Answer with a device; one that nobody waits for any more is closed."""
        try:
            found = self._open_first(systems)
        except BackendError as error:
            if opened.set_running_or_notify_cancel():
                opened.set_exception(error)
        else:
            if opened.set_running_or_notify_cancel():
                opened.set_result(found)
            else:
                self._released.set()
                _close(self._library, found[1])

    def _open_first(self, systems: Sequence[str]) -> tuple[str, Any]:
        refused: dict[str, str] = {}
        for system in systems or _real_systems(self._library):
            try:
                return system, self._open(system)
            except self._library.MiniaudioError as error:
                refused[system] = str(error.args[0])
        told = ", ".join(f"{system}: {why}" for system, why in refused.items())
        raise BackendError(
            f"no sound device answers ({told or 'no sound system is known here'})",
            advice.no_device(os.environ, has_system=any(why != NO_SYSTEM for why in refused.values())),
        )

    def _open(self, system: str) -> Any:
        if system in TALKATIVE:
            hush()
        with _server_queue():
            device = self._library.PlaybackDevice(
                output_format=self._library.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=SERVER_PERIOD if system == SERVER else PERIOD,
                callback_periods=PERIODS,
                backends=[self._library.Backend[system]],
                app_name="prehab",
            )
        released = Event()
        feed = self._feed(released)
        next(feed)
        self._stopped.clear()
        device.stop_callback = partial(self._on_stop, released)
        device.start(feed)
        self._released = released
        return device

    def _feed(self, released: Event) -> Generator[bytes, int, None]:
        """Answer each call of the device; an exception would be printed over the screen and end the sound."""
        frames = yield b""
        while True:
            if released.is_set():
                frames = yield bytes(2 * frames)
                continue
            now = self._clock()
            self._calls += 1
            try:
                block = self._mixer.render(frames, now)
            except Exception as error:
                _LOG.exception("a block could not be rendered")
                self._trouble = f"a cue could not be played ({type(error).__name__}: {error})"
                self._wake.set()
                block = bytes(2 * frames)
            if self._ready_at is None and self._mixer.settled:
                self._ready_at = Millis(now // 1_000_000)
                self._ready.set()
            frames = yield block

    def _on_stop(self, released: Event) -> None:
        if not released.is_set():
            self._stopped.set()
            self._wake.set()

    def _watch(self) -> None:
        """Look after the device, in a thread of its own."""
        calls, missed, has_told = -1, 0, False
        self._find_name()
        while not self._closing.is_set():
            self._wake.wait(LOOKS_EVERY)
            self._wake.clear()
            self._tell_of_trouble()
            missed = missed + 1 if calls == self._calls else 0
            calls = self._calls
            if self._closing.is_set():
                return
            if self._stopped.is_set() or missed >= LOST_AFTER:
                if not has_told:
                    self._on_notice(GONE)
                has_told, missed = True, 0
                self._get_back()
            elif self._mixer.settled:
                has_told = False

    def _tell_of_trouble(self) -> None:
        if self._trouble is not None and not self._has_told_of_trouble:
            self._has_told_of_trouble = True
            self._on_notice(self._trouble)

    def _get_back(self) -> None:
        """Try again and again to open a device of the same system."""
        self._let_go()
        while not self._closing.wait(RETRIES_EVERY):
            try:
                # A device that can't be opened keeps its connection: ask for one first that is given back.
                self._library.Devices([self._library.Backend[self._system]])
                self._mixer.restart()
                self._device = self._open(self._system)
            except self._library.MiniaudioError as error:
                _LOG.debug("the device is still away: %s", error)
            else:
                return

    def _let_go(self) -> None:
        """Close the device; one whose server hangs is left behind."""
        device, self._device = self._device, None
        self._released.set()
        if device is not None:
            closer = Thread(target=_close, args=(self._library, device), name="prehab-sound-off", daemon=True)
            closer.start()
            closer.join(PATIENCE)

    def _find_name(self) -> None:
        """Ask for the name of the device, which may take a while; of several nobody knows which it is."""
        try:
            found = self._library.Devices([self._library.Backend[self._system]]).get_playbacks()
        except self._library.MiniaudioError:
            return
        self._device_name = str(found[0]["name"]) if len(found) == 1 else None


def _import() -> Any:
    try:
        return load_miniaudio()
    except (ImportError, OSError) as error:
        raise BackendError("miniaudio is not installed", "pip install 'prehab[miniaudio]'") from error


@contextmanager
def _server_queue() -> Iterator[None]:
    """Ask for a queue of more than a period, for which miniaudio has no other way than the environment.

    It is put back: a program started from here would get the same queue for its own sound.
    """
    before = os.environ.get(SERVER_READS)
    os.environ[SERVER_READS] = str(SERVER_QUEUE)
    try:
        yield
    finally:
        if before is None:
            del os.environ[SERVER_READS]
        else:
            os.environ[SERVER_READS] = before


def _real_systems(library: Any) -> list[str]:
    """What miniaudio can speak to here, in its own order; the null device would be silent without a word."""
    enabled = library.get_enabled_backends()
    unreal = (library.Backend.NULL, library.Backend.CUSTOM)
    return [system.name for system in library.Backend if system in enabled and system not in unreal]


def _close(library: Any, device: Any) -> None:
    """Close a device and its context, which miniaudio would leave connected."""
    context = getattr(device, "_context", None)
    device.close()
    if context is not None:
        library.lib.ma_context_uninit(context)
