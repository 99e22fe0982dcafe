"""The screen that leads through a routine; it paints a view, and asks the session for what the keys say."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from prehab.domain import gate
from prehab.domain.commands import Command, IllegalCommand, State
from prehab.domain.cues import CueKind
from prehab.domain.duration import SECOND, Millis, held_face, short_length
from prehab.domain.events import CueDue, Event
from prehab.domain.routine import Step
from prehab.domain.timeline import SegmentKind
from prehab.domain.view import View
from prehab.session.session import Session
from prehab.tui import keys
from prehab.tui.keys import Scope
from prehab.tui.screens.ask import Answer, Ask
from prehab.tui.screens.scale import Scale, Told
from prehab.tui.textual_inside import take_back
from prehab.tui.told import NO_PICTURES, Pictures
from prehab.tui.widgets import words
from prehab.tui.widgets.advice import advice, rows_of
from prehab.tui.widgets.banner import Banner
from prehab.tui.widgets.bar import RoutineBar
from prehab.tui.widgets.digits import BigDigits
from prehab.tui.widgets.figure import FigurePanel
from prehab.tui.widgets.keybar import Hint, KeyBar, hint
from prehab.tui.widgets.line import Badge, Line
from prehab.tui.widgets.sheet import Sheet, shortened

FLASH = 0.3
"""How long the edge flashes at go and end when nothing is heard, in seconds."""
_BRIEF, _LOW = 60, 20
"""Narrower, or lower, than this the place in the routine is written briefly, beats with it."""
_WIDE, _TALL = 100, 34
"""From so many columns and rows on kind and side stand in large letters, and the place beside the title."""
_AIRY = 28
"""From so many rows on there is air below the title."""
_ADVICE = 6
"""The most rows of advice."""
_PAGE = 3
"""The air beside the page of a large screen, in cells."""
_NARROW = 30
"""Narrower than this the side is one letter and its arrow."""
_PADDED = 4
"""The air in and after a badge, in cells."""
_BESIDE = "   "
"""The air between title and place."""
OFTEN = Millis(250)
"""The bar moves no more often than this."""
SOONEST = Millis(20)
"""Looks are never closer together than this."""


class SessionScreen(Screen[None], inherit_bindings=False):
    """One session from get-ready to the last second."""

    CSS_PATH = "session.tcss"
    SCOPE = Scope.SESSION
    HELP = (
        "The digits are the time left of what the word above them says. Everything is said aloud, so that "
        "nobody has to look. The line below shows the whole routine to scale: half high is done, full is "
        "now, thin is to come."
    )
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(Scope.SESSION)
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (_NARROW, "-narrow"), (_BRIEF, "-normal"), (_WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (9, "-short"), (_LOW, "-medium"), (_TALL, "-tall")]  # noqa: RUF012

    class Over(Message):
        """The session has ended, one way or another."""

        def __init__(self, session: Session, pain: int | None) -> None:
            super().__init__()
            self.session = session
            self.pain = pain

    class Warned(Message):
        """The pain is such that the warning signs should be read."""

    class Looked(Message):
        """There was something new to see; the title of the terminal may follow."""

        def __init__(self, left: str) -> None:
            super().__init__()
            self.left = left

    def __init__(self, session: Session, pictures: Pictures = NO_PICTURES) -> None:
        super().__init__()
        self._session = session
        self._pictures = pictures
        self._panel = FigurePanel(is_ascii=pictures.is_ascii, id="figure")
        self._wake: asyncio.TimerHandle | None = None
        self._is_over = False
        self._is_asking = False
        self._title_left = ""
        self._answer = ""
        self._silence: Timer | None = None
        self._title = Line(id="title")
        self._total, self._sound, self._place = Line(id="total"), Line(id="sound"), Line(id="place")
        self._now = Horizontal(id="now")
        self._banner, self._badge, self._side = Banner(id="banner"), Badge(id="badge"), Badge(id="side")
        self._heading, self._digits, self._beats = Line(id="name"), BigDigits(id="digits"), Line(id="beats")
        self._advice, self._next = Sheet(id="advice"), Line(id="next")
        self._advice.keep_room(rows_of(segment.work.step for segment in session.timeline.segments))
        self._advised: Step | None = None
        self._hinted: object = None
        self._bar, self._keys = RoutineBar(session.timeline, id="bar"), KeyBar(id="keys")

    @property
    def session(self) -> Session:
        """What is shown."""
        return self._session

    def compose(self) -> ComposeResult:
        """Lay the places out; a view fills them."""
        with Vertical(id="page"):
            with Horizontal(id="head"):
                yield self._title
                yield self._total
                yield self._sound
            with self._now:
                yield self._banner
                yield self._badge
                yield self._side
                yield self._place
            with Horizontal(id="stage"):
                with Vertical(id="left"):
                    yield self._heading
                    yield self._digits
                    yield self._beats
                    yield self._advice
                yield self._panel
            yield self._next
            yield self._bar
            yield self._keys
        for edge in ("top", "bottom", "left", "right"):
            yield Static(classes=f"edge -{edge}")

    def on_mount(self) -> None:
        """Begin."""
        self.set_class(words.has_beats(self._session.timeline), "-beats")
        self.set_class(words.is_long(self._session.timeline), "-long")
        self._session.start()
        self.look()

    def on_unmount(self) -> None:
        """Ask for no more looks."""
        self._sleep()

    def on_resize(self) -> None:
        """Show as much as the new size has room for; a third of the height is for the digits."""
        rows = self.size.height
        self.set_class(rows >= _AIRY, "-airy")
        left = (rows - 8) // 2 if rows < _LOW else rows - 9 - -(-rows // 3)
        self._advice.styles.max_height = max(1, min(_ADVICE, left))
        self.show(self._session.view)

    def look(self) -> None:
        """Look at the session, show it, and look again when there is something new to see."""
        if not self.is_attached or self._is_over:
            return
        view = self._session.pulse()
        self.show(view)
        self._tell(self._session.events())
        self._sleep()
        if view.state is State.DONE:
            self._is_over = True
            self.post_message(self.Over(self._session, self._session.pain))
        elif view.state is not State.PAUSED:
            wait = max(SOONEST, min(self._session.next_change(), self._next_paint(view)))
            self._wake = asyncio.get_running_loop().call_later(wait / 1000, self._woken)
        elif view.gap and not self._is_asking:
            self._ask_about_gap(view.gap)

    def _next_paint(self, view: View) -> Millis:
        """When bar or picture change; while a picture moves the bar is content with its beat."""
        moving = self._panel.next_change()
        return moving if moving is not None else max(OFTEN, self._bar.next_change(view))

    def _woken(self) -> None:
        self._wake = None
        self.call_next(self.look)

    def _sleep(self) -> None:
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None

    def _tell(self, happened: tuple[Event, ...]) -> None:
        for notice in self._session.notices():
            self.notify(notice, markup=False, timeout=8)
        for event in happened:
            if isinstance(event, CueDue) and event.cue.is_reminder:
                self._advice.lay_out(advice(event.cue.text or "", ""))
        if not self._session.sound.is_heard and any(
            isinstance(event, CueDue) and event.cue.kind in {CueKind.GO, CueKind.END, CueKind.DONE}
            for event in happened
        ):
            self.add_class("-flash")
            self.set_timer(FLASH, lambda: self.remove_class("-flash"))

    def show(self, view: View) -> None:
        """Paint a view."""
        session = self._session
        mood = words.mood(view)
        if not self.has_class(mood):
            # One look-up of all styles for both, not two.
            self.remove_class(*words.MOODS, update=False)
            self.add_class(mood)
        is_brief = self.size.width < _BRIEF or self.size.height < _LOW
        self._banner.say(*words.banner(view, self.size.width - 2 * _PAGE))
        self._badge.say(" ".join(words.badge(view)))
        self._side.say(words.side(view.segment, is_brief=self.size.width < _NARROW))
        self._heading.say(self._answer if self._answer and self._is_small() else words.heading(view))
        text, size = words.face(view)
        is_seen = not session.sound.is_heard and words.is_last_seconds(view)
        self._digits.show(text, size, inverted=is_seen)
        is_run = session.can_tire
        self._beats.say(words.beats(view, self._beats.size.width or self.size.width, is_run=is_run))
        step = view.segment.work.step
        if step is not self._advised:
            self._advised = step
            self._advice.lay_out(advice(step.do, step.avoid))
        self._next.say(words.following(view, self._next.size.width or self.size.width, is_run=is_run))
        self._total.say(words.total_left(view, is_brief=is_brief, is_run=is_run))
        self._sound.say(words.sound(session.sound))
        self._show_place(view, is_brief=is_brief)
        self._bar.show(view)
        self._show_figure(view)
        known = (view.state, view.segment.kind, session.legal)
        if known != self._hinted:
            self._hinted = known
            self._keys.show(self._hints(view))
        left = words.total_left(view, is_brief=True, is_run=is_run)
        if left != self._title_left:
            self._title_left = left
            self.post_message(self.Looked(left))

    def _show_place(self, view: View, *, is_brief: bool) -> None:
        """Say where in the routine this is: beside the badge, or beside the title where letters are large."""
        name = self._session.timeline.routine.name
        if self.size.width >= _WIDE and self.size.height >= _TALL:
            place = words.place(view, self._session.timeline)
            taken = sum(len(one.text) + _PADDED for one in (self._total, self._sound)) + 2 * _PAGE
            room = self.size.width - taken - len(place) - len(_BESIDE)
            self._title.say(f"{shortened(name, room)}{_BESIDE if place else ''}{place}")
        else:
            room = self._now.size.width - sum(len(one.text) + _PADDED for one in (self._badge, self._side))
            self._title.say(name)
            self._place.say(words.place(view, self._session.timeline, room, is_brief=is_brief))

    def _show_figure(self, view: View) -> None:
        """Show the move that runs or comes: it moves with the clock, and stands still in gaps and pauses."""
        work = view.segment.work
        figure = self._pictures.find(work.figure)
        self._panel.set_class(figure is None, "-none")
        is_live = view.segment.kind is SegmentKind.WORK and self._pictures.is_moving and not view.count_in
        self._panel.show(figure, work.side, work.step.beat, view.elapsed if is_live else None)

    def _hints(self, view: View) -> list[Hint]:
        legal = self._session.legal
        hints = []
        for cmd in (*keys.of(Scope.SESSION), *keys.of(Scope.EVERYWHERE)):
            if not cmd.weight or (cmd.command is not None and cmd.command not in legal):
                continue
            if cmd.id == "session.tired" and not self._session.can_tire:
                continue
            label = None
            if cmd.id == "session.pause":
                label = "go on" if view.state is State.PAUSED else "pause"
            if cmd.id == "session.done" and view.segment.kind is not SegmentKind.WORK:
                label = "begin now"
            hints.append(hint(cmd, self.app, label))
        return hints

    def _ask(self, command: Command) -> None:
        """Give a command about the segment that is on the screen; say so when it is not heard."""
        try:
            self._session.do(command, self._session.view.segment.index)
        except IllegalCommand as refused:
            why = "the session is over" if refused.state is State.DONE else _WHY_NOT[refused.state]
            self._say(f"{command.value}: {why}")
        self.look()

    def action_session_pause(self) -> None:
        """Pause, or go on."""
        self._ask(Command.RESUME if self._session.view.state is State.PAUSED else Command.PAUSE)

    def action_session_done(self) -> None:
        """End this work and keep what was held; in a gap, begin."""
        self._ask(Command.DONE)

    def action_session_next(self) -> None:
        """Skip this work."""
        self._ask(Command.NEXT)

    def action_session_back(self) -> None:
        """Begin this work again, or the one before."""
        self._ask(Command.BACK)

    def action_session_restart(self) -> None:
        """Begin this work again."""
        self._ask(Command.RESTART)

    def action_session_more(self) -> None:
        """Add ten seconds."""
        self._ask(Command.MORE)

    def action_session_louder(self) -> None:
        """Turn the volume up."""
        self._session.sound.volume_by(5)
        self._tell_sound()

    def action_session_quieter(self) -> None:
        """Turn the volume down."""
        self._session.sound.volume_by(-5)
        self._tell_sound()

    def action_session_mute(self) -> None:
        """Be silent, or heard again."""
        self._session.sound.toggle_mute()
        self._tell_sound()

    def action_session_voice(self) -> None:
        """Speak fully, shortly, or not at all."""
        self._session.sound.cycle_voice()
        self._say(f"voice: {self._session.sound.voice}", 2)
        self.look()

    def action_session_tired(self) -> None:
        """Let the checks of a run come more often from now on."""
        if not self._session.can_tire:
            self._say("only on a run with posture checks")
            return
        before = self._session.timeline
        self._session.tired()
        if self._session.timeline is before:
            self._say("tired: not before the run has begun, and not in a pause")
        else:
            self._say("Getting tired: the checks come more often.", 4)
        self.look()

    def action_session_hurts(self) -> None:
        """Pause and ask how much it hurts."""
        view = self._session.view
        if self._is_asking or self._is_over:
            return
        if view.state is State.READY:
            self._say(f"it hurts: {_WHY_NOT[State.READY]}")
            return
        if view.state is State.RUNNING:
            self._ask(Command.PAUSE)
        self._is_asking = True
        scale = Scale(gate.PAIN_QUESTION, skip="go on without a number", sharp=gate.SHARP_QUESTION)
        self.app.push_screen(scale, self._hurts)

    def _hurts(self, told: Told | None) -> None:
        self._is_asking = False
        if told is None:
            self.look()
            return
        self._session.note_pain(told.score)
        routine, work = self._session.timeline.routine, self._session.view.segment.work
        verdict = gate.during(routine, work.step, told.score, is_sharp=told.is_sharp)
        if verdict is gate.During.GO_ON:
            self._ask(Command.RESUME)
        elif verdict is gate.During.SKIP_STEP:
            self._session.skip_step()
            self._go_on()
            self._say(f"{work.name}: skipped, because it hurts", 4)
        else:
            self._ask(Command.STOP)
            if verdict is gate.During.SAFETY:
                self.post_message(self.Warned())

    async def action_session_end(self) -> None:
        """Ask whether to end; the clock stands still meanwhile."""
        view = self._session.view
        if view.state is State.READY:
            self._ask(Command.STOP)
            return
        if view.state is State.RUNNING:
            self._ask(Command.PAUSE)
        if self._is_asking or self._is_over:
            return
        held = self._session.held
        answers = (
            Answer(("enter", "y"), "End", "end"),
            Answer(("space", "escape", "q", "n"), "Go on", "on"),
        )
        question = f"End and keep {held_face(held)}?" if held >= SECOND else "End? Nothing was held yet."
        self._question(question, "", answers)

    def _go_on(self) -> None:
        """Let a paused session run on; one that is over is shown as such."""
        if self._session.view.state is State.PAUSED:
            self._ask(Command.RESUME)
        else:
            self.look()

    def _say(self, told: str, seconds: float = 3) -> None:
        """Answer a key in a few words until the next answer; in place of the name on a tiny screen."""
        if self._silence is not None:
            self._silence.stop()
        take_back(self.app, self._answer)
        self._answer = told
        self._silence = self.set_timer(seconds, self._fall_silent)
        if self._is_small():
            self._heading.say(told)
        else:
            self.notify(told, markup=False, timeout=seconds)

    def _fall_silent(self) -> None:
        self._answer = ""
        self.show(self._session.view)

    def _is_small(self) -> bool:
        """Whether there is room for the name and the digits alone."""
        return self.has_class("-tiny", "-flat")

    def _tell_sound(self) -> None:
        """Answer a key about the sound where the line that shows it does not."""
        sound = self._session.sound
        if sound.backend == "silent":
            self._say("no sound is played in this session")
        elif not self._sound.is_on_screen:
            self._say(words.sound(sound), 2)
        self.look()

    def _ask_about_gap(self, lost: Millis) -> None:
        answers = (
            Answer(("space", "enter"), "Go on from here", "on"),
            Answer(("r",), "Restart this step", "restart"),
            Answer(("q", "escape"), "End and keep what was done", "end"),
        )
        self._question(
            "Paused while you were away", f"The machine was away for {short_length(lost)}.", answers
        )

    def _question(self, question: str, detail: str, answers: tuple[Answer, ...], mood: str = "") -> None:
        self._is_asking = True
        self.app.push_screen(Ask(question, detail, answers, mood=mood), self._answered)

    def _answered(self, value: str | None) -> None:
        self._is_asking = False
        if value == "end":
            self._ask(Command.STOP)
        else:
            if value == "restart":
                self._ask(Command.RESTART)
            self._go_on()

    def on_click(self, event: events.Click) -> None:
        """A click on the stage pauses, and goes on."""
        if event.widget is not None and event.widget.id in {"digits", "left", "stage", "figure"}:
            self.action_session_pause()


_WHY_NOT = {
    State.READY: "in a moment, the session is about to begin",
    State.RUNNING: "not while the clock runs",
    State.PAUSED: "not while paused; space goes on",
}
