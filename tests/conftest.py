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


REAL_TIME = (
    "tests/tui/",
    "tests/cli/",
    "tests/history/",
    "tests/audio/test_device",
    "tests/audio/test_backends",
)
"""Where real terminals, processes, disks and sound servers are met, each with moments of its own."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try what meets the real world once more when it fails: a shared machine may stand still at any moment.

    Everything pure fails at once.
    """
    for item in items:
        place = item.path.as_posix()
        if any(f"/{folder}" in place for folder in REAL_TIME):
            item.add_marker(pytest.mark.flaky(reruns=2))
