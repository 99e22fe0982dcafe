"""`prehab log`: the run, and how sore it was on the morning after."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from prehab.cli import diary_questions, log_list, output, report
from prehab.cli.arguments import duration
from prehab.cli.keyboard import keyboard
from prehab.domain.diary import (
    ALWAYS_ASKED,
    MAX_DISTANCE,
    MAX_DURATION,
    SORE_AREAS,
    Amount,
    CheckIn,
    Place,
    Run,
    Surface,
    Told,
    When,
)
from prehab.domain.duration import Millis, clock_face, seconds
from prehab.domain.routine import MAX_NAME, MAX_TEXT
from prehab.errors import Exit, UserError
from prehab.formats.problems import nearest
from prehab.session.front import Prehab
from prehab.session.recorded import NOON

if TYPE_CHECKING:
    from prehab.domain.records import Instant
    from prehab.session.diary import Answered

_DISTANCE = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,3})?)\s*(km|m|mi|miles?)?")
_METRES = {"km": 1000.0, "m": 1.0, "mi": 1609.344, "mile": 1609.344, "miles": 1609.344, "": 1000.0}
_FACE = re.compile(r"(?:([0-9]{1,3}):(?=[0-5][0-9]:))?([0-9]{1,3}):([0-5][0-9])")

_LISTED = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Two things to log, and two to do with what was logged; without one, the runs are listed."""
    ways = parser.add_subparsers(dest="way", metavar="run | soreness | list | delete")
    _configure_run(
        ways.add_parser(
            "run",
            help="log a run",
            description="Log a run; what is left out stays unknown.",
            epilog="Example: prehab log run --distance 5.2km --duration 31m --surface concrete --effort 5\n"
            "         prehab log run --date 2026-11-21 --time 7:30 --warm-up short --stretch none\n"
            "         prehab log run morning.gpx",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    )
    _configure_soreness(
        ways.add_parser(
            "soreness",
            help="log how sore it is",
            description="Log how sore it is, 0 to 10; without areas, in a terminal, it asks.",
            epilog="Example: prehab log soreness\n"
            "         prehab log soreness lower-back=4 shoulders=2\n"
            "         prehab log soreness lower-back=3 --date 2026-11-21 --time 6:40",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
    )

    log_list.configure(ways)


_FIELDS: dict[str, tuple[str, ...]] = {
    "distance": ("distance_m",),
    "duration": ("duration_ms",),
    "surface": ("surface", "shares"),
    "effort": ("effort",),
    "hills": ("hills",),
    "shoes": ("shoes",),
    "warm-up": ("warm_up",),
    "stretch": ("stretch",),
    "note": ("note",),
}
"""What of a run can be unknown, as it is spelled on the command line, and what that is in a `Run`."""


def _configure_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="a watch's recording: .fit or .gpx, also packed"
    )
    _add_moment(parser)
    _add_change(parser, "a run that was logged, by its id: only what is said now is changed")
    parser.add_argument("--distance", metavar="5.2km", type=_distance, help="in km, m or mi")
    parser.add_argument("--duration", metavar="31m", type=_length, help="as in 31m or 31:20")
    parser.add_argument(
        "--surface", choices=[surface.value for surface in Surface], help="what it was run on"
    )
    parser.add_argument(
        "--share",
        metavar="SURFACE=PERCENT",
        action="append",
        type=_share,
        default=[],
        help="of a mixed run, as in concrete=60; may be given several times",
    )
    parser.add_argument("--effort", metavar="1-10", type=_whole(1, 10), help="how hard it was")
    parser.add_argument("--hills", action=argparse.BooleanOptionalAction, help="whether there were any")
    parser.add_argument(
        "--shoes", metavar="NAME", type=_text(MAX_NAME), help="the list tells how far each pair came so far"
    )
    amounts = [amount.value for amount in Amount]
    parser.add_argument("--warm-up", choices=amounts, help="left out: what the history knows")
    parser.add_argument("--stretch", choices=amounts, help="after the run; left out: what the history knows")
    parser.add_argument(
        "--note", metavar="TEXT", type=_text(MAX_TEXT), default="", help="whatever else there is to say"
    )
    parser.add_argument(
        "--unknown",
        metavar="FIELD",
        action="append",
        choices=[*_FIELDS],
        default=[],
        help=f"what is to be unknown again; may be given several times: {', '.join(_FIELDS)}",
    )


def _configure_soreness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "scores", metavar="AREA=SCORE", nargs="*", type=_score, help="as in lower-back=4; 0 to 10"
    )
    _add_moment(parser)
    parser.add_argument(
        "--when", choices=[when.value for when in When], help="left out: the nearest run tells"
    )
    parser.add_argument("--side", choices=[side.value for side in Place], help="where in the area it is sore")
    _add_change(parser, "a score that was logged, by its id: it is put right")
    parser.add_argument("--sharp", action="store_true", help="it is sharp or numb somewhere")


def _add_moment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", metavar="YYYY-MM-DD", type=_date, help="today if it is left out")
    parser.add_argument("--time", metavar="HH:MM", type=_time, help="as in 7:30")


def _add_change(parser: argparse.ArgumentParser, does: str) -> None:
    parser.add_argument("--change", metavar="ID", help=f"{does}; `prehab log list` tells it")


def run(args: argparse.Namespace) -> Exit:
    """Log what was done, or list it."""
    prehab = Prehab()
    try:
        if args.way == "list":
            return log_list.show(prehab, args.limit, as_json=args.json)
        if args.way == "delete":
            return log_list.delete(prehab, args.ids)
        if args.way == "run":
            return _log_run(prehab, args)
        if args.way == "soreness":
            return _log_soreness(prehab, args)
        return _list(prehab)
    finally:
        for notice in prehab.notices():
            report.notice(notice)
        prehab.close()


def _refuse_what_is_to_come(prehab: Prehab, at: Instant) -> None:
    now = prehab.diary.now()
    if at.epoch > now.epoch:
        told, here = (datetime.fromisoformat(one.written) for one in (at, now))
        raise UserError(
            f"{told:%Y-%m-%d %H:%M} is yet to come",
            hint=f"now is {here:%Y-%m-%d %H:%M}",
            exit_code=Exit.USAGE,
        )


# The run


def _log_run(prehab: Prehab, args: argparse.Namespace) -> Exit:
    logged, word = _begun(prehab, args)
    if word:
        report.notice(word)
    logged = _with_words(logged, args)
    _refuse_what_is_to_come(prehab, logged.started_at)
    if sys.stdin.isatty() and not _is_told(args):
        with keyboard() as keys:
            asked = diary_questions.about_run(keys, logged, is_sure=args.file is not None)
        if asked is None:
            report.paragraph("Not logged.")
            return Exit.OK
        logged = asked
    prehab.diary.log_run(logged)
    report.notice(f"logged: {log_list.told(logged)}")
    _see_somebody(prehab)
    return Exit.OK


def _begun(prehab: Prehab, args: argparse.Namespace) -> tuple[Run, str]:
    """The run that is meant, as far as it is known without what was said of it, and a word on it."""
    if args.file is None and args.change is None:
        return _blank(prehab, args), ""
    if args.file is not None and args.change is not None:
        raise UserError("--change does not go with a file", hint="leave one out", exit_code=Exit.USAGE)
    if args.file is not None:
        recorded, word = prehab.diary.from_watch(args.file)
        return _moved(recorded, args), word
    known = prehab.diary.find(args.change)
    if not isinstance(known, Run):
        raise UserError(f"{args.change} is a score", hint="try: prehab log soreness --change")
    return _moved(known, args), ""


def _blank(prehab: Prehab, args: argparse.Namespace) -> Run:
    """A run of the moment that was said, or the one that was probably just done."""
    proposed = prehab.diary.run_to_confirm() if not (args.date or args.time) else None
    if proposed is not None:
        return proposed
    now = datetime.fromisoformat(prehab.diary.now().written)
    if args.date in (None, now.date()) and args.time is None:
        began = now - timedelta(milliseconds=args.duration or 0)
        return prehab.diary.blank(_instant(began))
    return prehab.diary.blank(_moment(args.date or now.date(), args.time or NOON))


def _moved(logged: Run, args: argparse.Namespace) -> Run:
    """A run at the moment that was said instead: the clock of a watch may be wrong."""
    if args.date is None and args.time is None:
        return logged
    began = datetime.fromisoformat(logged.started_at.written)
    at = _moment(args.date or began.date(), args.time or began.time())
    return replace(logged, started_at=at)


def _with_words(logged: Run, args: argparse.Namespace) -> Run:
    """The run with what was said on the command line."""
    shares = tuple(args.share)
    surface = Surface(args.surface) if args.surface else Surface.MIXED if shares else logged.surface
    said = replace(
        logged,
        distance_m=logged.distance_m if args.distance is None else args.distance,
        duration_ms=logged.duration_ms if args.duration is None else args.duration,
        surface=surface,
        shares=shares or (logged.shares if surface is Surface.MIXED else ()),
        effort=logged.effort if args.effort is None else args.effort,
        hills=logged.hills if args.hills is None else args.hills,
        shoes=args.shoes or logged.shoes,
        warm_up=Amount(args.warm_up) if args.warm_up else logged.warm_up,
        stretch=Amount(args.stretch) if args.stretch else logged.stretch,
        note=args.note or logged.note,
    )
    said = _without(said, args)
    from prehab.history.diary_lines import wrong_shares

    if why := wrong_shares(said):
        raise UserError(f"--share: {why}", exit_code=Exit.USAGE)
    return said


def _without(said: Run, args: argparse.Namespace) -> Run:
    """The run without what is to be unknown again."""
    blank = Run(said.id, said.started_at)
    for field in args.unknown:
        if getattr(args, field.replace("-", "_")) not in (None, "") or (field == "surface" and args.share):
            raise UserError(f"--{field} and --unknown {field}", hint="leave one out", exit_code=Exit.USAGE)
        said = replace(said, **{part: getattr(blank, part) for part in _FIELDS[field]})
    return said


def _is_told(args: argparse.Namespace) -> bool:
    """Whether the command line said anything about the run but its file."""
    said = (
        args.change, args.date, args.time, args.distance, args.duration, args.surface, args.effort,
        args.hills,
    )  # fmt: skip
    return any(value is not None for value in (*said, args.shoes, args.warm_up, args.stretch)) or bool(
        args.share or args.note or args.unknown
    )


# Soreness


def _log_soreness(prehab: Prehab, args: argparse.Namespace) -> Exit:
    scores, is_sharp = dict(args.scores), args.sharp
    if not (scores or is_sharp or args.change):
        if not sys.stdin.isatty():
            raise UserError(
                "nothing to log",
                hint="try: prehab log soreness lower-back=4 shoulders=2",
                exit_code=Exit.USAGE,
            )
        with keyboard() as keys:
            scores, is_sharp = diary_questions.check_in(keys)
    answered = _put_right(prehab, args, scores) if args.change else _answered(prehab, args, scores, is_sharp)
    if answered.entries:
        listed = ", ".join(f"{one.area} {one.score}" for one in answered.entries)
        about = _about(prehab.diary.diary().told(answered.entries[0]))
        report.notice(f"logged: {listed}{about}")
    diary_questions.tell_answered(answered)
    return Exit.OK if answered.trouble is None else answered.trouble.exit_code


def _answered(prehab: Prehab, args: argparse.Namespace, scores: dict[str, int], is_sharp: bool) -> Answered:
    at = _said_moment(prehab, args)
    _refuse_what_is_to_come(prehab, at)
    return prehab.diary.log_soreness(
        scores,
        at=at,
        when=When(args.when) if args.when else None,
        side=Place(args.side) if args.side else None,
        is_sharp=is_sharp,
    )


def _put_right(prehab: Prehab, args: argparse.Namespace, scores: dict[str, int]) -> Answered:
    """Another score in the place of one that was logged."""
    known = prehab.diary.find(args.change)
    if isinstance(known, Run):
        raise UserError(f"{args.change} is a run", hint="try: prehab log run --change")
    (entry,) = known.entries
    scores = scores or {entry.area: entry.score}
    if len(scores) > 1:
        raise UserError(
            "one score at a time",
            hint="try: prehab log soreness --change ID lower-back=3",
            exit_code=Exit.USAGE,
        )
    began = datetime.fromisoformat(entry.at.written)
    is_moved = args.date is not None or args.time is not None
    entry = replace(
        entry,
        at=_moment(args.date or began.date(), args.time or began.time()) if is_moved else entry.at,
        when=When(args.when) if args.when else entry.when,
    )
    _refuse_what_is_to_come(prehab, entry.at)
    side = Place(args.side) if args.side else entry.side
    sides = {area: side for area in scores if side is not None}
    return prehab.diary.change(CheckIn((entry,)), scores, sides, is_sharp=args.sharp)


def _said_moment(prehab: Prehab, args: argparse.Namespace) -> Instant:
    now = datetime.fromisoformat(prehab.diary.now().written)
    if args.date in (None, now.date()) and args.time is None:
        return _instant(now)
    return _moment(args.date or now.date(), args.time or time(7))


def _about(told: Told) -> str:
    """Which run a score was taken to belong to."""
    if told.is_late:
        return "; more than 36 hours after the run: kept as late, and left out of comparisons"
    if told.when is When.MORNING and told.run is None:
        return "; no run 8 to 36 hours before it: left out of comparisons"
    if told.run is None or told.when is None:
        return ""
    words = {
        When.BEFORE: "before the run of",
        When.MORNING: "the morning after the run of",
        When.SECOND_MORNING: "the second morning after the run of",
    }
    return f", {words[told.when]} {log_list.day_of(told.run.started_at)}"


def _see_somebody(prehab: Prehab) -> None:
    if why := prehab.diary.see_somebody():
        diary_questions.tell_to_see_somebody(why)


# The list


def _list(prehab: Prehab) -> Exit:
    diary = prehab.diary.diary()
    if not diary.runs:
        report.notice("no run yet: prehab log run")
        return Exit.OK
    after = {area: {one.run.id: one.after for one in diary.rated(area)} for area in ALWAYS_ASKED}
    so_far = diary.shoes_so_far()
    head = ("run", "km", "time", "surface", "effort", "warm-up", "stretch", *ALWAYS_ASKED, "shoes")
    rows = [_row(one, after, so_far) for one in reversed(diary.runs[-_LISTED:])]
    output.table([head, *rows], right=frozenset({1, 2, 4, 7, 8}))
    _see_somebody(prehab)
    return Exit.OK


def _row(one: Run, after: dict[str, dict[str, int]], so_far: dict[str, int]) -> tuple[str, ...]:
    began = datetime.fromisoformat(one.started_at.written)
    scores = (after[area].get(one.id) for area in ALWAYS_ASKED)
    return (
        f"{began:%Y-%m-%d %H:%M}",
        "" if one.distance_m is None else f"{one.distance_m / 1000:.1f}",
        "" if one.duration_ms is None else clock_face(one.duration_ms),
        one.surface.value if one.surface else "",
        "" if one.effort is None else str(one.effort),
        one.warm_up.value if one.warm_up else "",
        one.stretch.value if one.stretch else "",
        *("" if score is None else str(score) for score in scores),
        f"{one.shoes} ({so_far[one.shoes] / 1000:.0f} km)" if one.shoes else "",
    )


# Words


def _moment(day: date, at: time) -> Instant:
    return _instant(datetime.combine(day, at).astimezone())


def _instant(moment: datetime) -> Instant:
    from prehab.history.instants import instant_of

    return instant_of(moment)


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date: {written!r} (try 2026-11-22)") from None


def _time(written: str) -> time:
    try:
        return time.fromisoformat(written if written[1:2] != ":" else f"0{written}")
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a time: {written!r} (try 7:30)") from None


def _distance(written: str) -> int:
    found = _DISTANCE.fullmatch(written.strip().lower())
    if found is None:
        raise argparse.ArgumentTypeError(f"not a distance: {written!r} (try 5.2km)")
    metres = round(float(found[1].replace(",", ".")) * _METRES[found[2] or ""])
    if not 1 <= metres <= MAX_DISTANCE:
        raise argparse.ArgumentTypeError(
            f"not the distance of a run: {written!r} (up to {MAX_DISTANCE // 1000}km)"
        )
    return metres


def _length(written: str) -> Millis:
    """A duration, or what a watch shows: `31:20`, `1:02:30`."""
    if (face := _FACE.fullmatch(written.strip())) is not None:
        length = seconds(int(face[1] or 0) * 3600 + int(face[2]) * 60 + int(face[3]))
    else:
        length = duration(written)
    if not 0 < length <= MAX_DURATION:
        raise argparse.ArgumentTypeError(f"not how long a run takes: {written!r} (try 31m or 31:20)")
    return length


def _text(longest: int) -> Callable[[str], str]:
    """Make a reader of words that can be kept."""

    def read(written: str) -> str:
        if len(written) > longest:
            raise argparse.ArgumentTypeError(f"longer than {longest} characters")
        return written.encode("utf-8", "replace").decode()

    return read


def _share(written: str) -> tuple[Surface, int]:
    surface, _, share = written.partition("=")
    known = [one for one in Surface if one is not Surface.MIXED]
    if surface not in [one.value for one in known] or not (share.isascii() and share.isdigit()):
        raise argparse.ArgumentTypeError(f"not a share: {written!r} (try concrete=60)")
    return Surface(surface), int(share)


def _score(written: str) -> tuple[str, int]:
    area, _, score = written.partition("=")
    area = " ".join(area.lower().replace("-", " ").split())
    if area not in SORE_AREAS:
        meant = nearest(area, SORE_AREAS)
        way_out = f"did you mean {meant.replace(' ', '-')}?" if meant else ", ".join(SORE_AREAS)
        raise argparse.ArgumentTypeError(f"not an area: {area!r} ({way_out})")
    return area, _whole(0, 10)(score)


def _whole(low: int, high: int) -> Callable[[str], int]:
    """Make a reader of whole numbers within bounds."""

    def read(written: str) -> int:
        number = int(written) if written.isascii() and written.isdigit() else -1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"not {low} to {high}: {written!r}")
        return number

    return read
