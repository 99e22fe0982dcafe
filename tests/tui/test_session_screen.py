from __future__ import annotations

from dataclasses import replace

import pytest
from tests.tui.conftest import Stage, Staging
from tests.tui.fakes import FakeFront, plank, seen, session_of
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from prehab import resources
from prehab.domain.commands import COUNT_IN, State
from prehab.domain.duration import seconds
from prehab.domain.events import Outcome
from prehab.domain.routine import Kind, Phase, Routine, Side, Step
from prehab.domain.timeline import SegmentKind
from prehab.formats.loader import read
from prehab.session.session import Session
from prehab.tui.screens.ask import Ask
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.scale import Scale
from prehab.tui.screens.session import SessionScreen
from prehab.tui.screens.summary import SummaryScreen
from prehab.tui.widgets import letters, words
from prehab.tui.widgets.banner import Banner
from prehab.tui.widgets.digits import BigDigits
from prehab.tui.widgets.keybar import KeyBar
from prehab.tui.widgets.line import Badge, Line

SIDES = {Side.LEFT: "◀ LEFT", Side.RIGHT: "RIGHT ▶", None: ""}


def bundled(id: str) -> Routine:
    return read(resources.routines() / f"{id}.toml")


def state(stage: Stage) -> State:
    return stage.view.state


def text(stage: Stage, id: str) -> str:
    return stage.screen.query_one(f"#{id}", Line).text


def badge(stage: Stage) -> str:
    return stage.screen.query_one("#badge", Badge).text


def digits(stage: Stage) -> str:
    return stage.screen.query_one(BigDigits).text.strip()


async def test_a_session_counts_down_and_names_what_runs(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("c")
        assert badge(stage).endswith("GET READY")
        assert text(stage, "name") == "Next: Wall calf stretch, knee straight"
        await stage.wait(10_000)
        assert badge(stage).endswith("HOLD")
        assert digits(stage) == "30"
        assert stage.screen.query_one("#side", Badge).text == "◀ LEFT"
        assert text(stage, "next").endswith("right side · 30 s")
        await stage.wait(12_000)
        assert digits(stage) == "18"
        await stage.wait(18_000)
        assert badge(stage).endswith("SWITCH")


async def test_every_kind_of_moment_has_its_own_word_and_shape(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("c")
        said = {badge(stage)}
        while not stage.session.is_over:
            said.add(badge(stage))
            stage.tick(500)
        words = {one.split(maxsplit=1)[1] for one in said}
        assert words == {"GET READY", "HOLD", "REPS", "SWITCH", "CHANGE"}
        assert len({one.split()[0] for one in said}) == len(words)


async def test_space_pauses_and_goes_on_after_a_count_in(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(30_000)
        await stage.press("space")
        assert state(stage) is State.PAUSED
        assert badge(stage).endswith("PAUSED")
        stage.clock.jump(60_000)
        await stage.press("space")
        assert state(stage) is State.RUNNING
        assert badge(stage).endswith("GO ON IN 3")
        await stage.wait(COUNT_IN)
        assert digits(stage) == "20"


MOVES = {
    "enter": "session.done", "pagedown": "session.done", "n": "session.next", "right": "session.next",
    "b": "session.back", "left": "session.back", "pageup": "session.back", "r": "session.restart",
    "plus": "session.more", "up": "session.louder", "down": "session.quieter", "m": "session.mute",
    "v": "session.voice", "x": "session.hurts", "q": "session.end", "ctrl+c": "session.end",
    "escape": "session.end", "space": "session.pause",
}  # fmt: skip


def seen_of(stage: Stage, session: Session) -> tuple[object, ...]:
    sound = session.sound
    return (
        session.view,
        sound.volume,
        sound.muted,
        sound.voice,
        stage.app.screen,
        len(stage.app._notifications),
    )


@pytest.mark.parametrize("moment", ["get-ready", "work", "rest", "paused", "count-in"])
async def test_every_key_is_heard_or_says_why_not_in_every_state(staging: Staging, moment: str) -> None:
    async with staging() as stage:
        for key in MOVES:
            session = session_of(plank(), stage.clock)
            screen = SessionScreen(session)
            await stage.app.push_screen(screen)
            stage.tick({"get-ready": 5_000, "rest": 60_000}.get(moment, 30_000))
            if moment in {"paused", "count-in"}:
                screen.action_session_pause()
            if moment == "count-in":
                screen.action_session_pause()
            before = seen_of(stage, session)
            await stage.hit(key)
            assert seen_of(stage, session) != before, key
            while len(stage.app.screen_stack) > 1:
                await stage.app.pop_screen()
            stage.app.clear_notifications()


@pytest.mark.parametrize(("key", "outcome"), [("space", None), ("enter", None), ("q", Outcome.STOPPED)])
async def test_the_question_after_a_gap_hears_its_keys_and_no_others(
    staging: Staging, key: str, outcome: Outcome | None
) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(30_000)
        stage.clock.jump(600_000, asleep=True)
        stage.screen.look()
        await stage.pilot.pause()
        await stage.press("n", "b", "m", "x", "plus")
        assert isinstance(stage.app.screen, Ask)
        assert state(stage) is State.PAUSED
        await stage.press(key)
        assert state(stage) is (State.DONE if outcome else State.RUNNING)


async def test_done_ends_a_hold_now_and_keeps_its_seconds(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(20_000 + 12_000)
        await stage.press("enter")
        assert [round(work.held, -2) for work in stage.session.summary.works] == [12_000]
        assert stage.view.segment.kind is SegmentKind.REST


async def test_a_clicker_leads_through_a_session(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("w")
        for _ in range(20):
            if stage.session.is_over:
                break
            await stage.wait(1_000)
            if not stage.session.is_over:
                await stage.press("pagedown")
        assert stage.session.summary.outcome is Outcome.COMPLETED


async def test_a_key_pressed_at_a_boundary_never_skips_two(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("c")
        await stage.wait(10_000 + 29_500)
        index = stage.view.segment.index
        stage.clock.jump(600)
        await stage.press("n")
        assert stage.view.segment.index == index + 1


async def test_ending_asks_and_space_goes_on(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(30_000)
        await stage.press("ctrl+c")
        ask = stage.app.screen
        assert isinstance(ask, Ask)
        assert ask.question == "End and keep 0:10?"
        assert state(stage) is State.PAUSED
        await stage.press("space")
        assert state(stage) is State.RUNNING
        await stage.press("q", "enter")
        await stage.settle()
        assert stage.session.summary.outcome is Outcome.STOPPED
        assert isinstance(stage.app.screen, SummaryScreen)


async def test_ending_with_nothing_held_goes_straight_home(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.press("q", "enter")
        await stage.settle()
        assert isinstance(stage.app.screen, HomeScreen)
        assert stage.front.answered == []


async def test_a_lid_that_was_closed_pauses_and_asks(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(30_000)
        stage.clock.jump(600_000, asleep=True)
        stage.screen.look()
        await stage.pilot.pause()
        assert state(stage) is State.PAUSED
        ask = stage.app.screen
        assert isinstance(ask, Ask)
        assert "away" in ask.question
        await stage.press("r")
        assert state(stage) is State.RUNNING
        await stage.wait(COUNT_IN)
        assert digits(stage) == "30"


@pytest.mark.parametrize("size", [(120, 36), (100, 34)], ids=lambda size: "x".join(map(str, size)))
async def test_kind_and_side_in_large_letters_are_never_cut_and_the_place_stays_in_sight(
    staging: Staging, size: tuple[int, int]
) -> None:
    core = replace(bundled("core-1"), id="plank")
    async with staging(FakeFront(routines=(core,)), size=size) as stage:
        await stage.start("p")
        banner = stage.screen.query_one(Banner)
        while not stage.session.is_over:
            shown = words.banner(stage.view, banner.size.width)
            assert letters.columns_of(*shown) <= banner.size.width > 0
            assert f"step {stage.view.segment.work.number} of 5" in text(stage, "title")
            stage.clock.jump(4_000)
            stage.screen.look()


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=lambda size: "x".join(map(str, size)))
async def test_the_notices_of_a_start_leave_digits_picture_and_advice_in_sight(
    staging: Staging, size: tuple[int, int]
) -> None:
    front = FakeFront(routines=(replace(bundled("plank"), id="plank"),))
    front.told = ("no sound device here: the bell rings instead", "the machine can't be kept awake here")
    async with staging(front, size=size, notifications=True) as stage:
        await stage.start("p")
        stage.app.notify("Nine days off. Same level, 40 s; two clean sessions move you up.")
        await stage.settle()
        covers = [toast.region for toast in stage.app.screen.query(Toast)]
        assert len(covers) == 3
        for id in ("name", "digits", "figure", "advice", "next"):
            under = stage.screen.query_one(f"#{id}").region
            assert not any(cover.overlaps(under) for cover in covers), id


async def test_on_a_narrow_screen_nothing_looks_out_beside_a_notice(staging: Staging) -> None:
    async with staging(size=(40, 12), notifications=True) as stage:
        await stage.start("c")
        stage.app.notify("Nine days off. Same level, 40 s; two clean sessions move you up.")
        await stage.settle()
        covers = [toast.region for toast in stage.app.screen.query(Toast)]
        assert {(cover.x, cover.right) for cover in covers} == {(0, 40)}


async def test_the_answer_to_a_key_replaces_the_one_before(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.press("v", "v", "v")
        assert [notice.message for notice in stage.app._notifications] == ["voice: full"]


@pytest.mark.parametrize("size", [(40, 12), (20, 5)], ids=lambda size: "x".join(map(str, size)))
async def test_the_volume_is_said_where_the_line_about_it_has_no_room(
    staging: Staging, size: tuple[int, int]
) -> None:
    async with staging(size=size, notifications=True) as stage:
        await stage.start("p")
        await stage.press("up")
        await stage.settle()
        assert "♪ 45 %" in seen(stage.app)
        assert digits(stage) == "20"


async def test_what_to_do_is_said_whole_on_a_small_screen(staging: Staging) -> None:
    async with staging(size=(40, 12)) as stage:
        await stage.start("c")
        assert "drift forward." in seen(stage.app)


async def test_muted_the_digits_invert_in_the_last_three_seconds_and_the_edge_flashes(
    staging: Staging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prehab.tui.screens.session.FLASH", 60.0)
    async with staging(FakeFront(muted=True)) as stage:
        await stage.start("p")
        await stage.wait(19_000)
        assert stage.screen.query_one(BigDigits).is_inverted
        await stage.wait(1_000)
        assert stage.screen.has_class("-flash")
        assert not stage.screen.query_one(BigDigits).is_inverted
        await stage.wait(27_000)
        assert stage.screen.query_one(BigDigits).is_inverted


async def test_heard_nothing_inverts_and_nothing_flashes(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(19_000)
        assert not stage.screen.query_one(BigDigits).is_inverted
        await stage.wait(1_000)
        assert not stage.screen.has_class("-flash")


async def test_pain_goes_on_skips_or_ends_with_the_signs(
    staging: Staging,
) -> None:
    async with staging() as stage:
        await stage.start("c")
        await stage.wait(20_000)
        await stage.press("x")
        assert isinstance(stage.app.screen, Scale)
        assert state(stage) is State.PAUSED
        await stage.press("2")
        assert state(stage) is State.RUNNING
        assert stage.view.segment.work.number == 1
        await stage.press("x", "5")
        assert stage.view.segment.work.number == 2
        assert state(stage) is State.RUNNING
        await stage.press("x", "right")
        await stage.settle()
        assert stage.session.summary.outcome is Outcome.STOPPED
        for _ in range(200):
            if "Warning signs" in seen(stage.app):
                break
            await stage.pilot.pause(0.05)
        assert "Warning signs" in seen(stage.app)


async def test_beats_are_counted_where_everybody_can_see(staging: Staging) -> None:
    step = Step("bug", "Dead bug", Kind.REPS, seconds(40), reps=10, beat=seconds(4))
    routine = Routine("warmup-short", "Bugs", Phase.BEFORE_RUN, (step,))
    async with staging(FakeFront(routines=(routine,))) as stage:
        await stage.start("w")
        await stage.wait(10_000 + 13_000)
        assert text(stage, "beats").startswith("rep 3 of 10")
        assert "●●●○○○○○○○" in text(stage, "beats")


async def test_a_step_that_waits_says_how_it_ends(staging: Staging) -> None:
    step = Step("bend", "Slow knee bends", Kind.REPS, None, reps=8)
    routine = Routine("warmup-short", "Bends", Phase.BEFORE_RUN, (step,))
    async with staging(FakeFront(routines=(routine,))) as stage:
        await stage.start("w")
        await stage.wait(10_000 + 65_000)
        assert text(stage, "beats") == "8 times, then enter"
        assert digits(stage) == "1:05"
        await stage.press("enter")
        assert stage.session.is_over


async def test_markup_in_a_routine_is_shown_letter_by_letter(staging: Staging) -> None:
    name = "[b]bold[/b] [@click=app.quit]x[/]"
    step = Step("x", name, Kind.HOLD, seconds(20), do="[red]do[/red]", avoid="[/]")
    routine = Routine("warmup-short", "[red]x[/red]", Phase.BEFORE_RUN, (step,), about="[i]about[/i]")
    async with staging(FakeFront(routines=(routine,))) as stage:
        assert "[red]x[/red]" in seen(stage.app)
        assert "[i]about[/i]" in seen(stage.app)
        await stage.start("w")
        await stage.wait(12_000)
        shown = seen(stage.app)
        for literal in ("[red]x[/red]", name, "[red]do[/red]", "[/]"):
            assert literal in shown


async def test_a_click_on_a_key_of_the_bar_presses_it_and_one_on_the_digits_pauses(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(30_000)
        await stage.pilot.click(BigDigits)
        await stage.pilot.pause()
        assert state(stage) is State.PAUSED
        await stage.pilot.click(KeyBar, offset=(1, 0))
        await stage.pilot.pause()
        assert state(stage) is State.RUNNING


SIZES = [(120, 36), (40, 12), (20, 5), (10, 3), (1, 1)]


async def test_no_size_breaks_any_screen(staging: Staging) -> None:
    async with staging() as stage:
        for size in SIZES:
            for key in ("question_mark", "h", "comma", "exclamation_mark"):
                await stage.hit(key)
                await stage.pilot.resize_terminal(*size)
                await stage.hit("down", "escape")
        await stage.start("c")
        for size in SIZES:
            await stage.pilot.resize_terminal(*size)
            await stage.wait(7_000)
        for ask in ("x", "q", "question_mark"):
            await stage.hit(ask)
            for size in SIZES:
                await stage.pilot.resize_terminal(*size)
            await stage.hit("escape")
        await stage.hit("q", "enter")
        await stage.settle()
        for size in SIZES:
            await stage.pilot.resize_terminal(*size)


@pytest.mark.parametrize(("size", "rows"), [((120, 36), 12), ((80, 24), 9), ((40, 12), 4), ((20, 5), 3)])
async def test_digits_grow_with_the_room(staging: Staging, size: tuple[int, int], rows: int) -> None:
    async with staging(size=size) as stage:
        await stage.start("c")
        await stage.wait(20_000)
        assert stage.screen.query_one(BigDigits).rows >= rows


@pytest.mark.parametrize("rows", [9, 12, 14, 19, 20, 24, 30, 36])
async def test_the_longest_advice_leaves_a_third_of_the_height_to_the_digits(
    staging: Staging, rows: int
) -> None:
    async with staging(FakeFront(routines=(bundled("plank"),)), size=(80, rows)) as stage:
        await stage.start("p")
        assert stage.screen.query_one(BigDigits).rows >= rows / 3


async def test_digits_keep_their_place_through_a_whole_hold(staging: Staging) -> None:
    async with staging() as stage:
        await stage.start("p")
        await stage.wait(20_000)
        widget = stage.screen.query_one(BigDigits)
        frames = set()
        for _ in range(29):
            frames.add((widget.rows, widget.region, len(widget.text)))
            await stage.wait(1_000)
        assert len(frames) == 1


async def test_a_quarter_of_an_hour_of_stretching_through_the_real_screens(staging: Staging) -> None:
    async with staging(FakeFront(routines=(bundled("stretch-full"),))) as stage:
        await stage.start("c")
        works = [segment.work for segment in stage.session.timeline.segments if segment.is_work]
        assert "15:20 left of 15:20" in seen(stage.app)
        named, left = [], []
        while not stage.session.is_over:
            if stage.view.segment.is_work:
                named.append((text(stage, "name"), stage.screen.query_one("#side", Badge).text))
            left.append(stage.view.total_left)
            stage.clock.jump(1_000)
            stage.screen.look()
            if len(left) % 60 == 0:
                await stage.pilot.pause()
        assert list(dict.fromkeys(named)) == [(work.name, SIDES[work.side]) for work in works]
        assert left == sorted(left, reverse=True)
        assert left[-1] == seconds(1)
        await stage.settle()
        assert isinstance(stage.app.screen, SummaryScreen)
        assert f"{len(works)} of {len(works)} held to the end" in seen(stage.app)


async def test_a_session_needs_no_hand_to_reach_its_summary(staging: Staging) -> None:
    async with staging(start="plank") as stage:
        pilot: Pilot[int] = stage.pilot
        while not any(isinstance(screen, SessionScreen) for screen in stage.app.screen_stack):
            await pilot.pause()
        await stage.wait(20_000 + 180_000)
        await stage.settle()
        assert isinstance(stage.app.screen, SummaryScreen)
        await stage.press("escape")
        await stage.settle()
        assert stage.app.return_value == 0
