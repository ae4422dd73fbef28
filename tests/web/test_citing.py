"""How to cite an article and a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import time_machine
from flask.testing import FlaskClient

Read = Callable[..., Any]


def test_an_article_is_cited_alike_every_day(read: Read) -> None:
    cited = read("/articles/timed", q="түнгі").one("details", class_="cite").text
    assert cited.endswith(
        "Айгүл Сапарова. Түнгі хабар. Таңғы шолу. 2025 ж. 29 қыркүйек. https://example.kz/tungi"
    )


def test_an_article_without_an_address_is_cited_by_its_page(read: Read) -> None:
    cited = read("/articles/hostile").one("details", class_="cite").text
    assert cited.endswith("дереккөз. http://localhost/articles/hostile")
    assert "javascript:" not in cited


def test_a_search_is_cited_with_the_state_of_the_index(read: Read, client: FlaskClient) -> None:
    answer = client.get("/api/search?q=мектеп&page=2").json
    assert answer is not None
    with time_machine.travel("2026-12-01T00:30:00Z", tick=False):
        cited = read("/", q="мектеп", source="Қала үні", page=1).one("details", class_="cite").text
    assert "kzsearch; «мектеп»; " in cited
    assert "; 2026-12-01 05:30 UTC+5; " in cited
    assert f"индекс күйі: {answer['generation']}. http://localhost/?q=" in cited
    assert "source=" in cited
