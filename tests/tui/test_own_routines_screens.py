"""Own routines in the app, with the real rooms below and a script as the editor."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.tui.fakes import seen
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from prehab.tui.app import PrehabApp
from prehab.tui.desk import Desk
from prehab.tui.screens.ask import Ask
from prehab.tui.screens.home import HomeScreen
from prehab.tui.screens.new import NewScreen, NoteInput
from prehab.tui.screens.session import SessionScreen
from prehab.tui.widgets.rows import Rows
from prehab.tui.widgets.sheet import Sheet

MINE = """name = "Mine"
phase = "any-day"

[[step]]
name = "Bridge"
for = "30s"
areas = ["hips"]

[[step]]
name = "Clam"
for = "40s"
areas = ["hips"]
"""


@dataclass(slots=True)
class House:
    """The app over real files."""

    app: PrehabApp
    pilot: Pilot[int]
    routines: Path

    async def settle(self) -> None:
        await self.pilot.pause()
        for _ in range(300):
            if not any(worker.is_running and worker.group == "library" for worker in self.app.workers):
                break
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def until(self, kind: type[Screen[Any]]) -> None:
        for _ in range(500):
            if isinstance(self.app.screen, kind) and self.app.screen.is_mounted:
                await self.settle()
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"no {kind.__name__} came; {self.app.screen} stands in front")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    @property
    def rows(self) -> Rows:
        return next(one for one in self.app.screen_stack if isinstance(one, HomeScreen)).query_one(Rows)

    async def on_row(self, id: str) -> None:
        self.rows.move_to(id)
        await self.settle()
        assert self.rows.chosen == id

    @property
    def preview(self) -> str:
        home = next(one for one in self.app.screen_stack if isinstance(one, HomeScreen))
        return home.query_one("#preview", Sheet).text

    @property
    def toasts(self) -> str:
        return " ".join(str(one.message) for one in self.app._notifications)

    @property
    def question(self) -> str:
        assert isinstance(self.app.screen, Ask)
        return self.app.screen.question

    @property
    def new(self) -> NewScreen:
        assert isinstance(self.app.screen, NewScreen)
        return self.app.screen


Housing = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def housing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Housing:
    """Put the app over files of its own."""
    data, config = tmp_path / "data", tmp_path / "config"
    monkeypatch.setenv("PREHAB_DATA_DIR", str(data))
    monkeypatch.setenv("PREHAB_CONFIG_DIR", str(config))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "nothing-of-this-name")
    config.mkdir()
    (config / "settings.toml").write_text(
        '[safety]\naccepted = true\n[sound]\nchoice = "silent"\nbackend = "silent"\n'
    )

    @asynccontextmanager
    async def over_files(*, size: tuple[int, int] = (120, 36), **files: str) -> AsyncIterator[House]:
        from prehab.config import locations

        routines = locations.own_routines()
        routines.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (routines / f"{name}.toml").write_text(text)
        desk = Desk()
        app = PrehabApp(desk)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                house = House(app, pilot, routines)
                await house.settle()
                yield house
        finally:
            desk.close()

    return over_files


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the editor make these replacements, one a call; the last one again and again."""

    def edits(*changes: tuple[str, str], code: int = 0) -> None:
        script, counter = tmp_path / "editor.py", tmp_path / "calls"
        script.write_text(
            "import pathlib, sys\n"
            f"counter = pathlib.Path({str(counter)!r})\n"
            "call = len(counter.read_text()) if counter.exists() else 0\n"
            "counter.write_text('x' * (call + 1))\n"
            f"changes = {changes!r}\n"
            "file = pathlib.Path(sys.argv[1])\n"
            "old, new = changes[min(call, len(changes) - 1)]\n"
            "file.write_text(file.read_text().replace(old, new))\n"
            f"sys.exit({code})\n"
        )
        monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')

    return edits


async def test_a_saved_change_is_in_the_list_and_the_preview_at_once(
    housing: Housing, editor: Callable[..., None]
) -> None:
    editor(("30s", "50s"))
    async with housing(mine=MINE) as house:
        await house.on_row("mine")
        assert "30 s" in house.preview
        await house.press("e")
        await house.until(HomeScreen)
        await house.pilot.pause(0.05)
        await house.settle()
        assert house.rows.chosen == "mine"
        assert "50 s" in house.preview
        assert "Saved: Mine" in house.toasts
        assert '"50s"' in (house.routines / "mine.toml").read_text()


async def test_a_broken_save_shows_its_problems_goes_back_and_never_loses_the_good_one(
    housing: Housing, editor: Callable[..., None]
) -> None:
    editor(('for = "30s"', 'fro = "30s"'), ('fro = "30s"', 'for = "20s"'))
    async with housing(mine=MINE) as house:
        await house.on_row("mine")
        await house.press("e")
        await house.until(Ask)
        assert house.question.startswith("Not saved: ")
        shown = seen(house.app)
        assert "line 6" in shown
        assert 'fro = "30s"' in shown
        assert "^^^" in shown
        assert (house.routines / "mine.toml").read_text() == MINE
        await house.press("enter")
        await house.until(HomeScreen)
        assert '"20s"' in (house.routines / "mine.toml").read_text()
        assert not list(house.routines.glob(".*draft*"))


async def test_leaving_a_broken_text_keeps_it_for_the_next_time(
    housing: Housing, editor: Callable[..., None]
) -> None:
    editor(("30s", "never"), ("never", "45s"))
    async with housing(mine=MINE) as house:
        await house.on_row("mine")
        await house.press("e")
        await house.until(Ask)
        await house.press("escape")
        await house.until(HomeScreen)
        assert "your text is kept" in house.toasts
        assert "30 s" in house.preview
        await house.press("e")
        await house.until(HomeScreen)
        assert "Going on with the text that was kept" in house.toasts
        assert '"45s"' in (house.routines / "mine.toml").read_text()


async def test_what_is_doubtful_is_told_after_it_was_saved(
    housing: Housing, editor: Callable[..., None]
) -> None:
    editor(("30s", "3m"), ("3m", "35s"))
    async with housing(mine=MINE) as house:
        await house.on_row("mine")
        await house.press("e")
        await house.until(Ask)
        assert house.question == "Saved; 1 thing to look at"
        assert "warning, line" in seen(house.app)
        await house.press("e")
        await house.until(HomeScreen)
        assert '"35s"' in (house.routines / "mine.toml").read_text()


async def test_an_editor_that_changes_nothing_or_fails_or_is_not_there_changes_nothing(
    housing: Housing, editor: Callable[..., None]
) -> None:
    async with housing(mine=MINE) as house:
        await house.on_row("mine")
        await house.press("e")
        await house.until(Ask)
        assert "can't be run" in house.question
        await house.press("escape")
        editor(("", ""))
        await house.press("e")
        await house.until(HomeScreen)
        await house.settle()
        assert "Nothing was changed" in house.toasts
        editor(("30s", "55s"), code=3)
        await house.press("e")
        await house.until(Ask)
        assert "ended with code 3" in house.question
        assert "your text is kept" in seen(house.app)
        assert (house.routines / "mine.toml").read_text() == MINE


async def test_of_a_bundled_one_a_copy_is_offered_named_and_edited(
    housing: Housing, editor: Callable[..., None]
) -> None:
    editor(("about = ", "about = "))
    async with housing() as house:
        await house.on_row("warmup-short")
        await house.press("e")
        await house.until(Ask)
        assert house.question.startswith("Change ")
        await house.press("enter")
        await house.until(NewScreen)
        house.new.query_one("#name", Input).value = "My warm-up"
        await house.press("enter")
        await house.until(HomeScreen)
        await house.pilot.pause(0.05)
        await house.settle()
        assert (house.routines / "my-warm-up.toml").is_file()
        assert house.rows.chosen == "my-warm-up"
        assert "My warm-up" in house.preview


async def test_a_note_becomes_a_routine_that_can_be_played_at_once(housing: Housing) -> None:
    async with housing() as house:
        await house.press("N")
        await house.until(NewScreen)
        await house.press(*"Physio", "enter")
        house.new.query_one("#note", Input).value = "clam 3x12 each; plank 3x30s/45s"
        await house.press("enter")
        await house.until(Ask)
        assert house.question.startswith("Physio, ")
        assert "Clam: 3 × 12" in seen(house.app)
        await house.press("enter")
        await house.until(SessionScreen)
        assert "clam 3x12 each" in (house.routines / "physio.toml").read_text()


async def test_a_mistake_in_a_note_is_pointed_at_and_can_be_corrected_in_place(housing: Housing) -> None:
    async with housing(size=(60, 20)) as house:
        await house.press("N")
        await house.until(NewScreen)
        house.new.query_one("#name", Input).value = "Physio"
        note = house.new.query_one("#note", Input)
        note.value = "; ".join(["clam 3x12 each"] * 8 + ["plank 3xx"])
        note.focus()
        await house.press("enter")
        assert "can't be read" in house.new.below
        shown = house.new.below.splitlines()
        below = next(at for at, line in enumerate(shown) if line.strip() and not line.strip(" ^"))
        assert shown[below - 1][: shown[below].index("^")].endswith("plank 3xx")
        assert len(shown[below]) <= 60
        assert "three sets of 12" in house.new.below
        assert house.app.focused is note
        note.value = "plank 3x30s"
        await house.press("enter")
        await house.until(Ask)
        await house.press("escape")
        await house.until(HomeScreen)
        await house.settle()
        assert house.rows.chosen == "physio"


async def test_a_name_is_needed_and_none_is_used_twice(housing: Housing) -> None:
    async with housing(mine=MINE) as house:
        await house.press("N")
        await house.until(NewScreen)
        await house.press("enter")
        assert "it needs a name" in house.new.below
        await house.press(*"mine", "enter", "enter")
        assert "is there already" in " ".join(house.new.below.split())
        assert (house.routines / "mine.toml").read_text() == MINE
        await house.press("escape")
        assert isinstance(house.app.screen, HomeScreen)


async def test_a_name_alone_makes_a_commented_file_among_the_others(housing: Housing) -> None:
    async with housing() as house:
        await house.press("N")
        await house.until(NewScreen)
        await house.press(*"a", "slash", *"b?q", "enter", "enter")
        await house.until(Ask)
        assert (house.routines / "a-b-q.toml").is_file()


async def test_a_pasted_note_keeps_all_its_lines(housing: Housing) -> None:
    from textual.events import Paste

    async with housing() as house:
        await house.press("N")
        await house.until(NewScreen)
        note = house.new.query_one(NoteInput)
        note.focus()
        note.post_message(Paste("clam 3x12 each\r\n\r\n  plank 3x30s\n"))
        await house.settle()
        assert note.value == "clam 3x12 each; plank 3x30s"


async def test_i_takes_shorter_and_shorter_times_and_then_all_of_it_again(housing: Housing) -> None:
    async with housing() as house:
        await house.on_row("stretch-full")
        whole = house.preview
        lengths = []
        for _ in range(60):
            await house.pilot.press("i")
            if house.preview == whole:
                break
            assert "instead of" in house.preview
            lengths.append(house.preview.splitlines()[1].split(" ·")[0])
        assert house.preview == whole
        assert len(lengths) > 2
        assert len(set(lengths)) == len(lengths)
        await house.press("i", "i")
        await house.press("I")
        assert lengths[0] in house.preview
        await house.press("I")
        assert house.preview == whole
        await house.press("I")
        assert "all of it" in house.toasts


async def test_what_was_fitted_is_what_is_played_and_only_this_once(housing: Housing) -> None:
    async with housing(mine=MINE) as house:
        await house.on_row("mine")
        await house.press("i")
        shown = house.preview.splitlines()[1].split(" ·")[0]
        assert "instead of" in house.preview
        await house.press("enter")
        await house.until(SessionScreen)
        assert house.app._session is not None
        from prehab.domain.duration import short_length

        assert short_length(house.app._session.timeline.total) == shown
        home = next(one for one in house.app.screen_stack if isinstance(one, HomeScreen))
        assert not home._within


async def test_where_there_is_no_preview_a_notice_says_what_is_left(housing: Housing) -> None:
    async with housing(size=(40, 12)) as house:
        await house.on_row("stretch-full")
        await house.press("i")
        assert "instead of" in house.toasts
        await house.press("i", "i")
        assert house.toasts.count("instead of") == 1
        await house.pilot.pause(0.1)
        assert "instead" in seen(house.app)


async def test_what_can_t_be_shorter_says_so(housing: Housing) -> None:
    short = 'name = "Short"\nphase = "any-day"\n[[step]]\nname = "Bridge"\nfor = "15s"\nareas = ["hips"]\n'
    async with housing(short=short) as house:
        await house.on_row("short")
        await house.press("i")
        assert "the shortest takes" in house.toasts
