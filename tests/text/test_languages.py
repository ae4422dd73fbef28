from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.text import Language, label_languages, tokenize
from kzsearch.text.languages import evidence_of, russian_positions

KK, RU, OTHER = Language.KAZAKH, Language.RUSSIAN, Language.OTHER


def labels(text: str) -> dict[str, Language]:
    tokens = tokenize(text)
    return {
        token.text: language
        for token, language in zip(tokens, label_languages(tokens), strict=True)
    }


@pytest.mark.parametrize(
    "text",
    [
        "Президент пен премьер-министр коронавирус пандемиясы туралы айтты",
        "Футбол федерациясының президенті Юрий Логвиненко команда капитаны болды",
        "Бұл адам мая туралы айтты, дала мен сала жайлы",
        "Парламент депутаты комитет отставкасын талап етті",
        "адам",
        "сала",
        "президент",
    ],
)
def test_kazakh_with_loans_stays_kazakh(text: str) -> None:
    assert set(labels(text).values()) == {KK}


@pytest.mark.parametrize(
    "text",
    [
        "Правительство приняло решение о проведении выборов",
        "Девушка дала ему кусок сала, а брату ничего",
        "правительства",
        "новости",
    ],
)
def test_russian_is_russian(text: str) -> None:
    assert set(labels(text).values()) == {RU}


def test_the_same_word_is_read_by_its_neighbours() -> None:
    assert labels("Девятого мая в нашем городе прошёл парад")["мая"] is RU
    assert labels("Түйенің екі өркеші арасындағы мая туралы айтады")["мая"] is KK


def test_a_quotation_is_told_from_what_stands_around_it() -> None:
    found = labels("Ол: «Правительство должно ответить на этот вопрос», – деп атап өтті")
    assert {word for word, language in found.items() if language is RU} == {
        *("Правительство", "должно", "ответить", "на", "этот", "вопрос"),
    }


def test_a_word_with_a_kazakh_letter_is_never_russian() -> None:
    found = labels("В стране продолжается республиканская акция «Таза Қазақстан» на этой неделе")
    assert found["Қазақстан"] is KK
    assert found["продолжается"] is found["неделе"] is RU


def test_numbers_signs_addresses_and_latin_words_have_no_language() -> None:
    text = "2025 %-ке 55-ші Facebook-те baq.kz a@baq.kz Audi COVID-19 сонда 2025-жылы"
    found = labels(text)
    assert found.pop("сонда") is found.pop("2025-жылы") is found.pop("жылы") is KK
    assert set(found.values()) == {OTHER}


def test_parts_are_in_the_language_of_their_whole() -> None:
    found = labels("Вчера премьер-министр посетил северо-западные районы страны")
    assert found["премьер"] is found["министр"] is found["премьер-министр"] is RU


def test_no_tokens_no_labels() -> None:
    assert label_languages([]) == []


@pytest.mark.shared
def test_real_sentences_are_read_rightly(
    shared: Path,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    script = str(root / "benchmarks/language_choice.py")
    monkeypatch.setattr("benchmarks.report.RESULTS", tmp_path)  # the report that is kept stays
    monkeypatch.setattr(sys, "argv", [script, "--shared", str(shared)])
    runpy.run_path(script, run_name="__main__")
    row = next(line for line in capsys.readouterr().out.splitlines() if "article, all" in line)
    *_, sentences, _words, right, _whole = row.split()
    assert int(sentences) >= 200
    assert float(right.rstrip("%")) >= 97.5


STRENGTHS = st.sampled_from([None, -5.0, -5.0, -4.0, -1.5, -0.2, 0.0, 0.7, 2.0, 4.0])
STRETCHES = st.lists(st.lists(st.tuples(STRENGTHS, st.booleans()), max_size=3), max_size=12)


@given(STRETCHES)
def test_passing_over_kazakh_stretches_changes_nothing(
    stretches: list[list[tuple[float | None, bool]]],
) -> None:
    """Cut in stretches or whole, the likeliest reading is what looking at every word gives."""
    starts, positions, evidence = [], [], []
    words: list[tuple[int, int, int, float | None]] = []  # position, start, end, strength
    at = 0
    for stretch in stretches:
        starts.append(at)
        positions.append(len(words))
        places = []
        for number, (strength, border) in enumerate(stretch):
            at += 10 if border else 1
            places.append((number, at - starts[-1], at - starts[-1] + 3))
            at += 3
            words.append((len(words), at - 3, at, strength))
        evidence.append(evidence_of(places, [strength for strength, _ in stretch]))
    assert russian_positions(starts, positions, evidence) == search(words)


def search(words: list[tuple[int, int, int, float | None]]) -> set[int]:
    """The likeliest reading found by looking at every word."""
    lead, last_end = -1.5, 0
    steps = []
    for position, start, end, strength in words:
        if strength is not None:
            price = 2.0 if start - last_end > 1 else 5.0
            steps.append((position, lead, price))
            lead = max(-price, min(price, lead)) + strength
            last_end = end
    russian = set()
    reading_russian = lead > 0
    for position, lead_before, price in reversed(steps):
        if reading_russian:
            russian.add(position)
        if abs(lead_before) > price:
            reading_russian = lead_before > 0
    return russian
