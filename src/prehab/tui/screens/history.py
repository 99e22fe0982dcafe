"""The sessions that were done, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from prehab.errors import UserError
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.ports import Front, Past
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Piece, Sheet, spread

PAGE = 200
"""How many sessions are read at a time."""


class HistoryScreen(Screen[None], inherit_bindings=False):
    """What was done, and how long it was held."""

    CSS_PATH = "history.tcss"
    SCOPE = Scope.HISTORY
    HELP = "Every session, newest first; beside it what was held. A ! marks one that was broken off."
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.HISTORY),
        Binding("escape,q,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (70, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._past: list[Past] = []

    def compose(self) -> ComposeResult:
        """List and detail."""
        yield Line("History", id="heading")
        with Horizontal(id="main"):
            yield Rows(id="sessions")
            with Vertical(id="side"):
                yield Sheet(id="detail")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Read the newest ones."""
        self.query_one(Rows).focus()
        self.query_one(KeyBar).show([Hint("esc", "back", "away", 95), *hints(Scope.HISTORY, self.app)])
        self._read()

    def _read(self) -> None:
        try:
            more: Sequence[Past] = self._front.history(PAGE, len(self._past))
        except UserError as error:
            self.query_one(Rows).show([Row("", error.title, is_marked=True), Row("", error.hint)])
            return
        self._past += more
        rows = [
            Row(past.id, past.name, past.held, columns=(past.when,), is_marked=past.outcome == "unfinished")
            for past in self._past
        ]
        self.query_one(Rows).show(
            rows or [Row("", "Nothing yet. The first session stands here when it is done.")]
        )

    @on(Rows.Moved)
    def _moved(self) -> None:
        chosen = self.query_one(Rows).chosen
        past = next((past for past in self._past if past.id == chosen), None)
        if past is not None:
            self.query_one("#detail", Sheet).lay_out(lambda width, height: _detail(past, width, height))
            if past is self._past[-1] and len(self._past) % PAGE == 0:
                self._read()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_history_more()

    def action_history_more(self) -> None:
        """Show the steps of a session where there is no room beside the list."""
        from prehab.tui.screens.reader import Reader

        chosen = self.query_one(Rows).chosen
        past = next((past for past in self._past if past.id == chosen), None)
        if past is not None:
            self.app.push_screen(Reader(past.name, lambda width, height: _detail(past, width, height)[1:]))

    def action_away(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


def _detail(past: Past, width: int, height: int) -> list[list[Piece]]:
    lines: list[list[Piece]] = [
        [(past.name[:width], "strong")],
        [(f"{past.when} · {past.outcome}"[:width], "quiet")],
        [],
    ]
    room = height - len(lines)
    shown = past.steps if len(past.steps) <= room else past.steps[: max(0, room - 1)]
    for name, held in shown:
        left, right = spread(name, held, width)
        lines.append([(left, ""), (right, "quiet")])
    if len(shown) < len(past.steps):
        lines.append([(f"and {len(past.steps) - len(shown)} more", "quiet")])
    return lines
