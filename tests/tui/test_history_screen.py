from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tui.conftest import Stage, Staging
from tests.tui.diary import history, session
from tests.tui.fakes import NOW, FakeFront, plank, seen, stretch, warm_up

from prehab.domain.due import Target, Today
from prehab.domain.duration import Millis
from prehab.domain.events import Outcome
from prehab.domain.records import SessionRecord
from prehab.domain.routine import Phase, Progression
from prehab.history.store import Store
from prehab.session.looking_back import DAYS_OF_BACK, Back, Week
from prehab.tui.screens.history import PAGE, PARTS, HistoryScreen
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.reader import Reader
from prehab.tui.widgets.calendar import Weeks, shares
from prehab.tui.widgets.growth import back_over_time
from prehab.tui.widgets.keybar import KeyBar
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.marks import PHASES, VERDICTS, dots, targets_line
from prehab.tui.widgets.rows import Rows
from prehab.tui.widgets.sheet import Sheet

GROWS = replace(plank(), progression=Progression())
SIZES = [(120, 36), (80, 24), (40, 12), (20, 5)]
DAY = timedelta(days=1)


def diary() -> Iterator[SessionRecord]:
    """Six weeks of planks, one of them a missed one, the last two at the next level; runs on Tuesdays."""
    for number in range(14):
        at = NOW - 3 * (14 - number) * DAY
        held = (30, 30, 24) if number == 3 else (35, 35, 35) if number > 7 else (30, 30, 30)
        yield session(number, at, held=held, level=35 if number > 7 else 30, back=number % 4)
    for number, weeks in enumerate((0, 1, 3), 100):
        at = NOW - timedelta(days=5 + 7 * weeks)
        yield session(number, at, "warmup-short", (45, 15, 15))
        yield session(number + 100, at + timedelta(hours=1), "stretch-full", (240, 240))


def growing(store: Store, due: Today | None = None) -> FakeFront:
    """A house whose plank grows, with this history."""
    front = FakeFront(routines=(warm_up(), GROWS, stretch()), store=store)
    front.due = due or front.due
    return front


async def opened(stage: Stage) -> HistoryScreen:
    """The history, with everything read that it shows."""
    await stage.press("h")
    await stage.settle()
    assert isinstance(stage.app.screen, HistoryScreen)
    return stage.app.screen


async def go_to(stage: Stage, part: str) -> None:
    screen = stage.app.screen
    assert isinstance(screen, HistoryScreen)
    for _ in PARTS:
        if screen.part == part:
            break
        await stage.press("tab")
    assert screen.part == part
    await stage.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_history_says_kindly_what_will_stand_there(
    staging: Staging, size: tuple[int, int]
) -> None:
    async with staging(growing(history()), size=size) as stage:
        await opened(stage)
        await go_to(stage, "sessions")
        assert "Nothing yet." in seen(stage.app)
        assert stage.app.screen.query_one(Rows).chosen == ""
        await stage.press("enter", "d", "u", "g", "down", "end")
        assert isinstance(stage.app.screen, HistoryScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_every_part_shows_what_was_done_at_every_size(staging: Staging, size: tuple[int, int]) -> None:
    async with staging(growing(history(*diary())), size=size) as stage:
        await opened(stage)
        assert "16 Nov" in seen(stage.app)
        assert PHASES[Phase.ANY_DAY].shape in seen(stage.app)
        if size < (100, 30):
            await go_to(stage, "holds")
        assert "19 Nov" in seen(stage.app)
        await go_to(stage, "sessions")
        assert "NOV 2026" in seen(stage.app)
        await stage.press("down", "enter")
        await stage.settle()
        assert isinstance(stage.app.screen, Reader)
        assert "and 1 more" not in stage.app.screen.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_steps_of_a_session_leave_none_out(staging: Staging, size: tuple[int, int]) -> None:
    record = session(1, NOW, held=(30, 30, 24))
    steps = [replace(step, name=f"Step {number}") for number, step in enumerate(record.steps * 12)]
    async with staging(growing(history(replace(record, steps=tuple(steps)))), size=size) as stage:
        await opened(stage)
        await go_to(stage, "sessions")
        await stage.press("enter")
        await stage.settle()
        assert isinstance(stage.app.screen, Reader)
        assert "Step 35" in stage.app.screen.text
        assert "more" not in stage.app.screen.text


async def test_with_room_all_parts_are_seen_at_once(staging: Staging) -> None:
    async with staging(growing(history(*diary())), size=(120, 36)) as stage:
        await opened(stage)
        shown = seen(stage.app)
        for words in (
            "Mon  Tue",
            "before a run",
            "NOV 2026",
            "Plank: seconds held",
            "Back before each session",
        ):
            assert words in shown


async def test_a_week_adds_its_minutes_up_by_phase(staging: Staging) -> None:
    async with staging(growing(history(*diary())), size=(120, 36)) as stage:
        screen = await opened(stage)
        week = screen.query_one(Weeks).weeks[0]
        assert week.spent == {
            Phase.BEFORE_RUN: 75_000,
            Phase.AFTER_RUN: 480_000,
            Phase.ANY_DAY: 2 * 105_000,
        }
        assert week.days[1] == {Phase.BEFORE_RUN, Phase.AFTER_RUN}
        assert "▲ before a run 1 min   ▼ after a run 8 min   ■ any day 4 min" in seen(stage.app)


async def test_weeks_of_routines_that_are_gone_still_count(staging: Staging) -> None:
    store = history(session(1, NOW - DAY, "gone", (60,)))
    async with staging(growing(store), size=(120, 36)) as stage:
        await opened(stage)
        assert "○ gone since 1 min" in seen(stage.app)


async def test_the_calendar_goes_back_in_time_and_reads_only_the_weeks_it_shows(staging: Staging) -> None:
    async with staging(growing(history(*diary())), size=(80, 24)) as stage:
        screen = await opened(stage)
        weeks = screen.query_one(Weeks)
        shown, asked = len(weeks.weeks), []

        def read(first: int, count: int) -> tuple[Week, ...]:
            asked.append((first, count))
            return tuple(Week(first + 7 * n, (frozenset(),) * 7, {}) for n in range(count))

        today = NOW.toordinal()
        weeks.look(read, today)
        await stage.press("pagedown")
        monday = today - 6
        assert asked == [(monday - 7 * (shown - 1), shown), (monday - 7 * (shown - 1), shown)]
        await stage.press("down")
        assert asked[-1] == (monday - 7 * shown, shown)
        await stage.press("home")
        chosen = weeks.chosen
        assert chosen is not None
        assert chosen.monday == monday


async def test_the_chart_shows_levels_sets_and_what_moved(staging: Staging) -> None:
    async with staging(growing(history(*diary())), size=(120, 36)) as stage:
        screen = await opened(stage)
        chart = screen.query_one("#chart", Sheet).text
        assert "30 s" in chart
        assert set(chart) >= {"▲", "●"}
        assert "move you up" in chart


async def test_a_chart_without_room_is_a_list_of_the_holds(staging: Staging) -> None:
    async with staging(growing(history(*diary())), size=(40, 12)) as stage:
        screen = await opened(stage)
        await go_to(stage, "holds")
        lines = screen.query_one("#chart", Sheet).text.splitlines()
        assert any(line.endswith("▲ up to 40 s") for line in lines)
        assert all(len(line) <= 38 for line in lines)


async def test_an_empty_list_offers_no_keys_for_a_session(staging: Staging) -> None:
    async with staging(size=(100, 30)) as stage:
        await opened(stage)
        await go_to(stage, "sessions")
        labels = {hint.label for hint in stage.app.screen.query_one(KeyBar).shown}
        assert not labels & {"steps", "delete"}
    async with staging(FakeFront(store=history(session(1, NOW - DAY)))) as stage:
        await opened(stage)
        await go_to(stage, "sessions")
        assert {"steps", "delete"} <= {hint.label for hint in stage.app.screen.query_one(KeyBar).shown}


async def test_nothing_is_drawn_before_there_is_a_session(staging: Staging) -> None:
    async with staging(growing(history()), size=(120, 36)) as stage:
        screen = await opened(stage)
        assert "Begin with three sets of 30 s" in screen.query_one("#chart", Sheet).text.replace("\n", " ")


async def test_a_session_is_deleted_and_brought_back_as_it_was(staging: Staging) -> None:
    records = list(diary())
    store = history(*records)
    async with staging(growing(store), size=(120, 36)) as stage:
        screen = await opened(stage)
        await go_to(stage, "sessions")
        rows = screen.query_one(Rows)
        await stage.press("down")
        id = rows.chosen
        before = store.record(id)
        weeks = screen.query_one(Weeks).weeks
        await stage.press("d")
        await stage.settle()
        assert store.record(id) is None
        assert rows.chosen not in {"", id}
        assert screen.query_one(Weeks).weeks != weeks
        await stage.press("u")
        await stage.settle()
        assert store.record(id) == before
        assert rows.chosen == id
        assert screen.query_one(Weeks).weeks == weeks


async def test_deletions_are_taken_back_one_by_one_and_then_there_is_none(staging: Staging) -> None:
    store = history(*(session(number, NOW - number * DAY) for number in range(1, 4)))
    async with staging(growing(store), size=(80, 24)) as stage:
        screen = await opened(stage)
        await go_to(stage, "sessions")
        await stage.press("d", "d", "d")
        await stage.settle()
        assert "Nothing yet." in seen(stage.app)
        await stage.press("u", "u", "u", "u")
        await stage.settle()
        assert [row.id[-1] for row in screen.query_one(Rows).rows if row.id] == ["1", "2", "3"]


async def test_nothing_is_deleted_while_the_calendar_has_the_keys(staging: Staging) -> None:
    store = history(session(1, NOW))
    async with staging(growing(store), size=(120, 36)) as stage:
        await opened(stage)
        await stage.press("d")
        assert store.record(session(1, NOW).id) is not None


async def test_older_sessions_are_read_when_the_cursor_comes_to_them(staging: Staging) -> None:
    many = 2 * PAGE + 50
    store = history(*(session(number, NOW - number * DAY) for number in range(many)))
    async with staging(growing(store), size=(80, 24)) as stage:
        screen = await opened(stage)
        await go_to(stage, "sessions")
        rows = screen.query_one(Rows)
        for read in (PAGE, 2 * PAGE, many, many):
            assert sum(bool(row.id) for row in rows.rows) == read
            await stage.press("end")


async def test_a_session_is_told_with_its_sets_and_answers(staging: Staging) -> None:
    broken = session(7, NOW, held=(30, 24), back=2, outcome=Outcome.UNFINISHED)
    async with staging(growing(history(broken)), size=(80, 24)) as stage:
        screen = await opened(stage)
        await go_to(stage, "sessions")
        detail = screen.query_one("#detail", Sheet).text
        assert "22 Nov 2026, 19:30 · broken off" in detail
        assert "back before 2 · effort 6 · pain 1" in detail
        assert "30 · 24" in detail
        assert screen.query_one(Rows).rows[1].is_marked


async def test_markup_in_a_name_is_shown_letter_by_letter(staging: Staging) -> None:
    store = history(replace(session(1, NOW), name="[red]x[/] [@click=app.quit]y[/]"))
    async with staging(growing(store), size=(80, 24)) as stage:
        await opened(stage)
        await go_to(stage, "sessions")
        await stage.press("enter")
        assert "[red]x[/] [@click=app.quit]y[/]" in seen(stage.app)


async def test_the_week_has_targets_and_no_streak(staging: Staging) -> None:
    day = Today((), (Target("Core", ("plank",), 2, 3), Target("Stretch", ("stretch-full",), 0, 3)), "")
    async with staging(growing(history(*diary()), day), size=(120, 36)) as stage:
        screen = await opened(stage)
        assert screen.query_one("#targets", Line).text == "This week:  Core ●●○ 2 of 3   Stretch ○○○ 0 of 3"
        assert "streak" not in seen(stage.app).lower()


async def test_tab_and_the_mouse_go_from_part_to_part_and_escape_goes_home(staging: Staging) -> None:
    async with staging(growing(history(*diary())), size=(80, 24)) as stage:
        screen = await opened(stage)
        for part in ("holds", "sessions", "weeks"):
            await stage.press("tab")
            assert screen.part == part
        await stage.press("shift+tab")
        assert screen.part == "sessions"
        await stage.pilot.click("#tab-holds")
        assert screen.part == "holds"
        await stage.press("escape")
        assert isinstance(stage.app.screen, HomeScreen)


async def test_another_routine_that_grows_is_one_key_away(staging: Staging) -> None:
    other = replace(GROWS, id="side", name="Side plank")
    done = replace(session(1, NOW - DAY), routine="side", name="Side plank")
    front = FakeFront(routines=(GROWS, other), store=history(session(2, NOW - 2 * DAY), done))
    async with staging(front, size=(120, 36)) as stage:
        screen = await opened(stage)
        assert screen.query_one("#chart", Sheet).text.startswith("Side plank")
        await stage.press("g")
        await stage.settle()
        assert screen.query_one("#chart", Sheet).text.startswith("Plank")


def test_every_phase_and_every_verdict_has_a_shape_of_its_own() -> None:
    assert len({mark.shape for mark in PHASES.values()}) == len(PHASES) == len(Phase) + 1
    assert len({mark.shape for mark in VERDICTS.values()}) == len(VERDICTS)


def test_the_back_is_a_dot_and_its_number_for_each_day() -> None:
    today = 739_000
    backs = [Back(today, 10), Back(today - 1, 4), Back(today - 1, 2), Back(today - 20, 0)]
    drawn, numbers = ("".join(text for text, _ in line) for line in back_over_time(backs, today)(80, 2))
    assert drawn.split()[0] == "○"
    assert drawn.split()[-2:] == ["●", "x"]
    assert numbers.split() == ["0", "4", "X"]
    assert len(drawn.split()) == DAYS_OF_BACK


def test_targets_give_way_to_the_room() -> None:
    targets = [Target("Core", (), 2, 3), Target("Rolling", (), 9, 14)]
    assert targets_line(targets, 80) == "This week:  Core ●●○ 2 of 3   Rolling 9 of 14"
    assert targets_line(targets, 36) == "This week:  Core ●●○   Rolling 9/14"
    assert targets_line(targets, 24) == "Core ●●○   Rolling 9/14"
    assert targets_line(targets, 10) == "Core ●●○"
    assert targets_line(targets, 3) == ""
    assert targets_line([], 80) == ""


def test_more_than_was_wanted_is_still_a_full_week() -> None:
    assert dots(Target("Core", (), 5, 3)) == "●●● 5 of 3"


@given(
    st.dictionaries(st.sampled_from(list(PHASES)), st.integers(1, 10**8).map(Millis), min_size=1),
    st.integers(0, 10**8),
    st.integers(8, 60),
)
def test_a_bar_shows_every_phase_and_never_outgrows_its_room(
    spent: dict[Phase | None, Millis], more: int, cells: int
) -> None:
    most = Millis(sum(spent.values()) + more)
    shared = shares(spent, most, cells)
    assert {phase for phase, _ in shared} == set(spent)
    assert all(length >= 1 for _, length in shared)
    assert sum(length for _, length in shared) <= cells
    if not more:
        assert sum(length for _, length in shared) == cells
