"""Articles in the letters a reader chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Read = Callable[..., Any]


def chosen(page: Any) -> str:
    nav = page.elements.index(page.one("nav", class_="letters"))
    links = [each for each in page.elements[nav + 1 : nav + 5] if "aria-current" in each.attributes]
    (link,) = links
    return str(link.text)


@pytest.mark.parametrize(
    ("letters", "tag", "direction", "title", "mark"),
    [
        ("latn", "kk-Latn", "auto", "Auyldağy 3-mekteptıñ jañalyğy", "mekteptıñ"),
        ("arab", "kk-Arab", "rtl", "اۋىلداعى 3-مەكتەپتىڭ جاڭالىعى", "مەكتەپتىڭ"),
        ("cyrl", "kk", "auto", "Ауылдағы 3-мектептің жаңалығы", "мектептің"),
        ("original", "kk", "auto", "Ауылдағы 3-мектептің жаңалығы", "мектептің"),
    ],
)
def test_results_and_articles_are_in_the_letters_chosen(
    read: Read, letters: str, tag: str, direction: str, title: str, mark: str
) -> None:
    article = read("/articles/school-3", q="мектеп", letters=letters)
    heading = article.one("h1")
    assert (heading.text, heading["lang"], heading["dir"]) == (title, tag, direction)
    assert mark in [each.text for each in article.find("mark")]
    results = read("/", q="мектеп", limit=30, letters=letters)
    (hit,) = [each for each in results.find("h2", lang=tag) if each.text == title]
    assert hit["dir"] == direction
    snippets = [each.text for each in results.find("p", class_="snippet", lang=tag)]
    assert any(each.text in " ".join(snippets) for each in results.find("mark"))


def test_an_article_in_arabic_script_can_be_read_in_cyrillic(read: Read) -> None:
    page = read("/articles/arabic", letters="cyrl")
    heading = page.one("h1")
    assert (heading.text, heading["lang"], heading["dir"]) == (
        "қазақша төте жазу",
        "kk-Cyrl",
        "auto",
    )
    assert "қазақстан республикасы" in page.one("div", class_="body").text


def test_the_choice_is_remembered_and_shown(client: FlaskClient, read: Read) -> None:
    assert chosen(read("/", q="мектеп")) == "Түпнұсқа"
    read("/", q="мектеп", letters="latn")
    assert client.get_cookie("kzsearch_letters") is not None
    page = read("/articles/school-3")
    assert chosen(page) == "Latyn"
    assert page.one("h1").text.startswith("Auyldağy")
    assert read("/").find("h3")[0].text.startswith("Auyldağy")
    page = read("/articles/school-3", letters="original")
    assert chosen(page) == "Түпнұсқа"
    assert read("/articles/school-3").one("h1").text.startswith("Ауылдағы")


def test_an_unknown_choice_is_none(client: FlaskClient, read: Read) -> None:
    assert chosen(read("/", q="мектеп", letters="<b>")) == "Түпнұсқа"
    assert client.get_cookie("kzsearch_letters") is None


def test_the_way_to_other_letters_keeps_the_search(read: Read) -> None:
    nav = read("/", q="мектеп", source="Қала үні", sort="date")
    (link,) = [link for link in nav.find("a") if link.text == "Latyn"]
    for part in ("q=", "source=", "sort=date", "letters=latn"):
        assert part in link["href"]


def test_reprints_are_in_the_letters_chosen(read: Read) -> None:
    copies = read("/", q="порт", letters="latn").one("details", class_="copies")
    assert "Aqtau porty Kaspi" in copies.text


def test_the_api_gives_articles_as_they_are(client: FlaskClient) -> None:
    plain = client.get("/api/articles/school-3").json
    client.get("/?q=мектеп&letters=latn")
    assert client.get("/api/articles/school-3").json == plain
