"""What a person typed, as routines: an id, a path, a physio's note, or several of these with + between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prehab.errors import Exit, UserError
from prehab.formats.library import Library
from prehab.formats.problems import visible

if TYPE_CHECKING:
    from prehab.domain.routine import Routine, Step

MOST = 12
"""So many routines may be done in a row."""
NOTE = "note-"
"""How the id of a routine begins that is a note and no file."""
_NOTE_ID = 40
"""A note is known in the history by so much of its moves."""


def parts(library: Library, typed: str) -> tuple[str, ...]:
    """The words for each routine of several in a row.

    Raises:
        UserError: if there are too many, or none between two plus signs.
    """
    typed = typed.strip()
    if _is_one(library, typed):
        return (typed,)
    found = tuple(re.split(r"(?:^|\s+)\+(?:\s+|$)", typed))
    glued = tuple(typed.split("+"))
    if len(found) == 1 and all(_is_one(library, part) for part in glued):
        found = glued
    if len(found) > MOST:
        raise UserError(f"{len(found)} routines in a row are too many", hint=f"{MOST} are the most")
    if not all(part.strip(" +") for part in found):
        raise UserError(
            f"a routine is missing in {visible(typed)!r}",
            hint="as in: prehab start warmup-short + plank",
            exit_code=Exit.USAGE,
        )
    return tuple(part.strip() for part in found)


def routine_of(library: Library, moves: Sequence[Step] | None, typed: str) -> Routine:
    """The one routine that these words name, or describe.

    Args:
        library: where routines are found.
        moves: known steps, from which a note borrows; `None` for those of the bundled routines.
        typed: an id, a path or a note.

    Raises:
        UserError: if they do neither, or if it can't be played.
    """
    if _is_one(library, typed) or typed.endswith(".toml"):
        return library.routine(typed)
    from prehab.formats.note import looks_like_note  # a page of patterns, which an id does without

    if looks_like_note(typed):
        return from_note(typed, moves)
    words = typed.split()
    if len(words) > 1 and all(_is_one(library, word) for word in words):
        raise UserError(
            f"no routine called {visible(typed)!r}",
            hint=f"several in a row have a + between: {' + '.join(words)}",
        )
    return library.routine(typed)


def from_note(note: str, moves: Sequence[Step] | None = None, name: str = "") -> Routine:
    """Read a physio's note; its id comes from its moves, so that the same note is the same in the history.

    Raises:
        NoteError: pointing at the character where it can't be understood.
    """
    from dataclasses import replace

    from prehab.formats.build import slugify
    from prehab.formats.note import parse_note

    routine = parse_note(note, bundled_moves() if moves is None else moves, name=name)
    slug = slugify(" ".join(step.name for step in routine.steps()))[:_NOTE_ID].strip("-")
    return replace(routine, id=f"{NOTE}{slug}")


def bundled_moves() -> tuple[Step, ...]:
    """Every step of the bundled routines."""
    entries = Library().entries()
    return tuple(step for entry in entries if entry.routine is not None for step in entry.routine.steps())


def _is_one(library: Library, typed: str) -> bool:
    """Whether this is the id of a routine or a file, whatever else it looks like."""
    if typed in library.ids():
        return True
    try:
        return Path(typed).is_file()
    except (OSError, ValueError):
        return False
