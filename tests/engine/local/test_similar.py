"""Articles on the same matter."""

from __future__ import annotations

import pytest

from kzsearch.documents import Article
from kzsearch.engine import Engine
from kzsearch.errors import QueryError

COMMON = "жыл бой жаңа үлке деді айтт болд"
MATCH = "футб қайр ойын голд допт матч"
FLOOD = "тасқ өзен суға бөге ауыл құтқ"
FILL = [f"{a}{b}{a}{b}" for a in "бвгджзкл" for b in "аәеоөуүы"]


def article(number: int, title: str, words: str) -> Article:
    own = " ".join(FILL[number * 3 : number * 3 + 3])
    return Article(id=str(number), title=title, body=f"{COMMON} {words} {own}")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.add(
        [
            article(0, "футб қайр", MATCH),
            article(1, "қайр ойын", MATCH),
            article(2, "", MATCH[:15]),
            article(3, "тасқ өзен", FLOOD),
            article(4, "өзен", FLOOD),
            *(article(number, "", "") for number in range(5, 20)),
        ]
    )
    return engine


def ids(engine: Engine, article_id: str, limit: int = 5) -> list[str]:
    return [hit.article.id for hit in engine.more_like_this(article_id, limit)]


def test_articles_that_share_telling_words_best_first(filled: Engine) -> None:
    assert ids(filled, "0") == ["1", "2"]
    assert ids(filled, "3") == ["4"]
    assert ids(filled, "0", limit=1) == ["1"]


def test_words_that_all_articles_have_make_none_similar(filled: Engine) -> None:
    assert ids(filled, "9") == []


def test_scores_are_shares_and_fall(filled: Engine) -> None:
    scores = [hit.score for hit in filled.more_like_this("0", 5)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_copies_are_left_out(filled: Engine) -> None:
    own, other = filled.get("0"), filled.get("1")
    assert own
    assert other
    filled.add(
        [
            Article(id="own copy", title=own.title, body=own.body),
            Article(id="other copy", title=other.title, body=other.body),
        ]
    )
    for same in ("0", "own copy"):
        found = ids(filled, same)
        assert not {"0", "own copy"} & set(found)
        assert len({"1", "other copy"} & set(found)) == 1


def test_a_deleted_article_is_not_similar(filled: Engine) -> None:
    filled.delete(["1"])
    assert ids(filled, "0") == ["2"]


def test_an_empty_article_has_nothing_similar(filled: Engine) -> None:
    filled.add([Article(id="empty")])
    assert ids(filled, "empty") == []


def test_an_id_that_is_not_there(filled: Engine) -> None:
    with pytest.raises(QueryError, match="no article with the id 'жоқ'"):
        filled.more_like_this("жоқ", 5)
