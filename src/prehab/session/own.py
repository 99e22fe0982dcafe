"""One's own routine files: made, and edited on a copy, so that a broken one never replaces a good one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prehab.config.atomic import write_text
from prehab.domain.routine import AREAS, MAX_NAME, Routine
from prehab.errors import Exit, UserError
from prehab.formats.build import slugify
from prehab.formats.files import Unreadable, read_text
from prehab.formats.json_schema import schema_text
from prehab.formats.problems import UNPRINTABLE, Problem, visible
from prehab.formats.writing import SCHEMA_FILE, renamed, routine_text, template

_EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""Tried in this order where nobody says which."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine file that is being edited, on a copy beside it."""

    target: Path
    """The routine's own file."""
    path: Path
    """The copy to open in an editor. The library passes over it."""
    before: str | None
    """What the routine's own file held when the copy was made; `None` where it could not be read."""
    is_continued: bool = False
    """Whether the copy was left here by an earlier try."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of editing a routine."""

    problems: tuple[Problem, ...]
    """All of them, told of the routine's own file; warnings alone don't keep it from being saved."""
    is_saved: bool
    """Whether the routine's own file has the new text. The copy is kept where it has not."""
    is_changed: bool = True
    """Whether there was anything to save."""

    @property
    def is_broken(self) -> bool:
        """Whether there are errors, which keep it from being played."""
        return any(problem.is_error for problem in self.problems)


def file_for(name: str, folder: Path) -> tuple[Path, str]:
    """Where a new routine of this name goes, and what it is called.

    Raises:
        UserError: if no file can be named so, or one is there already.
    """
    is_path = name.endswith(".toml") or any(mark in name for mark in {os.sep, os.altsep or os.sep})
    stem = Path(name).stem if is_path else name
    routine_id = slugify(stem)
    if not any(letter.isalnum() and letter.isascii() for letter in stem):
        hint = "as in: prehab new after-the-physio"
        raise UserError(f"no file can be named after {visible(name)!r}", hint=hint, exit_code=Exit.USAGE)
    if UNPRINTABLE.search(stem) or len(stem) > MAX_NAME:
        hint = f"take out what can't be shown; {MAX_NAME} characters at most"
        raise UserError(f"no routine can be called {visible(stem)!r}", hint=hint, exit_code=Exit.USAGE)
    path = Path(name).with_name(f"{routine_id}.toml") if is_path else folder / f"{routine_id}.toml"
    if os.path.lexists(path):
        raise UserError(
            f"{visible(str(path))} is there already", hint=f"change it with: prehab edit {routine_id}"
        )
    title = stem.replace("-", " ").replace("_", " ").strip() if stem == routine_id else stem.strip()
    return path, title[0].upper() + title[1:]


def text_of_template(path: Path, title: str) -> str:
    """A commented routine that plays at once."""
    return template(path.stem, title, AREAS)


def text_of_note(note: str, routine: Routine) -> str:
    """A routine from a note, with the note at its head."""
    written = [line.strip() for line in note.strip().splitlines() if line.strip()]
    return routine_text(routine, ["From this note:", *(f"  {line}" for line in written)])


def text_like(source: str, title: str) -> str:
    """The text of another routine, under a new name."""
    return renamed(source, title)


def create(path: Path, text: str) -> None:
    """Write a new file, and the schema beside it for editors; a file that is there stays as it is.

    Raises:
        UserError: if it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path.parent, error) from error
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(f"{visible(str(path))} is there already", hint="choose another name") from None
    except OSError as error:
        raise _unwritable(path, error) from error
    put_schema(path.parent)


def put_schema(folder: Path) -> None:
    """Keep the schema beside a person's routines that of this version; it is a comfort, and may fail."""
    path = folder / SCHEMA_FILE
    try:
        if not path.exists() or path.read_text(encoding="utf-8") != schema_text():
            write_text(path, schema_text())
    except (OSError, ValueError):
        return


def begin(target: Path) -> Draft:
    """Make the copy that is edited, or go on with one that was left.

    Raises:
        UserError: if there is no such file, or no copy can be made beside it.
    """
    path = target.with_name(f".{target.stem}.draft.toml")
    try:
        before: str | None = read_text(target)
    except Unreadable as error:
        if not target.is_file():
            raise UserError(f"{visible(str(target))} {error.message}", hint=error.hint) from None
        before = None
    if path.is_file():
        return Draft(target, path, before, is_continued=True)
    try:
        # Bytes, not text: what can't be read has to be there to be corrected.
        path.write_bytes(target.read_bytes())
    except OSError as error:
        raise _unwritable(path, error) from error
    put_schema(target.parent)
    return Draft(target, path, before)


def finish(draft: Draft, problems: Sequence[Problem]) -> Edited:
    """Put the copy in the place of the routine's file, if it can be played; else keep it for another try.

    Args:
        draft: what was edited.
        problems: what `check` says of the copy.

    Raises:
        UserError: if it can't be written, or the routine's file was changed by somebody else meanwhile.
    """
    told = tuple(replace(problem, file=str(draft.target)) for problem in problems)
    if any(problem.is_error for problem in told):
        return Edited(told, is_saved=False, is_changed=not is_same(draft))
    if is_same(draft):
        discard(draft)
        return Edited(told, is_saved=True, is_changed=False)
    if _now(draft.target) != draft.before:
        raise UserError(
            f"{visible(str(draft.target))} was changed by somebody else meanwhile",
            f"your text is kept in {visible(str(draft.path))}",
            "put the two together, and delete the copy",
        )
    try:
        write_text(draft.target, draft.path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unwritable(draft.target, error) from error
    discard(draft)
    return Edited(told, is_saved=True)


def discard(draft: Draft) -> None:
    """Forget the copy."""
    draft.path.unlink(missing_ok=True)


def editor() -> list[str]:
    """The words that open a person's editor; the file comes after them.

    Raises:
        UserError: if there is none.
    """
    for variable in ("VISUAL", "EDITOR"):
        if written := os.environ.get(variable, "").strip():
            try:
                return shlex.split(written, posix=sys.platform != "win32")
            except ValueError:
                raise UserError(
                    f"${variable} can't be read: {visible(written)}", hint="a quote is open"
                ) from None
    found = next((path for name in _EDITORS if (path := shutil.which(name))), None)
    if found is None:
        raise UserError("no editor is known here", hint="name one: export EDITOR=nano")
    return [found]


def open_editor(draft: Draft) -> None:
    """Run the editor in the foreground.

    Raises:
        UserError: if it can't be run, or says that it failed; the text is kept.
    """
    try:
        words = editor()
    except UserError:
        kept(draft)
        raise
    try:
        code = subprocess.run([*words, str(draft.path)], check=False).returncode
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        held = kept(draft)
        raise UserError(
            f"the editor {visible(words[0])!r} can't be run",
            "\n".join(part for part in (told, held) if part),
            "name another: export EDITOR=nano",
        ) from error
    if code:
        raise UserError(
            f"the editor ended with code {code}, and the routine is as it was",
            kept(draft),
            f"once more: prehab edit {draft.target.stem}",
        )


def kept(draft: Draft) -> str:
    """Keep the copy where anything was written into it, and say so."""
    if is_same(draft):
        discard(draft)
        return ""
    return f"your text is kept in {visible(str(draft.path))}"


def is_same(draft: Draft) -> bool:
    return draft.before is not None and _now(draft.path) == draft.before


def _now(path: Path) -> str | None:
    try:
        return read_text(path)
    except Unreadable:
        return None


def _unwritable(path: Path, error: OSError) -> UserError:
    told = (error.strerror or str(error)).lower()
    return UserError(f"{visible(str(path))} can't be written", told, "choose another place")
