"""``kzsearch query``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest


def ids(result: Any) -> list[str]:
    assert result.exit_code == 0, result.output
    return [hit["id"] for hit in json.loads(result.stdout)["hits"]]


def test_for_people(run_filled: Any) -> None:
    result = run_filled("query", "су кодексі")
    assert result.exit_code == 0
    head, blank, title, line, fragment, numbers = result.stdout.splitlines()
    assert re.fullmatch(r"1 article, page 1 of 1 \(\d+\.\d ms\)", head)
    assert blank == ""
    assert title == " 1. Сенат жиналды"
    assert line == "    BAQ.KZ · 2025-09-29 · саясат · https://baq.kz/a"
    assert fragment == "    Сенаттың отырысында су кодексі қаралды."
    assert re.fullmatch(r"    id a  score \d+\.\d{3}", numbers)


def test_json(run_filled: Any) -> None:
    result = run_filled("query", "сенат", "--json")
    page = json.loads(result.stdout)
    assert list(page) == [
        "query", "total", "articles", "complete", "took_ms", "notes", "suggestion", "hits",
        "facets", "generation",
    ]  # fmt: skip
    assert (page["query"], page["total"]) == ("сенат", 2)
    assert list(page["hits"][0]) == [
        "id", "title", "date", "source", "category", "url", "score", "snippet",
        "copy_count", "copies",
    ]  # fmt: skip
    assert "<mark>Сенаттың</mark>" in page["hits"][0]["snippet"]
    assert page["facets"]["source"] == {"BAQ.KZ": 1, "Дала": 1}
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["сенат"], ["a", "b"]),
        (["мектепте"], ["c"]),
        (["сенат", "-футбол"], ["a"]),
        (["-футбол", "сенат"], ["a"]),
        (["сенат -футбол"], ["a"]),
        (['"су кодексі"'], ["a"]),
        (["сенат", "--source", "Дала"], ["b"]),
        (["сенат OR мектеп", "--source", "Дала", "--source", "BAQ.KZ", "--sort", "date"], "acb"),
        (["сенат", "--category", "саясат"], ["a"]),
        (["сенат", "--from", "2025-09"], ["a"]),
        (["сенат", "--to", "2025-08-31"], ["b"]),
        (["сенат", "--limit", "1"], ["a"]),
        (["сенат", "--limit", "1", "--page", "2"], ["b"]),
        (["сенат", "--sort", "date"], ["a", "b"]),
        (["жұқсұз"], []),
    ],
)
def test_matches(run_filled: Any, arguments: list[str], found: list[str]) -> None:
    assert ids(run_filled("query", *arguments, "--json")) == list(found)


def test_latin_word_to_leave_out_is_no_option(run_filled: Any) -> None:
    assert ids(run_filled("query", "сенат", "-hockey", "--json")) == ["a", "b"]


def test_nothing_found_is_no_failure(run_filled: Any) -> None:
    result = run_filled("query", "жұқсұз")
    assert result.exit_code == 0
    assert result.stdout == "Nothing found.\n"


def test_paging_numbers_go_on(run_filled: Any) -> None:
    result = run_filled("query", "сенат", "--limit", "1", "--page", "2")
    assert "2 articles, page 2 of 2" in result.stdout
    assert "\n 2. Футбол кубогы" in result.stdout


def test_explain(run_filled: Any) -> None:
    lines = run_filled("query", "кодекс", "--explain").stdout.splitlines()
    assert any(
        re.fullmatch(r" +\d+\.\d{3}  кодекс: in the text, by its stem", line) for line in lines
    )
    page = json.loads(run_filled("query", "кодекс", "--explain", "--json").stdout)
    assert page["hits"][0]["explanation"]


@pytest.mark.parametrize(
    "arguments", [["--limit", "0"], ["--page", "0"], ["--from", "31.09.2025"], ["--to", "2025-13"]]
)
def test_wrong_values_are_wrong_usage(run_filled: Any, arguments: list[str]) -> None:
    result = run_filled("query", "сенат", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("kzsearch: ")
    assert arguments[1] in result.stderr


def test_articles_cannot_give_orders_to_the_terminal(run: Any) -> None:
    article = {"id": "x\x1b[2J", "title": "Сенат \x1b]0;x\x07", "body": "Сенат \x9b31m қызыл."}
    run("index", "-", stdin=json.dumps(article))
    for command in (["query", "сенат"], ["show", article["id"]]):
        output = run(*command).stdout
        assert "Сенат" in output
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", output)


def test_markup_of_articles_is_text(run: Any) -> None:
    run("index", "-", stdin=json.dumps({"id": "x", "body": "Сенат [red]қызыл[/] :smile:"}))
    assert "Сенат [red]қызыл[/] :smile:" in run("show", "x").stdout


def test_readings_are_told_with_the_way_back(run_filled: Any) -> None:
    lines = run_filled("query", "сенат", "2025", "жылы").stdout.splitlines()
    assert lines[1] == '2025 жылы → 2025-01-01 – 2025-12-31 (to undo: сенат "2025 жылы")'
    nothing = run_filled("query", "он", "бес").stdout.splitlines()
    assert nothing == ["Nothing found.", 'он бес → 15 (to undo: "он бес")']


def test_exact_reads_nothing(run_filled: Any) -> None:
    assert run_filled("query", "он", "бес", "--exact").stdout == "Nothing found.\n"
    page = json.loads(run_filled("query", "2025 жылы", "--exact", "--json").stdout)
    assert page["notes"] == []


def test_what_may_have_been_meant_is_offered(run_filled: Any) -> None:
    lines = run_filled("query", '"футболл кубогы"').stdout.splitlines()
    assert lines == ["Nothing found.", 'Did you mean: "футбол кубогы"']
    page = json.loads(run_filled("query", '"футболл кубогы"', "--json").stdout)
    assert page["suggestion"] == {
        "query": '"футбол кубогы"',
        "changes": [{"typed": "футболл", "meant": "футбол"}],
    }
    assert json.loads(run_filled("query", "футбол", "--json").stdout)["suggestion"] is None


@pytest.fixture
def run_reprinted(run: Any, tmp_path: Path) -> Any:
    """Runs a command on an index of one piece of news from three sources and another one."""
    news = " ".join(f"{a}{b}{c}" for a in "бвгд" for b in "аәеоөуүы" for c in "мн")
    articles = [
        {"id": f"r{n}", "title": "Порт", "body": news, "source": source, "date": f"2025-09-0{n}"}
        for n, source in enumerate(("Ақтау", "Каспий", "Теңіз"), 1)
    ]
    articles.append({"id": "x", "title": "Порт", "body": "Бір кеме келді.", "source": "Теңіз"})
    path = tmp_path / "news.json"
    path.write_text(json.dumps(articles, ensure_ascii=False), encoding="utf-8")
    assert run("index", str(path)).exit_code == 0
    return run


def test_reprints_are_listed_under_one_hit(run_reprinted: Any) -> None:
    lines = run_reprinted("query", "порт").stdout.splitlines()
    assert lines[0].startswith("2 articles and 2 reprints, page 1 of 1")
    place = lines.index("    and 2 more sources:")
    assert lines[place + 1 : place + 3] == [
        "      Каспий · 2025-09-02 · id r2",
        "      Теңіз · 2025-09-03 · id r3",
    ]


def test_reprints_can_be_hits_of_their_own(run_reprinted: Any) -> None:
    lines = run_reprinted("query", "порт", "--copies").stdout.splitlines()
    assert lines[0].startswith("4 articles, page 1 of 1")
    assert not any("more source" in line for line in lines)
