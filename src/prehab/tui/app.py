"""The app: which screen follows which, and everything between the screens and the terminal."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack, nullcontext, suppress
from contextvars import copy_context
from types import FrameType
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.screen import Screen

from prehab.domain.gate import after as calls_for_warning
from prehab.domain.routine import Phase
from prehab.errors import Exit, UserError
from prehab.tui import keys, theme
from prehab.tui.keys import Scope
from prehab.tui.palette import Commands
from prehab.tui.ports import Entry, Front
from prehab.tui.screens.home import HomeScreen
from prehab.tui.textual_inside import send_only_changes, take_back
from prehab.tui.title import TerminalTitle

if TYPE_CHECKING:
    from prehab.domain.duration import Millis
    from prehab.session.session import Session
    from prehab.tui.told import Answers

_EACH = 5
"""Seconds for each of the notices of a session's start."""
SETTLED = 0.15
"""How long after `fg` the terminal has its size and modes back, in seconds."""


def _bindings() -> list[BindingType]:
    """Keys that are heard anywhere and, last of all, every key that only another screen hears."""
    elsewhere = dict.fromkeys(
        key for cmd in keys.COMMANDS if cmd.scope is not Scope.EVERYWHERE for key in cmd.keys
    )
    return [
        *keys.bindings(Scope.EVERYWHERE),
        *(Binding(key, f"elsewhere({key!r})", show=False) for key in elsewhere),
    ]


class PrehabApp(App[int], inherit_bindings=False):
    """prehab in a terminal."""

    TITLE = "prehab"
    CSS_PATH = "screens/home.tcss"
    COMMANDS = {Commands}  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (14, "-normal-height")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = _bindings()
    DEFAULT_CSS = """
    Screen {
        ToastHolder { padding-top: 1; }
        Toast {
            background: $panel; color: $foreground; border-left: outer $kind-rest;
            max-width: 60; margin-top: 0; padding: 0 2;
        }
        Toast.-warning { border-left: outer $kind-prepare; }
        Toast.-error { border-left: outer $kind-pain; }
    }
    Screen.-narrow Toast, Screen.-tiny Toast { width: 100%; max-width: 100%; padding: 0 1; }
    Ask Toast, Scale Toast { display: none; }
    CommandPalette {
        SearchIcon { display: none; }
        & > Vertical { margin-top: 2; max-width: 84; background: $surface; }
        & > Vertical > #--input { border: none; padding: 0 1; background: $panel; }
        #--input CommandInput, #--input CommandInput:focus { border: none; height: 1; }
        &.-flat > Vertical { margin-top: 0; }
        CommandList {
            border: none; background: $surface;
            scrollbar-size-vertical: 1; scrollbar-color: $faint; scrollbar-background: $surface;
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted { color: $background; background: $kind-work; }
        }
    }
    ToastRack { scrollbar-size: 0 0; }
    Screen.-flat ToastRack { max-height: 2; margin-bottom: 0; }
    Screen.-flat ToastHolder { padding-top: 0; }
    SessionScreen.-tiny Toast, SessionScreen.-flat Toast { display: none; }
    SessionScreen {
        ToastRack { margin-bottom: 0; max-height: 3; }
        ToastHolder { padding-top: 0; }
        Toast { width: auto; max-width: 100%; padding: 0 1; }
        &.-short ToastRack { max-height: 2; }
        &.-narrow Toast { width: 100%; }
    }
    """

    def __init__(self, front: Front, *, start: str | None = None) -> None:
        """Prepare.

        Args:
            front: the rooms below.
            start: a routine to lead through at once; the app ends with it.
        """
        send_only_changes()
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._front = front
        self._start = start
        self._remap = keys.accepted(front.keys())
        self._session: Session | None = None
        self._is_away = False
        self._told = ""
        self._awake = ExitStack()
        self._awake_context = copy_context()
        self._terminal_title = TerminalTitle(self._write)
        for one in theme.OURS:
            self.register_theme(one)
        # Set before the app runs: changing it later would lay every style out a second time.
        self.set_reactive(App.theme, self._known_theme(front.setting("screen.theme")))
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def remap(self) -> Mapping[str, str]:
        """A person's own keys, checked."""
        return self._remap

    def get_css_variables(self) -> dict[str, str]:
        """Give every theme the colours of the kinds."""
        variables = super().get_css_variables()
        variables.update(theme.kind_colours(variables))
        return variables

    def get_default_screen(self) -> Screen[None]:
        """The home screen, unless a session begins at once."""
        return Screen(id="_default") if self._start is not None else HomeScreen(self._front)

    def on_mount(self) -> None:
        """Take over themes, keys and signals; the rest waits for the first frame."""
        if self._front.setting("screen.motion") == "off":
            self.animation_level = "none"
        if self._remap:
            self.set_keymap(dict(self._remap))
        self._listen_to_signals()
        if self._start is not None:
            self.begin(self._start)
        self.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        if not self.is_headless:
            # What is frozen is never looked at again: what nobody holds has to go first.
            gc.collect()
            gc.freeze()
            gc.enable()
        for problem in keys.problems(self._front.keys()):
            self.notify(problem, markup=False, timeout=10, severity="warning")
        if self._start is None:
            self.read_library()
            self._ask_what_is_open()

    @work(thread=True, exclusive=True, group="library")
    def read_library(self) -> None:
        """Check every routine, out of the way of the screen."""
        home = next((screen for screen in self.screen_stack if isinstance(screen, HomeScreen)), None)
        if home is None:
            return
        self.call_from_thread(home.take, self._front.entries())
        for notice in self._front.notices():
            self.call_from_thread(self.notify, notice, markup=False, timeout=10, severity="warning")
        with suppress(UserError):
            self.call_from_thread(home.take_today, self._front.today())
            diary = self._front.diary()
            days, visit = diary.mornings(), diary.see_somebody(is_asked_for=False)
            self.call_from_thread(home.take_mornings, days, visit)

    def _read_again(self, _: None) -> None:
        self.read_library()

    def _known_theme(self, name: str) -> str:
        return name if name in self.available_themes else theme.DARK.name

    @on(HomeScreen.Start)
    def _start_chosen(self, message: HomeScreen.Start) -> None:
        if self._is_free():
            self.begin(message.id, message.level, message.within)

    def _is_free(self) -> bool:
        """Whether nothing is under way that somebody asked for."""
        names = {"begin", "_edit", "_make", "_tell"}
        is_busy = any(worker.group == "begin" and worker.name in names for worker in self.workers)
        return self._session is None and not is_busy

    @on(HomeScreen.Edit)
    def _edit_chosen(self, message: HomeScreen.Edit) -> None:
        if self._is_free():
            self._edit(message.entry)

    @on(HomeScreen.New)
    def _new_chosen(self) -> None:
        if self._is_free():
            self._make()

    @work(exclusive=True, group="begin")
    async def _edit(self, entry: Entry) -> None:
        from prehab.tui.own import Own

        await Own(self, self._front).edit(entry.id, entry.name)

    @work(exclusive=True, group="begin")
    async def _make(self) -> None:
        from prehab.tui.own import Own

        if (id := await Own(self, self._front).make()) is not None:
            from prehab.tui.lead import Lead

            await Lead(self, self._front).prepare(id)

    @work(exclusive=True, group="begin")
    async def _tell(self, name: str) -> None:
        from prehab.tui.telling import Telling

        await Telling(self, self._front).tell(name)

    def show_today(self) -> None:
        """Read the day again, and put the cursor on what is due."""
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.follow_today()
        self.read_library()

    def show_routine(self, id: str) -> None:
        """Read the routines again, and put the cursor on one of them."""
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.go_to(id)
        self.read_library()

    def outside(self, program: Callable[[], None]) -> None:
        """Run a program that takes the whole terminal, and come back.

        Raises:
            UserError: what the program raised, or that there is no terminal to leave to it.
        """
        failure: UserError | None = None
        # ctrl+c is the program's own there; a handler, other than ignoring, is not handed down to it.
        interrupted = signal.signal(signal.SIGINT, lambda number, frame: None)
        try:
            with nullcontext() if self.is_headless else self.suspend():
                try:
                    program()
                except UserError as error:
                    failure = error
        except SuspendNotSupported:
            failure = UserError("an editor needs a terminal of its own", hint="change the file where it is")
        finally:
            signal.signal(signal.SIGINT, interrupted)
        self.set_timer(SETTLED, self._repaint)
        if failure is not None:
            raise failure

    @on(HomeScreen.Broken)
    def _show_problems(self, message: HomeScreen.Broken) -> None:
        from prehab.tui.screens.reader import the_problems

        self.push_screen(the_problems(message.entry.name, message.entry.problems), self._read_again)

    @on(HomeScreen.Open)
    def _open(self, message: HomeScreen.Open) -> None:
        if message.name == "history":
            from prehab.tui.screens.history import HistoryScreen

            self.push_screen(HistoryScreen(self._front))
        elif message.name == "insights":
            from prehab.tui.screens.insights import InsightsScreen

            self.push_screen(InsightsScreen(self._front))
        elif message.name in ("run", "soreness"):
            if self._is_free():
                self._tell(message.name)
        else:
            from prehab.tui.screens.settings import SettingsScreen

            self.push_screen(SettingsScreen(self._front))

    @work(exclusive=True, group="begin")
    async def begin(self, id: str, level: Millis | None = None, within: Millis | None = None) -> None:
        """Lead somebody through a routine: notice, sound, the back, session.

        Args:
            id: the routine.
            level: the hold of what grows, where the person chose one.
            within: the time there is, where the person chose less than it takes.
        """
        from prehab.tui.lead import Lead

        lead = Lead(self, self._front)
        if self._start is not None:
            may_begin = await lead.ask_about_morning()
            if not may_begin:
                self._leave_if_started()
                return
        if not await lead.prepare(id, level=level, within=within):
            self._leave_if_started()

    @work(exclusive=True, group="begin")
    async def _ask_what_is_open(self) -> None:
        """Ask what earlier sessions left open, if anything."""
        from prehab.tui.lead import Lead

        await Lead(self, self._front).ask_what_is_open()

    async def show_session(self, session: Session) -> None:
        """Show a session that was prepared, and keep the machine awake while it runs."""
        from prehab.tui.screens.session import SessionScreen
        from prehab.tui.told import Pictures

        self._session = session
        keeping = self._front.awake()
        notice = await asyncio.to_thread(self._awake_context.run, self._awake.enter_context, keeping)
        pictures = Pictures(
            self._front.figure,
            is_moving=self._front.setting("screen.motion") != "off",
            is_ascii=self._front.setting("screen.figures") == "ascii",
        )
        if not self.is_headless:
            gc.collect()
        self.push_screen(SessionScreen(session, pictures))
        said = [one for one in (notice, *self._front.notices()) if one]
        for number, one in enumerate(said, 1):
            # There is little room for them, so that each gets its time when the one before is gone.
            self.notify(one, markup=False, timeout=_EACH * number)

    def _leave_if_started(self) -> None:
        if self._start is not None:
            self.exit(int(Exit.FAILED))

    async def on_session_screen_looked(self, message: object) -> None:
        """Keep the title of the terminal in step."""
        left = getattr(message, "left", "")
        if self._session is not None:
            self._terminal_title.say(f"{left} · {self._session.timeline.routine.name}")

    def on_session_screen_warned(self) -> None:
        """Show the warning signs over whatever comes next."""
        self.set_timer(SETTLED, self.action_app_safety)

    def on_session_screen_over(self, message: object) -> None:
        """Ask how it was; where nothing was held there is nothing to ask."""
        session = self._session
        if session is None:
            return
        self._terminal_title.say("")
        if not session.summary.works:
            self.notify("nothing was held, so there is nothing to keep", markup=False, timeout=4)
            self._finish(session, None)
            return
        from prehab.tui.screens.summary import SummaryScreen

        pain = getattr(message, "pain", None)
        self.switch_screen(SummaryScreen(session, self._front.outlook, pain=pain))

    def on_summary_screen_finished(self, message: object) -> None:
        """Keep what was said."""
        if self._session is not None:
            self._finish(self._session, getattr(message, "answers", None))

    @work(group="finish")
    async def _finish(self, session: Session, answers: Answers | None) -> None:
        """Let the session go and come back to where it was started from."""
        self._session = None
        if self._start is None:
            self.pop_screen()
        await asyncio.to_thread(self._let_go, session, answers)
        pain = None if answers is None else answers.pain
        if calls_for_warning(session.timeline.routine, pain, during=session.pain):
            from prehab.tui.screens.reader import the_safety_text

            await self.push_screen_wait(the_safety_text())
        if self._start is not None:
            self.exit(int(Exit.OK))
        else:
            self.read_library()
            if answers is not None and session.timeline.routine.phase is Phase.DURING_RUN:
                self._tell("ran")

    def _let_go(self, session: Session, answers: Answers | None) -> None:
        session.close()
        self._sleep_again()
        if answers is not None:
            self._front.answer(session, answers)

    def _sleep_again(self) -> None:
        """Let the machine sleep; what keeps it awake must be left in the context it was entered in."""
        self._awake_context.run(self._awake.close)

    def on_settings_screen_changed(self, message: object) -> None:
        """Make a setting of the screens felt at once."""
        key, value = getattr(message, "key", ""), getattr(message, "value", "")
        if key == "screen.theme":
            self.theme = self._known_theme(value)
        elif key == "screen.motion":
            self.animation_level = "none" if value == "off" else "full"
        elif key.startswith("week."):
            self.read_library()

    def on_diary_screen_changed(self) -> None:
        """Let home and the day know of it."""
        self.read_library()

    def action_elsewhere(self, key: str) -> None:
        """Say why a key does nothing here."""
        meant = keys.elsewhere(key, getattr(self.screen, "SCOPE", None))
        if meant is not None:
            take_back(self, self._told)
            self._told = f"{keys.cap(key)} is heard {meant.scope.value}: {meant.help}"
            self.notify(self._told, markup=False, timeout=3)

    def action_app_help(self) -> None:
        """Explain the screen that is in front."""
        from prehab.tui.screens.reader import the_help

        scope, about = getattr(self.screen, "SCOPE", None), getattr(self.screen, "HELP", "")
        if isinstance(scope, Scope):
            title = scope.value[:1].upper() + scope.value[1:]
            self.push_screen(the_help(title, about, scope, self._remap))

    def action_app_safety(self) -> None:
        """Show the warning signs."""
        from prehab.tui.screens.reader import the_safety_text

        self.push_screen(the_safety_text())

    def action_app_palette(self) -> None:
        """Find a command by its name."""
        self.action_command_palette()

    def action_app_suspend(self) -> None:
        """Step into the background; the session pauses and asks when it is back."""
        self._terminal_title.say("")
        self.action_suspend_process()

    def _listen_to_signals(self) -> None:
        if self.is_headless or os.name == "nt":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._terminate, Exit.TERMINATED)
        stopped, continued = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)

        def on_stop(number: int, frame: FrameType | None) -> None:
            self._is_away = True
            if callable(stopped):
                stopped(number, frame)

        def on_continue(number: int, frame: FrameType | None) -> None:
            # After SIGSTOP the driver was never told to let go; taking over twice would read the keys twice.
            if not self._is_away and self._driver is not None:
                self._driver.suspend_application_mode()
            self._is_away = False
            if callable(continued):
                continued(number, frame)
            loop.call_soon_threadsafe(self._came_back)

        def on_interrupt(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self._terminate, Exit.INTERRUPTED)

        # Not a handler of the loop: that one would hear what is meant for an editor that has the terminal.
        signal.signal(signal.SIGINT, on_interrupt)
        signal.signal(signal.SIGTSTP, on_stop)
        signal.signal(signal.SIGCONT, on_continue)

    def _terminate(self, code: Exit) -> None:
        """End at once: the session stays in the history as unfinished, the terminal is put back."""
        if self._session is not None:
            self._session.close()
            self._session = None
        self.exit(int(code), return_code=int(code))

    def _came_back(self) -> None:
        """The program was stopped and goes on: pause, ask, and paint everything again."""
        if self._session is not None:
            self._session.continued()
        self.set_timer(SETTLED, self._repaint)

    def _repaint(self) -> None:
        self.screen.refresh(layout=True)
        from prehab.tui.screens.session import SessionScreen

        for screen in self.screen_stack:
            if isinstance(screen, SessionScreen):
                screen.look()

    def _write(self, sequence: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)

    def on_unmount(self) -> None:
        """Leave nothing behind, however the app ends."""
        self._terminal_title.say("")
        if self._session is not None:
            self._session.close()
            self._session = None
        self._sleep_again()

    def _fatal_error(self) -> None:
        """End without a traceback on the screen; `launch.run_app` hands the defect on to whoever reports it.

        A private name of Textual 8.2, which would print the traceback itself.
        """
        self._close_messages_no_wait()
