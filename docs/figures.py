"""Draw every bundled figure on one sheet: `python docs/figures.py` writes docs/figures.svg."""

from __future__ import annotations

from pathlib import Path

from prehab.figures.library import Library
from prehab.figures.svg import contact_sheet

SHEET = Path(__file__).with_name("figures.svg")


def sheet() -> str:
    """The sheet as it is now."""
    library = Library()
    figures = (library.find(name) for name in library.names())
    return contact_sheet([figure for figure in figures if figure is not None])


if __name__ == "__main__":
    SHEET.write_text(sheet(), encoding="utf-8")
