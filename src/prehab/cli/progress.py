"""`prehab progress`: where you stand, and the sentence that says why."""

from __future__ import annotations

import argparse
import textwrap
from typing import Any

from prehab.cli import output, report
from prehab.cli.arguments import add_json
from prehab.domain.duration import short_length
from prehab.domain.standing import Standing
from prehab.errors import Exit, UserError
from prehab.session.front import Prehab


def configure(parser: argparse.ArgumentParser) -> None:
    """One routine, or all that grow."""
    parser.add_argument(
        "routine", nargs="?", metavar="ROUTINE", help="one routine; without it, all that grow"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the next session of each, what the last one left, and why."""
    prehab = Prehab()
    try:
        standings = _wanted(prehab, args.routine)
    finally:
        for notice in prehab.notices():
            report.notice(notice)
        prehab.close()
    if args.json:
        output.as_json([_as_data(standing) for standing in standings])
        return Exit.OK
    for number, standing in enumerate(standings):
        if number:
            output.line()
        output.line(f"{standing.routine}: {_next(standing)}, {standing.verdict.value}")
        output.lines(textwrap.wrap(standing.why, 78, initial_indent="  ", subsequent_indent="  "))
    return Exit.OK


def _wanted(prehab: Prehab, typed: str | None) -> list[Standing]:
    # A history that can't be read is no beginner's: better no level than a wrong one.
    prehab.ledger.insist()
    if typed is None:
        return list(prehab.ledger.standings().values())
    routine = prehab.library.routine(typed)
    standing = prehab.ledger.standing(routine)
    if standing is None:
        raise UserError(f"{routine.id} does not grow", hint="`prehab progress` lists those that do")
    return [standing]


def _next(standing: Standing) -> str:
    if standing.hold_ms is None:
        return f"circuit {standing.level}, {standing.sets} rounds"
    return f"level {standing.level}, {standing.sets} sets of {short_length(standing.hold_ms)}"


def _as_data(standing: Standing) -> dict[str, Any]:
    return {
        "routine": standing.routine,
        "level": standing.level,
        "hold_ms": standing.hold_ms,
        "sets": standing.sets,
        "streak": standing.streak,
        "misses": standing.misses,
        "verdict": standing.verdict.value,
        "why": standing.why,
    }
