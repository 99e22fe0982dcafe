"""`prehab today`: what today is good for, and why."""

from __future__ import annotations

import argparse
import textwrap

from prehab.cli import diary_questions, output, report
from prehab.cli.arguments import add_json
from prehab.domain import safety
from prehab.domain.due import Today
from prehab.errors import Exit
from prehab.session.diary import ran
from prehab.session.front import Prehab


def configure(parser: argparse.ArgumentParser) -> None:
    """Whether as JSON."""
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print what is due today; nothing due is said too."""
    prehab = Prehab()
    try:
        # A history that can't be read is no beginner's: better no plan than a wrong one.
        prehab.ledger.insist()
        today = prehab.ledger.today()
        see_somebody = prehab.diary.see_somebody(is_asked_for=False)
        morning_of = prehab.diary.run_to_ask()
        just_run = prehab.diary.run_to_confirm(is_asked_for=False)
    finally:
        for notice in prehab.notices():
            report.notice(notice)
        prehab.close()
    if args.json:
        output.as_json(_as_data(today, see_somebody))
        return Exit.OK
    _print(today)
    if today.is_safety:
        report.paragraph(safety.text())
    elif see_somebody:
        diary_questions.tell_to_see_somebody(see_somebody)
    if morning_of is not None:
        report.notice("it is the morning after a run: prehab log soreness")
    if just_run is not None:
        report.notice(f"{ran(just_run)} prehab log run")
    return Exit.OK


def _print(today: Today) -> None:
    if today.note:
        output.lines(textwrap.wrap(today.note, 78))
    output.table([(one.routine, one.why) for one in today.due])
    if today.targets:
        output.line()
        output.table([(one.label, f"{one.done} of {one.of} this week") for one in today.targets])


def _as_data(today: Today, see_somebody: str) -> dict[str, object]:
    return {
        "note": today.note,
        "is_safety": today.is_safety,
        "see_somebody": see_somebody or None,
        "due": [{"routine": one.routine, "why": one.why} for one in today.due],
        "targets": [
            {"label": one.label, "routines": list(one.routines), "done": one.done, "of": one.of}
            for one in today.targets
        ],
    }
