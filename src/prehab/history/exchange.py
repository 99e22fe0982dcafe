"""Histories as lines of JSON: written out, read in, and merged the same way in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from prehab.domain.diary import Run, Soreness, Surface
from prehab.errors import UserError
from prehab.history import diary
from prehab.history.diary_lines import run_from_json, run_to_json, soreness_from_json, soreness_to_json
from prehab.history.fields import WrongValues
from prehab.history.merge import joined, merge_sessions
from prehab.history.records import session_from_json, session_to_json
from prehab.history.rows import SESSION_COLUMNS, session_of
from prehab.history.store import Store

LISTED = 200
"""How many wrong lines are shown at most."""
MAX_LINE = 16 * 1024 * 1024
"""How many characters a line may have."""

_AT_ONCE = 1_000
"""Records merged in one transaction, short enough that nobody else waits long."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import."""

    added: int = 0
    """Records that were not here before."""
    changed: int = 0
    """Records that were here and know more now."""
    same: int = 0
    """Records that were here already."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that travels in lines."""

    read: Callable[[Mapping[str, object], Mapping[str, str]], Any]
    """Object, and the growing step of each routine, to record; `WrongValues` if it is not one."""
    write: Callable[[Any], dict[str, object]]
    """Record to object."""
    all: Callable[[Store], Iterator[Any]]
    """Every record of the kind, oldest first."""
    find: Callable[[Store, Any], Any]
    """The record with the same id, or `None`."""
    merge: Callable[[Any, Any], Any]
    """What two records with the same id say together; the order does not matter."""
    put: Callable[[Store, Any], None]
    """Keep a record, inside a transaction."""


def _all_sessions(store: Store) -> Iterator[Any]:
    return map(session_of, store.rows(f"SELECT {SESSION_COLUMNS} FROM session ORDER BY started_ms, id"))


def _merge_runs(one: Run, other: Run) -> Run:
    run = joined(one, other)
    return run if run.surface is Surface.MIXED else replace(run, shares=())


def _merge_soreness(one: Soreness, other: Soreness) -> Soreness:
    return joined(one, other)


KINDS: dict[str, Kind] = {
    "session": Kind(
        read=session_from_json,
        write=session_to_json,
        all=_all_sessions,
        find=lambda store, record: store.record(record.id),
        merge=merge_sessions,
        put=lambda store, record: store.replace(record),
    ),
    "run": Kind(
        read=lambda table, growing: run_from_json(table),
        write=run_to_json,
        all=diary.runs,
        find=lambda store, run: diary.run(store, run.id),
        merge=_merge_runs,
        put=diary.replace_run,
    ),
    "soreness": Kind(
        read=lambda table, growing: soreness_from_json(table),
        write=soreness_to_json,
        all=diary.soreness,
        find=lambda store, entry: diary.soreness_of(store, entry.id),
        merge=_merge_soreness,
        put=diary.replace_soreness,
    ),
}
"""Every kind by its name in the lines."""


def export_lines(store: Store) -> Iterator[str]:
    """Write the whole history, one object a line, without line ends; plain ASCII, safe on any terminal.

    Raises:
        UserError: if the history cannot be read.
    """
    for kind in KINDS.values():
        for record in kind.all(store):
            yield json.dumps(kind.write(record))


def import_lines(store: Store, lines: Iterable[str], growing: Mapping[str, str]) -> Imported:
    """Merge lines into the history. Nothing is taken of lines among which one is wrong.

    Args:
        store: where to.
        lines: objects, one a line; empty lines are passed over.
        growing: the id of the step that grows, by routine, for sessions that do not say their level.

    Raises:
        UserError: naming every wrong line with its number; or if the history cannot be written.
    """
    records: list[tuple[Kind, Any]] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("\ufeff")
        if not text:
            continue
        try:
            records.append(_read(text, growing))
        except WrongValues as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        raise _refused(wrong)
    return _merge_all(store, records)


def _read(text: str, growing: Mapping[str, str]) -> tuple[Kind, Any]:
    if len(text) > MAX_LINE:
        raise WrongValues(f"longer than {MAX_LINE} characters")
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongValues("not a JSON object") from None
    if not isinstance(table, dict):
        raise WrongValues("not a JSON object")
    kind = KINDS.get(table["kind"]) if isinstance(table.get("kind"), str) else None
    if kind is None:
        raise WrongValues(f"kind: {table.get('kind')!a} is none of {', '.join(KINDS)}")
    return kind, kind.read(table, growing)


def _merge_all(store: Store, records: list[tuple[Kind, Any]]) -> Imported:
    added = changed = same = 0
    for start in range(0, len(records), _AT_ONCE):
        with store.writing():
            for kind, record in records[start : start + _AT_ONCE]:
                known = kind.find(store, record)
                merged = record if known is None else kind.merge(known, record)
                if merged == known:
                    same += 1
                    continue
                kind.put(store, merged)
                added += known is None
                changed += known is not None
    return Imported(added, changed, same)


def _refused(wrong: list[str]) -> UserError:
    count = len(wrong)
    listed = wrong[:LISTED]
    if count > LISTED:
        listed.append(f"and {count - LISTED} more")
    return UserError(
        "a line is wrong: nothing was imported"
        if count == 1
        else f"{count} lines are wrong: nothing was imported",
        "\n".join(listed),
        "correct the lines or leave them out, then import the file again; what is there already stays",
    )
