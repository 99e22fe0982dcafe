"""What each command prints and answers, run as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prehab import resources
from prehab.cli.table import COMMANDS

BROKEN = """format = 1
name = "Broken"
phase = "any-dya"

[pace]
chnage = "4s"

[[step]]
name = "One"
for = "1.5s"
areas = ["calves"]

[[step]]
name = "Two"
fro = "10s"
for = "20s"
sets = 0
areas = ["calves"]
"""


def prehab(*words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command line without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "prehab", *words],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def data(*words: str) -> Any:
    """What a command prints as JSON."""
    ran = prehab(*words, "--json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    ("words", "total"),
    [
        (["warmup-full"], 440_000),
        (["stretch-full"], 920_000),
        (["foam-full"], 587_000),
        (["core-4"], 1_012_000),
        (["plank", "--level", "60s"], 270_000),
        (["plank", "--level", "20"], 150_000),
    ],
)
def test_show_prints_the_total_that_the_content_has(words: list[str], total: int) -> None:
    assert data("show", *words)["total_ms"] == total


def test_show_prints_every_key_of_the_contract() -> None:
    shown = data("show", "stretch-full")
    assert list(shown) == [
        "routine", "name", "phase", "level_ms", "get_ready_ms", "total_ms", "segments", "cues"
    ]  # fmt: skip
    assert list(shown["segments"][0]) == [
        "index", "kind", "at_ms", "for_ms", "step", "name", "side", "set", "sets", "round", "rounds",
        "areas", "position", "figure", "do", "avoid",
    ]  # fmt: skip
    assert all(list(cue) == ["at_ms", "kind", "text"] for cue in shown["cues"])
    assert [segment["index"] for segment in shown["segments"]] == list(range(len(shown["segments"])))
    assert shown["segments"][0]["kind"] == "get-ready"
    assert shown["segments"][-1]["kind"] == "work"


def test_show_is_readable_without_json() -> None:
    ran = prehab("show", "stretch-short")
    assert ran.returncode == 0
    assert "Neck side tilt, left side" in ran.stdout
    assert "Right side." in ran.stdout
    assert "\x1b" not in ran.stdout


def test_show_draws_each_move_once_unless_it_is_told_not_to() -> None:
    drawn = prehab("show", "plank").stdout
    assert sum("\u2800" < char <= "\u28ff" for char in drawn) > 40
    plain = prehab("show", "plank", "--no-figures").stdout
    assert not any("\u2800" < char <= "\u28ff" for char in plain)
    assert [line for line in drawn.splitlines() if not any("\u2800" < c <= "\u28ff" for c in line)] == (
        plain.splitlines()
    )


def test_an_unknown_routine_is_named_with_the_nearest_one() -> None:
    ran = prehab("show", "strech-full")
    assert ran.returncode == 1
    assert "stretch-full" in ran.stderr
    assert ran.stdout == ""


def test_a_level_that_is_not_there_is_refused_with_those_that_are() -> None:
    ran = prehab("show", "plank", "--level", "3m")
    assert ran.returncode == 2
    assert "1m" in ran.stderr


def test_list_names_every_routine_with_its_length() -> None:
    listed = {entry["routine"]: entry for entry in data("list")}
    assert list(listed["warmup-short"]) == [
        "routine",
        "name",
        "phase",
        "total_ms",
        "get_ready_ms",
        "problems",
    ]
    assert listed["warmup-short"]["total_ms"] == 241_000
    assert listed["plank"]["get_ready_ms"] == 20_000
    assert all(entry["problems"] == 0 for entry in listed.values())


def test_a_broken_file_never_hides_the_others(own_folders: Path) -> None:
    own = own_folders / "config" / "routines"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(BROKEN, encoding="utf-8")
    listed = {entry["routine"]: entry for entry in data("list")}
    assert listed["mine"]["problems"] == 5
    assert "stretch-full" in listed
    assert "mine" in prehab("list").stdout


def test_five_mistakes_are_five_problems_in_their_places(tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(BROKEN, encoding="utf-8")
    ran = prehab("check", str(file), "--json")
    assert ran.returncode == 1
    problems = json.loads(ran.stdout)
    assert [(problem["line"], problem["key"]) for problem in problems] == [
        (3, "phase"), (6, "pace.chnage"), (10, "step[1].for"), (15, "step[2].fro"), (17, "step[2].sets")
    ]  # fmt: skip
    assert all(
        list(problem) == ["file", "line", "column", "key", "message", "hint", "severity"]
        for problem in problems
    )
    text = prehab("check", str(file)).stdout
    assert f"{file}:6:1: pace.chnage:" in text
    assert "change" in text


def test_check_without_files_checks_ones_own(own_folders: Path) -> None:
    assert prehab("check").returncode == 0
    own = own_folders / "config" / "routines"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(BROKEN, encoding="utf-8")
    assert prehab("check").returncode == 1


def test_check_warns_of_a_figure_that_is_not_there_and_of_text_without_time(tmp_path: Path) -> None:
    file = tmp_path / "doubtful.toml"
    file.write_text(
        'format = 1\nname = "Doubtful"\nphase = "any-day"\n\n[[step]]\nname = "Calf raise"\nfor = "10s"\n'
        'areas = ["calves"]\nposition = "standing"\nfigure = "no-such-picture"\n'
        'say = [{ at = "9s", text = "This sentence is much too long for the second that is left" },'
        ' { at = "5s", text = "And so is this, begun while nobody has finished the other one" }]\n',
        encoding="utf-8",
    )
    ran = prehab("check", str(file), "--json")
    assert ran.returncode == 0
    warned = {(problem["key"].split(".")[-1], problem["severity"]) for problem in json.loads(ran.stdout)}
    assert ("figure", "warning") in warned
    assert any(key.startswith("say") for key, _ in warned)


def test_a_figure_is_checked_as_one(tmp_path: Path) -> None:
    file = tmp_path / "bird.toml"
    sound = (resources.figures() / "bird-dog.toml").read_text(encoding="utf-8")
    file.write_text(sound, encoding="utf-8")
    assert prehab("check", str(file)).returncode == 0
    file.write_text(sound.replace("knee on floor", "knee on wall"), encoding="utf-8")
    ran = prehab("check", str(file))
    assert ran.returncode == 1
    assert f"{file}:10:" in ran.stdout


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row.name)
def test_every_command_explains_itself_with_an_example(row: Any) -> None:
    ran = prehab(row.name, "--help")
    assert ran.returncode == 0
    assert row.summary.split()[0] in ran.stdout
    assert row.examples[0] in ran.stdout


def test_the_help_lists_every_command() -> None:
    text = prehab("--help").stdout
    assert all(row.name in text and row.summary in text for row in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["strat"],
        ["start"],
        ["show"],
        ["start", "plank", "--speed", "0"],
        ["list", "--jsno"],
        ["completion", "ksh"],
    ],
)
def test_a_wrong_command_line_answers_two_and_says_what_to_try(words: list[str]) -> None:
    ran = prehab(*words)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "prehab" in ran.stderr


def test_version_is_the_packages() -> None:
    from prehab import __version__

    assert prehab("--version").stdout == f"prehab {__version__}\n"


def test_the_app_needs_a_terminal_and_says_so() -> None:
    ran = prehab()
    assert ran.returncode == 2
    assert "terminal" in ran.stderr


def test_safety_names_the_signs_to_stop_at() -> None:
    text = " ".join(prehab("safety").stdout.split())
    assert "112" in text
    assert "bladder or bowel" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(shell: str) -> None:
    script = prehab("completion", shell).stdout
    assert all(row.name in script for row in COMMANDS)
    assert "--level" in script or "-l level" in script


def test_bash_completes_commands_options_and_routines() -> None:
    script = prehab("completion", "bash").stdout
    probe = (
        script + "\nprehab() { printf 'plank\\nstretch-full\\n'; }\n"
        'ask() { COMP_WORDS=(prehab "$@"); COMP_CWORD=$#; _prehab; echo "${COMPREPLY[*]}"; }\n'
        "ask sta; ask start pl; ask start plank --le; ask history im; ask start plank --backend si\n"
        "ask log run --dist; ask export pl; ask completion fi\n"
    )
    said = subprocess.run(
        ["bash", "-c", probe], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert said.splitlines() == [
        "start", "plank", "--level", "import", "simpleaudio silent", "--distance", "plank", "fish"
    ]  # fmt: skip


def test_a_closed_pipe_is_no_traceback() -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m prehab show core-4 | head -n 1"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["list"], ["show", "plank"], ["check"], ["history"]]
)
def test_commands_without_a_screen_never_load_one(words: list[str]) -> None:
    code = (
        "import sys; from prehab.__main__ import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'textual', 'rich'}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_the_quick_answers_load_nothing_heavy(word: str) -> None:
    code = (
        "import sys; from prehab.__main__ import main\n"
        f"try: main([{word!r}])\nexcept SystemExit: pass\n"
        "heavy = {'textual', 'rich', 'pydantic', 'sqlite3', 'asyncio', 'tomlkit', 'miniaudio'}\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & heavy), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("word", "way_out"), [("strat", "'start'"), ("plank", "prehab start plank"), ("\x1b[31m", "--help")]
)
def test_a_command_that_there_is_not_is_answered_with_the_way_out(word: str, way_out: str) -> None:
    ran = prehab(word)
    assert ran.returncode == 2
    assert way_out in ran.stderr
    assert "\x1b" not in ran.stderr


def _in_shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line.replace("prehab", f"{sys.executable} -m prehab")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("prehab --version >&-", 0),
        ("prehab list >&-", 0),
        ("prehab list <&- >&- 2>&-", 0),
        ("prehab <&-", 2),
        ("prehab history import - <&-", 0),
        ("prehab start stretch-short --plain --speed 1000 --backend silent <&- >&-", 0),
    ],
)
def test_a_standard_stream_that_is_closed_is_nothing_to_stumble_over(line: str, code: int) -> None:
    ran = _in_shell(line)
    assert ran.returncode == code, ran.stderr
    assert "went wrong" not in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to try it on")
@pytest.mark.parametrize("line", ["prehab list", "prehab start stretch-short --plain --json --speed 1000"])
def test_an_output_that_is_full_is_told_in_words(line: str) -> None:
    ran = _in_shell(f"{line} > /dev/full")
    assert ran.returncode == 1
    assert "the output can't be written\n  no space left on device" in ran.stderr
    assert "Exception ignored" not in ran.stderr


@pytest.mark.parametrize("words", [["history", "--limit", "9" * 5000], ["show", "plank", "--rounds", "x"]])
def test_a_number_that_is_none_is_a_wrong_command_line(words: list[str]) -> None:
    ran = prehab(*words)
    assert ran.returncode == 2
    assert "not a whole number" in ran.stderr


def test_a_sheet_is_not_put_into_a_folder_that_there_is_not(tmp_path: Path) -> None:
    ran = prehab("export", "plank", "-o", str(tmp_path / "nowhere" / "sheet.md"))
    assert ran.returncode == 1
    assert "there is no folder" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_said_to_be_imported_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    monkeypatch.setenv("PREHAB_DATA_DIR", str(in_the_way))
    ran = prehab("history", "import", "-", stdin="")
    assert ran.returncode == 1
    assert "the history can't be written" in ran.stderr
    assert "added" not in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["history"],
        ["history", "--json"],
        ["history", "export"],
        ["progress"],
        ["progress", "plank", "--json"],
    ],
)
def test_a_history_that_cannot_be_read_is_never_shown_as_an_empty_one(words: list[str]) -> None:
    file = Path(os.environ["PREHAB_DATA_DIR"]) / "history.db"
    file.parent.mkdir()
    file.write_text("no database", encoding="utf-8")
    ran = prehab(*words)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert str(file) in ran.stderr
    assert "it was left as it is" in ran.stderr
    assert file.read_text(encoding="utf-8") == "no database"


@pytest.fixture
def data_in_a_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for the history that is a link to itself, and can't be looked into."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.setenv("PREHAB_DATA_DIR", str(tmp_path / "loop"))


@pytest.mark.parametrize("words", [["history"], ["history", "export"], ["progress"]])
def test_a_history_in_a_folder_that_cannot_be_looked_into_is_not_shown_as_an_empty_one(
    words: list[str], data_in_a_loop: None
) -> None:
    ran = prehab(*words)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "the history can't be written" in ran.stderr


@pytest.mark.parametrize("words", [["list"], ["log"], ["show", "plank"]])
def test_a_folder_that_cannot_be_looked_into_is_told_and_keeps_nobody_from_the_routines(
    words: list[str], data_in_a_loop: None
) -> None:
    ran = prehab(*words)
    assert ran.returncode == 0
    assert "went wrong" not in ran.stderr


@pytest.mark.parametrize("words", [["today"], ["progress"]])
def test_a_folder_that_cannot_be_looked_into_is_taken_for_no_beginners(
    words: list[str], data_in_a_loop: None
) -> None:
    ran = prehab(*words)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "PREHAB_DATA_DIR" in ran.stderr


def test_doctor_names_a_folder_that_cannot_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(tmp_path / "loop"))
    ran = prehab("doctor", "--quiet", "--json")
    assert ran.returncode == 1
    found = {one["name"]: one for one in json.loads(ran.stdout)}
    assert found["own routines"]["state"] == "problem"
    assert "symbolic links" in found["own routines"]["detail"]
