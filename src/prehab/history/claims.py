"""Who is in the middle of which session: two programs never go on with the same one."""

from __future__ import annotations

from pathlib import Path

from prehab.config.locks import FileLock, take

_TRIES = 20


def claim(history: Path, session_id: str) -> FileLock | None:
    """Say that this program is in the middle of a session; `None` if another one is.

    Raises:
        OSError: if the folder takes no files, or no locks.
    """
    path = _place(history, session_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return take(path, _TRIES)


def is_claimed(history: Path, session_id: str) -> bool:
    """Whether a living program is in the middle of a session."""
    path = _place(history, session_id)
    if not path.exists():
        return False
    try:
        lock = take(path)
    except OSError:
        return False
    if lock is not None:
        lock.release()
    return lock is None


def _place(history: Path, session_id: str) -> Path:
    return history.parent / "running" / session_id
