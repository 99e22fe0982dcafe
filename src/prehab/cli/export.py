"""`prehab export`: a routine to take along, as a sound file that guides the same session."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from prehab.cli import report
from prehab.cli.arguments import add_fit, add_level, add_routine, fit_of
from prehab.domain.duration import clock_face
from prehab.errors import Exit
from prehab.session.front import Prehab

_VOICES = ("full", "short")


def configure(parser: argparse.ArgumentParser) -> None:
    """The routine, where to, and who speaks."""
    add_routine(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        required=True,
        help="the file; .mp3 or .wav by its ending",
    )
    add_level(parser)
    add_fit(parser)
    voice = parser.add_mutually_exclusive_group()
    voice.add_argument("--voice", choices=_VOICES, default="full", help="everything, or names and sides only")
    voice.add_argument("--no-voice", action="store_true", help="tones only")


def run(args: argparse.Namespace) -> Exit:
    """Render it, and say what came of it."""
    prehab = Prehab()
    exported = prehab.export(
        args.routine,
        args.output,
        level=args.level,
        fit=fit_of(args),
        talk="off" if args.no_voice else args.voice,
        on_progress=_progress if sys.stderr.isatty() else lambda done: None,
    )
    chapters = f", {len(exported.chapters)} chapters" if args.output.suffix.lower() == ".mp3" else ""
    report.notice(
        f"{exported.path}: {clock_face(exported.length)}, {exported.size / 1_000_000:.1f} MB{chapters}"
    )
    for text in exported.unspoken:
        report.notice(f"could not be spoken: {text}")
    for notice in prehab.notices():
        report.notice(notice)
    return Exit.OK


def _progress(done: float) -> None:
    report.progress(f"rendering {done:.0%}", is_last=done >= 1)
