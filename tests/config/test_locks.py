"""A lock belongs to one holder, and to nobody once that one is gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from prehab.config.locks import take

HOLDER = """
import sys, time
from pathlib import Path
from prehab.config.locks import take
lock = take(Path(sys.argv[1]))
print(lock is not None, flush=True)
time.sleep(60)
"""


def test_a_lock_has_one_holder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = take(path)
    assert first is not None
    assert take(path) is None
    first.release()
    second = take(path)
    assert second is not None
    second.release()


def test_a_lock_that_was_let_go_leaves_no_file(tmp_path: Path) -> None:
    lock = take(tmp_path / "lock")
    assert lock is not None
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_holder_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert take(path) is None
        holder.kill()
    lock = take(path, tries=100)
    assert lock is not None
    lock.release()
