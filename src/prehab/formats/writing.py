"""A routine as the text of a file: the keys in the order a person thinks of them, with a word on each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields

from prehab.domain.duration import seconds, spell
from prehab.domain.routine import Group, Kind, Left, Line, Progression, Routine, Side, Step, Style
from prehab.formats.build import calm_by_default

SCHEMA_FILE = "routine.schema.json"
"""The schema that stands beside a person's routines, for editors."""
SCHEMA_LINE = f"#:schema ./{SCHEMA_FILE}"
_REST = seconds(30)
"""What a rest is where a file does not say."""
_NAME_LINE = re.compile(r"^name[ \t]*=.*$", re.MULTILINE)

_TEMPLATE = """\
# Save, then: prehab start {id}          Mistakes: prehab check
# All keys: docs/reference-routine-file.md. An editor that knows TOML schemas completes and explains them.

format = 1
name = {name}
phase = "any-day"                # before-run, during-run, after-run, any-day, recovery
# about = "What it is for."
# needs = ["mat"]
# per-week = 3                   # makes it due three times a week

[pace]
get-ready = "10s"                # before the first step
change = "10s"                   # between steps: read, move, lie down
switch = "4s"                    # between sides
# rounds = 2                     # all of it twice, with this between:
# round-rest = "60s"

# A hold. Sides: left, then right, as one step.
[[step]]
name = "Wall calf stretch"
for = "30s"                      # or "1m30s", "2m"
sides = "each"                   # each, left, right; leave it out where there are none
areas = ["calves"]               # {areas}
position = "standing"            # standing, seated, kneeling, all-fours, face-down, on-back, on-side
figure = "calf-wall-straight"    # the picture; `prehab figures` lists them
do = "Back leg straight, heel heavy, hips drift forward."
avoid = "Back foot points forward, not out."

# Repetitions, timed by a beat and counted aloud, so that no key has to be pressed. Three sets of them.
[[step]]
name = "Glute bridge"
reps = 10
beat = "4s"
sets = 3
rest = "30s"                     # between sets
areas = ["glutes", "hamstrings"]
position = "on-back"
figure = "glute-bridge"
do = "Press through the heels, squeeze the seat, ribs down."

# A hold with a word in the middle. For one that grows: for = {{ from = "30s", to = "60s", by = "5s" }}
[[step]]
name = "Front plank"
for = "20s"
areas = ["core", "shoulders"]
position = "face-down"
figure = "front-plank"
say = [{{ at = "half", text = "Breathe out slowly." }}]
"""


def template(routine_id: str, name: str, areas: Sequence[str]) -> str:
    """A routine that plays at once, with every common key explained."""
    few = f"{', '.join(areas[:3])}, …"
    return f"{SCHEMA_LINE}\n{_TEMPLATE.format(id=routine_id, name=quoted(name), areas=few)}"


def renamed(source: str, name: str) -> str:
    """The text of a file as that of another routine: everything kept, comments too, but for the name."""
    head, bracket, tables = _above_headers(source)
    head = _NAME_LINE.sub(lambda found: f"name = {quoted(name)}", head, count=1)
    lines = [line for line in head.split("\n") if not line.startswith("#:schema")]
    return "\n".join((SCHEMA_LINE, *lines)) + bracket + tables


def routine_text(routine: Routine, remarks: Sequence[str] = ()) -> str:
    """Write a routine down; reading it gives the same one again, but for its id.

    The checks of a run are left out: no note has any.

    Args:
        routine: what to write.
        remarks: lines for the head of the file.
    """
    lines = [SCHEMA_LINE, *(f"# {remark}".rstrip() for remark in remarks), *_head(routine)]
    if routine.progression is not None:
        lines += ["", *_progression(routine.progression)]
    for item in routine.items:
        lines.append("")
        if isinstance(item, Group):
            lines += ["[[step]]", f"rounds = {item.rounds}", f"rest = {quoted(spell(item.rest))}"]
            for step in item.steps:
                lines += ["", "  [[step.step]]", *(f"  {line}" for line in _step(step))]
        else:
            lines += ["[[step]]", *_step(item)]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)


def _above_headers(source: str) -> tuple[str, str, str]:
    if source.startswith("["):
        return "", "", source
    return source.partition("\n[")


def _head(routine: Routine) -> Iterator[str]:
    yield from ("", "format = 1", f"name = {quoted(routine.name)}", f"phase = {quoted(routine.phase.value)}")
    if routine.about:
        yield f"about = {quoted(routine.about)}"
    if routine.needs:
        yield f"needs = {_array(routine.needs)}"
    if routine.sources:
        yield f"sources = {_array(routine.sources)}"
    if routine.per_week is not None:
        yield f"per-week = {routine.per_week}"
    if routine.style is not (Style.CALM if calm_by_default(routine.phase) else Style.FULL):
        yield from ("", "[cues]", f"style = {quoted(routine.style.value)}")
    yield from ("", "[pace]", f"get-ready = {quoted(spell(routine.get_ready))}")
    yield f"change = {quoted(spell(routine.change))}                  # between steps"
    yield f"switch = {quoted(spell(routine.switch))}                   # between sides"
    if routine.rounds > 1:
        yield f"rounds = {routine.rounds}"
    if routine.rounds > 1 or routine.round_rest != _REST:
        yield f"round-rest = {quoted(spell(routine.round_rest))}"


def _progression(rule: Progression) -> Iterator[str]:
    usual = Progression()
    yield "[progression]" + ("                    # it grows by the usual rule" if rule == usual else "")
    if (easier := rule.easier) is not None:
        figure = f", figure = {quoted(easier.figure)}" if easier.figure else ""
        yield f"easier = {{ for = {quoted(spell(easier.length))}, name = {quoted(easier.name)}{figure} }}"
    if rule.then is not None:
        yield f"then = {quoted(rule.then)}"
    for field in fields(Progression):
        value = getattr(rule, field.name)
        if isinstance(value, int) and value != getattr(usual, field.name):
            yield f"{field.name.replace('_', '-')} = {value}"


def _step(step: Step) -> Iterator[str]:
    yield f"name = {quoted(step.name)}"
    if step.spoken is not None:
        yield f"spoken = {quoted(step.spoken)}"
    if step.kind is not (Kind.REPS if step.reps else Kind.HOLD):
        yield f"kind = {quoted(step.kind.value)}"
    yield from _length(step)
    if step.sets > 1:
        yield f"sets = {step.sets}"
    if step.sets > 1 or step.rest != _REST:
        yield f"rest = {quoted(spell(step.rest))}"
    if step.sides != (None,):
        yield f"sides = {quoted(_sides(step.sides))}"
    for key, gap in (("change", step.change), ("switch", step.switch)):
        if gap is not None:
            yield f"{key} = {quoted(spell(gap))}"
    if step.areas:
        yield f"areas = {_array(step.areas)}"
    else:
        yield '# areas = ["calves"]             # the areas of the body it is for'
    if step.position is not None:
        yield f"position = {quoted(step.position.value)}"
    if step.figure is not None:
        yield f"figure = {quoted(step.figure)}"
    yield f"do = {quoted(step.do)}" if step.do else '# do = "What to do, in a sentence."'
    if step.avoid:
        yield f"avoid = {quoted(step.avoid)}"
    if step.say:
        yield f"say = [{', '.join(map(_line, step.say))}]"


def _length(step: Step) -> Iterator[str]:
    if step.reps is not None:
        yield f"reps = {step.reps}"
    else:
        yield f"for = {_span(step)}"
    if step.beat is not None:
        yield f"beat = {quoted(spell(step.beat))}"


def _span(step: Step) -> str:
    """A length, or the table of one that grows or is split."""
    if step.growth is None and step.bouts is None:
        return quoted(spell(step.length)) if step.length else '"30s"'
    keys: dict[str, str] = {}
    if step.growth is not None:
        growth = step.growth
        keys |= {"from": spell(growth.start), "to": spell(growth.end), "by": spell(growth.by)}
    elif step.length is not None:
        keys["time"] = spell(step.length)
    if step.bouts is not None:
        keys |= {"bouts": spell(step.bouts.each), "gap": spell(step.bouts.gap)}
    return "{ " + ", ".join(f"{key} = {quoted(value)}" for key, value in keys.items()) + " }"


def _sides(sides: tuple[Side | None, ...]) -> str:
    return "each" if len(sides) > 1 else sides[0].value if sides[0] else ""


def _line(line: Line) -> str:
    moment = line.moment
    if isinstance(moment, Left):
        when = f"left = {quoted(spell(moment.before_end))}"
    else:
        when = f"at = {quoted('half' if moment.after is None else spell(moment.after))}"
    return f"{{ {when}, text = {quoted(line.text)} }}"


def _array(words: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, words))}]"
