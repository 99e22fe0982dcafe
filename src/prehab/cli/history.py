"""`prehab history`: what was done, newest first; and the exchange with other machines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from prehab.cli import output, report
from prehab.cli.arguments import add_json, whole
from prehab.domain.duration import SECOND, Millis, held_face
from prehab.domain.events import Outcome, StepOutcome
from prehab.domain.records import SessionRecord
from prehab.errors import Exit, UserError
from prehab.session.front import Prehab

LISTED = 30
"""How many sessions are listed if nobody says how many."""


def configure(parser: argparse.ArgumentParser) -> None:
    """A list, or one of the two ways of exchange."""
    add_json(parser)
    parser.add_argument(
        "--limit", metavar="N", type=_count, help=f"how many sessions; {LISTED} as a list, all as JSON"
    )
    ways = parser.add_subparsers(dest="way", metavar="export | import FILE")
    parser.usage = "%(prog)s [-h] [--json] [--limit N] [export | import FILE]"
    ways.add_parser(
        "export",
        help="sessions, runs and soreness as JSON lines",
        description="Write all sessions, runs and soreness scores as JSON lines.",
    )
    bring = ways.add_parser(
        "import",
        help="merge JSON lines into the history",
        description="Merge the JSON lines of another machine; doing it twice changes nothing.",
    )
    bring.add_argument("file", metavar="FILE", help="the file, or - for standard input")


def _count(written: str) -> int:
    count = whole(written)
    if count < 1:
        raise argparse.ArgumentTypeError(f"not a number of sessions: {written!r} (1 or more)")
    return count


def run(args: argparse.Namespace) -> Exit:
    """List, export or import."""
    prehab = Prehab()
    try:
        if args.way == "export":
            return _export(prehab)
        if args.way == "import":
            return _import(prehab, args.file)
        return _list(prehab, args.limit, as_json=args.json)
    finally:
        for notice in prehab.notices():
            report.notice(notice)
        prehab.close()


def _list(prehab: Prehab, limit: int | None, *, as_json: bool) -> Exit:
    from prehab.history import stats, texts

    store = prehab.ledger.whole
    if as_json:
        output.json_array(texts.newest_first(store, limit))
        return Exit.OK
    records = stats.page(store, limit or LISTED).sessions
    if not records:
        report.notice("nothing yet: the first session will stand here")
        return Exit.OK
    output.table([_row(record) for record in records], right=frozenset({2}))
    return Exit.OK


def _row(record: SessionRecord) -> tuple[str, ...]:
    started = datetime.fromisoformat(record.started_at.written)
    held = Millis(sum(step.held_ms for step in record.steps))
    holds = ""
    if record.level_ms is not None:
        holds = " · ".join(str(step.held_ms // SECOND) for step in record.steps)
    done = sum(step.outcome is StepOutcome.DONE for step in record.steps)
    outcome = "" if record.outcome is Outcome.COMPLETED else record.outcome.value
    said = [f"effort {record.rpe}" if record.rpe else "", f"pain {record.pain}" if record.pain else ""]
    return (
        f"{started:%Y-%m-%d %H:%M}",
        record.name,
        held_face(held),
        holds or f"{done} of {len(record.steps)} done",
        ", ".join(part for part in (outcome, *said) if part),
    )


def _export(prehab: Prehab) -> Exit:
    from prehab.history.exchange import export_lines

    output.json_lines(export_lines(prehab.ledger.whole))
    return Exit.OK


def _import(prehab: Prehab, file: str) -> Exit:
    from prehab.cli.diary_questions import tell_to_see_somebody
    from prehab.history.exchange import import_lines

    growing = {
        entry.routine.id: entry.routine.growing.id
        for entry in prehab.entries()
        if entry.routine is not None and entry.routine.growing is not None
    }
    store = prehab.ledger.lasting
    try:
        with _lines_of(file) as lines:
            brought = import_lines(store, lines, growing)
    except (OSError, UnicodeError) as error:
        told = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "it is not UTF-8"
        raise UserError(f"{file} can't be read", told, "give a file that `history export` wrote") from error
    report.notice(
        f"{brought.added} added, {brought.changed} brought up to date, {brought.same} known already"
    )
    if why := prehab.diary.see_somebody():
        tell_to_see_somebody(why)
    return Exit.OK


@contextmanager
def _lines_of(file: str) -> Iterator[Iterable[str]]:
    """The lines of a file, or of what is sent, which is put aside: it can't be read twice."""
    from prehab.history.exchange import Lines

    if file != "-" and Path(file).is_file():
        yield Lines(Path(file))
        return
    with TemporaryDirectory() as folder:
        sent = Path(folder) / "lines"
        with sent.open("wb") as aside:
            if file != "-":
                with Path(file).open("rb") as source:
                    copyfileobj(source, aside)
            else:
                copyfileobj(sys.stdin.buffer, aside)
        yield Lines(sent)
