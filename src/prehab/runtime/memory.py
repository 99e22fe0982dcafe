"""Keeps a program that stays for an hour small."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

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


@contextmanager
def left_out(*names: str, hollow: bool = False) -> Iterator[None]:
    """Do not load these modules for whoever imports them meanwhile; later they can be had as ever.

    For what libraries take along and prehab never uses, like the network. What is loaded already stays.

    Args:
        names: the modules.
        hollow: give out an empty one, to those who can't do with an `ImportError`.
    """
    # `None` tells the import system that there is no such module, which its types do not know.
    held = [name for name in names if name not in sys.modules]
    sys.modules.update({name: ModuleType(name) if hollow else None for name in held})  # type: ignore[misc]
    try:
        yield
    finally:
        for name in held:
            del sys.modules[name]
