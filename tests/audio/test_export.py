"""A session as a file is the session as it is played, and no mishap leaves half a file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from prehab import resources
from prehab.audio.clips import FRAMES_A_MILLI, RATE, Clip, Tones, load_tones
from prehab.audio.export import TAIL, chapters_of, export_audio, schedule_of
from prehab.audio.mixer import rendered
from prehab.audio.player import Sound
from prehab.audio.speech import Speaker, Talk
from prehab.audio.speech_cache import SpeechCache
from prehab.audio.voices.engine import Recording, VoiceError, VoiceName
from prehab.domain.compile import compile_timeline
from prehab.domain.cues import CueKind
from prehab.domain.duration import seconds
from prehab.domain.routine import At, Group, Kind, Line, Phase, Routine, Side, Step
from prehab.domain.timeline import Timeline
from prehab.errors import Exit, UserError


def hold(name: str, length: int | None = 20, **more: object) -> Step:
    return Step(
        id=name.lower(),
        name=name,
        kind=Kind.HOLD,
        length=None if length is None else seconds(length),
        **more,  # type: ignore[arg-type]
    )


def routine(*items: Step | Group, name: str = "Evening stretch") -> Routine:
    return Routine(id="evening", name=name, phase=Phase.ANY_DAY, items=items)


@pytest.fixture
def timeline() -> Timeline:
    two_sides = (Side.LEFT, Side.RIGHT)
    return compile_timeline(routine(hold("Calf", sides=two_sides), hold("Quads"), hold("Plank")))


@pytest.fixture(scope="module")
def tones() -> Tones:
    return load_tones(resources.sounds())


class Hum:
    """Speaks every sentence as half a second of the same tone."""

    name = VoiceName("hum", "")
    is_silent = False

    def speak(self, words: str) -> Recording:
        if self.is_silent:
            raise VoiceError("it has lost its voice")
        return Recording(array("h", [4000, -4000] * 4000), 16_000)

    def release(self) -> None:
        """Nothing is held."""


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    made = Speaker(Hum(), SpeechCache(None))
    yield made
    made.close()


def samples_of(path: Path) -> array[int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def test_what_is_exported_is_what_is_played(
    timeline: Timeline, tones: Tones, speaker: Speaker, tmp_path: Path
) -> None:
    done = export_audio(timeline, tones, tmp_path / "evening.wav", speaker=speaker)
    played = rendered(Sound(tones, speaker.clip, volume=100), schedule_of(timeline), done.length)
    assert samples_of(done.path).tobytes() == b"".join(played)


def test_every_cue_is_heard_on_its_sample(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    samples = samples_of(export_audio(timeline, tones, tmp_path / "evening.wav").path)
    due = [planned for planned in schedule_of(timeline) if planned.cue.kind is CueKind.GO]
    assert len(due) == 4
    for planned in due:
        at = planned.deadline * FRAMES_A_MILLI
        assert not any(samples[at - 2400 : at])
        assert any(samples[at : at + 96])


def test_a_file_lasts_as_long_as_the_session_and_its_last_tone(
    timeline: Timeline, tones: Tones, tmp_path: Path
) -> None:
    done = export_audio(timeline, tones, tmp_path / "evening.wav")
    assert done.length == timeline.get_ready + timeline.total + TAIL
    assert len(samples_of(done.path)) == done.length * FRAMES_A_MILLI
    assert done.size == done.path.stat().st_size


def test_a_step_that_waits_gets_half_a_minute(tones: Tones, tmp_path: Path) -> None:
    waiting = compile_timeline(routine(hold("Calf", None, reps=8), hold("Quads")))
    done = export_audio(waiting, tones, tmp_path / "evening.wav")
    assert done.length == waiting.get_ready + waiting.total + 30_000 + TAIL
    ends = [planned.deadline for planned in schedule_of(waiting) if planned.cue.kind is CueKind.END]
    assert ends == [waiting.get_ready + 30_000]


def test_talk_off_is_tones_alone(timeline: Timeline, tones: Tones, speaker: Speaker, tmp_path: Path) -> None:
    off = export_audio(timeline, tones, tmp_path / "off.wav", speaker=speaker, talk=Talk.OFF)
    none = export_audio(timeline, tones, tmp_path / "none.wav")
    full = export_audio(timeline, tones, tmp_path / "full.wav", speaker=speaker)
    assert off.path.read_bytes() == none.path.read_bytes() != full.path.read_bytes()


@pytest.fixture
def run() -> Timeline:
    """A run with a reminder at 5 and at 9 seconds, and a sentence beside them."""
    said = (Line("Eyes ahead.", At(seconds(5)), is_reminder=True), Line("Breathe.", At(seconds(7))))
    again = Line("Let the shoulders go.", At(seconds(9)), is_reminder=True)
    return compile_timeline(routine(hold("Run", 14, say=(*said, again))))


def heard_at(path: Path, second: float) -> bool:
    """Whether a sound begins at that moment of the run, which is 10 s into the file."""
    samples, at = samples_of(path), round((10 + second) * RATE)
    return not any(samples[at - 480 : at]) and any(samples[at : at + 480])


@pytest.mark.parametrize("talk", Talk)
def test_a_reminder_is_spoken_or_beeped_at_its_time(
    talk: Talk, run: Timeline, tones: Tones, speaker: Speaker, tmp_path: Path
) -> None:
    done = export_audio(run, tones, tmp_path / "run.wav", speaker=speaker, talk=talk)
    assert [heard_at(done.path, second) for second in (5, 7, 9)] == [True, talk is Talk.FULL, True]


def test_a_reminder_is_beeped_once_where_there_is_no_voice(
    run: Timeline, tones: Tones, tmp_path: Path
) -> None:
    none = export_audio(run, tones, tmp_path / "none.wav")
    voice = Hum()
    voice.is_silent = True
    lost = Speaker(voice, SpeechCache(None))
    broken = export_audio(run, tones, tmp_path / "broken.wav", speaker=lost)
    lost.close()
    assert none.path.read_bytes() == broken.path.read_bytes()
    assert [heard_at(none.path, second) for second in (5, 7, 9)] == [True, False, True]
    at = 15 * RATE
    played = samples_of(none.path)[at : at + tones.soft[CueKind.GO].frames]
    assert played == array("h", tones.soft[CueKind.GO].samples)


def test_kinds_that_are_off_are_left_out(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    silent = export_audio(timeline, tones, tmp_path / "silent.wav", enabled=frozenset())
    assert not any(samples_of(silent.path))


def test_what_could_not_be_spoken_is_told(
    timeline: Timeline, tones: Tones, speaker: Speaker, tmp_path: Path
) -> None:
    voice = Hum()
    voice.is_silent = True
    mute = Speaker(voice, SpeechCache(None))
    done = export_audio(timeline, tones, tmp_path / "evening.wav", speaker=mute)
    mute.close()
    assert "Right side." in done.unspoken
    assert export_audio(timeline, tones, tmp_path / "evening.wav", speaker=speaker).unspoken == ()


def test_there_is_a_chapter_for_each_step_without_a_hole_between(timeline: Timeline) -> None:
    chapters = chapters_of(timeline)
    assert [chapter.title for chapter in chapters] == ["Calf", "Quads", "Plank"]
    assert chapters[0].start == 0
    assert [chapter.start for chapter in chapters[1:]] == [chapter.end for chapter in chapters[:-1]]
    assert chapters[-1].end == timeline.get_ready + timeline.total
    first = [next(s.at for s in timeline.segments if s.work.name == chapter.title) for chapter in chapters]
    assert [chapter.start for chapter in chapters] == first


def test_each_round_has_chapters_of_its_own() -> None:
    circuit = compile_timeline(routine(Group((hold("Bug"), hold("Bridge")), rounds=2)))
    assert [chapter.title for chapter in chapters_of(circuit)] == [
        "Bug, round 1 of 2",
        "Bridge, round 1 of 2",
        "Bug, round 2 of 2",
        "Bridge, round 2 of 2",
    ]


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_another_program_sees_title_and_chapters(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    done = export_audio(timeline, tones, tmp_path / "evening.mp3")
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_format", str(done.path)],
        capture_output=True,
        check=True,
    )
    seen = json.loads(told.stdout)
    assert seen["format"]["tags"]["title"] == "Evening stretch"
    assert float(seen["format"]["duration"]) == pytest.approx(done.length / 1000, abs=0.1)
    found = [
        (
            chapter["tags"]["title"],
            round(float(chapter["start_time"]) * 1000),
            round(float(chapter["end_time"]) * 1000),
        )
        for chapter in seen["chapters"]
    ]
    assert found == [(chapter.title, chapter.start, chapter.end) for chapter in done.chapters]


def test_an_mp3_is_small(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    done = export_audio(timeline, tones, tmp_path / "evening.MP3")
    assert done.size < 9000 * done.length / 1000
    assert done.path.read_bytes()[:3] == b"ID3"


def test_it_is_told_how_far_it_is(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    told: list[float] = []
    export_audio(timeline, tones, tmp_path / "evening.wav", on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("name", ["evening.ogg", "evening", ".wav", "evening.wav.zip"])
def test_an_unknown_ending_is_refused_with_the_known_ones(
    timeline: Timeline, tones: Tones, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match="can't tell") as caught:
        export_audio(timeline, tones, tmp_path / name)
    assert caught.value.hint == "end it in .wav or .mp3"
    assert caught.value.exit_code is Exit.USAGE
    assert list(tmp_path.iterdir()) == []


def test_a_wav_of_half_a_day_is_refused_before_it_begins(tones: Tones, tmp_path: Path) -> None:
    long = compile_timeline(routine(*(hold(f"Hold {number}", 4 * 3600) for number in range(4))))
    with pytest.raises(UserError, match="too long for a WAV file") as caught:
        export_audio(long, tones, tmp_path / "long.wav")
    assert ".mp3" in caught.value.hint


def test_a_missing_folder_is_named(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no folder") as caught:
        export_audio(timeline, tones, tmp_path / "nowhere" / "evening.wav")
    assert str(tmp_path / "nowhere") in caught.value.title


def test_a_folder_is_not_overwritten(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    (tmp_path / "evening.wav").mkdir()
    with pytest.raises(UserError, match="is not a file"):
        export_audio(timeline, tones, tmp_path / "evening.wav")


def broken_tones(tones: Tones) -> Tones:
    """Tones of which the last one to sound cannot be read."""

    class Broken(dict[CueKind, Clip]):
        def get(self, kind: CueKind, default: object = None) -> Clip:
            if kind is CueKind.DONE:
                raise OSError(28, "No space left on device")
            return self[kind]

    return Tones(Broken(tones.plain))


@pytest.mark.parametrize("ending", ["wav", "mp3"])
def test_an_existing_file_survives_a_full_disk(
    timeline: Timeline, tones: Tones, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"evening.{ending}"
    path.write_bytes(b"the one before")
    with pytest.raises(UserError, match="No space left on device"):
        export_audio(timeline, broken_tones(tones), path)
    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_survives_an_interruption(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    path = tmp_path / "evening.wav"
    path.write_bytes(b"the one before")

    def interrupt(done: float) -> None:
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_audio(timeline, tones, path, on_progress=interrupt)
    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_stays_a_link(timeline: Timeline, tones: Tones, tmp_path: Path) -> None:
    real = tmp_path / "real.wav"
    (tmp_path / "link.wav").symlink_to(real)
    export_audio(timeline, tones, tmp_path / "link.wav")
    assert (tmp_path / "link.wav").is_symlink()
    assert len(samples_of(real)) > RATE
