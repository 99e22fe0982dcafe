"""The shapes that stand for phases, verdicts and how far a week is: never a colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from prehab.domain.routine import Phase
from prehab.domain.rule import Verdict

if TYPE_CHECKING:
    from prehab.domain.due import Target


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape with its words."""

    shape: str
    words: str
    style: str
    """The name of its style, as in `Sheet` and `Weeks`."""


PHASES: dict[Phase | None, Mark] = {
    Phase.BEFORE_RUN: Mark("▲", "before a run", "prepare"),
    Phase.DURING_RUN: Mark("▶", "during a run", "strong"),
    Phase.AFTER_RUN: Mark("▼", "after a run", "rest"),
    Phase.ANY_DAY: Mark("■", "any day", "kind"),
    Phase.RECOVERY: Mark("◆", "recovery", "paused"),
    None: Mark("○", "gone since", "quiet"),
}
"""In the order in which a day shows them."""
SEVERAL = "●"
"""Stands for a day of several phases where there is room for one shape."""

VERDICTS: dict[Verdict, Mark] = {
    Verdict.ADVANCE: Mark("▲", "up", "prepare"),
    Verdict.BACK: Mark("▼", "back", "paused"),
    Verdict.STOP: Mark("x", "stopped by pain", "pain"),
    Verdict.GRADUATE: Mark("*", "outgrown", "kind"),
}
"""Those that change something; a session that holds the level has no mark."""

_MOST_DOTS = 7
"""A number stands for more dots than these."""


def dots(target: Target) -> str:
    """How far a week is, as dots and as a number: `●●○ 2 of 3`."""
    count = f"{target.done} of {target.of}"
    if target.of > _MOST_DOTS:
        return count
    full = min(target.done, target.of)
    return f"{'●' * full}{'○' * (target.of - full)} {count}"


def day_name(day: int, today: int, *, is_long: bool = False) -> str:
    """A day as `16 Nov`; in other years than today's with its year, where there is room."""
    when = date.fromordinal(day)
    name = f"{when.day} {MONTHS[when.month - 1]}"
    return f"{name} {when.year}" if is_long and when.year != date.fromordinal(today).year else name


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def targets_line(targets: Sequence[Target], width: int) -> str:
    """The targets of this week in one line: with numbers, with dots alone, or as many as fit."""
    full = _BETWEEN.join(f"{target.label} {dots(target)}" for target in targets)
    short = [f"{target.label} {_dots_alone(target)}" for target in targets]
    if not targets:
        return ""
    for line in (f"{_LEAD}{full}", f"{_LEAD}{_BETWEEN.join(short)}"):
        if cell_len(line) <= width:
            return line
    while short and cell_len(_BETWEEN.join(short)) > width:
        short.pop()
    return _BETWEEN.join(short)


_LEAD = "This week:  "
_BETWEEN = "   "


def _dots_alone(target: Target) -> str:
    return f"{target.done}/{target.of}" if target.of > _MOST_DOTS else dots(target).split()[0]
