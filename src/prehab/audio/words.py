"""Written text as words that a voice reads well: `3 x 30 s, L` is `three times thirty seconds, left.`"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_SPELLED_UP_TO = 999_999

_UNITS = {
    "s": "second", "sec": "second", "secs": "second", "min": "minute", "mins": "minute", "h": "hour",
    "hr": "hour", "hrs": "hour", "km": "kilometre", "m": "metre", "cm": "centimetre", "mm": "millimetre",
    "kg": "kilogram", "lb": "pound", "lbs": "pound", "rep": "rep", "reps": "rep",
}  # fmt: skip
_GLUED_UNITS = {"h": "hour", "m": "minute", "s": "second"}
"""In `1m30s` and `2m` an m is a minute, as in a routine file; in `200 m` it is a metre."""

_MEANT = str.maketrans({
    "’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "×": "x", "⁄": "/",
    "…": "...", "(": ",", ")": ",", "[": ",", "]": ",", "{": ",", "}": ",",
})  # fmt: skip
_SYMBOLS = {
    "&": " and ", "+": " plus ", "%": " percent ", "°": " degrees ", "@": " at ", "=": " equals ",
    "~": " about ", "→": ", ",
}  # fmt: skip
_KEPT = frozenset(" .,;:!?'-/#")
"""The marks that mean something to a voice, or to the rules below."""

_ESCAPE = re.compile(r"\x1b\[[0-9;:?]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
"""Terminal escapes, whole: what is left of one is no word."""

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_UNIT_NAMES = "|".join(sorted(_UNITS, key=len, reverse=True))


@lru_cache(maxsize=4096)
def say_well(written: str) -> str:
    """Spell out numbers, units, signs and sides, and keep no mark that a voice could take for markup.

    Text without a word in it comes out empty. What comes out, put in again, stays as it is.
    """
    text = _plain(_ESCAPE.sub(" ", written))
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return _tidy(text)


def is_count(said: str) -> bool:
    """Whether what `say_well` made is a number alone: counted on the beat, so that it may not start late."""
    return all(word in _NUMBER_WORDS for word in re.split(r"[ -]", said.rstrip(".!"))) if said else False


@lru_cache(maxsize=512)
def spell_number(number: int) -> str:
    """Write a whole number in words; past 999 999 digit by digit."""
    if number > _SPELLED_UP_TO:
        return " ".join(_SMALL[int(digit)] for digit in str(number))
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        said = f"{spell_number(thousands)} thousand"
        if not rest:
            return said
        return f"{said} and {spell_number(rest)}" if rest < 100 else f"{said} {spell_number(rest)}"
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        said = f"{_SMALL[hundreds]} hundred"
        return f"{said} and {spell_number(rest)}" if rest else said
    if number >= 20:
        tens, rest = divmod(number, 10)
        return f"{_TENS[tens]}-{_SMALL[rest]}" if rest else _TENS[tens]
    return _SMALL[number]


_NUMBER_WORDS = frozenset({*_SMALL, *_TENS[2:], "hundred", "thousand", "and"})


def _plain(written: str) -> str:
    """Reduce to letters, ASCII digits and a handful of marks; accents stay, pictures and controls go."""
    folded = written.translate(_MEANT)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", folded).translate(_MEANT)
    return "".join(map(_plain_character, folded))


def _plain_character(char: str) -> str:
    if char in _KEPT or char in "0123456789":
        return char
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if char.isascii():
        # Most text is; the tables of all other characters, a megabyte, then stay on the disk.
        return char if char.isalpha() else " "
    if char.isdigit():
        return str(unicodedata.digit(char))
    kind = unicodedata.category(char)
    if kind[0] in "LM":
        return char
    return "" if kind == "Cf" else " "


def _spell(digits: str) -> str:
    """Write `12`, `007` or `2.5` in words."""
    whole, _, fraction = digits.partition(".")
    if whole.startswith("0") and len(whole) > 1:
        said = " ".join(_SMALL[int(digit)] for digit in whole)
    else:
        said = spell_number(int(whole)) if len(whole) < 7 else " ".join(_SMALL[int(digit)] for digit in whole)
    if fraction:
        said += " point " + " ".join(_SMALL[int(digit)] for digit in fraction)
    return said


def _with_unit(digits: str, unit: str) -> str:
    return f"{_spell(digits)} {unit}" if digits == "1" else f"{_spell(digits)} {unit}s"


def _clock(found: re.Match[str]) -> str:
    """`1:30` is one minute thirty, `0:45` forty-five seconds, `1:02:03` one hour two minutes three."""
    hours, minutes, secs = (int(part or 0) for part in found.groups())
    if not hours and not minutes:
        return _with_unit(str(secs), "second")
    said = [_with_unit(str(hours), "hour")] if hours else []
    if minutes:
        said.append(_with_unit(str(minutes), "minute"))
    if secs:
        said.append(spell_number(secs) if minutes else _with_unit(str(secs), "second"))
    return " ".join(said)


def _glued(found: re.Match[str]) -> str:
    """`1m30s` is one minute thirty seconds."""
    parts = re.findall(r"([0-9]+)([hms])", found.group())
    return " ".join(_with_unit(digits, _GLUED_UNITS[unit]) for digits, unit in parts)


def _ordinal(found: re.Match[str]) -> str:
    said = _spell(found.group(1))
    head, cut, last = _last_word(said)
    if last in _ORDINALS:
        return head + cut + _ORDINALS[last]
    return head + cut + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def _last_word(said: str) -> tuple[str, str, str]:
    place = max(said.rfind(" "), said.rfind("-"))
    return (said[:place], said[place], said[place + 1 :]) if place >= 0 else ("", "", said)


def _year(found: re.Match[str]) -> str:
    """`2021` is twenty twenty-one, `2005` two thousand and five, `1900` nineteen hundred."""
    century, rest = divmod(int(found.group()), 100)
    if century == 20 and rest < 10:
        return spell_number(int(found.group()))
    if not rest:
        return f"{spell_number(century)} hundred"
    return f"{spell_number(century)} {'oh ' if rest < 10 else ''}{spell_number(rest)}"


_FRACTIONS = {
    "1/2": "half",
    "1/4": "a quarter",
    "3/4": "three quarters",
    "1/3": "a third",
    "2/3": "two thirds",
}

_Replacement = str | Callable[[re.Match[str]], str]

_RULES: tuple[tuple[re.Pattern[str], _Replacement], ...] = (
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),
    (re.compile(r"(?<![0-9/])(?:1/[234]|[23]/[34])(?![0-9/])"), lambda m: f" {_FRACTIONS.get(m[0], m[0])} "),
    (re.compile(r"(?<![0-9:])(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?![0-9:])"), _clock),
    (re.compile(r"(?<![\w.])(?:[0-9]+h(?:[0-9]+m)?(?:[0-9]+s)?|[0-9]+m(?:[0-9]+s)?|[0-9]+s)(?!\w)"), _glued),
    (re.compile(r"([0-9]+)(?:st|nd|rd|th)(?!\w)"), _ordinal),
    (re.compile(rf"({_NUMBER}) ?x ?(?=[0-9])", re.IGNORECASE), lambda m: f"{_spell(m[1])} times "),
    (re.compile(rf"({_NUMBER})x(?!\w)", re.IGNORECASE), lambda m: f"{_spell(m[1])} times"),
    (re.compile(rf"({_NUMBER}) ?- ?(?={_NUMBER})"), lambda m: f"{_spell(m[1])} to "),
    (
        re.compile(rf"(?<=\b[Aa] )({_NUMBER})[ -]?({_UNIT_NAMES})(?= [a-z])"),
        lambda m: f"{_spell(m[1])} {_UNITS[m[2]]}",
    ),
    (
        re.compile(rf"(?<![0-9.])({_NUMBER}) ?({_UNIT_NAMES})(?!\w)"),
        lambda m: " " + _with_unit(m[1], _UNITS[m[2]]),
    ),
    (re.compile(r"(?<![\w.,/-])(?:19|20)[0-9]{2}(?![\w/]|[.,][0-9])"), _year),
    (re.compile(r"#(?=[0-9])"), " number "),
    (re.compile(rf"(?:(?<=\s)|^)-(?={_NUMBER})"), "minus "),
    (re.compile(r"(?<=[^\W0-9])(?=[0-9])"), "-"),
    (re.compile(r"(?<=[0-9])(?=[^\W0-9])"), " "),
    (re.compile(_NUMBER), lambda m: _spell(m[0])),
    (re.compile(r"(?<=\w)\.(?=\w)"), "-"),
    (re.compile(r"[/#]"), " "),
)
"""In order: each finds what the ones before it left."""


def _tidy(text: str) -> str:
    """Close gaps, keep one mark where several meet, and end like a sentence so that the voice falls."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?<!\w)[-']+(?!\w)|(?<!\w)-+|-+(?!\w)|-{2,}", ",", text)
    text = re.sub(r"[\s,.;:!?]*([.!?])[\s,.;:!?]*", r"\1 ", text)
    text = re.sub(r"[\s,;:]*([,;:])[\s,;:]*", r"\1 ", text)
    text = text.strip(" ,;:.!?'-")
    if not any(char.isalpha() for char in text):
        return ""
    text = re.sub(r"(?<![\w'-])L(?![\w'-])", "left", text)
    text = re.sub(r"(?<![\w'-])R(?![\w'-])", "right", text)
    return f"{text}."
