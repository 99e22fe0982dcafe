"""Lines of plain text in a few styles, laid out for the room there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

Piece = tuple[str, str]
"""A text and the name of its style: empty, strong, quiet, faint, kind, pain, prepare, rest, paused, key."""
Lines = Callable[[int, int], Sequence[Sequence[Piece]]]
"""Lays lines out for a width and a height."""


_ENDLESS = 100_000


class Sheet(Widget):
    """Shows what a function lays out; asks it again when the size changes."""

    DEFAULT_CSS = """
    Sheet {
        width: 1fr; height: 1fr; color: $foreground;
        & > .sheet--strong { text-style: bold; }
        & > .sheet--quiet { color: $quiet; }
        & > .sheet--kind { color: $kind-work; text-style: bold; }
        & > .sheet--pain { color: $kind-pain; }
        & > .sheet--faint { color: $faint; }
        & > .sheet--prepare { color: $kind-prepare; }
        & > .sheet--rest { color: $kind-rest; }
        & > .sheet--paused { color: $kind-paused; }
        & > .sheet--key { color: $background; background: $kind-work; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--strong",
        "sheet--quiet",
        "sheet--kind",
        "sheet--pain",
        "sheet--faint",
        "sheet--prepare",
        "sheet--rest",
        "sheet--paused",
        "sheet--key",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._layout: Lines = lambda width, height: ()
        self._keeps: Callable[[int], int] | None = None
        self._lines: Sequence[Sequence[Piece]] = ()

    @property
    def text(self) -> str:
        """What is shown, without its styles."""
        return "\n".join("".join(text for text, _ in line) for line in self._lines)

    def keep_room(self, rows: Callable[[int], int]) -> None:
        """Be as high as this says for a width, whatever is shown, so that nothing around it jumps."""
        self._keeps = rows

    def lay_out(self, layout: Lines) -> None:
        """Show something else."""
        self._layout = layout
        self._lines = layout(self.size.width, self.size.height) if self.size.width else ()
        self.refresh()

    def on_resize(self) -> None:
        """Lay out again."""
        self._lines = self._layout(self.size.width, self.size.height)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as its lines, where the style leaves the height to the content."""
        return self._keeps(width) if self._keeps is not None else len(self._layout(width, _ENDLESS))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, base = self.size.width, self.rich_style
        if y >= len(self._lines):
            return Strip.blank(width, base)
        cells = []
        for text, name in self._lines[y]:
            style = self.get_component_rich_style(f"sheet--{name}") if name else base
            body = text if name == "key" else text.lstrip(" ")
            if len(body) < len(text):
                cells.append(Segment(" " * (len(text) - len(body)), base))
            cells.append(Segment(body, style))
        return Strip(cells).adjust_cell_length(width, base)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Break a text into lines at spaces; a word longer than a line is cut."""
    line = ""
    for word in text.split():
        for part in chop_cells(word, max(1, width)):
            if line and cell_len(line) + 1 + cell_len(part) > width:
                yield line
                line = part
            else:
                line = f"{line} {part}" if line else part
    if line:
        yield line


def hanging(lead: str, text: str, width: int, indent: int) -> Iterator[tuple[str, str]]:
    """Break a text into lines that hang under their first word, after a lead of a fixed width."""
    if width - indent < _NARROW:
        yield lead, ""
        for line in wrapped(text, width - 2):
            yield "  ", line
        return
    for index, line in enumerate(wrapped(text, width - indent)):
        yield (lead if not index else "").ljust(indent), line


_NARROW = 24
"""Texts narrower than this go under their lead instead of beside it."""


def shortened(text: str, room: int) -> str:
    """Cut a text to a width; what was cut is marked."""
    if cell_len(text) <= room:
        return text
    return f"{set_cell_size(text, room - 1).rstrip()}…" if room > 0 else ""


def cut(lines: Sequence[str], most: int, width: int) -> list[str]:
    """The first lines, with a mark where there were more."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", width)] if most > 0 else []


def spread(left: str, right: str, width: int) -> tuple[str, str]:
    """A text on the left, shortened if it must be, that fills a line up to one on the right."""
    room = max(0, width - cell_len(right) - (2 if right else 0))
    return set_cell_size(shortened(left, room), width - cell_len(right)), right
