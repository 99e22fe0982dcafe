"""What doctor finds: the device and its latency, the voice, the cache, and a way out of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from prehab.audio import probe
from prehab.audio.player import Output
from prehab.audio.probe import BackendState
from prehab.config import locations
from prehab.config.settings import Settings, VoiceEngine
from prehab.domain.duration import Millis
from prehab.session import checkup
from prehab.session.checkup import Finding, findings


@pytest.fixture(autouse=True)
def one_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with one device, whatever this one has."""
    state = BackendState("miniaudio", Output("miniaudio", "ALSA", "A box", Millis(120)))
    monkeypatch.setattr(checkup, "probe", lambda tones, ring: (state,))


def found(about: str, name: str, settings: Settings | None = None) -> Finding:
    every = findings(settings or Settings(), ())
    return next(one for one in every if (one.about, one.name) == (about, name))


def test_the_device_in_use_is_named_with_its_latency() -> None:
    device = found("sound", "miniaudio")
    assert device.state == "in use"
    assert device.detail == "ALSA, A box, cues are sent 120 ms ahead"


def test_a_latency_that_nobody_knows_is_said_to_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    state = BackendState("miniaudio", Output("miniaudio", "ALSA"))
    monkeypatch.setattr(checkup, "probe", lambda tones, ring: (state,))
    assert "not known" in found("sound", "miniaudio").detail


@pytest.mark.parametrize(
    ("server", "says"),
    [({}, "run prehab on the machine you hear"), ({"PULSE_SERVER": "tcp:lap:4713"}, "")],
)
def test_over_ssh_a_device_that_answers_may_be_out_of_hearing(
    monkeypatch: pytest.MonkeyPatch, server: dict[str, str], says: str
) -> None:
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    for name, value in {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22", **server}.items():
        monkeypatch.setenv(name, value)
    hint = probe.hint("miniaudio")
    assert (says in hint) if says else hint == ""


def test_the_voice_in_use_is_named() -> None:
    named = Settings(voice_engine=VoiceEngine.NANOTTS, voice_name="en-GB")
    voice = found("voice", "nanotts", named)
    if voice.state != "refused":
        assert voice.detail.endswith(": en-GB")


def test_a_cache_that_cant_be_written_is_a_problem_with_the_folder_to_make_writable() -> None:
    cache = locations.speech_cache()
    assert found("files", "voice cache").state == "missing"
    cache.parent.parent.mkdir(parents=True, exist_ok=True)
    Path(cache.parent).write_text("in the way")
    problem = found("files", "voice cache")
    assert problem.state == "problem"
    assert str(cache.parent) in problem.way_out


def test_a_voice_that_the_speaker_lacks_is_a_problem_and_its_own_speaks() -> None:
    wrong = Settings(voice_engine=VoiceEngine.NANOTTS, voice_name="en-XX")
    if found("voice", "nanotts").state != "refused":
        states = [(one.state, one.detail) for one in findings(wrong, ()) if one.name == "nanotts"]
        assert [state for state, _ in states] == ["in use", "problem"]
        assert "en-US" in states[0][1]
        assert "en-XX" in states[1][1]
