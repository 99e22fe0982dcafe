"""The app loads what it needs, and nothing more."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from prehab.errors import UserError
from prehab.tui.launch import run_app
try:
    run_app("no such routine")
except UserError as error:
    print(error)
assert {"asyncio", "textual", "prehab.tui.app"} <= sys.modules.keys()
print(*sorted({"ssl", "_hashlib", "argparse"} & sys.modules.keys()))
"""


def test_neither_tls_nor_what_reads_a_command_line_comes_with_the_screens() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    said, loaded = done.stdout.splitlines()
    assert "no such routine" in said
    assert loaded == ""
