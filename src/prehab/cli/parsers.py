"""The parsers of the command line, which are loaded only where there are words to read."""

from __future__ import annotations

import argparse
import os
from typing import NoReturn, Protocol

from prehab.cli import report
from prehab.cli.table import COMMANDS, Row
from prehab.errors import Exit, UserError

_INTRO = "Guided routines and a workout timer for runners, in the terminal."
_OUTRO = "Example: prehab start warmup-short"


class Sub(Protocol):
    """What a module of a sub-command offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""
        ...

    def run(self, args: argparse.Namespace) -> Exit:
        """Do it."""
        ...


class Parser(argparse.ArgumentParser):
    """A parser that speaks the way every other error of the program does."""

    def error(self, message: str) -> NoReturn:
        hint = f"try: {self.prog} --help"
        report.error(UserError(message, hint=hint, exit_code=Exit.USAGE))
        raise SystemExit(int(Exit.USAGE))


def parser_of(row: Row, module: Sub) -> Parser:
    """The parser of a sub-command, with its examples below the help."""
    parser = Parser(
        prog=f"prehab {row.name}",
        description=row.summary,
        epilog="Example: " + "\n         ".join(row.examples),
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    module.configure(parser)
    return parser


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Wrap to the terminal; to ask how wide it is, argparse would load much of the standard library."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 80
    return argparse.RawDescriptionHelpFormatter(prog, width=max(columns, 20) - 2)


def top() -> Parser:
    width = max(len(row.name) for row in COMMANDS)
    parser = Parser(
        prog="prehab",
        usage="prehab [COMMAND] [-h] [--version]",
        description=f"{_INTRO}\nWithout a command it opens the app.",
        epilog="commands:\n"
        + "\n".join(f"  {row.name:<{width}}  {row.summary}" for row in COMMANDS)
        + f"\n\n{_OUTRO}\nMore on each: prehab COMMAND --help",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=_version())
    return parser


def _version() -> str:
    from prehab import __version__

    return f"prehab {__version__}"
