"""A question in the middle of the screen, answered by one key or one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from prehab.tui.keys import cap
from prehab.tui.widgets.sheet import Lines, Piece, Sheet, hanging, shortened

_ROOMY = 14
"""Screens with fewer rows do without air."""
_KEY = 8
"""The cells for the key of an answer."""
_SLIM = 32
"""In a narrower box an answer has one line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer."""

    keys: tuple[str, ...]
    label: str
    value: str


class Choice(Widget):
    """An answer that can be clicked."""

    def __init__(self, answer: Answer, *, is_first: bool) -> None:
        super().__init__()
        self.answer = answer
        self._style = "kind" if is_first else ""
        self._sheet = Sheet()

    def compose(self) -> ComposeResult:
        """Its key, and beside it what it means."""
        yield self._sheet

    def on_mount(self) -> None:
        """Lay the words out under each other."""
        self._sheet.lay_out(self._lines)

    def _lines(self, width: int, height: int) -> list[list[Piece]]:
        key, label = cap(self.answer.keys[0]), self.answer.label
        if width < _SLIM:
            lines = [(f"{key} ", shortened(label, width - len(key) - 1))]
        else:
            lines = list(hanging(key, label, width, _KEY))
        return [[(lead, self._style or "strong"), (line, self._style)] for lead, line in lines]

    def on_click(self) -> None:
        """Give this answer."""
        if isinstance(self.screen, Ask):
            self.screen.give(self.answer.value)


class Ask(ModalScreen[str]):
    """Waits for one of a few answers; a key that is none of them changes nothing."""

    CSS_PATH = "ask.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (50, "-normal")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (_ROOMY, "-normal-height")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(
        self, question: str, detail: str | Lines, answers: Sequence[Answer], *, mood: str = ""
    ) -> None:
        """Prepare.

        Args:
            question: what is asked.
            detail: what there is to know for an answer, as a text or laid out for the room there is.
            answers: the ways to answer.
            mood: `-pain` for a colour that warns, `-wide` for a wider box.
        """
        super().__init__(classes=mood)
        self._question = question
        self._detail = detail
        self._answers = tuple(answers)

    @property
    def question(self) -> str:
        """What is asked."""
        return self._question

    def compose(self) -> ComposeResult:
        """Question, detail, answers."""
        with Vertical(id="box"):
            yield Static(Content(self._question), id="question", markup=False)
            if self._detail:
                with VerticalScroll(id="detail-room", can_focus=False):
                    if isinstance(self._detail, str):
                        yield Static(Content(self._detail), id="detail", markup=False)
                    else:
                        yield Sheet(id="lines")
            with VerticalScroll(id="answers", can_focus=False):
                for index, answer in enumerate(self._answers):
                    yield Choice(answer, is_first=not index)

    def on_mount(self) -> None:
        """Lay the detail out where it is not a text."""
        if not isinstance(self._detail, str):
            self.query_one("#lines", Sheet).lay_out(self._detail)

    def on_resize(self) -> None:
        """Leave the answers in sight, however little room there is; the detail scrolls."""
        if self._detail:
            is_flat = self.size.height < _ROOMY
            taken = len(self._answers) + (2 if is_flat else 6)
            self.query_one("#detail-room").styles.max_height = max(1, self.size.height - taken)

    def give(self, value: str) -> None:
        """Answer, once."""
        if self.is_current:
            self.dismiss(value)

    def on_key(self, event: events.Key) -> None:
        """Take the answer that has this key."""
        event.stop()
        event.prevent_default()
        if event.key in {"up", "down", "pageup", "pagedown"}:
            rooms = self.query("#detail-room, #answers").results(VerticalScroll)
            room = next((one for one in rooms if one.max_scroll_y), None)
            if room is not None:
                room.scroll_relative(y=-3 if "up" in event.key else 3, animate=False)
        for answer in self._answers:
            if event.key in answer.keys or (event.character is not None and event.character in answer.keys):
                self.give(answer.value)
                return
