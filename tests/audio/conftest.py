"""A sound device for the tests that need one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from bench.sound_sink import NullSink, missing

from prehab import resources
from prehab.audio.clips import Tones, load_tones

REQUIRED = "PREHAB_REQUIRE_DEVICE"


@pytest.fixture(scope="session")
def tones() -> Tones:
    """The bundled sounds."""
    return load_tones(resources.sounds())


@pytest.fixture(scope="session")
def null_sink() -> Iterator[NullSink]:
    """A sound server of the tests' own, with a device made of nothing."""
    if absent := missing():
        reason = f"no sound server can be started: {', '.join(absent)} not found"
        if os.environ.get(REQUIRED):
            pytest.fail(f"{reason}, and {REQUIRED} is set")
        pytest.skip(reason)
    sink = NullSink()
    yield sink
    sink.close()


@pytest.fixture
def device(null_sink: NullSink, monkeypatch: pytest.MonkeyPatch) -> NullSink:
    """The same, with this process's sound sent to it."""
    for name, value in null_sink.environ.items():
        monkeypatch.setenv(name, value)
    return null_sink


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any sound device, whatever this one has."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/prehab")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nonexistent/prehab")
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "prehab-nonexistent")
