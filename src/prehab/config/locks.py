"""A lock on a file, which the system lets go of when its holder dies, however that happens."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_BETWEEN_TRIES = 0.01


class FileLock:
    """Holds a file that nobody else can hold at the same time, in this program or another."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Let go, and leave no file behind."""
        # Windows cannot remove a file that is open; elsewhere it goes while it is still held.
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        os.close(self._handle)
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def take(path: Path, tries: int = 1) -> FileLock | None:
    """Hold a file, which is made if it is missing; `None` if somebody else holds it through all tries.

    Raises:
        OSError: if there can be no such file.
    """
    for attempt in range(tries):
        if attempt:
            time.sleep(_BETWEEN_TRIES)
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _lock(handle)
            # Its last holder may have removed the file between the two calls above.
            if os.path.samestat(os.fstat(handle), path.stat()):
                return FileLock(path, handle)
        except OSError:
            pass
        os.close(handle)
    return None
