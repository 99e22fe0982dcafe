"""Nobody's own settings, routines or history are touched by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fresh folders for everything a person owns; child processes inherit them."""
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("PREHAB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path
