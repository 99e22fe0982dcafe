"""`prehab doctor`: what is in use here, what was refused and why, and how it sounds."""

from __future__ import annotations

import argparse
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from prehab.cli import output, report
from prehab.cli.arguments import add_json
from prehab.errors import Exit
from prehab.session.front import Prehab

if TYPE_CHECKING:
    from prehab.session.checkup import Finding

SENTENCE = "This is how the next step is announced."
_MARKS = {"ok": "+", "in use": "*", "refused": "-", "missing": ".", "problem": "!"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Whether to be heard, and whether as JSON."""
    parser.add_argument("--quiet", action="store_true", help="play nothing")
    add_json(parser)


def run(args: argparse.Namespace) -> Exit:
    """Look at everything; then play the cues, one after the other."""
    from dataclasses import asdict

    from prehab.session.checkup import findings

    prehab = Prehab()
    settings = prehab.choices.settings
    found = list(findings(settings, prehab.notices()))
    if args.json:
        output.as_json([asdict(finding) for finding in found])
    else:
        _print(found)
    if not args.quiet and not args.json:
        _play(prehab)
    return Exit.FAILED if any(finding.state == "problem" for finding in found) else Exit.OK


def _print(found: list[Finding]) -> None:
    for about, group in groupby(found, key=lambda finding: finding.about):
        output.line(about)
        for finding in group:
            head = f"  {_MARKS[finding.state]} {finding.name:<13} {finding.state:<8} "
            lines = textwrap.wrap(finding.detail, 92 - len(head)) or [""]
            output.line(f"{head}{lines[0]}")
            output.lines(f"{'':{len(head)}}{more}" for more in lines[1:])
            if finding.way_out:
                output.lines(
                    textwrap.wrap(
                        f"→ {finding.way_out}",
                        92,
                        initial_indent=" " * len(head),
                        subsequent_indent=" " * (len(head) + 2),
                    )
                )
    output.flush()


def _play(prehab: Prehab) -> None:
    output.line("cues")
    for what, was_heard in prehab.audition(SENTENCE):
        output.line(f"  {'+' if was_heard else '-'} {what:<13} {'played' if was_heard else 'not played'}")
        output.flush()
    for notice in prehab.notices():
        report.notice(notice)
