"""The one place that reaches into Textual: what it sends to the terminal, and notices that are taken back.

Textual 8.2 cuts an update at the right end of what changed, but begins it at the left edge of the widget.
For a timer that moves one cell at the end of a long line this is most of what goes to the terminal, so that
only the cells that changed are sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.control import Control
from textual import _compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.console import Console
    from textual.app import App
    from textual.strip import Strip


def send_only_changes() -> None:
    """Make every app of this process send less; does nothing where Textual has changed inside."""
    if hasattr(Widget, "_set_dirty"):
        Screen._set_dirty = _set_dirty  # type: ignore[assignment, method-assign]
    update = getattr(_compositor, "ChopsUpdate", None)
    if update is not None and {"chops", "spans", "chop_ends"} <= set(update.__init__.__code__.co_varnames):
        update.render_segments = _render_segments


def take_back(app: App[Any], told: str) -> None:
    """Let a notice go before its time."""
    for notice in list(app._notifications):
        if notice.message == told:
            app._unnotify(notice)


def _render_segments(self: Any, console: Console) -> str:
    chops: Sequence[Mapping[int, Strip | None]] = self.chops
    sent: list[str] = []
    colour = ""
    for y, x1, x2 in self.spans:
        for end, (x, strip) in zip(self.chop_ends[y], chops[y].items(), strict=False):
            left, right = max(x, x1), min(end, x2)
            if strip is not None and left < right:
                sent.append(Control.move_to(left, y).segment.text)
                colour = _append(sent, strip.crop(left - x, right - x).render(console), colour)
    return "".join([*sent, _PLAIN if colour else ""])


def _append(sent: list[str], text: str, colour: str) -> str:
    """Add text whose colours are set anew only where they change; answers the colour it ends with."""
    for piece in text.split(_PLAIN):
        found = _COLOUR.match(piece)
        wanted = found[0] if found else ""
        if wanted != colour and piece:
            sent.append(f"{_PLAIN if colour else ''}{wanted}")
            colour = wanted
        sent.append(piece[len(wanted) :])
    return colour


_PLAIN = "\x1b[0m"
_COLOUR = re.compile(r"\x1b\[[0-9;]+m")


def _set_dirty(self: Screen[object], *regions: Region) -> None:
    """Take what changed on a screen for places that count from its corner.

    Textual takes them for places within its padding, so that below a question the first cells of what changed
    stayed as they were.
    """
    offset = self.content_offset
    Widget._set_dirty(self, *(region.translate((-offset.x, -offset.y)) for region in regions))
