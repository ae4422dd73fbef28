"""Terms found through the forward index are those that analysing the article again finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import open_engine
from kzsearch.engine.interface import SearchRequest
from kzsearch.engine.nodes import Everything
from kzsearch.engine.schema import TextField
from kzsearch.morphology import Analyzer

WORDS = ("мектептер", "мектеп", "қаламыз", "Қаланың", "2025-ші", "оқу-ағарту", "закон", "жаңа")
text = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    title=text,
    body=text,
    words=st.sets(
        st.sampled_from(
            ["мектеп", "қала", "қаламыз", "жаңа", "оқу", "закон", "жоқ", "ағарту", "2025", "а", "б"]
        )
    ),
    prefixes=st.lists(st.sampled_from(["мект", "қ", "я"]), max_size=2).map(tuple),
)
def test_the_terms_of_title_and_body(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    body: str,
    words: set[str],
    prefixes: tuple[str, ...],
) -> None:
    path: Path = tmp_path_factory.mktemp("forward")
    analyzer = Analyzer()
    engine = open_engine(path, create=True, analyzer=analyzer)
    engine.add([Article(id="other", body="бала а б"), Article(id="a", title=title, body=body)])
    hits = engine.search(SearchRequest(query=Everything(), limit=2)).hits
    (terms,) = (hit.terms for hit in hits if hit.article.id == "a")
    assert terms is not None
    for field, of in ((TextField.TITLE, title), (TextField.BODY, body)):
        wanted = analyzer.find(of, words, prefixes)
        assert [(t.surface, t.start, t.end, t.position) for t in wanted] == [
            (t.surface, t.start, t.end, t.position) for t in terms.find(field, words, prefixes)
        ]
        assert [words & set(t.stems) for t in wanted] == [
            set(t.stems) for t in terms.find(field, words, prefixes)
        ]
    engine.close()
