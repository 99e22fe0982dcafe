"""Draws the screen on a descriptor of its own, so that nothing else in the process can write into it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def screen_apart() -> Iterator[None]:
    """Keep file descriptor 2 for whatever C libraries have to say, which is nothing a person should see.

    Textual draws on `sys.__stderr__`; sound libraries write to descriptor 2 whenever they look for a device.
    """
    before = sys.__stderr__
    if before is None:
        yield
        return
    before.flush()
    kept = os.dup(2)
    screen = os.fdopen(kept, "w", encoding=before.encoding, errors=before.errors, closefd=False)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    sys.__stderr__ = screen  # type: ignore[misc]
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        screen.flush()
        sys.__stderr__ = before  # type: ignore[misc]
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
