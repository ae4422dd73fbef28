"""JSON Lines and JSON documents."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.formats.json_stream import Value, json_values
from kzsearch.documents.problems import Problem

A, B = '{"id": "a", "body": "бір"}', '{"id": "b", "body": "екі"}'
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", f"{A}\n{B}\n"),
        ("a.ndjson", f"{A}\r\n\r\n{B}"),
        ("a.json", f"{A}\n{B}\n"),
        ("a.json", f"[{A}, {B}]"),
        ("a.json", f"  [\n  {A},\n  {B}\n]\n"),
        ("a.json", f"[{A}\n{B},]"),
        ("a.json", f'{{"status": "ok", "articles": [{A}, {B}]}}'),
        ("a.json", json.dumps([json.loads(A), json.loads(B)], indent=2)),
        ("a.json", json.dumps(json.loads(A), indent=2) + json.dumps(json.loads(B), indent=2)),
        ("a.dump", f"[{A}, {B}]"),
        ("a", f"{A}\n{B}"),
    ],
)
def test_objects(read_file: Any, name: str, content: str) -> None:
    outcome = read_file(name, content)
    assert outcome.bodies == ["бір", "екі"]
    assert outcome.problems == []


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("{", "this is not JSON"),
        ('{"body": "екі}', "this is not JSON"),
        ("қазақша", "this is not JSON"),
        ('["екі"]', "this JSON is not an object"),
        ("7", "this JSON is not an object"),
        ("{}", "there is no text"),
        ('{"title": "екі"}', "there is no text"),
        ('{"body": null, "title": "екі"}', "there is no text"),
        ('{"body": "  "}', "there is no text"),
        ('{"body": true}', "the body must be text, not true or false"),
        ('{"body": [[1]]}', "the body must be text, not a list"),
        ('{"body": "е\\u0000кі"}', "the body holds NUL characters"),
        ('{"body": "е\\ud800кі"}', "the body holds a broken character"),
        ('{"body": "екі", "date": ' + "9" * 5000 + "}", "this is not usable JSON"),
        (DEEP, "this is not usable JSON"),
    ],
    ids=lambda value: value[:25],
)
def test_broken_line_costs_only_itself(read_file: Any, broken: str, message: str) -> None:
    outcome = read_file("a.jsonl", f"{A}\n{broken}\n{B}\n")
    assert outcome.bodies == ["бір", "екі"]
    [problem] = outcome.problems
    assert problem.startswith(f"a.jsonl:2: {message}")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ('"title": [[1]]', "the title in 'title' is left out: it is a list"),
        ('"source": true', "the source in 'source' is left out: it is true or false"),
        ('"id": {"a": 1}', "the id in 'id' is left out: it is an object"),
        ('"date": "кеше"', "the date is left out: the date 'кеше' cannot be read"),
        ('"date": true', "the date is left out: the date must be text or a number"),
        ('"date": "0001-01-01"', "the date is left out: the date 0001-01-01 lies outside"),
        ('"author": {"a": 1}', "the author in 'author' is left out: it is an object"),
    ],
)
def test_optional_field_never_loses_an_article(read_file: Any, field: str, message: str) -> None:
    outcome = read_file("a.jsonl", f'{A}\n{{"body": "екі", {field}}}')
    assert outcome.bodies == ["бір", "екі"]
    [problem] = outcome.problems
    assert problem.startswith(f"a.jsonl:2: {message}")


@pytest.mark.parametrize(
    ("content", "bodies", "problem"),
    [
        (f"[{A},\n{{]\n}},\n{B}]", ["бір", "екі"], "a.json:2: this is not JSON"),
        (f'[\n{A},\n{{"body": "x" "y"}},\n{B}]', ["бір", "екі"], "a.json:3: this is not JSON"),
        (f"[{A},\n7,\n{B}]", ["бір", "екі"], "a.json:2: this JSON is not an object"),
        (f"[{A},\n{B}", ["бір", "екі"], "a.json:2: the JSON array is not closed"),
        (f'[{A},\n{{"body": "е', ["бір"], "a.json:2: this is not JSON: Unterminated"),
        (f"[{A}, {DEEP}", ["бір"], "a.json:1: this is not usable JSON"),
        (f"[{A},\n{B}]\nқалдық", ["бір", "екі"], "a.json:3: this is not JSON"),
        ("[]", [], "a.json: there are no articles in the file"),
    ],
    ids=range(8),
)
def test_broken_document(read_file: Any, content: str, bodies: list[str], problem: str) -> None:
    outcome = read_file("a.json", content)
    assert outcome.bodies == bodies
    assert outcome.problems[0].startswith(problem)


def test_array_longer_than_a_piece(read_file: Any) -> None:
    objects = [{"id": str(n), "body": f"{n} " + "сөз " * (n % 977)} for n in range(1500)]
    outcome = read_file("a.json", json.dumps(objects, ensure_ascii=False, indent=1))
    assert outcome.problems == []
    assert [article.id for article in outcome.articles] == [str(n) for n in range(1500)]


def test_object_longer_than_a_piece(read_file: Any) -> None:
    outcome = read_file("a.json", json.dumps([{"body": "сөз " * 200_000}, {"body": "екі"}]))
    assert [len(body) for body in outcome.bodies] == [799_999, 3]


def test_line_of_a_record_counts_the_lines_of_the_file() -> None:
    found = list(json_values(io.StringIO(f"[\n\n{A},\n{{}}\n,{B}]")))
    assert [record.line for record in found] == [3, 4, 5]


@pytest.mark.parametrize("name", ["text", "Text", "content", "articleBody", "full-text", "Мәтін"])
def test_names_of_the_body(read_file: Any, name: str) -> None:
    assert read_file("a.jsonl", json.dumps({name: "бір"})).bodies == ["бір"]


def test_best_name_that_is_filled_wins(read_file: Any) -> None:
    record = {"content": "үш", "text": "екі", "body": "", "headline": "а", "name": "б"}
    [article] = read_file("a.jsonl", json.dumps(record)).articles
    assert (article.body, article.title) == ("екі", "а")


def test_numbers_and_lists_of_text(read_file: Any) -> None:
    record = {"body": ["бір", "екі"], "id": 7, "author": ["А", "Б"], "category": "  а \n б "}
    [article] = read_file("a.jsonl", json.dumps(record)).articles
    assert (article.id, article.author, article.body) == ("a:7", "А, Б", "бір\nекі")
    assert article.category == "а б"


def test_endless_line(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.documents.records.MAX_CHARS", 100)
    long = json.dumps({"body": "а" * 1000})
    outcome = read_file("a.jsonl", f"{A}\n{long}\n{B}")
    assert outcome.bodies == ["бір", "екі"]
    assert outcome.problems == ["a.jsonl:2: the line is longer than 100 characters"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("ab") | st.text(), inner),
    max_leaves=10,
)


@given(st.lists(JSON), st.booleans())
def test_document_gives_every_value_of_an_array(values: list[object], indented: bool) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=2 if indented else None)
    found = list(json_values(io.StringIO(text)))
    read = [one.value for one in found if isinstance(one, Value)]
    assert json.dumps(read) == json.dumps(values)


@given(st.text(st.sampled_from('[]{}":,\\u \nа1b-.e')))
def test_any_text_ends(text: str) -> None:
    for found in json_values(io.StringIO(text)):
        assert isinstance(found, Value | Problem)
