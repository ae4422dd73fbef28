"""What mkdocs is told besides mkdocs.yml: pages made of the files beside docs/, and their links.

Links that lead out of docs/, into the code, become the path in the checkout: the site is of the
documents alone.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "README.md": "index.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
}
"""Files of the checkout, and the page that each becomes."""

LINK = re.compile(r"(?P<picture>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages made of files beside docs/."""
    for name, page in PAGES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=_relinked(text, "")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: object) -> str:
    """Turn links that lead out of docs/ into what they lead to."""
    return markdown if page.file.src_uri in PAGES.values() else _relinked(markdown, "docs")


def _relinked(markdown: str, folder: str) -> str:
    """The text of a file in ``folder`` of the checkout, with links for the site."""

    def relink(link: re.Match[str]) -> str:
        target, _, anchor = link["target"].partition("#")
        if not target or re.match(r"[a-z]+:|<", target):
            return link[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        if path in PAGES:
            place = PAGES[path]
        elif path.startswith("docs/"):
            place = path.removeprefix("docs/")
        else:
            return f"{link['text']} (`{path}`)"
        return f"{link['picture']}[{link['text']}]({place}{'#' if anchor else ''}{anchor})"

    return LINK.sub(relink, markdown)
