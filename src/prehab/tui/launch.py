"""Opens the app, with no more loaded than what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prehab.errors import Exit
from prehab.runtime.memory import left_out, share_one_arena
from prehab.tui.apart import screen_apart

if TYPE_CHECKING:
    from prehab.formats.library import Library
    from prehab.session.front import Wish

SECURE = "ssl"
"""What asyncio takes for connections, where it is there: with OpenSSL, 4 MB that nothing here uses."""


def run_app(routine: str | None = None, wish: Wish | None = None, library: Library | None = None) -> int:
    """Show the app until the person leaves it, and answer the exit code.

    Args:
        routine: an id or a path to lead through at once; the app ends with it.
        wish: how that session is to be run.
        library: the routines, where some are read already.

    Raises:
        UserError: when that routine can't be played; nothing was shown then.
    """
    share_one_arena()
    with left_out(SECURE):
        from prehab.tui.app import PrehabApp
    from prehab.tui.desk import Desk

    desk = Desk(wish, library)
    try:
        if routine is not None:
            desk.look_up(routine)
        app = PrehabApp(desk, start=routine)
        with screen_apart():
            code = app.run()
        if app._exception is not None:
            raise app._exception
        return code if code is not None else app.return_code or int(Exit.OK)
    finally:
        desk.close()
