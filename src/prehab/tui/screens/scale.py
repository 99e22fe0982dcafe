"""A question answered by a number from 0 to 10: one key, or none at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from prehab.domain.gate import ANCHORS


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said about pain."""

    score: int | None
    """0 to 10; `None` when they said no number."""
    is_sharp: bool = False
    """Whether it is sharp, shooting or electric."""


class Number(Static):
    """One number of the scale, to click on."""

    def __init__(self, score: int) -> None:
        super().__init__(Content(str(score)), markup=False)
        self.score = score

    def on_click(self) -> None:
        """Say this number."""
        if isinstance(self.screen, Scale):
            self.screen.tell(Told(self.score))


class Scale(ModalScreen[Told | None]):
    """Waits for a number; escape leaves without an answer to anything."""

    CSS_PATH = "scale.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (36, "-narrow"), (66, "-normal")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (14, "-normal-height")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, question: str, *, skip: str, sharp: str = "") -> None:
        """Prepare.

        Args:
            question: what is asked.
            skip: what enter does, which answers no number.
            sharp: the question about sharp pain, answered by `s`; empty where it is not asked.
        """
        super().__init__()
        self._question = question
        self._skip = skip
        self._sharp = sharp

    @property
    def question(self) -> str:
        """What is asked."""
        return self._question

    def compose(self) -> ComposeResult:
        """Question, numbers, words, ways out."""
        with Vertical(id="box"):
            yield Static(Content(self._question), id="question", markup=False)
            with Horizontal(id="numbers"):
                for score in range(11):
                    yield Number(score)
            words = " · ".join(f"{score} {meant}" for score, meant in ANCHORS.items())
            yield Static(Content(words), id="words", markup=False)
            if self._sharp:
                yield Static(
                    Content.assemble(("s", "bold"), f"  {self._sharp} Yes."), id="sharp", markup=False
                )
            with Horizontal(id="ways"):
                yield Static(Content.assemble(("0 to 9, → for 10", "bold")), id="digits", markup=False)
                yield Static(Content.assemble(("⏎", "bold"), f" {self._skip}"), markup=False)

    def tell(self, told: Told | None) -> None:
        """Answer, once."""
        if self.is_current:
            self.dismiss(told)

    def on_key(self, event: events.Key) -> None:
        """Take a digit, the arrow for ten, or a way out."""
        event.stop()
        event.prevent_default()
        digit = event.character or ""
        if digit.isascii() and digit.isdigit():
            self.tell(Told(int(digit)))
        elif event.key == "right":
            self.tell(Told(10))
        elif event.key == "s" and self._sharp:
            self.tell(Told(None, is_sharp=True))
        elif event.key in {"enter", "space"}:
            self.tell(Told(None))
        elif event.key in {"escape", "q", "ctrl+c"}:
            self.tell(None)
