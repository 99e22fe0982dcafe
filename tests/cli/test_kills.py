"""Real sessions of the real program, killed without mercy: what was done is in the history all the same."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SETS = """format = 1
name = "Sets"
phase = "any-day"

[pace]
get-ready = "1s"

[[step]]
name = "Hold"
kind = "hold"
for = "2s"
sets = 90
rest = "1s"
areas = ["core"]
"""
HOLD = 2_000
PROGRAMS = 3
"""How many are killed on one history at the same time."""
WITHIN = 1_000
"""So much of a running hold may be lost."""
SLACK = 600
"""How late a line of a busy machine's program may be read, at most."""


@dataclass(frozen=True)
class LastWords:
    """What a program had said when it was killed."""

    name: str
    holds: int
    """Works that were begun."""
    since: float
    """Milliseconds since the last of them began."""
    is_in_hold: bool


def kill_at(moment: float, folder: Path, name: str) -> LastWords:
    """Start a session, kill it so many seconds after its first line, and give back what it said."""
    file = folder / f"{name}.toml"
    file.write_text(SETS, encoding="utf-8")
    words = ["start", str(file), "--plain", "--json", "--backend", "silent", "--no-voice"]
    with subprocess.Popen(
        [sys.executable, "-m", "prehab", *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        os.set_blocking(program.stdout.fileno(), False)
        seen: list[tuple[float, bytes]] = []
        end = None
        while end is None or time.monotonic() < end:
            if said := program.stdout.read(65536):
                seen.append((time.monotonic(), said))
                end = end or time.monotonic() + moment
            assert program.poll() is None, seen
            time.sleep(0.01)
        killed = time.monotonic()
        program.kill()
    begun = [
        (at, json.loads(line))
        for at, said in seen
        for line in said.decode().splitlines()
        if '"event": "segment"' in line and line.endswith("}")
    ]
    holds = [at for at, event in begun if event["kind"] == "work"]
    return LastWords(
        name,
        len(holds),
        (killed - holds[-1]) * 1000 if holds else 0,
        begun[-1][1]["kind"] == "work" if begun else False,
    )


def kept() -> dict[str, Any]:
    """The sessions that the program itself tells of, by routine."""
    ran = subprocess.run(
        [sys.executable, "-m", "prehab", "history", "--json"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return {session["routine"]: session for session in json.loads(ran.stdout)}


def check(session: dict[str, Any] | None, said: LastWords) -> None:
    if session is None:
        assert said.holds == 0
        return
    assert session["outcome"] == "unfinished"
    steps = session["steps"]
    done = [step for step in steps if step["outcome"] == "done"]
    assert all(step["held_ms"] == HOLD for step in done)
    # The last work that was over may have ended just before the kill, and a next one begun unheard of.
    for_sure = said.holds - 1 + (not said.is_in_hold and said.since > HOLD + SLACK)
    assert for_sure <= len(done) <= said.holds + 1, said
    if said.is_in_hold and WITHIN + SLACK < said.since < HOLD and len(done) == said.holds - 1:
        assert steps[-1]["outcome"] == "short"
        assert steps[-1]["held_ms"] >= said.since - WITHIN - SLACK, said


def kill_some(folder: Path, chance: random.Random, batch: int, longest: float = 8) -> None:
    names = [f"kill-{batch}-{number}" for number in range(PROGRAMS)]
    moments = [chance.uniform(0, longest) for _ in names]
    with ThreadPoolExecutor(PROGRAMS) as pool:
        last_words = list(pool.map(lambda name, at: kill_at(at, folder, name), names, moments))
    history = Path(os.environ["PREHAB_DATA_DIR"]) / "history.db"
    with closing(sqlite3.connect(f"{history.as_uri()}?mode=rw", uri=True)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    sessions = kept()
    for said in last_words:
        check(sessions.get(said.name), said)


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe there can't be looked into without waiting")
def test_real_sessions_that_are_killed_are_in_the_history(tmp_path: Path) -> None:
    kill_some(tmp_path, random.Random(20_261_122), 0, longest=4)


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="a pipe there can't be looked into without waiting")
def test_nothing_is_lost_in_two_hundred_kills_of_real_sessions(tmp_path: Path) -> None:
    chance = random.Random(7)
    for batch in range(-(-200 // PROGRAMS)):
        kill_some(tmp_path, chance, batch)
