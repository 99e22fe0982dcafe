"""A program with many threads has one place that memory comes from."""

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
