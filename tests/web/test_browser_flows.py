"""What scripts add to the pages, and what is there without them, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.web.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCHOOL = quote("мектеп")
SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
VIEWPORT = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


def query_of(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# --- letters


@SCRIPT
@VIEWPORT
def test_letters_are_chosen_remembered_and_taken_back(
    open_page: Callable[..., Any], javascript: bool, viewport: dict[str, int]
) -> None:
    page = open_page(f"?q={SCHOOL}", java_script_enabled=javascript, viewport=viewport)
    page.get_by_role("link", name="Latyn").click()
    assert "mekteptıñ" in page.locator(".hit mark").all_inner_texts()
    page.locator(".hit h2 a").first.click()
    assert page.get_by_role("heading", level=1).get_attribute("lang") == "kk-Latn"
    page.get_by_role("link", name="توتە").click()
    assert page.get_by_role("heading", level=1).get_attribute("dir") == "rtl"
    assert "مەكتەپتىڭ" in page.locator("h1 mark").all_inner_texts()
    page.get_by_role("link", name="Түпнұсқа", exact=True).click()
    assert "мектептің" in page.locator("h1 mark").all_inner_texts()
    page.get_by_role("link", name="Нәтижелерге оралу").click()
    assert "мектептің" in page.locator(".hit mark").all_inner_texts()


# --- results while typing


@VIEWPORT
def test_results_follow_what_is_typed(
    open_page: Callable[..., Any], viewport: dict[str, int]
) -> None:
    source = quote("Қала үні")
    page = open_page(f"?q={SCHOOL}&source={source}&page=1", viewport=viewport)
    page.evaluate("window.mine = true")
    length = page.evaluate("history.length")
    box = page.locator("#q")
    box.fill("түнгі")
    page.wait_for_url(f"**/?q={quote('түнгі')}&*")
    assert query_of(page) == {"q": ["түнгі"], "source": ["Қала үні"]}
    assert page.get_by_role("status").inner_text().strip() == "Ештеңе табылмады"
    box.fill("ауыл")
    page.wait_for_url(f"**/?q={quote('ауыл')}&*")
    assert page.get_by_role("status").inner_text().strip() == "9 мақала табылды"
    assert page.title().startswith("«ауыл»")
    assert page.locator(".hit").count() == 9
    assert set(page.locator(".hit .source").all_inner_texts()) == {"Қала үні"}
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.evaluate("window.mine && history.length") == length
    page.locator(".languages").get_by_role("link", name="English").click()
    assert page.get_by_role("status").inner_text() == "9 articles found"
    assert box.input_value() == "ауыл"


@VIEWPORT
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_was_replaced_has_no_barrier(
    open_page: Callable[..., Any], viewport: dict[str, int], language: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(f"?q={SCHOOL}&lang={language}", viewport=viewport, reduced_motion="reduce")
    page.locator("#q").fill("порт")
    page.wait_for_url(f"**/?q={quote('порт')}")
    page.keyboard.press("Escape")
    assert page.locator("html").get_attribute("lang") == language
    assert page.get_by_role("status").inner_text().strip()[0] in "2Н"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == [], scheme


def test_an_old_answer_never_replaces_a_newer_one(open_page: Callable[..., Any]) -> None:
    from playwright.sync_api import Error

    page = open_page(f"?q={SCHOOL}")
    held: list[Any] = []
    page.route(f"**/?q={quote('порт')}*fragment=1", lambda route: held.append(route))
    with page.expect_request("**/?q=*fragment=1"):
        page.locator("#q").fill("порт")
    page.locator("#q").fill("түнгі")
    page.wait_for_url(f"**/?q={quote('түнгі')}")
    with suppress(Error):  # the browser has taken it back
        held[0].continue_()
    page.wait_for_timeout(600)
    assert query_of(page) == {"q": ["түнгі"]}
    assert page.locator(".hit").count() == 1


def test_a_server_that_fails_leaves_the_list(open_page: Callable[..., Any]) -> None:
    page = open_page(f"?q={SCHOOL}", status=200)
    page.route("**/?q=*fragment=1", lambda route: route.fulfill(status=204))
    with page.expect_response("**/?q=*fragment=1"):
        page.locator("#q").fill("порт")
    page.unroute("**/?q=*fragment=1")
    page.locator("#q").press("Enter")
    page.wait_for_url(f"**/?q={quote('порт')}")
    assert page.locator(".hit").count() == 2


def test_without_a_script_the_list_waits_for_enter(open_page: Callable[..., Any]) -> None:
    page = open_page(f"?q={SCHOOL}", java_script_enabled=False)
    page.locator("#q").fill("порт")
    page.wait_for_timeout(600)
    assert query_of(page) == {"q": ["мектеп"]}
    page.locator("#q").press("Enter")
    page.wait_for_url(f"**/?q={quote('порт')}")


# --- time


@VIEWPORT
def test_bars_are_brushed_over(open_page: Callable[..., Any], viewport: dict[str, int]) -> None:
    page = open_page(f"timeline?q={SCHOOL}&compare={quote('порт')}", viewport=viewport)
    picture = page.locator(".bars svg")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=4)
    assert page.locator(".brush").count() == 1
    page.mouse.up()
    page.wait_for_url("**/timeline?*from=*")
    asked = query_of(page)
    assert asked["q"] == ["мектеп"]
    assert asked["compare"] == ["порт"]
    assert "2025-01" < asked["from"][0] < asked["to"][0] < "2025-10"
    assert page.locator(".legend").inner_text().count("мектеп") == 1
    page.locator(".chips a").click()
    assert "from" not in query_of(page)


@SCRIPT
def test_a_bar_is_a_link_and_two_days_do_what_a_brush_does(
    open_page: Callable[..., Any], javascript: bool
) -> None:
    page = open_page(f"timeline?q={SCHOOL}", java_script_enabled=javascript)
    page.get_by_label("Қай күннен").fill("2025-02-01")
    page.get_by_label("Қай күнге дейін").fill("2025-03-31")
    page.locator(".between").get_by_role("button").click()
    assert query_of(page)["from"] == ["2025-02-01"]
    assert page.locator(".legend li").inner_text().strip().endswith(": 4")
    page.locator(".bars a .series-1").first.click()
    assert page.get_by_role("status").inner_text() == "1 мақала табылды"


@SCRIPT
def test_periods_and_sources_are_a_click_away(
    open_page: Callable[..., Any], javascript: bool
) -> None:
    page = open_page(f"?q={SCHOOL}", java_script_enabled=javascript)
    page.get_by_role("link", name="«Қала үні» дереккөзінсіз").click()
    assert page.get_by_role("status").inner_text() == "15 мақала табылды"
    page.get_by_role("link", name="осы жыл").click()
    assert page.get_by_role("status").inner_text() == "Ештеңе табылмады"
    page.get_by_role("link", name="Бәрін алып тастау").click()
    page.locator(".sizes").get_by_role("link", name="50").click()
    assert page.locator(".hit").count() == 24


# --- what was meant, and why


@SCRIPT
def test_what_was_meant_is_shown_with_a_way_back(
    open_page: Callable[..., Any], javascript: bool
) -> None:
    page = open_page(f"?q={quote('«жаңлаығы»')}", java_script_enabled=javascript)
    assert page.locator(".hit").count() == 10
    page.get_by_role("link", name=re.compile("^дәл ")).click()
    assert page.get_by_role("status").inner_text() == "Ештеңе табылмады"


@SCRIPT
def test_reasons_are_shown_where_they_were_asked_for(
    open_page: Callable[..., Any], javascript: bool
) -> None:
    page = open_page(f"?q={SCHOOL}", java_script_enabled=javascript)
    page.get_by_role("link", name="Бұл неге табылды?").nth(7).click()
    assert page.url.endswith("#hit-8")
    reasons = page.locator("#hit-8 .why li")
    assert reasons.count() == 1
    assert reasons.first.inner_text().startswith("мектеп — тақырыпта")
    assert reasons.first.is_visible()


def test_paper_keeps_the_query_and_nothing_to_click(open_page: Callable[..., Any]) -> None:
    page = open_page(f"?q={SCHOOL}")
    page.emulate_media(media="print")
    assert page.locator("#q").is_visible()
    assert page.locator(".total").is_visible()
    for part in (".filters", ".pages", ".bottom", ".languages", ".letters", ".box button"):
        assert not page.locator(part).first.is_visible(), part
