"""The text of the settings file: a commented one to begin with, and changes that leave the rest as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from prehab.config.kinds import Whole, Written
from prehab.config.settings import SPECS, Spec

_HEADING = """\
# The settings of prehab. A line that begins with "#" is a comment; a setting in a comment shows the default.
# The settings screen changes this file too, and leaves comments and order as they are.
"""


def template() -> str:
    """A file in which every setting is explained and none is set."""
    tables = [_table(name, list(specs)) for name, specs in groupby(SPECS, lambda spec: spec.path[0])]
    return "\n".join([_HEADING, *tables])


def changed(text: str, spec: Spec, value: Written | None) -> str:
    """The text with one setting changed; `None` takes it out.

    Raises:
        ValueError: if the text is no TOML, or has no room for the setting.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        if value is not None and not _has(document, spec):
            document = tomlkit.parse(_uncommented(text, spec))
        _set(document, spec, value)
        return tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{spec.key} can't be put into it: {error}") from error


def _table(name: str, specs: list[Spec]) -> str:
    lines = [f"[{name}]"]
    for spec in specs:
        lines += ["", f"# {spec.does.removesuffix('.')}: {spec.kind.allowed}."]
        lines += [] if spec.key == name else [f"# {spec.path[-1]} = {_default(spec)}"]
    return "\n".join(lines) + "\n"


def _default(spec: Spec) -> str:
    """The default as TOML, or for what has none something that it may be."""
    value = spec.default
    if value is None:
        value = spec.kind.such_as if isinstance(spec.kind, Whole) else spec.kind.parse(spec.kind.choices[0])
    written = spec.kind.write(value)
    if isinstance(written, bool):
        return "true" if written else "false"
    return f'"{written}"' if isinstance(written, str) else str(written)


def _has(document: Mapping[str, Any], spec: Spec) -> bool:
    table: Any = document
    for name in spec.path:
        if not isinstance(table, Mapping) or name not in table:
            return False
        table = table[name]
    return True


def _set(document: Any, spec: Spec, value: Written | None) -> None:
    import tomlkit

    *tables, name = spec.path
    table = document
    for step in tables:
        if step not in table:
            if value is None:
                return
            table[step] = tomlkit.table()
        table = table[step]
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def _uncommented(text: str, spec: Spec) -> str:
    """Let the commented setting of the template come alive where it stands, if it still does."""
    *tables, name = spec.path
    setting = re.compile(rf"#[ \t]*{re.escape(name)}[ \t]*=[^\r\n]*")
    here: list[str] = []
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.startswith("["):
            here = [line.strip().strip("[]").strip()]
        elif here == tables and (found := setting.match(line)):
            lines[place] = f"{name} = 0{line[found.end() :]}"
            return "".join(lines)
    return text
