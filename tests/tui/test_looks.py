"""What the screens look like, letter by letter; colours are left to the eye.

`PREHAB_LOOKS=keep` writes what is seen as what is to be seen.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.tui.conftest import Stage, Staging
from tests.tui.fakes import FakeFront, seen

from prehab.domain.due import Due, Today

LOOKS = Path(__file__).parent / "looks"
IS_KEEPING = os.environ.get("PREHAB_LOOKS") == "keep"


def looks_like(stage: Stage, name: str) -> None:
    columns, rows = stage.app.size
    file = LOOKS / f"{name}-{columns}x{rows}.txt"
    shown = f"{seen(stage.app)}\n"
    if IS_KEEPING:
        LOOKS.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8"), file.name


@pytest.mark.parametrize(
    "size", [(120, 36), (80, 24), (40, 12), (20, 5)], ids=lambda size: "x".join(map(str, size))
)
async def test_every_screen_looks_as_it_should(staging: Staging, size: tuple[int, int]) -> None:
    due = Today((Due("plank", "Two days off: a good day for it."),), (), "")
    async with staging(FakeFront(due=due), size=size) as stage:
        looks_like(stage, "home")
        for key, name in (("question_mark", "help"), ("exclamation_mark", "safety"), ("comma", "settings")):
            await stage.press(key)
            looks_like(stage, name)
            await stage.press("escape")
        await stage.start("c")
        await stage.wait(3_000)
        looks_like(stage, "get-ready")
        await stage.wait(14_000)
        looks_like(stage, "hold")
        await stage.press("space")
        looks_like(stage, "paused")
        await stage.press("space")
        await stage.press("x")
        looks_like(stage, "hurts")
        await stage.press("1", "n")
        await stage.wait(2_000)
        looks_like(stage, "switch")
        await stage.press("q")
        looks_like(stage, "end")
        await stage.press("enter")
        await stage.settle()
        looks_like(stage, "summary")
