"""Every bundled routine can be followed by ear: with the real voice, name and side of every step are said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from prehab import resources
from prehab.audio.export import schedule_of
from prehab.audio.speech import Speaker, texts_of
from prehab.audio.speech_cache import SpeechCache
from prehab.audio.voices.choose import choose_voice
from prehab.domain.compile import compile_timeline
from prehab.domain.cues import CueKind
from prehab.domain.narration import BREATH
from prehab.domain.timeline import Segment, Timeline
from prehab.formats.loader import read

ROUTINES = sorted(resources.routines().glob("*.toml"))


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speaker]:
    voice, refusals = choose_voice()
    if voice is None:
        pytest.skip(f"nothing can speak here: {refusals}")
    made = Speaker(voice, SpeechCache(tmp_path_factory.mktemp("speech")))
    yield made
    made.close()


@pytest.fixture(params=ROUTINES, ids=lambda path: path.stem)
def timeline(request: pytest.FixtureRequest, speaker: Speaker) -> Timeline:
    return compile_timeline(read(request.param), speech=speaker.measure_exactly)


def told_of(timeline: Timeline, work: Segment) -> str:
    """What is said of a work: late in the work before it, in the gap between, or in the work itself."""
    before = timeline.segments[: work.index]
    gap = [segment for segment in before if segment.work is work.work]
    previous = [segment for segment in before if segment.is_work][-1:]
    return " ".join(cue.text or "" for segment in (*previous, *gap, work) for cue in segment.cues).lower()


def test_name_and_side_of_every_step_are_said(timeline: Timeline) -> None:
    for work in timeline.works:
        if work.work.bout > 1:
            continue
        said = told_of(timeline, work)
        if work.work.set == 1 and work.work.side in (None, work.work.step.sides[0]):
            assert work.work.spoken.lower() in said
        if work.work.side is not None:
            assert f"{work.work.side.value} side" in said


def test_nobody_speaks_while_somebody_speaks(timeline: Timeline) -> None:
    said = [planned for planned in schedule_of(timeline) if planned.cue.kind is CueKind.SAY]
    for one, next_one in pairwise(said):
        assert one.deadline + one.cue.spoken_for + BREATH <= next_one.deadline


def test_every_sentence_is_ready_and_lasts_as_long_as_was_planned(
    timeline: Timeline, speaker: Speaker
) -> None:
    speaker.prepare(texts_of(timeline))
    assert speaker.wait(60)
    for planned in schedule_of(timeline):
        if planned.cue.kind is CueKind.SAY:
            clip = speaker.clip(planned.cue)
            assert clip is not None
            assert clip.length == planned.cue.spoken_for
