"""A mail server and a web server on this machine, an index, and a file of alerts."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kzsearch import Article, Index, open_index
from kzsearch.alerts.sending import Sender
from kzsearch.sources import Places, places_of
from kzsearch.sources.http import Exchange

NOON = 1_759_147_200.0  # 2025-09-29 17:00 in Almaty


@dataclass
class MailServer:
    """Speaks as much SMTP as a client needs. refusing: what it answers to a receiver instead."""

    letters: list[EmailMessage] = field(default_factory=list)
    refusing: str = ""
    port: int = 0

    def handle(self, request: socketserver.StreamRequestHandler) -> None:
        def say(line: str) -> None:
            request.wfile.write(line.encode() + b"\r\n")

        say("220 test")
        while line := request.rfile.readline():
            match line.split(None, 1)[0].upper():
                case b"EHLO":
                    say("250-test\r\n250 8BITMIME")
                case b"RCPT" if self.refusing:
                    say(self.refusing)
                case b"DATA":
                    say("354 go on")
                    data = bytearray()
                    while (row := request.rfile.readline()) != b".\r\n":
                        data += row.removeprefix(b".") if row.startswith(b"..") else row
                    letter = message_from_bytes(bytes(data), policy=policy.default)
                    assert isinstance(letter, EmailMessage)
                    self.letters.append(letter)
                    say("250 taken")
                case b"QUIT":
                    say("221 bye")
                    return
                case _:
                    say("250 well")


@dataclass(frozen=True)
class Posted:
    """A request a webhook got."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A web server that takes everything and answers with ``status``."""

    posted: list[Posted] = field(default_factory=list)
    status: int = 200
    port: int = 0

    def url(self, path: str = "/hook/s3cret", host: str = "hook.test") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            server.handle(self)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        server.port = listening.server_address[1]
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        listening.shutdown()


@pytest.fixture
def hook() -> Iterator[Hook]:
    site = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.posted.append(Posted(self.path, headers, body))
            self.send_response(site.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        site.port = listening.server_address[1]
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        yield site
        listening.shutdown()


@pytest.fixture
def sender(hook: Hook) -> Sender:
    """Finds every host on this machine, private as that is."""
    exchange = Exchange(resolve=lambda host, port: ["127.0.0.1"], seconds=20)
    return Sender(True, exchange, telegram=hook.url("", "telegram.test"))


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KZSEARCH_WEBHOOK_SECRET", "құпия сөз")
    monkeypatch.setenv("KZSEARCH_TELEGRAM_TOKEN", "123:tok-en")
    monkeypatch.setenv("KZSEARCH_MAIL_PASSWORD", "pass-word")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_index(tmp_path / "index", create=True) as opened:
        opened.add([an_article("old", "Мектеп бұрыннан бар")])
        yield opened


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return places_of(tmp_path / "index")


@pytest.fixture
def write(places: Places, mail: MailServer, hook: Hook) -> Callable[..., None]:
    """Writes alerts, each a name, a query and whom to tell."""

    def write_alerts(*alerts: tuple[str, str, str], settings: str = "") -> None:
        text = f"""[alerts]
site = "https://izdeu.kz"
mail_server = "mail.test:{mail.port}"
mail_from = "kzsearch <news@izdeu.kz>"
mail_security = "none"
{settings}
"""
        for name, query, to in alerts:
            text += f'\n[[alert]]\nname = "{name}"\nquery = "{query}"\nto = "{to}"\n'
        places.sources.write_text(text, encoding="utf-8")

    return write_alerts


def an_article(id: str, title: str, body: str = "Ауылда жаңа ғимарат ашылды.") -> Article:
    import datetime as dt

    return Article(
        id=id, title=title, body=body, date=dt.date(2025, 9, 29), source="BAQ.KZ",
        url=f"https://baq.kz/{id}",
    )  # fmt: skip


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    time: float = NOON

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()
