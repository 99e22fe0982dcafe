"""Which keys a table may have and which belong together; and what pydantic found, in the author's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from pydantic_core import ErrorDetails

from prehab.formats.findings import Finding, Path
from prehab.formats.problems import nearest
from prehab.formats.schema import (
    ChecksTable,
    CuesTable,
    CueTable,
    EasierTable,
    ForTable,
    GroupTable,
    PaceTable,
    ProgressionTable,
    RoutineTable,
    SayTable,
    StepTable,
    shape_of_item,
)
from prehab.formats.shapes import keys_of
from prehab.formats.values import shown

_TABLES: dict[str, tuple[type, str]] = {
    "": (RoutineTable, "at the top of the file"),
    "pace": (PaceTable, "under [pace]"),
    "cues": (CuesTable, "under [cues]"),
    "progression": (ProgressionTable, "under [progression]"),
    "easier": (EasierTable, "in easier = { … }"),
    "step": (StepTable, "under [[step]]"),
    "<step>": (StepTable, "under [[step]]"),
    "<group>": (GroupTable, "in a group"),
    "for": (ForTable, "in for = { … }"),
    "<for>": (ForTable, "in for = { … }"),
    "say": (SayTable, "in say = [{ … }]"),
    "checks": (ChecksTable, "under [checks]"),
    "cue": (CueTable, "under [[checks.cue]]"),
}
"""The table that stands behind a key, by the last word of its path, and where the author writes it."""

_SYNONYMS = {
    "cue": "do", "description": "about", "duration": "for", "equipment": "needs", "instructions": "do",
    "length": "for", "mistake": "avoid", "pause": "rest", "repeat": "sets", "repetitions": "reps",
    "rounds": "sets", "seconds": "for", "secs": "for", "tempo": "beat", "time": "for", "title": "name",
    "type": "kind",
}  # fmt: skip
"""What other programs and people call our keys."""

_TAGS = ("<step>", "<group>", "<for>", "<span>")
"""What pydantic writes into a path to say which of two shapes it took a table for."""

_HOW = {
    "name": 'write name = "…"',
    "step": "write [[step]], and below it the keys of the first step",
    "text": 'write text = "…"',
    "for": 'write for = "20s"',
}
"""The way out for each key that has to be there."""

_MANY = 100
"""A table with more keys than this is no slip of the finger, and guessing would take long."""


def known_keys(table: type) -> tuple[str, ...]:
    """Every key that a table may have, as the author writes it."""
    return tuple(keys_of(table))


def judge(tables: Mapping[str, object]) -> Iterator[Finding]:
    """Find what is missing and what excludes another, in all tables that have the shape of one.

    A misspelt key counts as the one that was meant, so that one slip is one problem.
    """
    if tables.get("step") == []:
        yield Finding(("step",), "is empty", "a routine has at least one [[step]]")
    for path, item in _items(tables, ()):
        if item.get("step") == []:
            yield Finding((*path, "step"), "is empty", "a group has at least one [[step.step]]")
        steps = _items(item, path) if shape_of_item(item) == "<group>" else [(path, item)]
        for inner, step in steps:
            yield from _judge_step(inner, step)


def _items(tables: Mapping[str, object], path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """The tables of an array called `step`, with their paths."""
    items = tables.get("step")
    if isinstance(items, list):
        yield from (((*path, "step", i), item) for i, item in enumerate(items) if isinstance(item, dict))


def count_steps(tables: Mapping[str, object]) -> int:
    """How many steps a file has, groups opened."""
    return sum(max(1, sum(1 for _ in _items(item, ()))) for _, item in _items(tables, ()))


def _judge_step(path: Path, step: dict[str, object]) -> Iterator[Finding]:
    keys = _present(StepTable, step)
    if not keys & {"for", "reps"}:
        yield Finding((*path, "for"), "is missing", 'write for = "30s", or reps = 10 with beat = "4s"')
    if {"for", "reps"} <= keys:
        yield Finding((*path, "reps"), "excludes `for`", "keep `for`, or `reps` with `beat`")
    length, lines = step.get("for"), step.get("say")
    if isinstance(length, dict):
        yield from _judge_length((*path, "for"), length)
    if isinstance(lines, list):
        for number, line in enumerate(lines):
            if isinstance(line, dict):
                yield from _judge_line((*path, "say", number), line)


def _judge_length(path: Path, length: dict[str, object]) -> Iterator[Finding]:
    keys = _present(ForTable, length)
    growth = {"from", "to", "by"}
    if "time" in keys and keys & growth:
        yield Finding((*path, "time"), "excludes `from`, `to` and `by`", "a step grows, or it has one length")
    elif not keys & ({"time"} | growth):
        yield Finding(
            (*path, "time"), "is missing", 'write time = "60s", or from, to and by for a step that grows'
        )
    elif "time" not in keys:
        for key in sorted(growth - keys):
            yield Finding((*path, key), "is missing", "a step that grows has `from`, `to` and `by`")
    if "gap" in keys and "bouts" not in keys:
        yield Finding((*path, "gap"), "needs `bouts`", "it is the rest between two of them")


def _judge_line(path: Path, line: dict[str, object]) -> Iterator[Finding]:
    keys = _present(SayTable, line) & {"at", "left"}
    if not keys:
        yield Finding((*path, "at"), "is missing", 'write at = "half", at = "10s" or left = "10s"')
    elif len(keys) == 2:
        yield Finding((*path, "left"), "excludes `at`", "keep one of them")


def _present(table: type, written: Collection[str]) -> set[str]:
    """The keys that the author wrote or meant to write."""
    known = known_keys(table)
    if len(written) > _MANY:
        return set(known).intersection(written)
    return {key if key in known else _meant(key, table) or key for key in written}


@lru_cache(1024)
def _meant(key: str, table: type) -> str | None:
    """The key of this table that was probably meant."""
    known = known_keys(table)
    synonym = _SYNONYMS.get(key.lower())
    return synonym if synonym in known else nearest(key, known)


def explain(error: ErrorDetails) -> Finding | None:
    """Say in the author's words what pydantic found; `None` when another finding says it."""
    loc, found = error["loc"], error["input"]
    path = tuple(part for part in loc if part not in _TAGS)
    match error["type"]:
        case "refused":
            told = error["ctx"]
            return Finding((*path, told["key"]) if told["key"] else path, told["message"], told["hint"])
        case "missing":
            table, _ = _home(loc[:-1])
            slipped = str(loc[-1]) in _present(table, found)
            return None if slipped else Finding(path, "is missing", _HOW.get(str(loc[-1]), ""))
        case "unexpected_keyword_argument":
            return Finding(path, "no such key", _way_out(str(loc[-1]), loc[:-1]), on_key=True)
        case "too_long":
            most = error["ctx"]["max_length"]
            return Finding(path, f"has {len(found)} entries", f"at most {most} fit")
        case "list_type" if isinstance(found, dict) and path[-1] in ("step", "say"):
            header = ".".join(str(part) for part in path if isinstance(part, str))
            return Finding(path, "is one table, not several", f"write [[{header}]], with two brackets")
        case "list_type":
            return Finding(
                path, f"must be an array, not {shown(found)}", f"write it in brackets, as in [{shown(found)}]"
            )
        case _:
            return Finding(path, f"must be a table, not {shown(found)}", "a table holds keys, as in { … }")


def _home(loc: Path) -> tuple[type, str]:
    """The table that pydantic was reading, and where its author writes it."""
    return _TABLES[next((part for part in reversed(loc) if isinstance(part, str)), "")]


def _way_out(key: str, loc: Path) -> str:
    """What to do about a key that its table does not have."""
    table, _ = _home(loc)
    if table is StepTable and key == "step":
        return "groups are one level deep"
    if table is GroupTable and key in known_keys(StepTable):
        return "a group has rounds, rest and [[step.step]]; this belongs to one of its steps"
    if _SYNONYMS.get(key) not in known_keys(table):
        for other, where in _TABLES.values():
            if key in known_keys(other):
                return f"it belongs {where}"
    meant = _meant(key, table)
    return f"did you mean {meant!r}?" if meant else f"possible are {', '.join(known_keys(table))}"
