"""The style sheets' colours: readable, also where axe cannot tell (a mark's painted ground)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch_web.colors import accent_style, contrast, themes

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


@pytest.fixture(scope="module", params=[0, 1], ids=["light", "dark"])
def colors(request: pytest.FixtureRequest) -> dict[str, str]:
    """The custom properties of a scheme that are colours."""
    assert themes()[0].keys() == themes()[1].keys()
    return themes()[request.param]


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_stand_out(colors: dict[str, str], front: str, ground: str, least: float) -> None:
    assert contrast(colors[front], colors[ground]) >= least


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@given(st.integers(0, 0xFFFFFF))
def test_any_accent_stands_out(number: int) -> None:
    style = accent_style(f"#{number:06x}")
    for theme, block in zip(themes(), re.findall(r":root \{(.*?)\}", style), strict=True):
        changed = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        assert changed.keys() == {"accent", "accent-ink", "tint", "bar"}
        colors = theme | changed
        for front, ground, least in PAIRS:
            assert contrast(colors[front], colors[ground]) >= least, (front, ground)


def test_a_readable_accent_is_taken_as_it_is() -> None:
    light, dark = re.findall(r"--accent: (#[0-9a-f]{6});", accent_style("#00647a"))
    assert light == "#00647a"
    assert dark != light


def test_every_property_is_used(root: Path, colors: dict[str, str]) -> None:
    sheets = (root / "web/kzsearch_web/static").glob("*.css")
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    assert [name for name in colors if f"var(--{name})" not in style] == []
