"""A physio's note is read as it is written, or the character is pointed at where it is not understood."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prehab.domain.compile import compile_timeline
from prehab.domain.duration import Millis, seconds
from prehab.domain.routine import Growth, Kind, Position, Routine, Side, Step
from prehab.formats.library import Library
from prehab.formats.note import NoteError, looks_like_note, parse_note
from prehab.formats.note_words import GRAMMAR

EACH = (Side.LEFT, Side.RIGHT)
KNOWN = tuple(
    step for entry in Library().entries() if entry.routine is not None for step in entry.routine.steps()
)


def read(note: str, known: Sequence[Step] = KNOWN) -> Routine:
    return parse_note(note, known)


def only(note: str, known: Sequence[Step] = KNOWN) -> Step:
    (step,) = read(note, known).steps()
    return step


def test_the_note_of_the_readme_is_three_moves() -> None:
    clam, bird_dog, plank = read("clam 3x12 each; bird dog 10x5s each; plank 3x30s/45s").steps()
    assert (clam.name, clam.kind, clam.sets, clam.reps, clam.sides) == ("Clam", Kind.REPS, 3, 12, EACH)
    assert (bird_dog.reps, bird_dog.beat, bird_dog.sets, bird_dog.sides) == (10, seconds(7), 1, EACH)
    assert (plank.kind, plank.length, plank.sets, plank.rest) == (Kind.HOLD, seconds(30), 3, seconds(45))


@pytest.mark.parametrize(
    "note",
    [
        "plank 3x30s/45s", "Plank 3 x 30 s / 45 s", "plank 3×30 sec rest 45s",
        "plank: 3 sets of 30s, rest 45 sec",
        "- plank 3x0:30 with 45s rest", "1. plank 3X30″ /45″", "3x30s plank/45s",
        "plank – 3*30 seconds, 45s rest",
        "  plank 3x30s\t/45s ;", "plank 3x30s rest: 45s between sets", "and plank 3x30 secs. /45s",
    ],
)  # fmt: skip
def test_a_plank_is_a_plank_however_it_is_written(note: str) -> None:
    step = only(note)
    assert (step.name, step.length, step.sets, step.rest) == ("Plank", seconds(30), 3, seconds(45))
    assert (step.figure, step.position) == ("front-plank", Position.FACE_DOWN)


@pytest.mark.parametrize(
    "note",
    [
        "clam 3x12 each", "clam 3x12 each side", "clam 3x12 ea.", "clam 3x12 per leg", "clam 3x12 l/r",
        "clam 3x12 both sides", "clam 3x12 e/s", "clam 3 sets of 12 reps on each side", "clam 3x12 L+R",
        "3 x 12 clam each leg", "clam 3x12 left and right",
    ],
)  # fmt: skip
def test_sides_are_sides_however_they_are_written(note: str) -> None:
    step = only(note)
    assert (step.sets, step.reps, step.sides) == (3, 12, EACH)


@pytest.mark.parametrize(
    ("note", "length"),
    [("hang 30s", 30), ("hang 2m", 120), ("hang 1m30s", 90), ("hang 1:30", 90), ("hang 1 min 30 sec", 90),
     ("hang 90 seconds", 90), ("hang 1h", 3600), ('hang 45"', 45), ("hang 45''", 45)],
)  # fmt: skip
def test_lengths_are_read_as_people_write_them(note: str, length: int) -> None:
    assert only(note).length == seconds(length)


@pytest.mark.parametrize(
    ("note", "sets", "reps", "beat"),
    [
        ("squat 12 reps", 1, 12, 3), ("squat x12", 1, 12, 3), ("squat 12x", 1, 12, 3),
        ("squat 12 times", 1, 12, 3),
        ("squat 3x12 @4s", 3, 12, 4), ("squat 3x12 every 5s", 3, 12, 5), ("squat 3x12 hold 5s", 3, 12, 7),
        ("squat 3x12, 5s hold", 3, 12, 7), ("squat 2x10x5s", 2, 10, 7), ("dead bug 10 reps", 1, 10, 4),
    ],
)  # fmt: skip
def test_repetitions_are_timed_by_a_beat(note: str, sets: int, reps: int, beat: int) -> None:
    step = only(note)
    assert (step.sets, step.reps, step.beat) == (sets, reps, seconds(beat))
    assert step.length == Millis(reps * seconds(beat))


def test_a_short_hold_many_times_is_a_repetition_unless_it_has_a_rest() -> None:
    assert only("hang 10x5s").reps == 10
    step = only("hang 10x5s/10s")
    assert (step.reps, step.sets, step.length, step.rest) == (None, 10, seconds(5), seconds(10))
    assert only("hang 3x10s").reps is None


@pytest.mark.parametrize(
    ("note", "sets", "reps", "length", "sides"),
    [
        ("SLR 3x10 (R)", 3, 10, 30, (Side.RIGHT,)),
        ("SLR 3x10 L", 3, 10, 30, (Side.LEFT,)),
        ("Quad sets 10x 5 sec hold", 1, 10, 70, (None,)),
        ("plank 30 sec x 3", 3, None, 30, (None,)),
        ("30s x 3 plank", 3, None, 30, (None,)),
        ("squats 10 reps x 3 sets", 3, 10, 30, (None,)),
        ("squats 10 reps, 3 sets", 3, 10, 30, (None,)),
        ("Clamshells: 3 sets, 12 reps, each side", 3, 12, 36, EACH),
        ("Clamshells 3 sets of 12 ea side w/ red band", 3, 12, 36, EACH),
        ("Lunge stretch, 30 seconds each leg, 3 times", 3, None, 30, EACH),
        ("Squats (2x10)", 2, 10, 30, (None,)),
        ("hold plank for 30s", 1, None, 30, (None,)),
        ("2 x 10 squats", 2, 10, 30, (None,)),
        ("Squats 3x10 with a band each side", 3, 10, 30, EACH),
        ("step-ups 3x10 each leg, 60s rest, daily", 3, 10, 30, EACH),
    ],
)
def test_notes_as_physios_write_them(
    note: str, sets: int, reps: int | None, length: int, sides: tuple[Side | None, ...]
) -> None:
    step = only(note)
    assert (step.sets, step.reps, step.length, step.sides) == (sets, reps, seconds(length), sides)
    assert step.name.split()[0] in note.replace("plank", "Plank").replace("squats", "Squats").replace(
        "step", "Step"
    )


def test_what_is_used_is_said() -> None:
    assert only("Squats 3x10 w/ red band", known=()).do == "With red band."


def test_a_range_of_a_hold_grows() -> None:
    routine = read("plank 3x30-60s/45s")
    assert routine.growing is not None
    assert routine.growing.growth == Growth(seconds(30), seconds(60), seconds(5))
    assert routine.progression is not None
    assert read("hang 1-2m").growing is not None


def test_rounds_and_how_often_a_week_are_those_of_the_whole() -> None:
    routine = read("plank 30s; squat 12 reps; 2 rounds/60s; 3x a week")
    assert (routine.rounds, routine.round_rest, routine.per_week) == (2, seconds(60), 3)
    assert len(list(routine.steps())) == 2
    times = {"daily": 7, "twice a day": 14, "3x/week": 3, "once a week": 1}
    assert {often: read(f"plank 30s; {often}").per_week for often in times} == times


def test_whole_sentences_are_read_too() -> None:
    routine = read(
        "Clam 3 x 12 each side. Bird dog 10 x 5 s, both sides. Plank 3 x 30 s, 45 s rest. Three times a week."
    )
    doses = [(step.name, step.sets, step.reps, step.sides) for step in routine.steps()]
    assert doses == [("Clam", 3, 12, EACH), ("Bird dog", 1, 10, EACH), ("Plank", 3, None, (None,))]
    assert routine.per_week == 3


def test_words_in_brackets_are_what_to_do() -> None:
    step = only("squat 3x12 each (slowly, heels down)")
    assert step.do == "Slowly, heels down."
    assert only("bird dog 10x5s (reach long)").do == "Reach long. Hold each for 5 s."


def test_a_known_move_brings_its_picture_and_words_but_not_the_dose_of_another_routine() -> None:
    step = only("bird dog 8x6s each")
    assert (step.figure, step.areas) == ("bird-dog", ("lower back", "glutes", "core"))
    assert "5 reps" not in step.do
    assert step.do.endswith("Hold each for 6 s.")
    assert step.avoid


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("side planks", "side-plank-knees"), ("brid dog", "bird-dog"), ("Glute bridges", "glute-bridge"),
        ("hamstring stretch", "hamstring-strap"), ("foam roll hamstrings", "roll-hamstrings"),
        ("cat-cow", "cat-cow"),
        ("doorway chest stretch", "chest-doorway"), ("wobble board", None), ("90/90", None),
    ],
)  # fmt: skip
def test_a_move_is_known_by_its_nearest_name(name: str, figure: str | None) -> None:
    assert only(f"{name} 3x30s").figure == figure


def test_an_unknown_move_still_has_the_areas_that_its_name_tells() -> None:
    assert only("clamshell 12 reps", known=()).areas == ()
    assert only("clam 12 reps", known=()).areas == ("hips", "glutes")
    assert only("soleus stretch 30s", known=()).areas == ("calves",)
    assert only("upper back release 30s", known=()).areas == ("upper back",)


def test_a_hold_with_two_sides_is_held_on_both_unless_one_is_named() -> None:
    assert only("side plank 2x20s").sides == EACH
    assert only("side plank 2x20s left").sides == (Side.LEFT,)
    assert only("bird dog 10 reps").sides == (None,)


def test_a_note_over_lines_is_read_like_one_with_semicolons() -> None:
    lines = "1) Clams 3 x 12 each side\r\n2) Bridges 3x10, hold 5s\r\n\r\n- plank 30s\r\nDaily\r\n"
    assert read(lines).per_week == 7
    assert [step.name for step in read(lines).steps()] == ["Clams", "Bridges", "Plank"]


@pytest.mark.parametrize(
    ("note", "position", "width", "message", "hint"),
    [
        ("plank", 5, 1, "no dose for 'plank'", "3x30s"),
        ("clam 3x12 each; plank", 21, 1, "no dose for 'plank'", "3x30s"),
        ("clam 3x12 eech", 10, 4, "'eech'", "'each'"),
        ("clam 3x12 eech; plank 30s", 10, 4, "'eech'", "'each'"),
        ("plank 3x8-12", 9, 3, "a range", "choose one"),
        ("plank 3x30s 45s", 12, 3, "'45s'", "/45s"),
        ("clam 0x12", 5, 1, "0 is out of range", "1 to 999"),
        ("clam 3x1200", 7, 4, "1200 is out of range", "1 to 999"),
        ("plank 5h", 6, 2, "5h is out of range", "4h"),
        ("plank 60-30s", 6, 1, "does not grow", "30-60s"),
        ("clam 3x12 plank 30s", 10, 9, "another move begins", ";"),
        ("plank 30-60s; hang 30-60s", 14, 1, "grows too", "fixed"),
        ("3x12", 0, 1, "no name", "plank 3x30s"),
        ("plank 30s; 20x a week", 11, 1, "more than 14", "14"),
        ("pl\x1bank 30s", 2, 1, r"\x1b", "leave it out"),
        ("", 0, 1, "no move", "plank"),
        ("; ;", 0, 1, "no move", "plank"),
        ("plank 3 sets", 6, 1, "how much is a set", "3 sets of 12"),
        ("squat 3x12 slow", 11, 4, "'slow'", "(slow)"),
    ],
)
def test_a_mistake_is_pointed_at(note: str, position: int, width: int, message: str, hint: str) -> None:
    with pytest.raises(NoteError) as refused:
        read(note)
    assert (refused.value.position, refused.value.width) == (position, width)
    assert message in refused.value.message
    assert hint in refused.value.hint
    if note.strip("; "):
        line, mark = refused.value.detail.split("\n")
        assert mark.index("^") == position + (len(line) - len(note) if "\x1b" in note and position > 2 else 0)


def test_a_mistake_far_along_a_line_is_still_on_the_screen() -> None:
    with pytest.raises(NoteError) as refused:
        read("squat 12 reps, " * 20 + "plank")
    line, mark = refused.value.detail.split("\n")
    assert len(line) <= 100
    assert line[: mark.index("^")].endswith("plank")


@given(st.text(max_size=60))
def test_any_text_is_a_routine_or_told(note: str) -> None:
    _judge(note)


@given(
    st.lists(
        st.sampled_from(
            ("plank", "clam", " ", ";", ",", "3x12", "3x30s", "30s", "each", "left", "/45s", "@4s", "(", ")",
             "\n", "2 rounds", "daily", "x", "3", "60-30s", "30-60s", "hold 5s", "rest", "99999", "+",
             ".", "1.", "-")
        ),
        max_size=12,
    ).map(" ".join)
)  # fmt: skip
def test_any_use_of_the_words_is_a_routine_or_told(note: str) -> None:
    _judge(note)


def _judge(note: str) -> None:
    told: NoteError | None = None
    try:
        assert compile_timeline(read(note, KNOWN[:20])).works
    except NoteError as error:
        told = error
    if told is not None:
        assert 0 <= told.position <= len(note)
        assert told.hint


def test_only_words_with_a_dose_look_like_a_note() -> None:
    assert all(map(looks_like_note, ("plank 30s", "clam 3x12 each; plank 3x30s", "squat 12 reps")))
    assert not any(map(looks_like_note, ("plank", "stretch-full", "stretch full", "core-1", "my routines/x")))


def test_the_grammar_fits_one_screen_and_its_examples_are_read() -> None:
    lines = GRAMMAR.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    examples = [line[2:28].strip() for line in lines if line.startswith("  ")]
    wholes = [one for one in examples if one[:1].isdigit()]
    for example in examples:
        read(f"{example}; plank 30s" if example in wholes else example)
    assert len(examples) >= 9
