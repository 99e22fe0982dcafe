"""Leads up to a session: the notice, the sound, the back, the level, and what earlier sessions left open."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prehab.domain import gate, safety
from prehab.domain.duration import MINUTE, Millis, held_face, short_length
from prehab.domain.fit import Fit
from prehab.domain.gate import BACK_QUESTION, Before
from prehab.errors import UserError
from prehab.tui.ports import Front
from prehab.tui.screens.ask import Answer, Ask
from prehab.tui.screens.scale import Scale
from prehab.tui.telling import Telling
from prehab.tui.told import BrokenOff, Morning

if TYPE_CHECKING:
    from prehab.tui.app import PrehabApp

SOUNDS = ("voice-and-tones", "soft-tones", "silent")
"""The answers to the question about sound, as the setting spells them."""


RUNS = (15, 20, 30, 45, 60)
"""The lengths of a run that are one key away, in minutes."""


class Lead:
    """Asks one thing after the other, each by one key."""

    def __init__(self, app: PrehabApp, front: Front) -> None:
        self._app = app
        self._front = front

    async def prepare(
        self, id: str, *, level: Millis | None = None, within: Millis | None = None, goes_on: bool = False
    ) -> bool:
        """Ask what has to be known, then show the session; says whether it came to that."""
        if not await self._is_accepted():
            return False
        await self._ask_about_sound()
        try:
            back = None
            if not goes_on and await asyncio.to_thread(self._front.asks_back, id):
                told = await self._app.push_screen_wait(Scale(BACK_QUESTION, skip="begin without a number"))
                if told is None:
                    return False
                back = told.score
                instead = await self._gate(id, back)
                if instead is None:
                    return False
                if instead != id:
                    id, level, within = instead, None, None
            if level is None and not goes_on:
                level = await self._ask_about_level(id)
            run = None
            if (
                within is None
                and not goes_on
                and (length := await asyncio.to_thread(self._front.run_length, id))
            ):
                run = await self._ask_about_run(length)
                if run is None:
                    return False
            word = await asyncio.to_thread(self._front.word_before, id)
            session = await asyncio.to_thread(
                self._front.open, id, back=back, level=level, within=within, run=run, goes_on=goes_on
            )
        except UserError as error:
            await self.show_error(error)
            return False
        await self._app.show_session(session)
        if word:
            self._app.notify(word, markup=False, timeout=8)
        return True

    async def _ask_about_run(self, length: Millis) -> Fit | None:
        """How long the run is to be, or that its end is open; `None` for no run."""
        others = (Millis(minutes * MINUTE) for minutes in RUNS)
        lengths = {str(number): one for number, one in enumerate((one for one in others if one != length), 1)}
        answers = (
            Answer(("enter", "space"), short_length(length), "as planned"),
            *(Answer((key,), short_length(one), key) for key, one in lengths.items()),
            Answer(("o",), "Until I end it", "open"),
            Answer(("escape", "q"), "Not now", "no"),
        )
        chosen = await self._app.push_screen_wait(Ask("How long is the run?", "", answers))
        if chosen == "no":
            return None
        return Fit(is_open=True) if chosen == "open" else Fit(run_for=lengths.get(chosen, length))

    async def _ask_about_level(self, id: str) -> Millis | None:
        """Offer the easier form before the first session of what has one."""
        holds = await asyncio.to_thread(self._front.first_levels, id)
        if holds is None:
            return None
        name, easier, usual = holds
        answers = (
            Answer(("enter", "space"), f"Begin with {short_length(usual)}", ""),
            Answer(("k",), f"{name}, {short_length(easier)}", "easier"),
        )
        text = "Either is a good start; it grows from there."
        chosen = await self._app.push_screen_wait(Ask("Never held one?", text, answers))
        return easier if chosen == "easier" else None

    async def _gate(self, id: str, back: int | None) -> str | None:
        """Which routine it is to be after the answer about the back; `None` for none at all."""
        verdict = await asyncio.to_thread(self._front.before, id, back)
        if verdict is Before.GO:
            return id
        if verdict is Before.SAFETY:
            from prehab.tui.screens.reader import the_safety_text

            await self._app.push_screen_wait(the_safety_text())
            return None
        recovery = self._front.recovery()
        if verdict is Before.REST or recovery is None or recovery == id:
            close = (Answer(("enter", "escape", "space", "q"), "Close", ""),)
            text = "Walk, keep moving gently, and look again tomorrow. ! shows the warning signs."
            await self._app.push_screen_wait(
                Ask("Not today: the back needs a rest", text, close, mood="-pain")
            )
            return None
        answers = (
            Answer(("enter",), "The recovery routine instead", "recover"),
            Answer(("escape", "q"), "Nothing now", ""),
        )
        text = await asyncio.to_thread(self._front.instead, id, back)
        chosen = await self._app.push_screen_wait(Ask("Something gentler?", text, answers, mood="-pain"))
        return recovery if chosen == "recover" else None

    async def ask_what_is_open(self) -> None:
        """Ask what earlier sessions left open: where one broke off, and the morning after."""
        try:
            found = await asyncio.to_thread(self._front.broken_off)
            if found is not None and await self._ask_about_broken_off(found):
                return
        except UserError as error:
            await self.show_error(error)
        try:
            await Telling(self._app, self._front).ask_about_run()
        except UserError as error:
            await self.show_error(error)
        await self.ask_about_morning()

    async def _ask_about_broken_off(self, found: BrokenOff) -> bool:
        """Offer to go on where a session broke off; says whether it goes on."""
        chosen = "keep"
        if found.held:
            answers = (
                *((Answer(("enter", "g"), "Go on where it stopped", "on"),) if found.can_go_on else ()),
                Answer(("k", "escape", "q"), "Keep what was done", "keep"),
                Answer(("d",), "Discard it", "discard"),
            )
            text = f"{held_face(found.held)} of work was done, and is kept so far."
            chosen = await self._app.push_screen_wait(Ask(f"{found.name} broke off", text, answers))
        if chosen == "on":
            return await self.prepare(found.routine, goes_on=True)
        decide = self._front.discard if chosen == "discard" else self._front.leave
        await asyncio.to_thread(decide, found.session_id)
        return False

    async def ask_about_morning(self) -> bool:
        """Ask how it is on the morning after a run, and how the back was after the session before.

        Says whether a session may follow: not where the warning signs were shown.
        """
        try:
            if not await Telling(self._app, self._front).ask_about_morning():
                return False
            morning = await asyncio.to_thread(self._front.morning)
            if morning is not None:
                await self._ask_about_morning(morning)
        except UserError as error:
            await self.show_error(error)
        return True

    async def _ask_about_morning(self, morning: Morning) -> None:
        answers = (
            *(Answer((str(number),), was.value, was.value) for number, was in enumerate(gate.Morning, 1)),
            Answer(("enter", "escape", "q"), "Skip", ""),
        )
        from prehab.tui.widgets.marks import day_name

        question = f"{morning.name}, {day_name(morning.day, morning.day)}: the morning after, your back was"
        chosen = await self._app.push_screen_wait(Ask(question, "", answers))
        if not chosen:
            await asyncio.to_thread(self._front.wave_morning_away, morning.session_id)
            return
        await asyncio.to_thread(self._front.tell_morning, morning.session_id, gate.Morning(chosen))
        self._app.read_library()

    async def _is_accepted(self) -> bool:
        """Show the notice before the first session; enter accepts it for good."""
        if self._front.setting("safety.accepted") == "on":
            return True
        answers = (
            Answer(("enter",), "I have read this, begin", "yes"),
            Answer(("escape", "q"), "Not now", "no"),
        )
        text = f"{safety.FIRST_RUN}\n\n{safety.SHORT}"
        if (
            await self._app.push_screen_wait(Ask("Before the first session", text, answers, mood="-pain"))
            != "yes"
        ):
            return False
        try:
            await asyncio.to_thread(self._front.save, "safety.accepted", "on")
        except UserError as error:
            self._app.notify(error.title, markup=False, severity="warning", timeout=8)
        return True

    async def _ask_about_sound(self) -> None:
        """Ask once, in silence, what may be heard."""
        if self._front.setting("sound.choice") in SOUNDS:
            return
        answers = (
            Answer(("enter", "1"), "Voice and tones: follow it without looking", SOUNDS[0]),
            Answer(("2",), "Soft tones only", SOUNDS[1]),
            Answer(("3",), "Silent: the screen shows it", SOUNDS[2]),
        )
        text = (
            "Nothing has been played yet. ↑ ↓ change the volume in a session, m mutes, v changes the voice."
        )
        chosen = await self._app.push_screen_wait(Ask("What may it sound like?", text, answers))
        try:
            await asyncio.to_thread(self._front.choose_sound, chosen)
        except UserError as error:
            self._app.notify(error.title, markup=False, severity="warning", timeout=8)

    async def show_error(self, error: UserError) -> None:
        """Say what could not be done and how to go on."""
        text = "\n\n".join(part for part in (error.detail, error.hint) if part)
        close = (Answer(("enter", "escape", "space", "q"), "Close", ""),)
        await self._app.push_screen_wait(Ask(error.title, text, close, mood="-pain"))
