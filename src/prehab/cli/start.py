"""`prehab start`: be guided through a routine, on a screen or as lines."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from prehab.cli import diary_questions, plain, questions, report
from prehab.cli.arguments import add_fit, add_json, add_level, add_routine, fit_of, whole
from prehab.cli.fitting import tell_differences, tell_note
from prehab.cli.keyboard import Keyboard, keyboard
from prehab.cli.signals import ENDS, on_signals
from prehab.domain import safety
from prehab.domain.commands import Command, IllegalCommand, State
from prehab.domain.duration import SECOND, held_face
from prehab.domain.events import Outcome
from prehab.domain.gate import During
from prehab.domain.routine import Phase
from prehab.errors import Exit, UserError
from prehab.formats.library import Library
from prehab.session.front import Prehab, Wish, library_apart
from prehab.session.session import HEARTBEAT, Session

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
        return _plain(args.routine, wish, as_json=args.json)
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


def _plain(typed: str, wish: Wish, *, as_json: bool) -> Exit:
    prehab = Prehab()
    asks = wish.attended and wish.speed == 1 and not as_json
    try:
        with on_signals(ENDS), keyboard() as keys, on_signals({"SIGCONT": keys.retake}):
            turns = prehab.in_turn(typed, wish)
            if not prehab.choices.settings.safety_accepted:
                report.paragraph(safety.FIRST_RUN)
            report.paragraph(safety.SHORT)
            if not as_json:
                tell_note(prehab, typed)
                tell_differences(prehab, typed, wish.fit, wish.level)
            agreed = _agreed(prehab, keys, turns) if asks else turns
            if agreed is None:
                return Exit.OK
            sessions, code = _one_after_another(prehab, keys, agreed, as_json=as_json)
            if asks and code is Exit.OK:
                for session in sessions:
                    questions.after(prehab, keys, session)
                if any(one.timeline.routine.phase is Phase.DURING_RUN for one in sessions):
                    diary_questions.after_run(prehab, keys)
            return code
    finally:
        prehab.close()
        for text in prehab.notices():
            report.notice(text)


def _agreed(
    prehab: Prehab, keys: Keyboard, turns: tuple[tuple[str, Wish], ...]
) -> tuple[tuple[str, Wish], ...] | None:
    """Ask what has to be known before all of them, so that nobody has to get up between two."""
    if not diary_questions.morning_after(prehab, keys):
        return None
    agreed = []
    for number, (part, wish) in enumerate(turns):
        if word := prehab.diary.word_before(prehab.planned(part, wish).routine):
            report.paragraph(word)
        asked = questions.before(prehab, keys, part, wish, is_first=number == 0)
        if asked is None:
            return None
        agreed.append((part, asked))
    return tuple(agreed)


def _one_after_another(
    prehab: Prehab, keys: Keyboard, turns: tuple[tuple[str, Wish], ...], *, as_json: bool
) -> tuple[list[Session], Exit]:
    """One session for each, up to the first that does not come to its end."""
    sessions: list[Session] = []
    code = Exit.OK
    for part, wish in turns:
        sessions.append(prehab.session(part, wish))
        code = _led_through(prehab, sessions[-1], keys, as_json=as_json, attended=wish.attended)
        if code is not Exit.OK or sessions[-1].summary.outcome is not Outcome.COMPLETED:
            break
    return sessions, code


def _led_through(prehab: Prehab, session: Session, keys: Keyboard, *, as_json: bool, attended: bool) -> Exit:

    def continued() -> None:
        keys.retake()
        session.continued()

    try:
        with on_signals({"SIGCONT": continued}), prehab.awake() as notice:
            if not as_json:
                report.paragraph(plain.headline(session.timeline))
            for text in filter(None, (*prehab.notices(), notice)):
                report.notice(text)
            return _Lines(session, keys, as_json=as_json, attended=attended).run()
    finally:
        session.close()
        for text in session.notices():
            report.notice(text)


class _Lines:
    """Drives a session and tells it, until it is over."""

    def __init__(self, session: Session, keys: Keyboard, *, as_json: bool, attended: bool) -> None:
        self._session = session
        self._keys = keys
        self._attended = attended
        self._is_quiet = as_json
        self._writer: plain.Writer = (
            plain.JsonLines(session.timeline) if as_json else plain.TextLines(session.timeline)
        )
        self._is_asked_to_end = False

    def run(self) -> Exit:
        if self._attended and not self._is_quiet:
            report.paragraph("space pauses, enter is done, n skips, b goes back, q ends, ? lists the keys")
        code = Exit.OK
        self._session.start()
        while not self._session.is_over:
            try:
                self._step()
            except KeyboardInterrupt:
                self._session.do(Command.STOP)
                code = Exit.INTERRUPTED
        self._tell()
        if not self._is_quiet:
            report.paragraph(plain.closing(self._session.summary, self._session.timeline))
        if code is Exit.OK and self._session.summary.outcome is not Outcome.COMPLETED and not self._attended:
            return Exit.FAILED
        return code

    def _step(self) -> None:
        view = self._session.pulse()
        self._tell()
        if view.gap and not self._attended and view.state is State.PAUSED:
            self._session.do(Command.RESUME)
            self._tell()
        if not self._session.is_over:
            pressed = self._keys.wait(min(HEARTBEAT, self._session.until_next()))
            if pressed is not None:
                self._key(pressed)

    def _tell(self) -> None:
        at = self._session.view.at
        for event in self._session.events():
            self._writer.event(event, at)
        for notice in self._session.notices():
            report.notice(notice)

    def _key(self, pressed: str) -> None:
        session = self._session
        if self._is_asked_to_end:
            self._is_asked_to_end = False
            if pressed in ("enter", "y", "q"):
                session.do(Command.STOP)
            elif session.view.state is State.PAUSED:
                self._ask(Command.RESUME)
            return
        match pressed:
            case "question_mark":
                report.paragraph(_KEYS)
            case "exclamation_mark":
                self._hold_still()
                report.paragraph(safety.text())
            case "up" | "down":
                report.paragraph(f"Volume {session.sound.volume_by(5 if pressed == 'up' else -5)} %.")
            case "m":
                report.paragraph("Muted." if session.sound.toggle_mute() else "Heard again.")
            case "v":
                report.paragraph(f"Voice: {session.sound.cycle_voice()}.")
            case "q" | "escape" | "ctrl+c":
                self._hold_still()
                self._is_asked_to_end = True
                report.paragraph(f"{self._end_question()} Enter ends, any other key goes on.")
            case "x" if session.view.state is not State.READY:
                self._hurts()
            case "t" if session.can_tire:
                session.tired()
                report.paragraph("Getting tired: the checks come more often from now on.")
            case "space":
                self._ask(Command.RESUME if session.view.state is State.PAUSED else Command.PAUSE)
            case _ if pressed in _COMMANDS:
                self._ask(_COMMANDS[pressed])
            case _:
                pass

    def _hurts(self) -> None:
        session = self._session
        self._hold_still()
        match questions.hurts(session, self._keys):
            case During.GO_ON:
                report.paragraph("Space goes on.")
            case During.SKIP_STEP:
                session.skip_step()
                self._tell()
                if not session.is_over:
                    report.paragraph("Space goes on with the next.")
            case During.END:
                session.do(Command.STOP)
            case During.SAFETY:
                session.do(Command.STOP)
                report.paragraph(safety.text())

    def _hold_still(self) -> None:
        """Pause before something is asked or shown, and tell that first."""
        if self._session.view.state is State.RUNNING:
            self._ask(Command.PAUSE)

    def _end_question(self) -> str:
        held = self._session.held
        return f"End and keep {held_face(held)}?" if held >= SECOND else "End? Nothing was held yet."

    def _ask(self, command: Command) -> None:
        try:
            self._session.do(command, self._session.view.segment.index)
        except IllegalCommand as refused:
            report.paragraph(f"{refused}.")
        self._tell()


_COMMANDS = {
    "enter": Command.DONE,
    "pagedown": Command.DONE,
    "n": Command.NEXT,
    "right": Command.NEXT,
    "b": Command.BACK,
    "left": Command.BACK,
    "pageup": Command.BACK,
    "r": Command.RESTART,
    "plus": Command.MORE,
    "equals_sign": Command.MORE,
}
_KEYS = (
    "space pause and go on; enter done; n skip; b back; r restart; + ten seconds more; up and down volume; "
    "m mute; v voice; x it hurts; t getting tired, on a run; ! warning signs; q end"
)
