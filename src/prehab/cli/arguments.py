"""Arguments that several sub-commands share."""

from __future__ import annotations

import argparse

from prehab.domain.duration import Millis, parse_duration


def add_routine(parser: argparse.ArgumentParser) -> None:
    """The routine: an id, or a path to a file."""
    parser.add_argument(
        "routine", metavar="ROUTINE", help="an id that `prehab list` shows, or a path to a file"
    )


def add_level(parser: argparse.ArgumentParser) -> None:
    """The level of a routine that grows, as the hold it stands for."""
    parser.add_argument(
        "--level", metavar="HOLD", type=duration, help="the hold of a routine that grows, as in 40s"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Whether programs are to read it."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def duration(written: str) -> Millis:
    """Read a duration from the command line; a bare number is seconds."""
    try:
        return parse_duration(int(written) if written.isascii() and written.isdigit() else written)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
