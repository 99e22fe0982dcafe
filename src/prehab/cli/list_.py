"""`prehab list`: every routine with its phase and length."""

from __future__ import annotations

import argparse
from typing import Any

from prehab.cli import output, report
from prehab.cli.arguments import add_json
from prehab.domain.duration import clock_face
from prehab.errors import Exit
from prehab.formats.library import Entry
from prehab.session.front import Prehab


def configure(parser: argparse.ArgumentParser) -> None:
    """Only whether as JSON."""
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """List them by phase; a broken one stays in the list and says so."""
    prehab = Prehab()
    entries = sorted(prehab.entries(), key=lambda entry: (_place(entry), entry.id))
    totals = {entry.id: length for entry in entries if (length := prehab.length(entry)) is not None}
    if args.json:
        output.as_json([_as_data(entry, totals.get(entry.id)) for entry in entries])
        return Exit.OK
    rows = []
    for entry in entries:
        routine = entry.routine
        if routine is None:
            count = len(entry.problems)
            rows.append(
                (entry.id, f"! {count} problem{'s' * (count > 1)}: {entry.problems[0].message}", "", "")
            )
        else:
            phase = routine.phase.value.replace("-", " ")
            rows.append((entry.id, routine.name, phase, clock_face(totals[entry.id])))
    output.table(rows, right=frozenset({3}))
    if any(entry.routine is None for entry in entries):
        report.notice("see all problems with: prehab check")
    return Exit.OK


def _place(entry: Entry) -> int:
    order = ("before-run", "during-run", "after-run", "any-day", "recovery")
    return order.index(entry.routine.phase.value) if entry.routine else len(order)


def _as_data(entry: Entry, total: int | None) -> dict[str, Any]:
    routine = entry.routine
    return {
        "routine": entry.id,
        "name": routine.name if routine else entry.id,
        "phase": routine.phase.value if routine else None,
        "total_ms": total,
        "get_ready_ms": routine.get_ready if routine else None,
        "problems": len(entry.problems),
    }
