"""Routine files to try: right ones, nearly right ones, and TOML written in every way that moves a place."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from prehab.domain.duration import spell
from prehab.domain.routine import AREAS, At, Group, Kind, Phase, Position, Routine, Side, Step, Style

Tables = dict[str, Any]

names = st.text(st.characters(exclude_categories=["C", "Z"], codec="utf-8"), min_size=1, max_size=30)
seconds = st.integers(1, 120)
spans = seconds | seconds.map(lambda count: f"{count}s") | st.sampled_from(["1m", "1m30s", "2m"])
gaps = st.just(0) | spans
counts = st.integers(1, 3)
figures = st.from_regex("[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


def _one_of(words: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([word.value for word in words])


lines = st.fixed_dictionaries({"text": names, "at": st.just("half") | spans}) | st.fixed_dictionaries(
    {"text": names, "left": spans}
)
bouts = st.fixed_dictionaries({"time": spans, "bouts": spans}, optional={"gap": gaps})
lengths = spans | bouts
growth = st.fixed_dictionaries(
    {"from": st.integers(30, 60), "to": st.integers(61, 120), "by": seconds},
    optional={"bouts": spans},
)
_about_a_step: dict[str, st.SearchStrategy[Any]] = {
    "kind": _one_of(Kind),
    "sets": counts,
    "rest": gaps,
    "sides": st.sampled_from(["each", "left", "right"]),
    "change": gaps,
    "switch": gaps,
    "areas": st.lists(st.sampled_from(AREAS), max_size=3),
    "position": _one_of(Position),
    "figure": figures,
    "do": names,
    "avoid": names,
    "spoken": names,
    "say": st.lists(lines, max_size=2),
}


def _steps(timing: dict[str, Any], **optional: Any) -> st.SearchStrategy[Tables]:
    return st.fixed_dictionaries({"name": names, **timing}, optional={**_about_a_step, **optional})


steps = _steps({"for": lengths}, beat=spans) | _steps({"reps": st.integers(1, 20)}, beat=spans)
growing_steps = _steps({"for": growth})
groups = st.fixed_dictionaries(
    {"step": st.lists(steps, min_size=1, max_size=3)}, optional={"rounds": counts, "rest": gaps}
)
progressions = st.fixed_dictionaries(
    {},
    optional={
        "then": figures,
        "clean-to-advance": counts,
        "clean-rpe": st.integers(4, 8),
        "easy-rpe": st.integers(1, 4),
        "miss-rpe": st.integers(9, 10),
        "misses-to-back": counts,
        "ease-pain": st.integers(1, 4),
        "stop-pain": st.integers(5, 10),
    },
)
paces = st.fixed_dictionaries(
    {}, optional={"get-ready": gaps, "change": gaps, "switch": gaps, "rounds": counts, "round-rest": gaps}
)
_about_a_routine: dict[str, st.SearchStrategy[Any]] = {
    "format": st.just(1),
    "phase": _one_of(Phase),
    "about": names,
    "needs": st.lists(names, max_size=2),
    "sources": st.lists(names, max_size=2),
    "per-week": st.integers(1, 14),
    "pace": paces,
    "cues": st.fixed_dictionaries({}, optional={"style": _one_of(Style)}),
    "progression": progressions,
}


@st.composite
def right(draw: st.DrawFn) -> Tables:
    """The tables of a file with nothing wrong in it; at most one of its steps grows."""
    items = draw(st.lists(steps | groups, max_size=4))
    grown = draw(st.lists(growing_steps, min_size=0 if items else 1, max_size=1))
    about: Tables = draw(st.fixed_dictionaries({"name": names}, optional=_about_a_routine))
    easier = draw(st.none() | st.fixed_dictionaries({"for": st.integers(1, 29), "name": names}))
    if grown and easier:
        about.setdefault("progression", {})["easier"] = easier
    return about | {"step": draw(st.permutations(items + grown))}


_WORDS = [
    "name", "phase", "pace", "cues", "progression", "step", "for", "from", "to", "by", "time", "bouts", "gap",
    "reps", "beat", "sets", "rest", "rounds", "sides", "say", "at", "left", "text", "areas", "easier", "nmae",
]  # fmt: skip
_atoms = st.one_of(
    spans, names, st.text(max_size=5), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()
)
_values = st.recursive(
    _atoms,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS) | names, inner, max_size=5)
    ),
    max_leaves=20,
)
wild = st.dictionaries(st.sampled_from(_WORDS), _values, max_size=8)
"""Tables that use the words of the format for anything."""


def spelled(routine: Routine) -> Tables:
    """A routine as the tables of a file that has every key."""
    rule = routine.progression
    return {
        "name": routine.name,
        "phase": routine.phase.value,
        "needs": list(routine.needs),
        "sources": list(routine.sources),
        **({"about": routine.about} if routine.about else {}),
        **({"per-week": routine.per_week} if routine.per_week else {}),
        "pace": {
            "get-ready": spell(routine.get_ready),
            "change": spell(routine.change),
            "switch": spell(routine.switch),
            "rounds": routine.rounds,
            "round-rest": spell(routine.round_rest),
        },
        "cues": {"style": routine.style.value},
        **({"progression": _spelled_rule(routine)} if rule else {}),
        "step": [
            _spelled_group(item) if isinstance(item, Group) else _spelled_step(item) for item in routine.items
        ],
    }


def _spelled_group(group: Group) -> Tables:
    return {
        "rounds": group.rounds,
        "rest": spell(group.rest),
        "step": [_spelled_step(step) for step in group.steps],
    }


def _spelled_rule(routine: Routine) -> Tables:
    rule = routine.progression
    assert rule is not None
    told: Tables = {
        "clean-to-advance": rule.clean_to_advance,
        "clean-rpe": rule.clean_rpe,
        "easy-rpe": rule.easy_rpe,
        "miss-rpe": rule.miss_rpe,
        "misses-to-back": rule.misses_to_back,
        "ease-pain": rule.ease_pain,
        "stop-pain": rule.stop_pain,
    }
    if rule.then:
        told["then"] = rule.then
    if rule.easier:
        told["easier"] = {"for": spell(rule.easier.length), "name": rule.easier.name}
    return told


def _spelled_step(step: Step) -> Tables:
    told: Tables = {"name": step.name, "kind": step.kind.value, "sets": step.sets, "rest": spell(step.rest)}
    if step.reps:
        told["reps"] = step.reps
    else:
        told["for"] = _spelled_length(step)
    optional = {"beat": step.beat, "change": step.change, "switch": step.switch}
    told |= {key: spell(span) for key, span in optional.items() if span is not None}
    texts = {"spoken": step.spoken, "figure": step.figure, "do": step.do, "avoid": step.avoid}
    told |= {key: text for key, text in texts.items() if text}
    if step.position:
        told["position"] = step.position.value
    if step.sides != (None,):
        told["sides"] = "each" if len(step.sides) == 2 else "left" if Side.LEFT in step.sides else "right"
    told["areas"] = list(step.areas)
    told["say"] = [
        {"text": line.text, "at": spell(line.moment.after) if line.moment.after else "half"}
        if isinstance(line.moment, At)
        else {"text": line.text, "left": spell(line.moment.before_end)}
        for line in step.say
    ]
    return told


def _spelled_length(step: Step) -> Tables:
    assert step.length is not None
    told: Tables = {"time": spell(step.length)}
    if step.growth:
        told = {"from": spell(step.length), "to": spell(step.growth.end), "by": spell(step.growth.by)}
    if step.bouts:
        told |= {"bouts": spell(step.bouts.each), "gap": spell(step.bouts.gap)}
    return told


_keys = st.sampled_from(["a", "b-1", "step", '"é è"', "'x.y'", '"q\\"\\u00e9"', "7"])
_scalars = st.one_of(
    st.integers(-9, 99).map(str),
    st.sampled_from(['"é"', "'#'", '"]"', '"日本 \\" ["', "1979-05-27", "true", "1e3", '"""x"""', '"\\\\"']),
)


@st.composite
def _arrays(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(inner, max_size=3))
    if draw(st.booleans()):
        return "[" + ", ".join(items) + "]"
    return "[ # [ {\n" + "".join(f"  {item}, # é\n" for item in items) + "]"


def _inline(pairs: list[tuple[str, str]]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs) + " }"


_dotted = st.lists(_keys, min_size=1, max_size=3).map(".".join)
_written = st.recursive(
    _scalars,
    lambda inner: (
        _arrays(inner)
        | st.lists(st.tuples(_dotted, inner), max_size=3, unique_by=lambda pair: pair[0]).map(_inline)
    ),
    max_leaves=8,
)
_pairs = st.tuples(_dotted, _written).map(lambda pair: f"  {pair[0]} =\t{pair[1]}  # = é [x]")
_headers = _dotted.map(lambda key: f"[{key}]") | _dotted.map(lambda key: f" [[ {key} ]] # é")
written = st.lists(_pairs | _headers, max_size=12).map("\n".join)
"""TOML in many spellings; some of it says a thing twice and is refused."""
