"""Reads the keys of a JSON object, and collects everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TypeVar

from prehab.domain.duration import Millis
from prehab.domain.records import Instant
from prehab.history.instants import parse_instant
from prehab.history.rows import kept

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNWRITABLE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_E = TypeVar("_E", bound=Enum)


class WrongValues(ValueError):
    """All that is wrong with one object, in one message."""


class Fields:
    """The keys of one object. What is missing or wrong reads as empty; `finish` then raises."""

    def __init__(
        self, table: Mapping[str, object], place: str = "", problems: list[str] | None = None
    ) -> None:
        self.table = table
        """The object as it came."""
        self._place = place
        self._problems = [] if problems is None else problems

    def finish(self) -> None:
        """Let the object pass, or not.

        Raises:
            WrongValues: if anything was wrong.
        """
        if self._problems:
            raise WrongValues("; ".join(self._problems))

    def known(self, *keys: str) -> None:
        """Say which keys there are; another one is wrong, so that nothing is lost without a word."""
        for key in self.table:
            if key not in keys:
                self._wrong(key, f"no such key (known are {', '.join(keys)})")

    def whole(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        """A whole number."""
        value = self._get(key, required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self._wrong(key, f"{_show(value)} is not a whole number from {low} to {high}")
            return None
        return value

    def span(self, key: str, longest: Millis, *, required: bool = False) -> Millis | None:
        """A span in milliseconds."""
        value = self.whole(key, 0, longest, required=required)
        return None if value is None else Millis(value)

    def text(self, key: str, longest: int) -> str:
        """Any text."""
        value = self._get(key, required=False)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > longest or _UNWRITABLE.search(value):
            self._wrong(key, f"{_show(value)} is not a text of at most {longest} characters")
            return ""
        return kept(value)

    def name(self, key: str, longest: int) -> str:
        """An id: a text that is there, on one line."""
        self._get(key, required=True)
        value = self.text(key, longest)
        written = self.table.get(key)
        if isinstance(written, str) and (not written or _CONTROL.search(written)):
            self._wrong(key, f"{_show(written)} is not an id")
        return value

    def uuid(self, key: str) -> str:
        """A UUID of any version, in lower case."""
        value = self._get(key, required=True)
        found = value.lower() if isinstance(value, str) else ""
        if value is not None and not _UUID.fullmatch(found):
            self._wrong(key, f"{_show(value)} is not a UUID")
        return found

    def truth(self, key: str) -> bool | None:
        """True, false or unknown."""
        value = self._get(key, required=False)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(key, f"{_show(value)} is not true, false or null")
        return None

    def choice(self, key: str, choices: type[_E], *, required: bool = False) -> _E | None:
        """One of some words."""
        value = self._get(key, required)
        if value is None:
            return None
        try:
            return choices(value)
        except ValueError:
            self._wrong(key, f"{_show(value)} is none of {', '.join(c.value for c in choices)}")
            return None

    def instant(self, key: str, *, required: bool = False) -> Instant | None:
        """A moment with its offset."""
        value = self._get(key, required)
        if value is None:
            return None
        try:
            return parse_instant(value if isinstance(value, str) else _show(value))
        except ValueError as error:
            self._wrong(key, str(error))
            return None

    def tables(self, key: str, most: int) -> Iterator[Fields]:
        """Objects in an array; what is wrong with them is wrong with this one."""
        value = self._get(key, required=False)
        if value is None:
            return
        if not isinstance(value, list) or len(value) > most:
            self._wrong(key, f"not an array of at most {most} objects")
            return
        for place, item in enumerate(value):
            if isinstance(item, dict):
                yield Fields(item, f"{self._place}{key}[{place}].", self._problems)
            else:
                self._wrong(f"{key}[{place}]", f"{_show(item)} is not an object")

    def _get(self, key: str, required: bool) -> object:
        value = self.table.get(key)
        if value is None and required:
            self._wrong(key, "missing")
        return value

    def _wrong(self, key: str, what: str) -> None:
        self._problems.append(f"{self._place}{key}: {what}")


def _show(value: object) -> str:
    """A value as it may stand in a message: short, and without anything a terminal would obey."""
    written = ascii(value)
    return written if len(written) <= 60 else f"{written[:57]}..."
