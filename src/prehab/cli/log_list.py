"""`prehab log list` and `prehab log delete`: all that was logged, and what becomes of a mistake."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from prehab.cli import output, report
from prehab.cli.arguments import add_json, whole
from prehab.domain.diary import CheckIn, Run, Soreness, Told, When
from prehab.domain.duration import clock_face
from prehab.domain.records import Instant
from prehab.errors import Exit
from prehab.history.diary_lines import run_to_json, soreness_to_json
from prehab.session.front import Prehab

if TYPE_CHECKING:
    from prehab.session.diary import Page

LISTED = 30
"""How many entries are listed if nobody says how many."""

_SHORTEST_ID = 6
_WHEN = {
    When.BEFORE: "before the run",
    When.MORNING: "the morning after",
    When.SECOND_MORNING: "the second morning after",
}


def configure(ways: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The two ways of dealing with what was logged."""
    listing = ways.add_parser(
        "list",
        help="list the runs and the scores, with their ids",
        description="List all that was logged, newest first, each with the beginning of its id.",
        epilog="Example: prehab log list --limit 10",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_json(listing)
    listing.add_argument(
        "--limit", metavar="N", type=whole, help=f"how many; {LISTED} as a list, all as JSON"
    )
    deleting = ways.add_parser(
        "delete",
        help="delete runs or scores",
        description="Delete runs or scores; what is written out, `prehab history import` takes back.",
        epilog="Example: prehab log delete 3f2a91 > deleted.jsonl\n"
        "         prehab history import deleted.jsonl",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    deleting.add_argument("ids", metavar="ID", nargs="+", help="the beginning of an id, as the list has it")


def show(prehab: Prehab, limit: int | None, *, as_json: bool) -> Exit:
    """Print what was logged, newest first."""
    entries = list(_entries(prehab.diary.pages()))
    if as_json:
        output.as_json([_as_data(one) for one in entries[:limit]])
        return Exit.OK
    if not entries:
        report.notice("nothing is logged yet: prehab log run, prehab log soreness")
        return Exit.OK
    ids = _short_ids([one.id for one in entries])
    diary = prehab.diary.diary()
    rows = [
        (ids[one.id], _written(one), _what(one), "" if isinstance(one, Run) else _about(diary.told(one)))
        for one in entries[: LISTED if limit is None else limit]
    ]
    output.table([("id", "when", "what", "about"), *rows])
    return Exit.OK


def delete(prehab: Prehab, ids: Sequence[str]) -> Exit:
    """Forget entries, all of them or none, and write them out."""
    pages = list(dict.fromkeys(prehab.diary.find(written) for written in ids))
    for page in pages:
        prehab.diary.forget(page)
        for entry in _entries([page]):
            output.line(json.dumps(_as_data(entry)))
            report.notice(f"deleted: {day_of(_moment(entry))}, {_what(entry)}")
    report.notice("what was printed brings it back: prehab history import FILE")
    return Exit.OK


def told(run: Run) -> str:
    """A run in one line."""
    return ", ".join(part for part in (day_of(run.started_at), _what(run, is_named=False)) if part)


def day_of(moment: Instant) -> str:
    """A moment as it is spoken of."""
    at = datetime.fromisoformat(moment.written)
    return f"{at.day} {at:%B} at {at.hour}:{at:%M}"


def _entries(pages: Sequence[Page]) -> Iterator[Run | Soreness]:
    for page in pages:
        if isinstance(page, CheckIn):
            yield from page.entries
        else:
            yield page


def _short_ids(ids: Sequence[str]) -> dict[str, str]:
    """The shortest beginning by which each is told from the others."""
    found = {}
    ordered = sorted(ids)
    for before, one, after in zip(["", *ordered[:-1]], ordered, [*ordered[1:], ""], strict=True):
        shared = max(_shared(one, other) for other in (before, after))
        found[one] = one[: max(_SHORTEST_ID, shared + 1)]
    return found


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, its) in pairs if mine != its), min(len(one), len(other)))


def _moment(entry: Run | Soreness) -> Instant:
    return entry.started_at if isinstance(entry, Run) else entry.at


def _written(entry: Run | Soreness) -> str:
    return f"{datetime.fromisoformat(_moment(entry).written):%Y-%m-%d %H:%M}"


def _what(entry: Run | Soreness, *, is_named: bool = True) -> str:
    if isinstance(entry, Soreness):
        return f"{entry.area} {entry.score}" + (f", {entry.side.value}" if entry.side else "")
    parts = [
        "run" if is_named else "",
        "" if entry.distance_m is None else f"{entry.distance_m / 1000:.2f} km",
        "" if entry.duration_ms is None else clock_face(entry.duration_ms),
        entry.surface.value if entry.surface else "",
        f"effort {entry.effort}" if entry.effort is not None else "",
        f"warm-up {entry.warm_up.value}" if entry.warm_up else "",
        f"stretch {entry.stretch.value}" if entry.stretch else "",
    ]
    return ", ".join(part for part in parts if part)


def _about(about: Told) -> str:
    if about.is_late:
        return "late"
    return "" if about.when is None else _WHEN[about.when]


def _as_data(entry: Run | Soreness) -> dict[str, object]:
    return run_to_json(entry) if isinstance(entry, Run) else soreness_to_json(entry)
