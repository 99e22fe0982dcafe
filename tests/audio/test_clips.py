"""Reading the bundled sounds and a person's own."""

from __future__ import annotations

import subprocess
import sys
import wave
from array import array
from pathlib import Path

import pytest
from tests.audio.scenes import flat

from prehab import resources
from prehab.audio.clips import LOUDEST, RATE, TONE_KINDS, Clip, load_tones
from prehab.domain.cues import Cue, CueKind
from prehab.domain.duration import Millis


def write_wav(path: Path, samples: list[int], rate: int = 44_100, channels: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", [s for s in samples for _ in range(channels)]).tobytes())
    return path


def cue(kind: CueKind, *, soft: bool = False) -> Cue:
    return Cue(Millis(0), kind, soft=soft)


def test_every_kind_has_a_tone_and_speech_has_none() -> None:
    tones = load_tones(resources.sounds())
    assert all(tones.of(cue(kind)) is not None for kind in TONE_KINDS)
    assert tones.of(cue(CueKind.SAY)) is None


def test_a_soft_cue_has_its_own_sound_where_there_is_one() -> None:
    tones = load_tones(resources.sounds())
    assert tones.of(cue(CueKind.GO, soft=True)) is tones.soft[CueKind.GO]
    assert tones.of(cue(CueKind.BEAT, soft=True)) is tones.plain[CueKind.BEAT]


def test_an_own_sound_takes_the_place_of_both_variants(tmp_path: Path) -> None:
    own = write_wav(tmp_path / "my.wav", [3000] * 4410)
    tones = load_tones(resources.sounds(), {CueKind.GO: own})
    found = tones.of(cue(CueKind.GO, soft=True))
    assert found is tones.of(cue(CueKind.GO))
    assert found is not None
    assert found.length == 100
    assert found.samples[RATE // 20] == pytest.approx(3000, abs=30)
    assert tones.refused == ()


def test_an_own_sound_is_made_no_louder_than_ours_and_ends_without_a_click(tmp_path: Path) -> None:
    own = write_wav(tmp_path / "loud.wav", [32_000] * 4800, RATE, 1)
    found = load_tones(resources.sounds(), {CueKind.TICK: own}).plain[CueKind.TICK]
    assert max(found.samples) == LOUDEST
    assert found.samples[-1] == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.wav", None, "there is no file"),
        ("noise.mp3", b"certainly no sound" * 100, "no WAV, MP3, FLAC or OGG"),
        ("empty.wav", b"", "no WAV, MP3, FLAC or OGG"),
        ("huge.wav", b"\0" * (4 * 1024 * 1024 + 1), "larger than 4 MiB"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_ours_is_heard(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    tones = load_tones(resources.sounds(), {CueKind.END: path})
    (bad,) = tones.refused
    assert (bad.kind, bad.path) == (CueKind.END, path)
    assert says in bad.why
    assert tones.plain[CueKind.END] == load_tones(resources.sounds()).plain[CueKind.END]
    assert CueKind.END in tones.soft


def test_a_sound_that_lasts_is_refused(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "song.wav", [1000] * (6 * 8_000), 8_000, 1)
    (bad,) = load_tones(resources.sounds(), {CueKind.END: path}).refused
    assert "longer than 5 s" in bad.why


def test_a_wav_without_a_sample_is_refused(tmp_path: Path) -> None:
    (bad,) = load_tones(resources.sounds(), {CueKind.END: write_wav(tmp_path / "none.wav", [])}).refused
    assert bad.why


def test_a_folder_is_no_sound(tmp_path: Path) -> None:
    (bad,) = load_tones(resources.sounds(), {CueKind.END: tmp_path}).refused
    assert "there is no file" in bad.why


def test_a_clip_knows_how_long_it_is_at_any_rate() -> None:
    assert flat(1, 1000, 16_000).frames == RATE
    assert Clip(memoryview(array("h", [1] * 22_050)), 22_050).length == 1000
    assert Clip(memoryview(array("h", [1] * 17)), 16_000).length == 2


def test_the_rooms_of_sound_load_nothing_heavy() -> None:
    """`--version` and `list` never pay for sound, and a session opens only the library that it uses."""
    code = (
        "import sys; import prehab.audio.choose, prehab.audio.mixer\n"
        "bad = {'miniaudio', 'simpleaudio', 'ctypes', 'cffi', 'urllib.request', 'numpy', 'logging'}\n"
        "sys.exit(' '.join(bad & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
    assert done.returncode == 0
