"""Addresses: what they mean, what is refused and with which sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kzsearch_web.arguments import Arguments

TOO_DEEP = "Only the first 10,000 results can be paged through; narrow the search to see the rest."

QUERY_STRINGS = st.lists(
    st.tuples(
        st.sampled_from(["q", "page", "limit", "sort", "from", "to", "source", "category", "lang"]),
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(["мектеп", "1", "2", "0", "2025-09", "date", '"', "*", "-", "title:"]),
        ),
    ),
    max_size=6,
)


@pytest.fixture
def app(make_app: Callable[..., Flask], index_path: Path) -> Flask:
    return make_app(index_path)


def read(app: Flask, *pairs: tuple[str, str]) -> Arguments:
    with app.test_request_context("/api/search"):
        return Arguments.read(MultiDict(pairs))


def test_nothing_said_means_the_first_page_by_relevance(app: Flask) -> None:
    assert read(app) == Arguments()


def test_every_argument_is_read(app: Flask) -> None:
    arguments = read(
        app,
        ("q", " мектеп "),
        ("page", "3"),
        ("limit", "20"),
        ("sort", "date"),
        ("from", "2025"),
        ("to", "2025-09"),
        ("source", "Дала таңы"),
        ("source", "Қала үні"),
        ("source", "Дала таңы"),
        ("category", "білім"),
        ("explain", "1"),
    )
    assert arguments.q == "мектеп"
    assert (arguments.page, arguments.limit, arguments.sort) == (3, 20, "date")
    assert (arguments.first_day, arguments.last_day) == ("2025-01-01", "2025-09-30")
    assert arguments.sources == ("Дала таңы", "Қала үні")
    assert arguments.categories == ("білім",)
    assert arguments.explain


@pytest.mark.parametrize("day", ["29.09.2025", "29/09/2025", "20250929", "29 қыркүйек 2025"])
def test_a_day_may_be_written_in_any_usual_way(app: Flask, day: str) -> None:
    arguments = read(app, ("from", day), ("to", day))
    assert (arguments.first, arguments.last) == ("2025-09-29", "2025-09-29")


def test_of_a_longer_period_from_is_the_first_day_and_to_the_last(app: Flask) -> None:
    arguments = read(app, ("from", "2025 жылғы күз"), ("to", "2025 жылғы күз"))
    assert (arguments.first, arguments.last) == ("2025-09-01", "2025-11-30")


def test_a_form_sends_empty_arguments(app: Flask) -> None:
    names = ("q", "page", "limit", "sort", "from", "to", "source", "category", "explain")
    assert read(app, *((name, "") for name in names)) == Arguments()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("page", "0", "The argument “page” must be a whole number from 1."),
        ("page", "-1", "The argument “page” must be a whole number from 1."),
        ("page", "two", "The argument “page” must be a whole number from 1."),
        ("page", "1.5", "The argument “page” must be a whole number from 1."),
        ("page", "٣", "The argument “page” must be a whole number from 1."),
        ("page", "9" * 5000, "The argument “page” must be a whole number from 1."),
        (
            "page",
            "1001",
            TOO_DEEP,
        ),
        (
            "page",
            "10001",
            TOO_DEEP,
        ),
        ("limit", "101", "The argument “limit” can be at most 100."),
        ("sort", "size", "Results can be sorted by “relevance” or “date” only."),
        ("from", "31.09.2025", "A date is written like 2025, 2025-09 or 2025-09-29."),
        ("to", "2025-02-30", "A date is written like 2025, 2025-09 or 2025-09-29."),
        ("explain", "maybe", "The argument “explain” is either 1 or 0."),
        (
            "q",
            "ә" * 1001,
            "The query is too long: 1,000 characters are the most that can be searched for.",
        ),
    ],
)
def test_a_wrong_argument_is_refused_in_a_sentence(
    client: FlaskClient, name: str, value: str, sentence: str
) -> None:
    response = client.get("/api/search", query_string={name: value})
    assert (response.status_code, response.json) == (400, {"error": sentence})


def test_too_many_values_of_a_filter_are_refused(client: FlaskClient) -> None:
    values = [("source", str(number)) for number in range(21)]
    response = client.get("/api/search", query_string=MultiDict(values))
    assert response.status_code == 400
    assert response.json == {"error": "Too many filters: choose at most 20 of one kind."}


def test_the_longest_query_and_the_deepest_page_are_answered(client: FlaskClient) -> None:
    assert client.get("/api/search", query_string={"q": "ә" * 1000}).status_code == 200
    assert client.get("/api/search", query_string={"q": "ә", "page": 1000}).status_code == 200


def test_links_say_only_what_is_not_the_default(app: Flask) -> None:
    pairs = [("q", "үй"), ("limit", "5"), ("page", "2"), ("sort", "date"), ("source", "Б")]
    arguments = read(app, *pairs)
    with app.app_context():
        assert Arguments().link() == {}
        linked = MultiDict(arguments.link()).items(multi=True)
    assert read(app, *linked) == arguments


def test_a_change_goes_back_to_the_first_page(app: Flask) -> None:
    arguments = read(app, ("q", "мектеп"), ("page", "2"))
    assert arguments.but(sources=("Б",)).page == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=QUERY_STRINGS)
def test_no_address_breaks_the_server(client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    for path in ("/", "/api/search"):
        response = client.get(path, query_string=MultiDict(pairs))
        assert response.status_code in {200, 400, 404}
