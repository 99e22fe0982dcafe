"""What a move is, by the name that a person gave it: its nearest kin among known steps, or its areas."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from prehab.domain.routine import AREAS, Kind, Position, Step

_HOLLOW = frozenset(
    {
        "a", "an", "the", "to", "of", "in", "on", "with", "and", "your", "s", "x", "stretch", "exercise",
        "hold", "pose", "rep", "slow", "about", "small", "gentle", "easy",
    }
)  # fmt: skip
"""Words that do not tell one move from another."""
_ROLLING = frozenset({"roll", "rolling", "roller", "foam"})
_CLOSE = 0.82
"""How alike two names must be for one to be a slip of the other."""

_BY_WORD: tuple[tuple[str, tuple[str, ...], Position | None], ...] = (
    ("clam", ("hips", "glutes"), Position.ON_SIDE),
    ("hydrant", ("hips", "glutes"), Position.ALL_FOURS),
    ("donkey", ("glutes",), Position.ALL_FOURS),
    ("calf raise", ("calves", "ankles"), Position.STANDING),
    ("heel raise", ("calves", "ankles"), Position.STANDING),
    ("heel drop", ("calves", "ankles"), Position.STANDING),
    ("toe raise", ("shins",), Position.STANDING),
    ("squat", ("quads", "glutes"), Position.STANDING),
    ("sit stand", ("quads", "glutes"), Position.STANDING),
    ("wall sit", ("quads",), Position.STANDING),
    ("lunge", ("quads", "glutes", "hips"), Position.STANDING),
    ("step up", ("quads", "glutes"), Position.STANDING),
    ("step down", ("quads", "hips"), Position.STANDING),
    ("deadlift", ("hamstrings", "glutes", "lower back"), Position.STANDING),
    ("hip thrust", ("glutes", "hamstrings"), Position.ON_BACK),
    ("bridge", ("glutes", "hamstrings"), Position.ON_BACK),
    ("hamstring curl", ("hamstrings",), None),
    ("leg curl", ("hamstrings",), None),
    ("monster walk", ("hips", "glutes"), Position.STANDING),
    ("band walk", ("hips", "glutes"), Position.STANDING),
    ("crab walk", ("hips", "glutes"), Position.STANDING),
    ("abduction", ("hips", "glutes"), Position.ON_SIDE),
    ("adduction", ("hips",), Position.ON_SIDE),
    ("side leg", ("hips", "glutes"), Position.ON_SIDE),
    ("leg raise", ("core", "hips"), Position.ON_BACK),
    ("leg extension", ("quads",), Position.SEATED),
    ("superman", ("lower back", "glutes"), Position.FACE_DOWN),
    ("back extension", ("lower back",), Position.FACE_DOWN),
    ("cobra", ("lower back",), Position.FACE_DOWN),
    ("child", ("lower back", "shoulders"), Position.KNEELING),
    ("crunch", ("core",), Position.ON_BACK),
    ("curl up", ("core",), Position.ON_BACK),
    ("sit up", ("core",), Position.ON_BACK),
    ("climber", ("core", "shoulders"), Position.FACE_DOWN),
    ("plank", ("core", "shoulders"), Position.FACE_DOWN),
    ("press up", ("chest", "arms", "core"), Position.FACE_DOWN),
    ("push up", ("chest", "arms", "core"), Position.FACE_DOWN),
    ("row", ("upper back", "arms"), None),
    ("wall angel", ("upper back", "shoulders"), Position.STANDING),
    ("rotation", ("shoulders",), None),
    ("balance", ("ankles", "hips"), Position.STANDING),
    ("single leg stand", ("ankles", "hips"), Position.STANDING),
    ("skip", ("whole body",), Position.STANDING),
    ("walk", ("whole body",), Position.STANDING),
    ("jog", ("whole body",), Position.STANDING),
    ("burpee", ("whole body",), Position.STANDING),
)
"""Moves that physios write down and no bundled routine has, by words of their names; the first that fits."""

_AREA_WORDS = {
    **{area: area for area in AREAS},
    **{area.removesuffix("s"): area for area in AREAS},
    "calf": "calves", "hip flexor": "hips", "piriformis": "glutes", "figure four": "glutes", "itb": "hips",
    "groin": "hips", "pec": "chest", "trap": "neck", "shoulder blade": "upper back", "lat": "upper back",
    "thoracic": "upper back", "ab": "core", "abs": "core", "back": "lower back", "soleus": "calves",
    "achilles": "calves", "thigh": "quads", "foot": "ankles", "wrist": "arms",
}  # fmt: skip
"""Words in a name that tell an area of the body."""


def nearest_move(name: str, known: Iterable[Step]) -> Step | None:
    """The known step that a name means: all its words are in that one's name, or it is a slip of it."""
    wanted = _words(name)
    rolls = bool(wanted & _ROLLING)
    wanted -= _ROLLING
    if not wanted:
        return None
    moves = [step for step in known if (step.kind is Kind.ROLL) is rolls]
    fitting = [step for step in moves if wanted <= _words(step.name)]
    if fitting:
        return min(fitting, key=lambda step: len(_words(step.name)))
    plain = " ".join(_in_order(name))
    alike = [
        (difflib.SequenceMatcher(None, plain, " ".join(_in_order(step.name))).ratio(), step) for step in moves
    ]
    likeness, step = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return step if likeness >= _CLOSE else None


def areas_of(name: str) -> tuple[tuple[str, ...], Position | None]:
    """What the words of an unknown name tell of areas and position; nothing where they tell nothing."""
    words = set(_in_order(name))
    for phrase, areas, position in _BY_WORD:
        if set(phrase.split()) <= words:
            return areas, position
    left = f" {' '.join(_in_order(name))} "
    found = []
    for word, area in sorted(_AREA_WORDS.items(), key=lambda pair: -len(pair[0])):
        phrase = f" {' '.join(map(_singular, word.split()))} "
        if phrase in left:
            found.append((left.index(phrase), area))
            left = left.replace(phrase, " " * len(phrase))
    return tuple(dict.fromkeys(area for _, area in sorted(found))), None


def _words(name: str) -> frozenset[str]:
    return frozenset(_in_order(name)) - _HOLLOW


def _in_order(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'s", "")
    return [_singular(word) for word in re.findall("[a-z]+", plain)]


def _singular(word: str) -> str:
    if word in ("calves", "calfs"):
        return "calf"
    return (
        word.removesuffix("es")
        if word.endswith(("ches", "shes"))
        else word.removesuffix("s")
        if len(word) > 3
        else word
    )
