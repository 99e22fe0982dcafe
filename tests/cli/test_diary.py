"""What is logged, printed and asked on the command line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.formats.recordings import fit, gpx

from prehab.cli import log, plain_session
from prehab.cli.keyboard import Keyboard
from prehab.cli.main import run as command
from prehab.domain.duration import Millis

VISIT = "Book an ordinary visit if:"
EMERGENCY = "go to an emergency department now"


class Shell:
    """A command line whose output can be read back."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(sys.stdin, "isatty", lambda: False)

    def __call__(self, *words: str, code: int = 0) -> tuple[str, str]:
        """Run a command; what it wrote to stdout and stderr."""
        try:
            answered = command(list(words))
        except SystemExit as ended:
            answered = int(str(ended.code))
        said = self._capsys.readouterr()
        assert answered == code, said.err
        return said.out, said.err

    def data(self, *words: str) -> Any:
        return json.loads(self(*words, "--json")[0])

    def press(self, *pressed: str) -> None:
        """From now on there is a terminal, and somebody who presses these keys."""
        keys = iter(pressed)

        class Fingers:
            def wait(self, at_most: Millis) -> str | None:
                # Nobody is quicker than a millisecond, and what was held for less is no run.
                time.sleep(min(at_most, 5) / 1000)
                return next(keys)

            def retake(self) -> None:
                """It is never taken away."""

        @contextmanager
        def keyboard() -> Iterator[Keyboard]:
            yield Fingers()

        self._monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        self._monkeypatch.setattr(log, "keyboard", keyboard)
        self._monkeypatch.setattr(plain_session, "keyboard", keyboard)


@pytest.fixture
def prehab(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(capsys, monkeypatch)


def days_ago(days: int) -> str:
    return f"{datetime.now().astimezone() - timedelta(days=days):%Y-%m-%d}"


def bad_morning(prehab: Shell, days: int) -> str:
    """A run so many days ago, and a sore back on the morning after; what was said about that."""
    prehab("log", "run", "--date", days_ago(days), "--time", "7:30", "--surface", "concrete")
    return prehab("log", "soreness", "lower-back=4", "--date", days_ago(days - 1), "--time", "6:40")[1]


def exported(prehab: Shell) -> list[dict[str, Any]]:
    return [json.loads(line) for line in prehab("history", "export")[0].splitlines()]


def test_a_run_is_logged_with_what_is_said_and_nothing_else(prehab: Shell) -> None:
    said = prehab(
        "log", "run", "--date", "2026-11-21", "--time", "7:30", "--distance", "5.2km", "--duration", "31:20",
        "--surface", "mixed", "--share", "concrete=60", "--share", "grass=40", "--effort", "5", "--no-hills",
        "--shoes", "Old pair", "--warm-up", "short", "--note", "windy",
    )[1]  # fmt: skip
    assert "logged: 21 November at 7:30, 5.20 km, 31:20, mixed, effort 5, warm-up short" in said
    (line,) = exported(prehab)
    assert line["started_at"].startswith("2026-11-21T07:30:00")
    assert {
        key: line[key] for key in ("distance_m", "duration_ms", "effort", "hills", "stretch", "note")
    } == {
        "distance_m": 5200,
        "duration_ms": 1_880_000,
        "effort": 5,
        "hills": False,
        "stretch": None,
        "note": "windy",
    }
    assert line["shares"][0] == {"surface": "concrete", "percent": 60}


def test_a_run_needs_no_more_than_a_day(prehab: Shell) -> None:
    prehab("log", "run", "--date", "2026-11-21")
    (line,) = exported(prehab)
    known = {key for key, value in line.items() if value not in (None, "")}
    assert known == {"kind", "id", "started_at"}


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--distance", "far"),
        ("run", "--distance", "0"),
        ("run", "--distance", "5200"),
        ("run", "--duration", "0s"),
        ("run", "--duration", "999:00:00"),
        ("run", "--duration", "1:75:00"),
        ("run", "--shoes", "s" * 300),
        ("run", "--note", "n" * 3000),
        ("run", "--date", "yesterday"),
        ("run", "--date", "2190-01-01"),
        ("run", "--time", "25:00"),
        ("run", "--effort", "11"),
        ("run", "--share", "sand=5"),
        ("run", "--surface", "grass", "--share", "concrete=60"),
        ("soreness", "back=4"),
        ("soreness", "lower-back=11"),
        ("soreness", "lower-back"),
        ("soreness",),
    ],
)
def test_a_word_that_makes_no_sense_is_told_and_nothing_is_kept(
    prehab: Shell, words: tuple[str, ...]
) -> None:
    said = prehab("log", *words, code=2)[1]
    assert said.startswith("prehab: ")
    assert exported(prehab) == []


RECORDINGS = [("a.gpx", gpx(10).encode(), "2.23"), ("a.fit", fit(), "5.20")]


@pytest.mark.parametrize(("name", "data", "km"), RECORDINGS)
def test_a_recording_of_a_watch_is_logged_once(
    prehab: Shell, tmp_path: Path, name: str, data: bytes, km: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert f"{km} km" in prehab("log", "run", str(file), "--surface", "trail")[1]
    prehab("log", "run", str(file))
    (line,) = exported(prehab)
    assert line["surface"] == "trail"


@pytest.mark.parametrize(
    ("words", "count"),
    [((), 1), (("--distance", "2km"), 1), (("--distance", "10km"), 2), (("--time", "18:00"), 2)],
)
def test_a_recording_is_the_run_of_which_only_the_day_was_told(
    prehab: Shell, tmp_path: Path, words: tuple[str, ...], count: int
) -> None:
    prehab("log", "run", "--date", "2026-11-22", "--effort", "4", *words)
    file = tmp_path / "run.gpx"
    file.write_text(gpx(10), encoding="utf-8")
    for _ in range(2):
        prehab("log", "run", str(file))
    lines = exported(prehab)
    assert len(lines) == count
    measured = [line["effort"] for line in lines if line["started_at"].startswith("2026-11-22T")]
    assert sorted(measured, key=str) == ([4] if count == 1 else [4, None])


@pytest.mark.parametrize("words", [("run",), ("soreness", "lower-back=2")])
def test_nothing_is_logged_of_a_moment_that_is_yet_to_come(prehab: Shell, words: tuple[str, ...]) -> None:
    soon = datetime.now().astimezone() + timedelta(minutes=5)
    said = prehab("log", *words, "--date", f"{soon:%Y-%m-%d}", "--time", f"{soon:%H:%M}", code=2)[1]
    assert "is yet to come" in said
    assert exported(prehab) == []
    prehab("log", "soreness", "lower-back=2", "--date", days_ago(0))
    assert len(exported(prehab)) == 1


def test_all_that_can_be_logged_of_a_run_can_be_exported_and_imported(prehab: Shell, tmp_path: Path) -> None:
    prehab(
        "log", "run", "--date", "2026-11-21", "--distance", "1000km", "--duration", "168:00:00",
        "--shoes", "s" * 200, "--note", "n" * 400 + "\udcff\x1b[31m\n", "--surface", "mixed",
        "--share", "concrete=100",
    )  # fmt: skip
    file = tmp_path / "diary.jsonl"
    file.write_text(prehab("history", "export")[0], encoding="utf-8")
    before = exported(prehab)
    prehab("log", "delete", before[0]["id"])
    prehab("history", "import", str(file))
    assert exported(prehab) == before


def test_the_list_of_runs_knows_their_mornings_and_their_shoes(prehab: Shell) -> None:
    words = ("--distance", "5km", "--shoes", "Old", "--time", "7:30")
    prehab("log", "run", "--date", "2026-11-19", *words)
    prehab("log", "run", "--date", "2026-11-21", *words)
    prehab("log", "soreness", "lower-back=2", "shoulders=3", "--date", "2026-11-22", "--time", "6:40")
    head, newest, oldest = prehab("log")[0].splitlines()
    assert newest.split()[-6:] == ["5.0", "2", "3", "Old", "(10", "km)"]
    assert head.split()[-1] == "shoes"
    assert oldest.startswith("2026-11-19 07:30")


def test_what_was_logged_is_listed_put_right_and_deleted_by_its_id(prehab: Shell, tmp_path: Path) -> None:
    prehab("log", "run", "--date", "2026-11-19", "--time", "7:30", "--distance", "5km", "--effort", "4")
    prehab("log", "soreness", "lower-back=2", "--date", "2026-11-20", "--time", "6:40", "--side", "left")
    head, score, run = prehab("log", "list")[0].splitlines()
    assert head.split() == ["id", "when", "what", "about"]
    assert score.split(maxsplit=1)[1] == "2026-11-20 06:40  lower back 2, left      the morning after"
    assert run.split(maxsplit=1)[1] == "2026-11-19 07:30  run, 5.00 km, effort 4"
    score_id, run_id = score.split()[0], run.split()[0]

    prehab("log", "run", "--change", run_id, "--distance", "5.5km", "--surface", "grass", "--time", "8:00")
    prehab("log", "soreness", "--change", score_id, "lower-back=3")
    entries = prehab.data("log", "list")
    assert [(one["kind"], one.get("score"), one.get("distance_m"), one.get("effort")) for one in entries] == [
        ("soreness", 3, None, None),
        ("run", None, 5500, 4),
    ]
    assert entries[1]["started_at"].startswith("2026-11-19T08:00")
    assert entries[0]["side"] == "left"

    deleted, said = prehab("log", "delete", run_id, score_id)
    assert "deleted: 19 November at 8:00, run, 5.50 km, grass, effort 4" in said
    assert exported(prehab) == prehab.data("log", "list") == []
    file = tmp_path / "deleted.jsonl"
    file.write_text(deleted, encoding="utf-8")
    prehab("history", "import", str(file))
    assert prehab.data("log", "list") == entries


def test_what_was_logged_by_mistake_can_be_unknown_again(prehab: Shell) -> None:
    prehab(
        "log", "run", "--distance", "5km", "--duration", "31m", "--share", "concrete=60",
        "--share", "grass=40", "--effort", "4", "--hills", "--shoes", "Old", "--warm-up", "none",
        "--stretch", "full", "--note", "rain",
    )  # fmt: skip
    (told,) = prehab.data("log", "list")
    known = ("distance_m", "duration_ms", "surface", "effort", "hills", "shoes", "warm_up", "stretch", "note")
    assert all(told[field] is not None for field in known)
    fields = ("distance", "duration", "surface", "effort", "hills", "shoes", "warm-up", "stretch", "note")
    words = [word for field in fields for word in ("--unknown", field)]
    assert "leave one out" in prehab("log", "run", "--change", told["id"], *words, "--effort", "3", code=2)[1]
    assert "leave one out" in prehab("log", "run", "--change", told["id"], *words, "--no-hills", code=2)[1]
    assert prehab.data("log", "list") == [told]
    prehab("log", "run", "--change", told["id"], *words)
    (left,) = prehab.data("log", "list")
    assert not any(left.get(field) for field in (*known, "shares"))
    assert left["hills"] is None
    assert (left["id"], left["started_at"]) == (told["id"], told["started_at"])


@pytest.mark.parametrize(
    "words",
    [
        ("delete", "abcdef"),
        ("delete", ""),
        ("run", "--change", "abcdef", "--effort", "5"),
        ("soreness", "--change", "abcdef", "lower-back=4"),
    ],
)
def test_an_id_that_is_none_changes_nothing(prehab: Shell, words: tuple[str, ...]) -> None:
    prehab("log", "run", "--date", "2026-11-19")
    before = exported(prehab)
    assert "no such run or score" in prehab("log", *words, code=1)[1]
    assert exported(prehab) == before


def test_a_run_is_not_put_right_as_a_score_nor_a_score_as_a_run(prehab: Shell) -> None:
    prehab("log", "run", "--date", "2026-11-19", "--time", "7:30")
    prehab("log", "soreness", "lower-back=2", "--date", "2026-11-20", "--time", "6:40")
    score, run = (one["id"] for one in prehab.data("log", "list"))
    assert "is a score" in prehab("log", "run", "--change", score, "--effort", "3", code=1)[1]
    assert "is a run" in prehab("log", "soreness", "--change", run, "lower-back=3", code=1)[1]
    assert (
        "one score at a time"
        in prehab("log", "soreness", "--change", score, "lower-back=3", "calves=1", code=2)[1]
    )


def test_ids_of_one_day_are_listed_as_long_as_they_have_to_be(prehab: Shell, tmp_path: Path) -> None:
    file = tmp_path / "diary.jsonl"
    file.write_text(diary_lines("5 4 6", "3 2 4"), encoding="utf-8")
    prehab("history", "import", str(file))
    shown = [line.split()[0] for line in prehab("log", "list")[0].splitlines()[1:]]
    assert len(set(shown)) == 12
    for one in shown:
        prehab("log", "delete", one)
    assert exported(prehab) == []


def test_a_score_that_is_put_right_to_a_red_flag_reaches_the_safety_text(prehab: Shell) -> None:
    prehab("log", "soreness", "lower-back=2")
    (entry,) = prehab.data("log", "list")
    assert EMERGENCY in prehab("log", "soreness", "--change", entry["id"], "lower-back=8")[1]


def test_a_late_score_is_kept_and_said_to_be_late(prehab: Shell) -> None:
    prehab("log", "run", "--date", "2026-11-19", "--time", "7:30")
    said = prehab(
        "log", "soreness", "lower-back=2", "--when", "morning", "--date", "2026-11-20", "--time", "20:00"
    )[1]
    assert "kept as late, and left out of comparisons" in said
    assert "after the run of 19 November at 7:30" not in said


def test_a_morning_too_soon_after_an_evening_run_is_said_to_be_left_out(prehab: Shell) -> None:
    prehab("log", "run", "--date", "2026-11-19", "--time", "23:00")
    words = ("log", "soreness", "lower-back=2", "--when", "morning", "--date", "2026-11-20", "--time")
    assert "left out of comparisons" in prehab(*words, "6:30")[1]
    assert "the morning after the run of 19 November" in prehab(*words, "7:00")[1]


def test_the_check_in_takes_one_key_for_each_answer(prehab: Shell) -> None:
    prehab.press("4", "right", "n")
    said = prehab("log", "soreness")[1]
    assert "Lower back, 0 to 10?" in said
    assert "changes what I do" in said
    assert "logged: lower back 4, shoulders 10" in said
    assert EMERGENCY not in said


def test_every_answer_of_the_check_in_may_be_skipped(prehab: Shell) -> None:
    prehab.press("enter", "enter", "enter")
    prehab("log", "soreness")
    assert exported(prehab) == []


def test_a_run_is_confirmed_with_one_key(prehab: Shell) -> None:
    prehab.press("enter", "1", "0")
    assert "Enter is yes" in prehab("log", "run")[1]
    (line,) = exported(prehab)
    assert (line["surface"], line["effort"]) == ("concrete", 10)
    prehab.press("n")
    assert "Not logged" in prehab("log", "run")[1]
    assert len(exported(prehab)) == 1


@pytest.mark.parametrize("words", [("lower-back=6",), ("--sharp",), ("shoulders=1", "--sharp")])
def test_red_flags_reach_the_safety_text_from_the_command_line(prehab: Shell, words: tuple[str, ...]) -> None:
    assert EMERGENCY in prehab("log", "soreness", *words)[1]


@pytest.mark.parametrize("keys", [("6", "0", "n"), ("0", "0", "y")])
def test_red_flags_reach_the_safety_text_from_the_check_in(prehab: Shell, keys: tuple[str, ...]) -> None:
    prehab.press(*keys)
    assert EMERGENCY in prehab("log", "soreness")[1]


def test_a_back_at_six_today_leaves_no_routine_and_shows_the_safety_text(prehab: Shell) -> None:
    prehab("log", "soreness", "lower-back=6")
    assert EMERGENCY in prehab("today")[1]
    found = prehab.data("today")
    assert (found["is_safety"], found["due"]) == (True, [])


def test_three_bad_mornings_show_the_lines_of_a_visit_everywhere(prehab: Shell) -> None:
    assert VISIT not in bad_morning(prehab, 7)
    assert VISIT not in bad_morning(prehab, 5)
    assert VISIT in bad_morning(prehab, 3)
    for words in (
        ("log",),
        ("insights",),
        ("insights", "--json"),
        ("today",),
        ("log", "run", "--date", days_ago(9)),
    ):
        assert VISIT in prehab(*words)[1], words
    assert prehab.data("today")["see_somebody"] == (
        "Lower back at 4 or more on the morning after 3 runs in a row."
    )


def test_an_imported_diary_shows_the_lines_of_a_visit_too(prehab: Shell, tmp_path: Path) -> None:
    for days in (7, 5, 3):
        bad_morning(prehab, days)
    lines = prehab("history", "export")[0]
    file = tmp_path / "diary.jsonl"
    file.write_text(lines, encoding="utf-8")
    assert VISIT in prehab("history", "import", str(file))[1]
    assert len(exported(prehab)) == 6


def test_nothing_is_planned_from_a_history_that_cannot_be_read(prehab: Shell, own_folders: Path) -> None:
    file = own_folders / "data" / "history.db"
    file.parent.mkdir(parents=True)
    file.write_text("no history at all", encoding="utf-8")
    out, said = prehab("today", code=1)
    assert (out, "the history can't be read" in said) == ("", True)
    assert file.read_text(encoding="utf-8") == "no history at all"


def test_today_after_a_run_asks_for_the_stretch_first(prehab: Shell) -> None:
    prehab("log", "run", "--date", days_ago(0), "--time", "0:01")
    assert prehab.data("today")["due"][0]["routine"].startswith("stretch-")
    assert prehab("today")[0].startswith("stretch-")


def diary_lines(group: str, others: str) -> str:
    """Runs on concrete and on grass in turn, each with its scores on the morning after."""
    scores = [("concrete", score) for score in group.split()], [("grass", score) for score in others.split()]
    lines: list[dict[str, Any]] = []
    start = datetime(2026, 3, 1, 7, 30).astimezone()
    for number, (surface, score) in enumerate(pair for pairs in zip(*scores, strict=True) for pair in pairs):
        began = start + timedelta(days=2 * number)
        lines.append(
            {"kind": "run", "id": f"0198f0c2-0000-7000-8000-{number:012x}", "started_at": began.isoformat()}
            | {"surface": surface}
        )
        lines.append(
            {"kind": "soreness", "id": f"0198f0c2-0000-7000-9000-{number:012x}", "area": "lower back"}
            | {"at": (began + timedelta(hours=23)).isoformat(), "score": int(score)}
        )
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def test_insights_are_printed_as_agreed(prehab: Shell, tmp_path: Path) -> None:
    file = tmp_path / "diary.jsonl"
    file.write_text(diary_lines("5 4 6 5 7", "3 2 4 3 4"), encoding="utf-8")
    prehab("history", "import", str(file))
    found = prehab.data("insights")
    assert found["comparisons"] == 6
    first = found["results"][0]
    sentence = first.pop("sentence")
    assert first == {
        "outcome": "lower back",
        "factor": "surface",
        "group": "concrete",
        "others": "other surfaces",
        "n_group": 5,
        "n_others": 5,
        "mean_group": 5.4,
        "mean_others": 3.2,
        "difference": pytest.approx(2.2),
        "low": 1.0,
        "high": 4.0,
        "status": "compared",
    }
    assert sentence.startswith("In 10 rated runs, next-day lower-back soreness averaged 5.4")
    printed = prehab("insights")[0]
    assert "6 comparisons were looked at" in printed
    assert "A difference of this size: worth noticing." in printed


def test_the_history_of_sessions_is_still_a_list_of_sessions(prehab: Shell) -> None:
    bad_morning(prehab, 3)
    assert prehab.data("history") == []


def test_a_run_is_shown_for_the_time_it_is_planned_for(prehab: Shell) -> None:
    shown = prehab.data("show", "run-posture", "--for", "45m")
    assert (shown["total_ms"], shown["phase"]) == (2_700_000, "during-run")
    (work,) = (segment for segment in shown["segments"] if segment["kind"] == "work")
    assert (work["for_ms"], work["figure"]) == (2_700_000, "easy-jog")
    times = [cue["at_ms"] - work["at_ms"] for cue in shown["cues"] if cue["kind"] == "say"]
    minutes = [1, 5, 9, 13, 17, 21, 25, *range(30, 45, 2)]
    assert [at for at in times if at >= 0][:-1] == [60_000 * minute for minute in minutes]
    assert prehab.data("show", "run-posture")["total_ms"] == 1_800_000


def test_only_a_run_has_a_time_it_is_planned_for(prehab: Shell) -> None:
    said = prehab("show", "plank", "--for", "45m", code=2)[1]
    assert "no run to plan here" in said
    assert "--in shortens other routines" in said


def log_a_run_of_yesterday(prehab: Shell) -> None:
    now = datetime.now().astimezone()
    prehab("log", "run", "--date", days_ago(1), "--time", f"{now:%H:%M}", "--surface", "grass")


SILENT = ("--plain", "--backend", "silent", "--no-voice")


def test_a_session_asks_about_the_morning_after_a_run_once(prehab: Shell) -> None:
    log_a_run_of_yesterday(prehab)
    prehab.press("3", "1", "n", "q", "enter")
    said = prehab("start", "warmup-short", *SILENT)[1]
    assert "It is the morning after a run." in said
    assert [line["score"] for line in exported(prehab) if line["kind"] == "soreness"] in ([3, 1], [1, 3])
    prehab.press("q", "enter")
    assert "morning after a run" not in prehab("start", "warmup-short", *SILENT)[1]


def test_a_run_that_was_led_in_plain_lines_is_asked_about_at_once(prehab: Shell) -> None:
    prehab.press("enter", "enter", "enter", "2", "4")
    said = prehab("start", "run-posture", "--open", *SILENT)[1]
    assert "The run is in the diary." in said
    (run,) = (line for line in exported(prehab) if line["kind"] == "run")
    assert (run["surface"], run["effort"]) == ("asphalt", 4)
    prehab.press("enter", "enter", "n")
    prehab("start", "run-posture", "--open", *SILENT)
    assert [line["kind"] for line in exported(prehab)].count("run") == 1


def test_whoever_skips_the_morning_is_asked_nothing_more_that_day(prehab: Shell) -> None:
    log_a_run_of_yesterday(prehab)
    assert "it is the morning after a run" in prehab("today")[1]
    prehab.press("enter", "q", "enter")
    assert "It is the morning after a run." in prehab("start", "warmup-short", *SILENT)[1]
    assert not [line for line in exported(prehab) if line["kind"] == "soreness"]
    prehab.press("q", "enter")
    assert "morning after a run" not in prehab("start", "warmup-short", *SILENT)[1]
    assert "morning after a run" not in prehab("today")[1]
    prehab.press("3", "enter", "n")
    prehab("log", "soreness")
    assert [line["score"] for line in exported(prehab) if line["kind"] == "soreness"] == [3]


@pytest.mark.parametrize("keys", [("6", "0", "n"), ("1", "0", "y")])
def test_red_flags_on_the_morning_after_leave_no_session(prehab: Shell, keys: tuple[str, ...]) -> None:
    log_a_run_of_yesterday(prehab)
    prehab.press(*keys)
    assert EMERGENCY in prehab("start", "warmup-short", *SILENT)[1]
    assert not [line for line in exported(prehab) if line["kind"] == "session"]


def test_a_held_stretch_before_any_run_gets_a_plain_word_and_no_block(prehab: Shell) -> None:
    prehab.press("q", "enter")
    out, said = prehab("start", "stretch-short", *SILENT)
    assert "Held stretches fit better after the run" in said
    assert out
    prehab("log", "run", "--time", "0:01")
    prehab.press("q", "enter")
    assert "Held stretches" not in prehab("start", "stretch-short", *SILENT)[1]


def test_a_run_without_a_planned_time_needs_somebody_to_end_it(prehab: Shell) -> None:
    said = prehab("start", "run-posture", "--open", *SILENT, code=2)[1]
    assert "try: prehab start run-posture --plain --for 30m" in said


def test_a_tired_runner_says_so_with_one_key(prehab: Shell) -> None:
    prehab.press("t", "q", "enter")
    said = prehab("start", "run-posture", "--open", *SILENT)[1]
    assert "Getting tired: the checks come more often from now on." in said


def test_bad_pain_told_after_a_session_reaches_the_safety_text_once(prehab: Shell) -> None:
    prehab.press("0", "enter", "enter", "q", "enter", "5", "7")
    assert EMERGENCY in prehab("start", "plank", *SILENT)[1]
    prehab.press("0", "enter", "x", "n", "7", "5", "enter")
    assert prehab("start", "plank", *SILENT)[1].count(EMERGENCY) == 1


def test_a_track_a_trail_and_a_treadmill_are_told_apart_in_the_picture(prehab: Shell) -> None:
    for days, surface in ((5, "track"), (3, "trail"), (1, "treadmill")):
        prehab("log", "run", "--date", days_ago(days), "--surface", surface)
    runs, legend = prehab("insights")[0].splitlines()[3:5]
    assert runs.split() == ["runs", "t", "w", "m"]
    assert legend.strip() == "t track, w trail, m treadmill"
