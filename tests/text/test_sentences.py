from __future__ import annotations

from collections.abc import Callable

import pytest

from kzsearch.text import sentence_spans
from kzsearch.text.data_files import rows
from kzsearch.text.sentences import each_sentence


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Ол келді.", "Біз кеттік!", "Неге?", "Сонда…", "Иә?!"],
        ["Президент Қ. К. Тоқаев келді.", "Ол Қ.Тоқаев еді."],
        ["2025 ж. Алматыда 5 млн. Теңге бөлінді.", "Бұл – көп."],
        ["Алма, алмұрт, т.б.", "Олар тәтті."],
        ["Баға 3.5 пайызға, яғни 12.09.2025 күні 25,5-ке өсті.", "Солай."],
        ["«Барамыз.", "Күтіңдер», – деді ол.", "– Жақсы."],
        ["– Барасың ба?", "– Иә."],
        ["Ол «Иә!» деп айқайлады.", "Біз күлдік."],
        ["1. Бірінші тармақ.", "2. Екінші тармақ."],
        ["Тақырып", "Мәтін осылай басталады", "Соңы"],
        ["Сайт BAQ.KZ деп аталады.", "Иә."],
        ["«Келді.»", "Кетті."],
        ["جەڭىس كەلدى؟", "ول كەتتى."],
    ],
)
def test_sentences_are_found_again(parts: list[str]) -> None:
    separator = "\n" if not parts[0].endswith(tuple(".!?…»؟")) else " "
    assert sentences(separator.join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "«Неге келдің?» – деп сұрады ол",
        "Неге? – деп сұрады ол",
        "Олар... келмеді",
        "«Ура!», – деді ол",
    ],
)
def test_the_reporting_clause_goes_on(text: str) -> None:
    assert sentences(text) == [text]


def test_a_forgotten_space_ends_a_sentence_but_not_an_address_or_initial() -> None:
    assert sentences("Ол келді.Кеше кетті.") == ["Ол келді.", "Кеше кетті."]
    assert sentences("Сайт zakon.kz пен С.Сейфуллин.") == ["Сайт zakon.kz пен С.Сейфуллин."]


def test_line_breaks_end_sentences_and_are_in_none() -> None:
    assert sentences("\n Тақырып \r\n\n Мәтін. \u2028Соңы") == ["Тақырып", "Мәтін.", "Соңы"]
    assert sentences(" \n ") == []


def test_abbreviations_do_what_their_kind_says() -> None:
    for abbreviation, kind, _ in rows("abbreviations"):
        text = f"Сөз {abbreviation}. Келесі"
        assert len(sentences(text)) == (2 if kind == "list" else 1), abbreviation


@pytest.mark.parametrize("scrap", ["а. ", "1. ", "А. 5. ", "т.б. ", "?»", " \n", ". - ", "…"])
def test_no_text_makes_it_slow(
    scrap: str, grows_no_faster: Callable[[Callable[[str], object], str], bool]
) -> None:
    assert grows_no_faster(sentence_spans, scrap)


def test_one_by_one_only_what_is_asked_for_is_read() -> None:
    text = "Бірінші сөйлем. Екінші сөйлем! Үшіншісі?"
    assert list(each_sentence(text)) == sentence_spans(text)
    assert next(each_sentence(text)) == (0, len("Бірінші сөйлем."))
    assert list(each_sentence("  ")) == []
