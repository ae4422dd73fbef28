"""The description of the API: true, valid, and kept by the application whatever is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from kzsearch import open_index
from kzsearch.documents import read_articles
from kzsearch.results.answers import HitAnswer
from kzsearch.results.page import _VALUES
from kzsearch_web.operations import operations

EXAMPLES = max(5, settings.default.max_examples // 5)


@pytest.fixture(scope="module")
def seeds_index(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "index"
    with open_index(path, create=True) as index:
        index.add(read_articles([root / "seeds"], on_problem=print))
    return path


@pytest.fixture
def app(make_app: Callable[..., Flask], seeds_index: Path) -> Flask:
    return make_app(seeds_index, TESTING=True)


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    found = app.test_client().get("/openapi.json").json
    assert found is not None
    return found


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert "/api/search" in document["paths"]


def test_every_example_is_answered(app: Flask) -> None:
    client = app.test_client()
    for each in operations(app):
        assert each.examples
        for values in each.examples:
            response = client.get(each.address(values))
            assert response.status_code == 200, each.address(values)
            assert response.mimetype in each.media
            assert response.data


def test_examples_find_something(app: Flask) -> None:
    client = app.test_client()
    for each in operations(app):
        if each.path in {"/api/search", "/api/similar/{article_id}"}:
            for values in each.examples:
                answer = client.get(each.address(values)).json
                assert answer is not None
                assert answer["hits"]


def test_every_parameter_has_an_example_that_fits(app: Flask) -> None:
    """A parameter of the document is one that its address takes."""
    client = app.test_client()
    for each in operations(app):
        inside = {one.name: one.example for one in each.parameters if one.in_path}
        for one in each.parameters:
            values = inside | ({one.name: one.example} if one.example else {})
            if one.name == "cursor":
                values.pop("page", None)
            with client.get(each.address(values)) as response:  # an export ends when it is closed
                assert response.status_code == 200, (each.path, one.name)


def test_the_fields_of_a_hit_are_those_of_its_type() -> None:
    assert list(get_type_hints(HitAnswer)) == list(_VALUES)


def test_the_page_tells_the_same(client: FlaskClient, app: Flask, read: Any) -> None:
    page = read("/api")
    text = " ".join(element.text for element in page.find("div", class_="api"))
    for each in operations(app):
        assert each.path in text
        for values in each.examples:
            assert f"curl 'http://localhost{each.address(values)}'" in text
        for one in each.parameters:
            assert one.meaning in text
    links = {link["href"] for link in page.find("a") if link["href"].startswith("#")}
    places = {
        f"#{element.attributes['id']}" for element in page.elements if "id" in element.attributes
    }
    assert links <= places


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_asked_is_answered_as_described(app: Flask, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_wsgi("/openapi.json", app)
    asked = 0
    for found in described.get_all_operations():
        cases = found.ok().as_strategy(generation_mode=mode)

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def check(case: schemathesis.Case) -> None:
            # No schema says which dates there are, or how deep page and limit reach together.
            case.call_and_validate(
                headers={"Accept-Encoding": "identity"},
                excluded_checks=[positive_data_acceptance],
            )

        try:
            check()
        except Unsatisfiable:  # nothing is wrong to ask where there are no arguments
            continue
        asked += 1
    assert asked > len(operations(app)) // 2
