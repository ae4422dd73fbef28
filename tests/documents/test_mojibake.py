"""Broken text repaired, right text left alone (some letters are of other languages on purpose)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ftfy.bad_codecs  # noqa: F401  # registers sloppy-windows-1252
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Problem, read_articles
from kzsearch.documents.mojibake import letters_lost, mend_fields

KAZAKH = "Сайлауға қатысқан үміткерлердің тізімі жарияланды. «Әділ» қозғалысы – көшбасшы."
RUSSIAN = "Совет директоров утвердил отчёт. «Прибыль» выросла – впервые за год."
FONT = str.maketrans("әғқңөұүіӘҒҚҢӨҰҮ", "¤±µ¶¼½¾іЈҐЄЇЎЉЊ")


def mended(text: str) -> str | None:
    found = mend_fields({"body": text})
    return found and str(found.fields["body"])


@pytest.mark.parametrize("text", [KAZAKH, RUSSIAN, "Жаңа жол ашылды"])
@pytest.mark.parametrize(
    "taken_for",
    ["sloppy-windows-1251", "sloppy-windows-1252", "latin-1", "koi8-r", "cp866"],
)
def test_utf_8_taken_for_another_encoding(text: str, taken_for: str) -> None:
    assert mended(text.encode().decode(taken_for)) == text


def test_broken_twice() -> None:
    once = KAZAKH.encode().decode("latin-1")
    assert mended(once.encode().decode("latin-1")) == KAZAKH


@pytest.mark.parametrize("text", [KAZAKH, RUSSIAN, "Жаңа жол ашылды"])
@pytest.mark.parametrize("taken_for", ["latin-1", "sloppy-windows-1252"])
def test_one_byte_text_taken_for_western(text: str, taken_for: str) -> None:
    assert mended(text.encode("kz1048").decode(taken_for)) == text


@pytest.mark.parametrize("text", [KAZAKH, "Жаңа жол ашылды, көпір де"])
def test_kz_1048_taken_for_windows_1251(text: str) -> None:
    assert mended(text.encode("kz1048").decode("cp1251")) == text


def test_letters_of_a_font() -> None:
    assert mended(KAZAKH.translate(FONT)) == KAZAKH


def test_a_short_title_is_repaired_with_its_text() -> None:
    broken = {"title": "Ўлт ўяты", "body": KAZAKH.encode("kz1048").decode("cp1251"), "n": 1}
    found = mend_fields(broken)
    assert found is not None
    assert found.fields == {"title": "Ұлт ұяты", "body": KAZAKH, "n": 1}
    assert found.what == "KZ-1048 taken for Windows-1251"


def test_texts_deep_in_a_record() -> None:
    broken = KAZAKH.encode().decode("sloppy-windows-1251")
    found = mend_fields({"a": {"b": [broken, 5, {"c": "Сенат"}]}})
    assert found is not None
    assert found.fields == {"a": {"b": [KAZAKH, 5, {"c": "Сенат"}]}}


@pytest.mark.parametrize(
    "text",
    [
        KAZAKH,
        RUSSIAN,
        "Київ готується до зими. Їдальня школи працює щодня, ґанок відремонтували.",
        "Прэзыдэнт Беларусі ўзнагародзіў спартсменаў і трэнераў.",
        "Ђорђе Вуковић је објавио нову књигу у Београду.",
        "Ќерка ми е во Скопје на меѓународен саем.",
        "Белград қаласында Милић Јовановић атындағы турнир басталды.",
        "Président élu à Paris, où l'été fut très bref.",
        "Größe Öl über alle Maßen",
        "Türkiye Cumhurbaşkanı Erdoğan görüştü",
        "25±3 °С, 5 µm, x²+y³=10½, § 5, «а»",
        "Qazaqstan Respýblıkasy ǵylym jańa",
        "Сі Цзиньпин Ті",
        "",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert mend_fields({"title": text, "body": text}) is None


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_mended_to_what_stays(text: str) -> None:
    once = mended(text)
    if once is not None:
        assert mended(once) is None or len(mended(once) or "") <= len(once)


def test_lost_letters_are_counted() -> None:
    assert letters_lost({"a": "?аза?стан \ufffd", "b": ["не істе? деді", 5]}) == 2
    assert letters_lost({"a": "Не болды? Кім?", "b": None}) == 0


def test_the_report_says_what_was_repaired(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    records = [
        {"body": KAZAKH.encode("kz1048").decode("cp1251")},
        {"body": KAZAKH},
        {"body": "Парла?ент отыры\ufffdы"},
    ]
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    notes: list[Problem] = []
    problems: list[Any] = []
    articles = list(read_articles(file, on_problem=problems.append, on_note=notes.append))
    assert [article.body for article in articles[:2]] == [KAZAKH, KAZAKH]
    assert problems == []
    assert [(note.line, note.kind) for note in notes] == [(1, "repair"), (3, "letters")]
    assert "KZ-1048 taken for Windows-1251" in notes[0].message
    assert not any(note.lost for note in notes)


@pytest.mark.shared
def test_hardly_any_real_article_is_touched(shared: Path) -> None:
    lines = (shared / "corpora" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    touched = [line for line in lines if mend_fields(json.loads(line))]
    assert len(touched) <= 2
