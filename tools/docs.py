"""Write the pages of docs/ that come out of the code: `python -m tools.docs`; a test keeps them in step."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from prehab.cli.parsers import Sub
from prehab.cli.table import COMMANDS
from prehab.config.settings import SPECS, Spec
from prehab.domain.duration import Millis, spell
from prehab.formats.json_schema import json_schema
from prehab.formats.note_words import GRAMMAR
from prehab.tui.keys import Scope, cap, of
from prehab.tui.keys import table as keys_table

DOCS = Path(__file__).resolve().parent.parent / "docs"
README = DOCS.parent / "README.md"
_MADE = "<!-- made by `python -m tools.docs`; change the code, then run it again -->"

_KEYS_BEGIN = "<!-- the keys of a session, made by `python -m tools.docs` -->"
_KEYS_END = "<!-- the end of the keys -->"

Schema = dict[str, Any]


def reference() -> str:
    """Every key of the routine file, from the tables that read it."""
    schema = json_schema()
    tables = schema["$defs"]
    group = {key: tables["Item"]["properties"][key] for key in ("rounds", "rest", "step")}
    parts = [
        ("At the top of the file", schema["description"], schema["properties"], schema["required"]),
        ("`[pace]`", *_of(tables["PaceTable"])),
        ("`[cues]`", *_of(tables["CuesTable"])),
        ("`[[step]]`: an exercise", *_of(tables["StepTable"])),
        ("`for = { … }`: a length that grows, or is split", *_of(tables["Length"])),
        ("`say = [{ … }]`: a sentence inside a work", *_of(tables["SayTable"])),
        (
            "`[[step]]` with `[[step.step]]` below it: a group",
            "Steps done in turn, several rounds of them.",
            group,
            ["step"],
        ),
        ("`[progression]`: the rule of growing", *_of(tables["ProgressionTable"])),
        ("`easier = { … }`: what stands below the first level", *_of(tables["EasierTable"])),
        ("`[checks]`: posture checks on a run", *_of(tables["ChecksTable"])),
        ("`[[checks.cue]]`: what is said of one area", *_of(tables["CueTable"])),
    ]
    lines = [
        "# The routine file, key by key",
        "",
        _MADE,
        "",
        "A routine is a TOML file in the folder `routines` of the config folder (`prehab doctor` names it).",
        'Durations are `"45s"`, `"1m30s"`, `"2m"`, `"1h"`, or a whole number of seconds. Unknown keys are',
        "errors, with the nearest known key named. `prehab check FILE` tells every problem at once.",
        "[Your own routines](guide-own-routines.md) begins at the beginning.",
    ]
    for title, text, properties, required in parts:
        lines += [
            "",
            f"## {title}",
            "",
            text,
            "",
            "| key | value | without it | what it is |",
            "|--|--|--|--|",
        ]
        lines += [_row(key, shape, key in required) for key, shape in properties.items()]
    return "\n".join(lines) + "\n"


def undocumented() -> set[str]:
    """Tables of the schema that the reference has no section for."""
    page = reference()
    return {
        key
        for table in json_schema()["$defs"].values()
        for key in table["properties"]
        if f"| `{key}` |" not in page
    }


def _of(table: Schema) -> tuple[str, Schema, list[str]]:
    return table["description"], table["properties"], table.get("required", [])


def _row(key: str, shape: Schema, is_needed: bool) -> str:
    default = shape.get("default")
    without = "has to be there" if is_needed else "" if default is None else f"`{_toml(default)}`"
    return f"| `{key}` | {_value(shape)} | {without} | {_cell(shape.get('description', ''))} |"


def _value(shape: Schema) -> str:
    match shape:
        case {"const": value}:
            return f"`{_toml(value)}`"
        case {"enum": words}:
            return ", ".join(f"`{_toml(word)}`" for word in words)
        case {"$ref": "#/$defs/Length"}:
            return "a duration, or a table"
        case {"$ref": _}:
            return "a table"
        case {"type": "array", "items": {"anyOf": [{"enum": words}, *_]}}:
            return f"an array of {', '.join(words)}, or others"
        case {"type": "array", "items": {"$ref": _}}:
            return "tables"
        case {"type": "array"}:
            return "an array of texts"
        case {"minimum": low, "pattern": pattern, "maximum": high}:
            half = '`"half"`, or ' if pattern.startswith("^half") else ""
            return f"{half}a duration, {spell(Millis(1000 * low))} to {spell(Millis(1000 * high))}"
        case {"type": "integer", "minimum": low, "maximum": high}:
            return f"{low} to {high}"
        case {"pattern": pattern} if "/" in pattern:
            return 'a part of the whole, as in `"2/3"`'
        case {"pattern": _}:
            return "a name of a to z, 0 to 9 and hyphens"
        case {"maxLength": most}:
            return f"text, up to {most} characters"
    return "text"


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def note() -> str:
    """The grammar of a note, as the help has it."""
    return f"""# A physio's note

{_MADE}

`prehab new NAME "NOTE"` makes a file of it, `prehab start "NOTE"` plays it without one:

```sh
prehab new physio "clam 3x12 each; bird dog 10x5s each; plank 3x30s/45s"
prehab start "plank 3x40s/30s; side plank 2x20s each"
```

```text
{GRAMMAR}
```

What can't be read is pointed at:

```text
{_note_mistake()}
```

A hold with two sides, such as a side plank, is held on both unless the note says left or right. Repetitions
are timed by a beat, so that nobody has to press a key on the mat; a move that prehab knows keeps its beat.
Longer notes are read from a file: `prehab new physio - < note.txt`.
"""


def _note_mistake() -> str:
    from prehab.formats.note import NoteError, parse_note

    try:
        parse_note("clam 3x12 eech; plank 3x30s")
    except NoteError as error:
        pointed = "\n".join(f"  {line}" for line in error.detail.splitlines())
        return f"prehab: {error.title}\n{pointed}\n  → {error.hint}"
    raise AssertionError("that note is wrong")


def commands() -> str:
    """Every command with its examples and options."""
    lines = [
        "# Commands",
        "",
        _MADE,
        "",
        "`prehab` alone opens the app. Exit codes: 0 fine; 1 the thing asked for could not be done or has",
        "problems; 2 the command line was wrong; 130 interrupted; 143 terminated.",
    ]
    for row in COMMANDS:
        lines += ["", f"## prehab {row.name}", "", row.summary, "", "```sh", *row.examples, "```"]
        parser = argparse.ArgumentParser(prog=row.name)
        cast("Sub", importlib.import_module(row.module)).configure(parser)
        lines += _table_of(parser)
        for way, sub in _ways(parser):
            lines += ["", f"### prehab {row.name} {way}", *_table_of(sub)]
    return "\n".join(lines) + "\n"


def _ways(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The ways that a command branches into, as `history export` does."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _table_of(parser: argparse.ArgumentParser) -> list[str]:
    options = list(_options(parser))
    return ["", "| word | what it does |", "|--|--|", *options] if options else []


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.help in (None, argparse.SUPPRESS) or action.dest == "help":
            continue
        value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else "")
        takes = "" if action.nargs == 0 else str(value)
        names = ", ".join(action.option_strings)
        word = f"{names} {takes}".strip() if names else takes or action.dest
        yield f"| `{word.replace('|', '/')}` | {_cell((action.help or '').replace('%%', '%'))} |"


def keys() -> str:
    """Every key of the app, from the table that the app is built from."""
    lines = [
        "# Keys",
        "",
        _MADE,
        "",
        "`?` or F1 lists the live ones on any screen. All of them can be given other keys in the settings",
        "file, by the name of the command; `prehab doctor` says where that file is:",
        "",
        "```toml",
        "[keys]",
        '"session.pause" = "space,p"',
        '"session.next" = "f2"',
        "```",
    ]
    for scope in Scope:
        title = scope.value
        lines += ["", f"## {title[0].upper()}{title[1:]}", ""]
        lines += ["| key | what it does | command |", "|--|--|--|"]
        for cmd in of(scope):
            caps = " ".join(f"`{cap(key)}`" for key in cmd.keys)
            lines.append(f"| {caps} | {_cell(cmd.help)} | `{cmd.id}` |")
    return "\n".join(lines) + "\n"


def settings() -> str:
    """Every setting, from the table that reads, checks, shows and writes them."""
    lines = [
        "# Settings",
        "",
        _MADE,
        "",
        "`,` on the home screen changes them; `prehab doctor` names the file, `settings.toml`, in which each",
        "is explained in a comment. What is wrong in it is told, and the default holds until then. Comments",
        "and order stay as they are when the app writes into it.",
    ]
    for table, specs in groupby(SPECS, lambda spec: spec.path[0]):
        rows = [
            f"| `{spec.path[-1]}` | {spec.kind.allowed} | {_unset(spec)} | {_cell(spec.does)} |"
            for spec in specs
        ]
        lines += [
            "",
            f"## `[{table}]`",
            "",
            "| key | value | without it | what it does |",
            "|--|--|--|--|",
            *rows,
        ]
    return "\n".join(lines) + "\n"


def _unset(spec: Spec) -> str:
    """What holds without it, as it would be written in the file."""
    is_switch = isinstance(spec.default, bool)
    return str(spec.default).lower() if is_switch else spec.kind.spell(spec.default)


def readme() -> str:
    """The README as it is, with the keys of a session put in anew."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(_KEYS_BEGIN)
    _, _, after = rest.partition(_KEYS_END)
    rows = [
        f"| {' '.join(f'`{cap}`' for cap in caps.split('  '))} | {_cell(text)} |"
        for _, caps, text in keys_table((Scope.SESSION, Scope.EVERYWHERE))
    ]
    table = "\n".join(("", "| key | what it does |", "|--|--|", *rows, ""))
    return f"{before}{_KEYS_BEGIN}{table}{_KEYS_END}{after}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "reference-routine-file.md": reference,
    "note.md": note,
    "commands.md": commands,
    "keys.md": keys,
    "settings.md": settings,
    "../README.md": readme,
}
"""The pages that are made, by their names."""


def main() -> None:
    """Write all of them."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
