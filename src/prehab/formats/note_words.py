"""The words of a physio's note: its grammar in a person's terms, and the pattern of each part of it."""

from __future__ import annotations

import re

GRAMMAR = """\
A note is moves with their doses, parted by ; or , or line ends:

  clam 3x12 each              three sets of 12 on each side (or: each leg, per side, l/r, left)
  plank 3x30s/45s             three holds of 30 s with 45 s of rest (or: plank 3x30s rest 45s)
  plank 3x30-60s/45s          the same, and it grows from 30 to 60 s as you get better
  bird dog 10x5s each         ten times a hold of 5 s: under 10 s it is a repetition, 2 s between
  bridge 2x10x5s              two sets of those
  squat 3x12 @4s              one every 4 s; 3 s where nothing is said
  calf stretch 30s each       one hold; lengths are 30s, 90s, 2m, 1m30s, 1:30
  clam 3x12 each (slowly)     words in brackets are shown and said as what to do

  2 rounds/60s                all of it twice, with 60 s between; once in the note, anywhere
  3x a week                   how often it is due (or: daily, twice a day)

Moves that the bundled routines have bring their picture, their areas and what to do."""
"""The whole of it, on one screen."""

MAX_NOTE = 4_000
"""A note has at most so many characters."""

_HOURS = r"h(?:ours?|rs?)?(?![A-Za-z])\.?"
_MINUTES = r"m(?:in(?:ute)?s?)?(?![A-Za-z])\.?"
_SECONDS = r"(?:s(?:ec(?:ond)?s?)?(?![A-Za-z])|''|[\"”″])\.?"
_TIME = (
    rf"(?:[0-9]{{1,3}}:[0-5][0-9]|[0-9]{{1,5}}\s*{_HOURS}(?:\s*[0-9]{{1,3}}\s*{_MINUTES})?"
    rf"|[0-9]{{1,5}}\s*{_MINUTES}(?:\s*[0-9]{{1,3}}\s*{_SECONDS})?|[0-9]{{1,5}}\s*{_SECONDS})"
)
_UNIT = rf"(?:{_MINUTES}|{_SECONDS})"
_X = r"\s*[x×*X]\s*"
_N = r"[0-9]{1,5}"
_START = r"(?<![A-Za-z0-9.])"
DOSE = re.compile(
    rf"""{_START}(?:
        (?P<range>(?:(?P<gsets>{_N}){_X})?(?P<from>{_N})\s*(?:{_UNIT})?\s*[-–]\s*(?P<to>{_TIME}))
      | (?P<sets3>{_N}){_X}(?P<reps3>{_N}){_X}(?P<hold3>{_TIME})
      | (?P<count>{_N}){_X}(?P<time>{_TIME})
      | (?P<sets>{_N}){_X}(?P<reps>{_N})(?:\s*(?:reps?|repetitions?|times)\b)?(?![0-9A-Za-z])
      | (?P<wsets>{_N})\s*sets?\s*(?:of|x|×)?\s*
        (?:(?P<wtime>{_TIME})|(?P<wreps>{_N})(?![0-9A-Za-z])(?:\s*(?:reps?|repetitions?|times)\b)?)
      | (?P<osets>{_N})\s*sets?\b
      | (?P<alone>{_TIME})
      | x\s*(?P<xreps>{_N})(?![0-9A-Za-z])
      | (?P<only>{_N})\s*(?:x(?![A-Za-z0-9])|reps?\b|repetitions?\b|times\b)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""How much of a move there is; each group is one way of writing it."""
_LIMB = r"(?:\s+(?:sides?|legs?|arms?|ways?|hips?|feet|foot))?"
EACH = re.compile(
    rf"(?:(?:on\s+)?(?:(?:each|both){_LIMB}|every\s+(?:side|leg|arm))|ea\.?{_LIMB}|e/s"
    r"|(?:per|a|/)\s*(?:side|leg|arm|way)|bilateral(?:ly)?"
    r"|l(?:eft)?\s*(?:/|\+|&|and|then)\s*r(?:ight)?)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Both sides."""
ONE_SIDE = re.compile(
    rf"(?:on\s+(?:the\s+)?)?(?P<side>left|right){_LIMB}(?:\s+only)?(?![A-Za-z])", re.IGNORECASE
)
LETTER = re.compile(r"(?P<side>[LR])(?=\s*(?:[;,.)\n]|$))")
"""A side by its letter."""
TIMES = re.compile(
    rf"(?:[x×*X]\s*(?P<a>{_N})(?:\s*(?:sets?|times)\b)?|(?P<b>{_N})\s*(?:sets|times)\b)(?![0-9])"
)
"""How often, where it comes after what is done."""
IN_A_SET = re.compile(
    rf"(?:of\s+|x\s*)?(?:(?P<time>{_TIME})|(?P<reps>{_N})(?:\s*(?:reps?|repetitions?)\b)?(?![0-9A-Za-z]))",
    re.IGNORECASE,
)
"""What is in a set, where the sets come first."""
BLANKS = re.compile(r"[ \t\r]+")
COMMA = re.compile(r",\s*")
CLOSING = re.compile(r"\s*\)")
NAME_AFTER = re.compile(r"\s*(?:of\s+)?(?P<name>[A-Za-z][^;\n,(/@0-9]*)")
"""The name of a move behind its dose."""
TAIL = re.compile(
    rf"\s+(?:{EACH.pattern}|{ONE_SIDE.pattern}|(?:rest|hold|with|using|daily)\b|w/|[LR]$)", re.IGNORECASE
)
"""Where such a name ends."""
LEADING = re.compile(r"(?:hold(?:ing)?|do)\s+(?:a\s+|the\s+)?(?=\S)", re.IGNORECASE)
"""What leads into a name."""
TRAILING = re.compile(r"\s+(?:for|of|at|do|hold(?:\s+for)?)$", re.IGNORECASE)
"""What leads from a name to its dose."""
HOLDS = re.compile(r"holds?(?![A-Za-z])(?!\s*:?\s*[0-9])", re.IGNORECASE)
"""The word alone, which says nothing new."""
WITH = re.compile(
    r"(?:w/|with\b|using\b)\s*(?!rest)[A-Za-z][^;,\n(]*?"
    r"(?=\s+(?:each|ea|both|per|on|left|right|rest|hold|daily|l/r)\b|\s*(?:[;,\n(]|$))",
    re.IGNORECASE,
)
"""What a move is done with."""
REST = re.compile(
    rf"(?:/\s*(?P<a>{_TIME})|(?:with\s+)?rest(?:ing)?\s*:?\s*(?P<b>{_TIME})|(?:with\s+)?(?P<c>{_TIME})\s*rests?\b)"
    r"(?:\s*rests?\b)?(?:\s*between(?:\s+sets)?)?",
    re.IGNORECASE,
)
"""The rest between two sets."""
HELD = re.compile(rf"(?:hold(?:ing)?\s*(?:for\s*)?(?P<a>{_TIME})|(?P<b>{_TIME})\s*holds?\b)", re.IGNORECASE)
"""How long each repetition is held."""
TEMPO_SAID = re.compile(rf"(?:@|every)\s*(?P<a>{_TIME}|{_N}(?![0-9A-Za-z]))", re.IGNORECASE)
"""The time of one repetition."""
WORDS = re.compile(r"\((?P<text>[^()\n]*)\)")
BULLET = re.compile(r"(?:[-–•*]\s+|[0-9]{1,2}[.)]\s+|(?:then|and)\s+)+", re.IGNORECASE)
"""What stands before an entry of a list."""
ROUNDS = re.compile(
    rf"(?:(?P<n>{_N})\s*(?:rounds?|circuits?|laps?)|repeat\s*(?P<m>{_N})\s*(?:x|times))"
    rf"(?:\s*,?\s*(?:/|(?:with\s+)?rest)?\s*(?P<rest>{_TIME})(?:\s*(?:rest|between)\b)*)?\s*(?=[;,\n]|$)",
    re.IGNORECASE,
)
"""How often the whole is done."""
WORDS_FOR = {"twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
WEEK = re.compile(
    rf"(?:(?P<n>{_N}|once|{'|'.join(WORDS_FOR)})\s*(?:x|×|times)?"
    r"\s*(?:a|per|/|each|every)\s*(?P<per>day|week|wk)|daily|every\s*day)"
    r"\s*(?=[;,.)\n]|$)",
    re.IGNORECASE,
)
"""How often a week."""
AFTER_A_DOSE = 'after a dose come "each", "left", "/45s" for the rest, "@4s", or words in brackets'
OPTIONS = ("each", "both", "left", "right", "rest", "hold", "every", "daily")
"""The words that a slip is compared with."""
PARTS = re.compile(r"[\s;,.]+")
"""What stands between two entries."""


def cleaned(written: str) -> str:
    """A name without what leads into it, or on to the dose."""
    name = written.strip(" \t\r,.:-–=(")
    return TRAILING.sub("", LEADING.sub("", name, count=1) if LEADING.match(name) else name)


def clock(written: str) -> tuple[int, int, int]:
    """Hours, minutes and seconds of a time as the patterns above let it pass; a bare number is seconds."""
    if ":" in written:
        minutes, secs = written.split(":")
        return 0, int(minutes), int(secs)
    parts = {"h": 0, "m": 0, "s": 0}
    for number, unit in re.findall(r"([0-9]+)\s*([hm]?)", written.lower()):
        parts[unit or "s"] = int(number)
    return parts["h"], parts["m"], parts["s"]
