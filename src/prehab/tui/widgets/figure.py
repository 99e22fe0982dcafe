"""The picture of a move: repainted only where a cell changed, still while nothing runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from prehab.domain.duration import Millis
from prehab.domain.routine import Side
from prehab.tui.widgets.cells import span

if TYPE_CHECKING:
    from prehab.figures.animation import Animation
    from prehab.figures.draw import Frame, Run
    from prehab.figures.figure import Figure
    from prehab.figures.silhouette import Tone


_LEAST = Millis(200)
"""Pictures follow each other no faster than this: alive enough, at half the cost of eight a second."""


class FigurePanel(Widget):
    """Shows a figure at a moment of its step."""

    DEFAULT_CSS = """
    FigurePanel {
        width: 1fr; height: 1fr;
        & > .figure--ground { color: $faint; }
        & > .figure--prop { color: $quiet; }
        & > .figure--far { color: $quiet; }
        & > .figure--near { color: $foreground; }
        & > .figure--worked { color: $kind-work; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "figure--ground",
        "figure--prop",
        "figure--far",
        "figure--near",
        "figure--worked",
    }

    def __init__(self, *, is_ascii: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._is_ascii = is_ascii
        self._figure: Figure | None = None
        self._side: Side | None = None
        self._beat: Millis | None = None
        self._animation: Animation | None = None
        self._at: Millis | None = None
        self._frame: Frame | None = None
        self._still: Frame | None = None
        self._base: Style | None = None
        self._styles_of: dict[Tone, Style] = {}

    def show(self, figure: Figure | None, side: Side | None, beat: Millis | None, at: Millis | None) -> None:
        """Show a figure at a moment since its work began; without a moment, in the pose that says most."""
        if (figure, side, beat) != (self._figure, self._side, self._beat):
            self._figure, self._side, self._beat = figure, side, beat
            self._animation = self._still = None
        self._at = at
        self._paint(self._look())

    def next_change(self) -> Millis | None:
        """How long the picture of now still stands; `None` when nothing moves."""
        if self._animation is None or self._at is None or not self.display:
            return None
        return Millis(self._stands() - self._at % self._stands())

    def _stands(self) -> Millis:
        """How long each shown picture stands: a whole number of the animation's own steps."""
        step = self._animation.step if self._animation is not None else _LEAST
        return Millis(step * -(-_LEAST // step))

    def notify_style_update(self) -> None:
        """Look the colours up again."""
        super().notify_style_update()
        self._base = None
        self._styles_of.clear()

    def on_resize(self) -> None:
        """Draw at the new size."""
        self._animation = self._still = None
        self._frame = self._look()
        self.refresh()

    def _look(self) -> Frame | None:
        if self._figure is None or not self.size.width:
            return None
        from prehab.figures.animation import Animation, still

        width, height = self.size
        if self._at is None:
            if self._still is None:
                self._still = still(self._figure, width, height, self._side, ascii_only=self._is_ascii)
            return self._still
        if self._animation is None:
            self._animation = Animation(
                self._figure, width, height, self._side, ascii_only=self._is_ascii, beat=self._beat
            )
        return self._animation.frame_at(self._at // self._stands() * self._stands())

    def _paint(self, frame: Frame | None) -> None:
        before, self._frame = self._frame, frame
        if frame is before:
            return
        if frame is None or before is None or (frame.width, frame.height) != (before.width, before.height):
            self.refresh()
            return
        changed = [
            Region(first, y, last - first + 1, 1)
            for y, (old, new) in enumerate(zip(before.lines(), frame.lines(), strict=True))
            if before.rows[y] != frame.rows[y]
            for first, last in [span(old, new)]
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        if self._base is None:
            self._base = self.rich_style
        width, base = self.size.width, self._base
        frame = self._frame
        if frame is None or y >= frame.height:
            return Strip.blank(width, base)
        return Strip(
            [
                Segment(text, self._tone(tone) if tone is not None else base)
                for text, tone in _runs(frame.rows[y])
            ]
        ).adjust_cell_length(width, base)

    def _tone(self, tone: Tone) -> Style:
        return self.get_component_rich_style(f"figure--{tone.name.lower()}")


def _runs(row: tuple[Run, ...]) -> list[tuple[str, Tone | None]]:
    """The runs of a row with the air inside it joined to what stands before: fewer colours, fewer bytes."""
    runs: list[tuple[str, Tone | None]] = []
    for run in row:
        is_air = not run.text.strip(" ")
        if runs and runs[-1][1] is not None and (is_air or run.tone == runs[-1][1]):
            runs[-1] = (runs[-1][0] + run.text, runs[-1][1])
        else:
            runs.append((run.text, None if is_air else run.tone))
    return runs
