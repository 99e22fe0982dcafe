"""What comes out of a device, recorded: only what a busy machine can keep is asserted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import pytest
from bench.sound_sink import NullSink, Recording, onsets
from tests.audio.scenes import flat, says, tone

from prehab.audio.backends.miniaudio_ import MiniaudioPlayer
from prehab.audio.clips import TONE_KINDS, Tones
from prehab.audio.player import Sound
from prehab.runtime.clock import SystemClock, nanos

pytestmark = pytest.mark.device
NOW = SystemClock().now
MARGIN = 0.25
"""What a busy machine may add to a bound, in seconds."""


@dataclass
class Stalling:
    """The clock that the sound thread reads, which can be made to hold it up once."""

    seconds: float = 0.0

    def __call__(self) -> int:
        if self.seconds:
            seconds, self.seconds = self.seconds, 0.0
            time.sleep(seconds)
        return nanos()


@dataclass
class Played:
    """A player on the null sink, and what is recorded of it."""

    player: MiniaudioPlayer
    recording: Recording
    clock: Stalling
    keys: Iterator[int] = field(default_factory=lambda: iter(range(1_000_000)))

    def at(self, frame: int) -> float:
        """The moment of a recorded frame, in seconds."""
        return self.recording.at(frame)

    def onsets_after(self, moment: float) -> list[float]:
        """The moments, in ms, at which sounds began since then."""
        return [
            self.at(frame) * 1000 for frame in onsets(self.recording.samples()) if self.at(frame) > moment
        ]

    def last_loud_after(self, moment: float) -> float:
        """The last moment at which there was any sound, counted from then."""
        samples = self.recording.samples()
        return self.at(max(n for n in range(0, len(samples), 24) if abs(samples[n]) > 30)) - moment


@pytest.fixture(scope="module")
def played(null_sink: NullSink, tones: Tones) -> Iterator[Played]:
    with pytest.MonkeyPatch.context() as patched, null_sink.recording() as recording:
        for name, value in null_sink.environ.items():
            patched.setenv(name, value)
        clock = Stalling()
        heard = Sound(tones, lambda cue: flat(8_000, 3_000, 16_000), volume=100)
        player = MiniaudioPlayer(heard, systems=("PULSEAUDIO",), clock=clock)
        assert player.wait_ready(5)
        yield Played(player, recording, clock)
        player.close()


def test_every_cue_is_in_the_recording_at_its_distance_from_the_others(played: Played) -> None:
    start = NOW() + 400
    apart = (0, 603, 1_204, 1_807, 2_401, 3_003)
    cues = [tone(start + at, next(played.keys), kind) for at, kind in zip(apart, TONE_KINDS, strict=True)]
    played.player.replace(tuple(cues))
    time.sleep(4.0)
    found = played.onsets_after(start / 1000 - 0.3)
    assert len(found) == len(cues)
    late = [at - cue.deadline for at, cue in zip(found, cues, strict=True)]
    assert median(abs(lateness - median(late)) for lateness in late) < 5
    assert -5 < median(late) < 350


def test_after_a_stall_of_the_sound_thread_the_second_cue_is_on_time_again(played: Played) -> None:
    start = NOW() + 400
    dues = [start + 600 * n for n in range(6)]
    played.player.replace(tuple(tone(due, next(played.keys)) for due in dues))
    time.sleep(0.4 + 2 * 0.6 - 0.2)
    played.clock.seconds = 0.4
    time.sleep(3 * 0.6 + 1.1)
    found = played.onsets_after(start / 1000 - 0.3)
    assert len(found) == len(dues)
    late = [at - due for at, due in zip(found, dues, strict=True)]
    assert all(abs(lateness - median(late[:2])) < 100 for lateness in late[4:])


def test_a_sound_server_that_gets_no_turn_for_a_tenth_of_a_second_moves_no_cue(
    played: Played, null_sink: NullSink
) -> None:
    start = NOW() + 400
    dues = [start + 600 * n for n in range(6)]
    played.player.replace(tuple(tone(due, next(played.keys)) for due in dues))
    time.sleep(0.25)
    for _ in dues:
        with null_sink.hanging():
            time.sleep(0.1)
        time.sleep(0.5)
    time.sleep(0.8)
    found = played.onsets_after(start / 1000 - 0.3)
    assert len(found) == len(dues)
    apart = [after - before for before, after in pairwise(found)]
    assert median(abs(distance - 600) for distance in apart) < 10


@pytest.mark.parametrize("how", ["pause", "mute"])
def test_pause_and_mute_are_silent_within_a_third_of_a_second(played: Played, how: str) -> None:
    played.player.replace((says(NOW() + 200, key=next(played.keys)),))
    time.sleep(0.8)
    before = time.monotonic()
    if how == "pause":
        played.player.replace(())
    else:
        played.player.set_muted(True)
    time.sleep(0.9)
    played.player.replace(())
    silent_after = played.last_loud_after(before)
    assert -0.2 < silent_after < 0.35 + MARGIN
