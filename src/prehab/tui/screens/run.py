"""Tells the diary of a run: one line for each thing, and only its time has to be there."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from prehab.domain.diary import Run, Surface
from prehab.domain.records import Instant
from prehab.tui import keys
from prehab.tui.form import Field, Form
from prehab.tui.keys import Scope
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Sheet, wrapped

_LABEL = 20
"""Cells that the names of the lines need."""


class RunScreen(Screen[Run | None], inherit_bindings=False):
    """A form for one run."""

    CSS_PATH = "run.tcss"
    SCOPE = Scope.RUN
    HELP = (
        "Arrows and digits are enough: ↑ ↓ go from line to line, ← → and the digits change the one under the "
        "cursor, backspace makes it unknown, which is not the same as no. Warm-up and stretch are what the "
        "history knows, and can be corrected."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.RUN),
        Binding("escape,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (60, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    def __init__(
        self, run: Run, now: Instant, shoes: tuple[tuple[str, int], ...] = (), *, ends_now: bool = False
    ) -> None:
        """Prepare.

        Args:
            run: what is known of it so far.
            now: no run is later than this.
            shoes: the pairs that are known, the last one first, with their metres so far.
            ends_now: whether nobody said when it began: then it ends now.
        """
        super().__init__()
        self._form = Form(run, datetime.fromisoformat(now.written), shoes, ends_now=ends_now)
        self._at = Field.DAY

    @property
    def run_told(self) -> Run:
        """What was said so far."""
        return self._form.left(self._at).run

    def compose(self) -> ComposeResult:
        """The lines, and below them what the keys do with the one under the cursor."""
        yield Line("A run", id="heading")
        yield Rows(id="fields")
        yield Sheet(id="about")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what is known; the first thing that only the runner knows has the cursor."""
        rows = self.query_one(Rows)
        rows.focus()
        self.query_one(KeyBar).show([Hint("esc", "back", "away", 95), *hints(Scope.RUN, self.app)])
        self._show()
        rows.move_to(Field.DISTANCE.name)

    def _show(self) -> None:
        form = self._form
        self.set_class(form.run.surface is Surface.MIXED, "-mixed")
        self.query_one(Rows).show(
            [Row(one.name, one.value, self._fitting(form.shown(one))) for one in form.fields]
        )
        said = form.hint(self._at)
        self.query_one("#about", Sheet).lay_out(
            lambda width, height: [[(line, "quiet")] for line in wrapped(said, width)][:height]
        )

    def _fitting(self, value: str) -> str:
        """The end of a text that is longer than its line: the part that is being typed."""
        room = max(8, self.query_one(Rows).size.width - _LABEL)
        return value if len(value) <= room else f"…{value[1 - room :]}"

    @on(Rows.Moved)
    def _moved(self) -> None:
        chosen = self.query_one(Rows).chosen
        if chosen:
            self._form = self._form.left(self._at)
            self._at = Field[chosen]
            self._show()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_run_keep()

    def on_key(self, event: events.Key) -> None:
        """Characters are values here, except those that mean the same on any screen."""
        character = event.character or ""
        if event.key == "backspace":
            self._form = self._form.erased(self._at)
        elif event.is_printable and character and character != "!":
            told = self._form.typed(self._at, character)
            if told is None:
                return
            self._form = told
        else:
            return
        event.stop()
        event.prevent_default()
        self._show()

    def action_run_next(self, by: int = 1) -> None:
        """The next value of the line under the cursor."""
        self._form = self._form.stepped(self._at, by)
        self._show()

    def action_run_before(self) -> None:
        """The value before."""
        self.action_run_next(-1)

    def action_run_keep(self) -> None:
        """Keep the run."""
        if self.is_current:
            self.dismiss(self.run_told)

    def action_away(self) -> None:
        """Leave without it."""
        if self.is_current:
            self.dismiss(None)
