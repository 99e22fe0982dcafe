"""The only writer to stderr: talk, for the person."""

from __future__ import annotations

import sys

from prehab.errors import UserError, visible


def notice(text: str) -> None:
    """Say one thing that the person should know."""
    _write(f"prehab: {visible(text)}\n")


def paragraph(text: str) -> None:
    """Say something longer, as it is."""
    _write("".join(f"{visible(part)}\n" for part in text.splitlines()))


def error(problem: UserError) -> None:
    """Say what could not be done, what was found, and the way out."""
    parts = [f"prehab: {visible(problem.title)}"]
    parts += [f"  {visible(part)}" for part in problem.detail.splitlines()]
    if problem.hint:
        parts.append(f"  → {visible(problem.hint)}")
    _write("\n".join(parts) + "\n")


def progress(text: str, *, is_last: bool) -> None:
    """Say how far something is, on one line of a terminal that the next one takes the place of."""
    _write("\r\x1b[K" if is_last else f"\r\x1b[K{visible(text)}")


def _write(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
    except UnicodeEncodeError:
        sys.stderr.write(text.encode("ascii", "replace").decode("ascii"))
    sys.stderr.flush()
