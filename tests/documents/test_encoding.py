"""Encodings: what is told from the bytes, and what broken bytes cost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.encoding import detect_encoding
from kzsearch.errors import DocumentError

KAZAKH = (
    "Парламент Сенатының төрағасы Қазақстанға алғаш рет ресми сапармен келген қонақтармен "
    "кездесті. Онда тараптар екі ел ынтымақтастығын арттырудың маңызын талқылады. – Әңгіме "
    "өзара іс-қимыл, үлкен ұлт, қаһарман һәм ғылым туралы болды."
)
RUSSIAN = (
    "Председатель Сената встретился с президентом Италии, который впервые прибыл в Казахстан "
    "с официальным визитом. Стороны обсудили развитие сотрудничества двух стран."
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048"]
)
def test_kazakh(read_file: Any, encoding: str) -> None:
    assert read_file("a.txt", KAZAKH.encode(encoding)).bodies == [KAZAKH]


@pytest.mark.parametrize("encoding", ["cp1251", "kz1048", "koi8-r", "cp866", "iso8859-5"])
def test_russian(read_file: Any, encoding: str) -> None:
    assert read_file("a.txt", RUSSIAN.encode(encoding)).bodies == [RUSSIAN]


@pytest.mark.parametrize("encoding", ["kz1048", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize(
    "text", ["Сенат отырысы", "Министр приехал", "САЙЛАУ БЮЛЛЕТЕНІ", "«Астана» клубы – чемпион"]
)
def test_two_words_are_enough(encoding: str, text: str) -> None:
    content = text.encode(encoding, "ignore")
    assert content.decode(detect_encoding(content)) == content.decode(encoding)


@pytest.mark.parametrize("text", ["Қазақстан", "Өскемен қаласы", "Ұлттық банк"])
def test_kazakh_letters_in_one_or_two_words(text: str) -> None:
    assert detect_encoding(text.encode("kz1048")) == "kz1048"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Qazaqstan Respublikasy", "Qazaqşa mätın", "قازاقستان"])
def test_utf_16_of_other_scripts(encoding: str, text: str) -> None:
    assert detect_encoding(text.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "kz1048"])
def test_lines_of_other_encodings(read_file: Any, encoding: str) -> None:
    lines = "\r\n".join(json.dumps({"body": t}, ensure_ascii=False) for t in [KAZAKH, RUSSIAN])
    outcome = read_file("a.jsonl", lines.encode(encoding))
    assert outcome.bodies == [KAZAKH, RUSSIAN]
    assert outcome.problems == []


@pytest.mark.parametrize(
    ("encoding", "broken"), [("utf-8", b"\xff\xd0"), ("utf-16-le", b"\x00\xdc")]
)
def test_broken_bytes_cost_one_record(read_file: Any, encoding: str, broken: bytes) -> None:
    good = json.dumps({"body": KAZAKH}, ensure_ascii=False).encode(encoding)
    bad = '{"body": "'.encode(encoding) + broken + '"}'.encode(encoding)
    content = "\n".encode(encoding).join([good, bad, good])
    outcome = read_file("a.jsonl", content)
    assert outcome.bodies == [KAZAKH, KAZAKH]
    [problem] = outcome.problems
    assert problem.startswith("a.jsonl:2: the body holds a broken character at place 1: check")


def test_letter_cut_by_the_end_of_the_sample() -> None:
    assert detect_encoding("қ".encode() * 10 + "қ".encode()[:1]) == "utf-8"


def test_foreign_bytes_far_into_the_file_are_looked_at() -> None:
    assert detect_encoding(b"<!-- " + b"x" * 200_000 + KAZAKH.encode("kz1048")) == "kz1048"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, bytes(range(128, 256)) * 9],
)
def test_what_is_not_text(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"not a text file|encoding cannot be recognised"):
        detect_encoding(content)


@given(st.binary())
def test_any_bytes_have_an_encoding_or_none(content: bytes) -> None:
    try:
        encoding = detect_encoding(content)
    except DocumentError:
        return
    content.decode(encoding, "kzsearch.broken")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_always_recognised(text: str) -> None:
    assert detect_encoding(text.encode("utf-8-sig")) == "utf-8-sig"
    assert text.encode().decode(detect_encoding(text.encode("utf-8-sig"))) == text


@pytest.mark.shared
def test_real_articles_in_old_encodings(shared: Path) -> None:
    """At least 98 of 100 articles are told right in every one-byte encoding."""
    lines = (shared / "corpora" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    bodies = [json.loads(line)["body"] for line in lines[::17]][:100]
    for encoding in ("kz1048", "cp1251", "koi8-r", "cp866"):
        contents = [body[:4000].encode(encoding, "ignore") for body in bodies]
        told = sum(
            content.decode(detect_encoding(content), "replace") == content.decode(encoding)
            for content in contents
        )
        assert told >= 98, encoding
