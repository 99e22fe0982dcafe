"""The posture checks of a run as an author writes them, and what is wrong with them."""

from __future__ import annotations

import pytest

from prehab.domain.duration import seconds
from prehab.domain.routine import CheckCue, Checks
from prehab.formats.loader import inspect_text

HEAD = """format = 1
name = "My run"
phase = "during-run"
"""
CHECKS = """
[checks]
first = "2m"
order = ["head", "hands"]
late-from = "3/4"

[[checks.cue]]
area = "head"
say = ["Eyes ahead.", "Grow tall."]

[[checks.cue]]
area = "hands"
say = ["Unclench."]
late = "Shake them."
"""
STEP = """
[[step]]
name = "Run"
kind = "move"
for = "20m"
areas = ["whole body"]
"""


def problems(text: str) -> list[str]:
    return [str(problem) for problem in inspect_text(text, "run.toml", "run").problems]


def test_what_is_left_out_has_its_default() -> None:
    reading = inspect_text(HEAD + CHECKS + STEP, "run.toml", "run")
    assert reading.problems == ()
    assert reading.routine is not None
    assert reading.routine.checks == Checks(
        first=seconds(120),
        every=seconds(240),
        order=("head", "hands"),
        late_from=(3, 4),
        late_every=seconds(120),
        late_order=("head", "hands"),
        clear=seconds(90),
        quiet=seconds(60),
        cues=(
            CheckCue("head", ("Eyes ahead.", "Grow tall.")),
            CheckCue("hands", ("Unclench.",), "Shake them."),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["head", "hands"]', '["head", "ears"]', "checks.order: names 'ears', which has no cue"),
        ('["head", "hands"]', "[]", "checks.order: is empty"),
        ('area = "hands"', 'area = "head"', "which has no cue"),
        ('say = ["Unclench."]', "say = []", "checks.cue: is empty"),
        ('late-from = "3/4"', 'late-from = "4/3"', "checks.late-from: not a part of a whole: '4/3'"),
        ('late-from = "3/4"', "late-from = 0.75", "checks.late-from: not a part of a whole: 0.75"),
        ('first = "2m"', 'evry = "2m"', "checks.evry: no such key (did you mean 'every'?)"),
        ('first = "2m"', 'every = "5s"', "checks.every: '5s' is out of range"),
        ("[[checks.cue]]\narea = \"hands\"", "[[checks.cue]]", "checks.cue[2].area: is missing"),
        ('for = "20m"', 'for = "20m"\nsets = 2', "must be one plain length"),
        ('for = "20m"', 'for = "20m"\nsides = "each"', "must be one plain length"),
        ('for = "20m"', "reps = 10", "must be one plain length"),
        (STEP, STEP + STEP, "checks: need a routine of one step"),
        (STEP, "\n[pace]\nrounds = 2\n" + STEP, "checks: need a routine of one step"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(old: str, new: str, said: str) -> None:
    text = HEAD + CHECKS + STEP
    assert old in text
    found = problems(text.replace(old, new, 1))
    assert any(said in problem for problem in found), found
