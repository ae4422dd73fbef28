"""An index that learns from its own articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.errors import IndexWriteError
from kzsearch.morphology import Analyzer
from kzsearch.query import learn_associations
from kzsearch.query.associations import OWN_FILE, own_associations

WORDS = "өзен көл теңіз тасқын бөгет арна су жағалау кеме балық қайық толқын"


def test_the_table_is_written_into_the_folder_of_the_index(tmp_path: Path) -> None:
    counts: list[int] = []
    articles = (Article(id=str(n), title=WORDS, body=WORDS) for n in range(5))
    learned = learn_associations(articles, Analyzer(), tmp_path, counts.append)
    assert learned == len(own_associations(tmp_path)) > 0
    assert counts == [1, 2, 3, 4, 5]
    assert [path.name for path in tmp_path.iterdir()] == [OWN_FILE]


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(IndexWriteError, match=r"cannot be written"):
        learn_associations([], Analyzer(), tmp_path / "none")
