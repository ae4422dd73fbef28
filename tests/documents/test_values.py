"""Values as programs write them, publishers, ids and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article, Problem, ReadOptions, read_articles
from kzsearch.documents.fields import article_from_record, field_of
from kzsearch.documents.markup import html_to_text
from kzsearch.documents.publishers import publisher
from kzsearch.documents.records import Record
from kzsearch.documents.tables import read_table
from kzsearch.documents.values import body_text, names_of, one_line
from kzsearch.errors import DocumentError


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Айгүл", ["Айгүл"]),
        (["Айгүл", "Нұрлан", "Айгүл"], ["Айгүл", "Нұрлан"]),
        ([{"name": "Айгүл", "url": "x"}, {"name": "Нұрлан"}], ["Айгүл", "Нұрлан"]),
        ({"@type": "Person", "name": "Айгүл"}, ["Айгүл"]),
        ("['Айгүл', 'Нұрлан']", ["Айгүл", "Нұрлан"]),
        ({"name": {"kk": "Айгүл", "ru": "Айгуль"}}, ["Айгүл"]),
        ([4, 5], []),
        ([None, "nan"], []),
        ({"id": 4}, None),
        (True, None),
    ],
)
def test_names(value: object, names: list[str] | None) -> None:
    assert names_of(value) == names


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"rendered": "А &amp; Б"}, "А & Б"),
        ({"_": "А"}, "А"),
        ({"#text": "А"}, "А"),
        ({"@value": "А", "@language": "kk"}, "А"),
        ({"kk": "А", "ru": "Б"}, "А"),
        ({"ru": "Б"}, "Б"),
        ([{"href": "https://a.example"}], "https://a.example"),
        ("<b>А</b>\n Б", "А Б"),
        (17, "17"),
        ({}, None),
        ([[1, 2]], None),
        (True, None),
    ],
)
def test_one_line(value: object, line: str | None) -> None:
    assert one_line(value) == line


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Бір.</p><p>Екі.</p>", "Бір.\n\nЕкі."),
        ("Бір.<br/>Екі.<br><br>Үш.", "Бір.\nЕкі.\n\nҮш."),
        ("<ul><li>Бір</li><li>Екі</li></ul>", "Бір\nЕкі"),
        ("<table><tr><td>Бір</td><td>екі</td></tr><tr><td>үш</td></tr></table>", "Бір екі\nүш"),
        ("Бір<script>alert('<p>')</script> екі<style>p {}</style>", "Бір екі"),
        ("Бір &laquo;екі&raquo;&nbsp;үш &#1179; &#x4D9;", "Бір «екі» үш қ ә"),
        ("&lt;p&gt;Бір&lt;/p&gt;", "Бір"),
        ("&amp;lt;p&amp;gt;Бір &amp;amp;amp; екі&amp;lt;/p&amp;gt;", "Бір & екі"),
        ("Бір <!-- жоқ --> екі", "Бір екі"),
        ("Бір\nекі <b>үш</b>\n\nтөрт", "Бір\nекі үш\n\nтөрт"),
        ("<div><p>Бір", "Бір"),
        ("а < б > в", "а < б > в"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("<Қазақстан> газеті", "<Қазақстан> газеті"),
        ("x <y@z.example>", "x <y@z.example>"),
        ("", ""),
    ],
)
def test_html(source: str, text: str) -> None:
    assert html_to_text(source, sure=False) == text


@given(st.text(st.sampled_from("<>/&;!-abpr =\"'lt#1ә\n\x00\ud800"), max_size=60))
def test_any_text_as_html(source: str) -> None:
    assert isinstance(html_to_text(source), str)
    assert "<script" not in html_to_text(source)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "name", "content", "kk", "data", "x"]), inner)
    ),
    max_leaves=12,
)


@given(
    JSON, st.sampled_from(["title", "date", "source", "author", "category", "id", "url", "lang"])
)
def test_no_optional_field_costs_an_article(value: object, name: str) -> None:
    said: list[tuple[str, str]] = []
    record = {"body": "Мәтін бар.", name: value}
    try:
        article = article_from_record(record, warn=lambda *found: said.append(found))
    except DocumentError as error:
        assert "NUL" in str(error) or "broken character" in str(error)  # noqa: PT017
    else:
        assert article.body == "Мәтін бар."


@given(JSON)
def test_any_body_is_a_text_or_refused(value: object) -> None:
    assert isinstance(body_text(value), str | None)


@pytest.mark.parametrize(("name", "example"), read_table("corpora.tsv"))
def test_corpora_are_no_sources(name: str, example: str) -> None:
    given_source = json.loads("{" + example + "}")["source"]
    assert publisher("", given_source) == ("", "")
    assert publisher("https://ulgi.example/1", given_source, host=True)[1] == "ulgi.example"
    assert name


@pytest.mark.parametrize(
    ("url", "source", "found"),
    [
        ("https://www.ulgi.example/1", "", ("https://www.ulgi.example/1", "ulgi.example")),
        ("", "https://ulgi.example/1", ("https://ulgi.example/1", "ulgi.example")),
        ("https://a.example/", "Үлгі", ("https://a.example/", "Үлгі")),
        ("https://xn--80aqf2ac.xn--80ao21a/1", "", (..., "такси.қаз")),
        ("ftp://a.example/x", "", ("ftp://a.example/x", "")),
        ("не адрес", "", ("не адрес", "")),
        ("", "C4ISR", ("", "C4ISR")),
        ("", "Oscar газеті", ("", "Oscar газеті")),
    ],
)
def test_publisher(url: str, source: str, found: tuple[object, str]) -> None:
    assert publisher(url, source, host=True)[1] == found[1]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("articleBody", "body"), ("article_body", "body"), ("Article Body", "body"),
        ("newsHeadline", "title"), ("title_kz", "title"), ("post-date", "date"),
        ("createdAt", "date"), ("created_at", "date"), ("pageUrl", "url"), ("_id", "id"),
        ("newsSource", "source"), ("text_length", None), ("page_count", None), ("kz", None),
        ("source_text", None), ("", None), ("images", None),
    ],
)  # fmt: skip
def test_spelling_of_names(name: str, field: str | None) -> None:
    assert field_of(name) == field


def ids_of(*records: Record, **options: Any) -> list[str]:
    chosen = ReadOptions(**options)
    return [article_from_record(r, file="news", options=chosen).id for r in records]


def test_a_bare_number_is_unique_within_its_source_or_file() -> None:
    number = Record(1, {"id": 7, "body": "а"})
    cell = Record(1, {"id": "7", "body": "а"}, cells=True)
    text = Record(1, {"id": "7", "body": "а"})
    assert ids_of(number, cell, text) == ["news:7", "news:7", "7"]
    assert ids_of(number, cell, text, namespace="n") == ["n:7", "n:7", "n:7"]
    assert ids_of(number, cell, text, namespace="") == ["7", "7", "7"]
    of_source = Record(1, {"id": 7, "body": "а", "source": "BAQ.KZ"})
    assert ids_of(of_source) == ["BAQ.KZ:7"]
    assert ids_of(Record(1, {"id": 7.0, "body": "а"}), Record(1, {"_id": 7, "body": "а"})) == [
        "news:7", "7",
    ]  # fmt: skip
    assert ids_of(Record(1, {"id": "a-7", "body": "а"}, cells=True)) == ["a-7"]


def run(folder: Path, **files: str) -> tuple[list[Article], list[Problem]]:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    problems: list[Problem] = []
    return list(read_articles(folder, on_problem=problems.append)), problems


def test_files_that_number_from_one_lose_nothing_and_it_is_said(tmp_path: Path) -> None:
    rows = "id,text\n1,{0} бір\n2,{0} екі\n"
    articles, problems = run(tmp_path, a_csv=rows.format("а"), b_csv=rows.format("б"))
    assert [article.id for article in articles] == ["a:1", "a:2", "b:1", "b:2"]
    [problem] = problems
    assert not problem.lost
    assert "its ids are numbers" in problem.message


def test_files_of_one_name_in_several_folders(tmp_path: Path) -> None:
    for year in ("2024", "2025"):
        (tmp_path / "all" / year).mkdir(parents=True)
        (tmp_path / "all" / year / "01.csv").write_text(f"id,text\n1,{year} мәтін\n")
    problems: list[Problem] = []
    articles = list(read_articles(tmp_path / "all", on_problem=problems.append))
    assert [article.id for article in articles] == ["2024/01:1", "2025/01:1"]
    assert not any(problem.lost for problem in problems)
    named = tmp_path / "all" / "2025" / "01.csv"
    [article] = read_articles(named, on_problem=pytest.fail)
    assert article.id == "01:1"


def test_one_id_twice_in_a_file_is_reported(tmp_path: Path) -> None:
    _, problems = run(tmp_path, a_csv="id,text\n1,а\n1,а\n1,б\n")
    [problem] = problems
    assert problem.lost
    assert "earlier in this file" in problem.message


def test_one_id_of_two_inputs_is_reported(tmp_path: Path) -> None:
    line = '{{"id": "x", "text": "{0}"}}'
    _, problems = run(tmp_path, a_jsonl=line.format("а"), b_jsonl=line.format("б"))
    [problem] = problems
    assert problem.lost
    assert "the id 'x' was given to another article by" in problem.message


def test_the_same_article_twice_is_no_clash(tmp_path: Path) -> None:
    line = '{"id": "x", "text": "а"}'
    assert run(tmp_path, a_jsonl=line, b_jsonl=line)[1] == []
    url = '{{"url": "https://ulgi.example/1", "text": "{0}"}}'
    versions = {"c_jsonl": url.format("ескі"), "d_jsonl": url.format("жаңа")}
    assert run(tmp_path, **versions)[1] == []


def test_stated_names(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"x": {"y": "Мәтін."}, "text": "басқа", "t": "Тақырып"}')
    options = ReadOptions(names={"body": "x.y", "title": "t"})
    [article] = read_articles(path, on_problem=pytest.fail, options=options)
    assert (article.title, article.body) == ("Тақырып", "Мәтін.")
