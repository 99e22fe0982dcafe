"""A program that stays has one place that memory comes from, and loads nothing it never uses."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from threading import Barrier, Thread
from prehab.runtime.memory import share_one_arena
if sys.argv[1] == "shared":
    share_one_arena()
def reserved():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmSize:"))
before, together, kept = reserved(), Barrier(5), []
def work():
    kept.append(bytes(20_000))
    together.wait()
    together.wait()
threads = [Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
together.wait()
print(reserved() - before)
together.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has an arena for each thread")
def test_threads_reserve_no_memory_of_their_own() -> None:
    reserved = {
        how: int(subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, check=True).stdout)
        for how in ("shared", "apart")
    }
    arena = 64 * 1024
    assert reserved["shared"] < arena <= reserved["apart"]


LEAN = """
import sys
from prehab.runtime.memory import left_out
with left_out("ssl"), left_out("email", hollow=sys.argv[1] == "hollow"):
    try:
        import email
    except ImportError:
        print("missing")
    else:
        print(email.__file__ if hasattr(email, "__file__") else "hollow")
    import json, asyncio
assert not {"ssl", "email"} & sys.modules.keys()
assert "json" in sys.modules
async def answer():
    return 42
assert asyncio.run(answer()) == 42
import ssl, email
assert ssl.create_default_context() and email.message_from_string
with left_out("ssl"):
    import ssl as again
assert again is ssl
"""


@pytest.mark.parametrize("what", ["missing", "hollow"])
def test_what_is_left_out_is_not_loaded_and_can_be_had_later(what: str) -> None:
    done = subprocess.run([sys.executable, "-c", LEAN, what], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (what, "")
