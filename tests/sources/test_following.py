"""Following: what is new comes in, what changed is changed, what vanished goes; nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kzsearch.errors import IndexLockedError, IndexWriteError, SourceError
from kzsearch.sources.clock import Stopped
from kzsearch.sources.config import SourceList
from kzsearch.sources.following import Follower
from kzsearch.sources.listing import next_look
from kzsearch.sources.state import PageState, State

MINUTE, HOUR = 60.0, 3600.0


@pytest.fixture
def look(
    listed: Callable[..., SourceList], follower: Any, site: Any, clock: Any
) -> Callable[..., Any]:
    """Looks once at a source, in a process of its own: ``look(after=HOUR, full_text="feed")``."""

    def once(*, after: float = 0.0, patient: bool = False, **entry: Any) -> Any:
        clock.time += after
        if not entry.keys() & {"feed", "sitemap", "page", "telegram"}:
            entry["feed"] = site.url("/rss")
        sources = listed({"name": "Газет", **entry})
        (report,) = follower(sources).update(sources.sources, patient=patient)
        return report

    return once


def test_articles_of_a_feed_are_taken_from_their_pages(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    address = newspaper.publish("a", title="Жаңа мектеп", words="Соңғы сөз.")
    report = look()
    assert str(report) == "Газет: 1 new."
    (article,) = shelf.articles.values()
    assert article.title == "Жаңа мектеп"
    assert article.body.count("Соңғы сөз.") == 2
    assert (article.source, article.url) == ("Газет", address)
    assert (article.category, article.language) == ("білім", "kk")
    assert article.date.isoformat() == "2025-09-29T11:30:00+00:00"
    assert site.paths(robots=True) == ["/robots.txt", "/rss", "/a"]


def test_nothing_is_asked_twice(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.publish("a")
    newspaper.publish("b")
    assert look().added == 2
    assert str(look()) == "Газет: nothing new."
    assert sorted(site.paths()) == ["/a", "/b", "/rss", "/rss"]
    newspaper.publish("c")
    assert look().added == 1
    assert sorted(site.paths()) == ["/a", "/b", "/c", "/rss", "/rss", "/rss"]
    assert site.asked[-2].headers["if-none-match"]


def test_the_text_of_a_feed(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.publish("a")
    assert look(full_text="feed").added == 1
    (article,) = shelf.articles.values()
    assert article.body.startswith("Ауылда жаңа мектеп ашылды")
    assert site.paths() == ["/rss"]


def whole_feed(site: Any, text: str, *, link: bool = True) -> None:
    where = f"<link>{site.url('/a')}</link>" if link else "<guid isPermaLink='false'>n1</guid>"
    site.put(
        "/rss",
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<item><title>Ұзақ мәтін</title>{where}<content:encoded><![CDATA[<p>{text}</p>]]>"
        "</content:encoded></item></channel></rss>",
    )


def test_auto_takes_whole_texts_from_the_feed_and_others_from_pages(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.page("a", title="Беттегі мәтін")
    whole_feed(site, "Толық мәтін осы. " * 100)
    look(full_text="auto")
    assert shelf.titles == ["Ұзақ мәтін"]
    whole_feed(site, "Толық мәтін осы емес. " * 100 + "…")
    assert look(full_text="auto").updated == 1
    assert shelf.titles == ["Беттегі мәтін"]
    assert site.paths() == ["/rss", "/rss", "/a"]


def test_entries_without_a_page_are_known_by_their_name(look: Any, shelf: Any, site: Any) -> None:
    whole_feed(site, "Бірінші нұсқа. " * 30, link=False)
    look()
    whole_feed(site, "Екінші нұсқа. " * 30, link=False)
    assert look().updated == 1
    (article,) = shelf.articles.values()
    assert article.body.startswith("Екінші")


def test_a_correction_on_the_page_is_found_within_48_hours(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    look()
    assert not look(after=HOUR).eventful
    newspaper.page("a", title="Жаңа мектеп a", words="Түзетілді.")
    assert look(after=2 * HOUR).updated == 1
    assert "Түзетілді" in next(iter(shelf.articles.values())).body
    look(after=48 * HOUR)
    count = len(site.paths())
    newspaper.page("a", title="Жаңа мектеп a", words="Тым кеш.")
    assert not look(after=48 * HOUR).eventful
    assert site.paths()[count:] == ["/rss"]


def test_pages_are_looked_at_again_ever_more_rarely() -> None:
    page = PageState("k", "a", "f", seen=0.0, published=0.0)
    looks, now = [], 0.0
    while (after := next_look(page, now)) is not None:
        now = after
        looks.append(now / HOUR)
    assert looks == [0.5, 1, 2, 4, 8, 16, 32, 48]


def test_a_changed_entry_makes_its_page_looked_at_at_once(
    newspaper: Any, look: Any, shelf: Any, clock: Any
) -> None:
    newspaper.publish("a", title="Бірінші тақырып")
    look()
    clock.time += MINUTE
    newspaper.publish("a", title="Екінші тақырып")
    assert look().updated == 1
    assert shelf.titles == ["Екінші тақырып"]


def test_an_old_article_is_not_fetched_again_for_a_changed_entry(
    newspaper: Any, look: Any, site: Any
) -> None:
    newspaper.publish("a", title="Бірінші тақырып")
    look()
    look(after=72 * HOUR)
    newspaper.publish("a", title="Екінші тақырып")
    count = len(site.paths())
    assert not look().eventful
    assert site.paths()[count:] == ["/rss"]


def test_410_deletes_at_once(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.publish("a")
    newspaper.publish("b")
    look()
    site.put("/a", status=410)
    assert look(after=HOUR).removed == 1
    assert shelf.titles == ["Жаңа мектеп b"]
    count = len(site.paths())
    look(after=10 * HOUR)
    assert "/a" not in site.paths()[count:]


def test_404_deletes_after_three_tries(
    newspaper: Any, look: Any, shelf: Any, site: Any, clock: Any
) -> None:
    newspaper.publish("a")
    look()
    clock.time += HOUR
    site.put("/a", status=404)
    for _ in range(2):
        assert look().removed == 0
        assert not look().eventful  # no second try at once
        clock.time += 15 * MINUTE + 1
    assert len(shelf.articles) == 1
    assert look().removed == 1
    assert shelf.articles == {}
    assert site.paths().count("/a") == 4


def test_other_failures_do_not_count_as_missing(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    look()
    for status in (500, 500, 404, 403, 404, 500, 404):
        site.put("/a", status=status)
        look(after=HOUR)
    assert len(shelf.articles) == 1


def test_an_article_taken_from_the_feed_goes_when_its_page_does(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.page("a", title="Беттегі мәтін")
    whole_feed(site, "Толық мәтін осы. " * 100)
    look()
    assert not look(after=HOUR).eventful
    assert shelf.titles == ["Ұзақ мәтін"]
    assert site.paths() == ["/rss", "/rss", "/a"]
    site.put("/a", status=410)
    assert look(after=2 * HOUR).removed == 1
    assert shelf.titles == []


def test_an_article_that_is_back_is_indexed_again(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    look()
    page = site.pages["/a"]
    site.put("/a", status=410)
    look(after=HOUR)
    assert shelf.articles == {}
    newspaper.publish("a", date="Mon, 29 Sep 2025 11:45:00 +0000")  # with the same mark as before
    assert site.pages["/a"].etag == page.etag
    assert look().added == 1


def test_an_article_that_comes_back_in_time_stays(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    look()
    kept = site.pages["/a"]
    for _ in range(3):
        site.put("/a", status=404)
        look(after=HOUR)
        site.pages["/a"] = kept
        look(after=HOUR)
    assert len(shelf.articles) == 1


def test_a_redirect_to_the_front_page_counts_as_missing(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    look()
    newspaper.page("", title="Басты бет")
    site.put("/a", status=302, headers={"Location": "/"})
    for _ in range(3):
        look(after=HOUR)
    assert shelf.articles == {}


def test_a_canonical_address_on_the_same_host_names_the_article(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    canonical = site.url("/a-z")
    newspaper.publish("a?page=1", head=f'<link rel="canonical" href="{canonical}">')
    look()
    (article,) = shelf.articles.values()
    assert article.url == canonical


def test_two_addresses_of_one_article_make_one(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    head = f'<link rel="canonical" href="{site.url("/a")}">'
    newspaper.publish("a", title="Мектеп", head=head)
    newspaper.publish("a/amp", title="Мектеп", head=head)
    look()
    for _ in range(3):
        look(after=HOUR)
    assert [article.url for article in shelf.articles.values()] == [site.url("/a")]


def test_an_address_whose_canonical_one_cannot_be_had_serves(
    newspaper: Any, look: Any, shelf: Any, site: Any, clock: Any
) -> None:
    head = f'<link rel="canonical" href="{site.url("/a")}">'
    newspaper.publish("a/amp", title="Мектеп", head=head)
    newspaper.publish("a", title="Мектеп", head=head)
    site.put("/a", status=404)
    for _ in range(4):
        look(full_text="page")
        clock.time += HOUR
    assert [article.url for article in shelf.articles.values()] == [site.url("/a")]


def test_a_page_that_holds_no_article_for_a_while_is_looked_at_again(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    look(full_text="page")
    page = site.pages["/a"]
    site.put("/a", "<!DOCTYPE html><html><body><p>Жөндеу жүріп жатыр</p></body></html>")
    assert "no article" in look(after=HOUR, full_text="page").problems[0]
    assert len(shelf.articles) == 1
    site.pages["/a"] = page
    newspaper.page("a", title="Жаңа мектеп a", words="Түзетілді.")
    assert look(after=3 * HOUR, full_text="page").updated == 1


def test_one_canonical_address_on_different_pages_is_not_believed(
    newspaper: Any, look: Any, shelf: Any, site: Any, clock: Any
) -> None:
    head = f'<link rel="canonical" href="{site.url("/news")}">'
    for name in "abc":
        newspaper.publish(name, title=f"Мақала {name}", head=head)
    assert look().added == 3
    clock.time += HOUR
    newspaper.page("b", title="Мақала b", words="Түзетілді.", head=head)
    newspaper.publish("d", title="Мақала d", head=head)
    report = look()
    assert (report.added, report.updated) == (1, 1)
    assert shelf.titles == [f"Мақала {name}" for name in "abcd"]


def test_the_same_text_at_two_unlisted_addresses_is_one_article(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    head = f'<link rel="canonical" href="{site.url("/a-z")}">'
    newspaper.publish("a?from=1", title="Мектеп", head=head)
    newspaper.publish("a?from=2", title="Мектеп", head=head)
    assert look().added == 1
    assert [article.url for article in shelf.articles.values()] == [site.url("/a-z")]
    assert not look().eventful


def test_tracking_parameters_are_dropped(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.page("a", title="Мектеп")
    link = f"<link>{site.url('/a')}?utm_source=rss&amp;utm_medium=x</link>"
    site.put("/rss", f"<rss><channel><item><title>М</title>{link}</item></channel></rss>")
    look()
    assert site.paths() == ["/rss", "/a"]
    assert [article.url for article in shelf.articles.values()] == [site.url("/a")]


def test_what_robots_forbid_comes_from_the_feed_or_not_at_all(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /a\n")
    newspaper.publish("a")
    report = look(full_text="page")
    assert "robots.txt forbids it" in report.problems[0]
    assert shelf.articles == {}
    assert not look(full_text="page").eventful
    assert "/a" not in site.paths()


def test_auto_falls_back_to_the_feed(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.publish("a")
    site.put("/robots.txt", "User-agent: *\nDisallow: /a\n")
    report = look(full_text="auto")
    assert report.added == 1
    assert "indexed instead" in report.problems[0]
    assert shelf.titles == ["Жаңа мектеп a"]


def test_a_forbidden_feed_fails_in_a_sentence(newspaper: Any, look: Any, site: Any) -> None:
    newspaper.publish("a")
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    assert str(look()) == "Газет: failed: robots.txt forbids it."
    assert site.paths() == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<!DOCTYPE html><html><body>кіру</body></html>", "page of HTML, not a feed"),
        ("%PDF-1.4", "not a feed"),
        ("<rss><channel>", None),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel></channel></rss>', "declares entities"),
    ],
)
def test_what_is_no_feed(site: Any, look: Any, body: str, said: str | None) -> None:
    site.put("/rss", body)
    report = look()
    if said:
        assert said in report.error
    else:
        assert not report.added


def test_failures_back_off_and_a_named_source_is_tried_at_once(
    newspaper: Any, look: Any, site: Any, clock: Any, state: State
) -> None:
    newspaper.publish("a")
    feed = site.pages["/rss"]
    site.put("/rss", status=500)
    waits = []
    for _ in range(3):
        began = clock.time
        assert "status 500" in look(patient=True).error
        count = len(site.asked)
        assert "tried again from" in look(patient=True).error
        assert len(site.asked) == count
        (row,) = state._all("SELECT next FROM feed")
        waits.append((row[0] - began) / MINUTE)
        clock.time = row[0]
    assert waits == [2, 4, 8]
    look(patient=True)
    site.pages["/rss"] = feed
    assert look(patient=False).added == 1
    assert state._all("SELECT fails, error FROM feed") == [(0, "")]


def test_a_failing_page_is_tried_again_later(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.publish("a")
    page = site.pages["/a"]
    site.put("/a", status=500)
    assert "status 500" in look().problems[0]
    assert not look().eventful
    site.pages["/a"] = page
    assert look(after=2 * MINUTE).added == 1


def test_retry_after_puts_pages_off(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    for name in "abc":
        newspaper.publish(name)
    page = {name: site.pages[f"/{name}"] for name in "abc"}
    for name in "abc":
        site.put(f"/{name}", status=429, headers={"Retry-After": "900"})
    look()
    assert len(site.paths()) == 2  # the feed and one page
    for name in "abc":
        site.pages[f"/{name}"] = page[name]
    assert look(after=901).added == 3


def test_one_feed_under_two_names_is_asked_once(
    newspaper: Any, listed: Any, follower: Any, site: Any, shelf: Any
) -> None:
    newspaper.publish("a")
    sources = listed(
        {"name": "Бірінші", "feed": site.url("/rss")},
        {"name": "Екінші", "feed": site.url("/rss?utm_source=x").replace("http://", "http://www.")},
    )
    assert len({source.key for source in sources.sources}) == 1
    (report,) = follower(sources).update(sources.sources)
    assert report.added == 1
    assert site.paths() == ["/rss", "/a"]
    assert [article.source for article in shelf.articles.values()] == ["Бірінші"]


def test_an_article_in_two_feeds_is_fetched_once(
    newspaper: Any, listed: Any, follower: Any, site: Any, shelf: Any
) -> None:
    newspaper.publish("a")
    newspaper.print("/rss2")
    sources = listed(
        {"name": "Бірінші", "feed": site.url("/rss")},
        {"name": "Екінші", "feed": site.url("/rss2")},
    )
    follow = follower(sources, workers=1)
    follow.update(sources.sources)
    follow.update(sources.sources)
    assert site.paths().count("/a") == 1
    assert len(shelf.articles) == 1
    # The first source is removed: its pages are looked after by the other from now on.
    left = listed({"name": "Екінші", "feed": site.url("/rss2")})
    newspaper.publish("a", title="Басқа тақырып")
    newspaper.print("/rss2")
    (report,) = follower(left).update(left.sources)
    assert report.updated == 1


def test_a_new_index_is_filled_again(newspaper: Any, look: Any, shelf: Any, state: State) -> None:
    newspaper.publish("a")
    look()
    shelf.articles.clear()
    shelf.generation = 1
    assert look().added == 1


def test_sitemaps_list_pages(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.page("a", title="Жаңа")
    newspaper.page("old", title="Ескі")
    site.put("/index.xml", f"<sitemapindex><sitemap><loc>{site.url('/1.xml')}</loc></sitemap>"
        f"<sitemap><loc>{site.url('/2.xml')}</loc><lastmod>2024-01-01</lastmod></sitemap>"
        "</sitemapindex>")  # fmt: skip
    site.put("/1.xml", f"<urlset><url><loc>{site.url('/a')}</loc><lastmod>2025-09-29</lastmod>"
        f"</url><url><loc>{site.url('/old')}</loc><lastmod>2025-01-01</lastmod></url></urlset>",
        etag='"1"')  # fmt: skip
    assert look(sitemap=site.url("/index.xml")).added == 1
    assert shelf.titles == ["Жаңа"]
    assert site.paths() == ["/index.xml", "/1.xml", "/a"]
    look(sitemap=site.url("/index.xml"))
    assert site.asked[-1].headers["if-none-match"] == '"1"'


def test_pages_of_a_sitemap_that_are_no_articles_are_told_once(
    look: Any, shelf: Any, site: Any
) -> None:
    links = "".join(f"<li><a href='/{n}'>Тақырып {n}</a></li>" for n in range(40))
    site.put("/tags", f"<!DOCTYPE html><html><body><ul>{links}</ul></body></html>")
    site.put("/s.xml", f"<urlset><url><loc>{site.url('/tags')}</loc></url></urlset>")
    report = look(sitemap=site.url("/s.xml"), full_text="page")
    assert "no article" in report.problems[0]
    assert not look(sitemap=site.url("/s.xml"), full_text="page").eventful
    assert shelf.articles == {}


def test_the_feed_of_a_page_is_found(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.publish("a")
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    site.put("/", f"<!DOCTYPE html><html><head>{link}</head><body></body></html>")
    assert look(page=site.url("/")).added == 1
    newspaper.publish("b")
    assert look(page=site.url("/")).added == 1
    assert site.paths() == ["/", "/rss", "/a", "/rss", "/b"]


def test_a_feed_that_moved_is_found_again(newspaper: Any, look: Any, shelf: Any, site: Any) -> None:
    newspaper.publish("a")
    for path in ("/rss", "/new"):
        link = f'<link rel="alternate" type="application/rss+xml" href="{path}">'
        newspaper.print(path)
        site.put("/", f"<!DOCTYPE html><html><head>{link}</head><body></body></html>")
        if path == "/new":
            site.put("/rss", status=410)
            newspaper.publish("b")
            newspaper.print("/new")
            site.put("/rss", status=410)
        assert look(page=site.url("/")).added == 1
    assert shelf.titles == ["Жаңа мектеп a", "Жаңа мектеп b"]


def test_a_page_without_feed_has_a_sitemap_or_says_so(newspaper: Any, look: Any, site: Any) -> None:
    site.put("/", "<!DOCTYPE html><html><body></body></html>")
    assert "names no feed" in look(page=site.url("/")).error
    newspaper.page("a", title="Жаңа")
    site.put("/maps.xml", f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>")
    site.put("other.test/robots.txt", f"Sitemap: {site.url('/maps.xml', 'other.test')}\n")
    assert look(page=site.url("/", "other.test")).added == 1


def test_a_telegram_channel(look: Any, shelf: Any, site: Any) -> None:
    def post(number: int, text: str) -> str:
        return (
            f'<div class="tgme_widget_message" data-post="mysal/{number}"><div '
            f'class="tgme_widget_message_text">{text}</div><time '
            'datetime="2025-09-29T09:00:00+00:00"></time></div>'
        )

    def channel(*posts: str) -> None:
        body = f'<html><body><div class="tgme_channel_info"></div>{"".join(posts)}</body></html>'
        site.put("/s/mysal", body, headers={"Content-Type": "text/html; charset=utf-8"})

    channel(post(1, "Бірінші жаңалық"), post(2, "Екінші жаңалық"))
    assert look(telegram=site.url("/s/mysal")).added == 2
    channel(post(2, "Екінші жаңалық, түзетілген"), post(3, "Үшінші"))
    report = look(telegram=site.url("/s/mysal"))
    assert (report.added, report.updated) == (1, 1)
    assert {article.url for article in shelf.articles.values()} == {
        f"https://t.me/mysal/{number}" for number in (1, 2, 3)
    }


def test_more_pages_than_one_look_takes(
    newspaper: Any, look: Any, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzsearch.sources.following.MAX_PAGES", 2)
    for name in "abc":
        newspaper.publish(name)
    assert str(look()) == "Газет: 2 new, 1 more at the next look."
    assert look().added == 1


def test_a_fault_in_reading_a_page_stops_nothing_else(
    newspaper: Any, listed: Any, follower: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    newspaper.publish("a")
    newspaper.publish("b")
    import kzsearch.sources.fetching as module

    real = module.article_from_page

    def faulty(answer: Any, *more: Any) -> Any:
        if answer.url.endswith("/a"):
            raise ZeroDivisionError("боль")
        return real(answer, *more)

    monkeypatch.setattr(module, "article_from_page", faulty)
    sources = listed({"name": "Газет", "feed": site.url("/rss"), "full_text": "page"})
    (report,) = follower(sources).update(sources.sources)
    assert report.added == 1
    assert "ZeroDivisionError" in report.problems[0]


def test_a_fault_in_reading_a_feed_is_a_failure_like_others(
    newspaper: Any, look: Any, monkeypatch: pytest.MonkeyPatch, state: State
) -> None:
    def faulty(_answer: Any) -> Any:
        raise ZeroDivisionError("боль")

    newspaper.publish("a")
    monkeypatch.setattr("kzsearch.sources.looking.read_feed", faulty)
    assert "ZeroDivisionError" in look().error
    assert state._all("SELECT fails FROM feed") == [(1,)]


def test_many_sources_side_by_side(
    newspaper: Any, listed: Any, follower: Any, site: Any, shelf: Any
) -> None:
    entries = []
    for number in range(12):
        host = f"h{number % 4}.test"
        newspaper.page(f"p{number}", title=f"Мақала {number}")
        link = f"<link>{site.url(f'/p{number}', host)}</link>"
        site.put(
            f"/f{number}", f"<rss><channel><item><title>М</title>{link}</item></channel></rss>"
        )
        entries.append({"name": f"Дереккөз {number}", "feed": site.url(f"/f{number}", host)})
    sources = listed(*entries)
    reports = follower(sources).update(sources.sources)
    assert [report.added for report in reports] == [1] * 12
    assert len(shelf.articles) == 12
    assert set(site.most_at_once.values()) == {1}


def test_watching_looks_when_it_is_time_and_notices_changes_of_the_list(
    newspaper: Any, listed: Any, follower: Callable[..., Follower], site: Any, clock: Any
) -> None:
    newspaper.publish("a")
    sources = listed({"name": "Газет", "feed": site.url("/rss")})
    told: list[str] = []
    rounds = iter(range(1000))

    def refresh(follow: Follower) -> None:
        step = next(rounds)
        if step == 0:
            assert follow.sources == ()
            follow.sources = sources.sources
        elif told == ["Газет: 1 new."]:
            newspaper.publish("b")
            told.append("—")
        elif told and told[-1] == "—":
            clock.time += 5 * MINUTE
        elif len(told) == 3 or step > 500:
            follow._fetcher.stop.set()

    follow = follower(replace(sources, sources=()), tell=lambda report: told.append(str(report)))
    with pytest.raises(Stopped):
        follow.watch(refresh)
    assert told == ["Газет: 1 new.", "—", "Газет: 1 new."]
    assert site.paths().count("/rss") == 2


def test_an_index_that_is_being_written_is_waited_for(
    newspaper: Any, listed: Any, follower: Any, site: Any, shelf: Any
) -> None:
    newspaper.publish("a")
    shelf.trouble.append(IndexLockedError("Somebody else is writing."))
    said: list[str] = []
    sources = listed({"name": "Газет", "feed": site.url("/rss")})
    (report,) = follower(sources, say=said.append).update(sources.sources)
    assert report.added == 1
    assert said == ["Waiting: Somebody else is writing."]


def test_an_index_that_cannot_be_written_loses_nothing(
    newspaper: Any, listed: Any, follower: Any, site: Any, shelf: Any, look: Any
) -> None:
    newspaper.publish("a")
    shelf.trouble.append(IndexWriteError("The disk is full."))
    sources = listed({"name": "Газет", "feed": site.url("/rss")})
    with pytest.raises(IndexWriteError):
        follower(sources).update(sources.sources)
    assert shelf.articles == {}
    look()
    assert shelf.titles == ["Жаңа мектеп a"]


def test_a_state_that_cannot_be_written_ends_it(
    newspaper: Any, listed: Any, follower: Any, site: Any, state: State
) -> None:
    newspaper.publish("a")
    sources = listed({"name": "Газет", "feed": site.url("/rss")})
    follow = follower(sources)
    state.close()
    with pytest.raises(SourceError, match="cannot be read or written"):
        follow.update(sources.sources)


def test_stopping_in_the_middle_keeps_what_was_fetched(
    newspaper: Any, listed: Any, follower: Any, site: Any, shelf: Any, look: Any
) -> None:
    for name in "abc":
        newspaper.publish(name)
    sources = listed({"name": "Газет", "feed": site.url("/rss")})
    follow = follower(sources)
    page = site.pages["/c"]

    def last(_asked: Any) -> Any:
        follow._fetcher.stop.set()
        return page

    site.pages["/c"] = last
    with pytest.raises(Stopped):
        follow.update(sources.sources)
    fetched = len(site.paths()) - 1
    assert len(shelf.articles) == fetched
    site.pages["/c"] = page
    assert look().added == 3 - fetched


def test_only_the_first_problems_are_listed(newspaper: Any, look: Any, site: Any) -> None:
    for number in range(8):
        newspaper.publish(f"p{number}")
        site.put(f"/p{number}", status=500)
    report = look()
    assert len(report.problems) == 6
    assert report.problems[-1] == "… and more"


def test_what_is_no_page_of_html(look: Any, shelf: Any, site: Any) -> None:
    link = f"<link>{site.url('/a.pdf')}</link>"
    site.put("/rss", f"<rss><channel><item><title>М</title>{link}</item></channel></rss>")
    site.put("/a.pdf", "%PDF-1.4", headers={"Content-Type": "application/pdf"})
    assert "no page of HTML but application/pdf" in look(full_text="page").problems[0]
    assert shelf.articles == {}


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_page_that_is_refused_is_given_up_after_three_tries(
    newspaper: Any, look: Any, site: Any, shelf: Any, clock: Any, status: int
) -> None:
    newspaper.publish("a")
    site.put("/a", status=status)
    for _ in range(2):
        assert not look(full_text="page").eventful
        clock.time += HOUR
    assert look(full_text="page").problems == [
        f"{site.url('/a')}: it answered with status {status}"
    ]
    look(after=HOUR, full_text="page")
    assert site.paths().count("/a") == 3


def test_sitemaps_of_an_index_that_cannot_be_had_are_told(
    newspaper: Any, look: Any, shelf: Any, site: Any
) -> None:
    newspaper.page("a", title="Жаңа")
    maps = "".join(f"<sitemap><loc>{site.url(f'/{n}.xml')}</loc></sitemap>" for n in (1, 2))
    site.put("/index.xml", f"<sitemapindex>{maps}</sitemapindex>")
    assert "no sitemap of the index can be had" in look(sitemap=site.url("/index.xml")).error
    site.put("/2.xml", f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>")
    report = look(sitemap=site.url("/index.xml"))
    assert report.added == 1
    assert "/1.xml: it answered with status 404" in report.problems[0]
