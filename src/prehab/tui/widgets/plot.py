"""Draws holds over time by plotext, which is loaded here alone and not before there is something to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.ansi import AnsiDecoder

from prehab.domain.duration import SECOND
from prehab.domain.rule import Verdict
from prehab.session.looking_back import Held
from prehab.tui.widgets.marks import VERDICTS, day_name
from prehab.tui.widgets.sheet import Piece

SPAN = 182
"""So many days before the last session are shown."""

# plotext paints in the terminal's colours by number; each number stands for one of our styles instead.
_STYLES = ("", "rest", "kind", "prepare", "paused", "pain", "quiet")
_LEVEL, _SET, _UNCOUNTED = _STYLES.index("rest"), _STYLES.index("kind"), _STYLES.index("quiet")


def load() -> Any:
    """Load plotext, which takes a while the first time."""
    import plotext

    return plotext


def recent(sessions: Sequence[Held]) -> tuple[Held, ...]:
    """The sessions of the last half year up to the last one."""
    return tuple(held for held in sessions if held.day > sessions[-1].day - SPAN)


def plot(sessions: Sequence[Held], width: int, height: int, today: int) -> list[list[Piece]]:
    """Draw the level as a line, each set as a dot, and a mark where a session moved the level."""
    plt = load()
    shown = recent(sessions)
    plt.clear_figure()
    plt.limit_size(False, False)
    plt.plot_size(width, height)
    plt.theme("clear")
    plt.frame(False)
    plt.xaxes(True, False)
    plt.yaxes(True, False)
    first, last = shown[0].day, shown[-1].day
    if last - first < _LEAST_DAYS:
        first = last - _LEAST_DAYS
    plt.xlim(first, last)
    rows = max(1, height - 3)
    lowest, highest = _range(shown, rows)
    plt.ylim(lowest, highest)
    _draw_level(plt, [held for held in shown if held.counts])
    for counts, color, shape in ((False, _UNCOUNTED, "○"), (True, _SET, "●")):
        points = [
            (held.day, length / SECOND) for held in shown if held.counts is counts for length in held.sets
        ]
        if points:
            plt.scatter(*zip(*points, strict=True), marker=shape, color=color)
    _draw_marks(plt, shown, (highest - lowest) / rows)
    ticks = _ticks(lowest, highest, max(2, (height - 2) // 2))
    plt.yticks(ticks, [f"{tick} s" for tick in ticks])
    days = _days(first, last, max(2, width // 14))
    plt.xticks(days, [day_name(day, today) for day in days])
    return _pieces(plt.build())


_LEAST_DAYS = 14


def _range(shown: Sequence[Held], rows: int) -> tuple[int, int]:
    """From where to where it goes, with room for a mark above the highest."""
    lengths = [length for held in shown for length in (*held.sets, held.level, held.following)]
    lowest, highest = max(0, (min(lengths) // SECOND // 10 - 1) * 10), max(lengths) // SECOND
    return lowest, highest + max(8, -(-3 * (highest - lowest) // (2 * rows - 3)) if rows > 3 else 0)


def _draw_level(plt: Any, counted: Sequence[Held]) -> None:
    if not counted:
        return
    days, levels = [counted[0].day], [counted[0].level / SECOND]
    for held in counted[1:]:
        days += [held.day, held.day]
        levels += [levels[-1], held.level / SECOND]
    days.append(counted[-1].day)
    levels.append(counted[-1].following / SECOND)
    plt.plot(days, levels, marker="braille", color=_LEVEL)


def _draw_marks(plt: Any, shown: Sequence[Held], row: float) -> None:
    for verdict, mark in VERDICTS.items():
        above = row * 1.2 if verdict in (Verdict.ADVANCE, Verdict.GRADUATE) else -row * 1.2
        at = [held for held in shown if held.counts and held.verdict is verdict]
        if at:
            heights = [
                (max if above > 0 else min)((held.level, held.following)) / SECOND + above for held in at
            ]
            color = _STYLES.index(mark.style)
            plt.scatter([held.day for held in at], heights, marker=mark.shape, color=color)


def _ticks(lowest: int, highest: int, most: int) -> list[int]:
    step = next(
        step
        for step in (5, 10, 15, 20, 30, 60, 120, 300, 600, 3600, 36_000)
        if (highest - lowest) / step <= most
    )
    return list(range(-(-lowest // step) * step, highest + 1, step))


def _days(first: int, last: int, most: int) -> list[int]:
    gaps = max(1, most - 1)
    return list(dict.fromkeys(first + round((last - first) * part / gaps) for part in range(gaps + 1)))


def _pieces(painted: str) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for text in AnsiDecoder().decode(painted.rstrip("\n")):
        line: list[Piece] = []
        at = 0
        for span in text.spans:
            style = span.style if not isinstance(span.style, str) else None
            number = style.color.number if style is not None and style.color is not None else 0
            if span.start > at:
                line.append((text.plain[at : span.start], "quiet"))
            line.append((text.plain[span.start : span.end], _STYLES[number or 0]))
            at = span.end
        line.append((text.plain[at:], "quiet"))
        lines.append(line)
    return lines
