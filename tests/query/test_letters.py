"""Copies of one text in several scripts: the one in the letters of the query is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from kzsearch import Article, Index, open_index

CYRILLIC = (
    "Бүгін Астанада үкімет отырысы өтті. Онда министрлер ауыл шаруашылығын дамыту жоспарын "
    "талқылап, егін шаруашылығына бөлінетін қаражатты көбейту туралы шешім қабылдады. Жиында "
    "сөйлеген премьер-министр облыс әкімдеріне жаңа техника сатып алуды тапсырды."
)
LATIN = (
    "Búgin Astanada úkimet otyrysy ótti. Onda mınıstrler aýyl sharýashylyǵyn damytý josparyn "
    "talqylap, egin sharýashylyǵyna bólinetin qarajatty kóbeıtý týraly sheshim qabyldady. Jıynda "
    "sóılegen premer-mınıstr oblys ákimderine jańa tehnıka satyp alýdy tapsyrdy."
)


@pytest.fixture(scope="module", params=["cyrillic", "latin"])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """Either copy is the older one, which is shown where nothing else decides."""
    older = request.param
    texts = {"cyrillic": CYRILLIC, "latin": LATIN}
    with open_index(tmp_path_factory.mktemp("letters"), create=True) as index:
        index.add(
            Article(id=id, title="", body=body, date=dt.date(2025, 1 + (id != older), 1))
            for id, body in texts.items()
        )
        yield index


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("үкімет отырысы", "cyrillic"),
        ("укимет", "cyrillic"),
        ("úkimet otyrysy", "latin"),
        ("ukimet otyrysy", "latin"),
    ],
)
def test_the_copy_in_the_letters_of_the_query_is_shown_and_marked(
    index: Index, query: str, id: str
) -> None:
    (hit,) = index.search(query, explain=True).hits
    assert hit.article.id == id
    assert [copy.id for copy in hit.copies] == [({"cyrillic", "latin"} - {id}).pop()]
    assert [hit.article.id for hit in index.export(query).hits] == [id]
    parts = sum(part.score for part in hit.explanation)
    assert hit.score == pytest.approx(parts, rel=1e-4)
    (fragment, *_) = hit.fragments
    assert fragment.marks
    assert fragment.text in {"cyrillic": CYRILLIC, "latin": LATIN}[id]
