"""What runs now and on which side, in words that can be read from across the room."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from prehab.tui.widgets import letters


class Banner(Widget):
    """Two large words, the first in the colour of the moment."""

    DEFAULT_CSS = """
    Banner {
        height: 3; width: 1fr; color: $foreground;
        & > .banner--side { color: $foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"banner--side"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is shown."""
        return "  ".join(self._words)

    def say(self, *said: str) -> None:
        """Show the kind and, where there is one, the side; those that are there already cost nothing."""
        words = tuple(word for word in said if word and letters.can_draw(word))
        if words != self._words:
            self._words = words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one of the three rows."""
        columns, base = self.size.width, self.rich_style
        styles = (base, self.get_component_rich_style("banner--side"))
        cells: list[Segment] = []
        for word, style in zip(self._words, styles, strict=False):
            if cells:
                cells.append(Segment(" " * letters.BETWEEN, base))
            cells.append(Segment(letters.draw(word)[y], style))
        return Strip(cells).adjust_cell_length(columns, base)
