"""Our own two themes, and the colours that every theme needs for the kinds of a segment."""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color, ColorParseError
from textual.theme import Theme

DARK = Theme(
    name="prehab-dark",
    primary="#74b7f2",
    secondary="#b9a5f0",
    accent="#7fe0b0",
    success="#7fe0b0",
    warning="#f0c674",
    error="#ff8a7a",
    foreground="#e9eeec",
    background="#101618",
    surface="#161e21",
    panel="#1e282c",
    dark=True,
)
LIGHT = Theme(
    name="prehab-light",
    primary="#1a5fa8",
    secondary="#6a4bb0",
    accent="#0b6b47",
    success="#0b6b47",
    warning="#8a5a00",
    error="#b3261e",
    foreground="#16211d",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e6e3d8",
    dark=False,
)
OURS = (DARK, LIGHT)

KINDS = {"work": "success", "rest": "primary", "prepare": "warning", "paused": "secondary", "pain": "error"}
"""Which colour of a theme each kind of moment takes."""

_LEGIBLE = 5.5
"""Contrast of the digits against the background, by WCAG's formula; many themes stay below."""


def kind_colours(variables: Mapping[str, str]) -> dict[str, str]:
    """The colours of the kinds for one theme, moved towards the text's until they can be read from afar."""
    chosen: dict[str, str] = {}
    background, foreground = _parsed(variables, "background"), _parsed(variables, "foreground")
    if background is None or foreground is None:
        for kind, name in KINDS.items():
            chosen[f"kind-{kind}"] = variables[name]
        return {**chosen, "quiet": variables["foreground"], "faint": variables["foreground"]}
    for kind, name in KINDS.items():
        chosen[f"kind-{kind}"] = _legible(Color.parse(variables[name]), background, foreground).hex
    chosen["quiet"] = background.blend(foreground, 0.62).hex
    chosen["faint"] = background.blend(foreground, 0.24).hex
    return chosen


def contrast(one: Color, other: Color) -> float:
    """How well one colour stands out against another, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _parsed(variables: Mapping[str, str], name: str) -> Color | None:
    """A colour of the theme; `None` when only the terminal knows what it looks like."""
    try:
        color = Color.parse(variables[name])
    except ColorParseError:
        return None
    return color if color.ansi is None else None


def _legible(color: Color, background: Color, foreground: Color) -> Color:
    towards = foreground if contrast(foreground, background) >= _LEGIBLE else background.get_contrast_text(1)
    return next(
        (
            mixed
            for tenth in range(10)
            if contrast(mixed := color.blend(towards, tenth / 10), background) >= _LEGIBLE
        ),
        towards,
    )


def _luminance(color: Color) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
