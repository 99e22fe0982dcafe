"""How sore it was in the mornings, as a line of days and as a picture with the runs under it."""

from __future__ import annotations

from collections.abc import Sequence

from prehab.domain.diary import ALWAYS_ASKED
from prehab.session.diary import DayShown, legend, letter
from prehab.tui.widgets.marks import day_name
from prehab.tui.widgets.sheet import Piece, shortened

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_WEEK = 7
_WIDEST = 4
_MOST = 10


def has_scores(days: Sequence[DayShown]) -> bool:
    """Whether there is anything to see."""
    return any(score is not None for day in days for score in day.scores.values())


def mornings_line(days: Sequence[DayShown], width: int) -> list[Piece]:
    """One digit a day for each area that there is room for: the line of home."""
    if not has_scores(days):
        return []
    pieces: list[Piece] = []
    taken = 0
    for area in ALWAYS_ASKED:
        lead = f"{'   ' if pieces else ''}{area.capitalize()}  "
        room = len(lead) + len(days) + (len(days) - 1) // _WEEK
        if taken + room > width:
            break
        pieces.append((lead, "quiet"))
        for at, day in enumerate(days):
            gap = " " if at and at % _WEEK == 0 else ""
            pieces.append((gap + _digit(day.scores.get(area)), _style(day.scores.get(area))))
        taken += room
    if pieces and taken + len(_TAIL) <= width:
        pieces.append((_TAIL, "quiet"))
    return pieces


_TAIL = "   three weeks to today"


def picture(days: Sequence[DayShown], width: int, *, is_low: bool = False) -> list[list[Piece]]:
    """Bars and numbers for each day, the runs with their surfaces below, and the days below those.

    Args:
        days: oldest first.
        width: cells.
        is_low: whether there is little height: numbers without bars.
    """
    cell = max(1, min(_WIDEST, (width - (len(days) - 1) // _WEEK) // len(days)))
    lines: list[list[Piece]] = []
    for area in ALWAYS_ASKED:
        lines.append([(area.capitalize(), "strong")])
        # Without a score there is no bar to leave room for.
        if not is_low and any(day.scores.get(area) is not None for day in days):
            for row in (1, 0):
                lines.append(_row(days, cell, [_bar(day.scores.get(area), row) for day in days], bars=True))
        lines.append(_row(days, cell, [(_digit(one := day.scores.get(area)), _style(one)) for day in days]))
        if not is_low:
            lines.append([])
    lines.append([("Runs", "strong")])
    lines.append(_row(days, cell, [_run(day) for day in days]))
    length = cell * len(days) + (len(days) - 1) // _WEEK
    first = day_name(days[0].day, days[-1].day)
    lines.append([(f"{first}{'today'.rjust(max(1, length - len(first)))}"[:width], "quiet")])
    return [*lines, *_legend(days, width)]


def _row(
    days: Sequence[DayShown], cell: int, shapes: Sequence[tuple[str, str]], *, bars: bool = False
) -> list[Piece]:
    pieces: list[Piece] = []
    for at, (shape, style) in enumerate(shapes):
        if at and at % _WEEK == 0:
            pieces.append((" ", ""))
        filled = shape * max(1, cell - 1) if bars else shape
        pieces.append((filled.ljust(cell), style))
    return pieces


def _bar(score: int | None, row: int) -> tuple[str, str]:
    """One row of the bar of a score, two rows high; a 0 is a thin line, and nothing said is nothing."""
    if score is None:
        return " ", ""
    eighths = max(1, round(score * 16 / _MOST)) - 8 * row
    return _EIGHTHS[max(0, min(8, eighths))], _style(score)


def _run(day: DayShown) -> tuple[str, str]:
    if not day.runs:
        return "·", "faint"
    return letter(day), "rest"


def _legend(days: Sequence[DayShown], width: int) -> list[list[Piece]]:
    words = legend(days)
    if not words:
        return [[(shortened("no run in these weeks", width), "quiet")]]
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 3 + len(word) <= width:
            lines[-1] += f"   {word}"
        else:
            lines.append(word)
    return [[(line[:width], "quiet")] for line in lines]


def _digit(score: int | None) -> str:
    return "·" if score is None else "X" if score == _MOST else str(score)


def _style(score: int | None) -> str:
    if score is None:
        return "faint"
    return "kind" if score <= 3 else "prepare" if score <= 5 else "pain"
