"""`prehab check`: every problem in routine files, each with its place and the way out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from prehab.cli import output, report
from prehab.cli.arguments import add_json
from prehab.errors import Exit
from prehab.formats.problems import Problem, shown
from prehab.session.front import Prehab


def configure(parser: argparse.ArgumentParser) -> None:
    """Files, or none for all of one's own routines."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="routine files; without any, all of your own"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print all problems; only errors make the exit code 1."""
    prehab = Prehab()
    files = [Path(file) for file in args.files] or prehab.own_files()
    problems = [problem for file in files for problem in prehab.check(file)]
    if args.json:
        output.as_json([_as_data(problem) for problem in problems])
    else:
        for problem in problems:
            output.lines(shown(problem))
        _sum_up(len(files), problems, prehab)
    return Exit.FAILED if any(problem.is_error for problem in problems) else Exit.OK


def _sum_up(files: int, problems: list[Problem], prehab: Prehab) -> None:
    if not files:
        report.notice(f"no routines of your own in {prehab.own_routines_folder()}")
        return
    errors = sum(problem.is_error for problem in problems)
    checked = "1 file" if files == 1 else f"{files} files"
    found = [_count(errors, "error"), _count(len(problems) - errors, "warning")]
    report.notice(f"{checked} checked: {', '.join(part for part in found if part) or 'no problems'}")


def _count(number: int, what: str) -> str:
    return "" if not number else f"1 {what}" if number == 1 else f"{number} {what}s"


def _as_data(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "message": problem.message,
        "hint": problem.hint,
        "severity": problem.severity,
    }
