"""What a reader finds on each page as it arrives, before any script runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from kzsearch import open_index

Read = Callable[..., Any]


def query_of(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


# --- start page


def test_the_start_page_has_the_box_examples_and_the_latest_articles(read: Read) -> None:
    page = read("/")
    assert page.one("form", role="search")["action"] == "/"
    assert page.one("input", id="q")["value"] == ""
    assert page.one("h1").text == "Қазақша жаңалықтардан іздеу"
    assert "Базада 34 мақала бар · 2025 жылғы 1 қаңтар – 24 желтоқсан" in (
        page.one("p", class_="stats").text
    )
    latest = [heading.text for heading in page.find("h3")]
    assert latest[0] == "Ауылдағы 23-мектептің жаңалығы"
    assert len(latest) == 5


def test_every_example_is_a_link_to_its_search(read: Read, client: FlaskClient) -> None:
    page = read("/")
    examples = [code.text for code in page.find("code")]
    links = [link for link in page.find("a", lang="kk") if "q" in query_of(link["href"])]
    assert [query_of(link["href"])["q"] for link in links] == [[text] for text in examples]
    assert {client.get(link["href"]).status_code for link in links} == {200}


def test_an_empty_index_says_how_to_fill_it(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    open_index(tmp_path / "index", create=True).close()
    text = make_app(tmp_path / "index").test_client().get("/").text
    assert "«kzsearch index»" in text
    assert "Соңғы мақалалар" not in text


def test_spaces_alone_are_no_search(read: Read) -> None:
    assert read("/", q="   ").find("section", class_="hero")


# --- results


def test_results_show_what_was_found_with_the_words_marked(read: Read) -> None:
    page = read("/", q="мектеп")
    assert page.one("input", id="q")["value"] == "мектеп"
    assert page.one("p", role="status").text == "24 мақала табылды"
    assert len(page.find("li", class_="hit")) == 10
    marks = {mark.text for mark in page.find("mark")}
    assert "мектептерімізде" in marks
    assert all("мектеп" in mark for mark in marks)


def test_a_hit_tells_its_source_date_and_category(read: Read) -> None:
    page = read("/", q="түнгі")
    hit = page.one("li", class_="hit")
    assert "Таңғы шолу" in hit.text
    assert "2025 ж. 29 қыркүйек" in hit.text
    assert page.one("time")["datetime"] == "2025-09-29T01:30:00+05:00"
    assert "қоғам" in hit.text


def test_pages_follow_each_other_without_gap_or_repeat(read: Read) -> None:
    seen = [
        heading.text
        for number in (1, 2, 3)
        for heading in read("/", q="мектеп", page=number).find("h2")
        if "мектептің" in heading.text
    ]
    assert len(seen) == len(set(seen)) == 24


def test_the_current_page_is_told_and_others_linked(read: Read) -> None:
    page = read("/", q="мектеп", page=2, sort="date")
    assert [link.text for link in page.find("a", **{"aria-current": "page"})] == ["2"]
    back, on = page.one("a", rel="prev"), page.one("a", rel="next")
    assert query_of(back["href"]) == {"q": ["мектеп"], "sort": ["date"]}
    assert query_of(on["href"]) == {"q": ["мектеп"], "sort": ["date"], "page": ["3"]}
    assert page.one("ol", class_="hits")["start"] == "11"


def test_sorting_by_date_puts_the_newest_first(read: Read) -> None:
    page = read("/", q="мектеп", sort="date")
    dates = [time["datetime"] for time in page.find("time")]
    assert dates == sorted(dates, reverse=True)
    current = [link.text for link in page.find("a", **{"aria-current": "true"})]
    assert "Алдымен жаңалары" in current


def test_a_list_that_filters_left_has_one_order_only(read: Read) -> None:
    page = read("/", source="Дала таңы")
    assert page.find("nav", class_="sort") == []
    assert page.one("p", role="status").text.endswith("мақала табылды")


def test_where_no_article_has_all_the_words_that_is_said_once(read: Read) -> None:
    page = read("/", q="түнгі мектеп")
    assert page.one("p", role="status").text.endswith("барлық сөзі бар мақала жоқ")
    assert page.find("p", class_="partial") == []


def test_articles_with_only_some_of_the_words_are_called_so(read: Read) -> None:
    page = read("/", q="порты жұмысы")
    assert page.one("p", role="status").text == "2 мақала табылды, барлық сөз 1 мақалада"
    assert page.one("p", class_="partial").text == "Сөздердің бір бөлігі ғана бар"


def test_nothing_found_comes_with_advice(read: Read) -> None:
    page = read("/", q='"жоқ сөз"', source="Дала таңы")
    assert page.one("p", role="status").text == "Ештеңе табылмады"
    advice = page.one("div", class_="nothing").text
    assert "тырнақшаны алып тастаңыз" in advice
    free = next(link for link in page.find("a") if link.text == "сүзгілерсіз іздеп көріңіз")
    assert query_of(free["href"]) == {"q": ['"жоқ сөз"']}


def test_advice_fits_the_search(read: Read) -> None:
    advice = read("/", q="жоқсөз").one("div", class_="nothing").text
    assert "тырнақша" not in advice
    assert "сүзгілерсіз" not in advice


def test_a_new_search_keeps_the_filters_and_goes_to_the_first_page(read: Read) -> None:
    page = read("/", q="мектеп", category="білім", sort="date", limit=5, page=2)
    form = page.elements.index(page.one("form", role="search"))
    hidden = [
        (each["name"], each["value"])
        for each in page.elements[form:]
        if each.tag == "input" and each.attributes.get("type") == "hidden"
    ]
    assert hidden[:3] == [("sort", "date"), ("category", "білім"), ("limit", "5")]
    assert "page" not in dict(hidden)


def test_what_was_typed_is_never_markup(read: Read) -> None:
    page = read("/", q='"><script>alert(1)</script>', source="<i>", lang="en")
    scripts = {script["src"] for script in page.find("script")}
    assert scripts == {"/static/search.js", "/static/completions.js", "/static/instant.js"}
    assert page.one("input", id="q")["value"] == '"><script>alert(1)</script>'


# --- article


def test_an_article_shows_its_text_with_the_words_marked(read: Read) -> None:
    page = read("/articles/school-3", q="мектеп")
    assert page.one("h1").text == "Ауылдағы 3-мектептің жаңалығы"
    assert {mark.text for mark in page.find("mark")} >= {"мектептерімізде"}
    paragraphs = [element.text for element in page.find("p", dir="auto")]
    assert len(paragraphs) == 2
    assert paragraphs[1].startswith("Ауыл тұрғындары 3 жыл")


def test_an_article_links_to_its_original_and_back_to_the_results(read: Read) -> None:
    page = read("/articles/school-3", q="мектеп", source="Қала үні", page=2)
    original = next(link for link in page.find("a") if link.text == "Түпнұсқасын оқу")
    assert original["href"] == "https://example.kz/mektep/3"
    assert original["rel"] == "external noopener noreferrer"
    back = next(link for link in page.find("a") if link.text == "Нәтижелерге оралу")
    assert query_of(back["href"]) == {"q": ["мектеп"], "source": ["Қала үні"], "page": ["2"]}


def test_an_article_tells_its_author_and_hour(read: Read) -> None:
    page = read("/articles/timed")
    assert "Айгүл Сапарова" in page.one("article").text
    assert page.one("time").text == "2025 ж. 29 қыркүйек, 01:30"
    assert not [link for link in page.find("a") if link.text == "Нәтижелерге оралу"]


def test_a_hostile_article_is_shown_and_does_nothing(read: Read) -> None:
    page = read("/articles/hostile", q="қауіпті")
    assert page.one("h1").text == "Қауіпті <script>alert(1)</script> тақырып"
    assert len(page.find("script")) == 3
    assert [image["src"] for image in page.find("img")] == ["/static/favicon.svg"]
    assert not [link for link in page.find("a") if "javascript" in link["href"]]
    assert read("/", q="қауіпті").one("h2", dir="auto").text.startswith("Қауіпті <script>")


def test_any_id_has_a_page(read: Read, client: FlaskClient) -> None:
    page = read("/", q="оғаш мекенжай")
    address = next(a["href"] for a in page.find("a") if a["href"].startswith("/articles/"))
    assert "<h1" in (text := client.get(address).text)
    assert "Оғаштығы – сәйкестендіргішінде." in text


def test_arabic_script_may_run_from_right_to_left(read: Read) -> None:
    page = read("/articles/arabic")
    assert page.one("h1")["dir"] == "auto"
    assert page.one("h1")["lang"] == "kk"


# --- small files


def test_robots_list_no_searches(client: FlaskClient) -> None:
    assert "noindex" in client.get("/?q=мектеп").text
    assert "noindex" not in client.get("/").text


def test_browsers_learn_how_to_search_here(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml", base_url="https://kz.example/")
    assert response.mimetype == "application/opensearchdescription+xml"
    assert 'template="https://kz.example/?q={searchTerms}"' in response.text
    assert "/opensearch.xml" in client.get("/").text


def test_static_files_are_found(read: Read, client: FlaskClient) -> None:
    page = read("/")
    files = [each["href"] for each in page.find("link") if "/static/" in each["href"]]
    files += [each["src"] for each in page.find("script") + page.find("img")]
    assert {urlsplit(name).path for name in files} == {
        "/static/theme.css",
        "/static/frame.css",
        "/static/results.css",
        "/static/reading.css",
        "/static/timeline.css",
        "/static/completions.css",
        "/static/print.css",
        "/static/favicon.svg",
        "/static/search.js",
        "/static/completions.js",
        "/static/instant.js",
        "/static/icon-180.png",
    }
    for name in files:
        with client.get(name) as response:
            assert response.status_code == 200


def test_a_reading_is_shown_with_the_way_back(read: Read) -> None:
    page = read("/", q="мектеп 2025 жылғы қыркүйекте", sort="date")
    (note,) = page.one("ul", class_="notes").text.split("\n")
    assert note == "2025 жылғы қыркүйекте → 2025 ж. қыркүйек болдырмау: 2025 жылғы қыркүйекте"
    back = next(link for link in page.find("a") if link.text.startswith("болдырмау"))
    assert query_of(back["href"]) == {"q": ['мектеп "2025 жылғы қыркүйекте"'], "sort": ["date"]}
    assert read("/", q='мектеп "2025 жылғы қыркүйекте"').find("ul", class_="notes") == []


def test_typed_text_in_a_note_is_escaped(read: Read) -> None:
    page = read("/", q="<b>15</b>", lang="en")
    assert page.find("b") == []
    assert page.one("ul", class_="notes").text == "15 → он бес take back: 15"


def test_an_exact_search_tells_so_and_keeps_so(read: Read) -> None:
    page = read("/", q="мектеп 15", exact=1)
    assert {field["value"] for field in page.find("input", name="exact")} == {"1"}
    (link,) = [link for link in page.find("a") if link.text == "мағынасы бойынша да іздеу"]
    assert query_of(link["href"]) == {"q": ["мектеп 15"]}
    hit = page.one("ol", class_="hits")
    assert hit["start"] == "1"


def test_a_search_with_nothing_to_read_has_no_notes(read: Read) -> None:
    assert read("/", q="мектеп").find("ul", class_="notes") == []


def test_a_misspelt_query_is_offered_corrected(read: Read) -> None:
    page = read("/", q='"жаңлаығы"', exact=1)
    meant = 'Мүмкін, мынаны іздеген боларсыз: "жаңалығы"'
    assert page.one("p", class_="meant").text == meant
    (link,) = [link for link in page.find("a") if link.text == '"жаңалығы"']
    assert query_of(link["href"]) == {"q": ['"жаңалығы"'], "exact": ["1"]}
    assert read("/", q="мектеп").find("p", class_="meant") == []


def test_reasons_are_given_in_words_when_asked_for(client: FlaskClient) -> None:
    plain = client.get("/?q=мектеп").text
    assert "Неге табылды?" not in plain
    assert "Бұлар неге табылды?" in plain
    why = client.get("/?q=мектеп&explain=1").text
    assert "мектеп</span> — тақырыпта, алғашқы сөздерде, мәтінде, түбірі бойынша:" in why
    assert "Себептерінсіз" in why
    assert "in the text, by its stem:" in client.get("/?q=мектеп&explain=1&lang=en").text
    assert "в тексте, по основе:" in client.get("/?q=мектеп&explain=1&lang=ru").text


# --- what others make of a page


def test_the_icon_is_where_browsers_look(client: FlaskClient) -> None:
    with client.get("/favicon.ico") as response:
        assert response.mimetype in {"image/vnd.microsoft.icon", "image/x-icon"}
        assert response.data[:6] == b"\0\0\1\0\3\0"  # an icon file with three pictures


def test_sites_that_link_here_can_tell_what_to(read: Read) -> None:
    page = read("/articles/timed", q="түнгі")
    told = {each["property"]: each["content"] for each in page.find("meta") if "property" in
            each.attributes}  # fmt: skip
    assert told == {
        "article:published_time": "2025-09-29T01:30:00+05:00",
        "og:description": "Түнгі хабар таралды.",
        "og:image": "http://localhost/static/icon-512.png",
        "og:locale": "kk_KZ",
        "og:site_name": "kzsearch",
        "og:title": "Түнгі хабар – kzsearch",
        "og:type": "article",
        "og:url": "http://localhost/articles/timed",
    }


def test_the_address_bar_gets_completions(client: FlaskClient) -> None:
    response = client.get("/suggest?q=ауылд")
    assert response.mimetype == "application/x-suggestions+json"
    typed, completions = json.loads(response.text)
    assert typed == "ауылд"
    assert isinstance(completions, list)
    assert client.get("/suggest").status_code == 200
    assert "/suggest?q={searchTerms}" in client.get("/opensearch.xml").text
