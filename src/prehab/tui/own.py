"""One's own routines: changed in one's own editor; made from nothing, from a note, or from another one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prehab.domain.duration import short_length
from prehab.errors import UserError
from prehab.session.own import kept, open_editor
from prehab.session.sheet import doses
from prehab.tui.lead import Lead
from prehab.tui.ports import Front
from prehab.tui.screens.ask import Answer, Ask
from prehab.tui.screens.new import NewScreen
from prehab.tui.widgets.pointed import problem_lines

if TYPE_CHECKING:
    from prehab.session.own import Draft, Edited
    from prehab.tui.app import PrehabApp


class Own:
    """Asks what has to be asked, and gives the terminal to the editor and takes it back."""

    def __init__(self, app: PrehabApp, front: Front) -> None:
        self._app = app
        self._front = front

    async def edit(self, id: str, name: str) -> None:
        """Change a routine; of a bundled one, make a copy that can be changed."""
        try:
            draft = await asyncio.to_thread(self._front.draft, id)
            if draft is None:
                await self._offer_copy(id, name)
                return
            if draft.is_continued:
                self._say("Going on with the text that was kept.")
            while draft is not None:
                draft = await self._once(id, name, draft)
        except UserError as error:
            await Lead(self._app, self._front).show_error(error)
        self._app.show_routine(id)

    async def _once(self, id: str, name: str, draft: Draft) -> Draft | None:
        """Open the editor, check, and tell; gives what is to be edited next, if anything."""
        self._app.outside(lambda: open_editor(draft))
        edited = await asyncio.to_thread(self._front.finish, draft)
        if edited.is_broken:
            if await self._goes_back("Not saved", edited, "Leave it; your text is kept"):
                return draft
            if told := await asyncio.to_thread(kept, draft):
                self._say(f"The routine is as it was; {told}.")
            return None
        self._app.show_routine(id)
        if not edited.is_changed:
            self._say("Nothing was changed.")
        elif not edited.problems:
            self._say(f"Saved: {name}")
        elif await self._goes_back("Saved", edited, "Good as it is", is_saved=True):
            return await asyncio.to_thread(self._front.draft, id)
        return None

    async def _goes_back(self, title: str, edited: Edited, leave: str, *, is_saved: bool = False) -> bool:
        """Show what is wrong or doubtful, and ask whether to go back to the editor."""
        count = len(edited.problems)
        back = Answer(("e",) if is_saved else ("enter", "e"), "Back to the editor", "back")
        away = Answer(("enter", "escape", "q") if is_saved else ("escape", "q"), leave, "")
        question = f"{title}: {count} problem{'' if count == 1 else 's'}"
        if is_saved:
            question = f"{title}; {count} thing{'' if count == 1 else 's'} to look at"
        chosen = await self._app.push_screen_wait(
            Ask(
                question,
                problem_lines(edited.problems),
                (away, back) if is_saved else (back, away),
                mood="-wide" if is_saved else "-wide -pain",
            )
        )
        return chosen == "back"

    async def _offer_copy(self, id: str, name: str) -> None:
        answers = (
            Answer(("enter",), "Make a copy of my own and change it", "copy"),
            Answer(("escape", "q"), "Leave it", ""),
        )
        text = "It comes with prehab and stays as it is."
        if await self._app.push_screen_wait(Ask(f"Change {name}?", text, answers)) != "copy":
            return
        made = await self._app.push_screen_wait(NewScreen(self._front, like=id, like_name=name))
        if made is not None:
            self._app.show_routine(made)
            await self.edit(made, self._front.preview(made).routine.name)

    async def make(self) -> str | None:
        """Make a routine, and give its id if it is to be played at once."""
        made = await self._app.push_screen_wait(NewScreen(self._front))
        if made is None:
            return None
        self._app.show_routine(made)
        try:
            timeline = await asyncio.to_thread(self._front.preview, made)
        except UserError as error:
            await Lead(self._app, self._front).show_error(error)
            return None
        answers = (
            Answer(("enter",), "Play it", "play"),
            Answer(("e",), "Change it in my editor", "edit"),
            Answer(("escape", "q"), "Back to the list", ""),
        )
        name = timeline.routine.name
        title = f"{name}, {short_length(timeline.total)}"
        chosen = await self._app.push_screen_wait(Ask(title, "\n".join(doses(timeline)), answers))
        if chosen == "edit":
            await self.edit(made, name)
        return made if chosen == "play" else None

    def _say(self, text: str) -> None:
        self._app.notify(text, markup=False, timeout=4)
