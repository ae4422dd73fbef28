"""Letters: mbox, single ones, pages saved as one file."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

TEXT = "Қалада жаңа көпір ашылды."


def letter(subject: str = "Көпір ашылды", plain: str = "", page: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Баспасөз қызметі <press@ulgi.example>"
    message["To"] = "news@gazet.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 29 Sep 2025 14:30:00 +0500"
    message["Message-ID"] = "<1@ulgi.example>"
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


@pytest.mark.parametrize(
    "message",
    [
        letter(plain=TEXT),
        letter(page=f"<html><body><p>{TEXT}</p><style>p {{}}</style></body></html>"),
        letter(plain=TEXT, page="<p>Басқа.</p>"),
    ],
)
@pytest.mark.parametrize("name", ["a.eml", "download", "a.txt"])
def test_a_letter(read_file: Any, message: EmailMessage, name: str) -> None:
    outcome = read_file(name, message.as_bytes())
    assert outcome.problems == []
    [article] = outcome.articles
    assert (article.title, article.body) == ("Көпір ашылды", TEXT)
    assert article.author == "Баспасөз қызметі"
    assert article.date.isoformat() == "2025-09-29T14:30:00+05:00"


def test_attachments_stay_out(read_file: Any) -> None:
    message = letter(plain=TEXT)
    message.add_attachment("Тіркеме", filename="a.txt")
    assert read_file("a.eml", message.as_bytes()).bodies == [TEXT]


@pytest.mark.parametrize("charset", ["utf-8", "kz1048", "koi8-r"])
def test_eight_bits_and_encodings(read_file: Any, charset: str) -> None:
    text = "Открыт новый мост." if charset == "koi8-r" else TEXT
    declared = "windows-1251" if charset == "kz1048" else charset
    content = (
        f"From: press@ulgi.example\nSubject: =?utf-8?b?0JrTqdC/0ZbRgA==?=\n"
        f"Date: Mon, 29 Sep 2025 14:30:00 +0500\nContent-Type: text/plain; charset={declared}\n"
        f"Content-Transfer-Encoding: 8bit\n\n{text}\n"
    ).encode(charset)
    [article] = read_file("a.eml", content).articles
    assert (article.title, article.body) == ("Көпір", text)


def test_mbox(read_file: Any) -> None:
    second = letter("Жол", "Ауылда жол жөнделді.\n\n>From the start.\nБітті.")
    parts = [
        b"From press@ulgi.example Mon Sep 29 14:30:00 2025\n" + one.as_bytes() + b"\n"
        for one in (letter(plain=TEXT), second)
    ]
    outcome = read_file("press.mbox", b"".join(parts))
    assert outcome.problems == []
    assert [article.title for article in outcome.articles] == ["Көпір ашылды", "Жол"]
    assert outcome.bodies[1] == "Ауылда жол жөнделді.\n\nFrom the start.\nБітті."


def test_letter_without_a_text(read_file: Any) -> None:
    outcome = read_file("a.eml", letter().as_bytes() + b"\n\n")
    assert outcome.articles == []
    assert "there is no text" in outcome.problems[0]


def test_a_page_saved_as_one_file(read_file: Any) -> None:
    paragraphs = "".join(
        f"<p>{n}-сөйлем осы бетте жазылған ұзақ мәтін болып табылады.</p>" for n in range(9)
    )
    content = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://ulgi.example/1\nSubject: x\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n\n'
        "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"<html><body><h1>Көпір</h1>{paragraphs}</body></html>\n--b--\n"
    )
    [article] = read_file("a.mhtml", content).articles
    assert (article.title, article.url) == ("Көпір", "https://ulgi.example/1")


def test_text_that_begins_like_a_letter_is_none(read_file: Any) -> None:
    assert read_file("a.txt", "From: мен\n\nМәтін.").articles[0].body.endswith("Мәтін.")
    assert read_file("a.txt", "From here on it rains.").bodies == ["From here on it rains."]
