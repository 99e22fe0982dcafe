"""What to do and what to avoid, in the few lines there are."""

from __future__ import annotations

from prehab.tui.widgets.sheet import Lines, Piece, shortened, wrapped


def advice(do: str, avoid: str) -> Lines:
    """Lay both texts out; what to do comes first, and what is cut is marked."""

    def lines(width: int, height: int) -> list[list[Piece]]:
        doing, avoiding = list(wrapped(do, width)), list(wrapped(avoid, width))
        for_avoid = min(len(avoiding), max(height // 2, height - len(doing)))
        for_do = min(len(doing), height - for_avoid) if height > 1 else min(1, len(doing))
        shown: list[list[Piece]] = [[(line, "")] for line in _cut(doing, for_do, width)]
        shown += [[(line, "quiet")] for line in _cut(avoiding, height - for_do, width)]
        return shown[:height]

    return lines


def _cut(lines: list[str], most: int, width: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", width)] if most > 0 else []
