"""TOML text to tables, or to the one problem that the reader stopped at."""

from __future__ import annotations

import re
from typing import Any

import tomli

from prehab.formats.problems import Problem, visible
from prehab.formats.slips import explain

_DEEPEST = 400
"""How deep the reader follows brackets."""
_TOKEN = re.compile(r'"""(?s:.*?)"""|\'\'\'(?s:.*?)\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}]')
_LONG_NUMBER = re.compile("[0-9][0-9_]{4000,}")
_LONG_KEY = re.compile(r"^\s*\[{0,2}(?:[A-Za-z0-9_-]+\.){500}", re.MULTILINE)

_ABOUT_A_KEY = ("Cannot overwrite", "Duplicate inline", "Cannot declare", "Cannot mutate", "Cannot redefine")
"""How those messages of the reader begin that concern a key, whose statement they blame the end of."""


def read_tables(source: str, file: str) -> dict[str, Any] | Problem:
    """Read TOML. Nothing that a text may hold raises."""
    try:
        return tomli.loads(source)
    except tomli.TOMLDecodeError as error:
        return _explain(error, file)
    except RecursionError:
        return _at(source, file, _too_deep(source), "is nested too deeply", "a routine needs few brackets")
    except ValueError:
        found = _LONG_NUMBER.search(source)
        return _at(source, file, found.start() if found else 0, "a number is too long", "write a short one")


def _explain(error: tomli.TOMLDecodeError, file: str) -> Problem:
    slip = explain(error.msg, error.doc, error.pos)
    problem = _at(error.doc, file, slip.position, slip.message, slip.hint, slip.width)
    if not error.msg.startswith(_ABOUT_A_KEY):
        return problem
    from dataclasses import replace

    from prehab.formats.places import statement_before  # loads a parser, which only a mistake needs

    if (span := statement_before(error.doc, error.pos)) is None:
        return problem
    line = error.doc.split("\n")[span.line - 1]
    key = visible(line[span.column - 1 : span.column - 1 + span.width])
    return replace(problem, line=span.line, column=span.column, width=span.width, source=line, key=key)


def _at(source: str, file: str, position: int, message: str, hint: str, width: int = 1) -> Problem:
    before = source[:position]
    line = before.count("\n") + 1
    return Problem(
        file=file,
        line=line,
        column=len(before) - before.rfind("\n"),
        key="",
        message=message,
        hint=hint,
        source=source.split("\n")[line - 1].removesuffix("\r"),
        width=width,
    )


def _too_deep(source: str) -> int:
    """Where the brackets, or the parts of a key, become too many."""
    depth = 0
    for token in _TOKEN.finditer(source):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > _DEEPEST:
            return token.start()
    found = _LONG_KEY.search(source)
    return found.start() if found else 0
