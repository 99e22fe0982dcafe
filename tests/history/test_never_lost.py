"""Killed in the middle, or out of room: what was done is there all the same."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.history.store import Store, open_store

CHILD = Path(__file__).with_name("child.py")
PROGRAMS = 3
"""How many are killed on one history at the same time."""
IN_FLIGHT = 500
"""A work that ended less than so many milliseconds before the kill may still have been on its way."""


@dataclass(frozen=True)
class LastWords:
    """What a program said before it was killed."""

    session: str
    at: int
    over: int
    held: int
    over_for_sure: int
    """How many works were over long enough before."""


def kill_at(moment: float, history: Path) -> LastWords:
    """Start a session, kill it without mercy, and give back what it had said."""
    with subprocess.Popen(
        [sys.executable, str(CHILD), str(history)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline()]
        time.sleep(moment)
        program.kill()
        lines += program.stdout.read().splitlines()
    looks = [line.split() for line in lines if len(line.split()) == 4]
    session, at, over, held = looks[-1]
    before = [int(look[2]) for look in looks if int(look[1]) <= int(at) - IN_FLIGHT]
    return LastWords(session, int(at), int(over), int(held), before[-1] if before else 0)


def check(store: Store, said: LastWords) -> None:
    assert next(store.rows("PRAGMA integrity_check")) == ("ok",)
    record = store.record(said.session)
    if record is None:
        assert said.at < IN_FLIGHT
        return
    assert record.outcome is Outcome.UNFINISHED
    done = [step for step in record.steps if step.outcome is StepOutcome.DONE]
    assert said.over_for_sure <= len(done) <= said.over + 1
    assert all(step.held_ms == step.planned_ms for step in done)
    if len(done) == said.over and said.held > 1_000:
        assert record.steps[-1].held_ms >= said.held - 1_000
    assert len(record.steps) <= len(done) + 1


def kill_some(history: Path, chance: random.Random) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(PROGRAMS) as pool:
        moments = [chance.uniform(0.02, 4) for _ in range(PROGRAMS)]
        last_words = list(pool.map(lambda moment: kill_at(moment, history), moments))
    store = open_store(history)
    for said in last_words:
        check(store, said)
    store.close()


def test_what_was_done_when_programs_are_killed_is_in_the_history(path: Path) -> None:
    open_store(path).close()
    kill_some(path, random.Random(20_261_122))


@pytest.mark.soak
def test_nothing_is_lost_in_two_hundred_kills(path: Path) -> None:
    open_store(path).close()
    chance = random.Random(7)
    for _ in range(-(-200 // PROGRAMS)):
        kill_some(path, chance)


def test_a_killed_session_is_offered_to_go_on_with_and_its_claim_is_gone(path: Path) -> None:
    store = open_store(path)
    said = kill_at(1, path)
    unfinished = store.unfinished_latest()
    assert unfinished is not None
    assert unfinished.record.id == said.session
    assert unfinished.segment > 0
    store.close()


def test_a_long_session_needs_little_room(small_disk: Path) -> None:
    path = small_disk / "history.db"
    open_store(path).close()
    session, notice, _ = after(str(path), "fast")
    assert notice == "None"
    store = open_store(path)
    record = store.record(session)
    assert record is not None
    assert record.outcome is Outcome.COMPLETED
    store.close()


def after(*arguments: str) -> tuple[str, str, str]:
    """Run a long session in a program of its own; its session, its notice and how it ended."""
    answer = subprocess.run(
        [sys.executable, str(CHILD), *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    session, notice, state = answer.stdout.splitlines()
    return session, notice, state


def check_broken_off(path: Path, session: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store = open_store(path)
    record = store.record(session)
    assert record is not None
    assert record.outcome is Outcome.UNFINISHED
    assert any(step.held_ms == Millis(20_000) for step in record.steps)
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to the length of a file there")
def test_a_file_that_may_not_grow_is_one_notice_and_the_session_goes_on(path: Path) -> None:
    open_store(path).close()
    session, notice, state = after(str(path), str(path.stat().st_size + 100_000))
    assert state == "done"
    assert notice.count("goes on without being recorded") == 1
    check_broken_off(path, session)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("no way to make a small disk here")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip("making a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_notice_and_the_session_goes_on(small_disk: Path) -> None:
    path = small_disk / "history.db"
    open_store(path).close()
    (small_disk / "music.flac").write_bytes(bytes(shutil.disk_usage(small_disk).free - 200_000))
    session, notice, state = after(str(path), "fast")
    assert state == "done"
    assert (
        notice == "the disk is full: the history can't be written; the session goes on without being recorded"
    )
    check_broken_off(path, session)


def test_a_session_that_has_its_room_in_the_file_is_kept_though_the_log_has_none(small_disk: Path) -> None:
    path = small_disk / "history.db"
    store = open_store(path)
    session, _, _ = after(str(path), "fast")
    store.delete(session)
    store.close()
    (small_disk / "music.flac").write_bytes(bytes(shutil.disk_usage(small_disk).free - 100_000))
    session, notice, _ = after(str(path), "fast")
    assert notice == "None"
    store = open_store(path)
    record = store.record(session)
    assert record is not None
    assert record.outcome is Outcome.COMPLETED
    store.close()
