"""A real web server on this machine, a clock that stands still, and a fetcher for both."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kzsearch import Article
from kzsearch.sources.clock import Stopped
from kzsearch.sources.config import SourceList, parse_sources
from kzsearch.sources.fetcher import Fetcher
from kzsearch.sources.following import Follower
from kzsearch.sources.http import Exchange
from kzsearch.sources.state import State

NOON = 1_759_147_200.0  # 2025-09-29 17:00 in Almaty


@dataclass
class Reply:
    """What the server answers. chunks: sent one by one with ``pause`` seconds between them."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    chunks: list[bytes] | None = None
    pause: float = 0.0
    raw: bool = False


@dataclass(frozen=True)
class Asked:
    """A request the server got: path, headers in small letters, the host it was meant for."""

    path: str
    headers: dict[str, str]

    @property
    def host(self) -> str:
        return self.headers["host"].rpartition(":")[0]


class Site:
    """A web server for all host names; ``pages`` maps a path, or host and path, to a reply."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self.most_at_once: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def put(self, path: str, body: bytes | str = b"", **reply: Any) -> None:
        """Answer a path, or host and path, like this from now on (see Reply)."""
        self.pages[path] = Reply(body, **reply)

    def url(self, path: str, host: str = "gazet.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self, *, robots: bool = False) -> list[str]:
        """What was asked for, in order."""
        return [one.path for one in self.asked if robots or one.path != "/robots.txt"]

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak HTTPS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = Asked(handler.path, {k.lower(): v for k, v in handler.headers.items()})
        with self._lock:
            self.asked.append(asked)
            count = self._now[asked.host] = self._now.get(asked.host, 0) + 1
            self.most_at_once[asked.host] = max(count, self.most_at_once.get(asked.host, 0))
        try:
            found = self.pages.get(asked.host + asked.path) or self.pages.get(asked.path)
            reply = found(asked) if callable(found) else found or Reply("none", 404)
            self._send(handler, reply, asked)
        except OSError:
            pass  # the client had enough
        finally:
            with self._lock:
                self._now[asked.host] -= 1

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply, asked: Asked) -> None:
        handler.close_connection = True
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        status = reply.status
        if reply.etag and asked.headers.get("if-none-match") == reply.etag:
            status, body = 304, b""
        if reply.raw:
            self._drip(handler, reply)
            return
        handler.send_response(status)
        headers = dict(reply.headers)
        if reply.etag:
            headers["ETag"] = reply.etag
        if not reply.chunks:
            headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        self._drip(handler, reply)

    def _drip(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        for chunk in reply.chunks or []:
            handler.wfile.write(chunk)
            handler.wfile.flush()
            time.sleep(reply.pause)


class StillClock:
    """A clock that moves only when somebody waits, or a test says so."""

    def __init__(self, now: float = NOON) -> None:
        self.time = now
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float, stop: threading.Event) -> None:
        if stop.is_set():
            raise Stopped
        with self._lock:
            self.waits.append(seconds)
            self.time += max(seconds, 0)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with State(tmp_path / "state.sqlite") as state:
        yield state


def to_this_machine(host: str, _port: int) -> list[str]:
    """Every name of a test is this machine."""
    assert host.endswith(".test"), f"{host} is no host of a test"
    return ["127.0.0.1"]


@pytest.fixture
def exchange() -> Exchange:
    return Exchange(resolve=to_this_machine, seconds=5)


@pytest.fixture
def fetcher(state: State, clock: StillClock, exchange: Exchange) -> Fetcher:
    return Fetcher(state, clock=clock, exchange=exchange, allow_private=True)


@pytest.fixture
def listed() -> Callable[..., SourceList]:
    """Makes a list of sources of tables: ``listed({"name": …, "feed": …}, every="1h")``."""

    def make(*entries: dict[str, Any], **defaults: Any) -> SourceList:
        lines = ["[defaults]", *_lines({"delay": "0s", **defaults})]
        for entry in entries:
            lines += ["[[source]]", *_lines(entry)]
        return parse_sources("\n".join(lines), Path("sources.toml"))

    return make


def _lines(table: dict[str, Any]) -> list[str]:
    return [
        f"{name} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        for name, value in table.items()
    ]


@pytest.fixture
def source(listed: Callable[..., SourceList], site: Site) -> Any:
    """A source to fetch with."""
    return listed({"name": "Мысал", "feed": site.url("/rss")}).sources[0]


PARAGRAPHS = (
    "Ауылда жаңа мектеп ашылды. Бұл туралы аудан әкімдігі хабарлады. Мектеп үш жүз орынға "
    "арналған, онда заманауи зертханалар мен спорт залы бар.",
    "Оқушылар сабаққа бірінші қыркүйекте кірісті. Ата-аналар балаларының енді көрші ауылға "
    "қатынамайтынына қуанышты екенін айтты. Құрылысқа бюджеттен қаржы бөлінген.",
)


class Newspaper:
    """A newspaper on the site: articles with pages, and a feed that lists them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._listed: dict[str, str] = {}

    def publish(
        self, name: str, *, title: str = "", words: str = "", date: str = "", head: str = ""
    ) -> str:
        """Put an article on a page and into the feed; returns its address."""
        title = title or f"Жаңа мектеп {name}"
        address = self._site.url(f"/{name}")
        date = date or "Mon, 29 Sep 2025 11:30:00 +0000"
        self.page(name, title=title, words=words, head=head)
        self._listed[name] = (
            f"<item><title>{title}</title><link>{address}</link><pubDate>{date}</pubDate>"
            f"<description>{PARAGRAPHS[0][:60]}…</description><category>білім</category></item>"
        )
        self.print()
        return address

    def page(self, name: str, *, title: str = "", words: str = "", head: str = "") -> None:
        """Write the page of an article only."""
        text = "".join(f"<p>{part} {words}</p>" for part in PARAGRAPHS)
        self._site.put(
            f"/{name}",
            f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article>"
            f"<h1>{title}</h1>{text}</article></body></html>",
            headers={"Content-Type": "text/html; charset=utf-8"},
            etag=f'"{abs(hash((title, words)))}"',
        )

    def print(self, path: str = "/rss") -> None:
        """Write the feed."""
        items = "".join(self._listed.values())
        feed = f'<rss version="2.0"><channel><title>Газет</title>{items}</channel></rss>'
        self._site.put(
            path, feed, headers={"Content-Type": "application/rss+xml"}, etag=f'"{hash(items)}"'
        )


@pytest.fixture
def newspaper(site: Site) -> Newspaper:
    return Newspaper(site)


@dataclass
class Shelf:
    """Stands in for an index where only what is written to it matters."""

    articles: dict[str, Article] = field(default_factory=dict)
    generation: int = 1
    trouble: list[Exception] = field(default_factory=list)

    def add(self, articles: Iterable[Article]) -> None:
        if self.trouble:
            raise self.trouble.pop()
        self.articles |= {article.id: article for article in articles}
        self.generation += 1

    def delete(self, ids: Iterable[str]) -> int:
        self.generation += 1
        return sum(self.articles.pop(each, None) is not None for each in ids)

    def stats(self) -> Shelf:
        return self

    @property
    def titles(self) -> list[str]:
        return sorted(article.title for article in self.articles.values())


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def follower(
    shelf: Shelf, state: State, clock: StillClock, exchange: Exchange
) -> Iterator[Callable[..., Follower]]:
    """Makes followers of lists of sources; each is a process of its own, as it were."""
    made: list[Follower] = []

    def make(listed: SourceList, **more: Any) -> Follower:
        fetcher = Fetcher(state, clock=clock, exchange=exchange, allow_private=True)
        made.append(Follower(shelf, state, fetcher, listed.sources, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()
