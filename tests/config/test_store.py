"""Settings read and saved: a broken file stops nobody, and no change costs another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from prehab.config.settings import DEFAULTS, SPECS, Settings, SoundChoice, Spec, VoiceMode
from prehab.config.store import load_settings, save_setting
from prehab.errors import UserError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def load(file: Path) -> Settings:
    loaded = load_settings(file)
    assert loaded.problems == ()
    return loaded.settings


def problems(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    return [str(problem) for problem in load_settings(file).problems]


# Reading


def test_no_file_means_the_defaults(file: Path) -> None:
    assert load(file) == DEFAULTS
    assert not file.exists()


def test_what_is_set_is_taken_and_the_rest_is_as_ever(file: Path) -> None:
    file.write_text('[sound]\nvolume = 70\n[voice]\nmode = "short"\n', encoding="utf-8")
    assert load(file) == Settings(volume=70, voice=VoiceMode.SHORT)


def test_an_unknown_key_is_named_with_the_nearest(file: Path) -> None:
    assert problems(file, "[sound]\nvolum = 70") == [
        "settings.toml: sound.volum: no such setting (did you mean 'sound.volume'?)"
    ]


def test_a_key_outside_its_table_is_shown_the_way(file: Path) -> None:
    assert problems(file, "volume = 70") == [
        "settings.toml: volume: no such setting (did you mean 'sound.volume'?)"
    ]


def test_a_key_like_no_other_is_named_alone(file: Path) -> None:
    assert problems(file, "[zzzzzz]\nqqqqqq = 1") == [
        "settings.toml: zzzzzz: no such setting (prehab does not know it)"
    ]


def test_a_bad_value_is_named_and_costs_nothing_else(file: Path) -> None:
    found = problems(file, "[sound]\nvolume = 140\nmuted = true")
    assert found == [
        "settings.toml: sound.volume: 140 is not a whole number from 0 to 100 (40 is used until then)"
    ]
    assert load_settings(file).settings == Settings(muted=True)


def test_every_mistake_is_reported_at_once(file: Path) -> None:
    assert len(problems(file, "colour = 1\n[sound]\nvolume = -1\nloud = 2\n[screen]\nmotion = 3")) == 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[sound\nvolume = 1", "settings.toml:1: not TOML"),
        (b"[sound]\nvolume = = 1", "settings.toml:2: not TOML"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"a = " + b"[" * 100_000, "not TOML"),
        (b"#" * 300_000, "longer than 256 KiB"),
    ],
)
def test_a_broken_file_means_the_defaults_and_one_problem(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    loaded = load_settings(file)
    assert loaded.settings == DEFAULTS
    assert len(loaded.problems) == 1
    assert said in str(loaded.problems[0])
    assert file.read_bytes() == content


def test_a_folder_or_a_pipe_in_its_place_hangs_nobody(file: Path) -> None:
    file.mkdir()
    assert "is not a file" in str(load_settings(file).problems[0])
    if hasattr(os, "mkfifo"):
        os.mkfifo(file.with_name("pipe"))
        assert "is not a file" in str(load_settings(file.with_name("pipe")).problems[0])


def test_a_byte_order_mark_and_windows_lines_are_read(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf[sound]\r\nvolume = 70\r\n")
    assert load(file).volume == 70


@given(st.binary(max_size=200))
def test_whatever_the_bytes_there_are_settings(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        file.write_bytes(content)
        assert isinstance(load_settings(file).settings, Settings)


# Saving


def test_the_first_change_makes_a_file_that_explains_itself(file: Path) -> None:
    save_setting("sound.volume", 70, file)
    text = file.read_text(encoding="utf-8")
    assert load(file) == Settings(volume=70)
    assert "# How loud, in per cent" in text
    assert "\nvolume = 70\n" in text
    assert "# volume" not in text


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_setting_of_the_screen_can_be_saved_and_taken_back(spec: Spec, file: Path) -> None:
    for choice in spec.kind.choices[:3]:
        value = spec.kind.parse(choice)
        save_setting(spec.key, value, file)
        assert getattr(load(file), spec.field) == value
    save_setting(spec.key, None, file)
    assert load(file) == DEFAULTS


def test_comments_order_and_odd_spacing_stay(file: Path) -> None:
    file.write_text(
        '# mine\n[voice]\nmode   =   "off" # it talks too much\n\n[sound]\n# quiet house\nvolume=10\n',
        encoding="utf-8",
    )
    save_setting("sound.volume", 15, file)
    assert file.read_text(encoding="utf-8") == (
        '# mine\n[voice]\nmode   =   "off" # it talks too much\n\n[sound]\n# quiet house\nvolume=15\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "sound.volume = 10\n",
        "sound = { volume = 10 }\n",
        "[voice]\n[sound]\nmuted = true\n[screen]\n",
        "[sound]\r\nvolume = 10\r\n",
        '[keys]\nsession.pause = "p"\n"session.end" = "q"\n',
        "",
        "\ufeff[sound]\n",
    ],
)
def test_a_change_finds_its_place_however_the_file_is_written(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")
    before = load(file)
    save_setting("sound.volume", 77, file)
    save_setting("sound.choice", SoundChoice.SILENT, file)
    after = load(file)
    assert (after.volume, after.sound) == (77, SoundChoice.SILENT)
    assert (after.muted, after.keys) == (before.muted, before.keys)


@pytest.mark.parametrize("content", [b"[sound\n", b"\xff\xfe", b"sound = 3\n", b"[[sound]]\nvolume = 3\n"])
def test_a_file_that_cannot_be_understood_is_never_overwritten(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"sound\.volume can't be saved"):
        save_setting("sound.volume", 70, file)
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_value_that_is_not_allowed_is_not_saved(file: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_setting("sound.volume", 140, file)
    assert "140 is not a whole number from 0 to 100" in caught.value.detail
    assert not file.exists()


def test_own_keys_are_left_to_the_file(file: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_setting("keys", {"session.pause": "p"}, file)
    assert "it is set in the file" in caught.value.detail


def test_a_change_made_by_another_program_meanwhile_stays(file: Path) -> None:
    save_setting("sound.volume", 70, file)
    mine = load(file)
    save_setting("voice.mode", VoiceMode.OFF, file)
    save_setting("sound.muted", not mine.muted, file)
    assert load(file) == Settings(volume=70, voice=VoiceMode.OFF, muted=True)


def test_two_programs_that_save_at_one_moment_both_win(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from prehab.config.store import save_setting\n"
        "for value in range(int(sys.argv[3])): save_setting(sys.argv[2], value % 15, Path(sys.argv[1]))"
    )
    rounds = 8
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(file), key, str(rounds)])
        for key in ("week.warm-up", "week.core", "sound.lead")
    ]
    assert [program.wait() for program in programs] == [0, 0, 0]
    last = rounds - 1
    assert load(file) == Settings(week_warm_up=last, week_core=last, lead_ms=last)
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_file_elsewhere_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "prehab.toml"
    real.parent.mkdir()
    real.write_text("[sound]\nvolume = 5\n", encoding="utf-8")
    real.chmod(0o640)
    file.symlink_to(real)
    save_setting("sound.volume", 70, file)
    assert file.is_symlink()
    assert tomli.loads(real.read_text(encoding="utf-8")) == {"sound": {"volume": 70}}
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_takes_no_files_is_said(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        with pytest.raises(UserError, match="can't be saved"):
            save_setting("sound.volume", 70, file)
    finally:
        file.parent.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_said(file: Path) -> None:
    (file.parent / "config").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="can't be saved"):
        save_setting("sound.volume", 70, file.parent / "config" / "settings.toml")
