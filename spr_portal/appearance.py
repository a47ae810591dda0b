"""A force's colour as the few colours the pages need, always readable."""

from __future__ import annotations

import re

# The least contrast of text against its background: WCAG 2.2, success criterion 1.4.3 (AA).
MINIMUM_CONTRAST = 4.5
DEFAULT_COLOUR = "1d70b8"
BLACK, WHITE = (0, 0, 0), (255, 255, 255)

Colour = tuple[int, int, int]


def written_colour(text: str) -> str:
    """Six hexadecimal digits of a colour as a force's record has it.

    The default stands in for what is no colour, which would take every page down.
    """
    digits = text.removeprefix("#").lower()
    return digits if re.fullmatch("[0-9a-f]{6}", digits) else DEFAULT_COLOUR


def parse(hex_colour: str) -> Colour:
    """Red, green and blue, 0 to 255, of six hexadecimal digits, with or without "#"."""
    digits = hex_colour.removeprefix("#")
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_under_white(colour: Colour) -> Colour:
    """The colour itself, or the lightest shade of it on which white text can be read."""
    share_of_black = 0.0
    shade = colour
    while contrast(shade, WHITE) < MINIMUM_CONTRAST:
        share_of_black += 0.02
        shade = mix(colour, BLACK, share_of_black)
    return shade


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """`colour` with a share, 0 to 1, of another colour in it."""
    red, green, blue = (
        round(a * (1 - share) + b * share) for a, b in zip(colour, other, strict=True)
    )
    return (red, green, blue)


def stylesheet(hex_colour: str) -> str:
    """CSS that gives GOV.UK Frontend's custom properties the tones of one colour."""
    brand = readable_under_white(parse(hex_colour))
    properties = {
        "--govuk-brand-colour": brand,
        "--govuk-template-background-colour": mix(brand, WHITE, 0.95),
        "--govuk-surface-background-colour": mix(brand, WHITE, 0.95),
        "--govuk-surface-border-colour": mix(brand, WHITE, 0.5),
    }
    lines = "".join(f"  {name}: {_written(colour)};\n" for name, colour in properties.items())
    return f":root {{\n{lines}}}\n"


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _written(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
