"""The language of an article is told from its text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.article import Article
from kzsearch.documents.language import article_language, detect_language, language_code

KAZAKH = "Қалада жаңа көпір ашылды, оның ұзындығы екі жүз метр, деп хабарлайды әкімдік."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (KAZAKH, "kk"),
        ("Калада жана копир ашылды, онын узындыгы еки жуз метр, деп хабарлайды акимдик.", "kk"),
        ("Qalada jańa kópir ashyldy, onyń uzyndyǵy eki júz metr, dep habarlaidy ákimdik.", "kk"),
        ("قالادا جاڭا كوپىر اشىلدى، ونىڭ ۇزىندىعى ەكى ٴجۇز مەتر دەپ حابارلايدى.", "kk"),
        ("В городе открыли новый мост, его длина двести метров, сообщает акимат.", "ru"),
        ("Аким города Қанат Әбілов открыл новый мост через реку, сообщает пресс-служба.", "ru"),
        ("A new bridge was opened in the city, the mayor said on Monday in a statement.", "en"),
        ("У місті відкрили новий міст, його довжина двісті метрів, повідомляє мерія.", "other"),
        ("Шаарда жаңы көпүрө ачылды, анын узундугу эки жүз метр, деп билдирди мэрия.", "other"),
        ("Shahar markazida yangi ko'prik ochildi, uning uzunligi ikki yuz metr ekan.", "other"),
        (
            "В града откриха нов мост, дължината му е двеста метра, съобщават от кметството.",
            "other",
        ),
        ("城市里开通了一座新桥，长两百米，市政府报道。市民都很高兴，谢谢大家。", "other"),
        ("Көпір", "kk"),
        ("Мост", ""),
        ("12.05.2025 — 17:30", ""),
        ("", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_what_a_document_states_counts_only_where_the_text_does_not_tell() -> None:
    assert article_language(Article(body=KAZAKH, language="ru")) == "kk"
    assert article_language(Article(body="OK", language="ru-RU")) == "ru"
    assert article_language(Article(body="OK")) == ""


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("kk", "kk"), ("kk-KZ", "kk"), ("kk_KZ.UTF-8", "kk"), ("KAZ", "kk"), ("kz", "kk"),
        ("Kazakh", "kk"), ("қазақша", "kk"), ("ru-RU", "ru"), ("rus", "ru"), ("English", "en"),
        ("uz", "other"), ("", ""), ("und", ""),
    ],
)  # fmt: skip
def test_names_of_languages(stated: str, code: str) -> None:
    assert language_code(stated) == code


def test_files(read_file: Any) -> None:
    [article] = read_file("a.jsonl", json.dumps({"text": KAZAKH, "language": "en"})).articles
    assert article.language == "kk"


@given(st.text())
def test_any_text(text: str) -> None:
    assert detect_language(text) in {"kk", "ru", "en", "other", ""}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "language"), [("articles.jsonl", "kk"), ("articles_russian.jsonl", "ru")]
)
def test_articles(shared: Path, file: str, language: str) -> None:
    text = (shared / "corpora" / file).read_text(encoding="utf-8")
    lines = text.strip("\n").split("\n")
    found = Counter(detect_language(json.loads(line)["body"]) for line in lines)
    assert found[language] > 0.98 * len(lines)
