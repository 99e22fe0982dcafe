"""Holds over time and the back before each session, laid out for the room there is."""

from __future__ import annotations

from collections.abc import Sequence

from prehab.domain.duration import SECOND, short_length
from prehab.domain.rule import Verdict
from prehab.session.looking_back import DAYS_OF_BACK, Back, Held, Holds
from prehab.tui.widgets.marks import VERDICTS, day_name
from prehab.tui.widgets.sheet import Lines, Piece, wrapped

_LEAST = (34, 7)
"""A chart needs so many columns and rows; below that the sessions are listed."""


def holds_over_time(holds: Holds | None, today: int) -> Lines:
    """The holds of a routine as a chart or, where there is little room, as a list."""

    def lines(width: int, height: int) -> list[list[Piece]]:
        if holds is None:
            return [[(line, "quiet")] for line in wrapped("No routine here grows by a longer hold.", width)]
        said = list(wrapped(holds.standing.why, width))
        body: list[list[Piece]] = [[(f"{holds.name}: seconds held", "strong")]]
        if not holds.sessions:
            return [*body, *([(line, "")] for line in said)][:height]
        is_chart = width >= _LEAST[0] and height >= _LEAST[1] + 2
        if not is_chart:
            body = body[: 1 if height > 5 else 0]
            body += [[(line, "quiet")] for line in (said if len(said) + 5 <= height else [])]
            return (
                body
                + [_listed(held, today, width) for held in reversed(holds.sessions)][: height - len(body)]
            )
        room = height - 2 - _LEAST[1]
        body += [[(line, "quiet")] for line in (said if len(said) <= room else [])]
        from prehab.tui.widgets.plot import plot

        body += plot(holds.sessions, width, height - len(body) - 1, today)
        return [*body, _legend(holds.sessions, width)]

    return lines


def _legend(sessions: Sequence[Held], width: int) -> list[Piece]:
    there = {held.verdict for held in sessions if held.counts}
    parts = [("●", "kind", "a set"), ("─", "rest", "the level")]
    parts += [(mark.shape, mark.style, mark.words) for verdict, mark in VERDICTS.items() if verdict in there]
    if not all(held.counts for held in sessions):
        parts.append(("○", "quiet", "does not count"))
    line: list[Piece] = []
    taken = 0
    for shape, style, words in parts:
        if taken + len(words) + 2 > width:
            break
        line += [(shape, style), (f" {words}   ", "quiet")]
        taken += len(words) + 5
    return line


def _listed(held: Held, today: int, width: int) -> list[Piece]:
    sets = " · ".join(str(length // SECOND) for length in held.sets) or "–"
    line: list[Piece] = [(f"{day_name(held.day, today):<7}", "quiet"), (sets, "" if held.counts else "quiet")]
    mark = VERDICTS.get(held.verdict) if held.counts else None
    if mark is not None:
        moves = held.verdict in (Verdict.ADVANCE, Verdict.BACK)
        words = f" {mark.words} to {short_length(held.following)}" if moves else f" {mark.words}"
        if 7 + len(sets) + 3 + len(words) > width:
            words = ""
        line += [("  ", ""), (mark.shape, mark.style), (words, "")]
    return line


def back_over_time(backs: Sequence[Back], today: int) -> Lines:
    """How the back was before each session: a dot and its number for each day of three weeks."""
    worst: dict[int, int] = {}
    for one in backs:
        worst[one.day] = max(one.score, worst.get(one.day, 0))

    def lines(width: int, height: int) -> list[list[Piece]]:
        first = today - DAYS_OF_BACK + 1
        cell = 2 if width >= 2 * DAYS_OF_BACK + 4 else 1
        dots: list[Piece] = []
        numbers: list[Piece] = []
        for day in range(first, today + 1):
            gap = " " if day > first and (day - 1) % 7 == 0 else ""
            shape, style = _dot(worst.get(day))
            dots += [(gap, ""), (shape.ljust(cell), style)]
            score = worst.get(day)
            numbers.append(
                (gap + ("" if score is None else "X" if score == 10 else str(score)).ljust(cell), "quiet")
            )
        body: list[list[Piece]] = [dots, numbers]
        if height >= 3:
            title = "Back before each session, three weeks"
            body.insert(0, [((title if width > len(title) else "Back, three weeks"), "strong")])
        if height >= 4:
            length = cell * DAYS_OF_BACK + 3
            ends = day_name(first, today), "today"
            body.append([(f"{ends[0]}{ends[1].rjust(max(1, length - len(ends[0])))}"[:width], "quiet")])
        if height >= 5:
            words = "no number given yet" if not worst else "○ 0 to 3   ● 4 and 5   x 6 or more; X is 10"
            body.append([(words[:width], "quiet")])
        return body[:height]

    return lines


def _dot(score: int | None) -> tuple[str, str]:
    if score is None:
        return "·", "faint"
    return ("○", "kind") if score <= 3 else ("●", "prepare") if score <= 5 else ("x", "pain")
