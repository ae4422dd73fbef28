"""Completions of an engine: counts, order, forms, dates, deletions, segments."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine import Engine, open_engine
from kzsearch.engine.local.suggest.completer import PhraseForm
from kzsearch.morphology import Analyzer

TODAY = dt.date(2025, 9, 29)


@pytest.fixture(scope="module")
def kazakh() -> Analyzer:
    return Analyzer()


@pytest.fixture
def engine(tmp_path: Path, kazakh: Analyzer) -> Engine:
    return open_engine(tmp_path / "index", create=True, analyzer=kazakh)


def add(engine: Engine, *titles: str, day: dt.date | None = TODAY, prefix: str = "") -> None:
    engine.add(
        Article(id=f"{prefix}{number} {title}", title=title, date=day)
        for number, title in enumerate(titles)
    )


def texts(engine: Engine, start: str, *context: str, limit: int = 8) -> list[str]:
    return [phrase.text for phrase in engine.complete(context, start, limit)]


def test_noun_phrases_complete_what_is_typed(engine: Engine) -> None:
    add(
        engine,
        "бүгін Сыртқы істер министрлігінде жиын болды",
        "Елшіні Сыртқы істер министрлігі шақырды",
        "Кеше сыртқы барлау қызметі ашылды",
    )
    found = texts(engine, "сыр")
    assert found == ["Сыртқы істер министрлігі"], "what recurs, each once, in the nominative"
    assert texts(engine, "минис", "сыртқы", "істер") == ["Сыртқы істер министрлігі"]
    assert texts(engine, "", "сыртқы") == ["Сыртқы істер министрлігі"]
    assert texts(engine, "министр") == ["министрлік"], "one word alone stands as in a dictionary"
    assert texts(engine, "х") == texts(engine, "минис", "істер", "сыртқы") == []


def test_a_part_of_a_longer_phrase_is_not_offered(engine: Engine) -> None:
    add(
        engine,
        "Солтүстік Қазақстан облысында өрт шықты",
        "Шығыс Қазақстан облысының әкімі келді",
        "Батыс Қазақстан облысы жеңді",
    )
    assert "Қазақстан облысы" not in texts(engine, "қаза")


def test_two_subjects_are_no_phrase(engine: Engine) -> None:
    add(engine, "Трамп Иранға келді", "кеше Трамп Иранмен келісті", "Трамп Кубаға кетті")
    assert texts(engine, "тра") == ["Трамп"]


def test_reprints_do_not_recur(engine: Engine) -> None:
    add(
        engine,
        *["Қар көшкіні тау бөктеріндегі ауылды басты", "Қар көшкіні тау бөктеріндегі ауылда"],
    )
    add(engine, "Қар күреу", "Бүгін Семейде қар күреу басталады", prefix="more")
    assert texts(engine, "", "қар") == ["қар күреу"]


def test_where_nothing_recurs_few_are_offered(engine: Engine) -> None:
    add(engine, "жаңа мектеп", "жаңа көпір", "жаңа театр", "жаңа жол")
    assert len(texts(engine, "", "жаңа")) == 0
    assert texts(engine, "мек", "жаңа") == ["жаңа мектеп"]


def test_a_word_of_no_noun_phrase_is_offered_where_nothing_else_is(engine: Engine) -> None:
    add(engine, "мектеп ашылды", "театр ашылды")
    assert texts(engine, "ашылд") == ["ашылды"]


def test_words_beside(engine: Engine) -> None:
    titles = ["Сурет күні қалада көрме ашылды", "Жас суретшінің суреттері: көрме"]
    add(engine, *titles, *[f"Көрме {word} өтті" for word in ("кеше", "бүгін", "қыста")])
    add(engine, *[f"жол туралы заң {number}" for number in range(30)], prefix="other")
    (found,) = engine.complete((), "көр", 8, beside=("сурет",))
    assert (found.text, found.articles) == ("көрме", 2)
    assert engine.complete((), "көр", 8, beside=("жол",)) == []


def test_what_was_typed_of_an_ending_stays(engine: Engine) -> None:
    add(engine, "мектеп", "мектеп", "мектепке")
    assert texts(engine, "мектепк") == ["мектепке"]


def test_a_name_has_its_capital_and_the_first_word_of_a_title_need_not(engine: Engine) -> None:
    add(engine, "Мектеп ашылды", "жаңа мектеп", "Мектеп жабылды", "Астана кеші", "кешкі Астана")
    assert "мектеп" in texts(engine, "мек")
    assert "Астана" in texts(engine, "аст")


def test_newer_articles_count_more(engine: Engine) -> None:
    add(engine, *["салқын"] * 3, day=TODAY - dt.timedelta(days=400))
    add(engine, "салық", day=TODAY)
    assert texts(engine, "сал")[0] == "салық"
    add(engine, *["салқын"] * 20, day=TODAY - dt.timedelta(days=400), prefix="more")
    assert texts(engine, "сал")[0] == "салқын", "but many old ones count too"


def test_undated_articles_are_as_old_as_any(engine: Engine) -> None:
    add(engine, "салқын", "салқын", day=None)
    assert texts(engine, "сал") == ["салқын"]
    add(engine, "салық", day=TODAY)
    assert texts(engine, "сал") == ["салық", "салқын"]


def test_nothing_dangles(engine: Engine) -> None:
    add(engine, "Қазақстан мен Қырғызстан", "бүгін Қазақстан мен Қырғызстан туралы")
    found = texts(engine, "", "қазақстан") + texts(engine, "қа")
    assert "Қазақстан мен Қырғызстан" in found
    assert not any(text.endswith(" мен") for text in found)
    assert not any(text.startswith("мен ") for text in texts(engine, "мен"))


def test_deleted_and_replaced_articles_go(engine: Engine) -> None:
    engine.add([Article(id="1", title="қала күні"), Article(id="2", title="қаламгер")])
    assert engine.delete(["2"]) == 1
    assert texts(engine, "қалам") == []
    engine.add([Article(id="1", title="дала күні")])
    assert texts(engine, "қал") == []
    assert texts(engine, "дал") != []


def test_how_often_titles_have_a_word(engine: Engine) -> None:
    add(engine, "қала мен қалашық", "қала")
    assert engine.vocabulary().title_doc_freq("қала") == 2
    assert engine.vocabulary().title_prefix_freq("қала") == 3
    assert engine.vocabulary().title_doc_freq("қал") == 0
    assert engine.vocabulary().title_doc_freq("") == 0
    assert engine.vocabulary().title_prefix_freq("") == 4


WORDS = st.sampled_from(["қала", "қалада", "Қазан", "мен", "ел", "елде", "2025"])
TITLES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=settings.default.max_examples // 2, deadline=None)
@given(TITLES, st.integers(1, 12), st.sampled_from(["", "қ", "қала", "е", "м"]))
def test_however_the_articles_came_in(titles: list[str], step: int, start: str) -> None:
    """In one commit, or in several that are merged in part: the same is offered."""
    articles = [
        Article(id=str(number), title=title, date=TODAY - dt.timedelta(days=number * 9))
        for number, title in enumerate(titles)
    ]
    analyzer = Analyzer()
    answers = []
    for size in (len(articles), step):
        with tempfile.TemporaryDirectory() as name:
            engine = open_engine(name, create=True, analyzer=analyzer)
            for begin in range(0, len(articles), size):
                engine.add(articles[begin : begin + size])
            answers.append(
                [
                    (phrase.text.lower(), phrase.articles, round(phrase.weight, 4))
                    for context in ((), ("қала",))
                    for phrase in engine.complete(context, start, 8)
                ]
            )
            engine.close()
    assert answers[0] == answers[1]


def test_weights_that_differ_by_rounding_only_are_the_same() -> None:
    """.1 + .2 is more than .3 in floating point: which came first must not tell."""
    forms = [PhraseForm(("б",), weight=0.1 + 0.2), PhraseForm(("а",), weight=0.3)]
    assert [form.words for form in sorted(forms, key=lambda form: form.rank)] == [("а",), ("б",)]
