"""Where the machine can't be kept awake, there is one notice and nothing else."""

from __future__ import annotations

import subprocess
import sys


def test_nothing_is_printed_wherever_it_begins_and_ends() -> None:
    code = (
        "from threading import Thread\n"
        "from contextlib import ExitStack\n"
        "from prehab.session.awake import awake, REFUSED\n"
        "stack = ExitStack()\n"
        "said = []\n"
        "first = Thread(target=lambda: said.append(stack.enter_context(awake())))\n"
        "first.start(); first.join()\n"
        "stack.close()\n"
        "assert said[0] in ('', REFUSED), said\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")
