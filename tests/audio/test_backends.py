"""What every backend keeps to, whatever is behind it: the same tests for each one that this machine has."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from bench.sound_sink import NullSink
from tests.audio.scenes import says, sound, tone

from prehab.audio.backends import miniaudio_
from prehab.audio.backends.bell import BEL, RINGS_FOR, BellPlayer
from prehab.audio.backends.miniaudio_ import MiniaudioPlayer
from prehab.audio.backends.silent import SilentPlayer
from prehab.audio.choose import open_backend
from prehab.audio.clips import Tones
from prehab.audio.player import EVERY_KIND, BackendError, Sound, SoundPlayer
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis
from prehab.runtime.clock import SystemClock
from prehab.runtime.sinks import Planned

NOW = SystemClock().now
SOON = 60
"""A moment that is not over yet, in ms from now."""


@dataclass
class Opened:
    """A backend that is open, and what was noticed about it."""

    player: SoundPlayer
    plays: frozenset[CueKind]
    """The kinds it makes a sound for."""
    notices: list[str] = field(default_factory=list)


Open = Callable[[Sound], Opened]


def silent(heard: Sound) -> Opened:
    return Opened(SilentPlayer(NOW()), frozenset())


def bell(heard: Sound) -> Opened:
    return Opened(BellPlayer(heard, lambda text: None, NOW), RINGS_FOR)


def miniaudio_on(systems: tuple[str, ...]) -> Open:
    def opened(heard: Sound) -> Opened:
        notices: list[str] = []
        return Opened(MiniaudioPlayer(heard, notices.append, systems=systems), EVERY_KIND, notices)

    return opened


def simpleaudio(heard: Sound) -> Opened:
    notices: list[str] = []
    return Opened(open_backend("simpleaudio", heard, notices.append, None), EVERY_KIND, notices)


def is_unsafe() -> bool:
    """Whether the installed build is the one that ends the process with its first sound."""
    try:
        importlib.metadata.distribution("simpleaudio")
    except importlib.metadata.PackageNotFoundError:
        return False
    return sys.version_info >= (3, 12)


OPENINGS: dict[str, Open] = {
    "silent": silent,
    "bell": bell,
    "null": miniaudio_on(("NULL",)),
    "miniaudio": miniaudio_on(()),
}
if importlib.util.find_spec("simpleaudio") is not None and not is_unsafe():
    OPENINGS["simpleaudio"] = simpleaudio


@pytest.fixture(params=list(OPENINGS), scope="module")
def opening(request: pytest.FixtureRequest) -> Iterator[Open]:
    """How to open each backend; those that need a device have one made for them."""
    name: str = request.param
    if name not in ("miniaudio", "simpleaudio"):
        yield OPENINGS[name]
        return
    sink: NullSink = request.getfixturevalue("null_sink")
    with pytest.MonkeyPatch.context() as patched, sink.recording():
        for variable, value in sink.environ.items():
            patched.setenv(variable, value)
        yield OPENINGS[name]


@pytest.fixture(scope="module")
def shared(opening: Open) -> Iterator[Opened]:
    opened = opening(sound(volume=5))
    assert opened.player.wait_ready(5)
    yield opened
    opened.player.close()


@pytest.fixture
def backend(shared: Opened) -> Opened:
    """An open backend that plays nothing yet."""
    shared.player.replace(())
    shared.player.set_enabled(EVERY_KIND)
    shared.player.set_volume(5)
    shared.player.set_muted(False)
    return shared


@pytest.fixture
def fresh(opening: Open) -> Iterator[Opened]:
    """A backend that may be closed."""
    opened = opening(sound(volume=5))
    yield opened
    opened.player.close()


class Begun:
    """Counts the cues that begin from now on."""

    def __init__(self, opened: Opened) -> None:
        self._player = opened.player
        self._before = opened.player.begun

    def count(self, at_least: int, within: float = 3.0) -> int:
        """How many there are, once there are so many or the time is over."""
        until = time.monotonic() + within
        while self._player.begun - self._before < at_least and time.monotonic() < until:
            time.sleep(0.01)
        return self._player.begun - self._before


_KEYS = itertools.count(1_000)


def cue(after: int, kind: CueKind) -> Planned:
    """A tone that is due so many ms from now, unlike any before."""
    return tone(NOW() + after, next(_KEYS), kind)


def said(after: int, text: str = "a sentence") -> Planned:
    """A sentence that is due so many ms from now, unlike any before."""
    return says(NOW() + after, text, next(_KEYS))


def test_it_says_what_it_is(backend: Opened) -> None:
    output = backend.player.describe()
    assert output.backend == backend.player.name
    assert output.backend in {"silent", "bell", "miniaudio", "simpleaudio"}


def test_it_says_when_it_was_ready(backend: Opened) -> None:
    ready = backend.player.ready_at()
    assert ready is not None
    assert ready <= NOW()


def test_it_plays_the_cues_it_has_a_sound_for_once_each(backend: Opened) -> None:
    begun = Begun(backend)
    kinds = [kind for kind in CueKind if kind is not CueKind.SAY]
    cues = (*(cue(SOON + 5 * n, kind) for n, kind in enumerate(kinds)), said(SOON + 40))
    backend.player.replace(cues)
    backend.player.replace(cues)
    expected = len([planned for planned in cues if planned.cue.kind in backend.plays])
    assert begun.count(expected) == expected
    backend.player.replace(cues)
    assert begun.count(expected + 1, within=0.2) == expected


def test_what_was_taken_back_or_is_long_over_is_never_begun(backend: Opened) -> None:
    begun = Begun(backend)
    backend.player.replace((cue(350, CueKind.GO),))
    backend.player.replace((cue(-5_000, CueKind.GO), cue(-800, CueKind.END)))
    assert begun.count(1, within=0.6) == 0


def test_a_kind_that_is_switched_off_is_not_begun(backend: Opened) -> None:
    begun = Begun(backend)
    backend.player.set_enabled(frozenset({CueKind.END}))
    backend.player.replace((cue(SOON, CueKind.GO), cue(SOON + 10, CueKind.END)))
    expected = len(backend.plays & {CueKind.END})
    assert begun.count(expected) == expected


def test_a_sentence_that_nobody_can_say_is_passed_over(backend: Opened) -> None:
    begun = Begun(backend)
    backend.player.replace((said(SOON, "unheard of"), cue(SOON + 20, CueKind.GO)))
    expected = len(backend.plays & {CueKind.GO})
    assert begun.count(expected) == expected


def test_volume_and_mute_may_be_set_at_any_time(backend: Opened) -> None:
    backend.player.replace((said(SOON), cue(SOON + 100, CueKind.GO)))
    for volume in (0, 100, 5):
        backend.player.set_volume(volume)
        backend.player.set_muted(volume == 100)
    assert backend.notices == []


def test_finishing_lets_the_last_cue_be_heard_and_prints_nothing(
    fresh: Opened, capfd: pytest.CaptureFixture[str]
) -> None:
    assert fresh.player.wait_ready(5)
    fresh.player.replace((cue(150, CueKind.DONE),))
    fresh.player.finish(3)
    assert fresh.player.begun == len(fresh.plays & {CueKind.DONE})
    assert capfd.readouterr() == ("", "")


def test_finishing_does_not_wait_for_ever(fresh: Opened) -> None:
    fresh.player.replace((cue(600_000, CueKind.DONE),))
    before = time.monotonic()
    fresh.player.finish(0.1)
    assert time.monotonic() - before < 5


def test_it_may_be_closed_twice_and_spoken_to_afterwards(fresh: Opened) -> None:
    for _ in range(2):
        fresh.player.close()
        fresh.player.replace((cue(0, CueKind.GO),))
        fresh.player.set_volume(50)
        fresh.player.set_muted(False)
        fresh.player.set_enabled(EVERY_KIND)
        fresh.player.finish(0.1)
        assert fresh.player.describe().backend == fresh.player.name
    assert fresh.notices == []


def test_no_thread_is_left_behind(opening: Open) -> None:
    before = set(threading.enumerate())
    opened = opening(sound(volume=5))
    opened.player.close()
    assert set(threading.enumerate()) <= before


# What is particular to one of them


def test_the_bell_rings_where_a_work_begins_and_ends() -> None:
    written: list[str] = []
    player = BellPlayer(sound(), written.append, NOW)
    start = NOW() - 10
    player.replace(tuple(tone(start + n, n, kind) for n, kind in enumerate(CueKind)))
    player.finish(2)
    assert written == [BEL] * 3
    assert player.begun == 3


def test_the_bell_rings_for_a_reminder_and_for_no_other_sentence() -> None:
    written: list[str] = []
    player = BellPlayer(sound(), written.append, NOW)
    start = NOW() - 10
    reminder = Planned(Millis(start), Cue(Millis(0), CueKind.SAY, "Eyes ahead.", is_reminder=True), 1)
    player.replace((reminder, says(start + 1, key=2)))
    player.finish(2)
    assert written == [BEL]


@pytest.mark.parametrize("heard", [sound(muted=True), sound(volume=0)])
def test_a_silenced_bell_does_not_ring(heard: Sound) -> None:
    written: list[str] = []
    player = BellPlayer(heard, written.append, NOW)
    player.replace((tone(NOW(), 1, CueKind.GO),))
    player.finish(2)
    assert written == []


def test_a_terminal_that_is_gone_is_no_trouble() -> None:
    def write(text: str) -> None:
        raise OSError("the terminal is gone")

    player = BellPlayer(sound(), write, NOW)
    player.replace((tone(NOW(), 1, CueKind.GO),))
    player.finish(2)
    assert player.begun == 0


def test_a_clip_that_fails_is_one_notice_and_the_stream_goes_on() -> None:
    def fails(cue: object) -> None:
        raise ValueError("the file is gone")

    notices: list[str] = []
    heard = Sound(Tones({CueKind.GO: sound().tones.plain[CueKind.GO]}), fails, volume=5)
    player = MiniaudioPlayer(heard, notices.append, systems=("NULL",))
    assert player.wait_ready(5)
    start = NOW() + SOON
    player.replace((says(start, key=1), says(start + 100, key=2), tone(start + 200, 3, CueKind.GO)))
    player.finish(3)
    assert player.begun == 1
    assert notices == ["a cue could not be played (ValueError: the file is gone)"]


@pytest.mark.device
@pytest.mark.parametrize("before", [None, "40"])
def test_a_program_started_beside_a_session_gets_the_queue_it_would_get_anyway(
    device: NullSink, before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PULSE_LATENCY_MSEC", raising=False)
    if before is not None:
        monkeypatch.setenv("PULSE_LATENCY_MSEC", before)
    player = MiniaudioPlayer(sound(volume=5), systems=("PULSEAUDIO",))
    try:
        assert os.environ.get("PULSE_LATENCY_MSEC") == before
    finally:
        player.close()


@pytest.mark.device
def test_a_device_that_goes_away_is_one_notice_and_comes_back(
    device: NullSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(miniaudio_, "RETRIES_EVERY", 0.1)
    notices: list[str] = []
    player = MiniaudioPlayer(sound(volume=5), notices.append, systems=("PULSEAUDIO",))
    try:
        with device.recording():
            assert player.wait_ready(5)
            monkeypatch.setattr(miniaudio_, "LOOKS_EVERY", 0.3)
            device.kill()
        until = time.monotonic() + 15
        while not notices and time.monotonic() < until:
            time.sleep(0.05)
        assert len(notices) == 1
        assert "went away" in notices[0]
        monkeypatch.setattr(miniaudio_, "LOOKS_EVERY", 1.0)
        device.start()
        with device.recording():
            until = time.monotonic() + 15
            while not player.begun and time.monotonic() < until:
                player.replace((cue(100, CueKind.GO),))
                time.sleep(0.3)
        assert player.begun
        assert len(notices) == 1
    finally:
        player.close()
        device.start()


def test_a_sound_server_that_hangs_is_refused_and_its_device_is_not_kept(
    device: NullSink, tones: Tones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(miniaudio_, "OPENS_WITHIN", 0.2)
    with device.hanging(), pytest.raises(BackendError, match="did not answer"):
        MiniaudioPlayer(Sound(tones), systems=("PULSEAUDIO",))
    until = time.monotonic() + 10
    while any(thread.name == "prehab-sound-on" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.05)
