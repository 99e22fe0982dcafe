"""What can be set, what each setting does, and its values one key apart."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from prehab.errors import UserError
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.ports import Front
from prehab.tui.told import Setting
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Sheet, wrapped

SECTIONS = {
    "sound": "Sound",
    "voice": "Voice",
    "cues": "What is heard",
    "own-sounds": "Own sounds",
    "screen": "Screen",
    "week": "A good week",
    "keys": "Keys",
}
"""The headings of the list, by the table of the file that a setting stands in."""
_WITH_ARROWS = 30
"""Narrower screens have no room for the arrows round a value."""
_FIRST = ("prehab-dark", "prehab-light")
"""Our own themes stand before those that come with Textual."""


class SettingsScreen(Screen[None], inherit_bindings=False):
    """Every setting with its value."""

    CSS_PATH = "settings.tcss"
    SCOPE = Scope.SETTINGS
    HELP = "Enter and the arrows go through the values; each is kept at once. Comments in the file stay."
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.SETTINGS),
        Binding("escape,q,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (60, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    class Changed(Message):
        """A setting has another value."""

        def __init__(self, key: str, value: str) -> None:
            super().__init__()
            self.key = key
            self.value = value

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front
        self._settings: dict[str, Setting] = {}

    def compose(self) -> ComposeResult:
        """List, and below it what the one under the cursor does."""
        yield Line("Settings", id="heading")
        yield Rows(id="settings")
        yield Sheet(id="about")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(Rows).focus()
        self.query_one(KeyBar).show([Hint("esc", "back", "away", 95), *hints(Scope.SETTINGS, self.app)])
        self._show()

    def on_resize(self) -> None:
        """Write the values as the new width allows."""
        self._show()

    def _show(self) -> None:
        self._settings = {setting.key: self._with_themes(setting) for setting in self._front.settings()}
        rows: list[Row] = []
        section = ""
        for one in self._settings.values():
            if (table := one.key.partition(".")[0]) != section:
                section = table
                heading = Row("", SECTIONS.get(table, table), is_heading=True)
                rows += [Row("", ""), heading] if rows else [heading]
            rows.append(Row(one.key, one.label, self._shown(one)))
        self.query_one(Rows).show(rows)
        self._moved()

    def _with_themes(self, one: Setting) -> Setting:
        """The themes are known here alone; all other settings bring their choices along."""
        if one.key != "screen.theme":
            return one
        others = sorted(set(self.app.available_themes) - set(_FIRST))
        choices = (*_FIRST, *others)
        return replace(one, value=one.value if one.value in choices else self.app.theme, choices=choices)

    def _shown(self, one: Setting) -> str:
        """A value, between arrows where a key changes it."""
        return f"◂ {one.value} ▸" if one.choices and self.app.size.width >= _WITH_ARROWS else f"{one.value}  "

    @on(Rows.Moved)
    def _moved(self) -> None:
        one = self._settings.get(self.query_one(Rows).chosen)
        if one is not None:
            self.query_one("#about", Sheet).lay_out(
                lambda width, height: [[(line, "quiet")] for line in wrapped(one.help, width)][:height]
            )

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_settings_change()

    def action_settings_change(self) -> None:
        """The next value."""
        self._step(1)

    def action_settings_back(self) -> None:
        """The value before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        one = self._settings.get(self.query_one(Rows).chosen)
        if one is None:
            return
        if not one.choices:
            self.notify("this one is set in the file; prehab doctor says where", markup=False, timeout=4)
            return
        place = one.choices.index(one.value) if one.value in one.choices else -1 if by > 0 else 0
        value = one.choices[(place + by) % len(one.choices)]
        try:
            self._front.save(one.key, value)
        except UserError as error:
            self.notify(error.title, markup=False, severity="error", timeout=8)
            return
        self._show()
        self.post_message(self.Changed(one.key, value))

    def action_away(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
