"""Makes a routine of one's own: a name and, where there is one, the physio's note as it is written."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from prehab.domain.routine import MAX_NAME
from prehab.errors import UserError
from prehab.formats.note import NoteError
from prehab.formats.note_words import GRAMMAR, MAX_NOTE
from prehab.tui.ports import Front
from prehab.tui.widgets.keybar import Hint, KeyBar
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.pointed import pointed
from prehab.tui.widgets.sheet import Lines, Piece, Sheet, wrapped

_ROOMY = 20
"""Screens with fewer rows do without air."""
_MAKE, _LEAVE = Hint("⏎", "make it", "submit", 90), Hint("esc", "leave", "away", 80)
_READ = Hint("PgDn", "read on", "read(1)", 10)


class NoteInput(Input):
    """One line that takes several: a note that is pasted keeps all its moves."""

    def on_paste(self, event: events.Paste) -> None:
        """Put what was pasted on one line, as the grammar has it."""
        event.prevent_default()
        event.stop()
        lines = (line.strip() for line in event.text.splitlines())
        self.replace("; ".join(line for line in lines if line), *self.selection)


class NewScreen(ModalScreen[str | None]):
    """Asks for a name and a note until a routine could be made of them; gives its id."""

    CSS_PATH = "new.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (_ROOMY, "-normal-height")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+q", "away", show=False, priority=True),
        Binding("up,shift+tab", "before", show=False, priority=True),
        Binding("down,tab", "after", show=False, priority=True),
        Binding("pageup", "read(-1)", show=False),
        Binding("pagedown", "read(1)", show=False),
    ]

    def __init__(self, front: Front, like: str = "", like_name: str = "") -> None:
        """Prepare.

        Args:
            front: where it is made.
            like: the routine to begin with a copy of; there is no note then.
            like_name: what that one is called.
        """
        super().__init__()
        self._front = front
        self._like = like
        self._like_name = like_name

    def compose(self) -> ComposeResult:
        """Two fields, and below them how a note is written, or what is wrong."""
        name = f"My {self._like_name[:1].lower()}{self._like_name[1:]}" if self._like else ""
        title = f"A copy of {self._like_name}" if self._like else "A routine of your own"
        with Vertical(id="box"):
            yield Line(title, id="heading")
            with Horizontal(classes="field"):
                yield Line("name", classes="label")
                yield Input(name, id="name", compact=True, max_length=MAX_NAME, select_on_focus=False)
            if not self._like:
                with Horizontal(classes="field"):
                    yield Line("note", classes="label")
                    yield NoteInput(
                        id="note",
                        compact=True,
                        max_length=MAX_NOTE,
                        placeholder="as in: clam 3x12 each; plank 3x30s/45s",
                        select_on_focus=False,
                    )
            with VerticalScroll(id="room", can_focus=False):
                yield Sheet(id="below")
            yield KeyBar(id="new-keys")

    def on_mount(self) -> None:
        """Say how a note is written."""
        self.query_one(KeyBar).show((_MAKE, _LEAVE) if self._like else (_MAKE, _LEAVE, _READ))
        self.query_one("#below", Sheet).lay_out(_nothing if self._like else _start)

    def on_resize(self) -> None:
        """Leave the fields and the keys in sight; what is between scrolls."""
        fields, is_flat = (1 if self._like else 2), self.size.height < _ROOMY
        taken = fields + 2 if is_flat else 2 * fields + 6
        self.query_one("#room").styles.max_height = max(1, self.size.height - taken)

    @property
    def below(self) -> str:
        """What stands below the fields."""
        return self.query_one("#below", Sheet).text

    def action_away(self) -> None:
        """Make nothing."""
        self.dismiss(None)

    def action_before(self) -> None:
        """Go to the field above."""
        self.focus_previous()

    def action_after(self) -> None:
        """Go to the field below."""
        self.focus_next()

    def action_read(self, by: int) -> None:
        """Scroll what stands below the fields."""
        self.query_one("#room").scroll_relative(y=5 * by, animate=False)

    def action_submit(self) -> None:
        """Go on as enter does."""
        if isinstance(self.focused, Input):
            self._go_on(self.focused)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        self._go_on(message.input)

    def _go_on(self, field: Input) -> None:
        name = self.query_one("#name", Input).value.strip()
        note = "" if self._like else self.query_one("#note", Input).value.strip()
        if not name:
            self.query_one("#name").focus()
            self._tell(_told("it needs a name", "as in: After the physio"))
        elif field.id == "name" and not self._like and not note:
            self.query_one("#note").focus()
        else:
            self._make(name, note)

    @work(exclusive=True, group="make")
    async def _make(self, name: str, note: str) -> None:
        try:
            id = await asyncio.to_thread(self._front.new, name, note=note, like=self._like)
        except UserError as error:
            self._tell(_error(error))
            if isinstance(error, NoteError):
                field = self.query_one("#note", Input)
                field.value, field.cursor_position = note, error.position
                field.focus()
            else:
                self.query_one("#name").focus()
        else:
            if self.is_current:
                self.dismiss(id)

    def _tell(self, lines: Lines) -> None:
        self.query_one("#below", Sheet).lay_out(lines)
        self.query_one("#below", Sheet).refresh(layout=True)
        self.query_one("#room").scroll_home(animate=False)


def _nothing(width: int, height: int) -> list[list[Piece]]:
    return []


def _start(width: int, height: int) -> list[list[Piece]]:
    told = "The note may be left out: then there is a commented file to begin with."
    return [*([(line, "")] for line in wrapped(told, width)), [], *_grammar(width, height)]


def _grammar(width: int, height: int) -> list[list[Piece]]:
    """The grammar as it is, where there is room for its columns; else each line broken."""
    rows = GRAMMAR.splitlines()
    if width >= max(map(len, rows)):
        return [[(row, "quiet")] for row in rows]
    body: list[list[Piece]] = []
    for row in rows:
        # Where the columns do not fit, what is written stands above what it means.
        written, _, meant = row.strip().partition("  ")
        if row.startswith("  ") and meant:
            body.append([(f"  {written}", "strong")])
            body += [[(f"    {line}", "quiet")] for line in wrapped(meant, width - 4)]
        else:
            body += [[(line, "quiet")] for line in tuple(wrapped(row, width)) or ("",)]
    return body


def _told(title: str, hint: str) -> Lines:
    return lambda width, height: [
        *([(line, "pain")] for line in wrapped(title, width)),
        *([(line, "quiet")] for line in wrapped(hint, width)),
    ]


def _error(error: UserError) -> Lines:
    """What is wrong, with the place in the note where it is one."""
    rows = error.detail.split("\n")
    is_pointed = isinstance(error, NoteError) and len(rows) == 2

    def lines(width: int, height: int) -> list[list[Piece]]:
        if is_pointed:
            middle = pointed(rows[0], rows[1], width)
        else:
            middle = [[(line, "")] for row in rows for line in wrapped(row, width)]
        return [
            *([(line, "pain")] for line in wrapped(error.title, width)),
            *middle,
            *([(line, "quiet")] for line in wrapped(error.hint, width)),
            *([[], *_grammar(width, height)] if is_pointed else []),
        ]

    return lines
