"""What the tests of the documents room share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzsearch.documents import Article, Problem, read_articles


@dataclass
class Outcome:
    """What came of reading: the articles, and the problems with paths cut to file names."""

    articles: list[Article]
    problems: list[str]

    @property
    def bodies(self) -> list[str]:
        return [article.body for article in self.articles]


def read_all(*paths: Path | str) -> Outcome:
    problems: list[Problem] = []
    articles = list(read_articles(paths, on_problem=problems.append))
    return Outcome(articles, [str(Problem(Path(p.path).name, p.line, p.message)) for p in problems])


@pytest.fixture
def read() -> Callable[..., Outcome]:
    """Reads paths, keeping the problems."""
    return read_all


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[[str, str | bytes], Outcome]:
    """Writes a file of that name and content, and reads it."""

    def write_and_read(name: str, content: str | bytes) -> Outcome:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_all(path)

    return write_and_read
