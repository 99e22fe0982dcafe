"""Routines are found, one's own before the bundled, and none hides another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from prehab import resources
from prehab.domain.routine import Phase
from prehab.errors import UserError
from prehab.formats.library import Library
from prehab.formats.problems import RoutineError

RIGHT = 'name = "{name}"\nphase = "recovery"\n[[step]]\nname = "x"\nareas = ["core"]\nfor = "30s"\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "routines"
    folder.mkdir()
    return folder


def _write(folder: Path, routine_id: str, text: str = RIGHT) -> Path:
    path = folder / f"{routine_id}.toml"
    path.write_text(text.replace("{name}", routine_id.title()), encoding="utf-8")
    return path


def test_the_bundled_routines_are_there_without_a_folder_of_ones_own(tmp_path: Path) -> None:
    assert "plank" in Library().ids()
    assert Library(tmp_path / "nowhere").ids() == Library().ids()


def test_ids_are_in_order_and_files_that_are_no_routines_left_out(own: Path) -> None:
    _write(own, "b")
    _write(own, "a")
    _write(own, ".hidden")
    (own / "notes.txt").write_text("x", encoding="utf-8")
    assert Library(own, bundled=own).ids() == ("a", "b")


def test_ones_own_routine_wins_over_the_bundled_one_of_the_same_id(own: Path) -> None:
    path = _write(own, "plank")
    entry = Library(own).find("plank")
    assert (entry.path, entry.own) == (path, True)
    assert entry.routine is not None
    assert entry.routine.name == "Plank"


def test_a_broken_file_is_an_entry_with_its_problems_and_hides_no_other(own: Path) -> None:
    _write(own, "broken", "name = 3\n")
    _write(own, "fine")
    (own / "folder.toml").mkdir()
    entries = {entry.id: entry for entry in Library(own).entries()}
    assert entries["broken"].routine is None
    assert [problem.key for problem in entries["broken"].problems] == ["step", "name"]
    assert entries["folder"].problems[0].message == "is a folder"
    assert entries["fine"].routine is not None
    assert entries["plank"].routine is not None


def test_a_file_name_can_not_reach_the_terminal(own: Path) -> None:
    try:
        _write(own, "a\x1b[31m")
    except OSError:
        pytest.skip("no such file name on this system")
    assert "a\\x1b[31m" in Library(own).ids()


def test_names_tell_name_and_phase_without_reading_further(own: Path) -> None:
    _write(own, "a", RIGHT + "this is no TOML")
    (name,) = (name for name in Library(own).names() if name.id == "a")
    assert (name.name, name.phase, name.own) == ("A", Phase.RECOVERY, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a"),
        ("name = 3\n", "a"),
        ("nonsense", "a"),
        ("[pace]\nchange = 3\n", "a"),
        ('about = """\n[b]"""\nname = "B"\n', "B"),
        ('name = "a\\u001b[31m"\n', r"a\x1b[31m"),
    ],
)
def test_a_name_that_a_file_does_not_tell_is_its_id(own: Path, text: str, told: str) -> None:
    _write(own, "a", text)
    (name,) = (name for name in Library(own).names() if name.id == "a")
    assert name.name == told


def test_names_agree_with_what_is_read_whole() -> None:
    library = Library()
    for name, entry in zip(library.names(), library.entries(), strict=True):
        assert entry.routine is not None
        assert (name.id, name.name, name.phase) == (entry.id, entry.routine.name, entry.routine.phase)


def test_a_file_is_read_again_only_when_it_changed(own: Path) -> None:
    path = _write(own, "a")
    library = Library(own)
    first = library.entry("a")
    assert library.entry("a") is first
    _write(own, "a", RIGHT + "# longer\n")
    os.utime(path, ns=(1, 1))
    assert library.entry("a") is not first


def test_refreshing_finds_what_came_and_forgets_what_went(own: Path) -> None:
    library = Library(own)
    path = _write(own, "a")
    assert library.entry("a") is None
    library.refresh()
    assert library.entry("a") is not None
    path.unlink()
    library.refresh()
    assert library.entry("a") is None


def test_a_slip_in_an_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError, match="no routine called 'plnak'") as caught:
        Library().find("plnak")
    assert caught.value.hint == "did you mean 'plank'?"


def test_an_id_like_no_other_is_answered_with_the_list() -> None:
    with pytest.raises(UserError) as caught:
        Library().find("\x1b]0;x")
    assert r"\x1b" in caught.value.title
    assert "prehab list" in caught.value.hint


def test_a_path_is_a_path(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(own, "mine")
    library = Library()
    assert library.routine(str(path)).name == "Mine"
    monkeypatch.chdir(own)
    assert library.routine("mine.toml").name == "Mine"
    assert library.routine(f".{os.sep}mine.toml").name == "Mine"
    with pytest.raises(UserError, match="no routine called 'mine'"):
        library.routine("mine")


def test_a_routine_that_can_not_be_played_is_refused_with_its_problems(own: Path) -> None:
    _write(own, "broken", "name = 3\n")
    with pytest.raises(RoutineError, match="has 2 problems"):
        Library(own).routine("broken")
    with pytest.raises(RoutineError, match=r"has 1 problem$"):
        Library(own).routine(str(own / "missing.toml"))


def test_bundled_routines_are_not_ones_own_even_by_path() -> None:
    assert not Library().find(str(resources.routines() / "plank.toml")).own


def test_names_are_told_without_loading_the_models(own: Path) -> None:
    script = (
        "import sys; from prehab.formats.library import Library; Library().names();"
        "print([name for name in ('pydantic_core', 'tree_sitter', 'textual') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_right_files_are_read_without_loading_the_syntax_tree(own: Path) -> None:
    script = (
        "import sys; from prehab.formats.library import Library; list(Library().entries());"
        "print('tree_sitter' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
