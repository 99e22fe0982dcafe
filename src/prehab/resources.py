"""Where the shipped data lies: inside the wheel, or beside `src/` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _folder(name: str) -> Path:
    """Find a data folder: in a wheel it is in `prehab/data/`, in an editable install beside `src/`."""
    packed = _PACKAGE / "data" / name
    return packed if packed.is_dir() else _PACKAGE.parent.parent / name


def routines() -> Path:
    """The folder of the bundled routines and their JSON Schema."""
    return _folder("routines")


def figures() -> Path:
    """The folder of the bundled figures."""
    return _folder("figures")


def how_sure() -> Path:
    """The page about how sure we are of the advice, and of what a diary tells."""
    return _folder("docs") / "how-sure-are-we.md"


def sounds() -> Path:
    """The folder of the bundled cue sounds."""
    return _folder("sounds")
