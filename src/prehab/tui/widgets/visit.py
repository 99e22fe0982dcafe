"""Why somebody should be seen, and the lines of an ordinary visit."""

from __future__ import annotations

from prehab.domain import safety
from prehab.tui.widgets.sheet import Piece, hanging, wrapped


def visit_lines(why: str, width: int) -> list[list[Piece]]:
    """What the diary noticed, and when to book a visit, laid out."""
    heading, *signs = safety.visit().splitlines()
    body: list[list[Piece]] = [[(line, "pain")] for line in wrapped(why, width)]
    body += [[], *([(line, "")] for line in wrapped(heading, width))]
    for sign in signs:
        said = sign.strip().removeprefix("- ")
        body += [[(lead, "pain"), (line, "")] for lead, line in hanging("·", said, width, 3)]
    return [*body, []]
