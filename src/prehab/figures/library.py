"""All figures by name: the bundled ones, and a person's own, which win."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from prehab import resources
from prehab.figures.figure import Figure
from prehab.figures.loader import Loaded, load
from prehab.figures.silhouette import areas_of
from prehab.formats.problems import Problem


class Library:
    """Finds figures by name and reads each file at most once, when it is asked for."""

    def __init__(self, own: Path | None = None, bundled: Path | None = None) -> None:
        self._folders = tuple(
            folder for folder in (own, bundled or resources.figures()) if folder is not None
        )
        self._loaded: dict[str, Loaded] = {}

    @cached_property
    def files(self) -> dict[str, Path]:
        """Where each figure is; a person's own comes before a bundled one of the same name."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            try:
                paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
            except OSError:
                continue
            for path in paths:
                found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def names(self) -> tuple[str, ...]:
        """Every figure there is, in order of the alphabet."""
        return tuple(self.files)

    def loaded(self, name: str) -> Loaded | None:
        """What came of a figure's file; `None` where there is none."""
        if name not in self._loaded:
            path = self.files.get(name)
            if path is None:
                return None
            self._loaded[name] = load(path)
        return self._loaded[name]

    def find(self, name: str | None) -> Figure | None:
        """The figure of a name; `None` where it is missing, or its file is wrong."""
        loaded = self.loaded(name) if name is not None else None
        return loaded.figure if loaded is not None else None

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with any of them, file by file."""
        return tuple(
            problem for name in self.names() if (found := self.loaded(name)) for problem in found.problems
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of figures."""

    name: str
    title: str
    view: str
    moves: bool
    about: str
    areas: tuple[str, ...]
    """What is drawn in the accent, in words; none for the whole body."""


def entries(library: Library) -> tuple[Entry, ...]:
    """Every figure that can be drawn, for a list."""
    figures = (library.find(name) for name in library.names())
    return tuple(
        Entry(
            figure.name, figure.title, figure.view.value, figure.moves, figure.about, areas_of(figure.works)
        )
        for figure in figures
        if figure is not None
    )
