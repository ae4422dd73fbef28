"""The filters beside the results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

Read = Callable[..., Any]


def values(page: Any, name: str) -> dict[str, tuple[int, bool, dict[str, list[str]]]]:
    """Values of a filter: how many, whether chosen, and where the link leads."""
    section = page.elements.index(page.one("section", **{"aria-labelledby": f"filter-{name}"}))
    found = {}
    for place, element in enumerate(page.elements[section + 1 :], section + 1):
        if element.tag == "section":
            break
        if element.attributes.get("class") == "name":
            link, count = page.elements[place - 1], page.elements[place + 1]
            found[element.text] = (
                int(count.text),
                link.attributes.get("aria-current") == "true",
                parse_qs(urlsplit(link["href"]).query),
            )
    return found


def chips(page: Any) -> list[str]:
    lists = page.find("ul", class_="chips")
    return [lists[0].text] if lists else []


def test_counts_add_up_to_what_was_found(read: Read) -> None:
    page = read("/", q="мектеп")
    for name in ("month", "source", "category"):
        assert sum(count for count, _, _ in values(page, name).values()) == 24
    assert not any(chosen for _, chosen, _ in values(page, "source").values())


def test_months_go_back_in_time_and_are_written_out(read: Read) -> None:
    months = list(values(read("/", q="мектеп"), "month"))
    assert months[0] == "2025 ж. желтоқсан"
    assert months[-1] == "2025 ж. қаңтар"
    assert len(months) == 12


def test_long_filters_fold_their_tail(read: Read) -> None:
    page = read("/", q="мектеп")
    assert "Тағы 6" in [summary.text for summary in page.find("summary")]


def test_a_source_can_be_chosen_changed_and_added_to(read: Read) -> None:
    page = read("/", q="мектеп", source="Қала үні", page=1)
    sources = values(page, "source")
    assert set(sources) == {"Дала таңы", "Қала үні", "Таңғы шолу"}
    count, chosen, off = sources["Қала үні"]
    assert chosen
    assert off == {"q": ["мектеп"]}
    assert page.one("p", role="status").text == f"{count} мақала табылды"
    _, chosen, added = sources["Дала таңы"]
    assert not chosen
    assert added == {"q": ["мектеп"], "source": ["Қала үні", "Дала таңы"]}


def test_a_choice_in_one_filter_counts_in_the_others(read: Read) -> None:
    page = read("/", q="мектеп", category="білім")
    assert sum(count for count, _, _ in values(page, "source").values()) == 12
    assert sum(count for count, _, _ in values(page, "category").values()) == 24


def test_a_month_is_chosen_and_another_takes_its_place(read: Read) -> None:
    page = read("/", q="мектеп", **{"from": "2025-03", "to": "2025-03"})
    months = values(page, "month")
    assert months["2025 ж. наурыз"] == (2, True, {"q": ["мектеп"]})
    assert months["2025 ж. сәуір"][2] == {"q": ["мектеп"], "from": ["2025-04"], "to": ["2025-04"]}
    assert page.one("input", name="from", type="date")["value"] == "2025-03-01"
    assert page.one("input", name="to", type="date")["value"] == "2025-03-31"


def test_each_filter_in_use_can_be_taken_off(read: Read) -> None:
    page = read(
        "/", q="мектеп", source="Қала үні", category="білім", **{"from": "2025-03", "to": "2025"}
    )
    (text,) = chips(page)
    assert "2025 жылғы 1 наурыз – 31 желтоқсан" in text
    assert "Сүзгіні алып тастау: Қала үні" in text
    assert "Сүзгіні алып тастау: білім" in text
    everything_off = page.one("a", class_="all")
    assert parse_qs(urlsplit(everything_off["href"]).query) == {"q": ["мектеп"]}


def test_no_filter_no_chips(read: Read) -> None:
    assert chips(read("/", q="мектеп")) == []


def test_nothing_found_offers_no_empty_filters(read: Read) -> None:
    assert read("/", q="жоқсөз").find("details", class_="filters") == []


def test_a_source_can_be_left_out_and_taken_back(read: Read) -> None:
    page = read("/", q="мектеп")
    counts = {name: count for name, (count, _, _) in values(page, "source").items()}
    (link,) = [link for link in page.find("a", class_="without") if "Қала үні" in link.text]
    assert parse_qs(urlsplit(link["href"]).query) == {"q": ["мектеп"], "not_source": ["Қала үні"]}
    page = read("/", q="мектеп", not_source="Қала үні")
    assert page.one("p", role="status").text == f"{24 - counts.pop('Қала үні')} мақала табылды"
    assert {name: count for name, (count, _, _) in values(page, "source").items()} == counts
    assert chips(page) == ["Сүзгіні алып тастау: «Қала үні» дереккөзінсіз"]
    (link,) = [link for link in page.find("a") if link.text.startswith("Сүзгіні алып тастау")]
    assert parse_qs(urlsplit(link["href"]).query) == {"q": ["мектеп"]}


def test_a_source_left_out_is_no_longer_chosen(read: Read) -> None:
    page = read("/", q="мектеп", source=["Қала үні", "Дала таңы"], not_source="Қала үні")
    assert values(page, "source")["Дала таңы"][0] == int(
        page.one("p", role="status").text.split()[0]
    )


def test_values_stand_as_written(read: Read) -> None:
    assert "білім" in values(read("/", q="мектеп"), "category")


def test_filters_alone_may_leave_out_sources(read: Read) -> None:
    assert read("/", not_source="Қала үні").one("p", role="status").text.endswith("табылды")
