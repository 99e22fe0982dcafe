"""Reading values out of TOML tables: each is asked for by name; what is wrong is noted and left out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from prehab.formats.findings import Finding
from prehab.formats.problems import UNPRINTABLE, nearest, visible

FAR_AWAY = 300.0
"""No place is farther than this from the middle."""

Table = Mapping[str, object]
Path = tuple[str | int, ...]
Choice = TypeVar("Choice", bound=Enum)
Value = TypeVar("Value")
_SPELLED = re.compile(r"[\w .,:+-]{0,40}")


class Missing(Exception):
    """A value that is wrong; the finding is already noted."""


class Asker:
    """Collects every mistake on the way through one file."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, path: Path, message: str, hint: str = "", *, on_key: bool = False) -> Missing:
        """Note a mistake; raise what this returns to give the value up."""
        self.findings.append(Finding(path, message, hint, on_key=on_key))
        return Missing()

    def keys(self, table: Table, path: Path, known: Sequence[str]) -> None:
        """Refuse what nobody reads."""
        for key in table:
            if key not in known:
                close = nearest(key, known)
                hint = f"did you mean {close!r}?" if close else f"known here: {', '.join(known)}"
                self.wrong((*path, key), "no such key", hint, on_key=True)

    def get(
        self, table: Table, path: Path, key: str, default: Value, how: Callable[[object, Path], Value]
    ) -> Value:
        """Read one value, or its default where it is left out or wrong."""
        if key not in table:
            return default
        try:
            return how(table[key], (*path, key))
        except Missing:
            return default

    def choice(self, kind: type[Choice]) -> Callable[[object, Path], Choice]:
        def how(value: object, path: Path) -> Choice:
            for member in kind:
                if value == member.value:
                    return member
            raise self.wrong(
                path, f"can't be {shown(value)}", f"one of {', '.join(str(m.value) for m in kind)}"
            )

        return how

    def number(self, low: float, high: float) -> Callable[[object, Path], float]:
        def how(value: object, path: Path) -> float:
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
                raise self.wrong(path, f"must be a number, not {shown(value)}")
            if not low <= value <= high:
                raise self.wrong(path, f"is {value:g}", f"between {low:g} and {high:g}")
            return float(value)

        return how

    def place(self, value: object, path: Path) -> float:
        return self.number(-FAR_AWAY, FAR_AWAY)(value, path)

    def text(self, limit: int) -> Callable[[object, Path], str]:
        def how(value: object, path: Path) -> str:
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(path, f"must be text, not {shown(value)}", "text stands in quotes")
            if UNPRINTABLE.search(value):
                raise self.wrong(path, "can't hold control characters", "leave them out")
            if len(value) > limit:
                raise self.wrong(path, f"is {len(value)} characters long", f"at most {limit} fit")
            return value.strip()

        return how

    def flag(self, value: object, path: Path) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(path, f"must be true or false, not {shown(value)}")
        return value

    def words(self, value: object, path: Path) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value) or len(value) > 30:
            raise self.wrong(path, "must be a list of texts", 'for example ["near-calf"]')
        return [str(item) for item in value]

    def pair(self, limit: float) -> Callable[[object, Path], tuple[float, float]]:
        def how(value: object, path: Path) -> tuple[float, float]:
            if not isinstance(value, list) or len(value) != 2:
                raise self.wrong(path, "must be two numbers", "for example [0, 2]")
            number = self.number(-limit, limit)
            return (number(value[0], (*path, 0)), number(value[1], (*path, 1)))

        return how

    def among(self, known: set[str]) -> Callable[[object, Path], str]:
        def how(value: object, path: Path) -> str:
            if value not in known:
                raise self.wrong(path, f"no such pose: {shown(value)}", f"one of {', '.join(sorted(known))}")
            return str(value)

        return how


def shown(value: object) -> str:
    """Name a value in a message: short, on one line, harmless to a terminal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value) if _SPELLED.fullmatch(value) else visible(repr(value[:40]))
    if isinstance(value, (int, float)):
        return f"{value:g}" if abs(value) < 1e15 or math.isinf(value) else "a number that large"
    return "a table" if isinstance(value, dict) else "an array" if isinstance(value, list) else "nothing"
