"""What is searched for in Kazakh beside Russian words, end to end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzsearch import Article, open_index
from kzsearch.engine.nodes import Phrase, TextField, Word
from kzsearch.index import Index
from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.query.expansion.run import run_of
from kzsearch.query.notes import NoteKind
from kzsearch.query.translation import TranslationExpander, Translator

BODIES = {
    "kk-school": "Ауылда жаңа мектеп салынды, оқушылар қуанып жатыр.",
    "kk-election": "Сайлау күні белгілі болды. Сайлаушылар дауыс береді.",
    "kk-murder": "Қалада кісі өлтіру фактісі тіркелді.",
    "kk-saudi": "Сауд Арабиясы мұнай өндірісін азайтты.",
    "kk-person": "Бір кісі келді де кетті.",
    "ru-school": "В селе построили новую школу, ученики рады.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("translation")
    with open_index(folder, create=True) as opened:
        opened.add(Article(id=name, title="", body=body) for name, body in BODIES.items())
        yield opened


def found(index: Index, query: str) -> list[str]:
    return [hit.article.id for hit in index.search(query).hits if not hit.fallback]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("выборы", ["kk-election"]),
        ("убийство", ["kk-murder"]),
        ("нефть Саудовской Аравии", ["kk-saudi"]),
    ],
)
def test_russian_finds_kazakh(index: Index, query: str, first: list[str]) -> None:
    assert found(index, query) == first


def test_russian_finds_both_languages(index: Index) -> None:
    assert set(found(index, "новая школа")) == {"kk-school", "ru-school"}


def test_kazakh_finds_kazakh_only(index: Index) -> None:
    assert found(index, "жаңа мектеп") == ["kk-school"]


def test_in_quotes_russian_is_russian(index: Index) -> None:
    assert found(index, '"новая школа"') == ["ru-school"]
    assert found(index, '"выборы"') == []


def test_a_note_says_what_was_meant_and_how_to_undo_it(analyzer: Analyzer, index: Index) -> None:
    (note,) = QueryParser(analyzer).parse("выборы").notes
    assert (note.kind, note.typed) == (NoteKind.TRANSLATION, "выборы")
    assert note.meant.split(", ")[0] == "сайлау"
    assert found(index, note.undo) == []


def test_a_word_and_its_translations_are_one_word(analyzer: Analyzer) -> None:
    expander = TranslationExpander(Translator({"школа": ("мектеп", "білім ордасы")}))
    run = run_of(analyzer.analyze("школа", query=True))
    (found,) = expander.expansions(run, TextField.TITLE)
    russian, kazakh, phrase = (each.node for each in found.alternatives)
    assert isinstance(russian, Word)
    assert isinstance(kazakh, Word)
    assert isinstance(phrase, Phrase)
    assert (russian.surface, kazakh.surface) == ("школа", "мектеп")
    assert russian.stems == kazakh.stems
    assert {"школа", "мектеп"} <= set(russian.stems)
    assert russian.weight + kazakh.weight == 1
    assert russian.field is kazakh.field is phrase.field is TextField.TITLE
    assert found.is_replaced
    assert found.meant == "мектеп, білім ордасы"


def test_a_russian_phrase_stays_beside_its_translation(analyzer: Analyzer) -> None:
    expander = TranslationExpander(Translator({"новый зеландия": ("Жаңа Зеландия",)}))
    run = run_of(analyzer.analyze("Новой Зеландии", query=True))
    (found,) = expander.expansions(run, None)
    assert not found.is_replaced
    assert (found.first, found.end) == (0, 2)


def test_four_translated_words_are_not_all_insisted_on(index: Index) -> None:
    assert "kk-school" in found(index, "директор новой школы уволился")
