"""`prehab new` and `prehab edit`: from nothing, or a note, to a routine that plays; no text is ever lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from prehab.cli import edit
from prehab.cli.main import run
from prehab.formats.loader import inspect

NOTE = "clam 3x12 each; bird dog 10x5s each; plank 3x30s/45s"
BROKEN = 'name = "Mine"\n[[step]]\nname = "Plank"\nfor = 30s\n'
RIGHT = 'name = "Mine"\n[[step]]\nname = "Plank"\nareas = ["core"]\nfor = "30s"\n'
Editor = Callable[..., None]


@pytest.fixture
def own(own_folders: Path) -> Path:
    """The folder of one's own routines, which nobody has made yet."""
    return own_folders / "config" / "routines"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor that writes one text after another, and ends with a code."""

    def writes(*texts: str | bytes | None, code: int = 0) -> None:
        folder = tmp_path / "editor"
        folder.mkdir(exist_ok=True)
        for number, text in enumerate(texts):
            if text is not None:
                raw = text if isinstance(text, bytes) else text.encode()
                (folder / f"{number}.txt").write_bytes(raw)
        (folder / "editor.py").write_text(
            "import sys, pathlib\n"
            f"folder = pathlib.Path({str(folder)!r})\n"
            "count = folder / 'count'\n"
            "number = int(count.read_text()) if count.exists() else 0\n"
            "count.write_text(str(number + 1))\n"
            "new = folder / f'{number}.txt'\n"
            "new.exists() and pathlib.Path(sys.argv[1]).write_bytes(new.read_bytes())\n"
            f"sys.exit({code})\n",
            encoding="utf-8",
        )
        (folder / "count").unlink(missing_ok=True)
        monkeypatch.setenv("VISUAL", f"{sys.executable} '{folder / 'editor.py'}'")

    return writes


@pytest.fixture
def mine(own: Path) -> Path:
    own.mkdir(parents=True)
    path = own / "mine.toml"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def draft_of(path: Path) -> Path:
    return path.with_name(f".{path.stem}.draft.toml")


def test_a_new_routine_plays_at_once_and_stands_in_the_list(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "evening"]) == 0
    said = capsys.readouterr()
    assert said.out == f"{own / 'evening.toml'}\n"
    assert "prehab start evening" in said.err
    assert inspect(own / "evening.toml").problems == ()
    assert run(["start", "evening", "--plain", "--speed", "500", "--mute"]) == 0
    assert run(["list"]) == 0
    assert "evening" in capsys.readouterr().out


def test_a_new_routine_has_the_schema_beside_it_for_editors(own: Path) -> None:
    assert run(["new", "evening"]) == 0
    assert (own / "evening.toml").read_text(encoding="utf-8").startswith("#:schema ./routine.schema.json\n")
    assert (own / "routine.schema.json").is_file()


def test_a_physios_note_becomes_a_file_that_tells_where_it_comes_from(own: Path) -> None:
    assert run(["new", "After the physio", NOTE]) == 0
    path = own / "after-the-physio.toml"
    assert NOTE in path.read_text(encoding="utf-8")
    routine = inspect(path).routine
    assert routine is not None
    assert routine.name == "After the physio"
    assert [step.name for step in routine.steps()] == ["Clam", "Bird dog", "Plank"]
    assert inspect(path).problems == ()


def test_a_note_of_several_lines_is_read_from_standard_input(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("1. Clams 3x12 each\n2. Plank 3x30s\n\ndaily\n"))
    assert run(["new", "physio", "-"]) == 0
    routine = inspect(own / "physio.toml").routine
    assert routine is not None
    assert routine.per_week == 7


def test_a_note_that_can_not_be_read_makes_no_file(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "physio", "clam 3x12 eech"]) == 2
    assert "^^^^" in capsys.readouterr().err
    assert not (own / "physio.toml").exists()


def test_a_copy_of_a_bundled_routine_is_that_routine_under_a_new_name(own: Path) -> None:
    assert run(["new", "my-plank", "--from", "plank"]) == 0
    routine = inspect(own / "my-plank.toml").routine
    assert routine is not None
    assert (routine.name, routine.growing is not None) == ("My plank", True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mine"], "is there already"),
        (["Mine"], "is there already"),
        (["!!!"], "no file can be named"),
        (["x", "--from", "plnak"], "did you mean 'plank'"),
        (["x", "plank 30s", "--from", "plank"], "exclude each other"),
    ],
)
def test_what_can_not_be_made_is_told_and_nothing_overwritten(
    mine: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", *words]) in (1, 2)
    assert said in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == RIGHT
    assert [path.name for path in mine.parent.iterdir()] == ["mine.toml"]


def test_a_new_routine_may_stand_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["new", "./club.toml", "plank 30s"]) == 0
    assert (tmp_path / "club.toml").is_file()


def test_what_was_edited_well_is_saved(
    mine: Path, editor: Editor, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(RIGHT.replace("30s", "40s"))
    assert run(["edit", "mine"]) == 0
    assert "40s" in mine.read_text(encoding="utf-8")
    assert not draft_of(mine).exists()
    assert "saved" in capsys.readouterr().err


def test_nothing_changed_is_nothing_saved(
    mine: Path, editor: Editor, capsys: pytest.CaptureFixture[str]
) -> None:
    before = mine.stat().st_mtime_ns
    editor(None)
    assert run(["edit", "mine"]) == 0
    assert mine.stat().st_mtime_ns == before
    assert "nothing was changed" in capsys.readouterr().err


@pytest.mark.parametrize("broken", [BROKEN, b"\xff\xfe", ""])
def test_a_broken_save_keeps_the_last_good_one_and_the_text(
    mine: Path, editor: Editor, broken: str | bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(broken)
    assert run(["edit", "mine"]) == 1
    said = capsys.readouterr().err
    assert f"{mine}:" in said
    assert str(draft_of(mine)) in said
    assert mine.read_text(encoding="utf-8") == RIGHT
    assert draft_of(mine).read_bytes() == (broken if isinstance(broken, bytes) else broken.encode())
    assert run(["show", "mine"]) == 0


def test_the_next_edit_goes_on_with_the_text_that_was_kept(
    mine: Path, editor: Editor, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(BROKEN)
    assert run(["edit", "mine"]) == 1
    editor(None)
    assert run(["edit", "mine"]) == 1
    assert "going on with the text" in capsys.readouterr().err
    editor(RIGHT.replace("30s", "50s"))
    assert run(["edit", "mine"]) == 0
    assert "50s" in mine.read_text(encoding="utf-8")


def test_a_person_goes_back_to_the_editor_until_it_is_right(
    mine: Path, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(BROKEN, BROKEN.replace("30s", "40s"), RIGHT.replace("30s", "40s"))
    monkeypatch.setattr(edit, "_wants_back", lambda: True)
    assert run(["edit", "mine"]) == 0
    assert '"40s"' in mine.read_text(encoding="utf-8")


def test_an_editor_that_fails_changes_nothing_and_loses_nothing(
    mine: Path, editor: Editor, capsys: pytest.CaptureFixture[str]
) -> None:
    editor(RIGHT.replace("30s", "40s"), code=1)
    assert run(["edit", "mine"]) == 1
    assert "code 1" in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == RIGHT
    assert "40s" in draft_of(mine).read_text(encoding="utf-8")


def test_an_editor_that_is_not_there_is_told_and_a_kept_text_stays(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    assert run(["edit", "mine"]) == 1
    assert "export EDITOR" in capsys.readouterr().err
    assert not draft_of(mine).exists()
    draft_of(mine).write_text(BROKEN, encoding="utf-8")
    assert run(["edit", "mine"]) == 1
    assert draft_of(mine).read_text(encoding="utf-8") == BROKEN


def test_a_file_that_somebody_else_changed_meanwhile_is_not_overwritten(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "both.py"
    other, text = RIGHT.replace("30s", "10s"), RIGHT.replace("30s", "40s")
    script.write_text(
        "import sys, pathlib\n"
        f"pathlib.Path(sys.argv[1]).write_text({text!r})\npathlib.Path({str(mine)!r}).write_text({other!r})\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{script}'")
    assert run(["edit", "mine"]) == 1
    assert "somebody else" in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == other
    assert draft_of(mine).read_text(encoding="utf-8") == text


def test_a_file_that_is_broken_already_can_be_edited(mine: Path, editor: Editor) -> None:
    mine.write_bytes(b"\xff")
    editor(RIGHT)
    assert run(["edit", "mine"]) == 0
    assert mine.read_text(encoding="utf-8") == RIGHT


def test_a_bundled_routine_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edit", "plank"]) == 1
    assert "prehab new my-plank --from plank" in capsys.readouterr().err


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user who can be shut out"
)
def test_a_folder_that_is_closed_to_us_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.mkdir(parents=True)
    own.chmod(0o500)
    assert run(["new", "evening"]) == 1
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["\x1b]0;evil\x07", "caf\udce9", f"{'long' * 50}er"])
def test_a_name_that_no_routine_can_have_makes_no_file(
    own: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(["new", name]) == 2
    assert "no routine can be called" in capsys.readouterr().err
    assert not own.exists()
