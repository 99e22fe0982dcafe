"""`prehab figures`: the pictures of the moves, as a list, in the terminal, or as a vector file."""

from __future__ import annotations

import argparse
from pathlib import Path

from prehab.cli import output, report
from prehab.config import locations
from prehab.domain.routine import Side
from prehab.errors import Exit, UserError
from prehab.formats.problems import nearest, visible

SIZE = (48, 18)
"""Columns and rows of a picture, if nobody asks for others."""
LARGEST = 400


def configure(parser: argparse.ArgumentParser) -> None:
    """A name, and how to draw it."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a figure; without it, all are listed")
    parser.add_argument("--ascii", action="store_true", help="draw without braille dots")
    parser.add_argument(
        "--side", choices=[side.value for side in Side], default=Side.LEFT.value, help="which side is worked"
    )
    parser.add_argument(
        "--size",
        metavar="COLUMNSxROWS",
        type=_size,
        default=SIZE,
        help=f"the room it gets, {SIZE[0]}x{SIZE[1]}",
    )
    parser.add_argument("--svg", metavar="FILE", type=Path, help="write a vector picture instead")
    parser.add_argument(
        "--sheet", metavar="FILE", type=Path, help="write one vector picture with all of them"
    )


def _size(written: str) -> tuple[int, int]:
    columns, _, rows = written.partition("x")
    if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= LARGEST for part in (columns, rows)):
        raise argparse.ArgumentTypeError(f"not a size: {written!r} (as in 48x18)")
    return int(columns), int(rows)


def run(args: argparse.Namespace) -> Exit:
    """List them, or draw one."""
    from prehab.figures.library import Library, entries

    library = Library(locations.own_figures())
    for problem in library.problems():
        report.notice(str(problem))
    if args.sheet is not None:
        from prehab.figures.svg import contact_sheet

        return _write(
            args.sheet, contact_sheet([figure for name in library.names() if (figure := library.find(name))])
        )
    if args.name is None:
        output.table([(entry.name, entry.title) for entry in entries(library)])
        return Exit.OK
    figure = library.find(args.name)
    if figure is None:
        loaded = library.loaded(args.name)
        if loaded is not None:
            raise UserError(f"the figure {args.name!r} is wrong", "\n".join(map(str, loaded.problems)))
        close = nearest(args.name, library.names())
        hint = f"did you mean {close!r}?" if close else "`prehab figures` lists them"
        raise UserError(f"no figure called {visible(args.name)!r}", hint=hint)
    side = Side(args.side)
    if args.svg is not None:
        from prehab.figures.svg import svg

        return _write(args.svg, svg(figure, side))
    from prehab.figures.animation import still

    columns, rows = args.size
    frame = still(figure, columns, rows, side, ascii_only=args.ascii)
    if frame is None:
        raise UserError("that is too small for a figure", hint="give it 16x7 or more", exit_code=Exit.USAGE)
    output.lines(line.rstrip() for line in frame.lines())
    output.line(figure.title)
    return Exit.OK


def _write(file: Path, text: str) -> Exit:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        raise UserError(f"{file} can't be written", told, "choose another place") from error
    return Exit.OK
