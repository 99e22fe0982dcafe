"""The one kind of error that a person may ever see."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command, as the README lists them."""

    OK = 0
    """What was asked for was done."""
    FAILED = 1
    """What was asked for could not be done, or has problems."""
    USAGE = 2
    """The command line was wrong."""
    INTERRUPTED = 130
    """Ended by ctrl+c."""
    TERMINATED = 143
    """Ended by SIGTERM."""


class UserError(Exception):
    """Something the person can read, understand and act on; never a traceback."""

    def __init__(self, title: str, detail: str = "", hint: str = "", exit_code: Exit = Exit.FAILED) -> None:
        super().__init__(title)
        self.title = title
        """One line: what could not be done, with the value in it."""
        self.detail = detail
        """What was found, where; may be empty or several lines."""
        self.hint = hint
        """The way out; may be empty."""
        self.exit_code = exit_code
        """What the process answers when this ends it."""
