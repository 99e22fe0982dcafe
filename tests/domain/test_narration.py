"""What is said, and when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from tests.domain.examples import BOTH, lines, routine, said, step, timeline
from tests.domain.strategies import Speech, routines, spans, speeches, timelines

from prehab.domain.compile import compile_timeline
from prehab.domain.cues import Cue
from prehab.domain.duration import Millis, seconds
from prehab.domain.narration import PATIENCE, estimate
from prehab.domain.routine import At, Bouts, Group, Growth, Kind, Left, Line, Routine, Side, Step
from prehab.domain.timeline import Segment, SegmentKind, Timeline

CALF = step("Wall calf stretch, knee straight", 30, spoken="Straight-knee calf", sides=BOTH)
HEEL = "Back leg straight, heel heavy, hips drift forward."


def second(text: str) -> Millis:
    """A voice that takes a second for everything."""
    return seconds(1)


# The words, by hand


def test_a_step_is_announced_by_name_side_and_length() -> None:
    assert said(timeline(CALF).segments[0])[0] == (0, "Next: straight-knee calf, left side, 30 seconds")


def test_the_second_side_is_called_at_the_start_of_the_switch_however_short() -> None:
    for switch in (1, 4, 8):
        unrolled = timeline(step("Quad", 30, sides=BOTH, switch=switch))
        assert said(unrolled.segments[2]) == [(0, "Right side.")]


def test_where_there_is_no_switch_the_second_side_is_called_as_it_begins() -> None:
    unrolled = timeline(step("Quad", 30, sides=BOTH, switch=0))
    assert said(unrolled.works[0]) == []
    assert said(unrolled.works[1]) == [(0, "Right side.")]


def test_sets_are_counted() -> None:
    unrolled = timeline(step("Plank", 30, sets=3, rest=45))
    assert lines(unrolled) == [
        "Next: plank, 30 seconds",
        *("Rest. 45 seconds.", "Set two of three."),
        *("Rest. 45 seconds.", "Last set."),
    ]


def test_sets_of_two_sides_name_the_side() -> None:
    unrolled = timeline(step("Side plank", 15, sides=BOTH, sets=3, rest=10))
    assert lines(unrolled) == [
        *("Next: side plank, left side, 15 seconds", "Right side."),
        *("Set two of three, left side.", "Right side."),
        *("Last set, left side.", "Right side."),
    ]


@pytest.mark.parametrize("rest", [0, 3, 5])
def test_a_set_is_counted_after_the_one_before_it_and_not_inside(rest: int) -> None:
    unrolled = timeline(step("Plank", 30, sets=2, rest=rest))
    assert said(unrolled.works[0]) == []
    assert said(unrolled.segments[2])[0] == (0, "Last set.")


def test_the_last_step_is_called_so() -> None:
    unrolled = timeline(step("Bend", 30), step("Plank", 30, sets=2, rest=10), change=8)
    assert lines(unrolled) == ["Next: bend, 30 seconds", "Last one: plank, 30 seconds", "Last set."]


def test_the_only_step_is_not_called_the_last_one() -> None:
    assert lines(timeline(step("Plank", 30))) == ["Next: plank, 30 seconds"]


def test_the_last_step_of_rounds_is_that_of_the_last_round() -> None:
    unrolled = timeline(step("Plank", 30, do="Brace."), rounds=3, round_rest=10)
    assert lines(unrolled) == [
        *("Next: plank, 30 seconds", "Brace."),
        *("Next: plank, 30 seconds", "Last one: plank, 30 seconds"),
    ]


def test_later_rounds_say_name_side_and_length_and_no_more() -> None:
    circuit = Group((step("Bird dog", 35, sides=BOTH, do="Reach long."), step("Dead bug", 40)), rounds=2)
    assert lines(timeline(circuit, step("March", 20), change=12)) == [
        *("Next: bird dog, left side, 35 seconds", "Reach long.", "Right side."),
        "Next: dead bug, 40 seconds",
        *("Rest. 30 seconds.", "Next: bird dog, left side, 35 seconds", "Right side."),
        *("Next: dead bug, 40 seconds", "Last one: march, 20 seconds"),
    ]


def test_repetitions_are_announced_and_counted_aloud() -> None:
    bug = timeline(step("Dead bug", 16, Kind.REPS, reps=4, beat=4))
    assert lines(bug)[0] == "Next: dead bug, 4 reps"
    assert said(bug.works[0]) == [(4, "one"), (8, "two"), (12, "three")]


def test_beats_without_repetitions_are_not_counted() -> None:
    assert said(timeline(step("Calves", 45, Kind.ROLL, beat=3)).works[0]) == []


def test_a_count_gives_way_to_everything_else() -> None:
    bug = timeline(step("Dead bug", 40, Kind.REPS, reps=10, beat=4, say=(Line("Slowly.", At(None)),)))
    texts = dict(said(bug.works[0]))
    assert texts[20] == "Slowly."
    assert "five" not in texts.values()
    assert (texts[16], texts[24]) == ("four", "six")


def test_a_split_hold_is_announced_once_a_set() -> None:
    tens = timeline(step("Plank", 30, bouts=Bouts(seconds(10), seconds(3)), sets=2, rest=45))
    assert lines(tens) == ["Next: plank, three times 10 seconds", "Rest. 45 seconds.", "Last set."]


def test_a_grown_hold_is_announced_by_its_length() -> None:
    plank = routine(step("Plank", growth=Growth(seconds(30), seconds(60), seconds(5))))
    assert lines(compile_timeline(plank, seconds(60))) == ["Next: plank, 1 minute"]


@pytest.mark.parametrize(
    "name", ["T-spine turn", "IT band roll", "Y raise", "90-90 switch", "McGill curl-up", "plank"]
)
def test_only_a_plain_word_loses_its_capital_inside_a_sentence(name: str) -> None:
    assert lines(timeline(step(name)))[0] == f"Next: {name}, 30 seconds"
    assert lines(timeline(step("Plank")))[0] == "Next: plank, 30 seconds"


# The places, by hand


@pytest.mark.parametrize("gap", [6, 8, 19, 25])
def test_a_change_with_room_says_what_is_next_at_once(gap: int) -> None:
    unrolled = timeline(step("March", 30), step("Plank", 30, do="Brace."), change=gap)
    change = unrolled.segments[2]
    (at, announced), (then, do) = said(change)
    assert (at, announced, do) == (0, "Last one: plank, 30 seconds", "Brace.")
    assert then == pytest.approx(estimate(announced) / 1000 + 0.15)


@pytest.mark.parametrize("rest", [20, 45, 60])
def test_a_long_rest_is_named_and_says_what_is_next_fifteen_seconds_before(rest: int) -> None:
    unrolled = timeline(Group((step("March", 30),), rounds=2, rest=seconds(rest)))
    words = "1 minute" if rest == 60 else f"{rest} seconds"
    assert said(unrolled.segments[2]) == [
        (0, f"Rest. {words}."),
        (rest - 15, "Last one: march, 30 seconds"),
    ]


def test_a_shorter_rest_says_what_is_next_at_once() -> None:
    unrolled = timeline(Group((step("March", 30),), rounds=2, rest=seconds(19)))
    assert said(unrolled.segments[2]) == [(0, "Last one: march, 30 seconds")]


@pytest.mark.parametrize("gap", [0, 1, 5])
def test_what_has_no_room_in_the_gap_is_said_inside_the_work_before(gap: int) -> None:
    unrolled = timeline(step("March", 15), step("Plank", 30), change=gap)
    assert said(unrolled.works[0]) == [(7, "Last one: plank, 30 seconds")]
    assert all(cue.from_end for cue in unrolled.works[0].cues if cue.text)
    assert all(said(segment) == [] for segment in unrolled.segments[2:])


def test_before_a_short_work_the_name_alone_is_said_in_the_gap() -> None:
    unrolled = timeline(step("March", 14), step("Plank", 10, sides=BOTH), step("Jog", 10), change=4)
    assert said(unrolled.works[0]) == []
    assert said(unrolled.segments[2]) == [(0, "Plank, left side")]


def test_the_last_one_is_called_so_in_a_short_gap_too_where_that_fits() -> None:
    last = [timeline(step("March", 10), step("Jog", 10), change=gap).segments[2] for gap in (1, 5)]
    assert [said(gap) for gap in last] == [[(0, "Jog")], [(0, "Last one: jog")]]


def test_a_short_get_ready_says_the_name_alone() -> None:
    assert said(timeline(CALF, get_ready=5).segments[0]) == [(0, "Straight-knee calf, left side")]


def test_without_any_gap_the_name_is_said_as_the_work_begins() -> None:
    assert said(timeline(CALF, get_ready=0).segments[0]) == [(0, "Straight-knee calf, left side")]


def test_instructions_that_do_not_fit_before_begin_a_second_after_go() -> None:
    unrolled = timeline(step("March", 30), step("Plank", 30, do=HEEL), change=4)
    assert said(unrolled.works[1]) == [(1, HEEL)]


def test_instructions_are_split_between_the_gap_and_the_work_by_whole_sentences() -> None:
    do = "On your back. Slide the heel in, then out until it is straight again, and breathe."
    unrolled = timeline(step("March", 30), step("Heel slides", 30, do=do), change=8)
    assert [text for _, text in said(unrolled.segments[2])] == [
        "Last one: heel slides, 30 seconds",
        "On your back.",
    ]
    assert said(unrolled.works[1]) == [
        (1, "Slide the heel in, then out until it is straight again, and breathe.")
    ]


def test_a_short_work_is_not_talked_over() -> None:
    unrolled = timeline(step("March", 30), step("Circles", 14, do=HEEL), change=4)
    assert said(unrolled.works[1]) == []
    assert [(text.step.name, text.text) for text in unrolled.unsaid] == [("Circles", HEEL)]


def test_instructions_wait_for_a_name_that_is_said_as_the_work_begins() -> None:
    unrolled = timeline(step("Side plank from the knees", 30, do="Brace."), get_ready=0)
    (_, name), (at, do) = said(unrolled.works[0])
    assert do == "Brace."
    assert at == pytest.approx(estimate(name) / 1000 + 0.15)


def test_instructions_are_given_once_and_not_for_each_side_and_set() -> None:
    unrolled = timeline(step("Plank", 30, sides=BOTH, sets=2, do="Brace."))
    assert lines(unrolled).count("Brace.") == 1


def test_lines_of_the_author_are_said_where_they_are_asked_for() -> None:
    say = (
        Line("Breathe out slowly.", At(None)),
        Line("Seat tight.", At(seconds(5))),
        Line("Shoulders away.", Left(seconds(10))),
    )
    work = timeline(step("Plank", 40, say=say)).works[0]
    assert said(work) == [(5, "Seat tight."), (20, "Breathe out slowly."), (30, "Shoulders away.")]
    assert [cue.from_end for cue in work.cues if cue.text] == [False, False, True]


def test_lines_outside_the_step_are_left_out_which_no_time_could_help() -> None:
    say = (Line("Breathe.", At(seconds(30))), Line("On.", Left(seconds(31))))
    unrolled = timeline(step("Plank", 30, say=say))
    assert (said(unrolled.works[0]), unrolled.unsaid) == ([], ())


def test_lines_for_a_longer_hold_are_told_where_the_hold_is_too_short_for_them() -> None:
    grown = step(
        growth=Growth(seconds(30), seconds(60), seconds(5)), say=(Line("Ribs down.", At(seconds(35))),)
    )
    short, long = (compile_timeline(routine(grown), seconds(level)) for level in (30, 60))
    assert [text.text for text in short.unsaid] == ["Ribs down."]
    assert (said(long.works[0]), long.unsaid) == ([(35, "Ribs down.")], ())


def test_a_line_makes_the_announcement_wait_where_that_is_still_in_time() -> None:
    say = (Line("Breathe out slowly.", Left(seconds(9))),)
    unrolled = timeline(step("March", 30, say=say), step("Plank", 30), change=4)
    (at, line), (later, announced) = said(unrolled.works[0])
    assert (at, line) == (21, "Breathe out slowly.")
    assert announced == "Last one: plank, 30 seconds"
    assert later == pytest.approx(21 + estimate(line) / 1000 + 0.15)


def test_a_line_gives_way_to_the_announcement_where_it_is_not() -> None:
    say = (Line("Breathe out slowly.", Left(seconds(7))),)
    unrolled = timeline(step("March", 30, say=say), step("Plank", 30), change=4)
    assert said(unrolled.works[0]) == [(22, "Last one: plank, 30 seconds")]
    assert [text.text for text in unrolled.unsaid] == ["Breathe out slowly."]


def test_after_a_step_that_waits_the_name_is_said_in_the_gap_since_nobody_knows_its_end() -> None:
    unrolled = timeline(step("Reps", None, Kind.REPS, reps=10), step("Plank", 30), change=4)
    assert said(unrolled.works[0]) == []
    assert said(unrolled.segments[2]) == [(0, "Last one: plank")]


def test_nothing_is_said_at_the_end_of_a_step_that_waits() -> None:
    say = (Line("Half.", At(None)), Line("Soon.", Left(seconds(5))), Line("Go on.", At(seconds(8))))
    unrolled = timeline(step("Reps", None, Kind.REPS, reps=10, say=say))
    assert said(unrolled.works[0]) == [(8, "Go on.")]
    assert [text.text for text in unrolled.unsaid] == ["Half.", "Soon."]


def test_a_voice_set_to_short_says_name_and_side() -> None:
    unrolled = timeline(CALF, step("Plank", 30, sets=2, rest=45, do=HEEL), change=8)
    briefs = [cue.brief for segment in unrolled.segments for cue in segment.cues if cue.brief]
    assert briefs == ["Straight-knee calf, left side", "Right side.", "Plank", "Last set."]


def test_every_segment_has_a_call_for_when_a_key_leads_there() -> None:
    unrolled = timeline(CALF, step("Plank"))
    assert {segment.call for segment in unrolled.segments} == {
        *("Straight-knee calf, left side", "Straight-knee calf, right side", "Plank"),
    }
    assert all(segment.call_for == estimate(segment.call) for segment in unrolled.segments)


# What gives way first


def test_length_goes_before_the_side_and_the_side_before_the_name() -> None:
    def voice(text: str) -> Millis:
        return Millis(100 * len(text))

    def first(length: int) -> str:
        steps = (step("Lunge", length, sides=(Side.LEFT,)), step("Bend", 9, sides=(Side.RIGHT,)))
        made = routine(*steps, get_ready=0, change=0)
        return lines(compile_timeline(made, speech=voice))[0]

    assert first(2) == "Lunge, left side"
    assert first(1) == "Lunge"
    roomy = routine(step("Lunge", 30), step("Bend", 30, sides=BOTH), change=5)
    # "Last one: bend, left side, 30 seconds" would take 37 tenths of a second, and there are 8 + 5 s for it.
    assert lines(compile_timeline(roomy, speech=voice))[1] == "Last one: bend, left side, 30 seconds"
    assert (
        lines(compile_timeline(roomy, speech=lambda text: Millis(400 * len(text))))[1]
        == "Last one: bend, left side"
    )


def test_a_work_that_is_over_before_there_is_time_for_its_name_is_told() -> None:
    made = routine(*(step(name, 1) for name in ("Abc", "Bcd", "Cde")), get_ready=0, change=0)
    unrolled = compile_timeline(made, speech=lambda text: seconds(3))
    assert lines(unrolled) == ["Abc"]
    assert [text.text for text in unrolled.unsaid] == ["Bcd", "Cde"]


# Over any routine, with any voice


def speech_of(unrolled: Timeline) -> list[tuple[Millis, Cue]]:
    """Everything that is said with its time, a step that waits taken for half a minute."""
    at, spoken = 0, []
    for segment in unrolled.segments:
        spoken += [(Millis(at + cue.offset), cue) for cue in segment.cues if cue.text is not None]
        at += PATIENCE if segment.length is None else segment.length
    return spoken


def opening(unrolled: Timeline) -> list[Segment]:
    """The works that are announced: every side of every set, but not the bouts inside one."""
    return [work for work in unrolled.works if work.work.bout == 1]


@given(routines(), speeches())
def test_speech_never_meets_speech(made: Routine, speech: Speech) -> None:
    for (at, cue), (following, _) in pairwise(speech_of(compile_timeline(made, speech=speech))):
        assert cue.spoken_for > 0
        assert at + cue.spoken_for < following


@given(routines(), speeches())
def test_a_sentence_takes_as_long_as_the_voice_needs_and_its_brief_form_no_longer(
    made: Routine, speech: Speech
) -> None:
    for _, cue in speech_of(compile_timeline(made, speech=speech)):
        assert cue.spoken_for == speech(cue.text or "")
        assert cue.brief is None or speech(cue.brief) <= cue.spoken_for


@given(timelines(lengths=spans(7, 120)))
def test_every_side_of_every_set_is_announced_in_time_by_its_name(unrolled: Timeline) -> None:
    if any((work.length or PATIENCE) < seconds(7) for work in unrolled.works):
        return
    announced = [(at, cue) for at, cue in speech_of(unrolled) if cue.brief is not None]
    works = opening(unrolled)
    assert len(announced) == len(works)
    begins = Millis(0)
    starts = {}
    for segment in unrolled.segments:
        starts[segment.index] = begins
        begins = Millis(begins + (PATIENCE if segment.length is None else segment.length))
    for (at, cue), segment in zip(announced, works, strict=True):
        work, text = segment.work, (cue.text or "").lower()
        assert at <= starts[segment.index]
        if work.side is not None:
            assert f"{work.side.value} side" in text
        if work.side is not work.step.sides[0]:
            assert text == "right side."
        elif work.set > 1:
            assert text.startswith("last set" if work.set == work.sets else "set ")
        else:
            assert work.spoken.lower() in text


@given(routines(), speeches())
def test_a_work_without_an_announcement_is_told(made: Routine, speech: Speech) -> None:
    unrolled = compile_timeline(made, speech=speech)
    announced = sum(1 for _, cue in speech_of(unrolled) if cue.brief is not None)
    if announced < len(opening(unrolled)):
        assert unrolled.unsaid


def is_beyond(one: Step, line: Line) -> bool:
    longest = one.growth.end if one.growth else one.length
    moment = line.moment.after if isinstance(line.moment, At) else line.moment.before_end
    return longest is not None and moment is not None and moment >= longest


@given(routines(), speeches())
def test_what_the_author_wrote_is_said_or_told(made: Routine, speech: Speech) -> None:
    unrolled = compile_timeline(made, speech=speech)
    told = {text.text for text in unrolled.unsaid}
    spoken = [text for _, cue in speech_of(unrolled) if (text := cue.text) is not None]
    for one in made.steps():
        for line in one.say:
            assert line.text in told or line.text in spoken or is_beyond(one, line)


@given(timelines())
def test_a_long_rest_is_the_only_gap_that_is_named(unrolled: Timeline) -> None:
    for segment in unrolled.segments:
        is_named = any((cue.text or "").startswith("Rest. ") for cue in segment.cues)
        if is_named:
            assert segment.kind is SegmentKind.REST
            assert (segment.length or 0) >= seconds(20)


@given(timelines(), speeches())
def test_the_same_routine_is_narrated_the_same(unrolled: Timeline, speech: Speech) -> None:
    again = [compile_timeline(unrolled.routine, unrolled.level, speech) for _ in range(2)]
    assert again[0] == again[1]
