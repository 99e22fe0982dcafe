"""Bundled figures and a person's own."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from prehab.domain.routine import AREAS, Side
from prehab.figures.library import Library, entries
from prehab.figures.svg import contact_sheet, svg

MINE = 'format = 1\nname = "My walk"\n[pose]\nstart = { trunk = 2 }\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "walk.toml").write_text(MINE, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("format = 1\n[pose", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no figure", encoding="utf-8")
    return tmp_path


def test_ones_own_figure_wins_over_the_bundled_one(own: Path) -> None:
    figure = Library(own).find("walk")
    assert figure is not None
    assert figure.title == "My walk"


def test_a_broken_file_hides_only_itself(own: Path) -> None:
    library = Library(own)
    assert library.find("broken") is None
    assert library.find("bird-dog") is not None
    assert [Path(problem.file).name for problem in library.problems()] == ["broken.toml"]


def test_names_are_those_of_both_folders(own: Path) -> None:
    names = Library(own).names()
    assert "broken" in names
    assert "bird-dog" in names
    assert "notes" not in names
    assert names == tuple(sorted(names))


def test_what_is_missing_is_none() -> None:
    library = Library()
    assert library.find("levitation") is None
    assert library.find(None) is None
    assert library.loaded("levitation") is None


def test_a_folder_that_is_not_there_holds_no_figures(tmp_path: Path) -> None:
    assert Library(tmp_path / "absent", tmp_path / "absent").names() == ()


def test_the_list_tells_each_figure_in_words() -> None:
    found = {entry.name: entry for entry in entries(Library())}
    assert found["front-plank"].title == "Front plank"
    assert not found["front-plank"].moves
    assert found["walk"].moves
    assert found["walk"].areas == ()
    assert found["front-plank"].areas == ("core", "shoulders")
    assert {area for entry in found.values() for area in entry.areas} <= set(AREAS)


def test_a_vector_picture_is_a_whole_document_with_a_title() -> None:
    figure = Library().find("bird-dog")
    assert figure is not None
    root = ElementTree.fromstring(svg(figure))
    assert root.tag.endswith("svg")
    assert root[0].text == "Bird dog"
    assert svg(figure, Side.LEFT) != svg(figure, Side.RIGHT)


def test_the_sheet_in_the_docs_shows_every_bundled_figure() -> None:
    library = Library()
    figures = [figure for name in library.names() if (figure := library.find(name)) is not None]
    ElementTree.fromstring(contact_sheet(figures))
    drawn = Path(__file__).parents[2] / "docs" / "figures.svg"
    names = {text.text for text in ElementTree.parse(drawn).getroot().iter() if text.tag.endswith("text")}
    assert names == {figure.name for figure in figures}
