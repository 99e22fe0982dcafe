"""What a command does when the system asks it to end, or to go on."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from prehab.errors import Exit


@contextmanager
def on_signals(handlers: dict[str, Callable[[], None]]) -> Iterator[None]:
    """Do something else than the system would for the signals that there are here; it is put back after."""

    def handled_by(handler: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
        return lambda number, frame: handler()

    before = {
        number: signal.signal(number, handled_by(handler))
        for name, handler in handlers.items()
        if (number := getattr(signal, name, None)) is not None
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminate() -> None:
    raise SystemExit(int(Exit.TERMINATED))


ENDS = {"SIGTERM": _terminate, "SIGHUP": _terminate}
"""What ends tidily: the terminal is restored, a session is kept as unfinished, and no half file is left."""
