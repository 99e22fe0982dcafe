"""Histories as lines of JSON: written out, read in, and merged the same way in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from prehab.domain.diary import Run, Soreness, Surface
from prehab.errors import UserError
from prehab.history import diary, texts
from prehab.history.diary_lines import run_from_json, run_to_json, soreness_from_json, soreness_to_json
from prehab.history.fields import WrongValues
from prehab.history.merge import joined, merge_sessions
from prehab.history.records import session_from_json, steps_apart
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
class Lines:
    """The lines of a file, read anew each time, never more than one at once."""

    file: Path

    def __iter__(self) -> Iterator[str]:
        """Read on; what comes after the first `MAX_LINE` characters of a line is a line of its own."""
        with self.file.open(encoding="utf-8-sig", newline="\n") as lines:
            while line := lines.readline(MAX_LINE + 2):
                yield line


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that travels in lines."""

    read: Callable[[Mapping[str, object], Mapping[str, str]], Any]
    """Object, and the growing step of each routine, to record; `WrongValues` if it is not one."""
    written: Callable[[Store], Iterator[str]]
    """Every record of the kind as the text of its object, oldest first; plain ASCII."""
    find: Callable[[Store, Any], Any]
    """The record with the same id, or `None`."""
    merge: Callable[[Any, Any], Any]
    """What two records with the same id say together; the order does not matter."""
    put: Callable[[Store, Any], None]
    """Keep a record, inside a transaction."""


def _merge_runs(one: Run, other: Run) -> Run:
    run = joined(one, other)
    return run if run.surface is Surface.MIXED else replace(run, shares=())


def _merge_soreness(one: Soreness, other: Soreness) -> Soreness:
    return joined(one, other)


KINDS: dict[str, Kind] = {
    "session": Kind(
        read=session_from_json,
        written=texts.oldest_first,
        find=lambda store, record: store.record(record.id),
        merge=merge_sessions,
        put=lambda store, record: store.replace(record),
    ),
    "run": Kind(
        read=lambda table, growing: run_from_json(table),
        written=lambda store: map(json.dumps, map(run_to_json, diary.runs(store))),
        find=lambda store, run: diary.run(store, run.id),
        merge=_merge_runs,
        put=diary.replace_run,
    ),
    "soreness": Kind(
        read=lambda table, growing: soreness_from_json(table),
        written=lambda store: map(json.dumps, map(soreness_to_json, diary.soreness(store))),
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
        yield from kind.written(store)


def import_lines(store: Store, lines: Iterable[str], growing: Mapping[str, str]) -> Imported:
    """Merge lines into the history. Nothing is taken of lines among which one is wrong.

    Args:
        store: where to.
        lines: objects, one a line; empty lines are passed over. They are gone through twice, first to find
            what is wrong: what can be begun anew need not be held in memory.
        growing: the id of the step that grows, by routine, for sessions that do not say their level.

    Raises:
        UserError: naming every wrong line with its number; or if the history cannot be written.
    """
    if iter(lines) is lines:
        lines = list(lines)
    wrong: list[str] = []
    count = 0
    for number, text in _texts(lines):
        try:
            _read(text, growing)
        except WrongValues as error:
            count += 1
            if count <= LISTED:
                wrong.append(f"line {number}: {error}")
    if wrong:
        raise _refused(wrong, count)
    return _merge_all(store, (_read(text, growing) for _, text in _texts(lines)))


def _texts(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if text := line.strip().removeprefix("\ufeff"):
            yield number, text


def _read(text: str, growing: Mapping[str, str]) -> tuple[Kind, Any]:
    if len(text) > MAX_LINE:
        raise WrongValues(f"longer than {MAX_LINE} characters")
    without_steps, steps = steps_apart(text)
    table = _object(without_steps)
    if steps is not None and (table is None or table.get("kind") != "session" or table.get("steps") != []):
        table, steps = _object(text), None
    if table is None:
        raise WrongValues("not a JSON object")
    kind = KINDS.get(table["kind"]) if isinstance(table.get("kind"), str) else None
    if kind is None:
        raise WrongValues(f"kind: {table.get('kind')!a} is none of {', '.join(KINDS)}")
    return kind, session_from_json(table, growing, steps) if steps else kind.read(table, growing)


def _object(text: str) -> dict[str, Any] | None:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return table if isinstance(table, dict) else None


def _merge_all(store: Store, records: Iterator[tuple[Kind, Any]]) -> Imported:
    added = changed = same = 0
    while some := list(islice(records, _AT_ONCE)):
        with store.writing():
            for kind, record in some:
                known = kind.find(store, record)
                merged = record if known is None else kind.merge(known, record)
                if merged == known:
                    same += 1
                    continue
                kind.put(store, merged)
                added += known is None
                changed += known is not None
    return Imported(added, changed, same)


def _refused(wrong: list[str], count: int) -> UserError:
    listed = [*wrong, f"and {count - LISTED} more"] if count > LISTED else wrong
    return UserError(
        "a line is wrong: nothing was imported"
        if count == 1
        else f"{count} lines are wrong: nothing was imported",
        "\n".join(listed),
        "correct the lines or leave them out, then import the file again; what is there already stays",
    )
