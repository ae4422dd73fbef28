"""``kzsearch index``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kzsearch import Article
from kzsearch.cli.commands import index as index_command


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_added_updated_unchanged(run: Any, tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": "1", "body": "бір"}\n{"id": "2", "body": "екі"}\n')
    result = run("index", path)
    assert result.exit_code == 0
    assert result.stdout == "2 articles read: 2 added, 0 updated, 0 unchanged.\n"
    assert result.stderr == ""
    write(tmp_path, "a.jsonl", '{"id": "1", "body": "бір"}\n{"id": "2", "body": "үш"}\n')
    assert run("index", path).stdout == "2 articles read: 0 added, 1 updated, 1 unchanged.\n"
    assert json.loads(run("show", "2", "--json").stdout)["body"] == "үш"


def test_broken_records_are_named_and_the_rest_is_indexed(run: Any, tmp_path: Path) -> None:
    write(tmp_path, "news/a.jsonl", '{"id": "1", "body": "бір"}\n{\n{"id": "2", "body": "екі"}\n')
    write(tmp_path, "news/b.csv", "id,text\n3,үш\n4\n")
    result = run("index", tmp_path / "news", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert result.stdout == "3 articles read: 3 added, 0 updated, 0 unchanged.\n"
    first, second, third, summary = result.stderr.splitlines()
    assert first.startswith(f"{tmp_path}/news/a.jsonl:2: this is not JSON")
    assert second == f"{tmp_path}/news/b.csv:3: the row has 1 columns, the header 2"
    assert third.startswith(f"{tmp_path}/none.txt: the file cannot be read: No such file")
    assert summary == (
        "kzsearch: 3 records or files skipped, for the reasons above; "
        "everything else is in the index."
    )
    assert json.loads(run("stats", "--json").stdout)["articles"] == 3


def test_standard_input(run: Any) -> None:
    assert run("index", "-", stdin="date 2025-09-29 Сенат жиналды.").exit_code == 0
    [hit] = json.loads(run("query", "сенат", "--json").stdout)["hits"]
    assert hit["date"] == "2025-09-29"
    assert hit["title"] == "Сенат жиналды."


def test_without_paths_the_samples_of_the_checkout(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = write(tmp_path, "checkout/search/kzsearch/__init__.py", "")
    monkeypatch.setattr(index_command.kzsearch, "__file__", str(package))
    result = run("index")
    assert result.exit_code == 2
    assert "Name the files or folders to index" in result.stderr
    write(tmp_path, "checkout/seeds/a.txt", "Сенат жиналды.")
    assert run("index").stdout.startswith("1 article read: 1 added")


def test_interruption_is_said(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object, **_kwargs: object) -> Any:
        yield Article(id="1", body="бір")
        raise KeyboardInterrupt

    monkeypatch.setattr("kzsearch.documents.read_articles", interrupted)
    result = run("index", "-")
    assert result.exit_code == 130
    assert result.stderr.strip() == "kzsearch: interrupted"


def test_control_characters_of_file_names_do_not_reach_the_terminal(
    run: Any, tmp_path: Path
) -> None:
    result = run("index", tmp_path / "a\x1b[31m.txt")
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr


RECORDS = "".join(
    f'{{"id": "{n}", "prose": "мәтін {n}", "when": "2025-09-2{n}"}}\n' for n in range(5)
)


def test_dry_run_shows_three_and_indexes_nothing(run: Any, tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", RECORDS)
    result = run("index", "--dry-run", path, "--map", "body=prose", "--map", "date=when")
    assert result.exit_code == 0
    assert result.stdout.count("body:") == 3
    assert "  date:      2025-09-22\n" in result.stdout
    assert "5 articles would be read; nothing was indexed." in result.stdout
    assert run("stats").exit_code == 1


def test_dry_run_reports_by_kind(run: Any, tmp_path: Path) -> None:
    lines = [f'{{"text": "мәтін {n}", "date": "қашан {n}"}}' for n in range(7)]
    path = write(tmp_path, "a.jsonl", "\n".join([*lines, "{"]))
    result = run("index", "--dry-run", path)
    assert result.exit_code == 1
    assert "  7 dates left out\n  1 record skipped\n" in result.stdout
    assert result.stderr.count("the date is left out") == 3
    assert "more of this kind (date) are only counted" in result.stderr


def test_warnings_cost_no_article_and_no_exit_code(run: Any, tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"text": "мәтін", "date": "қашан", "author": {"x": 1}}')
    result = run("index", path)
    assert result.exit_code == 0
    assert result.stdout == "1 article read: 1 added, 0 updated, 0 unchanged.\n"
    assert "1 author left out; 1 date left out." in result.stderr


def test_namespace(run: Any, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,text\n1,мәтін\n")
    assert run("index", path).exit_code == 0
    assert run("index", path, "--namespace", "baq").exit_code == 0
    assert run("index", path, "--namespace", "").exit_code == 0
    for name in ("a:1", "baq:1", "1"):
        assert run("show", name).exit_code == 0


@pytest.mark.parametrize("pair", ["body", "=x", "body=", "text=prose"])
def test_wrong_map(run: Any, tmp_path: Path, pair: str) -> None:
    result = run("index", "--map", pair, write(tmp_path, "a.jsonl", RECORDS))
    assert result.exit_code == 2
    assert "--map takes FIELD=NAME" in result.stderr


def test_a_feed_and_a_page_through_a_pipe(run: Any) -> None:
    feed = (
        "<rss version='2.0'><channel><title>Үлгі</title><item><title>Көпір ашылды</title>"
        "<link>https://ulgi.example/1</link><description>Ол ұзын.</description></item>"
        "</channel></rss>"
    )
    assert run("index", "-", stdin=feed).exit_code == 0
    [hit] = json.loads(run("query", "көпір", "--json").stdout)["hits"]
    assert (hit["title"], hit["source"]) == ("Көпір ашылды", "Үлгі")
    result = run("index", "-", stdin="<!doctype html><html><body>жоқ</body></html>")
    assert result.exit_code == 1
    assert "this page holds no article" in result.stderr


def test_language_is_a_filter(run: Any, tmp_path: Path) -> None:
    write(tmp_path, "news/a.txt", "Алматы қаласында жаңа көпір ашылды, деп хабарлайды әкімдік.")
    write(tmp_path, "news/b.txt", "В городе Алматы открыли новый мост, сообщает акимат города.")
    assert run("index", tmp_path / "news").exit_code == 0
    for language in ("kk", "ru"):
        hits = json.loads(run("query", f"language:{language} Алматы", "--json").stdout)["hits"]
        assert len(hits) == 1


def test_broken_text_is_repaired_and_said(run: Any, tmp_path: Path) -> None:
    text = "Жаңа оқу жылында мектеп оқушыларына тегін түскі ас беріледі."
    broken = text.encode("kz1048").decode("cp1251")
    path = write(tmp_path, "a.jsonl", json.dumps({"id": "1", "body": broken}, ensure_ascii=False))
    result = run("index", path)
    assert result.exit_code == 0
    said, summary = result.stderr.splitlines()
    assert said == (
        f"{path}:1: the text was broken and is repaired: KZ-1048 taken for Windows-1251"
    )
    assert summary == "kzsearch: 1 text repaired."
    assert json.loads(run("show", "1", "--json").stdout)["body"] == text
    assert json.loads(run("query", "оқушы", "--json").stdout)["total"] == 1


def test_marks_of_a_broken_word_fall_on_the_text_as_it_stands(run: Any, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.txt",
        "Құрылыс туралы хабар.\nЖоба құны 1,8 млрд те ң ге болды, жаңа мек-\nтептер салынды.",
    )
    assert run("index", path).exit_code == 0
    for query, marked in (("теңге", "те ң ге"), ("мектеп", "мек-\nтептер")):
        [hit] = json.loads(run("query", query, "--json").stdout)["hits"]
        assert f"<mark>{marked}</mark>".replace("\n", " ") in hit["snippet"].replace("\n", " ")
