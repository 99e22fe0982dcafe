"""Single key presses from a terminal, without a screen: names of keys, one at a time, or none in time."""

from __future__ import annotations

import os
import re
import select
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    "\x1bOA": "up",
    "\x1bOB": "down",
    "\x1bOC": "right",
    "\x1bOD": "left",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
    "\x1b": "escape",
    "+": "plus",
    "=": "equals_sign",
    "?": "question_mark",
    "!": "exclamation_mark",
}
_KEY = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|.", re.DOTALL)
"""One key: a sequence such as that of an arrow, which is no escape and some letters, or one character."""


class Keyboard(Protocol):
    """Where key presses come from."""

    def wait(self, at_most: Millis) -> str | None:
        """Wait for a key, and name it as the table of keys does; `None` when none came in time."""
        ...

    def retake(self) -> None:
        """Read single keys again after a shell has had the terminal for itself."""
        ...


class NoKeyboard:
    """Nobody is there: waiting is only waiting."""

    def __init__(self) -> None:
        self._never = threading.Event()

    def wait(self, at_most: Millis) -> str | None:
        self._never.wait(at_most / 1000)
        return None

    def retake(self) -> None:
        """There is nothing to take."""


class _Posix:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._gone = False
        self._pressed: deque[str] = deque()

    def wait(self, at_most: Millis) -> str | None:
        if self._pressed:
            return self._pressed.popleft()
        if self._gone:
            NoKeyboard().wait(at_most)
            return None
        ready, _, _ = select.select([self._descriptor], [], [], at_most / 1000)
        if not ready:
            return None
        pressed = os.read(self._descriptor, 64).decode("utf-8", "replace")
        if not pressed:
            self._gone = True
            return None
        self._pressed.extend(names_of(pressed))
        return self._pressed.popleft()

    def retake(self) -> None:
        import termios
        import tty

        # In the background the terminal is the shell's, and taking it would only stop the program again.
        with suppress(OSError, termios.error):
            if os.tcgetpgrp(self._descriptor) == os.getpgrp():
                tty.setcbreak(self._descriptor)


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
        return next(names_of(pressed), None)

    def retake(self) -> None:
        """No shell takes it away here."""


def names_of(pressed: str) -> Iterator[str]:
    """Name every key of what a terminal sent, in order; a key that nothing is known of keeps its sequence."""
    for key in _KEY.findall(pressed):
        yield _NAMED.get(key, key)


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
            # At once: to wait until all is shown would be to hang with a terminal that shows nothing more.
            # One that was closed has nothing to be put back.
            with suppress(termios.error):
                termios.tcsetattr(descriptor, termios.TCSANOW, before)
