"""What is found and how it is ranked, counted and explained."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from kzsearch.documents import Article
from kzsearch.engine import (
    All,
    Any,
    DateRange,
    Engine,
    Everything,
    Node,
    Not,
    Nothing,
    Phrase,
    Prefix,
    SearchRequest,
    Sort,
    TextField,
    Word,
)

MakeWord = Callable[..., Word]


def found(engine: Engine, query: Node, fallback: Node | None = None, **kwargs: object) -> list[str]:
    result = engine.search(SearchRequest(query, fallback, **{"limit": 100} | kwargs))
    assert result.total == len(result.hits) or kwargs
    return [hit.article.id for hit in result.hits]


def test_the_form_as_typed_ranks_above_another_of_the_same_stem(
    engine: Engine, word: MakeWord
) -> None:
    engine.add([Article(id="1", body="қалалар бар"), Article(id="2", body="қалада бар")])
    assert found(engine, word("қалада")) == ["2", "1"]
    assert found(engine, word("қалалар")) == ["1", "2"]


def test_a_title_ranks_above_a_body(engine: Engine, word: MakeWord) -> None:
    engine.add(
        [
            Article(id="1", title="басқа сөз", body="алма тұр"),
            Article(id="2", title="алма тұр", body="басқа сөз"),
        ]
    )
    assert found(engine, word("алма")) == ["2", "1"]


def test_five_letters_add_score_but_match_only_loosely(engine: Engine) -> None:
    engine.add(
        [
            Article(id="1", body="балалық ереже"),
            Article(id="2", body="басқа ереже"),
            Article(id="3", body="балалары"),
        ]
    )
    strict = Word("балалар", ("жоқ",))
    assert found(engine, strict) == []
    assert found(engine, Word("балалар", ("жоқ",), loose=True)) == ["3", "1"]
    rule = Word("ереже", ("ереж",))
    assert found(engine, Any((strict, rule))) == ["1", "2"]


def test_six_letters_in_common_are_more_than_five(engine: Engine) -> None:
    engine.add([Article(id="1", body="мектебім"), Article(id="2", body="мектептен")])
    assert found(engine, Word("мектептер", ("жоқ",), loose=True)) == ["2", "1"]
    assert found(engine, Word("мектебіне", ("жоқ",), loose=True)) == ["1", "2"]


def test_a_word_too_short_for_six_letters_is_one_part_of_the_explanation(engine: Engine) -> None:
    engine.add([Article(id="1", body="жаңа алмат"), Article(id="2", body="жаңа алматы")])
    (hit,) = engine.search(SearchRequest(Word("алмат", ("жоқ",)), explain=True)).hits
    assert sorted(part.where for part in hit.explanation) == ["body exact", "body prefix"]


def test_a_short_word_is_no_better_bare_than_with_endings(engine: Engine) -> None:
    engine.add([Article(id="bare", body="алма"), Article(id="inflected", body="алмаға")])
    bare, inflected = engine.search(SearchRequest(Word("алма", ("алма",)), explain=True)).hits
    assert (bare.article.id, inflected.article.id) == ("bare", "inflected")
    assert inflected.score > 0.8 * bare.score
    assert {part.where for part in bare.explanation} == {"body stem", "lead stem", "body exact"}
    assert sum(part.score for part in bare.explanation) == pytest.approx(bare.score)


def test_rare_words_weigh_more(engine: Engine, word: MakeWord) -> None:
    engine.add([Article(id=str(n), body="жиі сөз") for n in range(5)])
    engine.add([Article(id="жиі", body="жиі жоқ"), Article(id="сирек", body="сирек жоқ")])
    assert found(engine, Any((word("жиі"), word("сирек"))))[0] == "сирек"


def test_ties_go_to_the_newer_and_then_to_the_smaller_id(engine: Engine, word: MakeWord) -> None:
    dates = {
        "б": dt.date(2025, 1, 1),
        "а": dt.date(2025, 1, 1),
        "в": dt.date(2025, 1, 2),
        "г": None,
        "д": dt.datetime(2025, 1, 1, 23, 0),
    }
    engine.add([Article(id=id, body="алма", date=date) for id, date in dates.items()])
    assert found(engine, word("алма")) == ["в", "д", "а", "б", "г"]
    assert found(engine, Everything()) == ["в", "д", "а", "б", "г"]
    assert found(engine, Everything(), limit=3) == ["в", "д", "а"]
    assert found(engine, Everything(), limit=2, offset=2) == ["а", "б"]
    assert found(engine, Everything(), limit=0) == []
    assert found(engine, Everything(), sort=Sort.DATE, offset=1, limit=2) == ["д", "а"]


def test_articles_with_all_words_weigh_more_and_none_with_some_is_lost(
    engine: Engine, word: MakeWord
) -> None:
    engine.add(
        [
            Article(id="екеуі, сөз арасында", body="алма қала " + "басқа " * 200),
            Article(id="екеуі", body="алма қала"),
            Article(id="бірі, басында", title="алма алма", body="алма"),
            Article(id="бірі", body="алма"),
            *(Article(id=f"жоқ {number}", body="мектеп") for number in range(20)),
        ]
    )
    both, either = All((word("алма"), word("қала"))), Any((word("алма"), word("қала")))
    result = engine.search(SearchRequest(both, either))
    assert [(hit.article.id, hit.fallback) for hit in result.hits] == [
        ("екеуі", False),
        ("бірі, басында", True),
        ("бірі", True),
        ("екеуі, сөз арасында", False),
    ]
    assert (result.total, result.complete) == (4, 2)
    assert found(engine, both, either, offset=2, limit=1) == ["бірі"]
    alone = engine.search(SearchRequest(either, limit=4))
    by_id = {hit.article.id: hit.score for hit in alone.hits}
    for hit in result.hits:
        assert hit.score == pytest.approx(by_id[hit.article.id] * (0.75 if hit.fallback else 1.0))


def test_where_few_are_wanted_fallback_matches_rank_below_whatever_they_score(
    engine: Engine, word: MakeWord
) -> None:
    engine.add(
        [
            Article(id="екеуі", body="алма қала " + "басқа " * 200),
            Article(id="бірі", title="алма алма", body="алма"),
            *(Article(id=f"жоқ {number}", body="мектеп") for number in range(20)),
        ]
    )
    both, either = All((word("алма"), word("қала"))), Any((word("алма"), word("қала")))
    result = engine.search(SearchRequest(both, either, few=10))
    assert [(hit.article.id, hit.fallback) for hit in result.hits] == [
        ("екеуі", False),
        ("бірі", True),
    ]
    assert result.hits[1].score > result.hits[0].score
    assert found(engine, both, either, few=1) == ["екеуі"]
    assert found(engine, both, either, few=2, offset=1) == ["бірі"]


def test_sorting_by_date_mixes_both_kinds(engine: Engine, word: MakeWord) -> None:
    engine.add(
        [
            Article(id="1", body="алма қала", date=dt.date(2025, 1, 1)),
            Article(id="2", body="алма", date=dt.date(2025, 1, 2)),
        ]
    )
    both, either = All((word("алма"), word("қала"))), Any((word("алма"), word("қала")))
    assert found(engine, both, either, sort=Sort.DATE) == ["2", "1"]


def test_a_phrase_is_words_side_by_side_by_stem_or_form(engine: Engine, word: MakeWord) -> None:
    engine.add(
        [
            Article(id="қатар", body="жаңа қалада алма"),
            Article(id="кері", body="қалада жаңа алма"),
            Article(id="алыс", body="жаңа алма қалада"),
            Article(id="бөлек", title="жаңа", body="қала"),
        ]
    )
    side = Phrase((word("жаңа"), word("қалалар")), (0, 1))
    assert found(engine, side) == ["қатар"]
    assert found(engine, Phrase((word("жаңа"), word("қала")), (0, 2))) == ["алыс"]
    assert found(engine, Phrase((), ())) == []
    apart = Phrase((word("жаңа", TextField.TITLE),), (0,), TextField.TITLE)
    assert found(engine, apart) == ["бөлек"]


def test_long_gaps_between_positions_survive(engine: Engine, word: MakeWord) -> None:
    far = "алма " + "сөз " * 300 + "алма қала " + "сөз " * 20_000 + "алма мектеп"
    engine.add([Article(id="1", body=far)])
    assert found(engine, Phrase((word("алма"), word("мектеп")), (0, 1))) == ["1"]
    assert found(engine, Phrase((word("алма"), word("қала")), (0, 1))) == ["1"]
    assert found(engine, Phrase((word("қала"), word("алма")), (0, 1))) == []


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("қ", ["1", "2"]),
        ("қала", ["1", "2"]),
        ("қалад", ["1"]),
        ("қалада", ["1"]),
        ("қаладағылар", ["1"]),
        ("қаладағыларда", []),
        ("ж", []),
    ],
)
def test_a_prefix_of_any_length(engine: Engine, prefix: str, expected: list[str]) -> None:
    engine.add([Article(id="1", body="қаладағылар"), Article(id="2", title="қалалар")])
    assert sorted(found(engine, Prefix(prefix))) == expected


def test_a_prefix_finds_other_forms_through_its_stem(engine: Engine) -> None:
    engine.add([Article(id="1", body="қалада"), Article(id="2", body="қалалар")])
    assert found(engine, Prefix("қалад", ("қала",))) == ["1", "2"]  # the beginning ranks


def test_days_are_local_and_ranges_half_open(engine: Engine) -> None:
    engine.add(
        [
            Article(id="күн", date=dt.date(2025, 1, 2)),
            Article(id="кеш", date=dt.datetime(2025, 1, 1, 19, 0, tzinfo=dt.UTC)),
            Article(id="кеше", date=dt.datetime(2025, 1, 1, 18, 59, tzinfo=dt.UTC)),
            Article(id="жоқ"),
        ]
    )
    second, third = dt.date(2025, 1, 2), dt.date(2025, 1, 3)
    assert found(engine, DateRange(second, third)) == ["кеш", "күн"]
    assert found(engine, DateRange(None, second)) == ["кеше"]
    assert found(engine, DateRange(third, None)) == []
    assert found(engine, DateRange(third, second)) == []
    assert len(found(engine, DateRange(None, None))) == 4


def test_facets_count_all_matches_commonest_first(engine: Engine, word: MakeWord) -> None:
    engine.add(
        [
            Article(id="1", body="алма", source="Б", category="спорт", date=dt.date(2025, 9, 1)),
            Article(id="2", body="алма", source="Б", category="", date=dt.date(2025, 9, 30)),
            Article(id="3", body="алма", source="А", date=dt.date(2024, 12, 31)),
            Article(id="4", body="қала", source="В", date=dt.date(2025, 10, 1)),
            Article(id="5", body="алма"),
        ]
    )
    result = engine.search(SearchRequest(word("алма"), limit=1))
    assert result.total == 4
    assert {name: list(counts.items()) for name, counts in result.facets.items()} == {
        "source": [("Б", 2), ("А", 1)],
        "category": [("спорт", 1)],
        "language": [],
        "month": [("2025-09", 2), ("2024-12", 1)],
    }
    assert engine.search(SearchRequest(word("алма"), facets=False)).facets == {}
    both = engine.search(SearchRequest(word("қала"), word("алма")))
    assert both.facets["source"] == {"Б": 2, "А": 1, "В": 1}


def test_an_explanation_names_what_matched_and_where(engine: Engine, word: MakeWord) -> None:
    engine.add([Article(id="1", title="қалалар", body="қалада"), Article(id="2", body="алма")])
    (hit,) = engine.search(SearchRequest(word("қалада"), explain=True)).hits
    parts = {(part.what, part.where) for part in hit.explanation}
    assert parts == {
        ("қала", "title stem"),
        ("қала", "body stem"),
        ("қала", "lead stem"),
        ("қалада", "body exact"),
        ("қалад", "body prefix"),
        ("қалада", "body prefix"),
    }
    assert {part.word for part in hit.explanation} == {"қалада"}
    assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score)
    (hit,) = engine.search(SearchRequest(word("қалада"))).hits
    assert hit.explanation == ()


def test_the_first_words_of_a_body_count_twice_unless_a_question_is_asked(
    engine: Engine, word: MakeWord
) -> None:
    rest = "алма " * 40
    engine.add([Article(id="early", body=f"қала {rest}"), Article(id="late", body=f"{rest} қала")])
    plain = engine.search(SearchRequest(word("қала"))).hits
    assert [hit.article.id for hit in plain] == ["early", "late"]
    assert plain[0].score > plain[1].score
    asked = engine.search(SearchRequest(word("қала"), question=True)).hits
    assert asked[0].score == asked[1].score


def test_words_of_like_meaning_add_score_but_never_match(engine: Engine, word: MakeWord) -> None:
    near, other, neither = "қала шаһар", "қала алма", "шаһар"
    engine.add(
        Article(id=text, body=text) for text in (near, other, neither, "алма", "өрік", "алмұрт")
    )
    (stem,) = word("шаһар").stems
    city = replace(word("қала"), related=((stem, 0.5),))
    hits = engine.search(SearchRequest(city, explain=True)).hits
    assert [hit.article.id for hit in hits] == [near, other]
    assert (stem, "body related") in {(part.what, part.where) for part in hits[0].explanation}


def test_what_is_excluded_does_not_score(engine: Engine, word: MakeWord) -> None:
    engine.add([Article(id="1", body="алма"), Article(id="2", body="алма қала")])
    query = Any((word("алма"), Not(Not(word("қала")))))
    scores = {hit.article.id: hit.score for hit in engine.search(SearchRequest(query)).hits}
    plain = {hit.article.id: hit.score for hit in engine.search(SearchRequest(word("алма"))).hits}
    assert scores == plain


def test_no_query_is_too_deep_or_too_wide(engine: Engine, word: MakeWord) -> None:
    engine.add([Article(id=str(n), body=f"сөз{n} алма") for n in range(30)])
    deep: Node = word("алма")
    for _ in range(20_000):
        deep = Not(deep)
    assert len(found(engine, deep)) == 30
    for _ in range(20_000):
        deep = All((Any((deep, Nothing())), Everything()))
    assert len(found(engine, deep)) == 30
    wide = Any(tuple(word(f"сөз{n}") for n in range(5_000)))
    assert len(found(engine, wide)) == 30
    same = Any((word("алма"),) * 5_000)
    assert len(found(engine, same)) == 30
    assert len(found(engine, All((*wide.parts[:30], *[Not(Nothing())] * 10_000)))) == 0


def test_suggestions_are_words_of_titles_as_written_commonest_first(engine: Engine) -> None:
    engine.add(
        [
            Article(id="1", title="Қалада қалалар", body="қабырға"),
            Article(id="2", title="Қалада қазақ"),
            Article(id="3", title="Қазақ алма"),
        ]
    )
    engine.add([Article(id="4", title="алма қазақ")])
    suggested = [(count.term, count.articles) for count in engine.suggest("қа")]
    assert suggested == [("қазақ", 3), ("қалада", 2), ("қалалар", 1)]
    assert [count.term for count in engine.suggest("қа", limit=1)] == ["қазақ"]
    assert [count.term for count in engine.suggest("Қал")] == ["қалада", "қалалар"]
    assert engine.suggest("ж") == []
    assert len(engine.suggest("")) == 4


def test_a_word_counts_for_what_the_query_says(engine: Engine, word: MakeWord) -> None:
    engine.add([Article(id="1", body="алма"), Article(id="2", body="қала")])
    light = Word("алма", ("алма",), weight=0.5)
    assert found(engine, Any((light, word("қала")))) == ["2", "1"]
    (heavy,) = engine.search(SearchRequest(word("алма"))).hits
    (hit,) = engine.search(SearchRequest(light)).hits
    assert hit.score == pytest.approx(heavy.score / 2)


def test_frequency_counts_articles_by_form_or_by_stem(engine: Engine) -> None:
    engine.add(
        [
            Article(id="1", title="қалада", body="қалада қала"),
            Article(id="2", body="қалада"),
            Article(id="3", body="далада"),
        ]
    )
    engine.delete(["3"])
    assert engine.vocabulary().doc_freq("қалада") == 2
    assert engine.vocabulary().doc_freq("қала") == 1
    assert engine.vocabulary().stem_doc_freq("қала") == 2
    assert engine.vocabulary().doc_freq("далада") == 0


def test_beginnings_of_words_are_counted(engine: Engine) -> None:
    engine.add([Article(id="1", title="қалада мектептер"), Article(id="2", body="қаладан")])
    count = engine.vocabulary().prefix_doc_freq
    assert count("қал") == count("қалад") == 2
    assert count("қаладан") == count("мектепт") == 1
    assert count("мектепк") == count("шщ") == 0


def words_of(engine: Engine) -> Counter[str]:
    found = Counter[str]()
    for _, words in engine.vocabulary().word_lists():
        for word, count in words():
            found[word] += count
    return found


def test_the_commonest_word_that_begins_so_is_counted_over_segments(engine: Engine) -> None:
    engine.add([Article(id="1", body="қаланы"), Article(id="2", body="қаланы қалада")])
    engine.add([Article(id="3", body="қалада")])
    engine.add([Article(id="4", body="қалада"), Article(id="5", body="қаланың")])
    count = engine.vocabulary().prefix_doc_freq
    assert count("қаланы") == 2
    assert count("қалад") == 3
    assert count("қалаға") == 0


def test_words_are_those_of_the_newest_generation_as_written(engine: Engine) -> None:
    before = engine.generation
    engine.add([Article(id="1", title="қалада", body="қалада қала"), Article(id="2", body="дала")])
    assert words_of(engine) == {"қалада": 1, "қала": 1, "дала": 1}
    names = {name for name, _ in engine.vocabulary().word_lists()}
    engine.add([Article(id="3", body="қалада")])
    assert words_of(engine)["қалада"] == 2
    assert names < {name for name, _ in engine.vocabulary().word_lists()}
    assert engine.generation > before
    before = engine.generation
    assert engine.generation == before
    engine.delete(["2"])
    assert words_of(engine).keys() >= {"қалада", "қала"}
    assert engine.generation > before


def test_matches_are_counted_without_being_ranked(engine: Engine, word: MakeWord) -> None:
    engine.add([Article(id="1", body="қала"), Article(id="2", body="қалада ел")])
    assert engine.count(word("қала")) == 2
    assert engine.count(All((word("қала"), Not(word("ел"))))) == 1
