"""Which backend is opened, and what is said about those that are not."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import subprocess
import sys

import pytest

from prehab.audio import advice, probe
from prehab.audio.backends import quiet, simpleaudio_
from prehab.audio.backends.bell import BEL, BellPlayer
from prehab.audio.backends.silent import SilentPlayer
from prehab.audio.choose import BACKENDS, Refusal, open_backend, open_player
from prehab.audio.clips import TONE_KINDS, Tones
from prehab.audio.player import BackendError, Sound
from prehab.audio.probe import audition
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.runtime.clock import ManualClock, SystemClock

hidden = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can the devices be hidden")


def write_nothing(text: str) -> None:
    """A terminal that nobody hears."""


@hidden
@pytest.mark.usefixtures("no_device")
def test_without_a_device_the_bell_is_next_and_nothing_is_printed(
    tones: Tones, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = open_player("auto", tones, bell_write=write_nothing)
    opened.player.close()
    assert opened.player.name == "bell"
    assert [refusal.backend for refusal in opened.refusals] == ["miniaudio", "simpleaudio"]
    assert "no sound device answers" in opened.refusals[0].why
    assert all(refusal.what_to_do for refusal in opened.refusals)
    assert capfd.readouterr() == ("", "")


@hidden
@pytest.mark.usefixtures("no_device")
def test_nothing_is_printed_either_where_a_screen_is_up_already(
    tones: Tones, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quiet, "is_drawn_on", lambda: True)
    open_player("miniaudio", tones).player.close()
    assert capfd.readouterr() == ("", "")


@hidden
@pytest.mark.usefixtures("no_device")
def test_the_last_resort_is_silence(tones: Tones) -> None:
    opened = open_player("auto", tones)
    assert opened.player.name == "silent"
    assert [refusal.backend for refusal in opened.refusals] == ["miniaudio", "simpleaudio", "bell"]


@hidden
@pytest.mark.usefixtures("no_device")
def test_one_that_was_asked_for_and_fails_is_said_and_gives_way(tones: Tones) -> None:
    opened = open_player("simpleaudio", tones, bell_write=write_nothing)
    opened.player.close()
    assert opened.player.name == "bell"
    assert opened.refusals[0].backend == "simpleaudio"


def test_one_that_was_asked_for_and_works_is_used_without_a_word(tones: Tones) -> None:
    for name in ("bell", "silent"):
        opened = open_player(name, tones, bell_write=write_nothing)
        opened.player.close()
        assert opened.player.name == name
        assert opened.refusals == ()


def test_an_unknown_name_is_refused_with_the_names_there_are(tones: Tones) -> None:
    with pytest.raises(BackendError) as caught:
        open_backend("loudspeaker", Sound(tones), write_nothing, None)
    assert "'loudspeaker'" in caught.value.why
    assert all(name in caught.value.what_to_do for name in ("auto", *BACKENDS))


def test_miniaudio_is_refused_where_it_is_not_installed(
    tones: Tones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    opened = open_player("miniaudio", tones, bell_write=write_nothing)
    opened.player.close()
    assert opened.refusals[0] == Refusal(
        "miniaudio", "miniaudio is not installed", "pip install 'prehab[miniaudio]'"
    )


class Installed:
    """A machine with a build of simpleaudio, which is never loaded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, distribution: str, python: tuple[int, int]) -> None:
        def find(name: str) -> str:
            if name != distribution:
                raise importlib.metadata.PackageNotFoundError(name)
            return name

        monkeypatch.setattr(importlib.metadata, "distribution", find)
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
        monkeypatch.setattr(sys, "version_info", (*python, 0))
        monkeypatch.setitem(sys.modules, "simpleaudio", None)


def why_refused(tones: Tones) -> str:
    with pytest.raises(BackendError) as caught:
        simpleaudio_.SimpleaudioPlayer(Sound(tones), write_nothing, SystemClock().now)
    return caught.value.why


def test_the_build_that_crashes_is_refused_before_it_is_loaded(
    tones: Tones, monkeypatch: pytest.MonkeyPatch
) -> None:
    Installed(monkeypatch, "simpleaudio", (3, 12))
    assert "crashes on Python 3.12" in why_refused(tones)


@pytest.mark.parametrize(
    ("distribution", "python"), [("simpleaudio", (3, 11)), ("simpleaudio-patched", (3, 13))]
)
def test_builds_that_do_not_crash_are_loaded(
    tones: Tones, monkeypatch: pytest.MonkeyPatch, distribution: str, python: tuple[int, int]
) -> None:
    Installed(monkeypatch, distribution, python)
    assert "can't be loaded" in why_refused(tones)


def test_over_ssh_the_way_out_is_another_machine() -> None:
    assert "over ssh" in advice.no_device({"SSH_CONNECTION": "1.2.3.4", "PULSE_SERVER": "x"})
    assert "PULSE_SERVER is unix:/gone" in advice.no_device({"PULSE_SERVER": "unix:/gone"})
    assert advice.no_device({})
    if sys.platform == "linux":
        assert "pactl info" in advice.no_device({})
        assert "install libasound2" in advice.no_device({}, has_system=False)


def test_in_tmux_the_bell_needs_a_setting() -> None:
    assert "tmux" in advice.bell({"TMUX": "/tmp/tmux-0/default,1,0"})
    assert "screen" in advice.bell({"TERM": "screen-256color"})
    assert "settings of the terminal" in advice.bell({})


@hidden
@pytest.mark.usefixtures("no_device")
def test_probing_tries_every_backend_and_says_why_each_is_refused(
    tones: Tones, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMUX", "yes")
    rung: list[str] = []
    found = {state.backend: state for state in probe.probe(tones, rung.append)}
    assert tuple(found) == BACKENDS
    assert [name for name, state in found.items() if state.output is not None] == ["bell", "silent"]
    assert "no sound device answers" in found["miniaudio"].why
    assert "tmux" in found["bell"].what_to_do
    assert rung == []
    assert capfd.readouterr() == ("", "")


def test_an_audition_plays_every_cue_once_in_turn(monkeypatch: pytest.MonkeyPatch, tones: Tones) -> None:
    monkeypatch.setattr(probe, "AHEAD", Millis(0))
    rung: list[str] = []
    player = BellPlayer(Sound(tones), rung.append, SystemClock().now)

    def until_it_was_due(seconds: float) -> None:
        player._deadlines.wait_done(5)

    heard = list(audition(player, SystemClock(), sentence="Hello.", pause=until_it_was_due))
    player.close()
    assert [cue.kind for cue, _ in heard] == [*TONE_KINDS, CueKind.SAY]
    assert [cue.kind for cue, began in heard if began] == [CueKind.GO, CueKind.END, CueKind.DONE]
    assert rung == [BEL] * 3


def test_an_audition_of_silence_says_that_nothing_was_heard() -> None:
    waited: list[float] = []
    heard = list(audition(SilentPlayer(Millis(0)), ManualClock(), pause=waited.append))
    assert not any(began for _, began in heard)
    assert len(waited) == len(TONE_KINDS)


def test_what_is_written_to_the_terminal_meanwhile_is_kept_away(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet.stderr_away():
        os.write(2, b"ALSA lib pcm.c: underrun\n")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "afterwards\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals of this kind")
def test_a_terminal_on_which_a_screen_is_drawn_is_left_alone() -> None:
    """In a process of its own, whose standard error is a terminal in the state that Textual leaves it in."""
    code = (
        "import os, sys, tty\n"
        "from prehab.audio.backends.quiet import stderr_away\n"
        "if sys.argv[1] == 'screen': tty.setcbreak(2)\n"
        "with stderr_away(): os.write(2, b'[frame]')\n"
        "os.write(2, b'[end]')\n"
    )
    for state, expected in (("screen", b"[frame][end]"), ("lines", b"[end]")):
        master, slave = os.openpty()
        subprocess.run([sys.executable, "-c", code, state], stderr=slave, check=True)
        assert os.read(master, 100) == expected
        os.close(slave)
        os.close(master)
