"""A recognizer that knows nothing of us hears which step is announced, and which side.

Left out by default: `pip install pocketsphinx`, then `pytest -m recognizer`.
"""

from __future__ import annotations

import re
import sys
import wave
from array import array
from pathlib import Path
from typing import Any

import pytest

from prehab import resources
from prehab.audio.clips import FRAMES_A_MILLI, load_tones
from prehab.audio.export import export_audio, schedule_of
from prehab.audio.speech import Speaker
from prehab.audio.speech_cache import SpeechCache
from prehab.audio.voices.choose import choose_voice
from prehab.audio.words import say_well
from prehab.domain.compile import compile_timeline
from prehab.domain.cues import Cue, CueKind
from prehab.formats.loader import read

pytestmark = pytest.mark.recognizer

NOT_IN_ITS_DICTIONARY = {"flexor": "F L EH K S ER", "glute": "G L UW T", "glutes": "G L UW T S"}
BEFORE, AFTER = 200, 300
"""Silence that the recognizer needs round an utterance, in ms."""


def words_of(text: str) -> str:
    return " ".join(re.findall(r"[a-z']+", say_well(text).lower()))


def names_of_all_steps() -> list[str]:
    """Every name that any bundled routine announces: the recognizer has to tell one among them."""
    steps = [step for file in sorted(resources.routines().glob("*.toml")) for step in read(file).steps()]
    return sorted({words_of(step.spoken or step.name) for step in steps})


@pytest.fixture(scope="module")
def recognizer() -> Any:
    pocketsphinx = pytest.importorskip("pocketsphinx", reason="pocketsphinx is not installed")
    decoder = pocketsphinx.Decoder(samprate=16_000, loglevel="FATAL")
    for word, sounds in NOT_IN_ITS_DICTIONARY.items():
        decoder.add_word(word, sounds, True)
    names = " | ".join(names_of_all_steps())
    decoder.add_jsgf_string(
        "announcement",
        "#JSGF V1.0; grammar announcement;"
        "public <all> = [next | last one] <name> [<side>] [<number> seconds];"
        "<side> = left side | right side; <number> = fifteen | twenty | thirty | forty five | sixty;"
        f"<name> = {names};",
    )
    decoder.add_jsgf_string("side", "#JSGF V1.0; grammar side; public <all> = left side | right side;")
    return decoder


def heard(decoder: Any, search: str, samples: array[int]) -> str:
    """What the recognizer makes of sound at 48 kHz, which it takes at 16."""
    third = array("h", [sum(samples[at : at + 3]) // 3 for at in range(0, len(samples) - 2, 3)])
    decoder.activate_search(search)
    decoder.start_utt()
    decoder.process_raw(bytes(32 * BEFORE) + third.tobytes() + bytes(32 * AFTER), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return str(found.hypstr) if found else ""


def test_the_names_and_sides_of_the_full_stretch_are_understood(recognizer: Any, tmp_path: Path) -> None:
    voice, refusals = choose_voice()
    if voice is None:
        pytest.skip(f"nothing can speak here: {refusals}")
    speaker = Speaker(voice, SpeechCache(tmp_path))
    timeline = compile_timeline(
        read(resources.routines() / "stretch-full.toml"), speech=speaker.measure_exactly
    )
    file = export_audio(
        timeline, load_tones(resources.sounds()), tmp_path / "stretch.wav", speaker=speaker
    ).path
    speaker.close()
    with wave.open(str(file)) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()

    def understood(at: int, cue: Cue) -> bool:
        told = words_of(cue.brief or "")
        search = "side" if told in ("left side", "right side") else "announcement"
        here = samples[at * FRAMES_A_MILLI : (at + cue.spoken_for) * FRAMES_A_MILLI]
        return told in heard(recognizer, search, here)

    announced = [
        planned for planned in schedule_of(timeline) if planned.cue.kind is CueKind.SAY and planned.cue.brief
    ]
    assert len(announced) == len(timeline.works)
    assert [p.cue.text for p in announced if not understood(p.deadline, p.cue)] == []
