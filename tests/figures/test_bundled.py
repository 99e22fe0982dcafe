"""The figures that are shipped: all there, all right, all of one body."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from prehab import resources
from prehab.figures.library import Library
from prehab.figures.silhouette import MUSCLES

LIBRARY = Library()


def named() -> Iterator[tuple[str, str]]:
    """Every routine with every figure it names."""
    for path in sorted(resources.routines().glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        steps = [inner for step in tables.get("step", []) for inner in (step, *step.get("step", []))]
        steps.append(tables.get("progression", {}).get("easier", {}))
        yield from ((path.stem, step["figure"]) for step in steps if "figure" in step)


@pytest.mark.parametrize("name", LIBRARY.names())
def test_a_bundled_figure_has_no_problem(name: str) -> None:
    loaded = LIBRARY.loaded(name)
    assert loaded is not None
    assert loaded.figure is not None, [str(problem) for problem in loaded.problems]
    assert loaded.problems == ()
    assert loaded.figure.about, "what it shows is told in words as well"


@pytest.mark.parametrize(("routine", "figure"), sorted(set(named())))
def test_what_a_routine_shows_is_there(routine: str, figure: str) -> None:
    assert LIBRARY.find(figure) is not None


def test_no_two_figures_are_the_same_picture() -> None:
    from prehab.figures.animation import still

    figures = [found for name in LIBRARY.names() if (found := LIBRARY.find(name)) is not None]
    pictures = {still(figure, 60, 24): figure.name for figure in figures}
    assert len(pictures) == len(figures)


def test_every_hold_and_move_names_what_works_unless_it_is_all_of_the_body() -> None:
    whole_body = {"walk", "easy-jog"}
    for name in LIBRARY.names():
        figure = LIBRARY.find(name)
        assert figure is not None
        assert bool(figure.works) is (name not in whole_body), name
        for word in figure.works:
            assert (
                word.removeprefix("near-").removeprefix("far-").removeprefix("left-").removeprefix("right-")
                in MUSCLES
            )
