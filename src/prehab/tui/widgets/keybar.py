"""The live keys of a screen in one line; those that do not fit give way to the more important ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from prehab.tui import keys


@dataclass(frozen=True, slots=True)
class Hint:
    """One key of the bar."""

    cap: str
    label: str
    action: str
    weight: int


def hint(cmd: keys.Cmd, app: object, label: str | None = None) -> Hint:
    """The bar's entry of a command, with the key that it has in this app."""
    return Hint(keys.shown_key(cmd, app), label or cmd.label, cmd.action, cmd.weight)


def hints(scope: keys.Scope, app: object) -> list[Hint]:
    """The bar of a screen whose keys are all live."""
    return [hint(cmd, app) for cmd in (*keys.of(scope), *keys.of(keys.Scope.EVERYWHERE)) if cmd.weight]


def fitting(hints: Sequence[Hint], columns: int) -> tuple[tuple[int, Hint], ...]:
    """The hints that fit a width, in their order, each with its first column; the heaviest stay."""
    air = 3 if columns >= _ROOMY else 2
    room, kept = columns + air, set[Hint]()
    for one in sorted(hints, key=lambda hint: -hint.weight):
        if (taken := _width(one) + air) <= room:
            kept.add(one)
            room -= taken
    placed, x = [], 0
    for one in (hint for hint in hints if hint in kept):
        placed.append((x, one))
        x += _width(one) + air
    return tuple(placed)


_ROOMY = 60
"""A narrower bar puts its keys closer together."""


def _width(hint: Hint) -> int:
    return len(hint.cap) + 1 + len(hint.label)


class KeyBar(Widget):
    """Keys that can be pressed now, by hand or with the mouse."""

    DEFAULT_CSS = """
    KeyBar {
        height: 1; width: 1fr; color: $quiet;
        & > .keybar--key { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES = {"keybar--key"}  # noqa: RUF012

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other keys; the same ones cost nothing."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    @property
    def shown(self) -> tuple[Hint, ...]:
        """The keys that fit just now."""
        return tuple(one for _, one in fitting(self._hints, self.size.width))

    def render_line(self, y: int) -> Strip:
        """Draw the keys."""
        columns, label = self.size.width, self.rich_style
        if y:
            return Strip.blank(columns, label)
        key = self.get_component_rich_style("keybar--key")
        cells: list[Segment] = []
        at = 0
        for x, one in fitting(self._hints, columns):
            cells += [Segment(" " * (x - at), label), Segment(f"{one.cap} ", key), Segment(one.label, label)]
            at = x + len(one.cap) + 1 + len(one.label)
        cells.append(Segment(" " * max(0, columns - at), label))
        return Strip(cells).adjust_cell_length(columns, Style())

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer would do."""
        for x, one in fitting(self._hints, self.size.width):
            if x <= event.x < x + len(one.cap) + 1 + len(one.label):
                await self.screen.run_action(one.action)
