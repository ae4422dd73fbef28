"""Titles taken apart for completions."""

from __future__ import annotations

import pytest

from kzsearch.engine.title_words import Use, edge_words, title_words
from kzsearch.morphology import Analyzer
from kzsearch.text.scripts import Script

ANY = Use.BEGIN | Use.END | Use.ALONE


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def test_words_are_kept_as_written_and_folded(analyzer: Analyzer) -> None:
    title = "Қазақстанның АҚШ-тағы елшісі"
    words = title_words(title, analyzer.analyze(title))
    assert [word.written for word in words] == ["Қазақстанның", "АҚШ-тағы", "елшісі"]
    assert [word.word for word in words] == ["қазақстанның", "ақш-тағы", "елшісі"]
    assert [word.last for word in words] == ["қазақстан", "ақш-тағы", "елшісі"]
    assert words[0].stem == "қазақстан"


def test_words_in_another_script_are_offered_in_cyrillic(analyzer: Analyzer) -> None:
    title = "Qazaqstan jańa zań"
    words = title_words(title, analyzer.analyze(title, script=Script.LATIN_2018))
    assert [word.written for word in words] == ["Қазақстан", "жаңа", "заң"]


def test_a_compound_is_one_word(analyzer: Analyzer) -> None:
    title = "Қасым-Жомарт Тоқаев"
    words = title_words(title, analyzer.analyze(title))
    assert [word.written for word in words] == ["Қасым-Жомарт", "Тоқаев"]


@pytest.mark.parametrize(
    ("title", "follows"),
    [
        ("су кодексі", [False, True]),
        ("су  \t кодексі", [False, True]),
        ("су, кодексі", [False, False]),
        ("«су» кодексі", [False, False]),
        ("су – кодексі", [False, False]),
        ("су https://baq.kz кодексі", [False, False]),
    ],
)
def test_a_phrase_goes_on_over_blanks_only(
    analyzer: Analyzer, title: str, follows: list[bool]
) -> None:
    assert [word.follows for word in title_words(title, analyzer.analyze(title))] == follows


def phrases(analyzer: Analyzer, title: str) -> list[str]:
    """The words of a title as phrases know them, parted where no phrase goes on."""
    words = title_words(title, analyzer.analyze(title))
    text = "".join((" " if word.follows else " | ") + word.word for word in words)
    return text.removeprefix(" | ").split(" | ")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ақтөбе облысында мектеп ашылды", ["ақтөбе облысы", "мектеп", "ашылды"]),
        ("мемлекеттік сатып алу туралы заң", ["мемлекеттік сатып алу туралы заң"]),
        ("үлескерлерді қолдау орталығына", ["үлескерлерді қолдау орталығы"]),
        ("Тоқаевтың форумда сөйлеген сөзі", ["тоқаевтың форум", "сөйлеген", "сөзі"]),
        ("бүгін сот болып жатыр", ["бүгін", "сот", "болып", "жатыр"]),
        ("Алматыда өрт кезінде қар жауды", ["алматы", "өрт", "кезі", "қар", "жауды"]),
        ("жұмыстар жүргізілуде", ["жұмыстар", "жүргізілуде"]),
        ("Италия мен Қытайға", ["италия мен қытай"]),
    ],
)
def test_phrases_are_noun_phrases(analyzer: Analyzer, title: str, expected: list[str]) -> None:
    assert phrases(analyzer, title) == expected


@pytest.mark.parametrize(
    ("title", "uses"),
    [
        ("Қазақстан мен Қытай", [ANY, Use(0), ANY]),
        ("тіл туралы заң", [ANY, Use(0), ANY]),
        ("халықаралық форум", [Use.BEGIN, ANY]),
        ("15 мектеп", [Use.BEGIN, ANY]),
        ("мектеп ашылды", [ANY, Use(0)]),
        ("форумы", [ANY | Use.STEM | Use.CLOSES | Use.POSSESSED]),
        ("в Петропавловске", [Use(0), Use.BEGIN | Use.ALONE | Use.STEM]),
    ],
)
def test_nothing_dangles(analyzer: Analyzer, title: str, uses: list[Use]) -> None:
    assert [word.use for word in title_words(title, analyzer.analyze(title))] == uses


@pytest.mark.parametrize(
    ("title", "body", "written"),
    [
        ("Мектеп ашылды", "Бүгін мектеп ашылды.", "мектеп"),
        ("Мектеп ашылды", "", "Мектеп"),
        ("Мектеп ашылды", "Мектеп ашылды. Мектеп жаңа.", "Мектеп"),
        ("Астанада жиын", "Кеше Астанаға келді.", "Астанада"),
        ("Ақш-тағы сайлау", "Кеше АҚШ -та және АҚШ елінде болды.", "АҚШ-тағы"),
        ("МЕКТЕП АШЫЛДЫ", "Кеше мектепте болды.", "мектеп"),
    ],
)
def test_the_body_tells_how_a_word_is_written(
    analyzer: Analyzer, title: str, body: str, written: str
) -> None:
    first, *_ = title_words(title, analyzer.analyze(title), body)
    assert first.written == written


def test_every_row_of_the_table_has_its_example() -> None:
    rows = list(edge_words())
    assert len({word for word, *_ in rows}) == len(rows)
    for word, edge, kind, example in rows:
        assert edge in {"begin", "end", "both"}
        assert kind
        assert word in example.lower().replace(",", "").split()
