"""The time as large as the room allows, repainted only where a digit changed."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from prehab.tui.widgets import glyphs
from prehab.tui.widgets.cells import span

_BOLD = Style(bold=True)
_RIM = 3
"""Cells of a block beside the digits that are cut out of it, where there is room for so many."""


class BigDigits(Widget):
    """Digits that can be read from across the room."""

    DEFAULT_CSS = "BigDigits { width: 1fr; height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._shape = ""
        self._inverted = False
        self._lines: tuple[str, ...] = ()
        self._style: Style | None = None

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    @property
    def is_inverted(self) -> bool:
        """Whether ink and air are swapped."""
        return self._inverted

    @property
    def rows(self) -> int:
        """How many rows high the digits are; 0 when the room is too small to draw them."""
        return glyphs.rows_for(self._shape, self.size.width - 2, self.size.height)

    def show(self, text: str, shape: str, *, inverted: bool = False) -> None:
        """Show a text in the size in which `shape` fits; a text that is there already costs nothing."""
        if (text, shape, inverted) == (self._text, self._shape, self._inverted):
            return
        before = self._lines
        is_same_frame = shape == self._shape and inverted == self._inverted
        self._text, self._shape, self._inverted = text, shape, inverted
        self._lines = ()
        if is_same_frame and self.rows:
            self.refresh(*self._changed(before))
        else:
            self.refresh()

    def notify_style_update(self) -> None:
        """Nothing of the drawing depends on the style, only its colour."""
        super().notify_style_update()
        self._style = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the digits, in the middle of the room."""
        if self._style is None:
            self._style = self.rich_style
        columns, style = self.size.width, self._style
        lines = self._drawn()
        top = (self.size.height - len(lines)) // 2
        if not top <= y < top + len(lines):
            return Strip.blank(columns, style)
        line = lines[y - top]
        left = max(0, (columns - len(line)) // 2)
        ink = line.strip(" ")
        indent = left + len(line) - len(line.lstrip(" "))
        air = Style(bgcolor=style.bgcolor)
        cells = [
            Segment(" " * indent, air),
            Segment(ink, style + _BOLD if len(lines) == 1 else style),
            Segment(" " * max(0, columns - indent - len(ink)), air),
        ]
        return Strip(cells, indent + len(ink) + max(0, columns - indent - len(ink))).crop(0, columns)

    def _drawn(self) -> tuple[str, ...]:
        if not self._lines:
            rows = self.rows
            if not rows:
                self._lines = (f"[{self._text.strip()}]" if self._inverted else self._text.strip(),)
            else:
                self._lines = self._framed(rows) if self._inverted else glyphs.draw(self._text, rows)
        return self._lines

    def _framed(self, rows: int) -> tuple[str, ...]:
        """Cut the digits out of a block that closes round them: at its edge they would lose their outline."""
        lines = glyphs.draw(self._text, rows, has_rim=True)
        air = " " * (_RIM if len(lines[0]) + 2 * _RIM <= self.size.width else 1)
        return glyphs.cut_out(tuple(f"{air}{line}{air}" for line in lines))

    def on_resize(self) -> None:
        """Draw again at the new size."""
        self._lines = ()
        self.refresh()

    def _changed(self, before: tuple[str, ...]) -> list[Region]:
        """Where two drawings of the same size differ, row by row."""
        after = self._drawn()
        if len(before) != len(after):
            return [Region(0, 0, *self.size)]
        top = (self.size.height - len(after)) // 2
        regions = []
        for y, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                first, last = span(old, new)
                left = max(0, (self.size.width - len(new)) // 2)
                regions.append(Region(left + first, top + y, last - first + 1, 1))
        return regions
