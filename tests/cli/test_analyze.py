"""``kzsearch analyze``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kzsearch.morphology.stemmer import default_stemmer


def test_table_in_a_pipe(run: Any) -> None:
    result = run("analyze", "мектептерімізде 25,5")
    assert result.exit_code == 0
    header, word, number = (line.split("\t") for line in result.stdout.splitlines())
    assert header == ["word", "kind", "language", "stems", "suffixes", "remarks"]
    assert word[:4] == ["мектептерімізде", "word", "kk", "мектеп"]
    assert word[4].startswith("тер (plural) + іміз (")
    assert number[:2] == ["25,5", "number"]


def test_json(run: Any) -> None:
    data = json.loads(run("analyze", "Ауыл", "мектептері", "--json").stdout)
    assert data["text"] == "Ауыл мектептері"
    first, second = data["terms"]
    assert (first["surface"], first["start"], first["end"]) == ("ауыл", 0, 4)
    assert second["stems"] == ["мектеп"]
    assert [use["form"] for use in second["suffixes"]] == ["тер", "і"]


def test_russian_words_have_no_kazakh_suffixes(run: Any) -> None:
    text = "Председатель правительства встретился с министрами."
    terms = json.loads(run("analyze", text, "--json").stdout)["terms"]
    [term] = [term for term in terms if term["surface"] == "правительства"]
    assert (term["language"], term["stems"]) == ("ru", ["правительство"])
    assert term["suffixes"] == []
    assert term["reason"] == "dictionary form of a Russian word"


def test_every_word_has_a_reason(run: Any) -> None:
    text = "Маған 100-ден АҚШ-тың %-ке hello күні-ақ шпрыңгалға https://baq.kz 42"
    terms = json.loads(run("analyze", text, "--json").stdout)["terms"]
    assert [term["surface"] for term in terms if not term["reason"]] == []
    [acronym] = [term for term in terms if term["surface"] == "ақш-тың"]
    assert [use["name"] for use in acronym["suffixes"]] == ["genitive"]


def test_protected_words_are_the_users(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "protected.txt").write_text("мектептері\n", encoding="utf-8")
    monkeypatch.setenv("KZSEARCH_WORDS", str(tmp_path))
    default_stemmer.cache_clear()
    try:
        [term] = json.loads(run("analyze", "мектептері", "--json").stdout)["terms"]
    finally:
        default_stemmer.cache_clear()
    assert (term["stems"], term["reason"]) == (["мектептері"], "irregular or protected word")


def test_no_words(run: Any) -> None:
    result = run("analyze", "…")
    assert (result.exit_code, result.stdout) == (0, "There are no words in this text.\n")
