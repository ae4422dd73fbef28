"""WordPress's export (WXR)."""

from __future__ import annotations

from typing import Any

import pytest

NAMESPACES = (
    'xmlns:excerpt="http://wordpress.org/export/{v}/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{v}/"'
)


def item(
    number: int, content: str, status: str = "publish", kind: str = "post", more: str = ""
) -> str:
    return f"""<item><title><![CDATA[Көпір & жол {number}]]></title>
<link>https://ulgi.example/{number}/</link><pubDate>Mon, 29 Sep 2025 09:30:00 +0000</pubDate>
<dc:creator><![CDATA[aigul]]></dc:creator><guid isPermaLink="false">https://ulgi.example/?p={number}</guid>
<excerpt:encoded><![CDATA[Үзінді.]]></excerpt:encoded>
<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[2025-09-29 14:30:00]]></wp:post_date>
<wp:post_date_gmt>2025-09-29 09:30:00</wp:post_date_gmt><wp:status>{status}</wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>{more}
<category domain="category" nicename="a"><![CDATA[Қоғам]]></category>
<category domain="post_tag" nicename="b"><![CDATA[көпір]]></category>
<wp:comment><wp:comment_content><![CDATA[Пікір]]></wp:comment_content></wp:comment></item>"""


def export(*items: str, version: str = "1.2", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress" -->\n{head}'
        f'<rss version="2.0" {NAMESPACES.format(v=version)}><channel><title>Үлгі</title>'
        f"<link>https://ulgi.example</link><language>kk</language>{''.join(items)}</channel></rss>"
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post(read_file: Any, version: str) -> None:
    content = "<!-- wp:paragraph --><p>Қалада көпір ашылды.</p><!-- /wp:paragraph -->"
    outcome = read_file("export.xml", export(item(11, content), version=version))
    assert outcome.problems == []
    [article] = outcome.articles
    assert article.id == "ulgi.example:11"
    assert (article.title, article.body) == ("Көпір & жол 11", "Қалада көпір ашылды.")
    assert (article.source, article.category, article.author) == ("Үлгі", "Қоғам", "aigul")
    assert article.url == "https://ulgi.example/11/"
    assert article.date.isoformat() == "2025-09-29T09:30:00+00:00"


def test_only_what_is_published(read_file: Any) -> None:
    outcome = read_file(
        "export.xml",
        export(
            item(1, "Бірінші мәтін."),
            *(
                item(2, "Жоқ.", status)
                for status in ("draft", "pending", "private", "trash", "future")
            ),
            item(3, "Жоқ.", "inherit", "attachment"),
            item(4, "Жоқ.", kind="nav_menu_item"),
            item(5, "Жоқ.", more="<wp:post_password>x</wp:post_password>"),
            item(6, "Бет мәтіні.", kind="page"),
        ),
    )
    assert outcome.bodies == ["Бірінші мәтін.", "Бет мәтіні."]
    assert outcome.problems == []


def test_classic_paragraphs_and_shortcodes(read_file: Any) -> None:
    caption = '[caption id="x"]<img src="a.jpg"> Сурет[/caption]'
    content = f'Бірінші.\n\nЕкінші {caption}мәтін.\n[gallery ids="1"]'
    [article] = read_file("export.xml", export(item(1, content))).articles
    assert article.body == "Бірінші.\n\nЕкінші мәтін."


def test_control_characters_do_not_end_it(read_file: Any) -> None:
    outcome = read_file("export.xml", export(item(1, "Бір\x0b мәтін."), item(2, "Екі.")))
    assert outcome.bodies == ["Бір\N{REPLACEMENT CHARACTER} мәтін.", "Екі."]


def test_entities_are_refused(read_file: Any) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa">]>'
    outcome = read_file("export.xml", export(item(1, "Бір."), head=bomb))
    assert outcome.articles == []
    assert "declares entities" in outcome.problems[0]


def test_cut_off(read_file: Any) -> None:
    content = export(item(1, "Бір."), item(2, "Екі."), item(3, "Үш."))
    outcome = read_file("export.xml", content[: content.index("Үш")])
    assert outcome.bodies[:2] == ["Бір.", "Екі."]
    assert outcome.problems != []
