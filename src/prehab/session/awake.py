"""Keeps the screen and the machine awake while somebody is on the mat."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def awake() -> Iterator[str]:
    """Hold sleep and the screen saver off while this lasts.

    Yields:
        A notice for the person when that can't be had here; empty otherwise.
    """
    from wakepy import keep

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with keep.presenting(on_fail="pass") as mode:
            yield "" if mode.active else "the machine can't be kept awake here: it may dim or sleep"
