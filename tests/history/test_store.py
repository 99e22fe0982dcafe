"""The file of the history: made whole, kept up to date, and left alone when it is not what it should be."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.history.strategies import IDS, sessions

from prehab.domain.duration import Millis
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import SessionRecord, StepRecord
from prehab.errors import UserError
from prehab.history.database import APPLICATION_ID, backup_of, immediate
from prehab.history.instants import parse_instant
from prehab.history.migrations import MIGRATIONS, Migration
from prehab.history.stats import newest_first
from prehab.history.store import MAX_NOTE, Answers, Store, open_anyway, open_store


def step(number: int, held: int = 30, outcome: StepOutcome = StepOutcome.DONE) -> StepRecord:
    return StepRecord(
        "front-plank", "Front plank", None, number, 1, Millis(30_000), Millis(held * 1000), outcome
    )


SESSION = SessionRecord(
    id=IDS[0],
    routine="plank",
    name="Plank",
    started_at=parse_instant("2026-11-22T07:30:00+01:00"),
    ended_at=parse_instant("2026-11-22T07:33:10+01:00"),
    outcome=Outcome.COMPLETED,
    level_ms=Millis(30_000),
    rpe=None,
    pain_before=1,
    pain=None,
    flare=None,
    note="",
    planned_ms=Millis(180_000),
    steps=(step(1), step(2), step(3, 24, StepOutcome.SHORT)),
)


@pytest.fixture
def filled(path: Path) -> Path:
    store = open_store(path)
    store.put(SESSION)
    store.close()
    return path


@pytest.fixture
def unwritable(filled: Path) -> Iterator[Path]:
    if sys.platform == "win32" or os.geteuid() == 0:
        pytest.skip("nothing is forbidden to root")
    filled.chmod(0o400)
    filled.parent.chmod(0o500)
    yield filled
    filled.parent.chmod(0o700)
    filled.chmod(0o600)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# Records


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions())
def test_a_record_comes_out_as_it_was_put_in(store: Store, record: SessionRecord) -> None:
    store.put(record)
    assert store.record(record.id) == record


def test_what_was_deleted_can_be_put_back(store: Store) -> None:
    store.put(SESSION)
    deleted = store.delete(SESSION.id)
    assert store.record(SESSION.id) is None
    store.put(deleted)
    assert store.record(SESSION.id) == SESSION


def test_nothing_is_left_of_a_deleted_session(store: Store) -> None:
    store.put(SESSION)
    store.delete(SESSION.id)
    assert list(store.rows("SELECT * FROM step")) == []


def test_a_name_loses_what_can_not_be_kept_and_nothing_else(store: Store) -> None:
    strange = replace(step(1), name="a\x1fb\x1ec\x00d \x1b[31m\udcff")
    store.put(replace(SESSION, steps=(strange, step(2))))
    found = store.record(SESSION.id)
    assert found is not None
    assert [one.name for one in found.steps] == ["a b c d \x1b[31m?", "Front plank"]


# Answers


def test_answers_are_kept_and_what_is_not_said_stays(store: Store) -> None:
    store.put(SESSION)
    store.update_answers(SESSION.id, Answers(rpe=6, pain=0))
    record = store.update_answers(SESSION.id, Answers(flare=False, note="windy"))
    assert record == replace(SESSION, rpe=6, pain=0, flare=False, note="windy")


def test_an_answer_can_be_taken_back(store: Store) -> None:
    store.put(SESSION)
    assert store.update_answers(SESSION.id, Answers(pain_before=None)).pain_before is None


def test_corrected_seconds_decide_anew_what_was_held(store: Store) -> None:
    store.put(SESSION)
    record = store.update_answers(SESSION.id, Answers(held={1: Millis(20_000), 2: Millis(30_000)}))
    assert [(one.held_ms, one.outcome) for one in record.steps] == [
        (30_000, StepOutcome.DONE),
        (20_000, StepOutcome.SHORT),
        (30_000, StepOutcome.DONE),
    ]


def test_a_correction_of_a_step_that_is_not_there_changes_nothing(store: Store) -> None:
    store.put(SESSION)
    assert store.update_answers(SESSION.id, Answers(held={7: Millis(1)})) == SESSION


def test_a_note_without_end_is_cut(store: Store) -> None:
    store.put(SESSION)
    assert len(store.update_answers(SESSION.id, Answers(note="a" * 99_999)).note) == MAX_NOTE


def test_a_session_that_is_gone_can_not_be_answered_or_deleted(store: Store) -> None:
    with pytest.raises(UserError, match="no such session"):
        store.update_answers(IDS[1], Answers(rpe=6))
    with pytest.raises(UserError, match="no such session"):
        store.delete(IDS[1])


# The file


def test_a_new_history_is_its_owners_alone_and_says_whose_it_is(path: Path) -> None:
    open_store(path).close()
    assert everything(path.parent).keys() == {"history.db"}
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == len(MIGRATIONS)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


def test_what_is_written_survives_a_power_cut(store: Store) -> None:
    assert next(store.rows("PRAGMA journal_mode")) == ("wal",)
    assert next(store.rows("PRAGMA synchronous")) == (2,)


def test_the_tables_refuse_what_no_session_can_be(store: Store) -> None:
    for column, value in (
        ("rpe", 11),
        ("pain", -1),
        ("outcome", "'lost'"),
        ("level_ms", 0),
        ("started_ms", "'x'"),
    ):
        store.put(SESSION)
        with pytest.raises(UserError), store.writing():
            list(store.rows(f"UPDATE session SET {column} = {value}"))


def test_two_programs_that_make_the_history_at_one_moment_share_one(path: Path) -> None:
    import subprocess

    code = (
        "import sys; from pathlib import Path; from prehab.history.store import open_store;"
        "store = open_store(Path(sys.argv[1])); print(store.path)"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) for _ in range(4)
    ]
    for program in programs:
        program.communicate()
    assert [program.returncode for program in programs] == [0] * 4
    assert not [name for name in everything(path.parent) if name.endswith(".new")]
    store = open_store(path)
    store.put(SESSION)
    store.close()


def test_a_link_to_a_history_elsewhere_is_followed(filled: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    try:
        link.symlink_to(filled)
    except OSError:
        pytest.skip("no links here")
    store = open_store(link)
    assert store.record(SESSION.id) == SESSION
    store.close()
    assert link.is_symlink()


def _newer(content: bytes) -> bytes:
    return content[:60] + (99).to_bytes(4, "big") + content[64:]


def _foreign(content: bytes) -> bytes:
    return content[:68] + bytes(4) + content[72:]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_newer, "newer prehab"),
        (_foreign, "can't be read"),
        (lambda content: b"", "can't be read"),
        (lambda content: content[:50], "can't be read"),
        (lambda content: content[:1000], "can't be read"),
        (lambda content: content[: len(content) // 2], "can't be read"),
        (lambda content: content[:-1], "can't be read"),
        (lambda content: content[:100] + b"\xff" * (len(content) - 100), "can't be read"),
        (lambda content: b"format = 1\nname = 'no database'\n" * 100, "can't be read"),
    ],
    ids=["newer", "foreign", "empty", "header cut", "page cut", "halved", "a byte short", "garbage", "text"],
)
def test_a_file_that_is_no_history_is_refused_left_alone_and_worked_without(
    filled: Path, spoil: object, said: str
) -> None:
    assert callable(spoil)
    filled.write_bytes(spoil(filled.read_bytes()))
    before = filled.read_bytes()
    with pytest.raises(UserError, match=said) as caught:
        open_store(filled)
    assert str(filled) in caught.value.detail
    assert caught.value.hint
    opened = open_anyway(filled)
    assert opened.trouble is not None
    assert opened.store.path is None
    opened.store.put(SESSION)
    assert opened.store.record(SESSION.id) == SESSION
    opened.store.close()
    assert filled.read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "missing"),
    [
        ("ALTER TABLE session DROP COLUMN flare", "column flare of the table session"),
        ("DROP TABLE step", "of the table step is missing"),
        ("DROP TABLE run", "of the table run is missing"),
        ("ALTER TABLE soreness RENAME TO sore", "of the table soreness is missing"),
    ],
)
def test_a_history_of_the_right_version_that_lacks_something_is_left_alone_and_worked_without(
    filled: Path, spoil: str, missing: str
) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(spoil)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = filled.read_bytes()
    with pytest.raises(UserError, match="can't be read") as caught:
        open_store(filled)
    assert missing in caught.value.detail
    opened = open_anyway(filled)
    assert opened.trouble is not None
    opened.store.put(SESSION)
    assert opened.store.record(SESSION.id) == SESSION
    opened.store.close()
    assert filled.read_bytes() == before


def test_a_folder_or_a_pipe_in_its_place_is_to_be_moved_away(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be read") as caught:
        open_store(tmp_path)
    assert caught.value.hint.startswith("move it away")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UserError, match="can't be read"):
            open_store(tmp_path / "pipe")


def test_a_file_in_the_place_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    opened = open_anyway(tmp_path / "data" / "history.db")
    assert opened.trouble is not None
    opened.store.close()


def test_a_history_that_can_only_be_read_is_read_and_not_written(unwritable: Path) -> None:
    with pytest.raises(UserError, match="can't be written"):
        open_store(unwritable)
    before = everything(unwritable.parent)
    opened = open_anyway(unwritable)
    assert opened.trouble is not None
    assert opened.store.record(SESSION.id) == SESSION
    opened.store.close()
    assert everything(unwritable.parent) == before


def test_what_the_file_says_is_there_although_it_can_not_be_written(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("prehab.history.database._try_to_write", refuse)
    before = everything(filled.parent)
    opened = open_anyway(filled)
    assert opened.trouble is not None
    assert list(newest_first(opened.store)) == [SESSION]
    opened.store.close()
    assert everything(filled.parent) == before


def test_an_sqlite_that_is_too_old_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(UserError, match="can't be opened by this Python"):
        open_store(path)


# Migrations


def _grow(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE shoe (id TEXT PRIMARY KEY) STRICT")


def _fail(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE sock (id TEXT PRIMARY KEY) STRICT")
    raise sqlite3.OperationalError("no")


def tables(store: Store) -> set[str]:
    return {name for (name,) in store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_an_older_file_is_brought_up_to_date_with_a_copy_kept_of_it(filled: Path) -> None:
    store = open_store(filled, (*MIGRATIONS, _grow))
    assert store.record(SESSION.id) == SESSION
    assert "shoe" in tables(store)
    store.close()
    old = open_store(backup_of(filled, len(MIGRATIONS)))
    assert old.record(SESSION.id) == SESSION
    assert "shoe" not in tables(old)
    old.close()


def test_a_new_file_needs_no_copy(path: Path) -> None:
    open_store(path, (*MIGRATIONS, _grow)).close()
    assert everything(path.parent).keys() == {"history.db"}


def test_a_step_that_fails_leaves_neither_table_nor_number(filled: Path) -> None:
    with pytest.raises(UserError):
        open_store(filled, (*MIGRATIONS, _grow, _fail))
    store = open_store(filled, (*MIGRATIONS, _grow))
    assert {"shoe"} <= tables(store)
    assert "sock" not in tables(store)
    store.close()


def test_each_step_has_its_own_copy(filled: Path) -> None:
    def again(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE sock (id TEXT PRIMARY KEY) STRICT")

    steps: tuple[Migration, ...] = (*MIGRATIONS, _grow, again)
    open_store(filled, steps).close()
    assert backup_of(filled, len(MIGRATIONS)).exists()
    assert backup_of(filled, len(MIGRATIONS) + 1).exists()


def test_a_file_that_grew_while_this_program_was_open_is_refused_by_the_older_one(filled: Path) -> None:
    newer = open_store(filled, (*MIGRATIONS, _grow))
    with pytest.raises(UserError, match="newer prehab"):
        open_store(filled)
    newer.close()


# Several at once


def test_a_long_reader_and_a_writer_do_not_hinder_each_other(filled: Path) -> None:
    reader, writer = open_store(filled), open_store(filled)
    rows = newest_first(reader)
    assert next(rows) == SESSION
    writer.put(replace(SESSION, id=IDS[1]))
    assert list(rows) == []
    reader.close()
    writer.close()


def test_another_writer_is_waited_for_and_then_said(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prehab.history.database.PATIENCE", Millis(50))
    store = open_store(filled)
    other = sqlite3.connect(filled, isolation_level=None)
    with immediate(other), pytest.raises(UserError, match="busy"):
        store.put(SESSION)
    store.put(SESSION)
    other.close()
    store.close()


def test_a_busy_history_can_still_be_opened_and_read(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    with immediate(other):
        store = open_store(filled)
        assert store.record(SESSION.id) == SESSION
        store.close()
    other.close()


# What broke off


def test_a_session_that_is_left_as_it_is_is_not_offered_again(store: Store) -> None:
    store.put(replace(SESSION, outcome=Outcome.UNFINISHED, ended_at=None))
    with store.writing():
        list(store.rows("UPDATE session SET segment = 3"))
    assert store.unfinished_latest() is not None
    store.leave_unfinished(SESSION.id)
    assert store.unfinished_latest() is None
    assert store.record(SESSION.id) is not None


def test_a_session_that_broke_off_on_another_machine_is_not_offered_here(store: Store) -> None:
    store.put(replace(SESSION, outcome=Outcome.UNFINISHED, ended_at=None))
    assert store.unfinished_latest() is None
