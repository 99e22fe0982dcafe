"""Reads routine files in a process of its own, which ends with the last of them.

What checks a routine is several megabytes of libraries, of no use to a session once its routine is read.
A screen meanwhile has the interpreter to itself, however many files there are.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from prehab.formats.library import Read, read_here

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Keeps Windows from flashing a console."""


def read_apart(paths: Sequence[Path]) -> Iterator[Read]:
    """Read the files, in their order; here after all if there can't be another process, or it ends early."""
    done = 0
    with closing(_ask(paths)) as answers:
        for answer in answers:
            yield answer
            done += 1
    yield from read_here(paths[done:])


def _ask(paths: Sequence[Path]) -> Generator[Read]:
    """What a helper process answers, for as long as it does."""
    if not paths:
        return
    try:
        helper = subprocess.Popen(
            (sys.executable, "-P", "-m", "prehab.formats.apart"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
    except OSError:
        return
    assert helper.stdin is not None
    assert helper.stdout is not None
    try:
        with helper.stdout, helper.stdin:
            pickle.dump([str(path) for path in paths], helper.stdin)
            helper.stdin.flush()
            for _ in paths:
                yield pickle.load(helper.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        pass
    finally:
        helper.kill()
        helper.wait()


def main() -> None:
    """Answer what is asked on stdin on stdout, one file after the other."""
    paths = [Path(written) for written in pickle.load(sys.stdin.buffer)]
    for answer in read_here(paths):
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
