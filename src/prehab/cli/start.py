"""`prehab start`: be guided through a routine, on a screen or as lines."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from prehab.cli.arguments import add_fit, add_json, add_level, add_routine, fit_of, whole
from prehab.cli.fitting import tell_differences, tell_note
from prehab.domain.events import Outcome
from prehab.errors import Exit, UserError
from prehab.formats.library import Library
from prehab.session.front import Prehab, Wish, library_apart

MAX_SPEED = 1000


def configure(parser: argparse.ArgumentParser) -> None:
    """The routine, and how it is to be run this time."""
    from prehab.audio.choose import AUTO, BACKENDS

    add_routine(parser)
    add_level(parser)
    add_fit(parser)
    parser.add_argument(
        "--plain",
        action="store_true",
        help="one line for each thing that happens; also the screen-reader mode",
    )
    add_json(parser)
    parser.add_argument(
        "--speed", metavar="N", type=_speed, default=1, help="a rehearsal N times faster, not recorded"
    )
    parser.add_argument(
        "--open", action="store_true", help="a run without a planned time: it goes on until it is ended"
    )
    parser.add_argument("--mute", action="store_true", help="make no sound")
    parser.add_argument("--no-voice", action="store_true", help="say nothing; tones only")
    parser.add_argument("--backend", choices=(AUTO, *BACKENDS), help="what makes the sound")


def _speed(written: str) -> int:
    speed = whole(written)
    if not 1 <= speed <= MAX_SPEED:
        raise argparse.ArgumentTypeError(f"not a speed: {written!r} (a whole number from 1 to {MAX_SPEED})")
    return speed


def run(args: argparse.Namespace) -> Exit:
    """Run the session to its end."""
    if args.json and not args.plain:
        raise UserError("--json goes with --plain", hint="add --plain", exit_code=Exit.USAGE)
    attended = sys.stdin.isatty()
    wish = Wish(
        level=args.level,
        muted=args.mute,
        voiced=not args.no_voice and args.speed == 1,
        backend=args.backend,
        speed=args.speed,
        attended=attended,
        fit=fit_of(args),
    )
    if args.open:
        if not attended:
            raise UserError(
                "a run without a planned time needs somebody to end it",
                hint=f"try: prehab start {args.routine} --plain --for 30m",
                exit_code=Exit.USAGE,
            )
        wish = replace(wish, fit=replace(wish.fit, is_open=True))
    if args.plain:
        from prehab.cli.plain_session import lead

        return lead(args.routine, wish, as_json=args.json)
    if not (attended and sys.stdout.isatty()):
        raise UserError(
            "a session on the screen needs a terminal",
            hint=f"try: prehab start {args.routine} --plain",
            exit_code=Exit.USAGE,
        )
    return _on_screen(args.routine, wish)


def _on_screen(typed: str, wish: Wish) -> Exit:
    from prehab.tui.launch import run_app

    library = library_apart()
    for part, asked in _turns(typed, wish, library):
        code = Exit(run_app(part, asked, library))
        if code is not Exit.OK or not (wish.speed > 1 or _was_completed()):
            return code
    return Exit.OK


def _turns(typed: str, wish: Wish, library: Library) -> tuple[tuple[str, Wish], ...]:
    prehab = Prehab(library=library)
    try:
        tell_note(prehab, typed)
        tell_differences(prehab, typed, wish.fit, wish.level)
        return prehab.in_turn(typed, wish)
    finally:
        prehab.close()


def _was_completed() -> bool:
    """Whether the last session came to its end, so that the next of several in a row may follow."""
    prehab = Prehab()
    try:
        newest = prehab.ledger.newest()
        return newest is None or newest.outcome is Outcome.COMPLETED
    finally:
        prehab.close()
