"""`prehab edit`: one's own routine in one's own editor, checked on return."""

from __future__ import annotations

import argparse
import subprocess
import sys

from prehab.cli import report
from prehab.cli.keyboard import Keyboard, keyboard
from prehab.cli.problems import shown
from prehab.domain.duration import HOUR
from prehab.errors import Exit, UserError
from prehab.formats.problems import visible
from prehab.session.front import Prehab
from prehab.session.own import Draft, discard, editor, is_same


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
        _open(draft)
        edited = prehab.finish(draft)
        for problem in edited.problems:
            report.paragraph("\n".join(shown(problem)))
        if not edited.is_broken:
            report.notice("nothing was changed" if not edited.is_changed else f"saved: {draft.target}")
            return Exit.OK
        if not _wants_back():
            return _leave(draft)


def _open(draft: Draft) -> None:
    """Run the editor in the foreground.

    Raises:
        UserError: if it can't be run, or says that it failed; the text is kept.
    """
    words = editor()
    try:
        code = subprocess.run([*words, str(draft.path)], check=False).returncode
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        kept = _kept(draft)
        raise UserError(
            f"the editor {visible(words[0])!r} can't be run",
            "\n".join(part for part in (told, kept) if part),
            "name another: export EDITOR=nano",
        ) from error
    if code:
        raise UserError(
            f"the editor ended with code {code}, and the routine is as it was",
            _kept(draft),
            f"once more: prehab edit {draft.target.stem}",
        )


def _kept(draft: Draft) -> str:
    """Keep the copy where anything was written into it, and say so."""
    if is_same(draft):
        discard(draft)
        return ""
    return f"your text is kept in {visible(str(draft.path))}"


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
    if kept := _kept(draft):
        report.notice(f"the routine is as it was; {kept}")
        report.notice(f"go on with it: prehab edit {draft.target.stem}")
    return Exit.FAILED
