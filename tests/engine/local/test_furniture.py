"""What stands in page furniture counts little, however the index came about."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine, SearchRequest, Word, open_engine, rebuild, verify
from kzsearch.engine.interface import Place
from kzsearch.engine.ranking import DEFAULT_RANKING
from kzsearch.morphology import Analyzer

MENU = (
    "Басты Жаңалықтар Саясат {} Экономика Спорт Мәдениет Әлем Видео Фото Байланыс Жарнама Мұрағат "
    "Редакция Тілдер Қоғам Білім Денсаулық Пікірлер"
)
NEWS = (
    "Ауданда жаңа {} ашылды. Салтанатқа ауыл әкімі қатысты, ол құрылысшыларға алғыс айтты. "
    "Ғимарат бір жылда салынып бітті, оны қыркүйекте пайдалануға бермек."
)
ARTICLES = [
    Article(id="running", body=f"{NEWS} {MENU}".format("мектеп", "Аспан")),
    Article(id="menu", body=f"{NEWS} {MENU}".format("аспан", "Мектеп")),
    Article(id="menu first", body=f"{MENU} {NEWS}".format("Мектеп", "аспан")),
    Article(id="both", body=f"{NEWS} {MENU}".format("мектеп", "Мектеп")),
    Article(id="none", body=NEWS.format("аспан")),
]
SCHOOL = Word("мектеп", ("мект",))


def found(engine: Engine) -> list[tuple[str, float]]:
    return engine.rank(SearchRequest(SCHOOL))


def test_what_is_only_in_a_menu_is_found_below(engine: Engine) -> None:
    engine.add(ARTICLES)
    ids = [id for id, _ in found(engine)]
    assert ids[:2] == ["both", "running"]
    assert set(ids[2:]) == {"menu", "menu first"}


def test_an_occurrence_in_a_menu_is_a_part_of_one(engine: Engine) -> None:
    engine.add(ARTICLES)
    hits = engine.search(SearchRequest(SCHOOL, explain=True)).hits
    for hit in hits:
        assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-5)
    parts = {hit.article.id: hit.explanation for hit in hits}
    assert not any(part.place is Place.LEAD for part in parts["menu first"])
    (stem,) = (part.score for part in parts["running"] if part.where == "body stem")
    (aside,) = (part.score for part in parts["menu"] if part.where == "body stem")
    length = [len(article.body.split()) for article in ARTICLES]
    norm = 0.25 + 0.75 * length[0] / (sum(length) / len(length))
    k1, part = DEFAULT_RANKING.k1, DEFAULT_RANKING.aside
    expected = part / (part + k1 * norm) * (1 + k1 * norm)
    assert aside / stem == pytest.approx(expected, rel=1e-3)


def test_it_does_not_matter_how_the_index_came_about(
    engine: Engine, tmp_path: Path, analyzer: Analyzer
) -> None:
    engine.add(ARTICLES)
    path = tmp_path / "grown"
    with_merges = open_engine(path, create=True, analyzer=analyzer)
    for article in [*reversed(ARTICLES), *ARTICLES[::2], Article(id="gone", body="мектеп")]:
        with_merges.add([article])
    with_merges.delete(["gone"])
    assert found(with_merges) == found(engine)
    assert verify(path) == []
    rebuild(path, analyzer=analyzer)
    assert found(with_merges) == found(engine)
    assert verify(path) == []
    with_merges.close()
