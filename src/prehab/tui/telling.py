"""Tells the diary of runs and of how sore it is, and asks about both at the right moment."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from prehab.domain.diary import CheckIn, Place, Run
from prehab.errors import UserError
from prehab.tui.ports import Front
from prehab.tui.screens.ask import Answer, Ask

if TYPE_CHECKING:
    from prehab.session.diary import Answered
    from prehab.tui.app import PrehabApp
    from prehab.tui.screens.soreness import Said


class Telling:
    """One form or question after the other."""

    def __init__(self, app: PrehabApp, front: Front) -> None:
        self._app = app
        self._front = front

    async def tell_of_run(self, run: Run | None = None) -> None:
        """Show the form, with what is known already, and keep what was said.

        Args:
            run: what is known; left out, the run that was probably just done, or one that begins now.
        """
        from prehab.tui.form import known_shoes
        from prehab.tui.screens.run import RunScreen

        diary = self._front.diary()
        now = diary.now()
        is_new = False
        if run is None:
            proposed = await asyncio.to_thread(diary.run_to_confirm)
            is_new = proposed is None
            run = proposed if proposed is not None else await asyncio.to_thread(diary.blank, now)
        shoes = known_shoes(await asyncio.to_thread(diary.diary))
        told = await self._app.push_screen_wait(RunScreen(run, now, shoes, ends_now=is_new))
        if told is not None:
            # What was proposed belonged to the time that was proposed; what the person said stays.
            anew = await asyncio.to_thread(diary.filled, replace(told, warm_up=None, stretch=None))
            warm_up = anew.warm_up if told.warm_up == run.warm_up else told.warm_up
            stretch = anew.stretch if told.stretch == run.stretch else told.stretch
            await self._keep(replace(told, warm_up=warm_up, stretch=stretch))

    async def change_run(self, run: Run) -> Run | None:
        """Show the form of a run that is in the diary; what was kept, or `None` where nothing was."""
        from prehab.tui.form import known_shoes
        from prehab.tui.screens.run import RunScreen

        diary = self._front.diary()
        shown = await asyncio.to_thread(diary.filled, run)
        shoes = known_shoes(await asyncio.to_thread(diary.diary))
        told = await self._app.push_screen_wait(RunScreen(shown, diary.now(), shoes))
        if told is None:
            return None
        # What the sessions know of it is looked up again each time; only what the person says is kept.
        warm_up = run.warm_up if told.warm_up == shown.warm_up else told.warm_up
        stretch = run.stretch if told.stretch == shown.stretch else told.stretch
        kept = replace(told, warm_up=warm_up, stretch=stretch)
        await asyncio.to_thread(diary.log_run, kept)
        return kept

    async def _keep(self, run: Run) -> None:
        """Keep a run; what fits after one comes to the top of home."""
        await asyncio.to_thread(self._front.diary().log_run, run)
        self._app.notify("The run is in the diary.", markup=False, timeout=3)
        self._app.show_today()

    async def ask_about_run(self) -> None:
        """Ask whether somebody ran who warmed up today; enter is yes."""
        from prehab.session.diary import ran

        diary = self._front.diary()
        run = await asyncio.to_thread(lambda: diary.run_to_confirm(is_asked_for=False))
        if run is None:
            return
        answers = (
            Answer(("enter", "y"), "Yes", "yes"),
            Answer(("m", "c"), "Yes, and more to tell", "more"),
            Answer(("n", "escape", "q"), "No", "no"),
        )
        chosen = await self._app.push_screen_wait(Ask(ran(run), "", answers))
        if chosen == "yes":
            await self._keep(run)
        elif chosen == "more":
            await self.tell_of_run(run)
        else:
            await asyncio.to_thread(diary.wave_run_away, run)

    async def ask_about_morning(self) -> bool:
        """Ask how sore it is where this is the morning after a run; whether anything else may follow."""
        diary = self._front.diary()
        run = await asyncio.to_thread(diary.run_to_ask)
        if run is None:
            return True
        answered = await self.tell_of_soreness("The morning after a run: how sore is it?")
        if answered is None:
            await asyncio.to_thread(diary.wave_morning_away, run)
        return answered is None or not answered.is_safety

    async def tell_of_soreness(self, title: str = "How sore is it?") -> Answered | None:
        """Ask how sore it is, keep it, and show what it calls for; `None` where it was skipped."""
        from prehab.tui.screens.soreness import SorenessScreen

        said = await self._app.push_screen_wait(SorenessScreen(title))
        if said is None or said.is_nothing:
            return None
        answered = await asyncio.to_thread(self._log, said)
        self._app.read_library()
        await self._show_what_it_calls_for(answered)
        return answered

    async def change_check_in(self, page: CheckIn) -> Answered | None:
        """Show the check-in as it was answered, and keep what is said now; `None` where it was left alone."""
        from prehab.tui.screens.soreness import Said, SorenessScreen

        scores = {entry.area: entry.score for entry in page.entries}
        sides = {entry.area: entry.side for entry in page.entries if entry.side is not None}
        title = "How sore was it?"
        said = await self._app.push_screen_wait(SorenessScreen(title, Said(scores, sides)))
        if said is None:
            return None
        diary = self._front.diary()
        answered = await asyncio.to_thread(
            lambda: diary.change(page, said.scores, said.sides, is_sharp=said.is_sharp)
        )
        await self._show_what_it_calls_for(answered)
        return answered

    async def _show_what_it_calls_for(self, answered: Answered) -> None:
        """The warning signs, or the lines of a visit; and why nothing could be kept."""
        if answered.trouble is not None:
            self._app.notify(answered.trouble.title, markup=False, severity="warning", timeout=8)
        if answered.is_safety:
            from prehab.tui.screens.reader import the_safety_text

            await self._app.push_screen_wait(the_safety_text())
        elif answered.see_somebody:
            from prehab.tui.screens.reader import Reader
            from prehab.tui.widgets.visit import visit_lines

            why = answered.see_somebody
            reader = Reader("Show it to somebody", lambda width, height: visit_lines(why, width))
            await self._app.push_screen_wait(reader)

    def _log(self, said: Said) -> Answered:
        """Keep the scores, those of one side together; the warning signs come after any of them."""
        diary = self._front.diary()
        now = diary.now()
        by_side: defaultdict[Place | None, dict[str, int]] = defaultdict(dict)
        for area, score in said.scores.items():
            by_side[said.sides.get(area)][area] = score
        told = [diary.log_soreness(scores, at=now, side=side) for side, scores in by_side.items()]
        nothing = diary.log_soreness({}, at=now, is_sharp=said.is_sharp)
        return replace(
            nothing,
            entries=tuple(entry for one in told for entry in one.entries),
            is_safety=nothing.is_safety or any(one.is_safety for one in told),
            trouble=next((one.trouble for one in told if one.trouble is not None), None),
        )

    async def tell(self, name: str) -> None:
        """Open the form of a key on home, or ask about the run that just ended; say so when that fails."""
        try:
            if name == "run":
                await self.tell_of_run()
            elif name == "ran":
                await self.ask_about_run()
            else:
                await self.tell_of_soreness()
        except UserError as error:
            from prehab.tui.lead import Lead

            await Lead(self._app, self._front).show_error(error)
