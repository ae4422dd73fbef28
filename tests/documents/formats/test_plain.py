"""Plain text: the seed format, header lines, text alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest


def test_the_seed_of_the_user(read: Any, root: Path) -> None:
    path = root / "seeds" / "000_00fdeefbeffb5643.txt"
    [article] = read(path).articles
    assert article.date == dt.date(2025, 9, 29)
    assert article.source == "BAQ.KZ"
    assert article.title.startswith("Парламент Сенатының төрағасы Мәулен Әшімбаев")
    assert article.body == path.read_text(encoding="utf-8").removeprefix(" date 2025-09-29 ")


@pytest.mark.parametrize(
    "content",
    [
        " date 2025-09-29 Сенат жиналды.",
        "date 2025-09-29 Сенат жиналды.",
        "date 2025-09-29\nСенат жиналды.",
        "date: 2025-09-29\nСенат жиналды.",
        "Күні: 2025 ж. 29 қыркүйек\n\nСенат жиналды.",
        "Date: 2025-09-29\nText: Сенат жиналды.",
        "\ufeffdate 2025-09-29 Сенат жиналды.\r\n",
    ],
)
def test_date_and_text(read_file: Any, content: str) -> None:
    [article] = read_file("a.txt", content).articles
    assert article.date == dt.date(2025, 9, 29)
    assert article.body == article.title == "Сенат жиналды."


def test_headers(read_file: Any) -> None:
    [article] = read_file(
        "a.txt",
        "Title: Жиын\nSource: BAQ.KZ\nURL: https://baq.kz/1\nAuthor: Айгүл\n"
        "Category: саясат\nLanguage: kk\nId: 7\n\nЕкі: жол.\nДепутат: «Иә».\n",
    ).articles
    assert (article.id, article.title, article.source) == ("7", "Жиын", "BAQ.KZ")
    assert (article.url, article.author) == ("https://baq.kz/1", "Айгүл")
    assert (article.category, article.language) == ("саясат", "kk")
    assert article.body == "Екі: жол.\nДепутат: «Иә»."


def test_unknown_header_is_text(read_file: Any) -> None:
    [article] = read_file("a.txt", "Депутат: жиын өтті.\nTitle: емес").articles
    assert article.body == "Депутат: жиын өтті.\nTitle: емес"


def test_language_stays_unknown_when_nothing_tells(read_file: Any) -> None:
    assert read_file("a.txt", "7 : 3").articles[0].language == ""


def test_title_is_the_first_sentence_and_body_keeps_it(read_file: Any) -> None:
    [article] = read_file("a.txt", "Жиын өтті. Екінші сөйлем.\nҮшінші.").articles
    assert article.title == "Жиын өтті."
    assert article.body == "Жиын өтті. Екінші сөйлем.\nҮшінші."


def test_endless_first_sentence_is_cut_at_a_word(read_file: Any) -> None:
    [article] = read_file("a.txt", "жиын " * 1000).articles
    assert len(article.title) <= 301
    assert article.title.endswith("жиын…")


def test_guesses_do_not_decide_the_id(read_file: Any) -> None:
    text = "Жиын өтті, деп хабарлайды BAQ.KZ. Екінші."
    guessed = read_file("a.txt", text).articles[0]
    stated = read_file("a.txt", f"Title: {guessed.title}\n{text}").articles[0]
    assert guessed.source == "BAQ.KZ"
    assert guessed.title
    assert guessed.id != stated.id


@pytest.mark.parametrize("day", ["2025-13-45", "кеше"])
def test_unreadable_date_is_left_out(read_file: Any, day: str) -> None:
    outcome = read_file("a.txt", f"Date: {day}\nСенат жиналды.")
    assert [(a.body, a.date) for a in outcome.articles] == [("Сенат жиналды.", None)]
    assert outcome.problems == [
        f"a.txt:1: the date is left out: the date {day!r} cannot be read: write it as 2025-09-29"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "a.txt: the file is empty"),
        (" \n\t\n", "a.txt: the file is empty"),
        ("date 2025-09-29 ", "a.txt:1: there is no text"),
        ("Title: Жиын\n", "a.txt:1: there is no text"),
        ("Сенат\0 жиналды", "a.txt:1: the body holds NUL characters"),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
            "a.txt: this is a picture, which is not read",
        ),
    ],
)
def test_problems(read_file: Any, content: str | bytes, problem: str) -> None:
    outcome = read_file("a.txt", content)
    assert outcome.articles == []
    [found] = outcome.problems
    assert found.startswith(problem)


def test_text_beyond_any_article(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.documents.records.MAX_CHARS", 100)
    assert read_file("a.txt", "а" * 101).problems == [
        "a.txt: the file is longer than 100 characters"
    ]
    assert read_file("a.txt", "а" * 100).problems == []
