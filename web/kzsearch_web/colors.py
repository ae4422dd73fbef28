"""The accent colour of a site, made readable: what ``ACCENT`` changes in theme.css.

The colour chosen is kept in its hue and made darker on light ground and lighter on dark ground
until every pair of colours it is part of has the contrast that WCAG 2.2 AA asks of text.
"""

from __future__ import annotations

import colorsys
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, current_app

__all__ = ["accent_style", "contrast", "init_colors", "themes"]

TEXT = 4.5
"""The contrast of text (WCAG 2.2, 1.4.3)."""

_TINT, _BAR = 0.1, 0.3
"""How much of the accent is in the ground of what is chosen, and in the bars of a facet."""

_STEPS = 100
_Color = tuple[float, float, float]

_STYLE = """\
:root {{ {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
"""


def init_colors(app: Flask) -> None:
    """Serve ``/accent.css``, which base.html links to where ``ACCENT`` is set."""
    app.add_url_rule("/accent.css", "accent", _accent)


def _accent() -> Response:
    if not current_app.config["ACCENT"]:
        abort(404)
    response = Response(accent_style(current_app.config["ACCENT"]), mimetype="text/css")
    response.cache_control.max_age = 3_600
    return response


@cache
def accent_style(accent: str) -> str:
    """The style sheet for an accent like ``#00647a``."""
    light, dark = (
        " ".join(f"--{name}: {value};" for name, value in _properties(accent, theme).items())
        for theme in themes()
    )
    return _STYLE.format(light=light, dark=dark)


@cache
def themes() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of theme.css by their names, light and dark."""
    style = Path(__file__).with_name("static") / "theme.css"
    blocks = re.findall(r":root \{(.*?)\}", style.read_text(encoding="utf-8"), re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks)
    return light, dark


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG counts it."""
    darker, lighter = sorted((_luminance(_read(one)), _luminance(_read(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _properties(accent: str, theme: dict[str, str]) -> dict[str, str]:
    """What the accent becomes in one theme."""
    dark = _luminance(_read(theme["paper"])) < _luminance(_read(theme["ink"]))
    hue, lightness, saturation = colorsys.rgb_to_hls(*_read(accent))
    grounds = [theme["paper"], theme["raised"]]
    for step in range(_STEPS + 1):  # the last is black or white, which everything stands out on
        share = step / _STEPS
        moved = lightness + (1 - lightness) * share if dark else lightness * (1 - share)
        color = _written(colorsys.hls_to_rgb(hue, moved, saturation))
        tint = _mixed(theme["paper"], color, _TINT)
        if all(contrast(color, ground) >= TEXT for ground in (*grounds, tint)):
            break
    bar = next(
        mixed
        for share in range(int(_BAR * _STEPS), -1, -1)
        if contrast(mixed := _mixed(theme["paper"], color, share / _STEPS), theme["ink"]) >= TEXT
    )
    on_it = max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, color))
    return {"accent": color, "accent-ink": on_it, "tint": tint, "bar": bar}


def _read(color: str) -> _Color:
    digits = color.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _written(color: _Color) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in color)


def _mixed(ground: str, color: str, share: float) -> str:
    """``ground`` with so much of ``color`` in it."""
    pairs = zip(_read(ground), _read(color), strict=True)
    red, green, blue = (below * (1 - share) + above * share for below, above in pairs)
    return _written((red, green, blue))


def _luminance(color: _Color) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
