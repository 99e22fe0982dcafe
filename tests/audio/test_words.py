"""What is written becomes what a voice reads well."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prehab.audio.words import is_count, say_well, spell_number

_WRITTEN = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789 :.,/-x×sSmhLR()#&+%°½ kabtndrep–", max_size=40),
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "Next: straight-knee calf, left side, 30 seconds.",
            "Next: straight-knee calf, left side, thirty seconds.",
        ),
        ("3 x 30 s, L", "three times thirty seconds, left."),
        ("3×30 s", "three times thirty seconds."),
        ("Chin tucks, 5 x 4 s", "Chin tucks, five times four seconds."),
        ("5 reps of a 5 s hold.", "five reps of a five second hold."),
        ("1 rep", "one rep."),
        ("1 s", "one second."),
        ("１２ s", "twelve seconds."),
        ("1:30", "one minute thirty."),
        ("0:45 rest", "forty-five seconds rest."),
        ("1:02:03", "one hour two minutes three."),
        ("1m30s", "one minute thirty seconds."),
        ("2m", "two minutes."),
        ("200 m", "two hundred metres."),
        ("30–60 s", "thirty to sixty seconds."),
        ("8-12 reps", "eight to twelve reps."),
        ("quads & hips + core", "quads and hips plus core."),
        ("90/90 stretch", "ninety ninety stretch."),
        ("½ squat, 45°, 50%", "half squat, forty-five degrees, fifty percent."),
        ("1,000 steps, 1.5 km", "one thousand steps, one point five kilometres."),
        ("2nd, 12th and 20th", "second, twelfth and twentieth."),
        ("in 2021", "in twenty twenty-one."),
        ("Side: R", "Side: right."),
        ("L/R", "left right."),
        ("L-sit", "L-sit."),
        ("(or fold on a bench), slow breaths", "or fold on a bench, slow breaths."),
        ("don't – stop… now", "don't, stop. now."),
        ("Last set.", "Last set."),
    ],
)
def test_a_person_would_read_it_aloud_like_this(written: str, said: str) -> None:
    assert say_well(written) == said


@pytest.mark.parametrize(
    "written", ["<volume level='500'>hi</volume>", "hi &amp; ho", "[[slnc 5000]] hi", "hi\\!"]
)
def test_no_voice_finds_markup_in_it(written: str) -> None:
    assert not set(say_well(written)) & set('<>&[]{}\\|"=_*')


def test_terminal_escapes_are_not_read_out() -> None:
    assert say_well("\x1b[31mRed\x1b[0m \x1b]0;title\x07line") == "Red line."


@pytest.mark.parametrize("written", ["", " ", "…", "***", "\x00\x07", "-", "😀", "'"])
def test_without_a_word_there_is_nothing_to_say(written: str) -> None:
    assert say_well(written) == ""


@given(_WRITTEN)
def test_said_twice_is_said_once(written: str) -> None:
    assert say_well(say_well(written)) == say_well(written)


@given(_WRITTEN)
def test_no_digit_and_no_control_character_is_left(written: str) -> None:
    said = say_well(written)
    assert not any(char.isdigit() for char in said)
    assert not any(unicodedata.category(char).startswith(("C", "S")) for char in said)
    assert "\n" not in said


@given(st.lists(st.text("abcdefghijklmnopqrstuvwyz", min_size=2, max_size=9), min_size=1, max_size=8))
def test_plain_words_come_through_whole(words: list[str]) -> None:
    assert re.findall(r"[a-z]+", say_well(" ".join(words))) == words


@given(st.integers(0, 999_999))
def test_every_number_has_words_of_its_own(number: int) -> None:
    assert say_well(str(number)) == f"{spell_number(number)}." or 1900 <= number <= 2099


@given(st.integers(1, 999))
def test_a_number_alone_is_a_count(number: int) -> None:
    assert is_count(say_well(str(number)))


@pytest.mark.parametrize("said", ["Right side.", "one second.", "Set two of three.", ""])
def test_a_sentence_is_no_count(said: str) -> None:
    assert not is_count(said)
