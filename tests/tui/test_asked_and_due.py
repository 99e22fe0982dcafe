"""What home says of the day, and what is asked at the right moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.tui.conftest import Stage, Staging
from tests.tui.diary import history, session
from tests.tui.fakes import NOW, FakeFront, plank, seen, stretch, warm_up

from prehab.domain.due import Due, Target, Today
from prehab.domain.gate import Before
from prehab.domain.routine import Progression
from prehab.errors import UserError
from prehab.session.session import Session
from prehab.tui.screens.ask import Ask
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.reader import Reader
from prehab.tui.screens.scale import Scale
from prehab.tui.screens.session import SessionScreen
from prehab.tui.screens.summary import SummaryScreen
from prehab.tui.told import Answers, Morning
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.rows import Rows
from prehab.tui.widgets.sheet import Sheet

TARGETS = (Target("Core", ("plank",), 2, 3), Target("Stretch", ("stretch-full",), 0, 3))


def preview(stage: Stage) -> str:
    return " ".join(stage.app.screen.query_one("#preview", Sheet).text.split())


def house(**more: object) -> FakeFront:
    routines = (warm_up(), replace(plank(), progression=Progression()), stretch())
    return FakeFront(routines=routines, **more)  # type: ignore[arg-type]


async def test_what_is_due_comes_first_with_its_reason_and_the_week_as_dots(staging: Staging) -> None:
    due = Today((Due("plank", "3 sets of 30 s, with a day between: 2 of 3 this week."),), TARGETS, "")
    async with staging(house(due=due)) as stage:
        shown = seen(stage.app)
        assert shown.index("DUE TODAY") < shown.index("BEFORE A RUN")
        assert "with a day between" in preview(stage)
        assert (
            stage.app.screen.query_one("#status", Line).text
            == "This week:  Core ●●○ 2 of 3   Stretch ○○○ 0 of 3"
        )


async def test_a_day_off_is_told_kindly(staging: Staging) -> None:
    note = "Nothing is due today: rest is part of the plan."
    async with staging(house(due=Today((), TARGETS, note)), size=(120, 36)) as stage:
        assert f"{note}   This week:  Core ●●○" in seen(stage.app)
        assert "DUE TODAY" not in seen(stage.app)
    async with staging(house(due=Today((), TARGETS, note)), size=(80, 24)) as stage:
        assert note in seen(stage.app)


@pytest.mark.parametrize("size", [(120, 36), (40, 12)])
async def test_a_bad_back_puts_the_warning_signs_in_the_place_of_what_is_due(
    staging: Staging, size: tuple[int, int]
) -> None:
    day = Today((), (), "Your back comes first today: no routine. See the warning signs.", is_safety=True)
    async with staging(house(due=day), size=size) as stage:
        assert "The warning signs" in seen(stage.app)
        if size > (100, 30):
            assert "Stop if something feels wrong" in preview(stage)
        await stage.press("enter")
        assert isinstance(stage.app.screen, Reader)
        await stage.press("escape", "down")
        assert "Stop if" not in preview(stage)


async def test_a_history_that_cannot_be_read_leaves_home_as_it_is(staging: Staging) -> None:
    class Unreadable(FakeFront):
        def today(self) -> Today:
            raise UserError("the history can't be read")

    async with staging(Unreadable()) as stage:
        assert isinstance(stage.app.screen, HomeScreen)
        assert "Plank" in seen(stage.app)


async def test_the_preview_says_why_the_level_is_what_it_is(staging: Staging) -> None:
    async with staging(house()) as stage:
        stage.app.screen.query_one(Rows).move_to("plank")
        await stage.press()
        assert "two clean sessions move you up" in preview(stage)


async def test_a_level_is_chosen_for_once_and_l_goes_round(staging: Staging) -> None:
    async with staging(house()) as stage:
        stage.app.screen.query_one(Rows).move_to("plank")
        await stage.press("l", "l")
        assert "hold 40 s" in preview(stage)
        assert "You chose 40 s for this once." in preview(stage)
        await stage.press("L")
        assert "hold 35 s" in preview(stage)
        await stage.start("enter")
        assert stage.front.decided == ["open plank back None level 35000 goes on False"]
        await stage.press("q", "enter")
        await stage.settle()
        assert "hold 30 s" in preview(stage)
        for _ in range(7):
            await stage.press("l")
        assert "hold 30 s" in preview(stage)
        assert "You chose" not in preview(stage)


async def test_where_nothing_grows_there_are_no_levels(staging: Staging) -> None:
    async with staging(house()) as stage:
        stage.app.screen.query_one(Rows).move_to("stretch-full")
        await stage.press("l")
        assert "no levels" in str([one.message for one in stage.app._notifications])


async def test_without_a_side_a_toast_says_which_level_it_will_be(staging: Staging) -> None:
    async with staging(house(), size=(40, 12)) as stage:
        stage.app.screen.query_one(Rows).move_to("plank")
        await stage.press("l")
        assert "Plank: 35 s" in str([one.message for one in stage.app._notifications])


@pytest.mark.parametrize(("key", "level"), [("k", 20_000), ("enter", None)])
async def test_the_first_plank_may_be_from_the_knees(staging: Staging, key: str, level: int | None) -> None:
    async with staging(house(is_first=True)) as stage:
        await stage.press("p")
        await stage.until(Ask)
        assert "Never held one?" in seen(stage.app)
        assert "From the knees, 20 s" in seen(stage.app)
        await stage.press(key)
        await stage.until(SessionScreen)
        assert stage.front.decided == [f"open plank back None level {level} goes on False"]


async def test_who_chose_a_level_is_not_asked_about_the_knees(staging: Staging) -> None:
    async with staging(house(is_first=True)) as stage:
        stage.app.screen.query_one(Rows).move_to("plank")
        await stage.press("l")
        await stage.start("enter")
        assert stage.front.decided == ["open plank back None level 35000 goes on False"]


async def test_a_back_above_its_limit_is_told_why(staging: Staging) -> None:
    class Careful(FakeFront):
        def before(self, id: str, back: int | None) -> Before:
            return Before.RECOVER

        def instead(self, id: str, back: int | None) -> str:
            return "Next time 30 s, but only when the back is at 2 or less before you start."

    async with staging(Careful(gated=True, growing=True)) as stage:
        await stage.press("p")
        await stage.until(Scale)
        await stage.press("3")
        await stage.until(Ask)
        assert "at 2 or less" in " ".join(seen(stage.app).split())
        await stage.press("enter")
        await stage.until(SessionScreen)
        assert stage.front.decided == ["open stretch-full back 3 level None goes on False"]


async def test_a_sore_back_is_told_that_it_is_the_reason_and_not_to_begin(staging: Staging) -> None:
    async with staging(FakeFront(gated=True, growing=True)) as stage:
        await stage.press("p")
        await stage.until(Scale)
        await stage.press("4")
        await stage.until(Ask)
        told = " ".join(seen(stage.app).split())
        assert "Your back is at 4: gentle moves" in told


async def test_the_morning_after_is_asked_about_at_the_next_start_and_what_is_due_follows(
    staging: Staging,
) -> None:
    morning = Morning("id-of-it", "Plank", NOW.toordinal() - 2)
    async with staging(house(after=morning), wait=False) as stage:
        await stage.until(Ask)
        assert "Plank, 20 Nov: the morning after" in " ".join(seen(stage.app).split())
        await stage.press("4")
        await stage.settle()
        assert stage.front.decided == ["id-of-it clearly worse"]
        assert isinstance(stage.app.screen, HomeScreen)


async def test_the_morning_after_is_asked_about_before_a_session_that_begins_at_once(
    staging: Staging,
) -> None:
    morning = Morning("id-of-it", "Plank", NOW.toordinal() - 1)
    async with staging(house(after=morning), start="stretch-full", wait=False) as stage:
        await stage.until(Ask)
        await stage.press("1")
        await stage.until(SessionScreen)
        assert stage.front.decided[0] == "id-of-it better"


async def test_a_morning_that_is_waved_away_is_no_answer(staging: Staging) -> None:
    morning = Morning("id-of-it", "Plank", NOW.toordinal() - 1)
    async with staging(house(after=morning), wait=False) as stage:
        await stage.until(Ask)
        await stage.press("enter")
        await stage.settle()
        assert stage.front.decided == ["id-of-it waved away"]


async def test_what_the_answers_mean_follows_each_digit(staging: Staging) -> None:
    class Telling(FakeFront):
        def outlook(self, session: Session, answers: Answers) -> str:
            return f"effort {answers.effort}, pain {answers.pain}"

    async with staging(Telling()) as stage:
        await stage.start("p")
        await stage.wait(60_000)
        await stage.press("q", "enter")
        await stage.until(SummaryScreen)
        await stage.settle()
        assert "effort None, pain None" in seen(stage.app)
        await stage.press("7")
        await stage.settle()
        assert "effort 7, pain None" in seen(stage.app)
        await stage.press("2")
        await stage.settle()
        assert "effort 7, pain 2" in seen(stage.app)


async def test_an_outlook_that_cannot_be_had_costs_nothing_else(staging: Staging) -> None:
    class Silent(FakeFront):
        def outlook(self, session: Session, answers: Answers) -> str:
            raise UserError("the history can't be read")

    async with staging(Silent()) as stage:
        await stage.start("p")
        await stage.wait(60_000)
        await stage.press("q", "enter")
        await stage.until(SummaryScreen)
        await stage.press("6", "1", "enter")
        await stage.settle()
        assert stage.front.answered == [Answers(6, 1)]


async def test_the_history_follows_what_was_just_done(staging: Staging) -> None:
    store = history()
    async with staging(house(store=store)) as stage:
        await stage.press("h", "escape")
        store.put(session(1, NOW, held=(30, 30, 30)))
        await stage.press("h")
        await stage.settle()
        await stage.press("tab", "tab")
        assert "Plank" in seen(stage.app)
        assert "1:30" in seen(stage.app)
