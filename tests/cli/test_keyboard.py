"""What a terminal sends for keys, named one by one."""

from __future__ import annotations

import pytest

from prehab.cli.keyboard import names_of


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ("n", ["n"]),
        ("q\r", ["q", "enter"]),
        ("\x1b[C", ["right"]),
        ("\x1bOC", ["right"]),
        ("\x1b", ["escape"]),
        ("\x1b\x1b[A5", ["escape", "up", "5"]),
        ("ü ", ["ü", "space"]),
        ("", []),
    ],
)
def test_every_key_is_named_in_the_order_it_was_pressed(sent: str, names: list[str]) -> None:
    assert list(names_of(sent)) == names


@pytest.mark.parametrize("sent", ["\x1bOP", "\x1b[3~", "\x1b[1;5C", "\x1b[15~"])
def test_a_key_that_nothing_is_known_of_is_no_escape(sent: str) -> None:
    assert list(names_of(sent)) == [sent]
