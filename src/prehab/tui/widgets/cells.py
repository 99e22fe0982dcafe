"""What two rows of cells have in common."""

from __future__ import annotations


def span(old: str, new: str) -> tuple[int, int]:
    """The first and the last cell in which two rows differ; the whole row where only their colours do."""
    places = [x for x, (one, other) in enumerate(zip(old, new, strict=False)) if one != other]
    last = max(len(old), len(new)) - 1
    if not places:
        return (0, last)
    return (places[0], places[-1] if len(old) == len(new) else last)
