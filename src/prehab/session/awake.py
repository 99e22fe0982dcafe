"""Keeps the screen and the machine awake while somebody is on the mat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

ANSWERS_WITHIN = 3.0
"""How long the system is waited for, in seconds; it may still agree later."""
REFUSED = "the machine can't be kept awake here: it may dim or sleep"


@contextmanager
def awake() -> Iterator[str]:
    """Hold sleep and the screen saver off while this lasts.

    Yields:
        A notice for the person when that can't be had here; empty otherwise.
    """
    hold = _Hold()
    hold.start()
    hold.has_answer.wait(ANSWERS_WITHIN)
    try:
        yield hold.notice
    finally:
        hold.is_over.set()
        hold.join(ANSWERS_WITHIN)


class _Hold(Thread):
    """Asks and lets go in one thread, since what is asked for belongs to the thread that asked."""

    def __init__(self) -> None:
        super().__init__(name="prehab-awake", daemon=True)
        self.has_answer = Event()
        self.is_over = Event()
        self.notice = REFUSED

    def run(self) -> None:
        from wakepy import keep

        with keep.presenting(on_fail="pass") as mode:
            self.notice = "" if mode.active else REFUSED
            self.has_answer.set()
            self.is_over.wait()
