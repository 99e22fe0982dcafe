"""Every run and every check-in, newest first: to look at, to put right, to take out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen

from prehab.domain.diary import CheckIn, Diary, Run, When
from prehab.domain.duration import clock_face
from prehab.domain.gate import PAIN
from prehab.domain.records import Instant
from prehab.errors import UserError
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.ports import Front
from prehab.tui.telling import Telling
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.marks import MONTHS, day_name
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Piece, Sheet, wrapped

if TYPE_CHECKING:
    from prehab.session.diary import Page
    from prehab.tui.app import PrehabApp

_ROOMY = 34
"""Narrower lists leave the time of day out."""
_WHEN = {
    When.BEFORE: "before the run of",
    When.MORNING: "the morning after the run of",
    When.SECOND_MORNING: "the second morning after the run of",
}


class DiaryScreen(Screen[None], inherit_bindings=False):
    """What was told, line by line."""

    CSS_PATH = "diary.tcss"
    SCOPE = Scope.DIARY
    HELP = (
        "Every run and every check-in, newest first. enter opens the form it was told with; what is kept "
        "there takes the place of what was said before. u brings back what was deleted or changed last."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.DIARY),
        Binding("escape,q,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (80, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    class Changed(Message):
        """The diary is another one than before."""

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._pages: dict[str, Page] = {}
        self._diary = Diary((), ())
        self._before: list[tuple[Page, Page | None]] = []
        """What was changed or deleted, and what it has become."""

    def compose(self) -> ComposeResult:
        """The list, and beside it what there is to know of the line under the cursor."""
        yield Line("Runs and check-ins", id="heading")
        with Horizontal(id="main"):
            yield Rows(id="list")
            with Vertical(id="side"):
                yield Sheet(id="detail")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one(Rows).focus()
        self._read()

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self.call_after_refresh(self._show)

    def _read(self, cursor: str = "") -> None:
        try:
            diary = self._front.diary()
            pages, self._diary = diary.pages(), diary.diary()
        except UserError as error:
            self.query_one(Rows).show([Row("", error.title, is_marked=True), Row("", error.hint)])
            return
        self._pages = {_id(page): page for page in pages}
        self._show()
        if cursor:
            self.query_one(Rows).move_to(cursor)
            self._show_detail()

    def _show(self) -> None:
        rows = list(self._rows()) or [Row("", "Nothing is told yet."), Row("", "r and m on home tell of it.")]
        self.query_one(Rows).show(rows)
        self._show_detail()
        dead = set() if self._before else {"diary_undo"}
        if not self._pages:
            dead |= {"diary_change", "diary_delete"}
        live = [hint for hint in hints(Scope.DIARY, self.app) if hint.action not in dead]
        self.query_one(KeyBar).show([Hint("esc", "back", "away", 95), *live])

    def _rows(self) -> Iterator[Row]:
        is_roomy = self.query_one(Rows).size.width >= _ROOMY

        def month(page: Page) -> tuple[int, int]:
            day = date.fromordinal(_at(page).day)
            return day.year, day.month

        for (year, number), pages in groupby(self._pages.values(), month):
            yield Row("", f"{MONTHS[number - 1]} {year}", is_heading=True)
            for page in pages:
                at = datetime.fromisoformat(_at(page).written)
                when = f"{at:%a} {at.day:>2}" + (f"  {at:%H:%M}" if is_roomy else "")
                yield Row(_id(page), f"{when}  {_title(page)}")

    @property
    def _chosen(self) -> Page | None:
        return self._pages.get(self.query_one(Rows).chosen)

    def _show_detail(self) -> None:
        page = self._chosen

        def lines(width: int, height: int) -> list[list[Piece]]:
            if page is None:
                return []
            return [[(line, style)] for text, style in self._facts(page) for line in wrapped(text, width)]

        self.query_one("#detail", Sheet).lay_out(lines)

    def _facts(self, page: Page) -> Iterator[tuple[str, str]]:
        yield _moment(_at(page)), "strong"
        if isinstance(page, Run):
            yield from ((fact, "") for fact in _facts_of_run(page))
            mornings = [
                f"{area} {rated.after}"
                for area in ("lower back", "shoulders")
                for rated in self._diary.rated(area)
                if rated.run.id == page.id
            ]
            if mornings:
                yield f"The morning after: {', '.join(mornings)}", "quiet"
            return
        for entry in page.entries:
            side = f", {entry.side.value}" if entry.side else ""
            yield f"{entry.area.capitalize()}{side}  {entry.score}: {PAIN[entry.score]}", ""
        told = self._diary.told(page.entries[0])
        if told.is_late:
            yield "Later than 36 hours after the run: left out of comparisons.", "quiet"
        elif told.when is not None and told.run is not None:
            yield f"{_WHEN[told.when].capitalize()} {_moment(told.run.started_at)}", "quiet"

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_detail()

    @on(Rows.Chosen)
    def _double_clicked(self) -> None:
        self.action_diary_change()

    def action_diary_change(self) -> None:
        """Open the form that it was told with."""
        if (page := self._chosen) is not None:
            self._change(page)

    @work(exclusive=True, group="diary")
    async def _change(self, page: Page) -> None:
        telling = Telling(cast("PrehabApp", self.app), self._front)
        try:
            changed: Page | None
            if isinstance(page, Run):
                changed = await telling.change_run(page)
                is_other = changed is not None
            else:
                answered = await telling.change_check_in(page)
                is_other = answered is not None and answered.trouble is None
                changed = CheckIn(answered.entries) if answered and answered.entries else None
        except UserError as error:
            self._tell(error)
            return
        if is_other and changed != page:
            self._take_note(page, changed)

    def action_diary_delete(self) -> None:
        """Forget it; a key brings it back."""
        page = self._chosen
        if page is None:
            return
        ids = list(self._pages)
        at = ids.index(_id(page))
        ids.remove(_id(page))
        try:
            self._front.diary().forget(page)
        except UserError as error:
            self._tell(error)
            return
        self._take_note(page, None, cursor=ids[min(at, len(ids) - 1)] if ids else "")
        key = keys.shown_key(keys.BY_ID["diary.undo"], self.app)
        now = self._front.diary().now()
        what = f"{_title(page)}, {day_name(_at(page).day, now.day, is_long=True)}"
        self.notify(f"Deleted: {what}. {key} brings it back.", markup=False, timeout=6)

    def action_diary_undo(self) -> None:
        """Bring back what was deleted or changed last."""
        if not self._before:
            self.notify("nothing was deleted or changed here", markup=False, timeout=3)
            return
        before, after = self._before[-1]
        try:
            if after is not None:
                self._front.diary().forget(after)
            self._front.diary().keep(before)
        except UserError as error:
            self._tell(error)
            return
        self._before.pop()
        self._read(_id(before))
        self.post_message(self.Changed())

    def _take_note(self, before: Page, after: Page | None, cursor: str = "") -> None:
        self._before.append((before, after))
        self._read(cursor or ("" if after is None else _id(after)))
        self.post_message(self.Changed())

    def _tell(self, error: UserError) -> None:
        self.notify(error.title, markup=False, severity="warning", timeout=6)

    def action_away(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


def _id(page: Page) -> str:
    return page.id if isinstance(page, Run) else page.entries[0].id


def _at(page: Page) -> Instant:
    return page.started_at if isinstance(page, Run) else page.at


def _moment(moment: Instant) -> str:
    at = datetime.fromisoformat(moment.written)
    return f"{at:%a} {at.day} {MONTHS[at.month - 1]} {at.year}, {at.hour}:{at:%M}"


def _title(page: Page) -> str:
    if isinstance(page, Run):
        known = [
            "" if page.distance_m is None else f"{page.distance_m / 1000:.1f} km",
            page.surface.value if page.surface else "",
            "" if page.duration_ms is None else clock_face(page.duration_ms),
        ]
        return " · ".join(("Run", *(part for part in known if part)))
    return " · ".join(f"{entry.area} {entry.score}" for entry in page.entries)


def _facts_of_run(run: Run) -> Iterator[str]:
    if run.distance_m is not None:
        yield f"{run.distance_m / 1000:.2f} km"
    if run.duration_ms is not None:
        yield clock_face(run.duration_ms)
    if run.surface is not None:
        shares = ", ".join(f"{surface.value} {share} %" for surface, share in run.shares)
        yield f"On {run.surface.value}" + (f": {shares}" if shares else "")
    if run.effort is not None:
        yield f"Effort {run.effort} of 10"
    if run.hills is not None:
        yield "Hills" if run.hills else "No hills"
    if run.warm_up is not None:
        yield f"Warm-up: {run.warm_up.value}"
    if run.stretch is not None:
        yield f"Stretch after: {run.stretch.value}"
    if run.shoes:
        yield f"Shoes: {run.shoes}"
    if run.note:
        yield run.note
