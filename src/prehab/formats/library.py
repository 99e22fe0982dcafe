"""Where routines are found: the bundled ones, and a person's own, which win over bundled ones of the same id.

Two speeds. `names()` reads the first lines of each file with the TOML reader alone, for the first frame of
the app; `entry()` reads and checks one file whole, when it is asked for, and again only when it has changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli

from prehab import resources
from prehab.domain.routine import Phase, Routine
from prehab.errors import UserError
from prehab.formats.files import Unreadable, read_text
from prehab.formats.problems import Problem, RoutineError, nearest, visible


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may hold a routine."""

    id: str
    """The stem of its name."""
    path: Path
    own: bool
    """Whether it is the person's own, and not bundled."""


@dataclass(frozen=True, slots=True)
class Name:
    """What can be said of a routine before it is checked."""

    id: str
    name: str
    """The id where the file does not tell."""
    phase: Phase | None
    """`None` where the file does not tell."""
    own: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One routine file, read and checked."""

    id: str
    path: Path
    own: bool
    routine: Routine | None
    """The routine, when it can be played."""
    problems: tuple[Problem, ...]
    """Errors when it can't be played, warnings when it can."""


Read = tuple[Routine | None, tuple[Problem, ...]]
"""What a file holds, and what is wrong with it."""
Reader = Callable[[Sequence[Path]], Iterator[Read]]
"""Reads and checks files, one after the other as they are asked for."""


def read_here(paths: Sequence[Path]) -> Iterator[Read]:
    """Read and check files in this process."""
    from prehab.formats.loader import inspect  # loads pydantic, which a glance at the names does without

    for path in paths:
        reading = inspect(path)
        yield reading.routine, reading.problems


class Library:
    """The routines of one person on one machine."""

    def __init__(
        self, own: Path | None = None, bundled: Path | None = None, read: Reader = read_here
    ) -> None:
        """Find the files; none is opened yet.

        Args:
            own: the folder of the person's own routines, if they have one.
            bundled: the folder of the bundled ones, if not where they are installed.
            read: what reads a file when it is asked for.
        """
        self._bundled = bundled or resources.routines()
        self._own = own
        self._read = read
        self._found: dict[str, Found] = {}
        self._entries: dict[Path, tuple[object, Entry]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Look again which files there are; those that did not change are not read again."""
        own = _files(self._own, own=True) if self._own else {}
        both = _files(self._bundled, own=False) | own
        self._found = dict(sorted(both.items()))
        paths = {found.path for found in self._found.values()}
        self._entries = {path: known for path, known in self._entries.items() if path in paths}

    def ids(self) -> tuple[str, ...]:
        """The id of every routine, in order; no file is opened for it."""
        return tuple(self._found)

    def names(self) -> tuple[Name, ...]:
        """Every routine by what its first lines say."""
        return tuple(_glance(found) for found in self._found.values())

    def entries(self) -> Iterator[Entry]:
        """Every routine, read and checked one by one as they are asked for."""
        return self._all(tuple(self._found.values()))

    def entry(self, routine_id: str) -> Entry | None:
        """One routine, read and checked."""
        found = self._found.get(routine_id)
        return self._entry(found) if found else None

    def find(self, typed: str) -> Entry:
        """The routine that a person named by its id or by a path.

        Raises:
            UserError: when there is none; the nearest id is suggested.
        """
        if _is_path(typed):
            path = Path(typed)
            return self._entry(Found(visible(path.stem), path, own=path.parent != self._bundled))
        if entry := self.entry(typed):
            return entry
        meant = nearest(typed, self.ids())
        raise UserError(
            f"no routine called {visible(typed)!r}",
            hint=f"did you mean {meant!r}?" if meant else "`prehab list` names them all",
        )

    def routine(self, typed: str) -> Routine:
        """The routine that a person named, ready to be played.

        Raises:
            UserError: when there is none.
            RoutineError: when it can't be played.
        """
        entry = self.find(typed)
        if entry.routine is None:
            raise RoutineError(str(entry.path), entry.problems)
        return entry.routine

    def _entry(self, found: Found) -> Entry:
        return next(self._all((found,)))

    def _all(self, wanted: Sequence[Found]) -> Iterator[Entry]:
        """The entry of each file; those that are not known as they are now are read, in one go."""
        stamps = {found.path: _stamp(found.path) for found in wanted}
        known = {path: self._entries.get(path) for path in stamps}
        fresh = {path: entry[1] for path, entry in known.items() if entry and entry[0] == stamps[path]}
        reads = self._read([path for path in stamps if path not in fresh])
        for found in wanted:
            entry = fresh.get(found.path)
            if entry is None:
                entry = Entry(found.id, found.path, found.own, *next(reads))
                self._entries[found.path] = (stamps[found.path], entry)
            yield entry


def _files(folder: Path, *, own: bool) -> dict[str, Found]:
    """The routine files of a folder; one that is missing or closed to us has none."""
    try:
        with os.scandir(folder) as found:
            names = [entry.name for entry in found]
    except OSError:
        return {}
    wanted = (name for name in names if name.endswith(".toml") and not name.startswith("."))
    return {(stem := visible(name.removesuffix(".toml"))): Found(stem, folder / name, own) for name in wanted}


def _is_path(typed: str) -> bool:
    separators = {os.sep, os.altsep or os.sep}
    return typed.endswith(".toml") or any(separator in typed for separator in separators)


def _stamp(path: Path) -> object:
    """What changes when a file does."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _glance(found: Found) -> Name:
    """Read what stands above the first header, or else the whole; where that fails too, the id must do."""
    said: dict[str, object] = {}
    try:
        source = read_text(found.path)
        said = _tables(_above_headers(source)) or _tables(source) or {}
    except Unreadable:
        pass
    name, phase = said.get("name"), said.get("phase")
    return Name(
        id=found.id,
        name=visible(name.strip()) if isinstance(name, str) and name.strip() else found.id,
        phase=next((known for known in Phase if known.value == phase), None),
        own=found.own,
    )


def _tables(source: str) -> dict[str, object] | None:
    try:
        return tomli.loads(source)
    except (ValueError, RecursionError):
        return None


def _above_headers(source: str) -> str:
    """The text before the first line that looks like a header, and may yet be inside a long text."""
    cut = 0 if source.startswith("[") else source.find("\n[")
    return source if cut < 0 else source[:cut]
