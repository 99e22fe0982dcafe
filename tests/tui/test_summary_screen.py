from __future__ import annotations

import pytest
from tests.tui.conftest import Stage, Staging
from tests.tui.fakes import seen

from prehab.domain.duration import seconds
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.summary import EFFORT, SummaryScreen
from prehab.tui.told import Answers


async def at_the_summary(stage: Stage, held: int = 24_000) -> None:
    """A plank whose last set was given up after 24 s."""
    await stage.start("p")
    await stage.wait(20_000 + 30_000 + 45_000 + 30_000 + 45_000 + held)
    await stage.press("enter")
    await stage.settle()
    assert isinstance(stage.app.screen, SummaryScreen)


async def test_two_digits_are_enough(staging: Staging) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        assert "30 · 30 · 24" in seen(stage.app)
        await stage.press("6")
        assert EFFORT[6] in seen(stage.app)
        assert "Same again next time." in seen(stage.app)
        await stage.press("1", "enter")
        await stage.settle()
        assert stage.front.answered == [Answers(6, 1)]
        assert isinstance(stage.app.screen, HomeScreen)


async def test_zero_is_ten_for_effort_and_the_arrow_is_ten_for_pain(staging: Staging) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        await stage.press("0", "right", "enter")
        await stage.settle()
        assert stage.front.answered == [Answers(10, 10)]


async def test_bad_pain_told_on_the_summary_reaches_the_safety_text(staging: Staging) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        await stage.press("5", "6", "enter")
        await stage.settle()
        assert stage.front.answered == [Answers(5, 6)]
        assert "call your emergency number" in seen(stage.app)
        await stage.press("escape")
        await stage.settle()
        assert isinstance(stage.app.screen, HomeScreen)


async def test_zero_is_no_pain(staging: Staging) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        await stage.press("5", "0", "enter")
        await stage.settle()
        assert stage.front.answered == [Answers(5, 0)]


@pytest.mark.parametrize("keys", [("enter", "enter"), ("escape",), ("q",), ("ctrl+c",)])
async def test_everything_may_be_left_out(staging: Staging, keys: tuple[str, ...]) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        await stage.press(*keys)
        await stage.settle()
        assert stage.front.answered == [Answers()]
        assert isinstance(stage.app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["down", "tab"])
async def test_going_past_the_last_question_keeps_nothing_yet(staging: Staging, key: str) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        await stage.press(key, key, key, "3")
        await stage.settle()
        assert stage.front.answered == []
        await stage.press("enter")
        await stage.settle()
        assert stage.front.answered == [Answers(None, 3)]


async def test_the_seconds_of_a_set_are_corrected_with_the_arrows(staging: Staging) -> None:
    async with staging() as stage:
        await at_the_summary(stage)
        await stage.press("up", "left", "left", "left", "up", "right")
        assert "30 ·  30  · 21" in seen(stage.app)
        await stage.press("escape")
        await stage.settle()
        (answers,) = stage.front.answered
        assert list((answers.held or {}).values()) == [seconds(21)]


@pytest.mark.parametrize(("key", "shown"), [("left", "30 · 30 ·  23"), ("right", "30 · 30 ·  25")])
async def test_a_second_more_or_less_is_one_more_or_less_than_what_stood_there(
    staging: Staging, key: str, shown: str
) -> None:
    async with staging() as stage:
        await at_the_summary(stage, held=24_900)
        await stage.press("up", key)
        assert shown in seen(stage.app)


async def test_pain_told_in_the_session_stands_there_already(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(30_000)
        await stage.press("x", "3")
        await stage.press("q", "enter")
        await stage.settle()
        assert isinstance(stage.app.screen, SummaryScreen)
        assert stage.app.screen.answers.pain == 3
