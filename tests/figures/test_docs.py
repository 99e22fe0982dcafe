"""The page about figures and the code agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prehab.figures import body
from prehab.figures.figure import Ease
from prehab.figures.loader import TOP, read
from prehab.figures.poses import POSE_KEYS
from prehab.figures.silhouette import MIDDLE, MUSCLES

PAGE = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
HEAD = 'format = 1\nname = "Chair pose"\nview = "side"\n'


def figure_of(snippet: str) -> str:
    """A snippet as a whole file: a lone pose gets its table, lone keys get a pose."""
    if snippet.startswith("hold"):
        return f"{HEAD}[pose]\n{snippet}"
    if snippet.startswith("[pose]"):
        return HEAD + snippet
    return snippet if snippet.startswith("format") else f"{HEAD}{snippet}[pose]\nhold = {{ trunk = 10 }}\n"


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_every_snippet_of_the_worked_example_can_be_drawn(snippet: str) -> None:
    loaded = read(figure_of(snippet), "chair-pose", "chair-pose.toml")
    assert loaded.problems == ()
    assert loaded.figure is not None


def test_every_key_and_every_muscle_is_explained() -> None:
    said = set(re.findall(r"[a-z][a-z-]*", PAGE))
    words = {*TOP, *POSE_KEYS, *MIDDLE, *MUSCLES, *(ease.value for ease in Ease)}
    assert words <= said, words - said


def test_the_lengths_of_the_body_are_those_of_the_code() -> None:
    for length in (body.NECK, body.UPPER_ARM, body.FOREARM, body.HAND, body.THIGH, body.SHIN, body.TOE):
        assert f"| {length:g} |" in PAGE
    assert f"{body.LOWER_TRUNK + body.UPPER_TRUNK:g} (lower back {body.LOWER_TRUNK:g}" in PAGE
    hips = body.THIGH + body.SHIN + body.ANKLE_HEIGHT
    assert f"the hips are {hips:g} over the floor" in PAGE
