"""Nobody's own settings, routines or history are touched by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Random input is tried quickly by default; `--hypothesis-profile=thorough` is a long run.
# A deadline per example would fail on a machine that is busy with something else.
settings.register_profile("quick", deadline=None, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=3000)
settings.load_profile("quick")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fresh folders for everything a person owns; child processes inherit them."""
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("PREHAB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path
