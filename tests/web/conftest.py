"""An index of articles made for these tests, the application over it, and a reader of HTML."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kzsearch import Article, open_index
from kzsearch_web import create_app
from kzsearch_web.door import door_of

SOURCES = ("Дала таңы", "Қала үні", "Таңғы шолу")
CATEGORIES = ("білім", "қоғам")

ODD_ARTICLES = (
    Article(
        id="https://example.kz//news?id=1&x=ә/",
        title="Мекенжайы тым оғаш мақала",
        body="Оғаштығы – сәйкестендіргішінде.",
    ),
    Article(
        id="hostile",
        title="Қауіпті <script>alert(1)</script> тақырып",
        body='Қауіпті <img src=x onerror="alert(2)"> мәтін.\nЕкінші жол & соңы.',
        url="javascript:alert(3)",
        source="<b>Қауіпті</b> дереккөз",
    ),
    Article(
        id="arabic",
        title="قازاقشا توتە جازۋ",
        body="قازاقستان رەسپۋبليكاسى",
        language="kk",
        date=dt.date(2025, 3, 1),
        source="Төте жазу",
    ),
    Article(
        id="timed",
        title="Түнгі хабар",
        body="Түнгі хабар таралды.",
        date=dt.datetime(2025, 9, 28, 20, 30, tzinfo=dt.UTC),  # the 29th in Almaty
        url="https://example.kz/tungi",
        author="Айгүл Сапарова",
        source="Таңғы шолу",
        category="қоғам",
    ),
)


def school_articles() -> Iterator[Article]:
    """Twenty-four articles that a search for «мектеп» finds, over twelve months."""
    for number in range(24):
        yield Article(
            id=f"school-{number}",
            title=f"Ауылдағы {number}-мектептің жаңалығы",
            body=(
                "Бұл – ойдан шығарылған мақала. Біздің мектептерімізде жаңа оқу жылы басталды.\n"
                f"Ауыл тұрғындары {number} жыл күткен ғимарат ел игілігіне берілді."
            ),
            date=dt.date(2025, 1 + number % 12, 1 + number),
            source=SOURCES[number % 5 % 3],
            category=CATEGORIES[number % 2],
            url=f"https://example.kz/mektep/{number}",
            language="kk",
        )


PORT_NEWS = (
    "Ақтау портында жүк тиеу көлемі артты. Порт басшылығының мәліметінше, биыл айлақтан төрт "
    "миллион тонна астық пен темір жөнелтілген, бұл былтырғыдан едәуір көп. Жаңа кран мен қойма "
    "іске қосылып, кемелердің кезек күту уақыты екі есе қысқарды. Каспий арқылы өтетін дәліз "
    "тасымалдаушылар үшін тиімді бола бастады, енді Баку мен Түрікменбашыға паром аптасына бес "
    "рет қатынайды. Келесі жылы теңіз түбін тереңдету жұмысы басталмақ."
)


def port_articles() -> Iterator[Article]:
    """One piece of news from five sources, and another article on the same port."""
    for number, source in enumerate(("Ақтау", "Каспий", "Дала таңы", "Теңіз", "Айлақ")):
        yield Article(
            id=f"port-{number}",
            title=f"Ақтау порты {source}",
            body=PORT_NEWS,
            date=dt.date(2025, 10, 1 + number),
            source=source,
            category="экономика",
            language="kk",
        )
    yield Article(
        id="port-other",
        title="Ақтау портының кемелері",
        body="Ақтау портындағы кемелер мен паромдар астық пен темір тасымалдайды. Айлақтағы кран "
        "мен қойма Каспий дәлізіндегі тасымалдаушыларға керек.",
        source="Теңіз",
        date=dt.date(2025, 5, 5),
        language="kk",
    )


@pytest.fixture(scope="session")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "index"
    with open_index(path, create=True) as index:
        index.add([*school_articles(), *ODD_ARTICLES, *port_articles()])
    return path


@pytest.fixture
def make_app() -> Iterator[Callable[..., Flask]]:
    """Makes applications, and closes their indexes when the test is over."""
    apps: list[Flask] = []

    def make(path: Path, **config: object) -> Flask:
        apps.append(create_app(path, config={"FOLLOW_INDEX": 0} | config))  # found at once
        return apps[-1]

    yield make
    for app in apps:
        door_of(app).close()


@pytest.fixture
def client(make_app: Callable[..., Flask], index_path: Path) -> FlaskClient:
    return make_app(index_path, TESTING=True).test_client()


@dataclass
class Element:
    """An element of a page: its tag, attributes and the text inside it, spaces folded."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class Page(HTMLParser):
    """The elements of a page; an element that is not closed, or closed twice, is an error."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"<{self._open[-1].tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"<{tag}> repeats an attribute"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and attributes; ``class_`` is one of the classes."""
        classes = set(attributes.pop("class_", "").split())
        return [
            element
            for element in self.elements
            if element.tag == tag
            and classes <= set(element.attributes.get("class", "").split())
            and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.find(tag, **attributes)
        return element


@pytest.fixture
def page_of() -> Callable[[str], Page]:
    """Reads a page that a test got itself."""
    return Page


@pytest.fixture
def read(client: FlaskClient) -> Callable[..., Page]:
    """Gets a page and reads it: ``read("/", q="мектеп")``."""

    def get(path: str, status: int = 200, **query: object) -> Page:
        response = client.get(path, query_string=query or None)
        assert response.status_code == status
        return Page(response.text)

    return get


# --- a real browser

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def address(index_path: Path) -> Iterator[str]:
    """Address of a production server over the test index."""
    program = (
        "from kzsearch_web import serve; "
        f"serve({str(index_path)!r}, port=0, config={{'EMBED_ORIGINS': '*'}})"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page; afterwards nothing may stand in any console but the errors asked for."""
    complaints: list[str] = []
    contexts = []

    def go(path: str = "", *, status: int = 200, **options: Any) -> Any:
        contexts.append(browser.new_context(**{"viewport": DESK, **options}))
        contexts[-1].set_default_timeout(120_000)  # milliseconds; machines are busy
        page = contexts[-1].new_page()
        if status == 200:
            page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.extend(failed(request)))
        response = page.goto(address + path)
        assert response.status == status
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def failed(request: Any) -> list[str]:
    """A request that failed, unless the browser took it back, as when a page is left."""
    taken_back = request.failure == "net::ERR_ABORTED"
    return [] if taken_back else [request.url]
