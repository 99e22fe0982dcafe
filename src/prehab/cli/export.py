"""`prehab export`: a routine to take along, as sound, as a sheet of paper, or in the calendar."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from prehab.cli import report
from prehab.cli.arguments import add_fit, add_level, add_routine, duration, fit_of
from prehab.cli.signals import ENDS, on_signals
from prehab.domain.agenda import DAYS, MORNING
from prehab.domain.duration import HOUR, MINUTE, Millis, clock_face
from prehab.errors import Exit, UserError
from prehab.session.front import Prehab

_ENDINGS = (".mp3", ".wav", ".md", ".ics")
_VOICES = ("full", "short")


def configure(parser: argparse.ArgumentParser) -> None:
    """The routine, where to, and what each kind of file wants to know."""
    add_routine(parser, is_optional=True)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        required=True,
        help="the file; its ending says what: .mp3, .wav, .md, .ics",
    )
    add_level(parser)
    add_fit(parser)
    sound = parser.add_argument_group("sound (.mp3, .wav)").add_mutually_exclusive_group()
    sound.add_argument("--voice", choices=_VOICES, default="full", help="everything, or names and sides only")
    sound.add_argument("--no-voice", action="store_true", help="tones only")
    plan = parser.add_argument_group("calendar (.ics); without ROUTINE the plan of a whole week")
    plan.add_argument(
        "--days", metavar="DAYS", type=_days, help="as in mon,wed,fri; those of your runs for the whole week"
    )
    plan.add_argument(
        "--at", metavar="TIME", type=_time, default=MORNING, help="as in 18:30; 7:00 if not given"
    )
    plan.add_argument(
        "--remind", metavar="TIME", type=duration, help="so long before, as in 10m; 0 for never"
    )


def _days(written: str) -> tuple[int, ...]:
    days = {word.strip().lower()[:3] for word in written.split(",")}
    if not days <= set(DAYS):
        raise argparse.ArgumentTypeError(f"not days: {written!r} (as in {','.join(DAYS[:3])})")
    return tuple(sorted(DAYS.index(day) for day in days))


def _time(written: str) -> Millis:
    found = re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", written)
    if found is None:
        raise argparse.ArgumentTypeError(f"not a time of day: {written!r} (as in 18:30)")
    return Millis(int(found[1]) * HOUR + int(found[2]) * MINUTE)


def run(args: argparse.Namespace) -> Exit:
    """Write the file, and say what came of it."""
    prehab = Prehab()
    ending = args.output.suffix.lower()
    if ending not in _ENDINGS:
        hint = f"end it in {', '.join(_ENDINGS[:-1])} or {_ENDINGS[-1]}"
        raise UserError(
            f"can't tell from its name what {args.output} is to be", hint=hint, exit_code=Exit.USAGE
        )
    if not args.routine and ending != ".ics":
        hint = "as in: prehab export stretch-short -o stretch.mp3"
        raise UserError("which routine?", hint=hint, exit_code=Exit.USAGE)
    try:
        with on_signals(ENDS):
            match ending:
                case ".md":
                    _write(args.output, _sheet(prehab, args))
                case ".ics":
                    _calendar(prehab, args)
                case _:
                    _sound(prehab, args)
    finally:
        prehab.close()
    for notice in prehab.notices():
        report.notice(notice)
    return Exit.OK


def _sheet(prehab: Prehab, args: argparse.Namespace) -> str:
    from prehab.session.takeaway import sheet_file

    return sheet_file(prehab, args.routine, level=args.level, fit=fit_of(args))


def _calendar(prehab: Prehab, args: argparse.Namespace) -> None:
    from prehab.session.takeaway import week_file

    text = week_file(
        prehab,
        args.routine or "",
        days=args.days,
        at=args.at,
        remind=args.remind,
        level=args.level,
        fit=fit_of(args),
    )
    _write(args.output, text)


def _write(file: Path, text: str) -> None:
    from prehab.config.atomic import write_text

    if not file.parent.is_dir():
        raise UserError(f"there is no folder {file.parent}", hint="make it first, or name another one")
    try:
        write_text(file, text)
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        raise UserError(f"{file} can't be written", told, "choose another place") from error
    report.notice(f"{file}: {len(text.encode()) / 1000:.1f} kB")


def _sound(prehab: Prehab, args: argparse.Namespace) -> None:
    from prehab.session.takeaway import sound_file

    exported, notices = sound_file(
        prehab,
        args.routine,
        args.output,
        level=args.level,
        fit=fit_of(args),
        talk="off" if args.no_voice else args.voice,
        on_progress=_progress if sys.stderr.isatty() else lambda done: None,
    )
    count = len(exported.chapters)
    chapters = f", {count} chapter{'s' * (count != 1)}" if args.output.suffix.lower() == ".mp3" else ""
    report.notice(
        f"{exported.path}: {clock_face(exported.length)}, {exported.size / 1_000_000:.1f} MB{chapters}"
    )
    for text in exported.unspoken:
        report.notice(f"could not be spoken: {text}")
    for notice in notices:
        report.notice(notice)


def _progress(done: float) -> None:
    report.progress(f"rendering {done:.0%}", is_last=done >= 1)
