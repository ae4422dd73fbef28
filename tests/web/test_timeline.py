"""The picture of a result set in time, and its numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

Read = Callable[..., Any]


def rows(client: FlaskClient, query: str) -> list[list[str]]:
    response = client.get(f"/timeline.csv?{query}")
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_the_picture_has_a_bar_for_each_period_with_articles(read: Read) -> None:
    page = read("/timeline", q="мектеп")
    assert page.one("h1").text == "«мектеп» уақыт бойынша"
    bars = page.find("rect", class_="series-1")[1:]  # the first one is the key
    titles = [title.text for title in page.find("title")[1:]]
    assert len(bars) == len(titles) > 10
    assert sum(int(title.rpartition(": ")[2]) for title in titles) == 24
    assert max(int(bar["height"]) for bar in bars) == 100
    assert all(int(bar["y"]) + int(bar["height"]) == 100 for bar in bars)


def test_a_bar_leads_to_the_articles_it_counts(read: Read) -> None:
    for query in ({"q": "мектеп"}, {"q": "мектеп", "from": "2025-03", "to": "2025-04"}):
        for link in read("/timeline", **query).find("a", tabindex="-1"):
            address = parse_qs(urlsplit(link["href"]).query)
            found = read("/", **{name: values[0] for name, values in address.items()})
            count = int(link.text.rpartition(": ")[2])
            assert found.one("p", role="status").text == f"{count} мақала табылды"


@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_of_several_words_it_counts_what_the_search_lists(read: Read, sort: str) -> None:
    for query in ("мектеп порт", "ауыл жаңа порты", "түнгі мектеп"):
        listed = read("/", q=query, sort=sort).one("p", role="status").text
        legend = read("/timeline", q=query, sort=sort).one("ul", class_="legend").text
        assert listed.startswith(f"{legend.rpartition(': ')[2]} мақала")


def test_two_searches_are_compared(read: Read, client: FlaskClient) -> None:
    page = read("/timeline", q="мектеп", compare="порт")
    assert len(page.find("rect", class_="series-2")) > 1
    assert [cell.text for cell in page.find("th", scope="col")] == ["Кезең", "«мектеп»", "«порт»"]
    table = rows(client, "q=мектеп&compare=порт")
    assert table[0] == ["week", "мектеп", "порт"]
    assert [sum(int(row[n]) for row in table[1:]) for n in (1, 2)] == [24, 2]


def test_the_unit_follows_the_span(client: FlaskClient) -> None:
    assert rows(client, "q=мектеп")[0][0] == "week"
    assert rows(client, "q=мектеп&from=2025-03&to=2025-04")[0][0] == "day"
    assert rows(client, "q=мектеп&unit=year") == [
        ["year", "мектеп"],
        ["2025-01-01", "24"],
        ["", "0"],
    ]
    assert len(rows(client, "q=мектеп&unit=day")) > 300


def test_undated_articles_are_counted_beside_it(read: Read, client: FlaskClient) -> None:
    page = read("/timeline", q="мақала")
    assert "күні жоқ: 1" in page.one("ul", class_="legend").text
    assert rows(client, "q=мақала")[-1] == ["", "1"]


def test_without_dates_there_is_a_sentence(read: Read) -> None:
    page = read("/timeline", q="қауіпті")
    assert page.find("rect", class_="area") == []
    assert "ешқайсысында" in page.one("main").text


@pytest.mark.parametrize(
    "path", ["/timeline?page=x", "/timeline?compare=" + "ә" * 1001, "/timeline.csv?unit=hour"]
)
def test_wrong_arguments_are_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_queries_are_text(read: Read, client: FlaskClient) -> None:
    page = read("/timeline", q="<script>мектеп", compare='"><b>порт')
    assert page.find("b") == []
    assert rows(client, "q==1%2B1&compare=порт")[0][1] == "'=1+1"


def test_results_lead_to_it(read: Read) -> None:
    link = read("/", q="мектеп", source="Қала үні", page=1).one("p", class_="over-time")
    assert link.text == "Уақыт бойынша"
