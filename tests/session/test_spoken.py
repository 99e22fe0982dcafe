"""What is said in a session whose sentences were never spoken before."""

from __future__ import annotations

import time
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from prehab import resources
from prehab.audio.backends.silent import SilentPlayer
from prehab.audio.speech import Speaker, Talk
from prehab.audio.speech_cache import SpeechCache
from prehab.audio.voices.engine import Recording, VoiceName
from prehab.domain.compile import compile_timeline
from prehab.domain.cues import CueKind
from prehab.domain.duration import Millis
from prehab.formats.loader import read
from prehab.runtime.clock import ManualClock
from prehab.runtime.sinks import Planned
from prehab.session.session import Session
from prehab.session.sound import Narrator, Sound

RATE = 8_000
PATIENCE = 10.0


class DrawlingVoice:
    """Takes far longer to say something than anybody would guess, once it is let."""

    name = VoiceName("drawling", "")

    def __init__(self) -> None:
        self.may_speak = Event()

    def speak(self, words: str) -> Recording:
        self.may_speak.wait(PATIENCE)
        return Recording(array("h", [100] * (RATE * 7 // 10 * len(words.split()))), RATE)

    def release(self) -> None:
        self.may_speak.set()


class Listening(SilentPlayer):
    """Keeps the schedule it was handed last; as a device it takes a moment until it can be relied on."""

    def __init__(self) -> None:
        super().__init__(Millis(0))
        self.schedule: tuple[Planned, ...] = ()
        self.has_settled = False

    def ready_at(self) -> Millis | None:
        return Millis(0) if self.has_settled else None

    def replace(self, schedule: tuple[Planned, ...]) -> None:
        self.schedule = schedule


@pytest.fixture
def voice() -> DrawlingVoice:
    return DrawlingVoice()


@pytest.fixture
def speaker(voice: DrawlingVoice, tmp_path: Path) -> Iterator[Speaker]:
    made = Speaker(voice, SpeechCache(tmp_path))
    yield made
    made.close()


@pytest.fixture
def player() -> Listening:
    return Listening()


Begin = Callable[[Talk], Session]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def begin(speaker: Speaker, player: Listening, clock: ManualClock) -> Iterator[Begin]:
    begun: list[Session] = []

    def session(talk: Talk) -> Session:
        sound = Sound(player, Narrator(speaker, talk), volume=40, muted=False, notices=deque())
        routine = read(resources.routines() / "stretch-short.toml")
        begun.append(Session(compile_timeline(routine, speech=sound.measure), clock, sound=sound))
        begun[-1].start()
        return begun[-1]

    yield session
    for one in begun:
        one.close()


def meetings(player: Listening, speaker: Speaker) -> list[tuple[str | None, str | None]]:
    """The sentences that are still being said when the next one begins."""
    said = [planned for planned in player.schedule if planned.cue.kind is CueKind.SAY]
    return [
        (one.cue.text, following.cue.text)
        for one, following in pairwise(said)
        if one.deadline + speaker.measure(one.cue.text or "") > following.deadline
    ]


def rest(speaker: Speaker) -> None:
    """Wait until everything has been spoken."""
    until = time.monotonic() + PATIENCE
    while not speaker.is_at_rest and time.monotonic() < until:
        time.sleep(0.01)
    assert speaker.is_at_rest


def settle(session: Session, speaker: Speaker, player: Listening, clock: ManualClock) -> None:
    """Go on until every sentence has been spoken and placed by its real length."""
    for _ in range(3):
        rest(speaker)
        player.has_settled = True
        clock.jump(100)
        session.pulse()


def test_no_sentence_is_cut_short_by_the_next_the_first_time_a_routine_is_heard(
    voice: DrawlingVoice, speaker: Speaker, player: Listening, clock: ManualClock, begin: Begin
) -> None:
    session = begin(Talk.FULL)
    voice.may_speak.set()
    settle(session, speaker, player, clock)
    assert len(player.schedule) > 50
    assert meetings(player, speaker) == []


def test_no_sentence_is_cut_short_where_the_voice_is_switched_on_in_the_session(
    voice: DrawlingVoice, speaker: Speaker, player: Listening, clock: ManualClock, begin: Begin
) -> None:
    session = begin(Talk.OFF)
    voice.may_speak.set()
    session.sound.cycle_voice()
    settle(session, speaker, player, clock)
    assert len(player.schedule) > 50
    assert meetings(player, speaker) == []


def test_a_voice_that_is_switched_on_in_the_session_speaks(
    voice: DrawlingVoice, speaker: Speaker, begin: Begin
) -> None:
    session = begin(Talk.OFF)
    voice.may_speak.set()
    assert session.sound.cycle_voice() == "full"
    assert speaker.wait(PATIENCE)
    said = [cue for segment in session.timeline.segments for cue in segment.cues if cue.text]
    assert all(speaker.clip(cue) for cue in said)


def test_a_slower_voice_is_guessed_to_take_longer(tmp_path: Path) -> None:
    slow, usual = DrawlingVoice(), DrawlingVoice()
    slow.name = VoiceName("drawling", "", 0.5)
    text = "Next: quads, left side, 30 seconds"
    cache = SpeechCache(tmp_path)
    assert Speaker(slow, cache).measure(text) == 2 * Speaker(usual, cache).measure(text)
