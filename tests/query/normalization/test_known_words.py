from __future__ import annotations

from kzsearch.query.normalization import KnownWords
from kzsearch.text.scripts import personal_names


class Counting:
    """A vocabulary that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def doc_freq(self, word: str) -> int:
        self.asked.append(word)
        return {"мектеп": 7}.get(word, 0)

    stem_doc_freq = doc_freq

    def prefix_doc_freq(self, prefix: str) -> int:
        return 7 * "мектеп".startswith(prefix)


def stems(word: str) -> tuple[str, ...]:
    return (word.removesuffix("те"),)


def test_a_word_is_known_as_written_or_less_so_by_its_stem() -> None:
    known = KnownWords(Counting(), stems)
    assert known("мектеп") == 7
    assert 0 < known("мектепте") < 1
    assert known("шщшщ") == 0
    assert known.as_written("мектепте") == 0


def test_words_that_queries_are_understood_by_are_known_in_any_index() -> None:
    known = KnownWords(Counting(), stems)
    assert known.as_written("қандай") > 0
    assert known.as_written("былтыр") > 0
    assert 0 < known("ұшқыш") < known("мектепте")


def test_a_listed_name_that_no_article_holds_is_known_a_little() -> None:
    known = KnownWords(Counting(), stems)
    assert "бекзат" in personal_names()
    assert 0 < known("бекзат") < known("мектепте")
    assert known.as_written("бекзат") == 0


def test_beginnings_of_words_are_known() -> None:
    known = KnownWords(Counting(), stems)
    assert known.as_beginning("мект") == 7
    assert known.as_beginning("шщ") == known("мект") == 0


def test_a_word_is_looked_up_once() -> None:
    vocabulary = Counting()
    known = KnownWords(vocabulary, stems)
    assert known("мектеп") == known("мектеп") == known.as_written("мектеп")
    assert vocabulary.asked == ["мектеп"]
