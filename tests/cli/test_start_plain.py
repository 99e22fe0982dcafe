"""A session as lines: the whole of it, in order, on time, and in the history afterwards."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

QUICK = """format = 1
name = "Quick"
phase = "any-day"

[pace]
get-ready = "1s"
change = "1s"

[[step]]
name = "First"
kind = "hold"
for = "2s"
areas = ["calves"]

[[step]]
name = "Second"
kind = "hold"
for = "60s"
areas = ["calves"]
"""
WAITING = """format = 1
name = "Waiting"
phase = "any-day"

[pace]
get-ready = 0

[[step]]
name = "Push-up"
reps = 5
areas = ["arms"]
"""


def start(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prehab", "start", *words, "--plain", "--backend", "silent"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False, **more,
    )  # fmt: skip


def shown(*words: str) -> Any:
    ran = subprocess.run(
        [sys.executable, "-m", "prehab", "show", *words, "--json"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return json.loads(ran.stdout)


def history() -> Any:
    ran = subprocess.run(
        [sys.executable, "-m", "prehab", "history", "--json"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return json.loads(ran.stdout)


@pytest.mark.parametrize("routine", ["stretch-short", "warmup-full", "core-1"])
def test_a_rehearsal_tells_each_segment_and_cue_once_in_order_and_never_early(routine: str) -> None:
    ran = start(routine, "--json", "--speed", "400")
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    timeline = shown(routine)
    assert all(line["at_ms"] >= line["due_ms"] for line in lines)
    assert [line["due_ms"] for line in lines] == sorted(line["due_ms"] for line in lines)
    told = [line for line in lines if line["event"] == "segment"]
    assert [line["index"] for line in told] == list(range(len(timeline["segments"])))
    assert [line["due_ms"] for line in told] == [segment["at_ms"] for segment in timeline["segments"]]
    assert all(
        set(line) == {"event", "due_ms", "at_ms", "index", "kind", "name", "side", "for_ms"} for line in told
    )
    cues = [(line["due_ms"], line["kind"], line["text"]) for line in lines if line["event"] == "cue"]
    planned = [(cue["at_ms"], cue["kind"], cue["text"]) for cue in timeline["cues"]]
    assert sorted(cues, key=str) == sorted(planned, key=str)
    assert lines[-1]["event"] == "ended"
    assert lines[-1]["outcome"] == "completed"
    assert history() == []


@pytest.mark.parametrize("also", [(), ("--json",)])
def test_what_is_wrong_with_the_sound_is_told_on_stderr_whatever_goes_to_stdout(
    also: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "quick.toml"
    file.write_text(QUICK.replace('"60s"', '"1s"'), encoding="utf-8")
    words = ["start", str(file), "--plain", "--backend", "bell", "--mute", "--no-voice", *also]
    ran = subprocess.run(
        [sys.executable, "-m", "prehab", *words],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0
    assert "no sound device here" in ran.stderr or "bell can't be used" in ran.stderr


def test_a_real_session_is_in_the_history_with_what_was_held(tmp_path: Path) -> None:
    file = tmp_path / "quick.toml"
    file.write_text(QUICK.replace('"60s"', '"1s"'), encoding="utf-8")
    ran = start(str(file))
    assert ran.returncode == 0, ran.stderr
    assert "Hold: First, 2 seconds." in ran.stdout
    assert "\x1b" not in ran.stdout
    (session,) = history()
    assert session["outcome"] == "completed"
    assert [(step["step"], step["held_ms"], step["outcome"]) for step in session["steps"]] == [
        ("first", 2000, "done"), ("second", 1000, "done")
    ]  # fmt: skip


def test_a_step_that_waits_goes_on_by_itself_when_nobody_can_press_a_key(tmp_path: Path) -> None:
    file = tmp_path / "waiting.toml"
    file.write_text(WAITING, encoding="utf-8")
    ran = start(str(file), "--json", "--speed", "100")
    ended = json.loads(ran.stdout.splitlines()[-1])
    assert (ended["event"], ended["due_ms"]) == ("ended", 30_000)


def _until(process: subprocess.Popen[str], wanted: str) -> list[Any]:
    """Read lines until one has this event."""
    assert process.stdout is not None
    lines = []
    for text in process.stdout:
        lines.append(json.loads(text))
        if (lines[-1]["event"], lines[-1].get("index")) == ("segment", 3) or lines[-1]["event"] == wanted:
            return lines
    raise AssertionError(lines)


def _session(file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "prehab", "start", str(file), "--plain", "--json", "--backend", "silent"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "code", "outcome"),
    [(signal.SIGTERM, 143, "unfinished"), (signal.SIGHUP, 143, "unfinished"), (signal.SIGINT, 130, "stopped"),
     (signal.SIGKILL, -9, "unfinished")],
)  # fmt: skip
def test_a_session_that_is_broken_off_keeps_what_was_done(
    tmp_path: Path, number: signal.Signals, code: int, outcome: str
) -> None:
    file = tmp_path / "quick.toml"
    file.write_text(QUICK, encoding="utf-8")
    with _session(file) as process:
        _until(process, "never")
        time.sleep(2.0)
        process.send_signal(number)
        _said, trouble = process.communicate(timeout=30)
    assert process.returncode == code, trouble
    assert "Traceback" not in trouble
    (session,) = history()
    assert session["outcome"] == outcome
    first, second = session["steps"]
    assert (first["held_ms"], first["outcome"]) == (2000, "done")
    assert second["outcome"] == "short"
    assert 900 <= second["held_ms"] <= 4_000


def test_a_program_that_was_stopped_pauses_where_it_was_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "quick.toml"
    file.write_text(QUICK.replace('"60s"', '"3s"'), encoding="utf-8")
    with _session(file) as process:
        _until(process, "never")
        process.send_signal(signal.SIGSTOP)
        time.sleep(3.5)
        process.send_signal(signal.SIGCONT)
        said, _trouble = process.communicate(timeout=30)
    events = [json.loads(line) for line in said.splitlines()]
    names = [event["event"] for event in events]
    assert "gap" in names, events
    gap = events[names.index("gap")]
    assert gap["lost_ms"] >= 3_000
    assert "resumed" in names[names.index("gap") :]
    assert names[-1] == "ended"
    assert events[-1]["outcome"] == "completed"


class Terminal:
    """A child on a real terminal, whose keys are pressed and whose lines are read."""

    def __init__(self, *words: str) -> None:
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execv(sys.executable, [sys.executable, "-m", "prehab", *words])
        self.seen = ""

    def wait_for(self, text: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while text not in self.seen:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} never came:\n{self.seen}"
            if select.select([self.descriptor], [], [], left)[0]:
                try:
                    self.seen += os.read(self.descriptor, 4096).decode("utf-8", "replace")
                except OSError:
                    assert text in self.seen, self.seen
                    return

    def press(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def code(self, *, hangs_up: bool = False) -> int:
        if hangs_up:
            os.close(self.descriptor)
        _, status = os.waitpid(self.pid, 0)
        if not hangs_up:
            os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)


def on_terminal(folder: Path, routine: str) -> Terminal:
    """Begin a session of a routine with somebody at the keys."""
    file = folder / "routine.toml"
    file.write_text(routine, encoding="utf-8")
    return Terminal("start", str(file), "--plain", "--backend", "silent", "--no-voice")


def test_keys_are_heard_in_plain_mode(tmp_path: Path) -> None:
    terminal = on_terminal(tmp_path, QUICK)
    terminal.wait_for("Hold: First")
    terminal.press(" ")
    terminal.wait_for("Paused")
    terminal.press("n")
    terminal.wait_for("Skipped")
    terminal.press(" ")
    terminal.wait_for("Hold: Second")
    terminal.press("+")
    terminal.wait_for("10 seconds more")
    terminal.press("q")
    terminal.wait_for("Enter ends")
    terminal.press("\r")
    terminal.wait_for("Ended.")
    assert terminal.code() == 0
    (session,) = history()
    assert session["outcome"] == "stopped"
    assert session["steps"][0]["outcome"] == "skipped"


def test_a_question_comes_after_the_pause_it_made_and_keys_typed_ahead_are_not_lost(tmp_path: Path) -> None:
    terminal = on_terminal(tmp_path, QUICK)
    terminal.wait_for("Hold: Second")
    time.sleep(1.2)
    terminal.press("q\r")
    terminal.wait_for("of work.")
    assert terminal.code() == 0
    assert terminal.seen.index("Paused.") < terminal.seen.index("End and keep 0:03? Enter ends")
    assert "1 of 2 done, 0:03 of work." in terminal.seen


def test_warning_signs_can_be_read_in_a_pause_and_a_key_without_a_meaning_asks_nothing(
    tmp_path: Path,
) -> None:
    terminal = on_terminal(tmp_path, QUICK)
    terminal.wait_for("Hold: First")
    terminal.press(" ")
    terminal.wait_for("Paused")
    terminal.press("\x1bOP\x1b[3~!")
    terminal.wait_for("During a routine")
    terminal.press("\x03")
    terminal.wait_for("of work.")
    assert terminal.code() == 130
    assert "not heard" not in terminal.seen
    assert "Enter ends" not in terminal.seen


SETS = """format = 1
name = "Sets"
phase = "any-day"

[pace]
get-ready = 0
change = "1s"

[[step]]
name = "Sore one"
kind = "hold"
for = "20s"
sets = 2
rest = "1s"
sides = "each"
areas = ["calves"]

[[step]]
name = "Other"
kind = "hold"
for = "20s"
areas = ["hips"]
"""


def test_a_step_that_hurts_is_left_out_with_all_its_sides_and_sets(tmp_path: Path) -> None:
    terminal = on_terminal(tmp_path, SETS)
    terminal.wait_for("Hold: Sore one")
    terminal.press("xn5")
    terminal.wait_for("Next: Other")
    terminal.press("q")
    terminal.wait_for("Enter ends")
    terminal.press("\r")
    assert terminal.code() == 0
    (session,) = history()
    assert session["pain"] == 5
    assert [step["outcome"] for step in session["steps"]] == ["skipped"] * 4


def test_a_terminal_that_closes_leaves_an_unfinished_session(tmp_path: Path) -> None:
    terminal = on_terminal(tmp_path, QUICK)
    terminal.wait_for("Hold: First")
    assert terminal.code(hangs_up=True) == 143
    (session,) = history()
    assert session["outcome"] == "unfinished"


def test_a_question_can_be_ended_by_a_signal_and_the_terminal_is_put_back(tmp_path: Path) -> None:
    terminal = Terminal("start", "plank", "--plain", "--backend", "silent", "--no-voice")
    before = termios.tcgetattr(terminal.descriptor)
    terminal.wait_for("Back right now")
    os.kill(terminal.pid, signal.SIGTERM)
    _, status = os.waitpid(terminal.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 143
    assert termios.tcgetattr(terminal.descriptor) == before
    os.close(terminal.descriptor)


def yesterday() -> str:
    """A plank as another machine exports it."""
    began = (datetime.now().astimezone() - timedelta(days=1)).isoformat(timespec="seconds")
    step = {"step": "front-plank", "set": 1, "planned_ms": 30_000, "held_ms": 30_000, "outcome": "done"}
    return json.dumps({
        "kind": "session", "id": "0198f0c2-0000-7000-8000-000000000001", "routine": "plank",
        "started_at": began, "outcome": "completed", "rpe": 6,
        "steps": [{**step, "set": number} for number in (1, 2, 3)],
    })  # fmt: skip


def bring(line: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "prehab", "history", "import", "-"],
        input=line, text=True, check=True, capture_output=True, timeout=60,
    )  # fmt: skip


def test_the_morning_after_is_asked_about_once_whether_answered_or_not() -> None:
    bring(yesterday())
    words = ("start", "plank", "--plain", "--backend", "silent", "--no-voice")
    first = Terminal(*words)
    first.wait_for("the morning after, your back was")
    first.press("\r")
    first.wait_for("Back right now")
    first.press("\x03")
    assert first.code() == 130
    bring(yesterday())
    second = Terminal(*words)
    second.wait_for("Back right now")
    second.press("\x03")
    assert second.code() == 130
    assert "the morning after" not in second.seen
    assert history()[0]["flare"] is None


def test_who_never_held_a_plank_may_begin_from_the_knees() -> None:
    terminal = Terminal("start", "plank", "--plain", "--backend", "silent", "--no-voice")
    terminal.wait_for("Back right now")
    terminal.press("0")
    terminal.wait_for("Never held one? k: front plank from the knees, 20 s. Enter begins with 30 s.")
    terminal.press("k")
    terminal.wait_for("Get ready, 20 seconds. Next: Front plank from the knees.")
    terminal.press("\x03")
    terminal.code()
    assert history()[0]["level_ms"] == 20_000


def test_keys_are_heard_again_after_a_shell_had_the_terminal(tmp_path: Path) -> None:
    terminal = on_terminal(tmp_path, QUICK)
    terminal.wait_for("Hold: Second")
    os.kill(terminal.pid, signal.SIGSTOP)
    cooked = termios.tcgetattr(terminal.descriptor)
    cooked[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(terminal.descriptor, termios.TCSANOW, cooked)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_for("Paused where you were.")
    terminal.press("q")
    terminal.wait_for("Enter ends")
    terminal.press("\r")
    assert terminal.code() == 0
