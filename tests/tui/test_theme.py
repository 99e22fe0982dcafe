from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from prehab.tui import theme

ALL = {**BUILTIN_THEMES, **{one.name: one for one in theme.OURS}}


@pytest.mark.parametrize("name", sorted(ALL))
def test_digits_can_be_read_in_every_theme(name: str) -> None:
    variables = ALL[name].to_color_system().generate()
    chosen = theme.kind_colours(variables)
    assert {f"kind-{kind}" for kind in theme.KINDS} <= set(chosen)
    background = Color.parse(variables["background"])
    if background.ansi is None:
        for kind in theme.KINDS:
            assert theme.contrast(Color.parse(chosen[f"kind-{kind}"]), background) >= 4.5


@pytest.mark.parametrize("ours", theme.OURS, ids=lambda one: one.name)
def test_our_own_colours_need_no_correction(ours: Theme) -> None:
    variables = ours.to_color_system().generate()
    chosen = theme.kind_colours(variables)
    for kind, name in theme.KINDS.items():
        assert Color.parse(chosen[f"kind-{kind}"]) == Color.parse(variables[name])


def test_black_on_white_is_the_strongest_contrast() -> None:
    assert round(theme.contrast(Color(0, 0, 0), Color(255, 255, 255))) == 21
