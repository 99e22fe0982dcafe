"""A session in lines: what is asked before it, every event and key, and what is asked after it."""

from __future__ import annotations

from prehab.cli import diary_questions, plain, questions, report
from prehab.cli.fitting import tell_differences, tell_note
from prehab.cli.keyboard import Keyboard, keyboard
from prehab.cli.signals import ENDS, on_signals
from prehab.domain import safety
from prehab.domain.commands import Command, IllegalCommand, State
from prehab.domain.duration import SECOND, held_face
from prehab.domain.events import Outcome
from prehab.domain.gate import During
from prehab.domain.routine import Phase
from prehab.errors import Exit
from prehab.session.front import Prehab, Wish
from prehab.session.session import HEARTBEAT, Session


def lead(typed: str, wish: Wish, *, as_json: bool) -> Exit:
    """Lead somebody through a routine, or several in a row, in lines; returns how it ended."""
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
