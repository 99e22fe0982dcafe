"""`prehab new`: a routine of one's own that plays at once."""

from __future__ import annotations

import argparse
import sys

from prehab.cli import output, report
from prehab.domain.duration import clock_face
from prehab.errors import Exit, UserError
from prehab.formats.note_words import GRAMMAR, MAX_NOTE
from prehab.formats.problems import shown
from prehab.session.front import Prehab
from prehab.session.sheet import doses


def configure(parser: argparse.ArgumentParser) -> None:
    """What it is called, and what to begin with."""
    parser.add_argument("name", metavar="NAME", help="what it is called; its file is named after it")
    parser.add_argument(
        "note",
        metavar="NOTE",
        nargs="*",
        help="a physio's note in quotes, or - to read it from standard input",
    )
    parser.add_argument("--from", dest="like", metavar="ROUTINE", help="begin with a copy of this routine")
    parser.epilog = f"{parser.epilog}\n\n{GRAMMAR}"


def run(args: argparse.Namespace) -> Exit:
    """Write it, say where it is and what to do with it, and what is doubtful about it."""
    note = sys.stdin.read(MAX_NOTE + 1) if args.note == ["-"] else " ".join(args.note)
    if note.strip() and args.like:
        raise UserError("--from and a note exclude each other", hint="leave one out", exit_code=Exit.USAGE)
    if args.note and not note.strip():
        raise UserError("the note is empty", hint='as in "plank 3x30s/45s"', exit_code=Exit.USAGE)
    prehab = Prehab()
    path = prehab.new(args.name, note, args.like or "")
    output.line(str(path))
    timeline = prehab.timeline(str(path))
    report.notice(f"{timeline.routine.name}, {clock_face(timeline.total)}")
    for line in doses(timeline):
        report.notice(line)
    for problem in prehab.check(path):
        report.paragraph("\n".join(shown(problem)))
    is_own = path.parent == prehab.own_routines_folder()
    typed = path.stem if is_own else str(path)
    report.notice(
        f"play it: prehab start {typed} · look at it: prehab show {typed} · change it: prehab edit {typed}"
    )
    return Exit.OK
