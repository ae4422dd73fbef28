"""The style sheets' colours: readable, also where axe cannot tell (a mark's painted ground)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEXT, CONTROL = 4.5, 3.0
"""The contrasts WCAG 2.2 AA asks for (1.4.3 and 1.4.11)."""

PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "raised", TEXT),
    ("ink", "tint", TEXT),
    ("ink", "bar", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "raised", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "tint", TEXT),
    ("accent-ink", "accent", TEXT),
    ("visited", "paper", TEXT),
    ("mark-ink", "mark", TEXT),
    ("border", "paper", CONTROL),
    ("accent", "paper", CONTROL),
    ("second", "paper", CONTROL),
    ("border", "raised", CONTROL),
]


@pytest.fixture(scope="module", params=["light", "dark"])
def colors(root: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """The custom properties of a scheme that are colours."""
    style = (root / "web/kzsearch_web/static/theme.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(blocks) == 2
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks)
    assert light.keys() == dark.keys()
    return light if request.param == "light" else dark


def luminance(color: str) -> float:
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_stand_out(colors: dict[str, str], front: str, ground: str, least: float) -> None:
    lighter, darker = sorted((luminance(colors[front]), luminance(colors[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_every_property_is_used(root: Path, colors: dict[str, str]) -> None:
    sheets = (root / "web/kzsearch_web/static").glob("*.css")
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    assert [name for name in colors if f"var(--{name})" not in style] == []
