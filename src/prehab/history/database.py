"""Opens the file: looks before touching, makes it whole or not at all, brings it up to date."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from prehab.domain.duration import Millis
from prehab.errors import UserError
from prehab.history.migrations import MIGRATIONS, Migration
from prehab.history.troubles import (
    TOO_OLD,
    damaged,
    explain,
    is_busy,
    newer,
    not_a_file,
    old_sqlite,
)

APPLICATION_ID = 0x50524548
"""Says in the file's header whose it is: PREH."""
PATIENCE = Millis(5_000)
"""How long a write waits for another program's."""

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


def real(path: Path) -> Path:
    """The file that a path means behind all links; of links that go in circles, the path itself."""
    return Path(os.path.realpath(path))


def open_database(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the history for writing; a missing one is made, an older one is brought up to date.

    Raises:
        UserError: if it cannot be; a file that is there is left as it was.
    """
    if sqlite3.sqlite_version_info < TOO_OLD:
        raise old_sqlite()
    try:
        path = real(path)
        if not look(path, len(migrations)):
            _create(path, migrations)
        db = connect(path)
        try:
            _try_to_write(db)
            migrate(db, path, migrations)
            _look_at_tables(db, migrations)
        except BaseException:
            db.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise explain(error, path) from error
    return db


def open_copy(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Copy a history that can't be written into memory; the copy is empty where it can't be read either."""
    return copy_of(path, migrations) or _empty(migrations)


def copy_of(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection | None:
    """Copy a history into memory; `None` where there is none, or it can't be read."""
    for mode in _ways_to_read(path):
        with suppress(sqlite3.Error, OSError, UserError):
            if not look(path, len(migrations)):
                break
            return _copy(f"{real(path).as_uri()}?{mode}", migrations)
    return None


def _empty(migrations: Sequence[Migration]) -> sqlite3.Connection:
    empty = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _set_up(empty)
    migrate(empty, None, migrations)
    return empty


def _ways_to_read(path: Path) -> tuple[str, ...]:
    # What is in a log that was left behind is only seen by a reader that may use its index; any other way of
    # reading makes no file in the folder.
    try:
        return ("mode=ro", "immutable=1") if _has_log(path) else ("immutable=1",)
    except OSError:
        return ()


def _copy(uri: str, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """Copy a whole file into memory, bring the copy up to date, and make sure that it is whole."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        with closing(sqlite3.connect(uri, uri=True)) as original:
            original.backup(copy)
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is damaged")
        _set_up(copy)
        migrate(copy, None, migrations)
        _look_at_tables(copy, migrations)
    except BaseException:
        copy.close()
        raise
    return copy


def look(path: Path, known: int) -> bool:
    """Judge a file by its first bytes, before SQLite may touch it; false if there is none.

    Raises:
        UserError: if it is no history, a damaged one, or a newer one.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(status.st_mode):
        raise not_a_file(path)
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        raise damaged(path, "the file is empty")
    if not header.startswith(_MAGIC):
        raise damaged(path, "not a history of prehab")
    if len(header) < _HEADER:
        raise damaged(path, "the file is cut short")
    if _number(header, 68) != APPLICATION_ID:
        raise damaged(path, "a database, but not a history of prehab")
    if _number(header, 60) > known:
        raise newer(path)
    if not _has_log(path) and _pages(header) * _page_size(header) > status.st_size:
        raise damaged(path, "the file is cut short")
    return True


def connect(path: Path, patience: Millis = PATIENCE) -> sqlite3.Connection:
    """Connect to a history that is there; the file is never made by this."""
    db = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=patience / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _set_up(db)
    except BaseException:
        db.close()
        raise
    return db


def _set_up(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA trusted_schema = OFF")
    # The log is written over from its start after so many pages: it stays small where there is little room.
    db.execute("PRAGMA wal_autocheckpoint = 64")


@contextmanager
def immediate(db: sqlite3.Connection) -> Iterator[None]:
    """Write all of it or nothing, with the lock taken at the start, where waiting for it still helps."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled it back already.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def version_of(db: sqlite3.Connection) -> int:
    """Which migration was the last."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(db: sqlite3.Connection, path: Path | None, migrations: Sequence[Migration]) -> None:
    """Take each pending step with its number in one transaction, a copy of the file made before it."""
    while (version := version_of(db)) < len(migrations):
        with immediate(db):
            if version_of(db) != version:
                continue
            if path is not None and version > 0:
                _back_up(path, version)
            migrations[version](db)
            db.execute(f"PRAGMA user_version = {version + 1}")
    if version > len(migrations) and path is not None:
        raise newer(path)


def _look_at_tables(db: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Make sure that a file of the right version has what such a file has; a missing index only costs time.

    Raises:
        sqlite3.DatabaseError: if it has not.
    """
    with closing(sqlite3.connect(":memory:")) as whole:
        for migration in migrations:
            migration(whole)
        missing = sorted(_columns(whole) - _columns(db))
    if missing:
        table, column = missing[0]
        raise sqlite3.DatabaseError(f"the column {column} of the table {table} is missing")


def _columns(db: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(
        db.execute(
            "SELECT one.name, its.name FROM sqlite_schema AS one, pragma_table_xinfo(one.name) AS its"
            " WHERE one.type = 'table'"
        )
    )


def backup_of(path: Path, version: int) -> Path:
    """Where the copy of a file of that version lies."""
    return path.with_name(f"{path.stem}-version-{version}{path.suffix}")


def _back_up(path: Path, version: int) -> None:
    """Copy what is committed to a file beside the history."""
    unfinished = _new_file(path)
    try:
        with closing(connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
        unfinished.replace(backup_of(path, version))
    finally:
        unfinished.unlink(missing_ok=True)


def _create(path: Path, migrations: Sequence[Migration]) -> None:
    """Make the whole file under another name, then give it its own: it is never seen half made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = _new_file(path)
    try:
        with closing(connect(unfinished)) as db:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(db, None, migrations)
            db.execute("PRAGMA journal_mode = WAL")
        _give_name(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _new_file(path: Path) -> Path:
    """An empty file beside the history, for its owner's eyes only."""
    name = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return name


def _give_name(unfinished: Path, path: Path) -> None:
    """Name the file, unless another program was quicker: then that one's is used."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            unfinished.rename(path)


def _try_to_write(db: sqlite3.Connection) -> None:
    """Find out now whether the file can be written; SQLite would open a read-only one without a word."""
    try:
        db.execute("PRAGMA schema_version").fetchone()
        db.execute("PRAGMA busy_timeout = 0")
        with immediate(db):
            pass
    except sqlite3.Error as error:
        if not is_busy(error):
            raise
    db.execute(f"PRAGMA busy_timeout = {PATIENCE}")


def _has_log(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big")
    return 65_536 if size == 1 else size


def _pages(header: bytes) -> int:
    """How many pages the file says it has; 0 where an old SQLite left the number stale."""
    return _number(header, 28) if header[24:28] == header[92:96] else 0
