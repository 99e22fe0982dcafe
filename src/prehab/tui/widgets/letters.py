"""Words three rows high, for eyes two metres away, put together from half blocks."""

from __future__ import annotations

from functools import lru_cache

ROWS = 3
"""How many rows a word is high."""
BETWEEN = 5
"""Cells between two words."""
_AIR = 1
_SPACE = 3
_HALVES = " ▀▄█"

_INK = {
    "A": ".##. #..# #..# #### #..# #..#",
    "C": ".### #... #... #... #... .###",
    "D": "###. #..# #..# #..# #..# ###.",
    "E": "#### #... ###. #... #... ####",
    "F": "#### #... ###. #... #... #...",
    "G": ".### #... #... #.## #..# .###",
    "H": "#..# #..# #### #..# #..# #..#",
    "I": "# # # # # #",
    "L": "#... #... #... #... #... ####",
    "M": "#...# ##.## #.#.# #...# #...# #...#",
    "N": "#..# ##.# ##.# #.## #.## #..#",
    "O": ".##. #..# #..# #..# #..# .##.",
    "P": "###. #..# #..# ###. #... #...",
    "R": "###. #..# #..# ###. #.#. #..#",
    "S": ".### #... .##. ...# ...# ###.",
    "T": "##### ..#.. ..#.. ..#.. ..#.. ..#..",
    "U": "#..# #..# #..# #..# #..# .##.",
    "V": "#...# #...# #...# .#.#. .#.#. ..#..",
    "W": "#...# #...# #...# #.#.# ##.## #...#",
    "Y": "#...# .#.#. ..#.. ..#.. ..#.. ..#..",
    "0": ".##. #..# #..# #..# #..# .##.",
    "1": ".# ## .# .# .# .#",
    "2": "###. ...# ..#. .#.. #... ####",
    "3": "###. ...# .##. ...# ...# ###.",
    "4": "..## .#.# #..# #### ...# ...#",
    "5": "#### #... ###. ...# ...# ###.",
    "6": ".##. #... ###. #..# #..# .##.",
    "7": "#### ...# ..#. ..#. .#.. .#..",
    "8": ".##. #..# .##. #..# #..# .##.",
    "9": ".##. #..# #..# .### ...# .##.",
    "/": "...# ...# ..#. .#.. #... #...",
    "■": "###### ###### ###### ###### ###### ######",
    "●": ".####. ###### ###### ###### ###### .####.",
    "○": ".####. ##..## #....# #....# ##..## .####.",
    "▲": ".....#..... ....###.... ...#####... ..#######.. .#########. ###########",
    "▶": "##.... ####.. ###### ###### ####.. ##....",
    "▷": "##.... #.##.. #...## #...## #.##.. ##....",
    "◀": "....## ..#### ###### ###### ..#### ....##",
    "◇": "..##.. .#..#. #....# #....# .#..#. ..##..",
    "→": "...#.. ...##. ###### ###### ...##. ...#..",
    "⇄": "....#. ###### ....#. .#.... ###### .#....",
    "‖": "##..## ##..## ##..## ##..## ##..## ##..##",
}
"""Six half rows of each, from the top; a cell is as wide as a half row is high."""


def columns_of(*words: str) -> int:
    """How many cells some words take beside each other; a word that is empty takes none."""
    wide = [len(draw(word)[0]) for word in words if word]
    return sum(wide) + BETWEEN * max(0, len(wide) - 1)


def can_draw(text: str) -> bool:
    """Whether there is a shape for every character."""
    return all(character == " " or character in _INK for character in text)


@lru_cache(maxsize=32)
def draw(text: str) -> tuple[str, ...]:
    """Draw a text as three lines of half blocks of one width."""
    halves = [""] * (ROWS * 2)
    for character in text:
        air = " " * _AIR if halves[0] else ""
        shape = _INK[character].split() if character != " " else ["." * (_SPACE - _AIR)] * (ROWS * 2)
        halves = [f"{before}{air}{row}" for before, row in zip(halves, shape, strict=True)]
    return tuple(
        "".join(
            _HALVES[(upper == "#") + 2 * (lower == "#")]
            for upper, lower in zip(halves[row], halves[row + 1], strict=True)
        )
        for row in range(0, ROWS * 2, 2)
    )
