"""The title of the terminal: set while a session runs, and put back."""

from __future__ import annotations

from collections.abc import Callable

KEEP = "\x1b[22;2t"
"""Asks the terminal to remember its title; one that can't ignores it."""
PUT_BACK = "\x1b[23;2t"
"""Asks for the remembered title."""
_LONGEST = 120


def titled(text: str) -> str:
    """The sequence that sets a title; nothing in the text can end or extend it."""
    plain = "".join(character for character in text if character.isprintable())
    return f"\x1b]2;{plain[:_LONGEST]}\x1b\\"


class TerminalTitle:
    """Changes the title at most when it differs, through whatever writes to the terminal."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._said = ""

    def say(self, text: str) -> None:
        """Show a title; an empty one puts the old one back."""
        if text == self._said:
            return
        if not self._said:
            self._write(KEEP)
        self._said = text
        self._write(titled(text) if text else PUT_BACK)
