"""What a person meant where the TOML reader stopped: its messages in plain words, and the commonest slips."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prehab.domain.duration import meant_duration
from prehab.formats.problems import visible

_WORDS = (
    ("Cannot overwrite a value", "is there already", "one table has each key once"),
    ("Duplicate inline table key", "is there already", "one table has each key once"),
    ("Cannot declare", "is there already", "one table has one header; [[step]] begins another step"),
    ("Cannot mutate", "can't be added to", "what stands in { … } is complete"),
    ("Cannot redefine", "can't be added to", "what belongs to a table stands below its own header"),
    ("Invalid value", "no value that TOML knows", 'text stands in quotes, as in name = "Plank"'),
    ("Expected '=' after a key", "no = after the key", 'a line reads key = "value"'),
    ("Invalid statement", "no key and no header", 'a line reads key = "value", [pace] or [[step]]'),
    ("Expected newline", "something follows the value", "one key to a line; text stands in quotes"),
    ("Unclosed array", "a comma or a closing bracket is missing", 'an array reads ["calves", "hips"]'),
    ("Unclosed inline table", "a comma or a closing brace is missing", 'a table reads { from = "30s", … }'),
    ("Expected ']' at the end of a table", "a closing bracket is missing", "a header reads [pace]"),
    ("Expected ']]' at the end", "two closing brackets are missing", "a header reads [[step]]"),
    ("Invalid initial character for a key", "no key", "a key is made of letters, digits and hyphens"),
    ("Unescaped '\\'", "a backslash that means nothing", r"write \\ for one"),
    ("Invalid hex value", "a character code that is none", r"write \\ for a backslash"),
    ("Escaped character is not", "a character code that is none", r"write \\ for a backslash"),
    ("Invalid date", "a date or time that does not exist", "text and durations stand in quotes"),
    ("Found invalid character", "a control character", "delete it"),
    ("Illegal character", "a control character", "delete it"),
)
"""How the reader's messages begin, what they mean, and the way out."""

_ENDS_A_TEXT = (
    "Illegal character '\\n'",
    "Found invalid character '\\n'",
    "Expected \"'",
    "Unterminated string",
)
_KEY = r'[ \t]*(?:[A-Za-z0-9_.-]+|"[^"\n]*")[ \t]*=[ \t]*'
_BARE_VALUE = re.compile(rf"{_KEY}(?P<value>[^\s\"'\[\]{{}}#=,“”„‘’][^\"'\[\]{{}}#=\n]*?)[ \t]*(?:#.*)?")
_ROUND_QUOTE = re.compile("[“”„‟«»‘’]")
_WHOLE_TEXTS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake in the text, told to its author."""

    position: int
    """Where in the source it is."""
    message: str
    hint: str
    width: int = 1


def explain(message: str, source: str, position: int) -> Slip:
    """Say in plain words what the TOML reader found at a position."""
    line_start = source.rfind("\n", 0, position) + 1
    line = source[line_start:].split("\n", 1)[0].removesuffix("\r")
    if message.startswith(_ENDS_A_TEXT):
        return _open_text(source, line_start, line, position)
    if message.startswith(("Invalid value", "Expected newline", "Unclosed", "Invalid statement")):
        if (quote := _ROUND_QUOTE.search(_without_texts(line))) is not None:
            return Slip(line_start + quote.start(), "a typographic quote", f'write " instead of {quote[0]}')
        if (bare := _BARE_VALUE.fullmatch(line)) is not None and not _is_assigned_twice(line):
            value = bare["value"]
            told = f"no value that TOML knows: {visible(value[:40])}"
            meant = meant_duration(value) or visible(value[:40])
            return Slip(line_start + bare.start("value"), told, f'write "{meant}", in quotes', len(value))
    if message.startswith("Invalid value") and line.rstrip().endswith("="):
        return Slip(position, "no value after the =", 'as in name = "Plank"')
    if position >= len(source) and message.startswith(("Invalid value", "Invalid initial character")):
        return Slip(position, "the file ends too early", "a value or a bracket is missing")
    for begins, told, hint in _WORDS:
        if message.startswith(begins):
            return Slip(position, told, hint)
    return Slip(position, f"not TOML: {visible(message[:1].lower() + message[1:])}", "")


def _open_text(source: str, line_start: int, line: str, position: int) -> Slip:
    """A text without its end: blame the quote it began with, where the author has to look."""
    hint = "text ends with the quote it began with"
    if (opened := re.search("[\"']", _without_texts(source[line_start:position]))) is not None:
        at = line_start + opened.start()
        return Slip(at, "a quote is missing", hint, len(line) - opened.start())
    begins = (source.rfind(quotes, 0, position) for quotes in ('"""', "'''", "'"))
    return Slip(next((at for at in begins if at >= 0), position), "a quote is missing", hint)


def _without_texts(line: str) -> str:
    """The line with its whole texts blanked, so that what is left of it keeps its place."""
    return _WHOLE_TEXTS.sub(lambda found: " " * len(found[0]), line)


def _is_assigned_twice(line: str) -> bool:
    return _without_texts(line).count("=") > 1
