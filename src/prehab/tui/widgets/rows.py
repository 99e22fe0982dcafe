"""A list that a cursor moves in; it draws only the lines that are seen, so its length costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from prehab.tui.widgets.sheet import shortened

_LEAST = 12
"""A text gets at least this many cells before the columns after it are left out."""
_LEFT = 6
"""It never gets fewer than these and two of air; the text on the right is shortened first."""
_WIDE = 45
"""From this width on there is air before the sign that there is more above or below."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    id: str
    """Empty for a line that the cursor skips."""
    left: str
    right: str = ""
    """Set flush right: a length, a value."""
    is_heading: bool = False
    is_marked: bool = False
    """Something is wrong with it; a sign says so as well as the colour."""
    columns: tuple[str, ...] = ()
    """More texts after the left one, each in its own column."""


class Rows(Widget, can_focus=True):
    """Lines with a cursor, for keys, wheel and pointer."""

    DEFAULT_CSS = """
    Rows {
        width: 1fr; height: 1fr; color: $foreground;
        & > .rows--heading { color: $quiet; text-style: bold; }
        & > .rows--right { color: $quiet; }
        & > .rows--mark { color: $kind-pain; }
        & > .rows--cursor { color: $background; background: $kind-work; text-style: bold; }
        & > .rows--cursor-blurred { color: $foreground; background: $panel; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--heading",
        "rows--right",
        "rows--mark",
        "rows--cursor",
        "rows--cursor-blurred",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor(-1)", "up", show=False),
        Binding("down", "cursor(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "edge(-1)", "first", show=False),
        Binding("end", "edge(1)", "last", show=False),
    ]

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class Walked(Message):
        """A person moved the cursor."""

    class Chosen(Message):
        """A line was double-clicked."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._cursor = -1
        self._top = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """All lines, seen or not."""
        return self._rows

    @property
    def chosen(self) -> str:
        """The id under the cursor; empty in an empty list."""
        return self._rows[self._cursor].id if 0 <= self._cursor < len(self._rows) else ""

    def show(self, rows: Sequence[Row]) -> None:
        """Show other lines; the cursor stays on its id where it is still there."""
        if tuple(rows) == self._rows:
            return
        before = self.chosen
        self._rows = tuple(rows)
        places = [index for index, row in enumerate(self._rows) if row.id]
        kept = next((index for index in places if self._rows[index].id == before), None)
        self._cursor = kept if kept is not None else places[0] if places else -1
        self._follow()
        self.refresh()
        if self.chosen != before:
            self.post_message(self.Moved(self.chosen))

    def move_to(self, id: str) -> None:
        """Put the cursor on a line."""
        self._go(next((index for index, row in enumerate(self._rows) if row.id == id), -1))

    def action_cursor(self, by: int) -> None:
        """Go up or down one line, over headings."""
        self.post_message(self.Walked())
        index = self._cursor + by
        while 0 <= index < len(self._rows) and not self._rows[index].id:
            index += by
        if 0 <= index < len(self._rows):
            self._go(index)
        elif by < 0 and self._top:
            self._top = 0
            self.refresh()

    def action_page(self, by: int) -> None:
        """Go up or down one screenful."""
        self.post_message(self.Walked())
        self._nearest(self._cursor + by * max(1, self.size.height - 1), by)

    def action_edge(self, by: int) -> None:
        """Go to the first or the last line."""
        self.post_message(self.Walked())
        self._nearest(0 if by < 0 else len(self._rows) - 1, by)

    def _nearest(self, index: int, by: int) -> None:
        places = [place for place, row in enumerate(self._rows) if row.id]
        if not places:
            return
        wanted = max(places[0], min(index, places[-1]))
        self._go(min(places, key=lambda place: (abs(place - wanted), -by * place)))

    def _go(self, index: int) -> None:
        if index < 0 or index == self._cursor:
            return
        self._cursor = index
        self._follow()
        self.refresh()
        self.post_message(self.Moved(self.chosen))

    def _follow(self) -> None:
        height = max(1, self.size.height)
        first = self._cursor
        while first > 0 and not self._rows[first - 1].id:
            first -= 1
        if self._cursor - first >= height:
            first = self._cursor
        self._top = max(0, min(self._top, first, len(self._rows) - 1))
        self._top = max(self._top, self._cursor - height + 1)
        self._top = min(self._top, max(0, len(self._rows) - height))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._follow()
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor as live."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on with the wheel."""
        event.stop()
        self.action_cursor(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back with the wheel."""
        event.stop()
        self.action_cursor(-1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the pointer; a double click chooses."""
        self.post_message(self.Walked())
        index = self._top + event.y
        if 0 <= index < len(self._rows) and self._rows[index].id:
            self._go(index)
            if event.chain == 2:
                self.post_message(self.Chosen(self._rows[index].id))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the part that is seen."""
        width, base = self.size.width, self.rich_style
        index = self._top + y
        if index >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[index]
        more = " ▴" if y == 0 and self._top else " ▾" if self._has_more_below(y) else ""
        if row.is_heading:
            # A heading in the last line would head nothing.
            said = "" if more == " ▾" else row.left.upper()
            heading = Segment(
                set_cell_size(said, max(0, width - 2)), self.get_component_rich_style("rows--heading")
            )
            return Strip(
                [heading, Segment(more, self.get_component_rich_style("rows--right"))]
            ).adjust_cell_length(width, base)
        is_cursor = index == self._cursor
        right_style = self.get_component_rich_style("rows--right")
        if is_cursor:
            name = "rows--cursor" if self.has_focus else "rows--cursor-blurred"
            base = right_style = self.get_component_rich_style(name)
        elif row.is_marked:
            base = self.get_component_rich_style("rows--mark")
        lead = "▸ " if is_cursor else "! " if row.is_marked else "  "
        middle = "".join(f"  {text}" for text in row.columns)
        end = 2 if width >= _WIDE else 1
        right = shortened(row.right, width - len(lead) - end - _LEFT) if row.right else ""
        taken = len(lead) + cell_len(right) + (2 if right else 0) + end
        if width - taken - cell_len(middle) < _LEAST:
            middle = ""
        room = max(0, width - taken - cell_len(middle))
        left = set_cell_size(shortened(row.left, room), room)
        between = "  " if right else ""
        return Strip(
            [
                Segment(lead, base if lead.strip() else Style(bgcolor=base.bgcolor)),
                Segment(f"{left}{middle}{between}", base),
                Segment(f"{right}{more[-end:].ljust(end)}", right_style),
            ]
        ).adjust_cell_length(width, base)

    def _has_more_below(self, y: int) -> bool:
        return y == self.size.height - 1 and self._top + y + 1 < len(self._rows)
