"""The character of a cell: its eight dots in braille, or the plain letter that looks most like them."""

from __future__ import annotations

from prehab.figures.silhouette import Tone

_BRAILLE = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""The bit of a braille character for each dot, row by row from the top, left before right."""

BRAILLE = tuple(
    chr(0x2800 + sum(bit for place, bit in enumerate(_BRAILLE) if dots >> place & 1)) for dots in range(256)
)

_SHAPES = {
    "#": ("11", "11", "11", "11"), "|": ("10", "10", "10", "10"), "l": ("01", "01", "01", "01"),
    "-": ("00", "11", "00", "00"), "=": ("00", "11", "11", "00"), "_": ("00", "00", "00", "11"),
    "'": ("01", "01", "00", "00"), "`": ("10", "10", "00", "00"), '"': ("11", "11", "00", "00"),
    ".": ("00", "00", "00", "10"), ",": ("00", "00", "01", "01"), "/": ("01", "01", "10", "10"),
    "\\": ("10", "10", "01", "01"), "o": ("00", "00", "11", "11"), "^": ("11", "00", "00", "00"),
    "(": ("01", "10", "10", "01"), ")": ("10", "01", "01", "10"), "L": ("10", "10", "10", "11"),
    "J": ("01", "01", "01", "11"), "7": ("11", "01", "01", "01"), "F": ("11", "10", "10", "10"),
    "P": ("11", "11", "10", "10"), "9": ("11", "11", "01", "01"), "b": ("10", "10", "11", "11"),
    "d": ("01", "01", "11", "11"), "Y": ("11", "11", "01", "10"), "O": ("01", "11", "11", "10"),
    "~": ("00", "00", "11", "00"), "u": ("00", "11", "11", "11"), "n": ("11", "11", "11", "00"),
}  # fmt: skip


def _dots(rows: tuple[str, ...]) -> int:
    return sum(
        1 << (line * 2 + column) for line, row in enumerate(rows) for column in (0, 1) if row[column] == "1"
    )


def _nearest(dots: int) -> str:
    return min(_SHAPES, key=lambda letter: (dots ^ _dots(_SHAPES[letter])).bit_count())


ASCII = (" ", *(_nearest(dots) for dots in range(1, 256)))


def braille_glyph(dots: int, tone: Tone) -> str:
    """The braille character of eight dots."""
    return BRAILLE[dots]


def ascii_glyph(dots: int, tone: Tone) -> str:
    """The plain letter for eight dots; what is far away is a colon or a dot, a mat is a double line."""
    if tone is Tone.FAR:
        return ":" if dots.bit_count() > 2 else "."
    if tone is Tone.GROUND:
        return "=" if dots.bit_count() > 2 else "-"
    return ASCII[dots]
