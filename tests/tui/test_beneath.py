"""What changes on a screen while a question stands over it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from prehab.tui.textual_inside import send_only_changes


class Below(Screen[None]):
    CSS = "Below { padding: 1 3; }"

    def compose(self) -> ComposeResult:
        yield Static("before")


async def test_what_changes_below_a_question_is_painted_from_its_first_cell_on() -> None:
    send_only_changes()
    app: App[None] = App()
    async with app.run_test(size=(40, 10)) as pilot:
        below = Below()
        await app.push_screen(below)
        question: ModalScreen[None] = ModalScreen()
        await app.push_screen(question)
        await pilot.pause()
        painted: list[Region] = []
        refresh = question.refresh

        def note(*regions: Region, **how: bool) -> Screen[None]:
            painted.extend(regions)
            return refresh(*regions, **how)

        question.refresh = note  # type: ignore[assignment]
        for text in ("one", "two", "three"):
            below.query_one(Static).update(text)
            await pilot.pause()
        # The first time all of it is painted.
        assert (3, 1) in {(region.x, region.y) for region in painted}
        assert {(region.x, region.y) for region in painted} <= {(0, 0), (3, 1)}
