"""Takes the pictures in docs/images and draws the icons of the site: run it after changing a page.

Needs Chromium and playwright. The pictures show the sample articles; the icons are favicon.svg in
the sizes that browsers, telephones and social networks ask for.
"""

from __future__ import annotations

import os
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

from playwright.sync_api import sync_playwright

from kzsearch import open_index
from kzsearch.documents import read_articles
from kzsearch_web import create_app

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
STATIC = ROOT / "web/kzsearch_web/static"
CHROMIUM = os.environ.get("KZSEARCH_CHROMIUM", "/usr/bin/chromium")

DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
PICTURES: list[tuple[str, str, dict[str, int], str]] = [
    ("search", f"?q={quote('мектеп')}", DESK, "light"),
    ("start-dark", "", DESK, "dark"),
    ("phone", f"?q={quote('сенат төрағасы')}", PHONE, "light"),
    ("article-phone-dark", "articles/{article}?q=" + quote("сенат төрағасы"), PHONE, "dark"),
    ("timeline", f"timeline?q={quote('мектеп')}&compare={quote('су')}", DESK, "light"),
    ("latin-phone", f"?q={quote('мектеп')}&letters=latn", PHONE, "light"),
]
"""Name, address, size and colours of each picture."""

TOUCH_ICON, LARGE_ICON = 180, 512
FAVICON = (16, 32, 48)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a server over the index at ``path``."""
    with make_server("127.0.0.1", 0, create_app(path), handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def take_pictures(browser: Any) -> None:
    """Photograph the pages over the sample articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        with open_index(path, create=True) as index:
            index.add(read_articles(ROOT / "seeds", on_problem=print))
            article = index.search("сенат төрағасы").hits[0].article.id
        with served(path) as address:
            for name, place, size, scheme in PICTURES:
                page = browser.new_page(viewport=size, color_scheme=scheme)
                page.goto(address + place.format(article=article))
                page.evaluate("document.activeElement.blur()")
                page.screenshot(path=IMAGES / f"{name}.png")
                page.close()


def draw_icons(browser: Any) -> None:
    """Draw favicon.svg as PNG files and as favicon.ico."""
    svg = (STATIC / "favicon.svg").read_text(encoding="utf-8")

    def drawn(size: int) -> bytes:
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}")
        png: bytes = page.screenshot(omit_background=True)
        page.close()
        return png

    for size in (TOUCH_ICON, LARGE_ICON):
        (STATIC / f"icon-{size}.png").write_bytes(drawn(size))
    (STATIC / "favicon.ico").write_bytes(icon_file({size: drawn(size) for size in FAVICON}))


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """Square PNG pictures, by their size below 256, as one ICO file."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries = b""
    for size, png in pictures.items():
        entries += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), place)
        place += len(png)
    return head + entries + b"".join(pictures.values())


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        draw_icons(chromium)
        take_pictures(chromium)
        chromium.close()
