"""Lays a page of Markdown out as plain lines: headings, paragraphs, lists and tables, links at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prehab.tui.widgets.sheet import Piece, hanging, wrapped

_REFERENCE = re.compile(r"\[([^\]]+)\]: (\S+)")
_LINK = re.compile(r"\[([^\[\]]+)\]\[([A-Z0-9]+)\]")
_CITED = re.compile(r"\[\[([^\]]+)\]\]")


def page(text: str, width: int) -> list[list[Piece]]:
    """The lines of a page for a width."""
    lines: list[list[Piece]] = []
    sources: list[tuple[str, str]] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        rows = block.splitlines()
        if all(_REFERENCE.match(row) for row in rows):
            sources += [found.groups() for row in rows if (found := _REFERENCE.match(row))]  # type: ignore[misc]
        else:
            lines += [*_block(rows, width), []]
    if sources:
        lines.append([("Sources", "kind")])
        indent = max(len(name) for name, _ in sources) + 2
        for name, address in sources:
            lines += [[(lead, "quiet"), (part, "")] for lead, part in hanging(name, address, width, indent)]
    return lines


def _block(rows: Sequence[str], width: int) -> Iterator[list[Piece]]:
    first = rows[0]
    if first.startswith("#"):
        for line in wrapped(_plain(first.lstrip("# ")), width):
            yield [(line, "kind")]
    elif first.startswith("|"):
        yield from _table(rows, width)
    elif first.startswith("* "):
        for item in " ".join(row.strip() for row in rows).removeprefix("* ").split(" * "):
            yield from ([(lead, "quiet"), (line, "")] for lead, line in hanging("·", _plain(item), width, 2))
    else:
        for line in wrapped(_plain(" ".join(rows)), width):
            yield [(line, "")]


def _table(rows: Sequence[str], width: int) -> Iterator[list[Piece]]:
    """Each row as a small paragraph: what it is about, then its cells with the heading of their column."""
    head, *body = [[_plain(cell.strip()) for cell in row.strip("|").split("|")] for row in rows]
    for number, cells in enumerate(body[1:]):
        if number:
            yield []
        for line in wrapped(cells[0], width):
            yield [(line, "strong")]
        for title, cell in zip(head[1:], cells[1:], strict=False):
            for line in wrapped(f"{title}: {cell}", width - 2):
                yield [("  ", ""), (line, "")]


def _plain(text: str) -> str:
    text = _CITED.sub(r"[\1]", text)
    text = _LINK.sub(r"\1 [\2]", text)
    return text.replace("**", "").replace("`", "")
