"""`prehab insights`: what the diary can say, and what it cannot."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from prehab.cli import diary_questions, output, report
from prehab.cli.arguments import add_json
from prehab.domain.diary import ALWAYS_ASKED
from prehab.domain.insights import Comparison
from prehab.errors import Exit
from prehab.session.diary import DayShown, legend, letter
from prehab.session.front import Prehab

_WIDTH = 78


def configure(parser: argparse.ArgumentParser) -> None:
    """Whether as JSON."""
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the picture first, then every comparison in its fixed order."""
    prehab = Prehab()
    try:
        found = prehab.diary.insights()
        days = prehab.diary.mornings()
        see_somebody = prehab.diary.see_somebody()
    finally:
        for notice in prehab.notices():
            report.notice(notice)
        prehab.close()
    if args.json:
        output.as_json({"comparisons": len(found), "results": [_as_data(one) for one in found]})
    else:
        output.lines(_picture(days))
        output.lines(_comparisons(found))
    if see_somebody:
        diary_questions.tell_to_see_somebody(see_somebody)
    return Exit.OK


def _picture(days: Sequence[DayShown]) -> Iterator[str]:
    first, last = (date.fromordinal(days[place].day) for place in (0, -1))
    yield f"How sore it was, {first.day} {first:%B} to {last.day} {last:%B}"
    width = max(map(len, ALWAYS_ASKED))
    for area in ALWAYS_ASKED:
        yield f"  {area:<{width}} {''.join(_score(day.scores[area]) for day in days)}"
    yield f"  {'runs':<{width}} {''.join(f'{letter(day):>3}' for day in days)}".rstrip()
    yield f"  {', '.join(legend(days)) or 'no run in these weeks'}"
    yield ""


def _score(score: int | None) -> str:
    return f"{'·' if score is None else score:>3}"


def _comparisons(found: Sequence[Comparison]) -> Iterator[str]:
    yield f"{len(found)} comparisons were looked at, always these and always in this order."
    for one in found:
        yield ""
        yield f"{one.factor.capitalize()}, {one.outcome}"
        yield from textwrap.wrap(one.sentence, _WIDTH, initial_indent="  ", subsequent_indent="  ")
        if one.size:
            yield f"  A difference of this size: {one.size}."
        for also in one.also():
            yield from textwrap.wrap(also, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _as_data(one: Comparison) -> dict[str, object]:
    return {
        "outcome": one.outcome,
        "factor": one.factor,
        "group": one.group,
        "others": one.others,
        "n_group": len(one.scores),
        "n_others": len(one.other_scores),
        "mean_group": one.mean,
        "mean_others": one.other_mean,
        "difference": one.difference,
        "low": one.low,
        "high": one.high,
        "status": one.status.value,
        "sentence": one.sentence,
    }
