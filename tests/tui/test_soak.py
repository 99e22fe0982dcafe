"""Any keys, any sizes, any waiting, through the real app: it never breaks."""

from __future__ import annotations

import random

import pytest
from tests.tui.conftest import Stage, Staging
from tests.tui.fakes import FakeFront

from prehab.tui import keys
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.session import SessionScreen

LEAVING = {"q", "ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p"}
"""These end the app from the home screen, or stop the process."""
KEYS = [*sorted({key for cmd in keys.COMMANDS for key in cmd.keys} - LEAVING), *"0123456789", "z", "k", "d"]
SIZES = [(120, 36), (80, 24), (40, 12), (20, 5), (10, 3)]


async def any_keys(stage: Stage, seed: int, presses: int) -> None:
    chance = random.Random(seed)
    for _ in range(presses):
        await stage.hit(chance.choice(KEYS))
        sessions = [screen for screen in stage.app.screen_stack if isinstance(screen, SessionScreen)]
        stage.clock.jump(chance.choice([0, 100, 900, 3_000, 20_000]), asleep=chance.random() < 0.02)
        for screen in sessions:
            if screen.is_running:
                screen.look()
        if chance.random() < 0.03:
            await stage.pilot.resize_terminal(*chance.choice(SIZES))
        if chance.random() < 0.1:
            await stage.pilot.pause()
    assert stage.app.is_running
    for _ in range(12):
        if isinstance(stage.app.screen, HomeScreen) and len(stage.app.screen_stack) == 1:
            break
        await stage.hit("escape")
        await stage.hit("enter" if isinstance(stage.app.screen, SessionScreen) else "escape")
        await stage.settle()


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_order_of_keys_breaks_the_app(staging: Staging, seed: int) -> None:
    async with staging(FakeFront(gated=True, growing=True)) as stage:
        await any_keys(stage, seed, 250)
        assert len(stage.front.answered) <= len(stage.front.opened)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 130))
async def test_no_order_of_keys_breaks_the_app_for_long(staging: Staging, seed: int) -> None:
    async with staging(FakeFront(gated=True, growing=True)) as stage:
        await any_keys(stage, seed, 4_000)
