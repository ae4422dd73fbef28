"""Markdown: front matter, heading, text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

FRONT_MATTER = """---
title: "Жиын: екінші күн"
date: 2025-09-29
source: 'BAQ.KZ'
category: саясат
tags:
  - title: емес
---
Сенат жиналды.

## Екінші бөлім
"""


def test_front_matter(read_file: Any) -> None:
    [article] = read_file("a.md", FRONT_MATTER).articles
    assert article.title == "Жиын: екінші күн"
    assert article.date == dt.date(2025, 9, 29)
    assert (article.source, article.category) == ("BAQ.KZ", "саясат")
    assert article.body == "Сенат жиналды.\n\n## Екінші бөлім"


@pytest.mark.parametrize("heading", ["# Жиын\n\n", "# Жиын #\n", "\n#  Жиын  \n"])
def test_heading_is_the_title(read_file: Any, heading: str) -> None:
    [article] = read_file("a.md", f"{heading}Сенат жиналды.").articles
    assert (article.title, article.body) == ("Жиын", "Сенат жиналды.")


def test_heading_stays_in_the_text_under_another_title(read_file: Any) -> None:
    [article] = read_file("a.md", "---\ntitle: Бірінші\n---\n# Екінші\nСенат.").articles
    assert (article.title, article.body) == ("Бірінші", "# Екінші\nСенат.")


@pytest.mark.parametrize("front", ["---\n---\n", "---\ndate: 2025-09-29\n---\n"])
def test_heading_behind_front_matter_without_title(read_file: Any, front: str) -> None:
    assert read_file("a.md", f"{front}# Жиын\nСенат.").articles[0].title == "Жиын"


def test_open_front_matter_is_text(read_file: Any) -> None:
    [article] = read_file("a.md", "---\ntitle: Жиын\nСенат жиналды.").articles
    assert article.body == "---\ntitle: Жиын\nСенат жиналды."


def test_wrong_date(read_file: Any) -> None:
    assert read_file("a.md", "---\ndate: 2025-99-99\n---\nСенат.").problems == [
        "a.md:1: the date is left out: the date '2025-99-99' cannot be read: write it as 2025-09-29"
    ]


def test_lists_of_front_matter(read_file: Any) -> None:
    front = "title: Жиын\ntags: [а, 'б']\ncategories:\n  - Қоғам\n- \"Спорт\"\nauthor:\n"
    front += "date: 2025-09-29"
    [article] = read_file("a.md", f"---\n{front}\n---\nСенат.").articles
    assert article.categories == ("Қоғам", "Спорт")
    assert (article.title, article.author, article.day.isoformat()) == ("Жиын", "", "2025-09-29")
