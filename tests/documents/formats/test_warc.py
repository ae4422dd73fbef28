"""Archives of the web: WARC, WET."""

from __future__ import annotations

import gzip
import sys
from typing import Any

import pytest

pytest.importorskip("warcio", reason="needs kzsearch[warc]")

SENTENCES = [f"{n}-сөйлем: бұл бетте қалада ашылған жаңа көпір туралы айтылады." for n in range(9)]
PAGE = f"<html><body><h1>Көпір</h1>{''.join(f'<p>{s}</p>' for s in SENTENCES)}</body></html>"
LISTING = "<html><body>" + "<a href='/1'>Тақырып</a>" * 20 + "</body></html>"


def warc_record(kind: str, url: str, content: bytes, content_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2025-09-30T05:00:00Z\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def response(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode()
    return warc_record("response", url, http + body, "application/http; msgtype=response")


INFO = warc_record("warcinfo", "x", b"software: test\r\n", "application/warc-fields")
RECORDS = [
    INFO,
    warc_record("request", "https://ulgi.example/1", b"GET / HTTP/1.1\r\n\r\n", "application/http"),
    response("https://ulgi.example/1", PAGE.encode()),
    response("https://ulgi.example/i.jpg", b"\xff\xd8\xff", kind="image/jpeg"),
    response("https://ulgi.example/2", PAGE.encode(), status="301 Moved"),
    response("https://ulgi.example/3", LISTING.encode()),
    response("https://ulgi.example/4", PAGE.replace("Көпір", "Жол").encode("kz1048"),
             kind="text/html; charset=windows-1251"),
]  # fmt: skip


@pytest.mark.parametrize("pack", ["plain", "a member each", "whole"])
def test_pages(read_file: Any, pack: str) -> None:
    content = {
        "plain": b"".join(RECORDS),
        "a member each": b"".join(map(gzip.compress, RECORDS)),
        "whole": gzip.compress(b"".join(RECORDS)),
    }[pack]
    outcome = read_file("crawl.warc.gz", content)
    assert outcome.problems == []
    assert [(a.title, a.url) for a in outcome.articles] == [
        ("Көпір", "https://ulgi.example/1"),
        ("Жол", "https://ulgi.example/4"),
    ]
    assert outcome.articles[0].source == "ulgi.example"


def test_time_of_fetching(read_file: Any) -> None:
    page = PAGE.replace("</h1>", "</h1><time>Бүгін, 09:15</time>").encode()
    [article] = read_file("a.warc", INFO + response("https://ulgi.example/1", page)).articles
    assert article.date.isoformat() == "2025-09-30T09:15:00+05:00"


def test_texts_of_pages(read_file: Any) -> None:
    text = "Көпір ашылды\n" + "\n".join(SENTENCES)
    content = INFO + warc_record(
        "conversion", "https://ulgi.example/1", text.encode(), "text/plain"
    )
    [article] = read_file("crawl.wet.gz", gzip.compress(content)).articles
    assert (article.title, article.url) == ("Көпір ашылды", "https://ulgi.example/1")
    assert article.body == "\n".join(SENTENCES)


def test_without_an_article(read_file: Any) -> None:
    outcome = read_file("a.warc", INFO + response("https://ulgi.example/3", LISTING.encode()))
    assert outcome.problems == ["a.warc: none of the pages in this web archive holds an article"]


def test_cut_off(read_file: Any) -> None:
    content = b"".join(RECORDS)
    outcome = read_file("a.warc", content[: content.index("Жол".encode("kz1048"))])
    assert [article.title for article in outcome.articles][:1] == ["Көпір"]


def test_without_the_extra(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("warcio", "warcio.archiveiterator"):
        monkeypatch.setitem(sys.modules, module, None)
    [problem] = read_file("a.warc", b"".join(RECORDS)).problems
    assert problem.endswith("which needs: pip install 'kzsearch[warc]'")
