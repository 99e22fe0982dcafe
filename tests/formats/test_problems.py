"""Problems are spelled so that a terminal shows them and does nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prehab.domain.routine import Group, Kind, Phase, Routine, Side, Style
from prehab.formats.build import slugify
from prehab.formats.loader import inspect_text
from prehab.formats.problems import UNPRINTABLE, Problem, nearest, visible


def test_a_problem_is_one_line() -> None:
    problem = Problem("a.toml", 3, 7, "step[1].for", "not a duration: '1.5s'", 'try "45s"')
    assert str(problem) == "a.toml:3:7: step[1].for: not a duration: '1.5s' (try \"45s\")"
    assert str(Problem("a.toml", 1, 1, "", "is a folder")) == "a.toml:1:1: is a folder"


def test_escapes_are_spelled_and_letters_left_alone() -> None:
    assert visible("a\x1b[31m\u202e\x9b\nб[red]é日👩‍🚀") == r"a\x1b[31m\u202e\x9b\nб[red]é日👩‍🚀"


@given(st.text())
def test_what_is_visible_holds_nothing_unprintable(text: str) -> None:
    assert not UNPRINTABLE.search(visible(text))


def test_the_nearest_word_is_found_or_none() -> None:
    known = ("get-ready", "change", "switch")
    assert nearest("get_ready", known) == "get-ready"
    assert nearest("Chnage", known) == "change"
    assert nearest("xyz", known) is None


def test_ids_of_steps_are_slugs_and_repeats_are_counted() -> None:
    names = ["Front plank", "Front plank", "front-plank 2", "Étirement à l'échelle", "日本", "12", "[b]x[/b]"]
    steps = "".join(f'[[step]]\nname = "{name}"\nfor = 3\n' for name in names)
    routine = inspect_text('name = "x"\n' + steps, "x.toml", "x").routine
    assert routine is not None
    assert [step.id for step in routine.steps()] == [
        "front-plank", "front-plank-2", "front-plank-2-2", "etirement-a-l-echelle", "step", "step-2", "b-x-b",
    ]  # fmt: skip
    assert [step.name for step in routine.steps()] == names


@given(st.text())
def test_a_slug_is_never_empty_and_safe_anywhere(name: str) -> None:
    assert set(slugify(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slugify(name).strip("-")


def test_a_file_that_says_little_gets_the_defaults_of_the_domain() -> None:
    routine = inspect_text('name = "x"\n[[step]]\nname = "y"\nfor = 3\n', "x.toml", "x").routine
    assert routine is not None
    (step,) = routine.items
    assert routine == Routine("x", "x", Phase.ANY_DAY, (step,))
    assert not isinstance(step, Group)
    assert (step.kind, step.sets, step.rest, step.sides) == (Kind.HOLD, 1, 30_000, (None,))


def test_calm_is_the_default_after_a_run_and_for_recovery() -> None:
    for phase in Phase:
        text = f'name = "x"\nphase = "{phase.value}"\n[[step]]\nname = "y"\nfor = 3\n'
        routine = inspect_text(text, "x.toml", "x").routine
        assert routine is not None
        assert (routine.style is Style.CALM) == (phase in (Phase.AFTER_RUN, Phase.RECOVERY))


def test_sides_are_left_then_right() -> None:
    for written, sides in (
        ("each", (Side.LEFT, Side.RIGHT)),
        ("left", (Side.LEFT,)),
        ("right", (Side.RIGHT,)),
    ):
        text = f'name = "x"\n[[step]]\nname = "y"\nfor = 3\nsides = "{written}"\n'
        routine = inspect_text(text, "x.toml", "x").routine
        assert routine is not None
        assert next(routine.steps()).sides == sides


def test_a_text_about_the_routine_may_span_lines() -> None:
    text = 'name = "x"\nabout = """\nOne\n  two."""\n[[step]]\nname = "y"\nfor = 3\n'
    routine = inspect_text(text, "x.toml", "x").routine
    assert routine is not None
    assert routine.about == "One two."


def test_others_can_warn_of_a_step_at_its_place() -> None:
    step = '[[step.step]]\nname = "a"\nfor = 3\ndo = "long"\n'
    text = 'name = "x"\n[[step]]\n' + step + step
    problem = inspect_text(text, "x.toml", "x").warn(2, "do", "can't be said in time")
    assert (problem.line, problem.column, problem.key) == (10, 6, "step[1].step[2].do")
    assert not problem.is_error
