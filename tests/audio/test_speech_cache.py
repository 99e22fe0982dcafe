"""What has been spoken is found again, whatever the folder looks like."""

from __future__ import annotations

import os
import sys
import threading
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from prehab.audio.speech_cache import SpeechCache, key
from prehab.audio.voices.engine import Recording, VoiceName

NANO = VoiceName("nanotts", "en-US")
SPOKEN = Recording(array("h", range(-800, 800)), 16_000)


def sentence(seconds: float) -> Recording:
    return Recording(array("h", bytes(2 * int(seconds * 16_000))), 16_000)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def test_what_is_kept_is_found_by_the_next_process(tmp_path: Path) -> None:
    SpeechCache(tmp_path / "new" / "folder").store("a", SPOKEN)
    later = SpeechCache(tmp_path / "new" / "folder")
    assert later.check("a")
    assert later.length("a") == 100
    clip = later.load("a")
    assert clip is not None
    assert (clip.samples.tolist(), clip.rate) == (SPOKEN.samples.tolist(), 16_000)


def test_nothing_is_found_in_an_empty_or_missing_folder(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path / "missing")
    assert not cache.check("a")
    assert cache.load("a") is None
    assert cache.length("a") is None
    cache.prune()


def test_a_sentence_without_sound_is_kept_too(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    cache.store("a", Recording(array("h"), 16_000))
    assert cache.check("a")
    assert cache.length("a") == 0


def test_without_a_folder_sentences_are_kept_in_memory() -> None:
    cache = SpeechCache(None)
    cache.store("a", SPOKEN)
    clip = cache.load("a")
    assert clip is not None
    assert clip.samples.tolist() == SPOKEN.samples.tolist()
    assert cache.length("a") == 100
    assert cache.trouble == ""


@pytest.mark.parametrize(
    "other",
    [VoiceName("say", "en-US"), VoiceName("nanotts", "en-GB"), VoiceName("nanotts", "en-US", 1.2)],
)
def test_each_voice_and_speed_has_its_own(other: VoiceName) -> None:
    assert key(NANO, "Right side.") != key(other, "Right side.")
    assert key(NANO, "Right side.") != key(NANO, "Left side.")
    assert key(NANO, "Right side.") == key(VoiceName("nanotts", "en-US"), "Right side.")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"garbage",
        lambda content: os.urandom(len(content)),
        lambda content: content[:-7],
        lambda content: content + b"more",
        lambda content: content[:100] + b"\xff\xff" + content[102:],
        lambda content: content[:8] + b"\0\0\0\0" + content[12:],
    ],
    ids=["empty", "garbage", "noise", "truncated", "longer", "one sample", "no rate"],
)
def test_garbage_is_not_there_and_is_written_over(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    cache = SpeechCache(tmp_path)
    cache.store("a", SPOKEN)
    (path,) = files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert not cache.check("a")
    cache.store("a", SPOKEN)
    assert cache.check("a")
    assert cache.trouble == ""


def test_a_folder_that_is_a_file_is_no_folder_but_the_sentence_is_still_said(tmp_path: Path) -> None:
    blocked = tmp_path / "speech"
    blocked.write_text("in the way")
    cache = SpeechCache(blocked)
    cache.store("a", SPOKEN)
    assert cache.check("a")
    assert cache.load("a") is not None
    assert str(blocked) in cache.trouble
    cache.prune()


@pytest.mark.skipif(sys.platform != "linux" or not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_no_half_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen

    def full(number: int, mode: str) -> IO[bytes]:
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
        return real(number, "wb")

    monkeypatch.setattr(os, "fdopen", full)
    cache = SpeechCache(tmp_path)
    cache.store("a", SPOKEN)
    assert cache.load("a") is not None
    assert "No space left" in cache.trouble
    assert files(tmp_path) == []


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, limit=100_000)
    for number in range(5):
        cache.store(f"k{number}", sentence(1))
    for age, path in enumerate(reversed(files(tmp_path))):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert cache.check("k0")
    cache.prune()
    assert [path.stem for path in files(tmp_path)] == ["k0", "k3", "k4"]


def test_what_is_in_use_stays_even_when_it_is_too_much(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, limit=10)
    cache.store("a", SPOKEN)
    cache.store("b", SPOKEN)
    cache.prune(in_use={"b"})
    assert [path.stem for path in files(tmp_path)] == ["b"]


def test_files_of_others_and_unfinished_ones_of_the_living_are_left_alone(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, limit=0)
    cache.store("a", SPOKEN)
    newest = files(tmp_path)[0].stat().st_mtime
    (tmp_path / "notes.txt").write_text("mine")
    for name, age in (("fresh.unfinished", 60), ("dead.unfinished", 7200)):
        (tmp_path / name).write_text("half")
        os.utime(tmp_path / name, (newest - age, newest - age))
    cache.prune()
    assert [path.name for path in files(tmp_path)] == ["fresh.unfinished", "notes.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a mapped file")
def test_a_clip_that_is_being_played_outlives_its_file(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    cache.store("a", SPOKEN)
    clip = cache.load("a")
    files(tmp_path)[0].unlink()
    assert clip is not None
    assert clip.samples.tolist() == SPOKEN.samples.tolist()


def test_two_writers_at_once_leave_one_whole_sentence(tmp_path: Path) -> None:
    caches = [SpeechCache(tmp_path), SpeechCache(tmp_path)]

    def write(cache: SpeechCache) -> None:
        for _ in range(50):
            cache.store("a", SPOKEN)
            assert cache.check("a")

    writers = [threading.Thread(target=write, args=(cache,)) for cache in caches]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [path.stem for path in files(tmp_path)] == ["a"]
    assert all(cache.trouble == "" for cache in caches)
