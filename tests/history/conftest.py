"""A history in an empty folder, and a wall clock that is told the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from prehab.history.store import Store, open_store


class Wall:
    """A clock on the wall that somebody sets."""

    def __init__(self) -> None:
        self.shows = datetime.fromisoformat("2026-11-22T07:30:00+01:00")

    def __call__(self) -> datetime:
        return self.shows

    def set_to(self, written: str) -> None:
        """Set it."""
        self.shows = datetime.fromisoformat(written)

    def wait(self, milliseconds: int) -> None:
        """Let time pass."""
        self.shows += timedelta(milliseconds=milliseconds)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()
