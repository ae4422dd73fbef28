"""The whole way of a reader, in a real Chromium, over the production server."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from tests.web.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

PAGES = {
    "start": "",
    "results": f"?q={quote('мектеп')}",
    "filtered": f"?q={quote('мектеп')}&source={quote('Қала үні')}&from=2025-02&to=2025-11",
    "fallback": f"?q={quote('түнгі мектеп')}",
    "last page": f"?q={quote('мектеп')}&page=3&sort=date",
    "nothing": f"?q={quote('жоқсөз')}&source=x",
    "reprints": f"?q={quote('порт')}",
    "similar": "articles/port-2",
    "in Latin": f"?q={quote('мектеп')}&letters=latn&not_source={quote('Қала үні')}",
    "in Arabic": f"articles/school-3?q={quote('мектеп')}&letters=arab",
    "explained": f"?q={quote('порт жұмысы')}&explain=1",
    "meant": f"?q={quote('«жаңлаығы»')}",
    "other days": f"?q={quote('қауіпті 2025 жылғы наурызда')}",
    "embed": f"embed?q={quote('мектеп')}",
    "embed code": f"embed/code?q={quote('мектеп')}",
    "in part": f"timeline?q={quote('мектеп')}&from=2025-02&to=2025-05",
    "timeline": f"timeline?q={quote('мектеп')}&compare={quote('порт')}",
    "sources": "sources",
    "source": f"sources/{quote('Дала таңы')}",
    "article": f"articles/school-3?q={quote('мектеп')}",
    "arabic": "articles/arabic",
    "not found": "nowhere",
    "refused": "?page=x",
    "russian": f"?q={quote('мектеп')}&lang=ru",
    "english": "?lang=en",
}

SOURCE = re.compile(r"^Қала үні \d")
"""The name of the link that chooses a source; beside it stands one that leaves it out."""

SCROLLS_SIDEWAYS = (
    "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
)


def status_of(name: str) -> int:
    return {"not found": 404, "refused": 400}.get(name, 200)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_the_box_to_the_article_and_back(
    open_page: Callable[..., Any], javascript: bool
) -> None:
    page = open_page(java_script_enabled=javascript)
    page.locator("#q").fill("мектеп")
    page.locator("#q").press("Enter")
    assert page.get_by_role("status").inner_text() == "24 мақала табылды"
    hits = page.locator(".hit")
    assert hits.count() == 10
    assert "мектептерімізде" in hits.locator("mark").all_inner_texts()

    source = page.get_by_role("link", name=SOURCE)
    count = int(source.locator(".count").inner_text())
    source.click()
    assert page.get_by_role("status").inner_text() == f"{count} мақала табылды"
    assert set(hits.locator(".source").all_inner_texts()) == {"Қала үні"}

    page.get_by_role("link", name="Сүзгіні алып тастау: Қала үні").click()
    page.get_by_role("link", name="Алдымен жаңалары").click()
    days = [time.get_attribute("datetime") for time in hits.locator("time").all()]
    assert days == sorted(days, reverse=True)

    page.get_by_role("link", name="Келесі").click()
    assert page.get_by_role("link", name="2-бет").get_attribute("aria-current") == "page"
    title = hits.first.get_by_role("heading").inner_text()
    hits.first.get_by_role("heading").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert page.locator(".body mark").count() > 0
    original = page.get_by_role("link", name="Түпнұсқасын оқу")
    assert original.get_attribute("href").startswith("https://example.kz/mektep/")

    page.get_by_role("link", name="Нәтижелерге оралу").click()
    assert hits.first.get_by_role("heading").inner_text() == title


def test_the_language_changes_and_the_search_stays(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGES["results"])
    page.get_by_role("link", name="Русский").click()
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.get_by_role("status").inner_text().startswith("Найдены 24")
    assert page.locator("#q").input_value() == "мектеп"
    page.get_by_role("link", name="kzsearch").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Поиск по новостям на казахском"


def test_reprints_unfold_and_lead_to_their_articles(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGES["reprints"], viewport=PHONE, has_touch=True)
    link = page.locator(".copies").get_by_role("link", name="Ақтау порты Айлақ")
    assert not link.is_visible()
    page.locator("summary", has_text="және тағы 4 дереккөз").tap()
    link.tap()
    assert page.get_by_role("heading", level=1).inner_text() == "Ақтау порты Айлақ"
    page.get_by_role("region", name="Ұқсас мақалалар").get_by_role("link").tap()
    assert page.get_by_role("heading", level=1).inner_text() == "Ақтау портының кемелері"


def test_days_can_be_chosen(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGES["results"])
    page.get_by_text("Басқа күндер").click()
    page.get_by_label("Қай күннен").fill("2025-02-01")
    page.get_by_label("Қай күнге дейін").fill("2025-03-31")
    page.get_by_role("button", name="Көрсету").click()
    assert page.get_by_role("status").inner_text() == "4 мақала табылды"


def test_the_keyboard_is_enough(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGES["results"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Негізгі мазмұнға өту")
    assert skip.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.evaluate("getSelection().toString()") == "мектеп"
    page.keyboard.type("түнгі/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*%2F")
    assert page.get_by_role("status").inner_text() == "1 мақала табылды"


def test_filters_stand_open_on_a_desk_and_folded_on_a_phone(
    open_page: Callable[..., Any],
) -> None:
    source = {"role": "link", "name": SOURCE}
    assert open_page(PAGES["results"]).get_by_role(**source).is_visible()
    phone = open_page(PAGES["results"], viewport=PHONE, has_touch=True)
    assert not phone.get_by_role(**source).is_visible()
    phone.locator("summary", has_text="Сүзгілер").tap()
    assert phone.get_by_role(**source).is_visible()


def test_typing_completes(open_page: Callable[..., Any]) -> None:
    page = open_page()
    box, options = page.locator("#q"), page.get_by_role("option")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("taqyr")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "тақырып" in options.locator(".text").all_inner_texts()
    assert options.first.locator(".added").inner_text() == "ып"

    box.press("ArrowDown")
    chosen = options.first.locator(".text").inner_text()
    assert box.input_value() == chosen
    assert options.first.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("ArrowUp")
    assert box.input_value() == "taqyr"
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    assert box.input_value() == options.last.locator(".text").inner_text()
    box.press("Escape")
    assert box.input_value() == "taqyr"
    assert options.count() == 0
    assert box.get_attribute("aria-expanded") == "false"
    box.press("ArrowDown")
    options.first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.locator(".hit").count() > 0
    assert page.locator("#q").input_value() == chosen


def test_a_completion_can_be_tapped(open_page: Callable[..., Any]) -> None:
    page = open_page(PAGES["filtered"], viewport=PHONE, has_touch=True)
    page.locator("#q").fill("тунг")
    page.get_by_role("option", name="Түнгі хабар", exact=True).tap()
    page.wait_for_url(f"**/?q={quote_plus('Түнгі хабар')}&*source=*")


def test_late_answers_and_lost_ones_show_nothing(open_page: Callable[..., Any]) -> None:
    """An answer to what is no longer in the box; a server that fails; a box that is left."""
    page = open_page()
    page.route("**/api/complete?q=x*", lambda route: route.fulfill(json={"error": "Broken."}))
    box, options = page.locator("#q"), page.get_by_role("option")
    with page.expect_response("**/api/complete?q=x*"):
        box.fill("x")
    box.fill("мек")
    options.first.wait_for()
    box.fill("")
    assert options.count() == 0
    box.fill("ауы")
    options.first.wait_for()
    page.keyboard.press("Tab")
    assert options.count() == 0


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_completions_fit_in_and_axe_finds_no_barrier(
    open_page: Callable[..., Any], viewport: dict[str, int], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        PAGES["results"], viewport=viewport, color_scheme=scheme, reduced_motion="reduce"
    )
    page.locator("#q").fill("ау")
    page.get_by_role("option").first.wait_for()
    page.locator("#q").press("ArrowDown")
    assert not page.evaluate(SCROLLS_SIDEWAYS)
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_of_a_phone(open_page: Callable[..., Any], name: str) -> None:
    page = open_page(PAGES[name], status=status_of(name), viewport=PHONE)
    assert not page.evaluate(SCROLLS_SIDEWAYS)


def test_the_dark_page_is_dark(open_page: Callable[..., Any]) -> None:
    def brightness(scheme: str) -> int:
        page = open_page(color_scheme=scheme)
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(","))

    assert brightness("light") > 700
    assert brightness("dark") < 100


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier(open_page: Callable[..., Any], name: str) -> None:
    """In light and dark, on desk and phone, with everything unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(PAGES[name], status=status_of(name))
    page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert Axe().run(page).response["violations"] == [], (viewport, scheme)
