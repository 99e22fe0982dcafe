"""What was done, corrected where it must be, and how it felt: two digits, both of which may be left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from prehab.domain.duration import SECOND, Millis, held_face, seconds, short_length
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.gate import PAIN
from prehab.domain.routine import Kind
from prehab.domain.summary import Summary, WorkDone
from prehab.errors import UserError
from prehab.session.session import Session
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.told import Answers
from prehab.tui.widgets.digits import BigDigits
from prehab.tui.widgets.keybar import KeyBar, hints
from prehab.tui.widgets.sheet import Piece, Sheet, shortened, wrapped

EFFORT = (
    "", "hardly anything", "hardly anything", "easy, could hold about twice as long", "clearly working",
    "clearly working", "hard-ish, steady", "hard, about 10 s left", "very hard, about 5 s left",
    "only just made it", "had to drop",
)  # fmt: skip
"""The words of the effort scale; 0 does not exist on it."""

Outlook = Callable[[Session, Answers], str]
"""Says what a session means for next time, if these are the answers."""
MOST_CORRECTED = 12
"""More works than this are not corrected one by one."""


class SummaryScreen(Screen[None], inherit_bindings=False):
    """The end of a session."""

    CSS_PATH = "summary.tcss"
    SCOPE = Scope.SUMMARY
    HELP = (
        "The seconds that were held count, not those that were planned: correct them if you dropped earlier. "
        "Effort and pain are one digit each; enter leaves one out."
    )
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(Scope.SUMMARY)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (30, "-narrow"), (60, "-normal"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (20, "-medium"), (30, "-tall")]  # noqa: RUF012

    class Finished(Message):
        """The person has said what they wanted to say."""

        def __init__(self, session: Session, answers: Answers) -> None:
            super().__init__()
            self.session = session
            self.answers = answers

    def __init__(self, session: Session, outlook: Outlook, *, pain: int | None = None) -> None:
        super().__init__()
        self._session = session
        self._outlook = outlook
        self._summary: Summary = session.summary
        self._works = correctable(session.summary)
        self._held = {work.segment.index: work.held for work in self._works}
        self._effort: int | None = None
        self._pain: int | None = pain
        self._places = [*(work.segment.index for work in self._works), "effort", "pain"]
        self._at = len(self._works)
        self._means = ""
        self._is_finished = False

    @property
    def answers(self) -> Answers:
        """What was said so far."""
        changed = {
            work.segment.index: held
            for work in self._works
            if (held := self._held[work.segment.index]) != work.held
        }
        return Answers(self._effort, self._pain, changed or None)

    def compose(self) -> ComposeResult:
        """How long it was held in large digits where there is room, one sheet, and the keys."""
        yield BigDigits(id="total")
        yield Sheet(id="sheet")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(KeyBar).show(hints(Scope.SUMMARY, self.app))
        self._show()
        held = held_face(self._summary.held)
        self.query_one(BigDigits).show(held, held)

    def _show(self) -> None:
        self.query_one(Sheet).lay_out(self._lines)
        self._look_ahead(self.answers)

    @work(thread=True, exclusive=True, group="outlook")
    def _look_ahead(self, answers: Answers) -> None:
        """Find out what these answers mean, out of the way of the keys: histories are long."""
        try:
            means = self._outlook(self._session, answers)
        except UserError:
            return
        if self.is_attached and not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._take_outlook, means)

    def _take_outlook(self, means: str) -> None:
        self._means = means
        self.query_one(Sheet).lay_out(self._lines)

    def _lines(self, width: int, height: int) -> list[list[Piece]]:
        roomy = height >= 16
        lines = self._head(width)
        if roomy:
            lines.append([])
        lines += self._holds(width, roomy=roomy)
        lines += self._question(
            "effort", "How hard was the hardest of it?", self._effort, EFFORT, width, roomy=roomy
        )
        lines += self._question(
            "pain", "Worst pain in back or shoulders?", self._pain, PAIN, width, roomy=roomy
        )
        lines += [
            [(line, "kind" if not index else "")] for index, line in enumerate(wrapped(self._means, width))
        ]
        if len(lines) > height:
            first = next(
                (index for index, line in enumerate(lines) if any(style == "key" for _, style in line)), 0
            )
            start = max(0, min(first - height // 2, len(lines) - height))
            lines = lines[start : start + height]
        return lines

    def _head(self, width: int) -> list[list[Piece]]:
        summary = self._summary
        works = sum(1 for segment in self._session.timeline.segments if segment.kind.value == "work")
        said = {
            Outcome.COMPLETED: "Done.",
            Outcome.STOPPED: "Ended early, and kept.",
            Outcome.UNFINISHED: "Kept as unfinished.",
        }[summary.outcome]
        facts = f"{held_face(summary.held)} of work · {summary.done} of {works} held to the end"
        return [
            [(said, "kind")],
            [(shortened(self._session.timeline.routine.name, width), "strong")],
            [(shortened(facts, width), "quiet")],
        ]

    def _holds(self, width: int, *, roomy: bool) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        if self._works:
            line: list[Piece] = [("  " if width > 30 else "", "")]
            for number, work in enumerate(self._works):
                held = self._held[work.segment.index]
                is_here = self._places[self._at] == work.segment.index
                if number:
                    line.append((" · ", "quiet"))
                text = str(held // SECOND)
                style = "key" if is_here else "" if held >= (work.segment.length or 0) else "pain"
                line.append((f" {text} " if is_here else text, style))
            names = list(dict.fromkeys(work.segment.work.name for work in self._works))
            lines.append([(shortened(", ".join(names), width), "")])
            lines.append(line)
            if isinstance(self._places[self._at], int):
                work = self._works[self._at]
                planned = (
                    short_length(work.segment.length) if work.segment.length is not None else "no fixed time"
                )
                lines.append([(shortened(f"  ← → correct it; planned {planned}", width), "quiet")])
            elif roomy:
                lines.append([(shortened("  seconds held; ↑ to correct them", width), "quiet")])
            if roomy:
                lines.append([])
        else:
            short = [
                work.segment.work for work in self._summary.works if work.outcome is not StepOutcome.DONE
            ]
            if short:
                names = list(dict.fromkeys(work.name for work in short))
                lines += [
                    [(line, "quiet")] for line in wrapped(f"Not to the end: {', '.join(names)}", width)
                ][:3]
                if roomy:
                    lines.append([])
        return lines

    def _question(
        self, place: str, question: str, value: int | None, scale: tuple[str, ...], width: int, *, roomy: bool
    ) -> list[list[Piece]]:
        is_here = self._places[self._at] == place
        shown = "–" if value is None else str(value)
        words = (
            scale[value]
            if value is not None
            else "1 to 9, 0 for 10"
            if place == "effort"
            else "0 to 9, → for 10"
        )
        lines: list[list[Piece]] = [
            [(shortened(question, width), "strong" if is_here else "")],
            [
                ("  ", ""),
                (f" {shown} ", "key" if is_here else "strong"),
                (shortened(f"  {words}", max(0, width - 6)), "quiet"),
            ],
        ]
        return [*lines, []] if roomy else lines

    def on_key(self, event: events.Key) -> None:
        """Take a digit for the question that is asked."""
        if event.character is None or not (event.character.isascii() and event.character.isdigit()):
            return
        event.stop()
        digit = int(event.character)
        place = self._places[self._at]
        if place == "effort":
            self._effort = digit or 10
            self._at += 1
        elif place == "pain":
            self._pain = digit
        else:
            self.notify("← and → correct the seconds", markup=False, timeout=3)
        self._show()

    def action_summary_next(self) -> None:
        """On to the next question; from the last one, finish."""
        if self._at + 1 < len(self._places):
            self.action_summary_after()
        else:
            self.action_summary_finish()

    def action_summary_after(self) -> None:
        """On to the question after, if there is one."""
        self._at = min(self._at + 1, len(self._places) - 1)
        self._show()

    def action_summary_before(self) -> None:
        """Back to the question before."""
        self._at = max(0, self._at - 1)
        self._show()

    def action_summary_less(self) -> None:
        """One less of what the cursor is on."""
        self._step(-1)

    def action_summary_more(self) -> None:
        """One more of what the cursor is on; pain goes straight to 10."""
        self._step(1)

    def _step(self, by: int) -> None:
        place = self._places[self._at]
        if isinstance(place, int):
            work = self._works[self._at]
            most = max(work.held, work.segment.length or Millis(0))
            whole = self._held[place] // SECOND + by
            self._held[place] = Millis(max(0, min(most, seconds(whole))))
        elif place == "effort":
            self._effort = (
                None if self._effort is None and by < 0 else max(1, min(10, (self._effort or 5) + by))
            )
        else:
            self._pain = 10 if by > 0 else None if not self._pain else self._pain - 1
        self._show()

    def action_summary_finish(self) -> None:
        """Keep what is there."""
        if not self._is_finished:
            self._is_finished = True
            self.post_message(self.Finished(self._session, self.answers))


def correctable(summary: Summary) -> tuple[WorkDone, ...]:
    """The works whose seconds a person may correct: the holds of what grows, or of a short routine."""
    growing = [work for work in summary.works if work.segment.work.step.growth is not None]
    if growing:
        return tuple(growing)
    holds = tuple(work for work in summary.works if work.segment.work.step.kind is Kind.HOLD)
    return holds if len(holds) <= MOST_CORRECTED else ()
