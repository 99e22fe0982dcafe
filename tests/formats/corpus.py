"""Broken routine files, each with the problems that must be told of it."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = 'name = "Evening"\n'
STEP = '[[step]]\nname = "Bird dog"\nareas = ["core"]\n'

Told = tuple[int, int, str, str]
"""Line, column, key, and how the message begins."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One file and what is wrong with it."""

    name: str
    text: str
    told: tuple[Told, ...]
    hint: str = ""
    """Some words of the way out of the first problem."""


def step(line: str) -> str:
    """A file with one step, whose line 5 is the one in question."""
    return HEAD + STEP + line + "\n"


def timed(line: str) -> str:
    """A file with one step of 30 s, whose line 6 is the one in question."""
    return HEAD + STEP + 'for = "30s"\n' + line + "\n"


ERRORS = (
    # Text that is no TOML.
    Broken("text without quotes", "name = Plank\n", ((1, 8, "", "no value that TOML knows"),), "quotes"),
    Broken("a word alone", HEAD + "plank\n", ((2, 6, "", "no = after the key"),)),
    Broken("a key twice", HEAD + 'about = "x"\nname = "y"\n', ((3, 1, "name", "is there already"),)),
    Broken("a table twice", HEAD + "[pace]\n[pace]\n", ((3, 2, "pace", "is there already"),), "[[step]]"),
    Broken(
        "an inline key twice", step('for = { to = "1s", to = "2s" }'), ((5, 20, "to", "is there already"),)
    ),
    Broken("an open array", HEAD + "needs = [\n", ((3, 1, "", "the file ends too early"),)),
    Broken(
        "an array left open",
        HEAD + "needs = [1, 2",
        ((2, 14, "", "a comma or a closing bracket is missing"),),
    ),
    Broken("an open text", HEAD + 'about = "x\n', ((2, 9, "", "a quote is missing"),)),
    Broken("a control character", 'name = "a\x1b[31m"\n', ((1, 10, "", "a control character"),)),
    Broken("a date that isn't", "name = 2026-13-01\n", ((1, 8, "", "no value that TOML knows"),)),
    Broken("brackets without end", HEAD + "x = " + "[" * 20_000, ((2, 405, "", "is nested too deeply"),)),
    Broken("a key without end", HEAD + "a." * 2_000 + "a = 1\n", ((2, 1, "", "is nested too deeply"),)),
    Broken("a number without end", HEAD + "x = " + "9" * 5_000, ((2, 5, "", "a number is too long"),)),
    # Keys.
    Broken("nothing at all", "", ((1, 1, "name", "is missing"), (1, 1, "step", "is missing"))),
    Broken("no steps", HEAD, ((1, 1, "step", "is missing"),), "[[step]]"),
    Broken("an empty list of steps", HEAD + "step = []\n", ((2, 8, "step", "is empty"),)),
    Broken("a misspelt key", step('fro = "30s"'), ((5, 1, "step[1].fro", "no such key"),), "'for'"),
    Broken("a foreign key", step('duration = "30s"'), ((5, 1, "step[1].duration", "no such key"),), "'for'"),
    Broken("a key of no sense", timed("zzzz = 1"), ((6, 1, "step[1].zzzz", "no such key"),), "possible are"),
    Broken(
        "a key in quotes",
        timed('"a\\u001b b" = 1'),
        ((6, 1, r'step[1]."a\x1b b"', "no such key"),),
        "possible",
    ),
    Broken(
        "a key of another table",
        HEAD + 'change = "8s"\n' + STEP + "for = 30\n",
        ((2, 1, "change", "no such key"),),
        "under [pace]",
    ),
    Broken(
        "a key below the wrong header",
        HEAD + '[pace]\nabout = "x"\n' + STEP + "for = 30\n",
        ((3, 1, "pace.about", "no such key"),),
        "at the top of the file",
    ),
    Broken(
        "a misspelt table",
        HEAD + "[pacee]\n" + STEP + "for = 30\n",
        ((2, 2, "pacee", "no such key"),),
        "'pace'",
    ),
    Broken(
        "a misspelt name", '[[step]]\nnaem = "x"\nfor = 3\n', ((1, 1, "name", ""), (2, 1, "step[1].naem", ""))
    ),
    Broken(
        "a step without a name", HEAD + '[[step]]\nfor = "30s"\n', ((2, 1, "step[1].name", "is missing"),)
    ),
    Broken("a step without a length", HEAD + STEP, ((2, 1, "step[1].for", "is missing"),), "reps = 10"),
    Broken("a beat alone", step('beat = "3s"'), ((2, 1, "step[1].for", "is missing"),)),
    Broken("two lengths", timed("reps = 10"), ((6, 8, "step[1].reps", "excludes `for`"),)),
    Broken(
        "one bracket", HEAD + '[step]\nname = "x"\nfor = 3\n', ((2, 1, "step", "is one table"),), "[[step]]"
    ),
    Broken(
        "a number for a table", HEAD + "pace = 3\n" + STEP + "for = 3\n", ((2, 8, "pace", "must be a table"),)
    ),
    Broken("numbers for steps", HEAD + "step = [1, 2]\n", ((2, 9, "step[1]", ""), (2, 12, "step[2]", ""))),
    Broken(
        "text for an array",
        timed('needs = "x"\nsay = "y"'),
        ((6, 1, "step[1].needs", ""), (7, 7, "step[1].say", "")),
    ),
    # Values.
    Broken(
        "half a second", step('for = "1.5s"'), ((5, 7, "step[1].for", "not a duration: '1.5s'"),), "1m30s"
    ),
    Broken("full-width digits", step('for = "５s"'), ((5, 7, "step[1].for", "not a duration"),)),
    Broken("no digits", step('for = ""'), ((5, 7, "step[1].for", "not a duration"),)),
    Broken("a float", step("for = 1e999"), ((5, 7, "step[1].for", "not a duration: inf"),)),
    Broken("not a number", step("for = nan"), ((5, 7, "step[1].for", "not a duration: nan"),)),
    Broken("a date", step("for = 1979-05-27"), ((5, 7, "step[1].for", "not a duration: a date"),)),
    Broken("a truth", step("for = true"), ((5, 7, "step[1].for", "not a duration: true"),)),
    Broken("less than nothing", step("for = -1"), ((5, 7, "step[1].for", "not a duration: -1"),)),
    Broken("no time", step("for = 0"), ((5, 7, "step[1].for", "0 is out of range"),)),
    Broken("five hours", step('for = "5h"'), ((5, 7, "step[1].for", "'5h' is out of range"),)),
    Broken("a huge number", step("for = 0x" + "f" * 9_000), ((5, 7, "step[1].for", "a number that long"),)),
    Broken("no sets", timed("sets = 0"), ((6, 8, "step[1].sets", "0 is out of range"),)),
    Broken("a thousand sets", timed("sets = 1000"), ((6, 8, "step[1].sets", "1000 is out of range"),)),
    Broken("sets in words", timed('sets = "three"'), ((6, 8, "step[1].sets", "must be a whole number"),)),
    Broken(
        "a name of nothing", HEAD.replace("Evening", " ") + STEP + "for = 3\n", ((1, 8, "name", "is empty"),)
    ),
    Broken(
        "a long name", f'name = "{"x" * 201}"\n' + STEP + "for = 3\n", ((1, 8, "name", "is 201 characters"),)
    ),
    Broken("a long text", timed(f'do = "{"x" * 501}"'), ((6, 6, "step[1].do", "is 501 characters"),)),
    Broken(
        "too many areas",
        step(f"areas = {['x'] * 101}").replace('areas = ["core"]', "for = 3"),
        ((5, 9, "step[1].areas", "has 101 entries"),),
    ),
    Broken("a number for a text", timed("do = 3"), ((6, 6, "step[1].do", "must be text"),)),
    Broken("a date for a text", timed("do = 07:30:00"), ((6, 6, "step[1].do", "must be text, not a date"),)),
    Broken(
        "an escape",
        timed(r'do = "a\u001b[31m"'),
        ((6, 6, "step[1].do", r"can't hold the control character \x1b"),),
    ),
    Broken(
        "a bidi override",
        timed('do = "a\u202eb"'),
        ((6, 6, "step[1].do", r"can't hold the control character \u202e"),),
    ),
    Broken(
        "a C1 control",
        timed(r'do = "\u009b31m"'),
        ((6, 6, "step[1].do", r"can't hold the control character \x9b"),),
    ),
    Broken(
        "two lines", timed('do = """a\nb"""'), ((6, 6, "step[1].do", r"can't hold the control character \n"),)
    ),
    Broken(
        "an unknown phase",
        'phase = "after-rum"\n' + HEAD + STEP + "for = 3\n",
        ((1, 9, "phase", "must be one of"),),
        "'after-run'",
    ),
    Broken(
        "an unknown style",
        HEAD + '[cues]\nstyle = "loud"\n' + STEP + "for = 3\n",
        ((3, 9, "cues.style", "must be one of"),),
    ),
    Broken(
        "a newer format",
        "format = 2\n" + HEAD + STEP + "for = 3\n",
        ((1, 10, "format", "unknown format: 2"),),
    ),
    Broken("a path for a figure", timed('figure = "../x"'), ((6, 10, "step[1].figure", "not a name"),)),
    Broken(
        "15 times a week",
        "per-week = 15\n" + HEAD + STEP + "for = 3\n",
        ((1, 12, "per-week", "15 is out of range"),),
    ),
    # A length that grows, bouts, sentences.
    Broken("nothing to grow", step("for = {}"), ((5, 7, "step[1].for.time", "is missing"),)),
    Broken(
        "half a growth",
        step('for = { from = "30s" }'),
        ((5, 7, "step[1].for.by", "is missing"), (5, 7, "step[1].for.to", "is missing")),
    ),
    Broken(
        "growing down",
        step('for = { from = "60s", to = "30s", by = "5s" }'),
        ((5, 28, "step[1].for.to", "is no longer than `from`, 1m"),),
    ),
    Broken(
        "growing by nothing",
        step('for = { from = "30s", to = "60s", by = 0 }'),
        ((5, 40, "step[1].for.by", "0 is out of range"),),
    ),
    Broken(
        "fixed and growing",
        step('for = { time = "30s", from = "20s" }'),
        ((5, 16, "step[1].for.time", "excludes `from`"),),
    ),
    Broken(
        "a gap between nothing",
        step('for = { time = 60, gap = "3s" }'),
        ((5, 26, "step[1].for.gap", "needs `bouts`"),),
    ),
    Broken(
        "a dotted key", step('for.from = "1m"\nfor.to = "30s"\nfor.by = 5'), ((6, 10, "step[1].for.to", ""),)
    ),
    Broken(
        "a sentence without a moment",
        timed('say = [{ text = "x" }]'),
        ((6, 8, "step[1].say[1].at", "is missing"),),
    ),
    Broken(
        "a sentence with two",
        timed('say = [{ at = "half", text = "x" }, { at = 3, left = 4, text = "y" }]'),
        ((6, 54, "step[1].say[2].left", "excludes `at`"),),
    ),
    Broken(
        "a sentence over several lines",
        timed('say = [\n  # first\n  { at = "half",\n    text = "x" },\n  { left = "x", text = "y" },\n]'),
        ((10, 12, "step[1].say[2].left", "not a duration"),),
    ),
    Broken("a long exercise", step('reps = 999\nbeat = "1m"'), ((5, 8, "step[1].reps", "comes to 16h39m"),)),
    # Groups.
    Broken("an empty group", HEAD + "[[step]]\nrounds = 2\n", ((2, 1, "step[1].step", "is missing"),)),
    Broken(
        "a group in a group",
        HEAD + '[[step]]\n[[step.step]]\nname = "x"\nfor = 3\n[[step.step.step]]\nname = "y"\nfor = 3\n',
        ((6, 13, "step[1].step[1].step", "no such key"),),
        "one level deep",
    ),
    Broken(
        "a group with a name",
        HEAD + '[[step]]\nname = "x"\n[[step.step]]\nname = "y"\nfor = 3\n',
        ((3, 1, "step[1].name", "no such key"),),
        "one of its steps",
    ),
    Broken(
        "the second step of the second group",
        HEAD
        + '[[step]]\n[[step.step]]\nname = "a"\nfor = 3\n'
        + '[[step]]\nrounds = 2\n  [[step.step]]\n  name = "b"\n  for = 3\n'
        + '  [[step.step]] # é\n  name = "ü"\n  areas = [\n    "core",\n    7,\n  ]\n  for = 3\n',
        ((15, 5, "step[2].step[2].areas[2]", "must be text, not 7"),),
    ),
    # The routine as a whole.
    Broken(
        "two steps that grow",
        HEAD + (STEP + "for = { from = 30, to = 60, by = 5 }\n") * 2,
        ((9, 7, "step[2].for", "grows too"),),
    ),
    Broken(
        "easier than nothing",
        HEAD + '[progression]\neasier = { for = 20, name = "x" }\n' + STEP + "for = 30\n",
        ((3, 10, "progression.easier", "has nothing to be easier than"),),
    ),
    Broken(
        "no easier",
        HEAD
        + '[progression]\neasier = { for = 30, name = "x" }\n'
        + STEP
        + "for = { from = 30, to = 60, by = 5 }\n",
        ((3, 18, "progression.easier.for", "is not shorter"),),
    ),
    Broken(
        "thresholds out of order",
        HEAD + "[progression]\nclean-rpe = 5\neasy-rpe = 6\n" + STEP + "for = 30\n",
        ((4, 12, "progression.easy-rpe", "is above clean-rpe, 5"),),
    ),
    Broken(
        "too many segments",
        timed('sets = 999\nsides = "each"\n[pace]\nrounds = 999'),
        ((9, 10, "pace.rounds", "comes to"),),
    ),
    Broken("too long", step('for = "4h"\nsets = 7'), ((2, 1, "step[1]", "comes to 28h3m in all"),)),
    Broken("too many steps", HEAD + "[[step]]\n" * 501, ((2, 1, "step", "has more than 500 steps"),)),
    # Several at once, in the order of the file.
    Broken(
        "five mistakes",
        'name = "Evening"\nphase = "after-rum"\n[pace]\nchange = "1.5s"\n'
        '[[step]]\nname = "One"\nfro = "30s"\n[[step]]\nnam = "Two"\nfor = 30\nsets = 0\n',
        (
            (2, 9, "phase", "must be one of"),
            (4, 10, "pace.change", "not a duration"),
            (7, 1, "step[1].fro", "no such key"),
            (9, 1, "step[2].nam", "no such key"),
            (11, 8, "step[2].sets", "0 is out of range"),
        ),
    ),
    # Ways of writing that move places.
    Broken("Windows line ends", step('for = "1.5s"').replace("\n", "\r\n"), ((5, 7, "step[1].for", ""),)),
    Broken("a byte order mark", "\ufeffname = 3\n" + STEP + "for = 3\n", ((1, 8, "name", "must be text"),)),
    Broken(
        "wide characters before",
        timed('say = [{ text = "日本語 é", at = "x" }]'),
        ((6, 31, "step[1].say[1].at", ""),),
    ),
    Broken(
        "newer TOML",
        timed('spoken = "\\e"\nsay = [{\n  text = "x",\n  at = "x",\n}]'),
        ((6, 10, "step[1].spoken", ""), (9, 8, "step[1].say[1].at", "")),
    ),
)

WARNINGS = (
    Broken(
        "an unknown area",
        HEAD + '[[step]]\nname = "x"\nareas = ["core", "calfs"]\nfor = 3\n',
        ((4, 18, "step[1].areas[2]", "not a known area: 'calfs'"),),
        "'calves'",
    ),
    Broken(
        "no area", HEAD + '[[step]]\nname = "x"\nfor = 3\n', ((2, 1, "step[1].areas", "no area is named"),)
    ),
    Broken(
        "no area in three steps",
        HEAD + '[[step]]\nname = "x"\nfor = 3\n' * 3,
        ((2, 1, "step[1].areas", "no area is named, nor in 2 other steps"),),
    ),
    Broken(
        "a held stretch before a run",
        'phase = "before-run"\n' + timed('kind = "hold"'),
        ((7, 8, "step[1].kind", "a held stretch"),),
    ),
    Broken("a very long hold", step('for = "2m1s"'), ((5, 7, "step[1].for", "a hold of 2m1s is very long"),)),
    Broken(
        "a hold that grows very long",
        step('for = { from = 30, to = "3m", by = 30 }'),
        ((5, 7, "step[1].for", "a hold of 3m"),),
    ),
    Broken(
        "a left without a right",
        timed('sides = "left"'),
        ((6, 9, "step[1].sides", "a left side without"),),
        '"each"',
    ),
    Broken(
        "a right without a left", timed('sides = "right"'), ((6, 9, "step[1].sides", "a right side without"),)
    ),
    Broken(
        "down on the floor in 4 s",
        HEAD
        + STEP
        + 'for = 30\nposition = "standing"\n'
        + STEP
        + 'for = 30\nposition = "on-back"\nchange = "4s"\n',
        ((12, 10, "step[2].change", "4s to go from standing to on-back"),),
        '"10s"',
    ),
    Broken(
        "up from the floor in the routine's gap",
        HEAD + STEP + 'for = 30\nposition = "face-down"\n' + STEP + 'for = 30\nposition = "standing"\n',
        ((7, 1, "step[2].change", "6s to go from face-down to standing"),),
    ),
    Broken("a beat that is never heard", timed("beat = 30"), ((6, 8, "step[1].beat", "never heard"),)),
    Broken(
        "a sentence after the end",
        timed('say = [{ at = "30s", text = "x" }]'),
        ((6, 15, "step[1].say[1].at", "never said"),),
    ),
)
"""Files that can be played, with what is doubtful about them."""
