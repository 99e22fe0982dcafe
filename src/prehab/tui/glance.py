"""What the first frame needs of settings and routines, read without a check: that comes after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import tomli

from prehab.config import locations
from prehab.formats.library import Library
from prehab.tui.ports import Named

GLANCED = frozenset({"screen.theme", "screen.motion", "last.warm-up", "last.stretch"})
"""The settings of the first frame."""
_AS_SHIPPED = {"screen.theme": "", "screen.motion": "on", "last.warm-up": "full", "last.stretch": "full"}


class Glance:
    """Names and a few settings; whatever can't be read is as if it were not there."""

    def names(self) -> Sequence[Named]:
        """The routines by name."""
        return [Named(one.id, one.name, one.phase) for one in Library(locations.own_routines()).names()]

    def setting(self, key: str) -> str:
        """One of `GLANCED`, as a person sees it."""
        table, _, name = key.partition(".")
        values = self._file.get(table)
        value = values.get(name) if isinstance(values, dict) else None
        if isinstance(value, bool):
            return "on" if value else "off"
        is_version = key.startswith("last.")
        fits = isinstance(value, str) and (value in {"short", "full"} or not is_version)
        return value if isinstance(value, str) and fits else _AS_SHIPPED[key]

    def keys(self) -> Mapping[str, str]:
        """A person's own keys, by the id of the command."""
        table = self._file.get("keys")
        return dict(_flat(table)) if isinstance(table, dict) else {}

    @cached_property
    def _file(self) -> dict[str, object]:
        try:
            return tomli.loads(locations.settings_file().read_text(encoding="utf-8-sig"))
        except (OSError, ValueError):
            return {}


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, str):
            yield f"{prefix}{name}", value
        elif isinstance(value, dict) and not prefix:
            yield from _flat(value, f"{name}.")
