"""What the diary can tell: the picture first, then the fixed comparisons with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from prehab.errors import UserError
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.ports import Front
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.mornings import picture
from prehab.tui.widgets.sheet import Piece, Sheet, wrapped
from prehab.tui.widgets.visit import visit_lines

if TYPE_CHECKING:
    from prehab.domain.insights import Comparison
    from prehab.session.diary import DayShown

_LOW = 16
"""With fewer rows the picture does without bars."""


class InsightsScreen(Screen[None], inherit_bindings=False):
    """The morning after, over the days, and what it can be compared by."""

    CSS_PATH = "insights.tcss"
    SCOPE = Scope.INSIGHTS
    HELP = (
        "The picture shows how sore it was on each morning, with the runs and what they were on below it. "
        "The comparisons are always the same, in the same order; most diaries are too short for most of "
        "them, and a diary is not an experiment."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.INSIGHTS),
        Binding("escape,q,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    AUTO_FOCUS: ClassVar[str | None] = "#room"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (60, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front

    @property
    def text(self) -> str:
        """What there is to read."""
        return self.query_one("#body", Sheet).text

    def compose(self) -> ComposeResult:
        """One sheet that scrolls."""
        yield Line("Your diary", id="heading")
        with VerticalScroll(id="room"):
            yield Sheet(id="body")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the picture as soon as it is known."""
        bar = [Hint("esc", "home", "away", 95), *hints(Scope.INSIGHTS, self.app)]
        self.query_one(KeyBar).show(bar)
        self._read()

    @work(thread=True, exclusive=True, group="insights")
    def _read(self) -> None:
        """Compare, out of the way of the screen: long diaries take a moment."""
        try:
            diary = self._front.diary()
            days, found, why = diary.mornings(), diary.insights(), diary.see_somebody()
        except UserError as error:
            self.app.call_from_thread(self._say, error.title)
            return
        if self.is_attached:
            self.app.call_from_thread(self._take, days, found, why)

    def _say(self, trouble: str) -> None:
        self.query_one("#body", Sheet).lay_out(
            lambda width, height: [[(line, "pain")] for line in wrapped(trouble, width)]
        )

    def _take(self, days: Sequence[DayShown], found: Sequence[Comparison], why: str) -> None:
        def lines(width: int, height: int) -> list[list[Piece]]:
            body = picture(days, width, is_low=self.size.height < _LOW)
            body.append([])
            if why:
                body += visit_lines(why, width)
            return [*body, *_comparisons(found, width)]

        sheet = self.query_one("#body", Sheet)
        sheet.lay_out(lines)
        sheet.refresh(layout=True)

    def action_insights_sure(self) -> None:
        """Show what is known, and how well."""
        from prehab import resources
        from prehab.tui.screens.reader import Reader
        from prehab.tui.widgets.page import page

        text = resources.how_sure().read_text(encoding="utf-8")
        title, _, rest = text.partition("\n")
        self.app.push_screen(Reader(title.lstrip("# "), lambda width, height: page(rest, width)))

    def action_insights_list(self) -> None:
        """Show every run and every check-in."""
        from prehab.tui.screens.diary import DiaryScreen

        self.app.push_screen(DiaryScreen(self._front), self._read_again)

    def _read_again(self, _: None) -> None:
        self._read()

    def action_away(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


def _comparisons(found: Sequence[Comparison], width: int) -> list[list[Piece]]:
    said = f"{len(found)} comparisons were looked at, always these and always in this order."
    body: list[list[Piece]] = [[(line, "quiet")] for line in wrapped(said, width)]
    for one in found:
        body += [[], [(f"{one.factor.capitalize()}, {one.outcome}", "strong")]]
        body += [[(line, "")] for line in wrapped(one.sentence, width)]
        if one.size:
            size = f"A difference of this size: {one.size}."
            body += [[(line, "")] for line in wrapped(size, width)]
        for also in one.also():
            body += [[("  ", ""), (line, "quiet")] for line in wrapped(also, width - 2)]
    return body
