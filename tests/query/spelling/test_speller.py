"""Which words are corrected, and that rare ones are left alone."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from kzsearch.engine.vocabulary import WordList
from kzsearch.query.spelling import MAX_DOUBTFUL, Correction, Speller


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("қазақстна", "қазақстан"),
        ("мекткп", "мектеп"),
        ("комисия", "комиссия"),
        ("обьект", "объект"),
        ("ппрезиденті", "президенті"),
        ("қасым-жомартт", "қасым-жомарт"),
    ],
)
def test_misspelt_words_are_corrected(speller: Speller, typed: str, meant: str) -> None:
    assert speller.corrections([typed]) == {typed: Correction(meant, sure=True)}


@pytest.mark.parametrize(
    "typed",
    [
        "мектептерімізде",  # in no article, but a form of a known root
        "президентсіз",
        "рахымжановқа",  # the index knows another form
        "рахымжанов",
        "сентябрь",  # Russian
        "қазақстан",
        "iphone",
        "2026",
        "нұрымбетов",  # a name like no other
    ],
)
def test_rare_words_are_left_alone(speller: Speller, typed: str) -> None:
    assert speller.corrections([typed]) == {}


def test_what_is_surely_meant_is_told_from_what_is_offered(speller: Speller) -> None:
    assert speller.corrections(["мекткп", "прзидентң"]) == {
        "мекткп": Correction("мектеп", sure=True),
        "прзидентң": Correction("президенті", sure=False, best=True),
    }


def test_a_misspelt_form_that_no_article_holds_is_corrected_to_one_that_does(
    words: Any, speller: Speller
) -> None:
    words.stems["мектеп"] = 90
    assert speller.corrections(["мекткптеріміздегі"])["мекткптеріміздегі"].meant == "мектептердің"


def test_a_word_of_few_articles_is_only_offered_a_far_commoner_one(words: Any) -> None:
    words.counts |= {"президенн": 5, "комисия": 2, "комиссия": 15}
    assert Speller(lambda: words).corrections(["президенн", "комисия"]) == {}
    words.counts |= {"комиссия": 16}
    words.generation += 1
    found = Speller(lambda: words).corrections(["комисия"])
    assert found == {"комисия": Correction("комиссия", False)}


def test_words_of_deleted_articles_are_not_meant(words: Any) -> None:
    speller = Speller(lambda: words)
    assert speller.corrections(["сентат"])
    words.generation += 1
    known = words.words
    words.counts["сенат"] = 0
    words.words = lambda: iter({**dict(known()), "сенат": 50}.items())
    assert speller.corrections(["сентат"]) == {}


def test_words_are_read_once_for_a_generation_and_only_when_needed(words: Any) -> None:
    speller = Speller(lambda: words)
    speller.corrections(["мектеп", "мектептерімізде", "2025"])
    assert words.reads == 0
    speller.corrections(["мекткп", "сентат"])
    speller.corrections(["мекткп"])
    assert words.reads == 1
    words.counts["спортзал"] = 5
    assert speller.corrections(["спортзл"]) == {}
    words.generation += 1
    assert speller.corrections(["спортзл"])["спортзл"].meant == "спортзал"
    assert words.reads == 2


def test_only_lists_of_words_that_are_new_are_read(words: Any) -> None:
    speller = Speller(lambda: words)
    assert speller.corrections(["сентат"])["сентат"].meant == "сенат"
    first = words.word_lists()
    words.generation += 1
    words.counts["спортзал"] = 5
    words.word_lists = lambda: [*first, WordList("new", lambda: [("спортзал", 5), ("сенат", 2)])]
    assert speller.corrections(["спортзл"])["спортзл"].meant == "спортзал"
    assert speller.corrections(["сентат"])["сентат"].meant == "сенат"
    assert words.reads == 1


def test_a_generation_is_let_go_of_at_once(words: Any) -> None:
    class Newest(type(words)):  # type: ignore[misc]
        """Of which no test holds on to one."""

    newest = Newest()
    speller = Speller(lambda: newest)
    assert speller.corrections(["сентат"])
    before = weakref.ref(newest)
    newest = Newest(generation=2)
    gc.disable()
    try:
        assert speller.corrections(["сентат"])
        assert before() is None
    finally:
        gc.enable()


def test_only_so_many_doubtful_words_are_looked_up(words: Any) -> None:
    doubtful = [f"мек{letters}тп" for letters in ("т", "е", "к", "о", "и", "э", "ю", "я", "ш")]
    misspelt = [*doubtful[:MAX_DOUBTFUL], "сентат"]
    assert "сентат" not in Speller(lambda: words).corrections(misspelt)
    assert "сентат" in Speller(lambda: words).corrections(["мектеп", *misspelt[-3:]])


def test_the_best_of_likely_words_has_no_rival_as_common(words: Any) -> None:
    words.counts |= {"казахстан": 5}
    assert Speller(lambda: words).corrections(["қазахстан"])["қазахстан"].best
    words.counts |= {"казахстан": 20}
    words.generation += 1
    assert not Speller(lambda: words).corrections(["қазахстан"])["қазахстан"].best
