"""`prehab completion`: a script for the shell, made from the table of commands and their parsers."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterable
from typing import cast

from prehab.cli import output
from prehab.cli.parsers import Sub
from prehab.cli.table import COMMANDS, Row
from prehab.errors import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """Which shell; or, for the scripts themselves, the ids of the routines."""
    shell = parser.add_mutually_exclusive_group(required=True)
    shell.add_argument(
        "shell", nargs="?", choices=sorted(_SHELLS), metavar="SHELL", help=" or ".join(_SHELLS)
    )
    shell.add_argument("--routines", action="store_true", help="print the ids that the scripts offer")


def run(args: argparse.Namespace) -> Exit:
    """Print the script."""
    if args.routines:
        from prehab.session.front import Prehab

        output.lines(Prehab().library.ids())
    else:
        output.lines(_SHELLS[args.shell]().splitlines())
    return Exit.OK


def _parser(row: Row) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=row.name)
    cast("Sub", importlib.import_module(row.module)).configure(parser)
    return parser


def _options(parser: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """The long options of a command, with their help."""
    return [
        (option, (action.help or "").replace("%%", "%"))
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and action.help is not argparse.SUPPRESS
    ]


def _values(parser: argparse.ArgumentParser) -> list[tuple[str, list[str]]]:
    """The options that take one of a few words, with these."""
    return [
        (option, [str(choice) for choice in action.choices])
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and action.choices is not None
    ]


def _ways(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a command, as `export` and `import` below `history`."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _words(items: Iterable[str]) -> str:
    return " ".join(items)


def _bash() -> str:
    parsers = {row.name: _parser(row) for row in COMMANDS}
    below = {f"{name} {way}": parser for name in parsers for way, parser in _ways(parsers[name]).items()}
    cases = "\n".join(
        f"        {name!r}*) options='{_words(option for option, _ in _options(parser))}'"
        f" ways='{_words(_ways(parser))}' ;;"
        for name, parser in (*below.items(), *((f"{name} ", parser) for name, parser in parsers.items()))
    )
    values = "\n".join(
        f"        '{name} {option}') COMPREPLY=($(compgen -W '{_words(words)}' -- \"$word\")); return ;;"
        for name, parser in parsers.items()
        for option, words in _values(parser)
    )
    with_routine = "|".join(row.name for row in COMMANDS if row.takes_routine)
    return f"""_prehab() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} options= ways=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W '{_words(parsers)} --help --version' -- "$word"))
        return
    fi
    case "${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD - 1]}}" in
{values}
    esac
    case "${{COMP_WORDS[1]}} ${{COMP_WORDS[2]}}" in
{cases}
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "$options" -- "$word")); return ;;
    esac
    if [ "$COMP_CWORD" -eq 2 ] && [ -n "$ways" ]; then
        COMPREPLY=($(compgen -W "$ways" -- "$word"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
        {with_routine})
            COMPREPLY=($(compgen -W "$(prehab completion --routines 2>/dev/null)" -- "$word")) ;;
        completion) COMPREPLY=($(compgen -W '{_words(sorted(_SHELLS))}' -- "$word")); return ;;
    esac
    COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -o filenames -F _prehab prehab"""


def _zsh() -> str:
    commands = "\n".join(f"        {_quoted(f'{row.name}:{row.summary}')}" for row in COMMANDS)
    cases = "\n".join(f"        {row.name}) options=({_described(row)}) ;;" for row in COMMANDS)
    with_routine = "|".join(row.name for row in COMMANDS if row.takes_routine)
    ways = "\n".join(
        f"        {row.name}) _arguments $options '2:way:({_words(below)})' '*:file:_files' ;;"
        for row in COMMANDS
        if (below := _ways(_parser(row)))
    )
    return f"""#compdef prehab
_prehab() {{
    local -a commands options
    commands=(
{commands}
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    case $words[2] in
{cases}
    esac
    case $words[2] in
        {with_routine}) _arguments $options '*:routine:($(prehab completion --routines 2>/dev/null))' ;;
        completion) _arguments $options '*:shell:({_words(sorted(_SHELLS))})' ;;
{ways}
        *) _arguments $options '*:file:_files' ;;
    esac
}}
compdef _prehab prehab"""


def _described(row: Row) -> str:
    return _words(_quoted(f"{name}[{_plain(help)}]") for name, help in _options(_parser(row)))


def _fish() -> str:
    lines = ["complete -c prehab -f"]
    for row in COMMANDS:
        summary = _quoted(row.summary)
        lines.append(f"complete -c prehab -n __fish_use_subcommand -a {row.name} -d {summary}")
        seen = f"-n '__fish_seen_subcommand_from {row.name}'"
        if row.takes_routine:
            lines.append(f"complete -c prehab {seen} -a '(prehab completion --routines 2>/dev/null)'")
        if ways := _ways(_parser(row)):
            lines.append(f"complete -c prehab {seen} -a '{_words(ways)}'")
        if row.name == "completion":
            lines.append(f"complete -c prehab {seen} -a '{_words(sorted(_SHELLS))}'")
        if row.name == "check":
            lines.append(f"complete -c prehab {seen} -F")
        for name, help in _options(_parser(row)):
            lines.append(f"complete -c prehab {seen} -l {name.removeprefix('--')} -d {_quoted(_plain(help))}")
    return "\n".join(lines)


def _plain(help: str) -> str:
    """Without what means something inside a zsh option."""
    return help.translate(str.maketrans("[]`", "()'", "")).replace("'", "")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


_SHELLS: dict[str, Callable[[], str]] = {"bash": _bash, "fish": _fish, "zsh": _zsh}
