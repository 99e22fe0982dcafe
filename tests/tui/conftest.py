from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from tests.tui.diary import OPENED
from tests.tui.fakes import FakeFront
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from prehab.domain.view import View
from prehab.runtime.clock import ManualClock
from prehab.session.session import Session
from prehab.tui.app import PrehabApp
from prehab.tui.screens.session import SessionScreen


@dataclass(slots=True)
class Stage:
    """An app that runs, with the hand on its clock."""

    app: PrehabApp
    pilot: Pilot[int]
    front: FakeFront

    @property
    def clock(self) -> ManualClock:
        return self.front.clock

    @property
    def session(self) -> Session:
        return self.front.opened[-1]

    @property
    def view(self) -> View:
        return self.session.view

    @property
    def screen(self) -> SessionScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, SessionScreen))

    async def settle(self) -> None:
        """Let everything that is under way come to rest."""
        await self.pilot.pause()
        for _ in range(100):
            if not any(worker.is_running and worker.group != "begin" for worker in self.app.workers):
                break
            await self.pilot.pause()
        await self.pilot.pause()

    async def until(self, kind: type[Screen[Any]]) -> None:
        """Wait for a kind of screen to stand in front."""
        for _ in range(200):
            if isinstance(self.app.screen, kind):
                return
            await self.pilot.pause()
        raise AssertionError(f"no {kind.__name__} came; {self.app.screen} stands in front")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def hit(self, *keys: str) -> None:
        """Press keys without waiting for the screen to be painted."""
        for key in keys:
            character = {"space": " ", "plus": "+"}.get(key, key if len(key) == 1 else None)
            self.app.post_message(Key(key, character))
            for _ in range(30):
                await asyncio.sleep(0)

    async def start(self, key: str) -> None:
        """Start a session from the home screen."""
        await self.press(key)
        await self.until(SessionScreen)
        await self.pilot.pause()

    def tick(self, milliseconds: int) -> None:
        """Let time pass, with a look every half second as the screen itself would take."""
        screen = self.screen
        for _ in range(milliseconds // 500):
            self.clock.jump(500)
            screen.look()

    async def wait(self, milliseconds: int) -> None:
        """Let time pass, and what follows from it settle."""
        self.tick(milliseconds)
        await self.pilot.pause()


Staging = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture(autouse=True)
def close_histories() -> Iterator[None]:
    """Close every history in memory when its test is over."""
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def staging() -> Staging:
    """Put an app on a stage of a given size."""

    @asynccontextmanager
    async def on_stage(
        front: FakeFront | None = None,
        *,
        size: tuple[int, int] = (100, 30),
        start: str | None = None,
        wait: bool = True,
        notifications: bool = False,
    ) -> AsyncIterator[Stage]:
        front = front or FakeFront()
        app = PrehabApp(front, start=start)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            stage = Stage(app, pilot, front)
            if wait:
                await stage.settle()
            yield stage

    return on_stage
