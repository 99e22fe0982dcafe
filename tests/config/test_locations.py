"""Where things lie, and that asking for it leaves no trace."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prehab.config import locations
from prehab.errors import UserError

PLACES = (
    locations.own_routines,
    locations.own_figures,
    locations.settings_file,
    locations.history_file,
    locations.speech_cache,
    locations.log_file,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in (
        "PREHAB_CONFIG_DIR",
        "PREHAB_DATA_DIR",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_without_variables_everything_is_where_the_system_keeps_such_things(home: Path) -> None:
    assert locations.settings_file() == home / ".config/prehab/settings.toml"
    assert locations.own_routines() == home / ".config/prehab/routines"
    assert locations.own_figures() == home / ".config/prehab/figures"
    assert locations.history_file() == home / ".local/share/prehab/history.db"
    assert locations.speech_cache() == home / ".cache/prehab/speech"


def test_two_variables_move_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("PREHAB_DATA_DIR", str(tmp_path / "d"))
    assert locations.settings_file() == tmp_path / "c/settings.toml"
    assert locations.own_routines() == tmp_path / "c/routines"
    assert locations.history_file() == tmp_path / "d/history.db"
    assert locations.speech_cache() == tmp_path / "d/cache/speech"
    assert locations.log_file() == tmp_path / "d/prehab.log"


def test_a_relative_variable_means_a_folder_here_and_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREHAB_DATA_DIR", "mine")
    assert locations.history_file() == tmp_path / "mine/history.db"


def test_an_empty_variable_moves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREHAB_DATA_DIR", "")
    assert locations.history_file().is_relative_to(home)


def test_a_home_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREHAB_DATA_DIR", "~nobody-of-that-name/x")
    with pytest.raises(UserError, match="nobody-of-that-name"):
        locations.history_file()


@pytest.mark.parametrize("place", PLACES)
def test_asking_makes_no_folder(
    place: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("PREHAB_DATA_DIR", str(tmp_path / "d"))
    place()
    assert list(tmp_path.iterdir()) == []


def test_a_file_named_in_the_settings_may_be_beside_them_at_home_or_anywhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(home / "c"))
    assert locations.beside_settings("knock.wav") == home / "c/knock.wav"
    assert locations.beside_settings("~/knock.wav") == home / "knock.wav"
    assert locations.beside_settings(str(home / "knock.wav")) == home / "knock.wav"


def test_the_first_frame_loads_no_library_for_its_settings(tmp_path: Path) -> None:
    heavy = ("pydantic", "tomlkit", "tomli", "platformdirs", "difflib", "sqlite3", "textual")
    code = (
        "import sys; from prehab.config.store import load_settings; load_settings();"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    env = {**os.environ, "PREHAB_CONFIG_DIR": str(tmp_path)}
    answer = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_what_nobody_lets_us_look_at_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    assert locations.may_be_there(tmp_path / "file")
    assert locations.may_be_there(tmp_path / "loop" / "history.db")
    assert not locations.may_be_there(tmp_path / "missing")
    assert not locations.may_be_there(tmp_path / "file" / "below")
