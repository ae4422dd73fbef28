"""The page of results without its frame, as the script that shows results while typing asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

Read = Callable[..., Any]


def test_a_fragment_holds_the_same_results(read: Read) -> None:
    whole, part = (read("/", q="мектеп", page=2, **more) for more in ({}, {"fragment": "1"}))
    for tag, class_ in (("li", "hit"), ("section", ""), ("p", "total"), ("a", "step")):
        both = [[each.text for each in page.find(tag, class_=class_)] for page in (whole, part)]
        assert both[0] == both[1] != []
    assert whole.one("title").text == part.one("title").text
    assert [link["href"] for link in part.find("link")] == [
        link["href"] for link in whole.find("link", rel="alternate")
    ]


def test_it_has_no_box_and_loads_nothing(read: Read) -> None:
    part = read("/", q="мектеп", fragment=1)
    assert part.find("script") == part.find("input", id="q") == []
    assert part.find("link", rel="stylesheet") == []


def test_no_link_leads_to_a_fragment(client: FlaskClient) -> None:
    text = client.get("/?q=мектеп&fragment=1&source=Қала+үні").text
    assert "fragment" not in text
