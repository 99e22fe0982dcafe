"""Arguments that several sub-commands share."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any

from prehab.domain.duration import Millis, parse_duration
from prehab.domain.fit import Fit


class _Joined(argparse.Action):
    """Words that together name one thing; a shell hands them over one by one."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, " ".join(values or ()))


def add_routine(parser: argparse.ArgumentParser, *, is_optional: bool = False) -> None:
    """The routine: an id, a path to a file, a note, or several of these with + between."""
    parser.add_argument(
        "routine",
        metavar="ROUTINE",
        nargs="*" if is_optional else "+",
        action=_Joined,
        help="an id that `prehab list` shows, a path to a file, a note in quotes as in "
        '"plank 3x40s/30s; side plank 2x20s each", or several in a row with + between',
    )


def add_fit(parser: argparse.ArgumentParser) -> None:
    """How the routine is to differ from its file today."""
    group = parser.add_argument_group("fitted to the day")
    group.add_argument(
        "--in", dest="within", metavar="TIME", type=duration, help="shortened to the time there is, as in 6m"
    )
    group.add_argument(
        "--for", dest="run_for", metavar="TIME", type=duration, help="how long the run is to be, as in 45m"
    )
    group.add_argument("--rounds", metavar="N", type=whole, help="so many rounds of it")
    group.add_argument(
        "--hold", metavar="TIME", type=duration, help="every hold and every rolling that long, as in 45s"
    )
    group.add_argument(
        "--skip",
        metavar="AREA",
        action="append",
        help="without the steps for an area that hurts, as in knees",
    )


def fit_of(args: argparse.Namespace) -> Fit:
    """The wish that these words come to."""
    areas = tuple(area for written in args.skip or () for area in written.split(",") if area.strip())
    return Fit(args.within, args.rounds, args.hold, areas, args.run_for)


def add_level(parser: argparse.ArgumentParser) -> None:
    """The level of a routine that grows, as the hold it stands for."""
    parser.add_argument(
        "--level", metavar="HOLD", type=duration, help="the hold of a routine that grows, as in 40s"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Whether programs are to read it."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def whole(written: str) -> int:
    """Read a whole number from the command line; what it may be is for others to say."""
    if re.fullmatch("-?[0-9]{1,9}", written) is None:
        raise argparse.ArgumentTypeError(f"not a whole number: {written!r}")
    return int(written)


def duration(written: str) -> Millis:
    """Read a duration from the command line; a bare number is seconds."""
    try:
        return parse_duration(int(written) if re.fullmatch("[0-9]{1,9}", written) else written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
