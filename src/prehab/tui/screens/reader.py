"""Something to read: help, the warning signs, the problems of a file, the steps of a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from prehab.domain import safety
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.sheet import Lines, Piece, Sheet, hanging, wrapped

_ROOMY = 14
"""Screens with fewer rows do without air."""
_AIRY = 30
"""From so many rows on some of the screen below stays in sight."""


class Reader(ModalScreen[None]):
    """Text with a title; any key that means away closes it."""

    CSS_PATH = "reader.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (_ROOMY, "-normal-height")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = "#room"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter,q,space,question_mark,f1,exclamation_mark,ctrl+c,ctrl+q",
            "away",
            "close",
            show=False,
        ),
    ]

    def __init__(self, title: str, body: Lines) -> None:
        super().__init__()
        self._heading = title
        self._body = body

    @property
    def text(self) -> str:
        """What there is to read."""
        return self.query_one(Sheet).text

    def compose(self) -> ComposeResult:
        """Title, text, way out."""
        with Vertical(id="box"):
            yield Line(self._heading, id="heading")
            with VerticalScroll(id="room"):
                yield Sheet(id="body")
            yield Line("↑ ↓ read   esc close", id="way-out")

    def on_mount(self) -> None:
        """Lay the text out."""
        self.query_one(Sheet).lay_out(self._body)

    def on_resize(self) -> None:
        """Leave the title and the way out in sight."""
        rows = self.size.height
        taken = 1 if rows < _ROOMY else 6 if rows < _AIRY else 8
        self.query_one("#room").styles.max_height = max(1, self.size.height - taken)

    def action_away(self) -> None:
        """Close."""
        self.dismiss(None)


def the_safety_text() -> Reader:
    """The warning signs."""
    return Reader("Warning signs", safety_lines)


def safety_lines(width: int, height: int) -> list[list[Piece]]:
    """The warning signs, laid out."""
    body = _paragraph(safety.SHORT, width)
    for warnings in safety.SIGNS:
        body += [[(line, "pain")] for line in wrapped(f"{warnings.heading}:", width)]
        for sign in warnings.signs:
            body += [[(lead, "pain"), (line, "")] for lead, line in hanging("·", sign, width, 3)]
        body.append([])
    return [
        *body,
        *_paragraph(f"Ordinary soreness: {safety.ORDINARY}", width),
        *_paragraph(safety.DURING, width),
    ]


def the_help(title: str, about: str, scope: Scope, remap: Mapping[str, str]) -> Reader:
    """What a screen is for, and the keys it hears."""

    def lines(width: int, height: int) -> list[list[Piece]]:
        body = _paragraph(about, width)
        sections = ((title, keys.table([scope], remap)), ("Anywhere", keys.table([Scope.EVERYWHERE], remap)))
        indent = max(len(caps) for _, table in sections for _, caps, _ in table) + 3
        for heading, table in sections:
            body.append([(heading, "kind")])
            for _, caps, what in table:
                body += [[(lead, "strong"), (line, "")] for lead, line in hanging(caps, what, width, indent)]
            body.append([])
        return body[:-1]

    return Reader("Help", lines)


def the_problems(name: str, problems: Iterable[str]) -> Reader:
    """Everything that is wrong with a routine's file."""
    found = tuple(problems)

    def lines(width: int, height: int) -> list[list[Piece]]:
        body = [line for problem in found for line in _paragraph(problem, width)]
        return [
            *body,
            *(
                [(line, "quiet")]
                for line in wrapped(
                    "On the list, e opens it in your editor; it is read again after this.", width
                )
            ),
        ]

    return Reader(f"{name}: {len(found)} problem{'' if len(found) == 1 else 's'}", lines)


def _paragraph(text: str, width: int) -> list[list[Piece]]:
    return [*([(line, "")] for line in wrapped(text, width)), []]
