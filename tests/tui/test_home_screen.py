from __future__ import annotations

import pytest
from tests.tui.conftest import Stage, Staging
from tests.tui.fakes import FakeFront, seen
from textual.color import Color

from prehab.domain.duration import Millis
from prehab.errors import UserError
from prehab.tui.ports import Entry
from prehab.tui.screens.ask import Ask
from prehab.tui.screens.history import HistoryScreen
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.reader import Reader
from prehab.tui.screens.scale import Number, Scale
from prehab.tui.screens.session import SessionScreen
from prehab.tui.screens.settings import SettingsScreen
from prehab.tui.told import BrokenOff
from prehab.tui.widgets.keybar import KeyBar
from prehab.tui.widgets.rows import Rows
from prehab.tui.widgets.sheet import Sheet

BROKEN = Entry(
    "mine",
    "My [red]own[/red]",
    None,
    None,
    ("mine.toml:3:1: fro: no such key", "mine.toml:9:5: for: not a time"),
)


def rows(stage: Stage) -> Rows:
    return stage.app.screen.query_one(Rows)


def toasts(stage: Stage) -> str:
    return " ".join(str(one.message) for one in stage.app._notifications)


async def test_routines_stand_by_phase_with_their_lengths_and_a_preview(staging: Staging) -> None:
    async with staging() as stage:
        shown = seen(stage.app)
        assert shown.index("BEFORE A RUN") < shown.index("AFTER A RUN") < shown.index("ANY DAY")
        assert "8:32" in shown
        assert "Brisk walk or march" in stage.app.screen.query_one("#preview", Sheet).text


@pytest.mark.parametrize(("key", "routine"), [("w", "warmup-short"), ("p", "plank"), ("c", "stretch-full")])
async def test_three_keys_start_at_once(staging: Staging, key: str, routine: str) -> None:
    async with staging() as stage:
        await stage.start(key)
        assert stage.session.timeline.routine.id == routine


async def test_enter_starts_what_is_under_the_cursor_and_the_mouse_does_too(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("down", "enter")
        await stage.settle()
        assert stage.session.timeline.routine.id == "stretch-full"
    async with staging() as stage:
        await stage.pilot.click(Rows, offset=(6, 7), times=2)
        await stage.settle()
        assert stage.session.timeline.routine.id == "plank"
    async with staging() as stage:
        await stage.pilot.click("#plank")
        await stage.settle()
        assert stage.session.timeline.routine.id == "plank"


async def test_the_filter_takes_letters_as_letters(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("slash", "p", "l", "a")
        assert rows(stage).chosen == "plank"
        assert [row.id for row in rows(stage).rows if row.id] == ["plank"]
        await stage.press("q", "x")
        assert "nothing matches" in seen(stage.app)
        await stage.press("backspace", "backspace", "enter", "enter")
        await stage.settle()
        assert stage.session.timeline.routine.id == "plank"


def bar(stage: Stage) -> dict[str, str]:
    return {one.cap: one.label for one in stage.app.screen.query_one(KeyBar).shown}


async def test_the_key_bar_shows_only_keys_that_do_something_for_what_is_under_the_cursor(
    staging: Staging,
) -> None:
    async with staging(FakeFront(broken=(BROKEN,)), size=(200, 36)) as stage:
        rows(stage).move_to("stretch-full")
        await stage.settle()
        assert bar(stage)["s"] == "short/full"
        assert "l" not in bar(stage)
        rows(stage).move_to("plank")
        await stage.settle()
        assert bar(stage)["l"] == "level"
        assert "s" not in bar(stage)
        await stage.press("end")
        assert bar(stage)["⏎"] == "problems"
        assert not {"s", "l", "i"} & set(bar(stage))
        await stage.press("slash")
        assert set(bar(stage)) == {"⏎", "esc"}
        await stage.press("z", "z", "enter")
        assert "⏎" not in bar(stage)
        await stage.press("escape")
        assert "⏎" in bar(stage)


async def test_escape_leaves_the_filter(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("slash", "p", "l", "escape")
        assert len([row for row in rows(stage).rows if row.id]) == 3


async def test_s_swaps_short_and_full_or_says_that_there_is_no_other(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("s")
        assert rows(stage).chosen == "stretch-full"
        rows(stage).move_to("plank")
        await stage.press("s")
        assert "no other length" in toasts(stage)


async def test_a_broken_routine_is_a_marked_row_with_its_first_problem_and_the_rest_on_enter(
    staging: Staging,
) -> None:
    async with staging(FakeFront(broken=(BROKEN,))) as stage:
        await stage.press("end")
        shown = seen(stage.app)
        assert "2 problems" in shown
        assert "My [red]own[/red]" in shown
        assert "mine.toml:3:1: fro: no such key" in stage.app.screen.query_one("#preview", Sheet).text
        await stage.press("enter")
        reader = stage.app.screen
        assert isinstance(reader, Reader)
        assert "mine.toml:9:5" in reader.text
        await stage.press("escape")
        assert isinstance(stage.app.screen, HomeScreen)
        assert stage.front.opened == []


async def test_the_notice_stands_before_the_first_session_and_not_before_home(staging: Staging) -> None:
    front = FakeFront()
    front.kept |= {"safety.accepted": "off", "sound.choice": "not chosen"}
    async with staging(front) as stage:
        assert isinstance(stage.app.screen, HomeScreen)
        await stage.press("w")
        notice = stage.app.screen
        assert isinstance(notice, Ask)
        assert "first session" in notice.question
        await stage.press("escape")
        await stage.settle()
        assert isinstance(stage.app.screen, HomeScreen)
        assert front.kept["safety.accepted"] == "off"
        await stage.press("w", "enter")
        question = stage.app.screen
        assert isinstance(question, Ask)
        assert "sound like" in question.question
        await stage.press("2")
        await stage.settle()
        assert isinstance(stage.app.screen, SessionScreen)
        assert front.kept["safety.accepted"] == "on"
        assert front.kept["sound.choice"] == "soft-tones"


@pytest.mark.parametrize(
    ("key", "opened"), [("2", "plank"), ("enter", "plank"), ("5", None), ("8", None), ("escape", None)]
)
async def test_answers_about_the_back(staging: Staging, key: str, opened: str | None) -> None:
    front = FakeFront(gated=True, growing=True)
    async with staging(front) as stage:
        await stage.press("p")
        await stage.pilot.pause()
        assert isinstance(stage.app.screen, Scale)
        await stage.press(key)
        await stage.pilot.pause()
        if opened:
            await stage.settle()
            assert stage.session.timeline.routine.id == opened
        else:
            assert front.opened == []


async def test_a_session_that_broke_off_is_offered_once(staging: Staging) -> None:
    front = FakeFront(broke=BrokenOff("id-1", "plank", "Plank", Millis(42_000), can_go_on=True))
    async with staging(front, wait=False) as stage:
        await stage.until(Ask)
        ask = stage.app.screen
        assert isinstance(ask, Ask)
        assert ask.question == "Plank broke off"
        await stage.press("enter")
        await stage.settle()
        assert front.decided == ["open plank back None level None goes on True"]


@pytest.mark.parametrize(("key", "decided"), [("k", "leave id-1"), ("d", "discard id-1")])
async def test_a_session_that_broke_off_may_be_kept_or_discarded(
    staging: Staging, key: str, decided: str
) -> None:
    front = FakeFront(broke=BrokenOff("id-1", "plank", "Plank", Millis(42_000), can_go_on=False))
    async with staging(front, wait=False) as stage:
        await stage.until(Ask)
        await stage.press(key)
        await stage.settle()
        assert front.decided == [decided]


async def test_a_routine_that_vanished_says_so_and_the_app_goes_on(staging: Staging) -> None:
    front = FakeFront()
    async with staging(front) as stage:
        front.routines = ()
        await stage.press("p")
        await stage.pilot.pause()
        await stage.until(Ask)
        ask = stage.app.screen
        assert isinstance(ask, Ask)
        assert "no such routine" in ask.question
        await stage.press("enter")
        assert isinstance(stage.app.screen, HomeScreen)


async def test_help_lists_the_keys_of_the_screen_in_front_and_safety_is_anywhere(staging: Staging) -> None:
    async with staging() as stage:
        for key in ("question_mark", "f1"):
            await stage.press(key)
            assert isinstance(stage.app.screen, Reader)
            assert "Show only routines that match." in stage.app.screen.text
            await stage.press("escape")
        await stage.press("exclamation_mark")
        assert isinstance(stage.app.screen, Reader)
        assert "emergency number" in stage.app.screen.text
        await stage.press("q")
        assert isinstance(stage.app.screen, HomeScreen)


async def test_a_history_that_cannot_be_read_says_so_and_the_app_goes_on(staging: Staging) -> None:
    trouble = UserError("the history can't be read", hint="look at its folder")
    async with staging(FakeFront(trouble=trouble)) as stage:
        await stage.press("h")
        assert isinstance(stage.app.screen, HistoryScreen)
        await stage.settle()
        assert "can't be read" in seen(stage.app)
        await stage.press("escape")
        assert isinstance(stage.app.screen, HomeScreen)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=lambda size: "x".join(map(str, size)))
async def test_the_numbers_of_the_scale_stand_evenly(staging: Staging, size: tuple[int, int]) -> None:
    async with staging(FakeFront(gated=True, growing=True), size=size) as stage:
        await stage.press("p")
        await stage.until(Scale)
        await stage.pilot.pause()
        numbers = [number.region for number in stage.app.screen.query(Number)]
        assert len({number.width for number in numbers}) == 1
        assert all(number.width >= 3 for number in numbers)
        assert numbers[-1].right <= stage.app.screen.query_one("#box").region.right


async def test_settings_change_at_once_and_are_kept(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("comma")
        assert isinstance(stage.app.screen, SettingsScreen)
        await stage.press("enter")
        assert stage.front.kept["screen.theme"] == "prehab-light"
        assert stage.app.theme == "prehab-light"
        await stage.press("left", "left")
        assert stage.app.theme == stage.front.kept["screen.theme"]
        assert not stage.app.theme.startswith("prehab")
        await stage.press("down", "space")
        assert stage.front.kept["screen.motion"] == "off"
        await stage.press("down", "right")
        assert "set in the file" in toasts(stage)


@pytest.mark.parametrize("name", ["prehab-dark", "prehab-light", "nord", "no-such-theme"])
async def test_the_theme_of_the_settings_is_there_from_the_first_frame(staging: Staging, name: str) -> None:
    front = FakeFront()
    front.kept["screen.theme"] = name
    async with staging(front) as stage:
        known = stage.app.get_theme(name) or stage.app.get_theme("prehab-dark")
        assert known is not None
        assert stage.app.screen.styles.background == Color.parse(known.background or "")


async def test_a_setting_that_cannot_be_written_is_one_notice(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: FakeFront, key: str, value: str) -> None:
        raise UserError("the settings can't be written")

    async with staging() as stage:
        await stage.press("comma")
        monkeypatch.setattr(FakeFront, "save", refuse)
        await stage.press("enter")
        assert "can't be written" in toasts(stage)
        assert stage.app.theme == "prehab-dark"


async def test_a_key_of_another_screen_says_where_it_is_heard(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("x")
        assert "in a session" in toasts(stage)
        await stage.press("x", "v")
        assert toasts(stage).count("in a session") == 1


async def test_own_keys_are_used_shown_and_reported(staging: Staging) -> None:
    front = FakeFront(mine={"home.plank": "k", "home.dance": "d", "home.filter": "w"})
    async with staging(front) as stage:
        said = toasts(stage)
        assert "home.dance" in said
        assert "home.warm-up and home.filter" in said
        assert " k " in seen(stage.app)
        await stage.start("k")
        assert stage.session.timeline.routine.id == "plank"


async def test_the_palette_shows_commands_however_little_room_there_is(staging: Staging) -> None:
    async with staging(size=(20, 5)) as stage:
        await stage.press("ctrl+p")
        for _ in range(100):
            await stage.pilot.pause(0.1)
            if "Start the routine" in seen(stage.app):
                break
        assert "Start the routine" in seen(stage.app)
        assert "Search" in seen(stage.app).splitlines()[0]


async def test_the_palette_finds_commands_and_time_goes_on_below_it(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(25_000)
        await stage.press("ctrl+p")
        assert stage.app.screen is not stage.screen
        await stage.wait(2_000)
        assert stage.view.elapsed == 7_000
        await stage.press(*"restart")
        for _ in range(100):
            await stage.pilot.pause(0.1)
            if stage.app.screen is stage.screen:
                break
            await stage.press("enter")
        assert stage.app.screen is stage.screen
        assert stage.view.count_in


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_home_is_left_by_one_key(staging: Staging, key: str) -> None:
    async with staging() as stage:
        await stage.press(key)
        await stage.pilot.pause()
        assert not stage.app.is_running


async def test_two_thousand_routines_are_drawn_as_quickly_as_twenty(staging: Staging) -> None:
    many = tuple(Entry(f"r{i}", f"Routine {i}", None, None, ("x",)) for i in range(2_000))
    async with staging(FakeFront(broken=many)) as stage:
        await stage.press("end", "pageup", "home", "pagedown")
        assert len(rows(stage).rows) > 2_000


async def test_no_colour_is_sent_when_none_is_wanted(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with staging() as stage:
        assert stage.app.native_ansi_color
        colours = {
            segment.style.color.name
            for strip in stage.app.screen._compositor.render_strips()
            for segment in strip.apply_filter(stage.app._filters[-1], stage.app.screen.background_colors[1])
            if segment.style is not None and segment.style.color is not None
        }
        assert colours <= {"default"}
