"""`prehab export` when something comes in between."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LONG = """
format = 1
name = "A long one"
phase = "any-day"
[pace]
rounds = 20
round-rest = "30s"
[[step]]
name = "Front plank"
for = "10m"
beat = "1s"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is nothing to catch there")
@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 143)])
def test_an_export_that_is_ended_leaves_no_half_file(sent: str, code: int, tmp_path: Path) -> None:
    routine = tmp_path / "long.toml"
    routine.write_text(LONG)
    folder = tmp_path / "out"
    folder.mkdir()
    words = ["export", str(routine), "--no-voice", "-o", str(folder / "long.wav")]
    with subprocess.Popen([sys.executable, "-m", "prehab", *words], stderr=subprocess.PIPE) as running:
        until = time.monotonic() + 30
        while not any(folder.iterdir()) and time.monotonic() < until:
            time.sleep(0.01)
        running.send_signal(signal.Signals[sent])
        running.communicate(timeout=30)
    assert running.returncode == code
    assert list(folder.iterdir()) == []
