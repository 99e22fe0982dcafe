"""The whole routine to scale in one line: what is done, what runs now, what is to come."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment as Cells
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from prehab.domain.duration import Millis
from prehab.domain.timeline import SegmentKind, Timeline
from prehab.domain.view import View

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_DONE, _TO_COME, _LEFT = "▄", "▁", "▂"


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of the bar, in whole cells."""

    left: int
    right: int
    """The cell after its last; the last cell but one of a long piece is left empty as a mark between two."""
    start: Millis
    end: Millis


def layout(timeline: Timeline, columns: int) -> tuple[Mark, ...]:
    """Lay the works out to scale; where they are too many, the steps, and then one plain piece."""
    if columns <= 0 or not timeline.total:
        return ()
    works = [
        (
            segment.work.number,
            segment.work.round,
            Millis(segment.at - timeline.get_ready),
            segment.length or Millis(0),
        )
        for segment in timeline.segments
        if segment.kind is SegmentKind.WORK
    ]
    pieces = [(start, Millis(start + length)) for _, _, start, length in works]
    steps: dict[tuple[int, int], tuple[Millis, Millis]] = {}
    for number, round_, start, length in works:
        first = steps.get((round_, number), (start, start))[0]
        steps[round_, number] = (first, Millis(start + length))
    for spans, least in ((pieces, 2), (list(steps.values()), 1)):
        marks = _to_cells(spans, timeline.total, columns)
        if all(mark.right - mark.left >= least for mark in marks):
            return tuple(marks)
    return (Mark(0, columns, Millis(0), timeline.total),)


def _to_cells(spans: list[tuple[Millis, Millis]], total: Millis, columns: int) -> list[Mark]:
    marks = []
    for index, (start, end) in enumerate(spans):
        left = start * columns // total
        following = spans[index + 1][0] * columns // total if index + 1 < len(spans) else columns + 1
        right = min(max(left, -(-end * columns // total)), following - 1)
        marks.append(Mark(left, min(right, columns), start, end))
    return marks


class RoutineBar(Widget):
    """Done pieces stand half high, the running one fully, those to come lie low: no colour is needed."""

    DEFAULT_CSS = """
    RoutineBar {
        height: 2; width: 1fr; color: $foreground;
        & > .bar--done { color: $quiet; }
        & > .bar--now { color: $foreground; }
        & > .bar--rest { color: $faint; }
    }
    """
    COMPONENT_CLASSES = {"bar--done", "bar--now", "bar--rest"}  # noqa: RUF012

    def __init__(self, timeline: Timeline, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._timeline = timeline
        self._marks: tuple[Mark, ...] = ()
        self._at = Millis(0)
        self._eighths = 0
        self._now = -1

    def on_resize(self) -> None:
        """Lay the pieces out again."""
        self._marks = layout(self._timeline, self.size.width)
        self._eighths = self._to_eighths(self._at)
        self._now = self._at_piece()
        self.refresh()

    def position(self, view: View) -> Millis:
        """How far the routine is as planned; time that was added does not move the pieces."""
        planned = view.segment.length or Millis(0)
        return Millis(max(0, view.segment.at - self._timeline.get_ready + min(view.elapsed, planned)))

    def next_change(self, view: View) -> Millis:
        """How long until the bar moves by an eighth of a cell."""
        columns = self.size.width * 8
        if not columns or not self._timeline.total:
            return Millis(60_000)
        at = self.position(view)
        edge = -(-(self._to_eighths(at) + 1) * self._timeline.total // columns)
        return Millis(max(1, edge - at))

    def show(self, view: View) -> None:
        """Move to a view; only the cells between the old and the new place are painted."""
        self._at = self.position(view)
        eighths, now = self._to_eighths(self._at), self._at_piece()
        if (eighths, now) == (self._eighths, self._now):
            return
        before, self._eighths = self._eighths, eighths
        low, high = sorted((before // 8, eighths // 8))
        if now != self._now and self._marks:
            pieces = [self._marks[index] for index in (now, self._now) if index >= 0]
            low = min([low, *(piece.left for piece in pieces)])
            high = max([high, *(piece.right for piece in pieces)])
            self._now = now
            self.refresh(Region(low, 0, high - low + 1, 2))
        else:
            self.refresh(Region(low, 0, high - low + 1, 1))

    def _to_eighths(self, at: Millis) -> int:
        return at * self.size.width * 8 // self._timeline.total if self._timeline.total else 0

    def _at_piece(self) -> int:
        """The piece that runs now or, in a gap, the one that follows."""
        return next(
            (index for index, mark in enumerate(self._marks) if self._at < mark.end), len(self._marks) - 1
        )

    def render_line(self, y: int) -> Strip:
        """Draw the pieces, and under the running one a line that points at it."""
        columns, base = self.size.width, self.rich_style
        if y > 1 or not self._marks:
            return Strip.blank(columns, base)
        now_style = self.get_component_rich_style("bar--now")
        if y == 1:
            mark = self._marks[self._now]
            under = "▔" * max(1, mark.right - mark.left)
            cells = [Cells(" " * mark.left, base), Cells(under, now_style)]
            return Strip(cells).adjust_cell_length(columns, base)
        done, rest = self.get_component_rich_style("bar--done"), self.get_component_rich_style("bar--rest")
        cells = []
        at = 0
        for index, mark in enumerate(self._marks):
            if mark.left > at:
                cells.append(Cells(" " * (mark.left - at), base))
            length = mark.right - mark.left
            if index < self._now:
                cells.append(Cells(_DONE * length, done))
            elif index > self._now:
                cells.append(Cells(_TO_COME * length, rest))
            else:
                cells += self._piece_that_runs(mark, now_style, rest)
            at = mark.right
        if at < columns:
            cells.append(Cells(" " * (columns - at), base))
        return Strip(cells, columns).crop(0, columns)

    def _piece_that_runs(self, mark: Mark, now: Style, rest: Style) -> list[Cells]:
        filled = min(max(0, self._eighths - mark.left * 8), (mark.right - mark.left) * 8)
        full, part = divmod(filled, 8)
        cells = [Cells("█" * full, now)]
        if part:
            cells.append(Cells(_EIGHTHS[part], now))
        left = mark.right - mark.left - full - bool(part)
        return [*cells, Cells(_LEFT * left, rest)]
