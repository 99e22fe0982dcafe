"""Single key presses from a terminal, without a screen: names of keys, one at a time, or none in time."""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from prehab.domain.duration import Millis

_NAMED = {
    "\r": "enter",
    "\n": "enter",
    " ": "space",
    "\x03": "ctrl+c",
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1b[C": "right",
    "\x1b[D": "left",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
    "\x1b": "escape",
    "+": "plus",
    "=": "equals_sign",
    "?": "question_mark",
    "!": "exclamation_mark",
}


class Keyboard(Protocol):
    """Where key presses come from."""

    def wait(self, at_most: Millis) -> str | None:
        """Wait for a key, and name it as the table of keys does; `None` when none came in time."""
        ...


class NoKeyboard:
    """Nobody is there: waiting is only waiting."""

    def __init__(self) -> None:
        self._never = threading.Event()

    def wait(self, at_most: Millis) -> str | None:
        self._never.wait(at_most / 1000)
        return None


class _Posix:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._gone = False

    def wait(self, at_most: Millis) -> str | None:
        if self._gone:
            NoKeyboard().wait(at_most)
            return None
        ready, _, _ = select.select([self._descriptor], [], [], at_most / 1000)
        if not ready:
            return None
        pressed = os.read(self._descriptor, 16).decode("utf-8", "replace")
        if not pressed:
            self._gone = True
            return None
        return name_of(pressed)


class _Windows:
    def wait(self, at_most: Millis) -> str | None:
        import msvcrt

        never = threading.Event()
        left = at_most
        while not msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            if left <= 0:
                return None
            never.wait(min(left, 20) / 1000)
            left = Millis(left - 20)
        pressed: str = msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
        if pressed in ("\x00", "\xe0"):
            pressed = {"H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D"}.get(
                msvcrt.getwch(),  # type: ignore[attr-defined, unused-ignore]
                "",
            )
        return name_of(pressed)


def name_of(pressed: str) -> str:
    """Name what a terminal sent for a key; of several keys at once the first counts."""
    if pressed in _NAMED:
        return _NAMED[pressed]
    return _NAMED.get(pressed[:1], pressed[:1])


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Read single keys while this lasts, if there is a terminal to read them from; it is put back after."""
    if not sys.stdin.isatty():
        yield NoKeyboard()
    elif sys.platform == "win32":
        yield _Windows()
    else:
        import termios
        import tty

        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        try:
            tty.setcbreak(descriptor)
            yield _Posix(descriptor)
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
