"""The documentation as a site, and the files that tell others about the project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kzsearch.version import __version__


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site; a link that leads nowhere fails here."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_document_is_a_page(root: Path, site: Path) -> None:
    documents = [path.stem for path in (root / "docs").glob("*.md")]
    pages = [*documents, "index", "security", "changes", "contributing"]
    assert [name for name in pages if not (site / f"{name}.html").exists()] == []
    navigation = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert [name for name in pages if f"{name}.md" not in navigation] == []


def test_links_of_the_readme_lead_to_pages(site: Path) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="web.html"' in start
    assert 'src="images/search.png"' in start
    assert "docs/" not in " ".join(re.findall(r'(?:href|src)="([^"]*)"', start))


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.glob("**/*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|img|link|iframe)\b[^>]*(?:src|href)=\"([^\"]*)\"", text)
        assert [each for each in loaded if re.match(r"(?:[a-z]+:)?//", each)] == [], page.name


def test_the_citation_is_of_this_version(root: Path) -> None:
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert str(citation["version"]) == __version__
    assert citation["license"] == "MIT"
    assert {"message", "title", "authors"} <= citation.keys()
