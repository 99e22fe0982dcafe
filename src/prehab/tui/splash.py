"""The first thing on the screen, long before the screens are loaded: whose program this is."""

from __future__ import annotations

import os
import sys

OPEN = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[2;4Hprehab\x1b[1;1H"
CLOSE = "\x1b[?25h\x1b[?1049l"


def splash() -> None:
    """Write the name where the home screen has it; the app then paints over it."""
    _write(OPEN)


def take_away() -> None:
    """Put the terminal back when the app did not come."""
    _write(CLOSE)


def _write(sequence: str) -> None:
    terminal = sys.__stderr__
    if os.name == "nt" or terminal is None or not terminal.isatty():
        return
    terminal.write(sequence)
    terminal.flush()
