"""Every sentence of a session is ready before it is due, and nobody waits for it."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from prehab.audio.speech import GIVE_UP, Speaker, Talk
from prehab.audio.speech_cache import SpeechCache
from prehab.audio.voices.engine import Recording, VoiceError, VoiceName
from prehab.audio.words import say_well
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis

PATIENCE = 10.0


class FakeVoice:
    """Speaks each letter for 10 ms, when it is let."""

    def __init__(self) -> None:
        self.name = VoiceName("fake", "")
        self.asked: list[str] = []
        self.broken: set[str] = set()
        self.is_silent = False
        self.may_speak = threading.Event()
        self.may_speak.set()
        self.was_released = 0

    def speak(self, words: str) -> Recording:
        self.asked.append(words)
        self.may_speak.wait(PATIENCE)
        if self.is_silent or words in self.broken:
            raise VoiceError("the engine is broken")
        return Recording(array("h", [100] * (80 * len(words))), 8000)

    def release(self) -> None:
        self.was_released += 1
        self.may_speak.set()


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def speaker(voice: FakeVoice, notices: list[str], tmp_path: Path) -> Iterator[Speaker]:
    made = Speaker(voice, SpeechCache(tmp_path), notices.append)
    yield made
    made.close()


def say(text: str, brief: str | None = None) -> Cue:
    return Cue(Millis(0), CueKind.SAY, text, brief=brief)


def test_the_first_sentence_is_spoken_first_and_each_only_once(voice: FakeVoice, speaker: Speaker) -> None:
    speaker.prepare(["Next: calf.", "Right side.", "Next: quads.", "Right side."])
    assert speaker.wait(PATIENCE)
    assert voice.asked == ["Next: calf.", "Right side.", "Next: quads."]


def test_a_sentence_that_is_not_ready_is_silence_and_nobody_waits(voice: FakeVoice, speaker: Speaker) -> None:
    voice.may_speak.clear()
    speaker.prepare(["Next: calf.", "Right side."])
    assert speaker.clip(say("Next: calf.")) is None
    assert not speaker.wait(0.01)
    voice.may_speak.set()
    assert speaker.wait(PATIENCE)
    clip = speaker.clip(say("Next: calf."))
    assert clip is not None
    assert clip.length == 110


def test_full_says_it_all_short_the_name_and_off_nothing(speaker: Speaker) -> None:
    cue = say("Next: calf, left side, 30 seconds.", brief="Calf, left side.")
    speaker.prepare(["Next: calf, left side, 30 seconds.", "Calf, left side."])
    assert speaker.wait(PATIENCE)
    full, short = speaker.clip(cue, Talk.FULL), speaker.clip(cue, Talk.SHORT)
    assert full is not None
    assert short is not None
    assert short.length < full.length
    assert speaker.clip(cue, Talk.OFF) is None
    assert speaker.clip(say("Breathe."), Talk.SHORT) is None


def test_a_tone_says_nothing(speaker: Speaker) -> None:
    assert speaker.clip(Cue(Millis(0), CueKind.GO)) is None


def test_text_without_a_word_is_never_spoken(voice: FakeVoice, speaker: Speaker) -> None:
    speaker.prepare(["…", "", "\x1b[0m"])
    assert speaker.wait(PATIENCE)
    assert voice.asked == []
    assert speaker.said("…") is None
    assert speaker.measure("…") == 0


def test_the_next_session_speaks_from_the_disk(voice: FakeVoice, speaker: Speaker, tmp_path: Path) -> None:
    speaker.prepare(["Next: calf."])
    assert speaker.wait(PATIENCE)
    speaker.close()
    another = FakeVoice()
    later = Speaker(another, SpeechCache(tmp_path))
    later.prepare(["Next: calf."])
    assert later.wait(PATIENCE)
    assert later.said("Next: calf.") is not None
    assert another.asked == []
    later.close()


def test_what_was_spoken_before_is_measured_and_what_was_not_is_guessed(speaker: Speaker) -> None:
    text = "Next: straight-knee calf, left side, 30 seconds."
    guess = speaker.measure(text)
    assert 3000 < guess < 4500
    speaker.prepare([text])
    assert speaker.wait(PATIENCE)
    assert speaker.measure(text) == 10 * len(say_well(text))


def test_a_length_that_was_guessed_while_nothing_was_said_is_learned_when_something_is(
    speaker: Speaker,
) -> None:
    text = "Next: straight-knee calf, left side, 30 seconds."
    speaker.prepare([text])
    assert speaker.wait(PATIENCE)
    assert speaker.guess(text) != speaker.measure(text)
    assert speaker.has_learned()


def test_what_had_to_be_guessed_is_known_the_next_time(voice: FakeVoice, speaker: Speaker) -> None:
    speaker.measure("Right side.")
    speaker.prepare(["Next: calf."])
    assert speaker.wait(PATIENCE)
    speaker.prepare(["Next: calf."])
    speaker.close()
    assert voice.asked[0] == "Next: calf."


def test_measuring_exactly_has_it_spoken(voice: FakeVoice, speaker: Speaker) -> None:
    assert speaker.measure_exactly("Right side.") == 110
    assert voice.asked == ["Right side."]
    voice.is_silent = True
    assert speaker.measure_exactly("Left side.") == speaker.measure("Left side.")


def test_another_level_is_prepared_without_speaking_anything_twice(
    voice: FakeVoice, speaker: Speaker
) -> None:
    speaker.prepare(["Next: plank.", "30 seconds."])
    assert speaker.wait(PATIENCE)
    speaker.prepare(["Next: plank.", "35 seconds."])
    assert speaker.wait(PATIENCE)
    assert voice.asked == ["Next: plank.", "thirty seconds.", "thirty-five seconds."]


def test_the_voice_is_let_go_when_all_is_said(voice: FakeVoice, speaker: Speaker) -> None:
    speaker.prepare(["Next: calf."])
    assert speaker.wait(PATIENCE)
    speaker.close()
    assert voice.was_released


def test_one_broken_sentence_does_not_silence_the_others(
    voice: FakeVoice, speaker: Speaker, notices: list[str]
) -> None:
    voice.broken = {"Right side."}
    speaker.prepare(["Next: calf.", "Right side.", "Next: quads."])
    assert speaker.wait(PATIENCE)
    assert speaker.said("Right side.") is None
    assert speaker.said("Next: quads.") is not None
    speaker.close()
    assert notices == ["1 sentence is not spoken: the engine is broken"]


def test_a_voice_that_is_gone_is_given_up_with_one_notice(
    voice: FakeVoice, speaker: Speaker, notices: list[str]
) -> None:
    voice.is_silent = True
    speaker.prepare([f"Sentence {number}." for number in range(20)])
    assert speaker.wait(PATIENCE)
    speaker.close()
    assert len(voice.asked) == GIVE_UP
    assert notices == ["the voice is silent: the engine is broken"]
    assert speaker.said("Sentence 1.") is None


def test_a_folder_that_cannot_be_written_costs_one_notice_and_no_sentence(
    voice: FakeVoice, notices: list[str], tmp_path: Path
) -> None:
    (tmp_path / "speech").write_text("in the way")
    speaker = Speaker(voice, SpeechCache(tmp_path / "speech"), notices.append)
    speaker.prepare(["Next: calf.", "Right side."])
    assert speaker.wait(PATIENCE)
    assert speaker.said("Next: calf.") is not None
    assert speaker.said("Right side.") is not None
    speaker.close()
    assert len(notices) == 1
    assert "cannot be kept" in notices[0]


def test_closing_does_not_wait_for_a_sentence(voice: FakeVoice, speaker: Speaker, notices: list[str]) -> None:
    voice.may_speak.clear()
    speaker.prepare(["Next: calf.", "Right side.", "Next: quads."])
    speaker.close()
    assert len(voice.asked) <= 1
    assert notices == []
    speaker.prepare(["Right side."])
    assert speaker.said("Right side.") is None


def test_more_sentences_than_may_be_open_are_all_heard(speaker: Speaker) -> None:
    texts = [f"Sentence {number}." for number in range(120)]
    speaker.prepare(texts)
    assert speaker.wait(PATIENCE)
    assert all(speaker.said(text) is not None for text in texts)
    assert all(speaker.said(text) is not None for text in texts)
