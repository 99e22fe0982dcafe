"""Asks how sore it is: the two areas that are always asked about, the others on demand, one digit each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from prehab.domain.diary import ALWAYS_ASKED, SHARP_QUESTION, SORE_AREAS, Place
from prehab.domain.gate import ANCHORS, PAIN
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.widgets.keybar import Hint, KeyBar, hints
from prehab.tui.widgets.line import Line
from prehab.tui.widgets.rows import Row, Rows
from prehab.tui.widgets.sheet import Sheet, wrapped

SHARP = "sharp"
"""The id of the line that asks about what is sharp or numb."""
_SIDES = (None, *Place)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of how sore it is."""

    scores: Mapping[str, int] = field(default_factory=dict)
    """0 to 10, by area."""
    sides: Mapping[str, Place] = field(default_factory=dict)
    """Where in the area; only where they said so."""
    is_sharp: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether they skipped all of it."""
        return not self.scores and not self.is_sharp


class SorenessScreen(Screen[Said | None], inherit_bindings=False):
    """A check-in."""

    CSS_PATH = "soreness.tcss"
    SCOPE = Scope.SORENESS
    HELP = (
        "One digit for each area, and → for 10; the words below say what the numbers stand for. Everything "
        "may be skipped. Sharp or numb leads to the warning signs."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(Scope.SORENESS),
        Binding("escape,q,ctrl+c,ctrl+q", "away", "close", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (60, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, title: str = "How sore is it?", said: Said | None = None) -> None:
        """Prepare.

        Args:
            title: the question.
            said: what was said before, where it is put right.
        """
        super().__init__()
        self._title_said = title
        self._before = said
        self._scores: dict[str, int] = dict(said.scores) if said else {}
        self._sides: dict[str, Place] = dict(said.sides) if said else {}
        self._sharp: bool | None = None
        self._shows_all = any(area not in ALWAYS_ASKED for area in self._scores)

    @property
    def said(self) -> Said:
        """What was said so far."""
        sides = {area: side for area, side in self._sides.items() if area in self._scores}
        return Said(dict(self._scores), sides, bool(self._sharp))

    def compose(self) -> ComposeResult:
        """The areas, and below them the words of the scale."""
        yield Line(self._title_said, id="heading")
        yield Rows(id="areas")
        yield Sheet(id="about")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Ask."""
        self.query_one(Rows).focus()
        self.set_class(self._shows_all, "-all")
        away = "skip" if self._before is None else "back"
        self.query_one(KeyBar).show([Hint("esc", away, "away", 95), *hints(Scope.SORENESS, self.app)])
        self._show()

    @property
    def _areas(self) -> tuple[str, ...]:
        if not self._shows_all:
            return ALWAYS_ASKED
        return (*ALWAYS_ASKED, *(area for area in SORE_AREAS if area not in ALWAYS_ASKED))

    def _show(self) -> None:
        sharp = "–" if self._sharp is None else "yes" if self._sharp else "no"
        rows = [Row(area, area.capitalize(), self._shown(area)) for area in self._areas]
        rows.insert(len(ALWAYS_ASKED), Row(SHARP, SHARP_QUESTION, sharp))
        self.query_one(Rows).show(rows)
        self._show_words()

    def _shown(self, area: str) -> str:
        side = f"{self._sides[area].value}  " if area in self._sides else ""
        return f"{side}{self._scores.get(area, '–')}"

    def _show_words(self) -> None:
        chosen = self.query_one(Rows).chosen
        if chosen == SHARP:
            said = "y or n. Yes leads to the warning signs."
        else:
            said = " · ".join(f"{number} {words}" for number, words in ANCHORS.items())
            said = f"{said}.  0 to 9, → for 10."
        score = self._scores.get(chosen)

        def lines(width: int, height: int) -> list[list[tuple[str, str]]]:
            body = [[(line, "quiet")] for line in wrapped(said, width)]
            if score is not None and height > len(body):
                body.append([(f"{score}: {PAIN[score]}", "strong")])
            return body[:height]

        self.query_one("#about", Sheet).lay_out(lines)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_words()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.action_soreness_keep()

    def on_key(self, event: events.Key) -> None:
        """Take a digit for the area under the cursor, y or n for the question."""
        chosen, character = self.query_one(Rows).chosen, event.character or ""
        if chosen == SHARP and character in ("y", "n"):
            self._sharp = character == "y"
        elif chosen and chosen != SHARP and character.isascii() and character.isdigit():
            self._scores[chosen] = int(character)
        else:
            return
        event.stop()
        event.prevent_default()
        self._show()
        self._step()

    def _step(self) -> None:
        """On to the next line, once this one is answered."""
        rows = self.query_one(Rows)
        rows.action_cursor(1)

    def action_soreness_most(self) -> None:
        """The number that has no digit; yes."""
        chosen = self.query_one(Rows).chosen
        if chosen == SHARP:
            self._sharp = True
        else:
            self._scores[chosen] = 10
        self._show()
        self._step()

    def action_soreness_less(self) -> None:
        """No number, no answer."""
        chosen = self.query_one(Rows).chosen
        if chosen == SHARP:
            self._sharp = None
        else:
            self._scores.pop(chosen, None)
            self._sides.pop(chosen, None)
        self._show()

    def action_soreness_others(self) -> None:
        """Show the other areas."""
        self._shows_all = True
        self.add_class("-all")
        self._show()
        chosen = self.query_one(Rows).chosen
        if chosen in (SHARP, *ALWAYS_ASKED):
            self.query_one(Rows).move_to(self._areas[len(ALWAYS_ASKED)])

    def action_soreness_side(self) -> None:
        """Say where in the area it is."""
        chosen = self.query_one(Rows).chosen
        if chosen == SHARP:
            return
        side = _SIDES[(_SIDES.index(self._sides.get(chosen)) + 1) % len(_SIDES)]
        if side is None:
            del self._sides[chosen]
        else:
            self._sides[chosen] = side
        self._show()

    def action_soreness_keep(self) -> None:
        """Keep what was said."""
        if self.is_current:
            self.dismiss(self.said)

    def action_away(self) -> None:
        """Leave it at what it was; a yes to the question about what is sharp is never skipped."""
        if self.is_current:
            self.dismiss(replace(self._before or Said(), is_sharp=True) if self._sharp else None)
