"""The words of what is said; when there is time for them is `narration`'s business."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prehab.domain.duration import Millis, spoken_length
from prehab.domain.timeline import Segment, Work

_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The same announcement at several lengths."""

    full: str
    """With everything that there may be time for."""
    core: str
    """Name and side."""
    least: str
    """What is left when even the side has no time."""
    brief: str
    """What a voice set to `short` says."""


def number_word(number: int) -> str:
    """Write a small number as a word; larger ones stay digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def call(work: Work) -> str:
    """Name and side, as in `Side plank, left side`."""
    return work.spoken + _side(work)


def names(work: Work) -> bool:
    """Whether the work is called by its name: it opens a step, and is not another side or set of it."""
    return work.set == 1 and work.bout == 1 and work.side is work.step.sides[0]


def wording(segment: Segment, *, is_last_step: bool, is_bare: bool) -> Wording:
    """The words that announce a work.

    Args:
        segment: the work.
        is_last_step: whether it opens the last step of the routine.
        is_bare: whether it is said so late that `Next:` would be wrong.
    """
    work = segment.work
    if not names(work):
        return _again(work)
    lead = "Last one: " if is_last_step else "Next: "
    name = lower_first(work.spoken)
    core = f"{lead}{name}{_side(work)}"
    if is_bare:
        return Wording(core if is_last_step else call(work), call(work), work.spoken, call(work))
    amount = _amount(segment)
    return Wording(f"{core}, {amount}" if amount else core, core, f"{lead}{name}", call(work))


def _again(work: Work) -> Wording:
    """The second side and later sets: the name is known."""
    side = "" if work.side is None else f"{work.side.value} side"
    if work.side is not work.step.sides[0]:
        text = f"{side.capitalize()}."
        return Wording(text, text, text, text)
    is_last = work.set == work.sets
    count = "Last set" if is_last else f"Set {number_word(work.set)} of {number_word(work.sets)}"
    text = f"{count}, {side}." if side else f"{count}."
    return Wording(text, text, f"{count}.", text)


def rest_words(length: Millis) -> str:
    """What is said at the start of a long rest."""
    return f"Rest. {spoken_length(length).capitalize()}."


def sentences(text: str) -> list[str]:
    """Split a text where a voice can stop."""
    return [part for part in re.split(r"(?<=[.!?;])\s+", text.strip()) if part]


def lower_first(text: str) -> str:
    """Lower the first letter inside a sentence, unless the word is no plain one, as in `T-spine`."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    is_plain = word[1:2].islower() and word[1:] == word[1:].lower()
    return text[:1].lower() + text[1:] if is_plain else text


def _side(work: Work) -> str:
    return "" if work.side is None else f", {work.side.value} side"


def _amount(segment: Segment) -> str:
    step, bouts = segment.work.step, segment.work.bouts
    if step.reps is not None:
        return f"{step.reps} reps" if step.reps > 1 else "1 rep"
    if segment.length is None:
        return ""
    length = spoken_length(segment.length)
    return f"{number_word(bouts)} times {length}" if bouts > 1 else length
