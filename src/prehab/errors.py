"""The one kind of error that a person may ever see, and how foreign text is shown to them."""

from __future__ import annotations

import re
from enum import IntEnum

UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What a terminal would act on instead of showing: controls, escapes, and marks that turn text round."""


def visible(text: str) -> str:
    r"""Spell out what must not reach a terminal: an escape becomes the four characters `\x1b`."""
    return UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


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
