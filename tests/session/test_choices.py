"""What a person has set: sound files of their own are tried when the settings are read."""

from __future__ import annotations

import shutil
from collections import deque
from pathlib import Path

import pytest

from prehab import resources
from prehab.config.locations import settings_file
from prehab.domain.cues import CueKind
from prehab.errors import UserError
from prehab.session.choices import Choices
from prehab.session.front import Prehab


def write(settings: str) -> Path:
    """Write the file of the settings; returns its folder."""
    file = settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(settings, encoding="utf-8")
    return file.parent


def test_an_own_sound_that_can_be_played_is_taken_without_a_word() -> None:
    folder = write('[own-sounds]\ngo = "mine.wav"\n')
    shutil.copy(resources.sounds() / "done.wav", folder / "mine.wav")
    notices: deque[str] = deque()
    assert Choices(notices).settings.own_sounds == {CueKind.GO: "mine.wav"}
    assert not notices


def test_an_own_sound_that_cant_be_played_is_told_of_when_the_settings_are_read() -> None:
    folder = write('[own-sounds]\ngo = "noise.wav"\nend = "gone.wav"\ntick = "~nobody-at-all/x.wav"\n')
    (folder / "noise.wav").write_bytes(b"no sound at all")
    prehab = Prehab()
    assert prehab.choices.settings.own_sounds == {}
    told = "\n".join(prehab.notices())
    assert "own-sounds.go: noise.wav is no WAV, MP3, FLAC or OGG" in told
    assert "own-sounds.end: there is no file" in told
    assert "own-sounds.tick: no such home folder" in told
    assert told.count("the bundled sound plays") == 3


def test_what_a_good_week_holds_is_as_the_person_has_it_or_as_the_routines_say() -> None:
    def core() -> int:
        return next(one.of for one in Prehab().ledger.today().targets if one.label == "Core")

    assert core() == 3
    choices = Choices(deque())
    choices.save("week.core", "2")
    assert core() == 2
    choices.save("week.core", "as the routines say")
    assert core() == 3


def test_a_sound_that_cant_be_played_is_not_kept() -> None:
    folder = write('[own-sounds]\ngo = "mine.wav"\n')
    shutil.copy(resources.sounds() / "done.wav", folder / "mine.wav")
    choices = Choices(deque())
    with pytest.raises(UserError, match=r"own-sounds\.go can't be saved") as refused:
        choices.save("own-sounds.go", "other.wav")
    assert "there is no file" in refused.value.detail
    assert choices.setting("own-sounds.go") == "mine.wav"
    assert "mine.wav" in settings_file().read_text(encoding="utf-8")
    choices.save("own-sounds.go", "")
    assert choices.settings.own_sounds == {}
