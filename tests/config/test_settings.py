"""The table of settings: its defaults, its values, and the file that comes out of it."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from prehab.config.document import template
from prehab.config.kinds import OneOf, Switch, Table, Text, Whole
from prehab.config.settings import BY_KEY, DEFAULTS, SPECS, Backend, Settings, Spec, StyleChoice
from prehab.domain.cues import CueKind
from prehab.domain.routine import Style

NOT_TABLES = [spec for spec in SPECS if not isinstance(spec.kind, Table)]


def test_nobody_is_startled_before_they_have_asked_for_it() -> None:
    assert DEFAULTS.volume == 40
    assert DEFAULTS.sound is None
    assert not DEFAULTS.muted
    assert not DEFAULTS.safety_accepted


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_every_setting_says_what_it_is_and_what_it_does(spec: Spec) -> None:
    assert spec.label
    assert spec.label[0].isupper()
    assert spec.does.endswith(".")
    assert spec.kind.allowed


@pytest.mark.parametrize("spec", NOT_TABLES, ids=lambda spec: spec.key)
def test_every_default_survives_the_way_into_the_file_and_back(spec: Spec) -> None:
    if spec.default is not None:
        assert spec.kind.read(spec.kind.write(spec.default)) == spec.default


@pytest.mark.parametrize("spec", NOT_TABLES, ids=lambda spec: spec.key)
def test_every_choice_of_the_screen_can_be_taken_and_is_spelled_like_itself(spec: Spec) -> None:
    for choice in spec.kind.choices:
        assert spec.kind.spell(spec.kind.parse(choice)) == choice


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("sound.volume", 101),
        ("sound.volume", -1),
        ("sound.volume", True),
        ("sound.volume", 40.0),
        ("sound.volume", "40"),
        ("sound.lead", 1001),
        ("sound.lead", -501),
        ("sound.choice", "loud"),
        ("sound.muted", "perhaps"),
        ("voice.name", 7),
        ("voice.name", "two\nlines"),
        ("keys", {"session.pause": 3}),
        ("keys", "space"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_with_what_is(key: str, wrong: object) -> None:
    with pytest.raises(ValueError, match="is not"):
        BY_KEY[key].kind.read(wrong)


@given(st.text(max_size=20))
def test_a_number_is_read_from_plain_digits_only(written: str) -> None:
    kind = Whole(-500, 1000)
    try:
        value = kind.parse(written)
    except ValueError:
        return
    assert int(written) == value
    assert written.isascii()


def test_on_and_off_are_understood_beside_true_and_false() -> None:
    assert [Switch().read(value) for value in ("on", "off", True, False)] == [True, False, True, False]


def test_keys_may_be_written_with_quotes_or_as_tables() -> None:
    kind = BY_KEY["keys"].kind
    quoted = tomli.loads('"session.pause" = "p"')
    nested = tomli.loads('session.pause = "p"')
    assert kind.read(quoted) == kind.read(nested) == {"session.pause": "p"}


def test_a_table_in_a_table_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="is not"):
        BY_KEY["keys"].kind.read(tomli.loads(".".join("a" * 200) + ' = "x"'))


def test_text_that_is_not_set_is_spelled_as_the_default() -> None:
    assert Text("a theme").spell("") == "default"
    assert OneOf(Backend).spell(None) == "not chosen"
    assert BY_KEY["week.core"].kind.spell(None) == "as the routines say"
    assert BY_KEY["week.core"].kind.parse("as the routines say") is None
    assert BY_KEY["keys"].kind.spell({"a": "b"}) == "1 set"
    assert BY_KEY["keys"].kind.spell({}) == "none"


def test_the_routine_has_its_own_style_unless_the_person_wants_another() -> None:
    assert StyleChoice.ROUTINE.style is None
    assert StyleChoice.CALM.style is Style.CALM


def test_cues_sounds_and_targets_are_gathered_for_those_who_use_them() -> None:
    settings = Settings(cue_tick=False, own_go="go.wav", week_desk_reset=0)
    assert settings.cues_on == frozenset(CueKind) - {CueKind.TICK}
    assert settings.own_sounds == {CueKind.GO: "go.wav"}
    assert settings.targets == {"desk-reset": 0}


def test_the_commented_file_sets_nothing_and_explains_everything() -> None:
    text = template()
    assert all(not table for table in tomli.loads(text).values())
    for spec in SPECS:
        assert spec.does.removesuffix(".") in text


def test_the_commented_file_with_its_comments_opened_says_the_defaults() -> None:
    opened = "\n".join(
        line.removeprefix("# ") if " = " in line and ": " not in line else line
        for line in template().splitlines()
    )
    table = tomli.loads(opened)
    for spec in NOT_TABLES:
        section, name = spec.path
        value = spec.kind.read(table[section][name])
        assert value == spec.default or spec.default is None
