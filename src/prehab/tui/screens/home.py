"""The first screen: three keys that start at once, all routines by phase, and a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from prehab.domain.duration import MINUTE, Millis, seconds, short_length
from prehab.domain.routine import Phase
from prehab.errors import UserError
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.ports import Entry, Front, Named
from prehab.tui.widgets.figure import FigurePanel
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Piece, Sheet, shortened, wrapped

if TYPE_CHECKING:
    from prehab.domain.due import Today
    from prehab.domain.timeline import Timeline
    from prehab.session.diary import DayShown

PHASES = {
    Phase.BEFORE_RUN: "Before a run",
    Phase.DURING_RUN: "During a run",
    Phase.AFTER_RUN: "After a run",
    Phase.ANY_DAY: "Any day",
    Phase.RECOVERY: "Recovery",
    None: "Not readable",
}
"""The headings of the list, in their order."""

QUICK = (
    ("home.warm-up", "warm-up", "Warm up"),
    ("home.plank", "plank", "Plank"),
    ("home.cool-down", "cool-down", "Cool down"),
)
"""The three keys that start at once: command, purpose, title."""
SAFETY = "safety:"
"""The id of the row that stands in the place of what is due when the back is bad."""
VISIT = "visit:"
"""The id of the row that says that the back should be shown to somebody."""
_WITH_SIDE, _WITH_BUTTONS = 70, 20
"""From so many columns on there is a preview, and from so many rows on there are large buttons."""
DUE = "due:"
"""Stands before the ids of rows that repeat a routine because it is due."""


_INDENT, _BETWEEN = 5, 4
"""The cells before the text of a large button, and those between its texts and after them."""


class Quick(Widget):
    """A large button with its key: what it starts, and how long that takes."""

    DEFAULT_CSS = "Quick { height: 2; width: 1fr; }"

    def __init__(self, action: str, id: str) -> None:
        super().__init__(id=id)
        self._action = action
        self._sheet = Sheet()

    def compose(self) -> ComposeResult:
        """One sheet."""
        yield self._sheet

    def say(self, key: str, title: str, name: str, length: str) -> None:
        """Show what it starts."""

        def lines(width: int, height: int) -> list[list[Piece]]:
            # Of a name that does not fit the end tells the most: short or full.
            room = width - _INDENT - len(length) - _BETWEEN
            brief = name if len(name) <= room else name.rpartition(", ")[2]
            said = f"  {shortened(brief, room)}" if name != title else ""
            return [
                [(f" {key} ", "key"), (f"  {title}", "strong")],
                [(" " * _INDENT, ""), (length, ""), (said, "quiet")],
            ]

        self._sheet.lay_out(lines)

    async def on_click(self) -> None:
        """Start it."""
        await self.screen.run_action(self._action)


class HomeScreen(Screen[None], inherit_bindings=False):
    """Chooses a routine."""

    SCOPE = Scope.HOME
    HELP = (
        "Three keys start at once: the warm-up before a run, the plank, the stretch after. The list holds "
        "every routine; enter starts the one under the cursor. One with a ! has a mistake in its file, "
        "which enter shows. e changes one of your own, N makes one."
    )
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(Scope.HOME)
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"), (30, "-narrow"), (_WITH_SIDE, "-normal"), (100, "-wide"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"), (9, "-short"), (_WITH_BUTTONS, "-medium"), (30, "-tall"), (34, "-high"),
    ]  # fmt: skip

    class Start(Message):
        """Somebody wants to be led through a routine."""

        def __init__(self, id: str, level: Millis | None = None, within: Millis | None = None) -> None:
            super().__init__()
            self.id = id
            self.level = level
            """The hold of what grows, where the person chose one."""
            self.within = within
            """The time there is, where the person chose less than it takes."""

    class Broken(Message):
        """Somebody wants to know what is wrong with a routine."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class Edit(Message):
        """Somebody wants to change a routine."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class New(Message):
        """Somebody wants to make a routine."""

    class Open(Message):
        """Somebody wants to see another screen."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._entries: dict[str, Named | Entry] = {}
        self._filter = ""
        self._is_filtering = False
        self._today: Today | None = None
        self._has_moved = False
        self._levels: dict[str, Millis] = {}
        self._within: dict[str, tuple[Millis, ...]] = {}
        self._wanted = ""
        self._is_furnished = False
        self._visit = ""
        self._shown: Timeline | None = None
        self._filter_keys: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the places out."""
        with Horizontal(id="head"):
            yield Line("prehab", id="brand")
            yield Line(id="status")
        yield Horizontal(id="quick")
        with Horizontal(id="main"):
            yield Rows(id="routines")
            yield Vertical(id="side")
        yield Sheet(id="mornings")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the names; what takes longer comes after the first frame."""
        self._take(self._front.names())
        self.query_one(Rows).focus()
        self._filter_keys = keys.live_keys(keys.BY_ID["home.filter"], self.app)
        self._show_keys()
        self.call_after_refresh(self._furnish)

    def on_resize(self) -> None:
        """Tell of other keys where there is room for them."""
        self._show_keys()
        self._show_status()

    def _show_keys(self) -> None:
        """Show the keys that do something now; those of the large buttons stand there already, if at all."""
        if self._is_filtering:
            self.query_one(KeyBar).show(_FILTERING)
            return
        columns, rows = self.app.size
        is_seen = columns >= _WITH_SIDE and rows >= _WITH_BUTTONS
        silent = {id for id, _, _ in QUICK} if is_seen else set()
        silent |= self._deaf()
        actions = {keys.BY_ID[id].action for id in silent}
        live = [one for one in hints(Scope.HOME, self.app) if one.action not in actions]
        entry = self._under_cursor()
        if isinstance(entry, Entry) and entry.total is None:
            start = keys.BY_ID["home.start"].action
            live = [replace(one, label="problems") if one.action == start else one for one in live]
        self.query_one(KeyBar).show(live)

    def _deaf(self) -> set[str]:
        """The commands that mean nothing for what is under the cursor."""
        entry = self._under_cursor()
        if not isinstance(entry, Entry):
            is_text = self.query_one(Rows).chosen in {SAFETY, VISIT}
            return _OF_A_ROUTINE if is_text else {"home.start", *_OF_A_ROUTINE}
        if entry.total is None:
            return _OF_A_ROUTINE - {"home.edit"}
        grows = self._shown is None or self._shown.level is not None
        has_other = self._front.other_length(entry.id) is not None
        return {*(() if has_other else ("home.swap",)), *(() if grows else ("home.level",))}

    async def _furnish(self) -> None:
        """Fill the places that the first frame left empty, so that it came sooner."""
        if not self.is_attached:
            return
        await self.query_one("#quick").mount(
            *(Quick(keys.BY_ID[id].action, id=name) for id, name, _ in QUICK)
        )
        await self.query_one("#side").mount(Sheet(id="preview"), FigurePanel(id="picture"))
        self._is_furnished = True
        self._show_quick()
        self._show_preview()

    def take(self, entries: Sequence[Entry]) -> None:
        """Show the routines with what is known of them once they are checked."""
        self._take(entries)
        if self._wanted in self._entries:
            self.query_one(Rows).move_to(self._wanted)
            self._wanted = ""
        self._show_quick()
        self._show_preview()

    def go_to(self, id: str) -> None:
        """Put the cursor on a routine as soon as it is there."""
        self._wanted, self._has_moved, self._filter = id, True, ""
        self._within.pop(id, None)

    def take_today(self, today: Today) -> None:
        """Put what today is good for on top of the list."""
        self._today = today
        self._show_rows()
        if not self._has_moved and (today.due or today.is_safety):
            self.query_one(Rows).move_to(SAFETY if today.is_safety else f"{DUE}{today.due[0].routine}")
        self._show_preview()

    def take_mornings(self, days: Sequence[DayShown], visit: str) -> None:
        """Show the mornings after as a line, and why the back should be shown to somebody, if it should."""
        from prehab.tui.widgets.mornings import has_scores, mornings_line

        line = self.query_one("#mornings", Sheet)
        line.set_class(has_scores(days), "-there")
        line.lay_out(lambda width, height: [mornings_line(days, width)])
        if visit != self._visit:
            self._visit = visit
            self._show_rows()
            self._show_preview()

    def follow_today(self) -> None:
        """Let the cursor go to what is due as soon as the day is read again."""
        self._has_moved = False

    def _take(self, found: Sequence[Named | Entry]) -> None:
        self._entries = {entry.id: entry for entry in found}
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = self._filter.casefold().split()
        rows: list[Row] = []
        due = self._today.due if self._today and not wanted else ()
        known = [self._entries[one.routine] for one in due if one.routine in self._entries]
        if known:
            rows = [
                Row("", "Due today", is_heading=True),
                *(replace(_row(one), id=DUE + one.id) for one in known),
            ]
        elif self._today is not None and self._today.is_safety and not wanted:
            rows = [Row("", "Today", is_heading=True), Row(SAFETY, "The warning signs", is_marked=True)]
        if self._visit and not wanted:
            rows = rows or [Row("", "Today", is_heading=True)]
            rows.append(Row(VISIT, "Show the back to somebody", is_marked=True))
        for phase, heading in PHASES.items():
            inside = [
                entry
                for entry in self._entries.values()
                if entry.phase is phase
                and all(word in f"{entry.name} {entry.id}".casefold() for word in wanted)
            ]
            if inside:
                rows += (
                    [Row("", ""), Row("", heading, is_heading=True)]
                    if rows
                    else [Row("", heading, is_heading=True)]
                )
                rows += [_row(entry) for entry in sorted(inside, key=lambda entry: entry.name.casefold())]
        if not rows:
            rows = [Row("", "nothing matches; escape shows all" if wanted else "no routines here")]
        self.query_one(Rows).show(rows)
        self._show_status()

    def _show_status(self) -> None:
        cursor = "▏" if self._is_filtering else ""
        is_filter = self._is_filtering or self._filter
        self.query_one("#status", Line).say(f"/ {self._filter}{cursor}" if is_filter else self._week())

    def _week(self) -> str:
        """The kind word of the day, or how much of a good week is done."""
        if self._today is None:
            return ""
        from prehab.tui.widgets.marks import targets_line

        note = f"{self._today.note}   " if self._today.note else ""
        return f"{note}{targets_line(self._today.targets, self.size.width - _BRAND - len(note))}".rstrip()

    def _under_cursor(self) -> Named | Entry | None:
        return self._entries.get(self.query_one(Rows).chosen.removeprefix(DUE))

    def _why(self, id: str) -> str:
        """Why what is under the cursor is due, if it is, and why it grows as it does."""
        chosen = self.query_one(Rows).chosen
        due = self._today.due if self._today and chosen.startswith(DUE) else ()
        why = next((one.why for one in due if DUE + one.routine == chosen), "")
        if id in self._levels:
            return f"{why} You chose {short_length(self._levels[id])} for this once.".strip()
        return f"{why} {self._front.why(id)}".strip()

    def _show_quick(self) -> None:
        if not self._is_furnished:
            return
        for id, purpose, title in QUICK:
            routine = self._front.shortcut(purpose)
            entry = self._entries.get(routine)
            total = entry.total if isinstance(entry, Entry) else None
            key = keys.shown_key(keys.BY_ID[id], self.app)
            length = short_length(total) if total is not None else ""
            self.query_one(f"#{purpose}", Quick).say(key, title, entry.name if entry else routine, length)

    def _show_preview(self) -> None:
        if not self._is_furnished:
            return
        sheet = self.query_one("#preview", Sheet)
        entry = self._under_cursor()
        shown: Timeline | None = None
        if self.query_one(Rows).chosen == SAFETY:
            from prehab.tui.screens.reader import safety_lines

            sheet.lay_out(safety_lines)
        elif self.query_one(Rows).chosen == VISIT:
            sheet.lay_out(self._visit_lines)
        elif not isinstance(entry, Entry):
            sheet.lay_out(lambda width, height: [])
        elif entry.total is None:
            first = entry.problems[0] if entry.problems else "it can't be read"
            sheet.lay_out(
                lambda width, height: [
                    [(entry.name, "strong")],
                    [("This file has a mistake", "pain")],
                    [],
                    *([(line, "")] for line in wrapped(first, width)),
                    [],
                    [("enter shows all of them", "quiet")],
                ]
            )
        else:
            from prehab.tui.widgets.preview import preview

            try:
                timeline = self._fitted(entry.id)
                shown = timeline
                sheet.lay_out(preview(timeline, self._why(entry.id), self._changes(entry, timeline)))
            except UserError as error:
                said = error.title
                sheet.lay_out(lambda width, height: [[(line, "pain")] for line in wrapped(said, width)])
        self._shown = shown
        self._show_picture(shown)
        self._show_keys()

    def _show_picture(self, timeline: Timeline | None) -> None:
        """Show the first move that has a picture, where there is room for one; `None` for no picture."""
        panel = self.query_one(FigurePanel)
        if panel.display:
            works = (segment.work for segment in timeline.segments) if timeline else ()
            work = next((work for work in works if work.figure is not None), None)
            figure = self._front.figure(work.figure) if work else None
            panel.show(figure, work.side if work else None, None, None)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_preview()

    def on_rows_walked(self) -> None:
        """From now on the cursor is the person's own."""
        self._has_moved = True

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_home_start()

    def on_key(self, event: events.Key) -> None:
        """While filtering, letters are letters."""
        if not self._is_filtering:
            if event.key == "escape" and self._filter:
                event.stop()
                self._set_filter("", is_filtering=False)
            elif event.key in self._filter_keys:
                # Not left to the binding: keys typed in one go with it would come here before that is heard.
                event.stop()
                self.action_home_filter()
            return
        if event.key == "escape":
            self._set_filter("", is_filtering=False)
        elif event.key in {"enter", "tab"}:
            self._set_filter(self._filter, is_filtering=False)
        elif event.key == "backspace":
            self._set_filter(self._filter[:-1], is_filtering=True)
        elif event.is_printable and event.character:
            self._set_filter(self._filter + event.character, is_filtering=True)
        else:
            return
        event.stop()
        event.prevent_default()

    def _set_filter(self, text: str, *, is_filtering: bool) -> None:
        self._filter, self._is_filtering = text, is_filtering
        self._show_rows()
        self._show_keys()

    def action_home_filter(self) -> None:
        """Begin to filter."""
        self._set_filter(self._filter, is_filtering=True)

    def action_home_filter_end(self, keeps: bool) -> None:
        """Filter no more; with or without what was typed."""
        self._set_filter(self._filter if keeps else "", is_filtering=False)

    def action_home_start(self) -> None:
        """Start what is under the cursor, or show what is wrong with it."""
        entry = self._under_cursor()
        if isinstance(entry, Entry) and entry.total is None:
            self.post_message(self.Broken(entry))
        elif entry is not None:
            self._start(entry.id)
        elif self.query_one(Rows).chosen == SAFETY:
            from prehab.tui.screens.reader import the_safety_text

            self.app.push_screen(the_safety_text())
        elif self.query_one(Rows).chosen == VISIT:
            from prehab.tui.screens.reader import Reader

            self.app.push_screen(Reader("Show it to somebody", self._visit_lines))

    def _visit_lines(self, width: int, height: int) -> list[list[Piece]]:
        from prehab.tui.widgets.visit import visit_lines

        return visit_lines(self._visit, width)

    def _start(self, id: str) -> None:
        """Start a routine at the level that was chosen for it, which holds for this once."""
        within = self._within.pop(id, (None,))[-1]
        self.post_message(self.Start(id, self._levels.pop(id, None), within))

    def action_home_warm_up(self) -> None:
        """Start the warm-up."""
        self._start(self._front.shortcut("warm-up"))

    def action_home_plank(self) -> None:
        """Start the plank session."""
        self._start(self._front.shortcut("plank"))

    def action_home_cool_down(self) -> None:
        """Start the stretch."""
        self._start(self._front.shortcut("cool-down"))

    def action_home_level(self, by: int = 1) -> None:
        """Choose the next level of what is under the cursor, for this once."""
        entry = self._under_cursor()
        levels = self._front.levels(entry.id) if isinstance(entry, Entry) and entry.total is not None else ()
        if entry is None or not levels:
            self.notify("nothing in this one grows, so it has no levels", markup=False, timeout=3)
            return
        now = self._front.preview(entry.id, self._levels.get(entry.id)).level
        due = self._front.preview(entry.id).level
        chosen = levels[(levels.index(now) + by) % len(levels)] if now in levels else levels[0]
        self._levels[entry.id] = chosen
        self._within.pop(entry.id, None)
        if chosen == due:
            del self._levels[entry.id]
        self._show_preview()
        if not self.query_one("#side").display:
            self.notify(f"{entry.name}: {short_length(chosen)}", markup=False, timeout=3)

    def action_home_level_back(self) -> None:
        """Choose the level below, for this once."""
        self.action_home_level(-1)

    def _fitted(self, id: str) -> Timeline:
        """A routine as it was chosen for this once."""
        return self._front.preview(id, self._levels.get(id), self._within.get(id, (None,))[-1])

    def _changes(self, entry: Entry, timeline: Timeline) -> tuple[str, ...]:
        """What a shorter time does to it; nothing where it is done as it is."""
        if entry.id not in self._within:
            return ()
        level, within = self._levels.get(entry.id), self._within[entry.id][-1]
        whole = self._front.preview(entry.id, level).total
        length = f"{short_length(timeline.total)} instead of {short_length(whole)}"
        return (length, *self._front.changes(entry.id, level, within))

    def action_home_fit(self) -> None:
        """Choose the next shorter time for what is under the cursor, for this once."""
        entry = self._under_cursor()
        if not isinstance(entry, Entry) or entry.total is None:
            self.notify("there is nothing here to make shorter", markup=False, timeout=3)
            return
        now = self._fitted(entry.id).total
        chosen = self._within.get(entry.id, ())
        shorter, trouble = self._next_shorter(entry.id, now)
        if shorter is not None:
            self._within[entry.id] = (*chosen, shorter)
        elif chosen:
            del self._within[entry.id]
        else:
            self.notify(trouble, markup=False, timeout=4)
            return
        self._show_fit(entry)

    def _next_shorter(self, id: str, now: Millis) -> tuple[Millis | None, str]:
        """The next whole minute that it can be done in, or else half minute; or why there is none."""
        trouble = ""
        for grain in (MINUTE, seconds(30)):
            within = Millis((now - 1) // grain * grain)
            try:
                self._front.preview(id, self._levels.get(id), within)
            except UserError as error:
                trouble = f"{error.title}; {error.hint}" if error.hint else error.title
            else:
                return within, ""
        return None, trouble

    def action_home_fit_back(self) -> None:
        """Take the last step to a shorter time back."""
        entry = self._under_cursor()
        if not isinstance(entry, Entry) or entry.id not in self._within:
            self.notify("this is all of it", markup=False, timeout=3)
            return
        if before := self._within.pop(entry.id)[:-1]:
            self._within[entry.id] = before
        self._show_fit(entry)

    def _show_fit(self, entry: Entry) -> None:
        """Show what is left; where there is no preview, say it."""
        self._show_preview()
        if not self.query_one("#side").display:
            timeline = self._fitted(entry.id)
            told = self._changes(entry, timeline) or (f"all of it, {short_length(timeline.total)}",)
            self.app.clear_notifications()
            self.notify("\n".join(told), markup=False, timeout=6)

    def action_home_edit(self) -> None:
        """Change what is under the cursor."""
        entry = self._under_cursor()
        if isinstance(entry, Entry):
            self.post_message(self.Edit(entry))

    def action_home_new(self) -> None:
        """Make a routine."""
        self.post_message(self.New())

    def action_home_swap(self) -> None:
        """Put the cursor on the other length of this routine, and use that one from now on."""
        other = self._front.other_length(self.query_one(Rows).chosen.removeprefix(DUE))
        if other is None:
            self.notify("this one has no other length", markup=False, timeout=3)
        else:
            self._front.use_version(other)
            self.query_one(Rows).move_to(other)
            self._show_quick()

    def action_home_history(self) -> None:
        """Show what was done."""
        self.post_message(self.Open("history"))

    def action_home_run(self) -> None:
        """Tell of a run."""
        self.post_message(self.Open("run"))

    def action_home_soreness(self) -> None:
        """Tell how sore it is."""
        self.post_message(self.Open("soreness"))

    def action_home_insights(self) -> None:
        """Show what the diary can tell."""
        self.post_message(self.Open("insights"))

    def action_home_settings(self) -> None:
        """Show the settings."""
        self.post_message(self.Open("settings"))

    def action_home_quit(self) -> None:
        """Leave."""
        self.app.exit()


_OF_A_ROUTINE = {"home.swap", "home.level", "home.fit", "home.edit"}
"""The commands that change the routine under the cursor."""
_FILTERING = (
    Hint("⏎", "keep the filter", "home_filter_end(True)", 2),
    Hint("esc", "show all", "home_filter_end(False)", 1),
)
"""The keys that are heard while letters are letters."""
_BRAND = 9
"""Cells of the first line that its other words need."""


def _row(entry: Named | Entry) -> Row:
    if not isinstance(entry, Entry):
        return Row(entry.id, entry.name)
    if entry.total is None:
        count = len(entry.problems)
        return Row(entry.id, entry.name, "1 problem" if count == 1 else f"{count} problems", is_marked=True)
    return Row(entry.id, entry.name, short_length(entry.total))
