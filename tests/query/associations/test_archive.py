"""An index that learns from its own articles."""

from __future__ import annotations

from kzsearch.documents import Article
from kzsearch.morphology import Analyzer
from kzsearch.query import learn_associations
from kzsearch.query.associations import own_associations

WORDS = "өзен көл теңіз тасқын бөгет арна су жағалау кеме балық қайық толқын"


def test_what_is_learned_is_a_table_for_the_index_to_keep() -> None:
    counts: list[int] = []
    articles = (Article(id=str(n), title=WORDS, body=WORDS) for n in range(5))
    learned, table = learn_associations(articles, Analyzer(), counts.append)
    assert learned == len(own_associations(table)) > 0
    assert counts == [1, 2, 3, 4, 5]


def test_nothing_is_learned_from_nothing() -> None:
    learned, table = learn_associations([], Analyzer())
    assert (learned, own_associations(table)) == (0, {})
    assert table.startswith(b"# ")
