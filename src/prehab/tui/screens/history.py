"""What was done: the weeks, the holds over time, the back, and every session with its steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from prehab.domain.due import Target
from prehab.domain.duration import SECOND, Millis, held_face
from prehab.domain.events import Outcome
from prehab.domain.records import SessionRecord
from prehab.errors import UserError
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.ports import Front
from prehab.tui.widgets.calendar import Weeks
from prehab.tui.widgets.growth import back_over_time, holds_over_time
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.marks import MONTHS, day_name, targets_line
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Piece, Sheet, spread, wrapped

if TYPE_CHECKING:
    from prehab.history.stats import Place
    from prehab.session.looking_back import Holds, LookingBack

PAGE = 100
"""How many sessions are read at a time."""
PARTS = ("weeks", "holds", "sessions")
"""What is shown one at a time where there is no room for all of it."""
_ALL = (100, 30)
"""From so many columns and rows on everything is shown at once."""
_ROOMY = 46
"""Narrower lists leave the time of day out."""


class Tab(Static):
    """The name of a part, to click on."""

    def __init__(self, part: str) -> None:
        super().__init__(Content(part), id=f"tab-{part}", markup=False)
        self.part = part

    def on_click(self) -> None:
        """Show this part."""
        if isinstance(self.screen, HistoryScreen):
            self.screen.show_part(self.part)


class HistoryScreen(Screen[None], inherit_bindings=False):
    """Looks back on what was done."""

    CSS_PATH = "history.tcss"
    SCOPE = Scope.HISTORY
    HELP = (
        "The weeks, newest first: each shape stands for what was done on a day, and the bar shares the "
        "minutes of a week out in the same shapes. Below, every session (a ! marks one that was broken off), "
        "the holds of what grows over time with the level as a line, and the back before each session of "
        "the last three weeks. tab goes from one to the next. Weeks have targets; a week off breaks nothing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.HISTORY),
        Binding("escape,q,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (70, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._past: LookingBack | None = None
        self._records: list[SessionRecord] = []
        self._older: Place | None = None
        self._deleted: list[SessionRecord] = []
        self._holds: Holds | None = None
        self._targets: tuple[Target, ...] = ()
        self._trouble: UserError | None = None
        self._part = PARTS[0]

    def compose(self) -> ComposeResult:
        """All parts; the size decides which of them are seen."""
        with Horizontal(id="head"):
            yield Line("History", id="heading")
            for part in PARTS:
                yield Tab(part)
            yield Line(id="targets")
        yield Weeks(id="weeks")
        with Horizontal(id="below"):
            with Horizontal(id="sessions"):
                yield Rows(id="list")
                with Vertical(id="side"):
                    yield Sheet(id="detail")
            with Vertical(id="holds"):
                yield Sheet(id="chart")
                yield Sheet(id="back")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the frame; what is read comes after it."""
        self.show_part(self._part)
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        try:
            self._past = self._front.looking_back()
            self.query_one(Weeks).look(self._past.weeks, self._past.today)
            self._read_page()
            self._show_back()
        except UserError as error:
            self._say(error)
            return
        self._fold(None)

    def _say(self, error: UserError) -> None:
        """Say why there is nothing to look back on, or no more of it."""
        self._trouble = error
        self.show_part("sessions")
        self.query_one(Rows).show([Row("", error.title, is_marked=True), Row("", error.hint)])

    @work(thread=True, exclusive=True, group="fold")
    def _fold(self, wanted: str | None) -> None:
        """Fold what grows, out of the way of the screen: of a long history it takes a while."""
        from prehab.tui.widgets import plot

        past = self._past
        if past is None:
            return
        plot.load()
        try:
            holds, targets = past.holds(wanted), self._front.today().targets
        except UserError:
            return
        if self.is_attached:
            self.app.call_from_thread(self._take, holds, targets)

    def _take(self, holds: Holds | None, targets: tuple[Target, ...]) -> None:
        self._holds, self._targets = holds, targets
        self._show_targets()
        if self._past is not None:
            self.query_one("#chart", Sheet).lay_out(holds_over_time(holds, self._past.today))
        self._show_keys()

    def _show_targets(self) -> None:
        line = self.query_one("#targets", Line)
        line.say(targets_line(self._targets, line.size.width))

    def _show_back(self) -> None:
        if self._past is not None:
            self.query_one("#back", Sheet).lay_out(back_over_time(self._past.backs(), self._past.today))

    # Parts

    @property
    def part(self) -> str:
        """The part that the keys go to."""
        return self._part

    def on_resize(self) -> None:
        """Show all of it where there is room."""
        self.set_class(self._has_room_for_all, "-all")
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Say as much as the parts have room for."""
        self._show_sessions()
        self._show_targets()

    @property
    def _has_room_for_all(self) -> bool:
        return self.size.width >= _ALL[0] and self.size.height >= _ALL[1]

    def show_part(self, part: str) -> None:
        """Bring a part to the front, and give it the keys."""
        self._part = part
        for one in PARTS:
            self.set_class(one == part, f"-{one}")
        if part == "weeks":
            self.query_one(Weeks).focus()
        elif part == "sessions":
            self.query_one(Rows).focus()
        else:
            self.set_focus(None)
        self._show_keys()
        self.call_after_refresh(self._fit)

    def action_history_part(self, by: int = 1) -> None:
        """Go to the next part."""
        parts = [part for part in PARTS if not (self._has_room_for_all and part == "holds")]
        at = parts.index(self._part) if self._part in parts else 0
        self.show_part(parts[(at + by) % len(parts)])

    def action_history_part_before(self) -> None:
        """Go to the part before."""
        self.action_history_part(-1)

    def action_history_other(self) -> None:
        """Show the holds of the next routine that grows."""
        if self._holds is not None and len(self._holds.others) > 1:
            others = self._holds.others
            at = others.index(self._holds.routine) if self._holds.routine in others else -1
            self._fold(others[(at + 1) % len(others)])

    def _show_keys(self) -> None:
        dead = set()
        if self._part != "sessions" or not self._records:
            dead |= {"history_steps", "history_delete"}
        if not self._deleted:
            dead.add("history_undo")
        if self._holds is None or len(self._holds.others) < 2:
            dead.add("history_other")
        live = [hint for hint in hints(Scope.HISTORY, self.app) if hint.action not in dead]
        self.query_one(KeyBar).show([Hint("esc", "home", "away", 95), *live])

    # Sessions

    def _read_page(self) -> None:
        if self._past is None:
            return
        page = self._past.page(PAGE, self._older)
        self._records += page.sessions
        self._older = page.older
        self._show_sessions()

    def _show_sessions(self) -> None:
        if self._past is None or self._trouble is not None:
            return
        rows = list(self._rows())
        if not rows:
            rows = [Row("", line) for line in ("Nothing yet.", "The first session stands here.")]
        self.query_one(Rows).show(rows)
        self._show_detail()
        self._show_keys()

    def _rows(self) -> Iterator[Row]:
        is_roomy = self.query_one(Rows).size.width >= _ROOMY

        def month(record: SessionRecord) -> tuple[int, int]:
            day = date.fromordinal(record.started_at.day)
            return day.year, day.month

        for (year, number), records in groupby(self._records, month):
            yield Row("", f"{MONTHS[number - 1]} {year}", is_heading=True)
            for record in records:
                moment = datetime.fromisoformat(record.started_at.written)
                when = f"{moment:%a} {moment.day:>2}" + (f"  {moment:%H:%M}" if is_roomy else "")
                yield Row(
                    record.id,
                    f"{when}  {record.name}",
                    held_face(_held(record)),
                    is_marked=record.outcome is Outcome.UNFINISHED,
                )

    @property
    def _chosen(self) -> SessionRecord | None:
        chosen = self.query_one(Rows).chosen
        return next((record for record in self._records if record.id == chosen), None)

    def _show_detail(self) -> None:
        record = self._chosen
        self.query_one("#detail", Sheet).lay_out(
            lambda width, height: [] if record is None else _detail(record, width, height)
        )

    @on(Rows.Moved)
    def _moved(self) -> None:
        record = self._chosen
        self._show_detail()
        if record is not None and record is self._records[-1] and self._older is not None:
            try:
                self._read_page()
            except UserError as error:
                self._say(error)

    @on(Rows.Chosen)
    def _double_clicked(self) -> None:
        self.action_history_steps()

    def action_history_steps(self) -> None:
        """Show a session step by step."""
        from prehab.tui.screens.reader import Reader

        record = self._chosen
        if record is not None and self._part == "sessions":
            # What is read is scrolled: nothing has to be left out for want of rows.
            every = 1 + len(record.steps)
            self.app.push_screen(
                Reader(record.name, lambda width, height: _detail(record, width, height + every)[1:])
            )

    def action_history_delete(self) -> None:
        """Forget the session under the cursor; a key brings it back."""
        record = self._chosen
        if record is None or self._past is None or self._part != "sessions":
            return
        at = self._records.index(record)
        try:
            deleted = self._past.delete(record.id)
        except UserError as error:
            self.notify(error.title, markup=False, severity="warning", timeout=6)
            return
        if deleted is not None:
            self._deleted.append(deleted)
        del self._records[at]
        beside = self._records[min(at, len(self._records) - 1)].id if self._records else ""
        self._changed(beside)
        key = keys.shown_key(keys.BY_ID["history.undo"], self.app)
        what = f"{record.name}, {day_name(record.started_at.day, self._past.today, is_long=True)}"
        self.notify(f"Deleted: {what}. {key} brings it back.", markup=False, timeout=6)

    def action_history_undo(self) -> None:
        """Bring the session back that was deleted last."""
        if not self._deleted or self._past is None:
            self.notify("nothing was deleted here", markup=False, timeout=3)
            return
        record = self._deleted[-1]
        try:
            self._past.put_back(record)
        except UserError as error:
            self.notify(error.title, markup=False, severity="warning", timeout=6)
            return
        self._deleted.pop()
        self._records.append(record)
        self._records.sort(key=lambda one: (one.started_at.epoch, one.id), reverse=True)
        self._changed(record.id)

    def _changed(self, cursor: str) -> None:
        """Show what a deletion, or its taking back, changes: everything."""
        if self._past is None:
            return
        self._show_sessions()
        self.query_one(Rows).move_to(cursor)
        self._show_detail()
        self.query_one(Weeks).look(self._past.weeks, self._past.today)
        self._show_back()
        self._show_keys()
        self._fold(self._holds.routine if self._holds else None)

    def action_away(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


def _held(record: SessionRecord) -> Millis:
    return Millis(sum(step.held_ms for step in record.steps))


_OUTCOMES = {
    Outcome.COMPLETED: "done",
    Outcome.STOPPED: "ended early",
    Outcome.UNFINISHED: "broken off",
}


def _detail(record: SessionRecord, width: int, height: int) -> list[list[Piece]]:
    """A session with what was held of each step, and what was said about it."""
    moment = datetime.fromisoformat(record.started_at.written)
    when = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}"
    facts = [when, _OUTCOMES[record.outcome], f"{held_face(_held(record))} of work"]
    lines: list[list[Piece]] = [[(record.name[:width], "strong")]]
    lines += [[(line, "quiet")] for line in wrapped(" · ".join(facts), width)]
    lines += [[(line, "")] for line in wrapped(" · ".join(_said(record)), width)]
    lines.append([])
    held: dict[str, list[str]] = {}
    for step in record.steps:
        held.setdefault(step.name, []).append(str(step.held_ms // SECOND))
    room = height - len(lines)
    names = list(held)
    shown = names if len(names) <= room else names[: max(0, room - 1)]
    for name in shown:
        left, right = spread(name, " · ".join(held[name]), width)
        lines.append([(left, ""), (right, "quiet")])
    if len(shown) < len(names):
        lines.append([(f"and {len(names) - len(shown)} more", "quiet")])
    return lines


def _said(record: SessionRecord) -> Iterator[str]:
    if record.pain_before is not None:
        yield f"back before {record.pain_before}"
    if record.rpe is not None:
        yield f"effort {record.rpe}"
    if record.pain is not None:
        yield f"pain {record.pain}"
    if record.flare is not None:
        yield "clearly worse the morning after" if record.flare else "fine the morning after"
    if record.note:
        yield record.note
