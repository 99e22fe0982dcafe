"""Reading a file that may be anything: never a hang, never a traceback, never more than a routine needs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_BYTES = 256 * 1024
"""A routine file is at most this long; it is asked for before anything is read."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# Between the look and the opening a file may become a pipe: this keeps even that from waiting for a writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class Unreadable(Exception):
    """A file that holds no routine text; the message says why, the hint what to do."""

    def __init__(self, message: str, hint: str = "", line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line
        self.column = column


def read_text(path: Path) -> str:
    """Read a regular file of UTF-8, without its byte order mark.

    Raises:
        Unreadable: whatever the reason.
    """
    try:
        _refuse(os.stat(path))  # noqa: PTH116 - the same call as below, on a path and then on what was opened
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            _refuse(os.fstat(handle))
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"can't be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise Unreadable("can't be read: not a possible file name") from None
    if len(raw) > MAX_BYTES:
        raise _too_long()
    return _decode(raw)


def _refuse(found: os.stat_result) -> None:
    """Turn away what is no regular file, or too long a one."""
    if not stat.S_ISREG(found.st_mode):
        kind = next((name for test, name in _KINDS if test(found.st_mode)), "no regular file")
        raise Unreadable(f"is {kind}", "a routine is a text file ending in .toml")
    if found.st_size > MAX_BYTES:
        raise _too_long()


def _too_long() -> Unreadable:
    return Unreadable("is longer than 256 KiB", "a routine file is text of a few kilobytes")


def _decode(raw: bytes) -> str:
    """Read UTF-8, and tell the place of the first byte that isn't."""
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode().removeprefix("\ufeff")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise Unreadable(
            f"byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8", line, column
        ) from None
