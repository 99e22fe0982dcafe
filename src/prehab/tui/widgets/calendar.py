"""The weeks, newest first: what was done on each day, and how many minutes for which phase."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from prehab.domain.duration import MINUTE, Millis
from prehab.domain.routine import Phase
from prehab.session.looking_back import Week
from prehab.tui.widgets.marks import PHASES, SEVERAL, day_name

Reader = Callable[[int, int], Sequence[Week]]
"""Reads so many weeks from a Monday on, oldest first."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIRST = 7 * 52
"""The calendar ends in the second year of our era, where the days do."""
_LEAST_BAR = 8
_ROOMY = (58, 88)
"""From so many columns on a day has four cells, and five."""


class Weeks(Widget, can_focus=True):
    """A calendar that reads the weeks it shows, and no others."""

    DEFAULT_CSS = """
    Weeks {
        width: 1fr; height: 1fr; color: $foreground;
        & > .weeks--quiet { color: $quiet; }
        & > .weeks--faint { color: $faint; }
        & > .weeks--strong { text-style: bold; }
        & > .weeks--cursor { color: $background; background: $kind-work; text-style: bold; }
        & > .weeks--cursor-blurred { color: $foreground; background: $panel; text-style: bold; }
        & > .weeks--prepare { color: $kind-prepare; }
        & > .weeks--rest { color: $kind-rest; }
        & > .weeks--kind { color: $kind-work; }
        & > .weeks--paused { color: $kind-paused; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"weeks--{name}"
        for name in (
            *("quiet", "faint", "strong", "cursor", "cursor-blurred"),
            *("prepare", "rest", "kind", "paused"),
        )
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", "up", show=False),
        Binding("down,j", "cursor(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home", "newest", "newest", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._read: Reader = lambda first, count: ()
        self._today = 0
        self._top = 0
        self._cursor = 0
        self._weeks: tuple[Week, ...] = ()

    def look(self, read: Reader, today: int) -> None:
        """Show the weeks up to a day, read anew; the cursor keeps its place."""
        self._read, self._today = read, today
        self._fetch()

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that are shown, newest first."""
        return self._weeks

    @property
    def chosen(self) -> Week | None:
        """The week under the cursor."""
        place = self._cursor - self._top
        return self._weeks[place] if 0 <= place < len(self._weeks) else None

    def _fetch(self) -> None:
        """Read the weeks that there is room for."""
        rows = self._rows
        if not self._today or rows <= 0:
            return
        self._cursor = max(0, min(self._cursor, (self._this_monday - _FIRST) // 7))
        self._top = max(0, min(self._top, self._cursor))
        self._top = max(self._top, self._cursor - rows + 1)
        oldest = self._this_monday - 7 * (self._top + rows - 1)
        self._weeks = tuple(reversed(self._read(max(_FIRST, oldest), rows)))
        self.refresh()

    @property
    def _this_monday(self) -> int:
        return self._today - (self._today - 1) % 7

    @property
    def _has_frame(self) -> bool:
        """Whether there is room for the days' names and for the words below."""
        return self.size.height >= 8

    @property
    def _rows(self) -> int:
        return self.size.height - (3 if self._has_frame else 0)

    def action_cursor(self, by: int) -> None:
        """Go to the week before or after."""
        self._cursor += by
        self._fetch()

    def action_page(self, by: int) -> None:
        """Go as many weeks back or on as are shown."""
        self._cursor += by * max(1, self._rows - 1)
        self._fetch()

    def action_newest(self) -> None:
        """Go to this week."""
        self._cursor = 0
        self._fetch()

    def on_resize(self) -> None:
        """Show as many weeks as there is room for."""
        self._fetch()

    def on_focus(self) -> None:
        """Show the cursor as live."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go back in time with the wheel."""
        event.stop()
        self.action_cursor(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Come back with the wheel."""
        event.stop()
        self.action_cursor(-1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a week."""
        place = event.y - (1 if self._has_frame else 0)
        if 0 <= place < len(self._weeks):
            self._cursor = self._top + place
            self._fetch()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line: the days' names, a week, or what the week under the cursor came to."""
        width = self.size.width
        if self._has_frame:
            if y == 0:
                return self._strip([(self._heading(), "quiet")])
            if y == self.size.height - 1:
                return self._strip(self._sum(width))
            y -= 1
        if y >= len(self._weeks):
            return Strip.blank(width, self.rich_style)
        return self._strip(self._line(self._weeks[y], y + self._top == self._cursor))

    def _strip(self, pieces: Sequence[tuple[str, str]]) -> Strip:
        base = self.rich_style
        cells = []
        for text, style in pieces:
            body = text.lstrip(" ")
            cells.append(Segment(" " * (len(text) - len(body)), base))
            cells.append(Segment(body, self.get_component_rich_style(f"weeks--{style}") if style else base))
        return Strip(cells).adjust_cell_length(self.size.width, Style(bgcolor=base.bgcolor))

    @property
    def _label(self) -> int:
        return 13 if self.size.width >= _ROOMY[0] else 8

    @property
    def _cell(self) -> int:
        room = (self.size.width - self._label) // 7
        most = 3 + sum(self.size.width >= columns for columns in _ROOMY)
        return max(1, min(most, room))

    @property
    def _bar(self) -> int:
        """How many cells the minutes of a week have for their bar."""
        room = self.size.width - self._label - 7 * self._cell - _FIGURE - 1
        return room if room >= _LEAST_BAR else 0

    def _heading(self) -> str:
        cell = self._cell
        names = "".join(name[: max(1, cell - 1)].ljust(cell) for name in _DAYS)
        minutes = "min".rjust(_FIGURE) if self.size.width - self._label - 7 * cell >= _FIGURE else ""
        return " " * self._label + names + minutes

    def _line(self, week: Week, is_cursor: bool) -> list[tuple[str, str]]:
        cell, cursor = self._cell, "cursor" if self.has_focus else "cursor-blurred"
        name = day_name(week.monday, self._today, is_long=self._label > 8)
        lead = f"{'▸' if is_cursor else ' '}{name}"
        pieces = [
            (lead.ljust(self._label - 1)[: self._label - 1], cursor if is_cursor else "quiet"),
            (" ", ""),
        ]
        for day, phases in enumerate(week.days, week.monday):
            pieces += self._day(phases, cell, is_ahead=day > self._today)
        if self.size.width - self._label - 7 * cell >= _FIGURE:
            minutes = _minutes(week.total)
            pieces.append(((str(minutes) if week.total else "").rjust(_FIGURE), "strong"))
        if self._bar and week.total:
            pieces.append((" ", ""))
            most = max(shown.total for shown in self._weeks)
            pieces += [
                (PHASES[phase].shape * cells, PHASES[phase].style)
                for phase, cells in shares(week.spent, most, self._bar)
            ]
        return pieces

    def _day(self, phases: frozenset[Phase | None], cell: int, *, is_ahead: bool) -> list[tuple[str, str]]:
        if not phases:
            return [((" " if is_ahead else "·").ljust(cell), "faint")]
        marks = [mark for phase, mark in PHASES.items() if phase in phases]
        room = max(1, cell - 1)
        if len(marks) > room:
            shown = (
                [(SEVERAL, "strong")] if room == 1 else [(one.shape, one.style) for one in marks[: room - 1]]
            )
            shown += [] if room == 1 else [("+", "strong")]
        else:
            shown = [(one.shape, one.style) for one in marks]
        return [*shown, (" " * (cell - len(shown)), "")]

    def _sum(self, width: int) -> list[tuple[str, str]]:
        """What the week under the cursor came to; it explains the shapes as well."""
        week = self.chosen
        if week is None or not week.spent:
            return [("nothing this week: rest is allowed"[:width], "quiet")]
        pieces: list[tuple[str, str]] = []
        taken = 0
        for phase, mark in PHASES.items():
            if phase in week.spent:
                words = f" {mark.words}" if width >= _ROOMY[0] else f" {mark.words.split()[0]}"
                minutes = f" {_minutes(week.spent[phase])} min"
                parts = [(mark.shape, mark.style), (words, ""), (minutes, "strong"), ("   ", "")]
                length = sum(len(text) for text, _ in parts)
                if taken + length - 3 > width:
                    pieces.append(("…", "quiet"))
                    break
                pieces += parts
                taken += length
        return pieces


_FIGURE = 5
"""Cells for the minutes of a week as a number."""


def _minutes(spent: Millis) -> int:
    """Whole minutes, and one for anything at all."""
    return max(1, round(spent / MINUTE)) if spent else 0


def shares(spent: Mapping[Phase | None, Millis], most: Millis, cells: int) -> list[tuple[Phase | None, int]]:
    """Share a bar out among the phases: the largest week fills it, and nothing that was done vanishes."""
    total = sum(spent.values())
    length = max(len(spent), round(cells * total / most)) if most else 0
    length = min(length, cells)
    shared = [(phase, spent[phase] * length / total) for phase in PHASES if spent.get(phase)]
    whole = {phase: max(1, int(share)) for phase, share in shared}
    by_rest = sorted(shared, key=lambda one: one[1] - int(one[1]), reverse=True)
    for phase, _ in by_rest:
        if sum(whole.values()) < length:
            whole[phase] += 1
    while sum(whole.values()) > max(length, len(whole)):
        whole[max(whole, key=lambda phase: whole[phase])] -= 1
    return [(phase, whole[phase]) for phase, _ in shared]
