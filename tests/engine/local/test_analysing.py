"""Articles analysed in several processes: the same index, in the same order, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import AddReport, open_engine, verify
from kzsearch.engine.local import analysing
from kzsearch.engine.local.analysing import Analysing
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.morphology import Analyzer

COUNT = 150

ARTICLES = [
    Article(
        id=str(number % 140),  # the last ten are newer versions of the first
        title=f"Премьер-Министр {number} мектеп ашты",
        body=f"Президент сказал, что это {number}. Балалар {'дала ' * (number % 9)}мектептерінде.",
    )
    for number in range(COUNT)
]


def source() -> Iterator[Article]:
    yield from ARTICLES
    raise ValueError("the feed broke off")


def test_workers_make_the_index_that_one_process_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "ALONE", 0)
    for jobs in (1, 2):
        engine = open_engine(tmp_path / str(jobs), create=True)
        assert engine.add(ARTICLES, jobs=jobs) == AddReport(added=140, updated=10, unchanged=0)
        assert engine.add(ARTICLES[20:40], jobs=jobs).unchanged == 20
        engine.close()
        assert not list(verify(tmp_path / str(jobs)))
    sections = [_sections(tmp_path / jobs) for jobs in ("1", "2")]
    assert sections[0] == sections[1]
    assert sections[0]


def test_what_came_before_an_exception_is_given_back_first() -> None:
    given: list[str | None] = []
    prepared = Analysing(Analyzer()).prepare(source(), lambda article: article.id == "3")

    def take() -> None:
        for each in prepared:
            given.append(each[0].id if each else None)  # noqa: PERF401 - it raises at the end

    with pytest.raises(ValueError, match="broke off"):
        take()
    assert given == [
        None if article.id == "3" else article.id  # known
        for article in ARTICLES
    ]


def _sections(folder: Path) -> list[tuple[str, bytes]]:
    """What the segments of an index hold, section by section."""
    readers = [ColumnarReader(path) for path in sorted(folder.glob("segments/*"))]
    return [
        (name, reader.container[name].array().tobytes())
        for reader in readers
        for name in sorted(reader.container.sizes())
    ]
