"""Pages of HTML: what they state, where their text is, and pages that hold no article."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.formats.html import extract, sniff
from kzsearch.documents.problems import Problem
from kzsearch.documents.records import Record

FIRST = "Ауданда жаңа кітапхана ашылды, онда бес мың кітап пен жиырма компьютер бар."
SECOND = "Кітапхана күн сайын таңғы тоғыздан кешкі жетіге дейін жұмыс істейді, деді меңгеруші."
THIRD = "Келесі айда мұнда балаларға арналған үйірме ашу жоспарланып отыр, орын саны шектеулі."
FOURTH = "Тұрғындар бұл жаңалықты жылы қабылдады, көбі кітапханаға бірінші күні-ақ жазылды."
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in (FIRST, SECOND, THIRD, FOURTH))
MENU = '<nav><a href="/">Басты бет</a> <a href="/s">Спорт</a></nav>'
ASIDE = (
    '<aside><h3>Соңғы жаңалықтар</h3><time datetime="2030-01-01">1 қаңтар 2030</time>'
    '<a href="/9">Көлде мұз еріді</a></aside>'
)


@pytest.fixture(params=["trafilatura", "own extractor"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to find a text: with kzsearch[web] and without."""
    if request.param == "own extractor":
        monkeypatch.setitem(sys.modules, "trafilatura", None)
    return str(request.param)


def page(head: str = "", before: str = "", after: str = "", text: str = TEXT) -> str:
    return (
        f"<!doctype html><html><head>{head}</head><body>{MENU}<main><article>{before}{text}{after}"
        f"</article></main>{ASIDE}<footer>© 2025 Үлгі. Құқық қорғалған.</footer></body></html>"
    )


def json_ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields, ensure_ascii=False)}</script>'


def fields(content: str | bytes, url: str = "") -> dict[str, object]:
    record = extract(content, url)
    assert isinstance(record, Record), record
    return dict(record.fields)


@pytest.mark.usefixtures("way")
def test_text_without_what_is_around_it() -> None:
    body = fields(page(before="<h1>Кітапхана ашылды</h1>"))["body"]
    assert body == "\n\n".join([FIRST, SECOND, THIRD, FOURTH])


@pytest.mark.usefixtures("way")
def test_text_parted_by_line_breaks() -> None:
    text = f'<div class="text">{"<br><br>".join([FIRST, SECOND, THIRD, FOURTH])}</div>'
    body = str(fields(page(before="<h1>Кітапхана</h1>", text=text))["body"])
    assert [line for line in body.split("\n") if line] == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        (
            json_ld(**{"@type": "NewsArticle", "headline": "Кітапхана ашылды"}),
            "",
            "Кітапхана ашылды",
        ),
        (
            json_ld(
                **{"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "headline": "А Б"}]}
            ),
            "<h1>Бөлім</h1>",
            "А Б",
        ),
        (
            '<meta property="og:title" content="Кітапхана ашылды - Үлгі газеті">',
            "<h1>Кітапхана ашылды</h1>",
            "Кітапхана ашылды",
        ),
        (
            '<meta property="og:title" content="Кітапхана ашылды | Үлгі газеті">'
            '<meta property="og:site_name" content="Үлгі газеті">',
            "",
            "Кітапхана ашылды",
        ),
        (
            "<title>Үлгі :: Жаңа кітапхана ауданда ашылды</title>",
            "",
            "Жаңа кітапхана ауданда ашылды",
        ),
        (
            "<title>Үлгі</title>",
            "<h1>Кітапхана &laquo;Нұр&raquo; ашылды</h1>",
            "Кітапхана «Нұр» ашылды",
        ),
        ('<meta property="og:title" content="C++ &amp; Python">', "", "C++ & Python"),
    ],
)
def test_title(head: str, before: str, title: str) -> None:
    assert fields(page(head, before))["title"] == title


@pytest.mark.parametrize(
    ("head", "before", "date"),
    [
        (
            json_ld(**{"@type": "NewsArticle", "datePublished": "2025-09-29T14:30:00+05:00"}),
            "<time datetime='2024-01-01'></time>",
            "2025-09-29T14:30:00+05:00",
        ),
        (
            '<meta property="article:published_time" content="2025-09-29T09:30:00Z">',
            "<time datetime='2024-01-01'></time>",
            "2025-09-29T09:30:00Z",
        ),
        ("", "<h1>Жаңалық</h1><time datetime='2025-09-29'>кеше</time>", "2025-09-29"),
        ("", "<h1>Жаңалық</h1><span>29.09.2025</span>", "29.09.2025"),
        ("", "<div>29 қыркүйек 2025 | Қаралым: 12</div><h1>Жаңалық</h1>", "29 қыркүйек 2025"),
        ("", "<h1>Жаңалық</h1><div>Қаралым: 12</div>", ""),
        ("", "", ""),
    ],
)
def test_date_is_the_articles_never_that_of_a_sidebar(head: str, before: str, date: str) -> None:
    assert fields(page(head, before))["date"] == date


@pytest.mark.parametrize(
    "others",
    [
        "<div><p>12 маусым 2026</p><p><a href='/9'>Көлде мұз еріп, су көтерілді</a></p></div>",
        "<div><time datetime='2026-06-12'></time><a href='/9'>Көлде мұз еріп кетті</a></div>",
    ],
)
def test_dates_of_other_articles_near_the_title(others: str) -> None:
    assert fields(page(before=f"<h1>Жаңалық</h1>{others}"))["date"] == ""
    assert fields(page(before=f"{others}<h1>Жаңалық</h1>"))["date"] == ""
    before = f"<h1>Жаңалық</h1><p>29.09.2025</p>{others}"
    assert fields(page(before=before))["date"] == "29.09.2025"


def test_the_date_of_the_day_in_the_head_of_a_page() -> None:
    today = "<div class='top'>30 қараша 2026</div><div><div><div><div>"
    content = page(before="<h1>Жаңалық</h1>").replace("<main>", f"{today}<main>")
    assert fields(content)["date"] == ""


def test_a_menu_that_is_never_closed_is_the_frame_of_the_page() -> None:
    head = '<meta property="og:title" content="Кітапхана ашылды — Үлгі газетінің сайты">'
    content = page(head, "<h2>Кітапхана ашылды</h2>").replace("</nav>", "")
    assert fields(content)["title"] == "Кітапхана ашылды"


def test_other_fields() -> None:
    head = json_ld(
        **{
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "author": [{"@type": "Person", "name": "Айгүл"}, {"name": "Нұрлан"}],
            "publisher": {"name": "Үлгі"},
            "articleSection": ["Қоғам", "Мәдениет"],
            "mainEntityOfPage": {"@id": "https://ulgi.example/1"},
        }
    )
    record = extract(page(head))
    assert isinstance(record, Record)
    assert record.source == "Үлгі"
    assert record.fields["author"] == "Айгүл, Нұрлан"
    assert record.fields["category"] == "Қоғам; Мәдениет"
    assert record.fields["url"] == "https://ulgi.example/1"


def test_address_is_the_canonical_one_of_the_same_host() -> None:
    head = '<link rel="canonical" href="https://www.ulgi.example/1">'
    assert fields(page(head), "https://ulgi.example/1?utm_source=x")["url"] == (
        "https://www.ulgi.example/1"
    )
    assert fields(page(head), "https://other.example/2")["url"] == "https://other.example/2"
    assert fields(page(head))["url"] == "https://www.ulgi.example/1"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("tail", ["Оқи отырыңыз:", "Читайте также: Мост открыт"])
def test_invitations_are_cut(tail: str) -> None:
    body = str(fields(page(after=f"<p>{tail}</p><p><a href='/2'>Көлде мұз еріді</a></p>"))["body"])
    assert body.endswith(FOURTH)
    inside = page(text=f"<p>{FIRST}</p><p>{tail}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p>")
    body = str(fields(inside)["body"])
    assert tail not in body
    assert body.endswith(FOURTH)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "content",
    [
        "",
        "<html></html>",
        "<!-- -->",
        "<html><body><h1>Жаңалықтар</h1>"
        + "".join(
            f'<div><a href="/{n}">{n} ауылда жаңа мектеп ашылды</a></div>' for n in range(40)
        ),
        "<html><body><p>Бет табылмады.</p></body></html>",
    ],
)
def test_no_article(content: str) -> None:
    assert isinstance(extract(content), Problem)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", ""),
        ("utf-8", '<meta charset="windows-1251">'),
        ("kz1048", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("utf-16", ""),
    ],
)
def test_encodings(read_file: Any, encoding: str, declared: str) -> None:
    outcome = read_file("a.html", page(declared).encode(encoding))
    assert outcome.problems == []
    assert FIRST in outcome.bodies[0]


def test_header_of_the_answer_names_the_encoding() -> None:
    record = extract(page().encode("kz1048"), "https://a.example/", "windows-1251")
    assert isinstance(record, Record)
    assert FIRST in str(record.fields["body"])


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html>",
        b"<html lang=kk>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0" "x">\n<html>',
        b"<!-- made by a program -->\n<HTML>",
        b"<p>text</p>",
        b"<div class='a'>",
    ],
)
def test_sniff(head: bytes) -> None:
    assert sniff(head)


@pytest.mark.parametrize("head", [b"", b"<rss>", b"a < b", b"<5 ", b'<?xml version="1.0"?><feed>'])
def test_sniff_of_others(head: bytes) -> None:
    assert not sniff(head)


def test_a_page_is_never_plain_text(read_file: Any) -> None:
    assert FIRST in read_file("a.txt", page()).bodies[0]
    assert "<" not in read_file("a.dat", page()).bodies[0]


@given(st.text(st.sampled_from("<>/=\"'&;! ahpdivbrscripty\n\0\ud800а")))
def test_any_page_gives_a_record_or_a_problem(text: str) -> None:
    assert isinstance(extract(text), Record | Problem)
