"""``verify`` finds an index that is whole but says something else than its articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import open_engine, verify
from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens, analyse_article
from kzsearch.engine.local import analysing
from kzsearch.morphology import Analyzer, Term

ARTICLES = [
    Article(
        id=f"б-{number}",
        title=f"мектеп {number} ашылды",
        body=f"мектеп-интернат салтанатты жағдайда {number} мың-мың оқушы мен мұғалім " * 3,
        date=dt.date(2025, 9, 1 + number),
        source="Қала",
    )
    for number in range(4)
]

WORDS = ("мектеп", "мектептер", "қала", "мұғалім", "а-б", "а-а", "12", "ерекше")
words = st.lists(st.sampled_from(WORDS))


@given(st.lists(st.tuples(words, words), max_size=6))
@settings(max_examples=settings.default.max_examples // 2)
def test_a_whole_index_agrees_with_its_articles(
    tmp_path_factory: pytest.TempPathFactory,
    analyzer: Analyzer,
    texts: list[tuple[list[str], list[str]]],
) -> None:
    path = tmp_path_factory.mktemp("index")
    engine = open_engine(path, create=True, analyzer=analyzer)
    engine.add(
        Article(id=f"{n}", title=" ".join(title), body=" ".join(body))
        for n, (title, body) in enumerate(texts)
    )
    engine.add([Article(id="0", body="жаңа")])
    engine.close()
    assert verify(path, analyzer=analyzer) == []


def test_the_real_analyzer_agrees_with_itself(tmp_path: Path) -> None:
    engine = open_engine(tmp_path, create=True)
    engine.add(ARTICLES)
    engine.close()
    assert verify(tmp_path) == []


def test_one_word_may_have_two_stems(index_path: Path, analyzer: Any) -> None:
    """As in Kazakh and Russian titles; completions know only one for each surface."""

    class ByFirstLetter(type(analyzer)):  # type: ignore[misc]
        def analyze(self, text: str, **options: object) -> list[Term]:
            terms: list[Term] = super().analyze(text, **options)
            return [replace(term, stems=(text[:1] + term.surface,)) for term in terms]

    both = ByFirstLetter()
    engine = open_engine(index_path, create=True, analyzer=both)
    engine.add([Article(id="1", title="а мектеп"), Article(id="2", title="б мектеп")])
    engine.close()
    assert verify(index_path, analyzer=both) == []


Change = Callable[[AnalysedArticle], AnalysedArticle]


def other_tokens(article: AnalysedArticle, **changes: Any) -> AnalysedArticle:
    body = article.body
    fields = {name: getattr(body, name) for name in ("words", "positions", "starts", "ends")}
    return replace(article, body=Tokens(**(fields | changes)))


def swapped(values: Any) -> Any:
    values = values.copy()
    values[[0, 2]] = values[[2, 0]]
    return values


def other_stem(article: AnalysedArticle) -> AnalysedArticle:
    (surface, _), *rest = article.words
    changed: Sequence[AnalysedWord] = [(surface, ("басқа",)), *rest]
    return replace(article, words=tuple(changed))


CHANGES: dict[str, tuple[Change, str]] = {
    "time": (lambda a: replace(a, time=a.time + 1), "time of article 1"),
    "day": (lambda a: replace(a, day=a.day + 1), "day of article 1"),
    "source": (lambda a: replace(a, source="Дала"), "source of article 1"),
    "category": (lambda a: replace(a, category="Қоғам"), "category of article 1"),
    "language": (lambda a: replace(a, language="ru"), "language of article 1"),
    "digest": (lambda a: replace(a, digest="0" * len(a.digest)), "digest of article 1"),
    "title": (lambda a: replace(a, title=a.body), "title length of article 1"),
    "stem": (other_stem, "postings of kind stem"),
    "words": (lambda a: other_tokens(a, words=swapped(a.body.words)), "tokens of article 1"),
    "starts": (lambda a: other_tokens(a, starts=a.body.starts + 1), "tokens of article 1"),
    "positions": (
        lambda a: other_tokens(a, positions=a.body.positions + np.uint32(1)),
        "positions are not those",
    ),
    "fingerprint": (lambda a: replace(a, fingerprint=None), "fingerprint of article 1"),
    "title words": (lambda a: replace(a, title_words=()), "title words of article 1"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_wrong_value_is_found(
    index_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As if a merge had copied damage and given it a fresh digest: every file is as written."""
    change, told = CHANGES[name]

    def analyse(article: Article, analyzer: Analyzer) -> AnalysedArticle:
        analysed = analyse_article(article, analyzer)
        return change(analysed) if article.id == "б-1" else analysed

    monkeypatch.setattr(analysing, "analyse_article", analyse)
    engine = open_engine(index_path, create=True, analyzer=analyzer)
    engine.add(ARTICLES)
    engine.close()
    damages = verify(index_path, analyzer=analyzer)
    assert any(told in damage.problem for damage in damages), damages


def test_an_index_of_another_analyzer_is_not_compared(index_path: Path, analyzer: Any) -> None:
    engine = open_engine(index_path, create=True, analyzer=analyzer)
    engine.add(ARTICLES)
    engine.close()
    assert verify(index_path, analyzer=type(analyzer)("another")) == []
