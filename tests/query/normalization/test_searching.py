"""Both spellings of a word in one index: neither hides the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzsearch import Article, Index, open_index

BODIES = {
    "bare": "Казакстан укимети шешим кабылдады.",
    "kazakh": "Қазақстан үкіметі шешім қабылдады.",
    "russian": "Завтра начинается второй тур чемпионата.",
    "praise": "Керемееет той болды.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("spelled"), create=True) as index:
        index.add(Article(id=name, body=body) for name, body in BODIES.items())
        yield index


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("казакстан", {"bare", "kazakh"}),
        ("шешим", {"bare", "kazakh"}),
        ("кабылдады", {"bare", "kazakh"}),
        ("=шешим", {"bare"}),
        ("тур", {"russian"}),
        ("керемет", {"praise"}),
        ("кереметттт", {"praise"}),
    ],
)
def test_no_exact_match_is_hidden(index: Index, query: str, ids: set[str]) -> None:
    found = {hit.article.id for hit in index.search(query).hits if not hit.fallback}
    assert found >= ids
