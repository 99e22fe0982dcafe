"""`prehab edit`: one's own routine in one's own editor, checked on return."""

from __future__ import annotations

import argparse
import sys

from prehab.cli import report
from prehab.cli.keyboard import Keyboard, keyboard
from prehab.domain.duration import HOUR
from prehab.errors import Exit
from prehab.formats.problems import shown
from prehab.session.front import Prehab
from prehab.session.own import Draft, kept, open_editor


def configure(parser: argparse.ArgumentParser) -> None:
    """Which one."""
    parser.add_argument("routine", metavar="ROUTINE", help="one of your own routines, by id or path")


def run(args: argparse.Namespace) -> Exit:
    """Open the editor as often as the person wants to go back to it."""
    prehab = Prehab()
    draft = prehab.draft(args.routine)
    if draft.is_continued:
        report.notice(f"going on with the text that was kept in {draft.path}")
    while True:
        open_editor(draft)
        edited = prehab.finish(draft)
        for problem in edited.problems:
            report.paragraph("\n".join(shown(problem)))
        if not edited.is_broken:
            report.notice("nothing was changed" if not edited.is_changed else f"saved: {draft.target}")
            return Exit.OK
        if not _wants_back():
            return _leave(draft)


def _wants_back() -> bool:
    """Ask, where there is somebody to ask."""
    if not sys.stdin.isatty():
        return False
    with keyboard() as keys:
        return _answer(keys)


def _answer(keys: Keyboard) -> bool:
    report.paragraph(
        "Back to the editor? Enter goes back, q leaves the routine as it was and keeps your text."
    )
    while True:
        pressed = keys.wait(HOUR)
        if pressed in ("enter", "e", "y", "space"):
            return True
        if pressed in ("q", "n", "escape", "ctrl+c"):
            return False


def _leave(draft: Draft) -> Exit:
    if told := kept(draft):
        report.notice(f"the routine is as it was; {told}")
        report.notice(f"go on with it: prehab edit {draft.target.stem}")
    return Exit.FAILED
