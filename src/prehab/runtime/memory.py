"""Keeps a program that stays for an hour small."""

from __future__ import annotations

import sys
from contextlib import suppress

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's `malloc.h`."""


def share_one_arena() -> None:
    """Let all threads take their memory from one place: 1 to 2 MB less. To be called before there are any.

    glibc gives each thread an arena of its own against waiting for one another, which threads of one
    interpreter do anyway.
    """
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
