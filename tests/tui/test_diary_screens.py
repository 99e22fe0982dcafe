"""The run, the morning after, and what the diary tells, on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tui.conftest import Stage, Staging
from tests.tui.diary import history, session
from tests.tui.fakes import NOW, FakeFront, seen

from prehab import resources
from prehab.domain.diary import MAX_DISTANCE, MAX_DURATION, Amount, CheckIn, Place, Run, Surface
from prehab.domain.duration import Millis, seconds
from prehab.domain.posture import planned
from prehab.domain.routine import Routine
from prehab.formats.loader import read
from prehab.history import diary as kept
from prehab.history.instants import instant_of
from prehab.history.store import Store
from prehab.tui.form import UNKNOWN, Field, Form
from prehab.tui.screens.ask import Ask
from prehab.tui.screens.diary import DiaryScreen
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.insights import InsightsScreen
from prehab.tui.screens.reader import Reader
from prehab.tui.screens.run import RunScreen
from prehab.tui.screens.session import SessionScreen
from prehab.tui.screens.soreness import SorenessScreen
from prehab.tui.screens.summary import SummaryScreen
from prehab.tui.widgets.keybar import KeyBar, fitting
from prehab.tui.widgets.page import page
from prehab.tui.widgets.rows import Rows
from prehab.tui.widgets.sheet import Sheet

SIZES = [(120, 36), (80, 24), (40, 12)]
MORNING = datetime(2026, 11, 22, 6, 40, tzinfo=NOW.tzinfo)


def warmed_up() -> Store:
    """A history with a warm-up that ended forty minutes ago."""
    return history(session(1, NOW - timedelta(minutes=44), "warmup-short", (45,)))


def run_at(moment: datetime, surface: Surface | None = None, number: int = 1) -> Run:
    return Run(f"00000000-0000-4000-8000-{number:012d}", instant_of(moment), 5200, seconds(1800), surface)


def diary_of(days: int = 21) -> Store:
    """Three weeks of runs every other day, each with its morning after."""
    store = history()
    front = FakeFront(store=store)
    for number in range(days, 0, -2):
        began = NOW - timedelta(days=number)
        surface = Surface.CONCRETE if number % 4 == 1 else Surface.TRAIL
        kept.keep_run(store, run_at(began, surface, number))
        front.now = began.replace(hour=6, minute=40) + timedelta(days=1)
        sore = 5 if surface is Surface.CONCRETE else 2
        front.diary().log_soreness({"lower back": sore, "shoulders": number % 3})
    return store


@pytest.mark.parametrize(
    ("pressed", "amount"), [((), Amount.SHORT), (("1",), Amount.NONE), (("3",), Amount.FULL)]
)
async def test_a_warm_up_is_proposed_and_what_is_said_of_it_stays(
    staging: Staging, pressed: tuple[str, ...], amount: Amount
) -> None:
    async with staging(FakeFront(store=warmed_up())) as stage:
        await stage.until(Ask)
        await stage.press("m")
        await stage.until(RunScreen)
        stage.app.screen.query_one(Rows).move_to(Field.WARM_UP.name)
        await stage.pilot.pause()
        await stage.press(*pressed, "enter")
        await stage.until(HomeScreen)
        await stage.settle()
        assert [run.warm_up for run in runs(stage.front)] == [amount]


def said(stage: Stage) -> str:
    return " ".join(str(one.message) for one in stage.app._notifications)


def runs(front: FakeFront) -> tuple[Run, ...]:
    return front.diary().diary().runs


@pytest.mark.parametrize("size", SIZES)
async def test_a_run_is_told_with_arrows_and_digits_alone(staging: Staging, size: tuple[int, int]) -> None:
    async with staging(size=size) as stage:
        await stage.press("r")
        await stage.until(RunScreen)
        for key in ("5", "full_stop", "2", "down", "3", "1", "down", "1", "down", "6", "down", "2"):
            await stage.press(key)
        await stage.press("enter")
        await stage.until(HomeScreen)
        await stage.settle()
        (run,) = runs(stage.front)
        assert (run.distance_m, run.duration_ms, run.surface) == (5200, seconds(31 * 60), Surface.CONCRETE)
        assert (run.effort, run.hills, run.shoes, run.note) == (6, False, None, "")


async def test_letters_are_letters_in_a_name_and_a_note(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("r")
        await stage.until(RunScreen)
        stage.app.screen.query_one(Rows).move_to(Field.NOTE.name)
        await stage.pilot.pause()
        await stage.press("q", "o", "question_mark", "space", "m", "backspace", "backspace")
        await stage.press("enter")
        await stage.until(HomeScreen)
        await stage.settle()
        assert [run.note for run in runs(stage.front)] == ["qo?"]


async def test_a_long_note_shows_its_end(staging: Staging) -> None:
    async with staging(size=(40, 12)) as stage:
        await stage.press("r")
        await stage.until(RunScreen)
        stage.app.screen.query_one(Rows).move_to(Field.NOTE.name)
        await stage.pilot.pause()
        await stage.press(*"thelegswereheavyfromthehill")
        assert "avyfromthehill" in seen(stage.app)


async def test_leaving_the_form_keeps_nothing(staging: Staging) -> None:
    async with staging() as stage:
        await stage.press("r")
        await stage.until(RunScreen)
        await stage.press("5", "escape")
        await stage.until(HomeScreen)
        assert runs(stage.front) == ()


@pytest.mark.parametrize("size", SIZES)
async def test_after_a_warm_up_enter_is_yes_to_the_run(staging: Staging, size: tuple[int, int]) -> None:
    front = FakeFront(store=warmed_up())
    async with staging(front, size=size) as stage:
        await stage.until(Ask)
        assert "Ran 18:50 to 19:30?" in seen(stage.app)
        await stage.press("enter")
        await stage.until(HomeScreen)
        await stage.settle()
        (run,) = runs(front)
        assert run.warm_up is Amount.SHORT
        assert run.duration_ms == Millis(40 * 60_000)


async def test_a_run_that_was_none_is_not_asked_about_again(staging: Staging) -> None:
    front = FakeFront(store=warmed_up())
    async with staging(front) as stage:
        await stage.until(Ask)
        await stage.press("n")
        await stage.until(HomeScreen)
        await stage.settle()
    later = FakeFront(store=warmed_up(), kept=front.kept)
    async with staging(later) as stage:
        await stage.settle()
        assert isinstance(stage.app.screen, HomeScreen)
        assert runs(later) == ()


async def test_a_proposed_run_can_be_corrected_before_it_is_kept(staging: Staging) -> None:
    front = FakeFront(store=warmed_up())
    async with staging(front) as stage:
        await stage.until(Ask)
        await stage.press("m")
        await stage.until(RunScreen)
        assert "40 min" in seen(stage.app)
        await stage.press("8", "enter")
        await stage.until(HomeScreen)
        await stage.settle()
        assert [run.distance_m for run in runs(front)] == [8000]


def morning_after() -> FakeFront:
    store = history()
    kept.keep_run(store, run_at(MORNING - timedelta(hours=12)))
    return FakeFront(store=store, now=MORNING)


@pytest.mark.parametrize("size", SIZES)
async def test_the_morning_after_takes_one_digit_each(staging: Staging, size: tuple[int, int]) -> None:
    front = morning_after()
    async with staging(front, size=size) as stage:
        await stage.until(SorenessScreen)
        assert "worst I can imagine" in " ".join(stage.app.screen.query_one("#about", Sheet).text.split())
        await stage.press("3", "2", "n", "enter")
        await stage.until(HomeScreen)
        await stage.settle()
        assert "Lower back" in seen(stage.app)
        rated = front.diary().diary()
        assert {one.area: one.score for one in rated.soreness} == {"lower back": 3, "shoulders": 2}
        assert len(rated.rated("lower back")) == 1


async def test_a_check_in_that_was_skipped_is_not_asked_again(staging: Staging) -> None:
    front = morning_after()
    async with staging(front) as stage:
        await stage.until(SorenessScreen)
        await stage.press("escape")
        await stage.until(HomeScreen)
        await stage.settle()
    later = replace(morning_after(), kept=front.kept)
    async with staging(later) as stage:
        await stage.settle()
        assert isinstance(stage.app.screen, HomeScreen)


@pytest.mark.parametrize(
    "pressed",
    [("6", "enter"), ("right", "enter"), ("down", "down", "y", "enter"), ("down", "down", "y", "escape")],
)
async def test_a_bad_back_and_what_is_sharp_lead_to_the_warning_signs(
    staging: Staging, pressed: tuple[str, ...]
) -> None:
    async with staging(FakeFront(now=MORNING)) as stage:
        await stage.press("m")
        await stage.until(SorenessScreen)
        await stage.press(*pressed)
        await stage.until(Reader)
        assert "Warning signs" in seen(stage.app)


async def test_the_warning_signs_come_before_a_session_that_was_asked_for(staging: Staging) -> None:
    async with staging(morning_after(), start="warmup-short", wait=False) as stage:
        await stage.until(SorenessScreen)
        await stage.press("7", "enter")
        await stage.until(Reader)
        await stage.press("escape")
        await stage.pilot.pause()
        assert stage.front.opened == []


async def test_other_areas_and_sides_are_there_on_demand(staging: Staging) -> None:
    front = FakeFront(now=MORNING)
    async with staging(front) as stage:
        await stage.press("m")
        await stage.until(SorenessScreen)
        assert "Calves" not in seen(stage.app)
        await stage.press("o")
        assert "Calves" in seen(stage.app)
        stage.app.screen.query_one(Rows).move_to("calves")
        await stage.pilot.pause()
        await stage.press("s", "4", "enter")
        await stage.until(HomeScreen)
        await stage.settle()
        (entry,) = front.diary().diary().soreness
        assert (entry.area, entry.score, entry.side) == ("calves", 4, Place.LEFT)


@pytest.mark.parametrize("size", SIZES)
async def test_the_picture_comes_before_the_comparisons(staging: Staging, size: tuple[int, int]) -> None:
    async with staging(FakeFront(store=diary_of()), size=size) as stage:
        await stage.press("d")
        await stage.until(InsightsScreen)
        await stage.settle()
        screen = stage.app.screen
        assert isinstance(screen, InsightsScreen)
        assert (
            screen.text.index("Lower back") < screen.text.index("Runs") < screen.text.index("6 comparisons")
        )
        assert "c concrete" in screen.text
        assert "w trail" in screen.text
        for one in stage.front.diary().insights():
            assert " ".join(one.sentence.split()) in " ".join(screen.text.split())


LIST_SIZES = [*SIZES, (20, 5)]


async def opened_list(stage: Stage) -> Rows:
    await stage.press("d")
    await stage.until(InsightsScreen)
    await stage.press("l")
    await stage.until(DiaryScreen)
    await stage.settle()
    return stage.app.screen.query_one(Rows)


def kept_in(front: FakeFront) -> tuple[object, ...]:
    return front.diary().pages()


@pytest.mark.parametrize("size", LIST_SIZES)
async def test_every_run_and_check_in_can_be_deleted_and_brought_back(
    staging: Staging, size: tuple[int, int]
) -> None:
    front = FakeFront(store=diary_of(7))
    before = kept_in(front)
    async with staging(front, size=size) as stage:
        rows = await opened_list(stage)
        assert len([row for row in rows.rows if row.id]) == len(before) == 8
        for _ in before:
            await stage.press("d")
        assert kept_in(front) == ()
        assert "Nothing is told" in seen(stage.app)
        await stage.press("d", "enter")
        for _ in before:
            await stage.press("u")
        await stage.settle()
        assert kept_in(front) == before
        await stage.press("u")
        assert "nothing was deleted or changed here" in said(stage)
        await stage.press("escape")
        await stage.until(InsightsScreen)


@pytest.mark.parametrize("size", LIST_SIZES)
async def test_a_run_is_put_right_in_its_form_and_that_can_be_undone(
    staging: Staging, size: tuple[int, int]
) -> None:
    front = FakeFront(store=history())
    run = replace(run_at(NOW - timedelta(days=2), Surface.CONCRETE), warm_up=Amount.NONE, note="windy")
    front.diary().log_run(run)
    async with staging(front, size=size) as stage:
        await opened_list(stage)
        await stage.press("enter")
        await stage.until(RunScreen)
        await stage.press("6", "down", "down", "5", "enter")
        await stage.until(DiaryScreen)
        await stage.settle()
        assert kept_in(front) == (replace(run, distance_m=6000, surface=Surface.GRASS),)
        if size[1] > 5:
            assert "6.0 km" in seen(stage.app)
        await stage.press("u")
        assert kept_in(front) == (run,)
        await stage.press("e")
        await stage.until(RunScreen)
        await stage.press("escape")
        await stage.until(DiaryScreen)
        assert kept_in(front) == (run,)


@pytest.mark.parametrize("size", LIST_SIZES)
async def test_a_check_in_is_put_right_where_it_was_answered(staging: Staging, size: tuple[int, int]) -> None:
    front = FakeFront(store=history())
    front.diary().log_soreness({"lower back": 4, "shoulders": 2})
    front.diary().log_soreness({"calves": 3}, side=Place.LEFT)
    before = kept_in(front)
    async with staging(front, size=size) as stage:
        await opened_list(stage)
        await stage.press("enter")
        await stage.until(SorenessScreen)
        await stage.press("1", "enter")
        await stage.until(DiaryScreen)
        await stage.settle()
        (page,) = kept_in(front)
        assert isinstance(page, CheckIn)
        assert {(one.area, one.score, one.side) for one in page.entries} == {
            ("lower back", 1, None), ("shoulders", 2, None), ("calves", 3, Place.LEFT),
        }  # fmt: skip
        await stage.press("u")
        assert kept_in(front) == before


@pytest.mark.parametrize(
    "keys", [("7", "enter"), ("down", "down", "y", "enter"), ("down", "down", "y", "escape")]
)
async def test_red_flags_of_a_check_in_that_is_put_right_lead_to_the_warning_signs(
    staging: Staging, keys: tuple[str, ...]
) -> None:
    front = FakeFront(store=history())
    front.diary().log_soreness({"lower back": 4, "shoulders": 2})
    async with staging(front) as stage:
        await opened_list(stage)
        await stage.press("enter")
        await stage.until(SorenessScreen)
        await stage.press(*keys)
        await stage.until(Reader)
        assert "emergency" in seen(stage.app)
        await stage.press("escape")
        await stage.until(DiaryScreen)
        (page,) = kept_in(front)
        assert isinstance(page, CheckIn)
        assert len(page.entries) == 2


async def test_each_score_of_a_check_in_has_its_own_words(staging: Staging) -> None:
    front = FakeFront(store=history())
    front.diary().log_soreness({"shoulders": 6, "lower back": 2})
    async with staging(front) as stage:
        await opened_list(stage)
        assert "2: there, now and then" in seen(stage.app)
        assert "6: hard to put aside" in seen(stage.app)


async def test_the_list_of_the_diary_hears_the_mouse(staging: Staging) -> None:
    front = FakeFront(store=diary_of(7))
    async with staging(front, size=(80, 24)) as stage:
        rows = await opened_list(stage)
        line = next(at for at, row in enumerate(rows.rows) if "Run" in row.left)
        await stage.pilot.click(rows, offset=(6, line))
        assert rows.chosen == rows.rows[line].id
        await stage.pilot.click(rows, offset=(6, line), times=2)
        await stage.until(RunScreen)
        await stage.press("escape")
        await stage.until(DiaryScreen)
        bar = stage.app.screen.query_one(KeyBar)
        x = next(x for x, one in fitting(bar.shown, bar.size.width) if one.action == "diary_delete")
        await stage.pilot.click(bar, offset=(x + 1, 0))
        assert len(kept_in(front)) == 7


async def test_how_sure_we_are_can_be_read_from_there(staging: Staging) -> None:
    async with staging(size=(40, 12)) as stage:
        await stage.press("d")
        await stage.until(InsightsScreen)
        await stage.press("s")
        await stage.until(Reader)
        reader = stage.app.screen
        assert isinstance(reader, Reader)
        assert "A diary is not an experiment." in " ".join(reader.text.split())


@pytest.mark.parametrize("width", [30, 60, 90])
def test_the_page_fits_any_width_and_shows_no_markup(width: int) -> None:
    lines = page(Path(resources.how_sure()).read_text(encoding="utf-8"), width)
    shown = ["".join(text for text, _ in line) for line in lines]
    assert max(map(len, shown)) <= width
    assert not any(mark in line for line in shown for mark in ("**", "[[", "](", "|--"))


@pytest.mark.parametrize("size", SIZES)
async def test_home_shows_three_weeks_of_mornings(staging: Staging, size: tuple[int, int]) -> None:
    async with staging(FakeFront(store=diary_of()), size=size) as stage:
        line = stage.app.screen.query_one("#mornings", Sheet)
        assert line.display
        assert line.text.split("Lower back  ")[1].split("   ")[0].count("5") == 6


async def test_home_has_no_line_while_there_is_nothing_to_see(staging: Staging) -> None:
    async with staging() as stage:
        assert not stage.app.screen.query_one("#mornings", Sheet).display


@pytest.mark.parametrize("size", SIZES)
async def test_home_says_when_somebody_should_see_the_back(staging: Staging, size: tuple[int, int]) -> None:
    store = history()
    front = FakeFront(store=store)
    for number in (6, 4, 2):
        kept.keep_run(store, run_at(NOW - timedelta(days=number), number=number))
        front.now = NOW - timedelta(days=number - 1, hours=12)
        front.diary().log_soreness({"lower back": 5})
    front.now = NOW
    async with staging(front, size=size) as stage:
        assert "Show the back to somebody" in seen(stage.app)
        stage.app.screen.query_one(Rows).move_to("visit:")
        await stage.press("enter")
        await stage.until(Reader)
        assert "3 runs in a row" in " ".join(seen(stage.app).split())


async def test_a_stretch_before_a_run_gets_a_word_and_begins(staging: Staging) -> None:
    async with staging(FakeFront(word="Held stretches fit better after the run.")) as stage:
        await stage.start("c")
        assert isinstance(stage.app.screen, SessionScreen)
        assert "Held stretches fit better" in said(stage)


def posture(*, is_open: bool) -> Routine:
    routine = read(resources.routines() / "run-posture.toml")
    return planned(routine, None if is_open else Millis(45 * 60_000))


async def test_an_open_run_shows_how_long_it_takes(staging: Staging) -> None:
    front = FakeFront(routines=(replace(posture(is_open=True), id="warmup-short"),))
    async with staging(front) as stage:
        await stage.start("w")
        await stage.wait(2_000)
        assert "until you end it" in seen(stage.app)
        assert "then  done" not in seen(stage.app)
        await stage.wait(8_000 + 75_000)
        shown = seen(stage.app)
        assert "1:15 so far" in shown
        assert "run so far" in shown
        assert "enter when done" not in shown


async def test_a_run_that_was_led_is_asked_about_as_soon_as_it_is_over(staging: Staging) -> None:
    run = replace(posture(is_open=True), id="warmup-short")
    front = FakeFront(routines=(run,), store=history())
    async with staging(front) as stage:
        await stage.start("w")
        await stage.wait(90_000)
        led = session(1, NOW - timedelta(minutes=4), "warmup-short", (80,))
        assert front.store is not None
        with front.store.writing():
            front.store.replace(led)
        front.now = NOW + timedelta(minutes=1)
        await stage.press("enter")
        await stage.until(SummaryScreen)
        await stage.press("escape")
        await stage.until(Ask)
        assert "Ran 19:26 to 19:30?" in seen(stage.app)
        await stage.press("enter")
        await stage.until(HomeScreen)
        await stage.settle()
        assert len(runs(front)) == 1


def checks(stage: Stage) -> int:
    return sum(len(segment.cues) for segment in stage.session.timeline.segments)


async def test_a_tired_runner_hears_the_late_checks(staging: Staging) -> None:
    front = FakeFront(routines=(replace(posture(is_open=False), id="warmup-short"),))
    async with staging(front) as stage:
        await stage.start("w")
        await stage.wait(75_000)
        before = checks(stage)
        await stage.press("t")
        assert checks(stage) > before
        assert "the checks come more often" in said(stage)


@pytest.mark.parametrize("size", [(100, 30), (40, 12)])
async def test_a_check_is_read_on_the_screen_until_the_next_one(
    staging: Staging, size: tuple[int, int]
) -> None:
    def words() -> str:
        return " ".join(seen(stage.app).split())

    front = FakeFront(routines=(replace(posture(is_open=False), id="warmup-short"),))
    async with staging(front, size=size) as stage:
        await stage.start("w")
        await stage.wait(10_000 + 59_000)
        assert "One ear free near traffic." in words()
        await stage.wait(2_000)
        assert "Eyes ahead, chin level" in words()
        await stage.wait(239_000)
        assert "Shrug up, let go" in words()
        assert "Eyes ahead" not in words()


@pytest.mark.parametrize(("key", "minutes"), [("enter", 30), ("1", 15), ("4", 60), ("o", None)])
async def test_a_run_asks_how_long_it_is(staging: Staging, key: str, minutes: int | None) -> None:
    whole = replace(planned(posture(is_open=True), Millis(30 * 60_000)), id="warmup-short")
    async with staging(FakeFront(routines=(whole,), asks_run=True), size=(40, 12)) as stage:
        await stage.press("w")
        await stage.until(Ask)
        assert "How long is the run?" in seen(stage.app)
        assert "Not now" in seen(stage.app)
        await stage.press(key)
        await stage.until(SessionScreen)
        length = stage.session.timeline.segments[-1].length
        assert length == (None if minutes is None else Millis(minutes * 60_000))


async def test_getting_tired_means_nothing_in_other_sessions(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("w")
        await stage.wait(15_000)
        assert "tired" not in seen(stage.app)
        await stage.press("t")
        assert "only on a run" in said(stage)


def form() -> Form:
    return Form(Run(str(UUID(int=1)), instant_of(NOW)), NOW, (("Blue", 212_000), ("Red", 0)))


def typed(form: Form, field: Field, text: str) -> Form:
    for character in text:
        form = form.typed(field, character) or form
    return form.left(field)


@pytest.mark.parametrize(
    ("text", "length"), [("31", 1860), ("31:20", 1880), ("1:02:30", 3750), ("1:75", None), (":", None)]
)
def test_a_length_is_minutes_or_what_a_watch_shows(text: str, length: int | None) -> None:
    known = typed(form(), Field.DURATION, text).run.duration_ms
    assert known == (None if length is None else seconds(length))


@pytest.mark.parametrize(
    ("text", "shown"), [("730", "7:30"), ("7:30", "7:30"), ("7", "7:00"), ("2590", "19:30")]
)
def test_a_time_is_typed_with_or_without_its_colon(text: str, shown: str) -> None:
    assert typed(form(), Field.TIME, text).shown(Field.TIME) == shown


def test_no_run_is_yet_to_come() -> None:
    assert typed(form(), Field.TIME, "23:00").began == NOW
    assert form().stepped(Field.DAY, 1).began == NOW
    assert form().stepped(Field.DAY, -1).shown(Field.DAY).startswith("yesterday")


def test_a_run_is_no_longer_than_can_be_kept_and_no_length_is_unknown() -> None:
    assert typed(form(), Field.DISTANCE, "9999.9").run.distance_m == MAX_DISTANCE
    assert typed(form(), Field.DURATION, "9999999").run.duration_ms == MAX_DURATION
    for field in (Field.DISTANCE, Field.DURATION):
        shortest = form().stepped(field, 1)
        assert shortest.shown(field) != UNKNOWN
        assert shortest.stepped(field, -1).shown(field) == typed(form(), field, "0").shown(field) == UNKNOWN


def test_what_is_erased_is_unknown_and_not_no() -> None:
    told = typed(form(), Field.HILLS, "2")
    assert told.run.hills is False
    assert told.erased(Field.HILLS).run.hills is None


def test_a_mixed_run_says_how_much_of_it_was_on_what() -> None:
    assert Field.GRASS not in form().fields
    mixed = typed(form(), Field.SURFACE, "7")
    mixed = typed(mixed, Field.GRASS, "35").stepped(Field.CONCRETE, 1).stepped(Field.CONCRETE, 1)
    assert mixed.run.shares == ((Surface.CONCRETE, 20), (Surface.GRASS, 35))
    assert "45 % are still open" in mixed.hint(Field.TRAIL)
    assert mixed.run.is_on_concrete is False
    most = typed(mixed, Field.CONCRETE, "80")
    assert most.run.shares == ((Surface.CONCRETE, 65), (Surface.GRASS, 35))
    assert most.run.is_on_concrete
    assert most.erased(Field.GRASS).run.shares == ((Surface.CONCRETE, 65),)
    assert typed(most, Field.SURFACE, "5").run.shares == ()


@pytest.mark.parametrize("size", SIZES)
async def test_the_shares_of_a_mixed_run_are_typed_line_by_line(
    staging: Staging, size: tuple[int, int]
) -> None:
    front = FakeFront(store=history())
    async with staging(front, size=size) as stage:
        await stage.press("r")
        await stage.until(RunScreen)
        await stage.press("down", "down", "7", "down", "6", "0", "down", "down", "down", "4", "0", "enter")
        await stage.until(HomeScreen)
        await stage.settle()
        (run,) = runs(front)
        assert run.shares == ((Surface.CONCRETE, 60), (Surface.TRAIL, 40))


def test_known_shoes_are_an_arrow_away() -> None:
    assert form().stepped(Field.SHOES, 1).run.shoes == "Blue"
    assert form().stepped(Field.SHOES, -1).run.shoes == "Red"
    assert form().stepped(Field.SHOES, 1).hint(Field.SHOES).startswith("212 km so far")


def test_a_run_that_just_ended_began_so_long_ago() -> None:
    ended = replace(form(), ends_now=True)
    assert typed(ended, Field.DURATION, "31").shown(Field.TIME) == "18:59"
    assert typed(typed(ended, Field.TIME, "7:30"), Field.DURATION, "31").shown(Field.TIME) == "7:30"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Field),
            st.sampled_from(["0", "1", "7", "9", ":", ".", ",", "x", "back", "left", "right"]),
        ),
        max_size=30,
    )
)
def test_no_keys_make_a_run_that_cannot_be_kept(pressed: list[tuple[Field, str]]) -> None:
    told = form()
    for field, key in pressed:
        if told.typing is not None and told.typing[0] is not field:
            told = told.left(told.typing[0])
        if key == "back":
            told = told.erased(field)
        elif key in ("left", "right"):
            told = told.stepped(field, 1 if key == "right" else -1)
        else:
            told = told.typed(field, key) or told
        assert told.shown(field)
    store = history()
    run = replace(told.left(told.typing[0]) if told.typing else told).run
    kept.keep_run(store, run)
    assert next(iter(kept.runs(store))).started_at.epoch <= instant_of(NOW).epoch
