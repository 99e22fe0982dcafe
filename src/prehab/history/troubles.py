"""What SQLite and the disk complain of, in words that a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from prehab.errors import UserError

TOO_OLD = (3, 37, 0)
"""The first SQLite that knows STRICT tables."""

_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ELSEWHERE = "PREHAB_DATA_DIR=/another/folder moves the history elsewhere"


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program is writing, which passes by itself."""
    return _primary(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_full(error: sqlite3.Error) -> bool:
    """Whether there is no room for what is to be written."""
    return _primary(error) == sqlite3.SQLITE_FULL


def explain(error: sqlite3.Error | OSError, path: Path) -> UserError:
    """Put an error of the database or the file system into words."""
    if isinstance(error, OSError):
        return full(path) if error.errno in _FULL_DISK else unwritable(path, error.strerror or str(error))
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return UserError(
                "the history is busy",
                f"another program has been writing to {path} for a while",
                "wait for it to finish, or close it, then try again",
            )
        case sqlite3.SQLITE_FULL:
            return full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return unwritable(path, str(error))
        case _:
            return damaged(path, str(error))


def full(path: Path) -> UserError:
    """No room for what is to be written."""
    return UserError(
        "the disk is full: the history can't be written",
        f"{path} has no room to grow",
        f"free some space; {_ELSEWHERE}",
    )


def unwritable(path: Path, why: str) -> UserError:
    """Permissions, a read-only folder, a disk that went away."""
    return UserError(
        "the history can't be written",
        f"{path}: {why}",
        f"make the file and its folder readable and writable; {_ELSEWHERE}",
    )


def not_a_file(path: Path) -> UserError:
    """A folder, or something stranger, where the history should be."""
    return UserError(
        "the history can't be read",
        f"{path} is not a file; it was left as it is",
        f"move it away to start a new one; {_ELSEWHERE}",
    )


def damaged(path: Path, why: str) -> UserError:
    """A file that is not what it should be; it is left as it is."""
    return UserError(
        "the history can't be read",
        f"{path}: {why}; it was left as it is",
        "put a copy of it back, or move it away to start a new one and import what you exported",
    )


def newer(path: Path) -> UserError:
    """A file that a later prehab has written."""
    return UserError(
        "the history was written by a newer prehab",
        f"{path} was left as it is",
        f"update prehab; {_ELSEWHERE}",
    )


def old_sqlite() -> UserError:
    """A Python built with an SQLite that is too old to read the file."""
    needed = ".".join(map(str, TOO_OLD[:2]))
    return UserError(
        "the history can't be opened by this Python",
        f"its SQLite is {sqlite3.sqlite_version}; {needed} or newer is needed",
        "run prehab with a newer Python",
    )


def _primary(error: sqlite3.Error) -> int:
    """The kind of an error, without the extended code; 0 where SQLite gave none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
