"""The colours of series: the same series has the same colour in the mail and on every page, by day and by night."""

from __future__ import annotations

import hashlib

PALETTE = ("#1f8a8c", "#4a7fc1", "#8d6cc4", "#bd5a8c", "#b07a1f", "#3e9361", "#c9643f")
"""Each has a contrast of at least 3 to 1 on white and on the dark ground, which a test holds them to."""

PAPER = "#ffffff"
NIGHT = "#1b1f22"


def series_colour(series_id: str) -> str:
    """A series' colour, decided by its id alone."""
    return PALETTE[hashlib.sha256(series_id.encode()).digest()[0] % len(PALETTE)]


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG defines it, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
