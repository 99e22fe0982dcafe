"""The kinds of value that a setting may have: what is allowed, how it is read, how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

Written = str | int | bool
"""What a value is in the file, where the program writes it."""

_DEEPEST = 8


class ValueKind(Protocol):
    """Reads and writes the values of one setting."""

    @property
    def allowed(self) -> str:
        """What a value may be, in words."""
        ...

    @property
    def choices(self) -> tuple[str, ...]:
        """Every value a key can step through, as `spell` writes it; empty where only the file can say."""
        ...

    def read(self, value: object) -> object:
        """Take a value out of the file.

        Raises:
            ValueError: if it is not allowed.
        """
        ...

    def parse(self, spelled: str) -> object:
        """Take a value as a person sees it.

        Raises:
            ValueError: if it is not allowed.
        """
        ...

    def write(self, value: object) -> Written:
        """Put a value as it stands in the file.

        Raises:
            ValueError: if only a person writes it there.
        """
        ...

    def spell(self, value: object) -> str:
        """Put a value as a person sees it."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words; `None` is "not chosen yet" and never stands in the file."""

    words: type[Enum]

    @property
    def allowed(self) -> str:
        """The words."""
        return ", ".join(f'"{word}"' for word in self.choices)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words."""
        return tuple(str(word.value) for word in self.words)

    def read(self, value: object) -> object:
        """Find the word."""
        for word in self.words:
            if word.value == value:
                return word
        raise ValueError(_refused(value, f"one of {self.allowed}"))

    def parse(self, spelled: str) -> object:
        """Find the word."""
        return self.read(spelled)

    def write(self, value: object) -> Written:
        """The word."""
        assert isinstance(value, Enum)
        return str(value.value)

    def spell(self, value: object) -> str:
        """The word, or that there is none."""
        return "not chosen" if value is None else str(self.write(value))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    low: int
    high: int
    step: int = 1
    """How far one key press goes."""
    unset: str = ""
    """What a person sees where there is no number; empty where there always is one."""
    such_as: int = 0
    """What the commented file shows where there is none."""

    @property
    def allowed(self) -> str:
        """The bounds."""
        return f"a whole number from {self.low} to {self.high}"

    @property
    def choices(self) -> tuple[str, ...]:
        """The numbers a key steps through."""
        numbers = (str(number) for number in range(self.low, self.high + 1, self.step))
        return (self.unset, *numbers) if self.unset else tuple(numbers)

    def read(self, value: object) -> object:
        """Take a number, never a truth."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise ValueError(_refused(value, self.allowed))
        return value

    def parse(self, spelled: str) -> object:
        """Take digits, or no number."""
        if self.unset and spelled == self.unset:
            return None
        if not spelled.removeprefix("-").isascii() or not spelled.removeprefix("-").isdigit():
            raise ValueError(_refused(spelled, self.allowed))
        return self.read(int(spelled[:12]))

    def write(self, value: object) -> Written:
        """The number."""
        assert isinstance(value, int)
        return value

    def spell(self, value: object) -> str:
        """The digits."""
        return self.unset if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    allowed: str = "true or false"
    choices: tuple[str, ...] = ("on", "off")

    def read(self, value: object) -> object:
        """Take a truth; the words on and off are understood too."""
        if isinstance(value, bool):
            return value
        if value in self.choices:
            return value == "on"
        raise ValueError(_refused(value, self.allowed))

    def parse(self, spelled: str) -> object:
        """Take a word."""
        return self.read(spelled)

    def write(self, value: object) -> Written:
        """A truth."""
        return bool(value)

    def spell(self, value: object) -> str:
        """A word."""
        return "on" if value else "off"


@dataclass(frozen=True, slots=True)
class Text:
    """Any text on one line."""

    what: str
    """What it names; an empty text is the default."""
    longest: int = 1_000
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What it names."""
        return f'{self.what}, or "" for the default'

    def read(self, value: object) -> object:
        """Take a text without control characters."""
        if not isinstance(value, str) or len(value) > self.longest or not value.isprintable():
            raise ValueError(_refused(value, f"a text ({self.allowed})"))
        return value

    def parse(self, spelled: str) -> object:
        """Take the text."""
        return self.read(spelled)

    def write(self, value: object) -> Written:
        """The text."""
        return str(value)

    def spell(self, value: object) -> str:
        """The text, or that there is none."""
        return str(value) or "default"


@dataclass(frozen=True, slots=True)
class Table:
    """Texts by name; names with dots may be written as tables in tables."""

    allowed: str
    most: int = 200
    choices: tuple[str, ...] = ()

    def read(self, value: object) -> object:
        """Take the table, flattened."""
        texts: dict[str, str] = {}
        if not isinstance(value, Mapping):
            raise ValueError(_refused(value, self.allowed))
        self._flatten(value, "", texts)
        return texts

    def parse(self, spelled: str) -> object:
        """A table is only ever set in the file."""
        raise ValueError("it is set in the file")

    def write(self, value: object) -> Written:
        """A table is only ever set in the file."""
        raise ValueError("it is set in the file")

    def spell(self, value: object) -> str:
        """How much is in it."""
        assert isinstance(value, Mapping)
        return f"{len(value)} set" if value else "none"

    def _flatten(self, table: Mapping[object, object], prefix: str, texts: dict[str, str]) -> None:
        for name, value in table.items():
            if isinstance(value, Mapping) and prefix.count(".") < _DEEPEST:
                self._flatten(value, f"{prefix}{name}.", texts)
            elif isinstance(value, str) and value.isprintable() and len(texts) < self.most:
                texts[f"{prefix}{name}"] = value
            else:
                raise ValueError(f"{prefix}{name}: {_refused(value, self.allowed)}")


def _refused(value: object, wanted: str) -> str:
    written = ascii(value)
    return f"{written if len(written) <= 60 else written[:57] + '...'} is not {wanted}"
