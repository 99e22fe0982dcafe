"""From the words on the command line to one sub-command and its exit code."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import TYPE_CHECKING, cast

from prehab.cli import output, report
from prehab.cli.table import COMMANDS, Row
from prehab.errors import Exit, UserError

if TYPE_CHECKING:
    from prehab.cli.parsers import Sub


def run(words: list[str]) -> int:
    """Do what the words say and answer the exit code; no traceback ever reaches a person."""
    try:
        code = _dispatch(words)
        output.flush()
        return int(code)
    except UserError as problem:
        report.error(problem)
        return int(problem.exit_code)
    except KeyboardInterrupt:
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        return int(Exit.FAILED)
    except Exception as fault:
        report.error(_fault(fault))
        return int(Exit.FAILED)
    finally:
        output.settle()


def _dispatch(words: list[str]) -> int:
    row = next((row for row in COMMANDS if words and row.name == words[0]), None)
    if row is not None:
        return _sub(row, words[1:])
    if words and not words[0].startswith("-"):
        raise _no_command(words[0])
    if words:
        from prehab.cli.parsers import top

        top().parse_args(words)
    return _app()


def _no_command(word: str) -> UserError:
    from prehab.formats.problems import nearest
    from prehab.session.front import Prehab

    close = nearest(word, [row.name for row in COMMANDS])
    hint = f"did you mean {close!r}?" if close else "`prehab --help` lists them"
    if word in Prehab().library.ids():
        hint = f"it is a routine: prehab start {word}"
    return UserError(f"no command called {word!r}", hint=hint, exit_code=Exit.USAGE)


def _sub(row: Row, words: list[str]) -> int:
    from prehab.cli.parsers import parser_of

    module = cast("Sub", importlib.import_module(row.module))
    return int(module.run(parser_of(row, module).parse_args(words)))


def _app() -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UserError(
            "the app needs a terminal",
            hint="try: prehab start ROUTINE --plain, or prehab list",
            exit_code=Exit.USAGE,
        )
    gc.disable()
    from prehab.tui.splash import splash, take_away

    splash()
    try:
        from prehab.tui.launch import run_app

        return run_app()
    except BaseException:
        take_away()
        raise


def _fault(fault: Exception) -> UserError:
    """Keep the particulars of a defect in a file, and tell the person where."""
    import traceback

    from prehab.config.locations import log_file

    place = log_file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as log:
            traceback.print_exception(fault, file=log)
        kept = f"the particulars are in {place}"
    except OSError:
        kept = ""
    return UserError("something went wrong inside prehab", f"{type(fault).__name__}: {fault}", kept)
