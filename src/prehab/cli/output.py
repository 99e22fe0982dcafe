"""The only writer to stdout: data, one thing a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from prehab.errors import UserError, visible

_AT_ONCE = 200


def line(text: str = "") -> None:
    """Write a line; what a terminal would act on is spelled out instead."""
    _write(f"{visible(text)}\n")


def lines(texts: Iterable[str]) -> None:
    """Write several lines."""
    _write("".join(f"{visible(text)}\n" for text in texts))


def as_json(value: Any, *, indent: int | None = 2) -> None:
    """Write a value as JSON; `indent=None` keeps it on one line and flushes it."""
    import json

    _write(f"{json.dumps(value, ensure_ascii=False, indent=indent)}\n")
    if indent is None:
        flush()


def json_lines(texts: Iterable[str]) -> None:
    """Write JSON objects that are texts already, each on a line of its own, some at a time."""
    for some in _some(texts):
        _write("".join(f"{text}\n" for text in some))


def json_array(texts: Iterable[str]) -> None:
    """Write JSON values that are texts already as one array, each on a line of its own, some at a time."""
    before = "["
    for some in _some(texts):
        _write(before + "\n" + ",\n".join(some))
        before = ","
    _write("[]\n" if before == "[" else "\n]\n")


def _some(texts: Iterable[str]) -> Iterator[list[str]]:
    """So many that writing costs little, and so few that they need no room."""
    left = iter(texts)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> None:
    """Write rows in aligned columns, two spaces apart; the columns in `right` end flush."""
    if not rows:
        return
    widths = [max(len(visible(row[column])) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (
            visible(cell).rjust(width) if column in right else visible(cell).ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        _write(f"{'  '.join(cells).rstrip()}\n")


def flush() -> None:
    """Hand over what is buffered, so that a reader at the other end of a pipe sees it now."""
    with _told():
        sys.stdout.flush()


def settle() -> None:
    """Let go of an output that can't be written any more, or the interpreter complains when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _write(text: str) -> None:
    with _told():
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            encoding = sys.stdout.encoding or "ascii"
            sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


@contextmanager
def _told() -> Iterator[None]:
    """Put a full disk into words; a reader that went away wants no more, and no word about it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UserError("the output can't be written", why, "send it somewhere else") from error
