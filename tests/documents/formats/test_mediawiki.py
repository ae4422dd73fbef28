"""Dumps of MediaWiki."""

from __future__ import annotations

import bz2
from typing import Any

import pytest

SITE = """<siteinfo><sitename>Уикипедия</sitename><dbname>kkwiki</dbname>
<base>https://kk.wikipedia.org/wiki/%D0%91%D0%B0%D1%81</base><case>first-letter</case>
<namespaces><namespace key="-2" case="x">Таспа</namespace><namespace key="0" case="x" />
<namespace key="1">Талқылау</namespace><namespace key="6">Сурет</namespace>
<namespace key="14">Санат</namespace></namespaces></siteinfo>"""


def revision(text: str, moment: str = "2025-09-29T09:30:00Z", model: str = "wikitext") -> str:
    return (
        f"<revision><id>7</id><timestamp>{moment}</timestamp><model>{model}</model>"
        f'<text xml:space="preserve">{text}</text></revision>'
    )


def page(title: str, *revisions: str, ns: str = "<ns>0</ns>", more: str = "") -> str:
    return f"<page><title>{title}</title>{ns}<id>5</id>{more}{''.join(revisions)}</page>"


def dump(*pages: str, version: str = "0.11") -> str:
    return (
        f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-{version}/" version="{version}" '
        f'xml:lang="kk">{SITE}{"".join(pages)}</mediawiki>'
    )


WIKITEXT = """{{Өзен|атауы=Үлгі {{nested|x}}}}
[[Сурет:a.jpg|thumb|Сурет [[жазуы]]]]
'''Үлгі''' — [[Қазақстан|қазақ]] [[өзен]]і.&lt;ref name="a"&gt;Кітап&lt;/ref&gt; Суы ''тұщы''.&lt;ref name="a"/&gt;

== Табиғаты ==
* Балық көп.
* Қамыс өседі [https://a.example сілтеме].
{| class="wikitable"
! a !! b
|-
| 1 || 2
|}
&lt;!-- жасырын --&gt;
[[Санат:Өзендер]]
== Дереккөздер ==
{{reflist}}
"""  # noqa: E501


@pytest.mark.parametrize("version", ["0.5", "0.10", "0.11"])
def test_a_page(read_file: Any, version: str) -> None:
    outcome = read_file("a.xml", dump(page("Үлгі өзені", revision(WIKITEXT)), version=version))
    assert outcome.problems == []
    [article] = outcome.articles
    assert article.title == "Үлгі өзені"
    lines = [line for line in article.body.split("\n") if line]
    assert lines == [
        "Үлгі — қазақ өзені. Суы тұщы.",
        "Табиғаты",
        "Балық көп.",
        "Қамыс өседі сілтеме.",
    ]
    assert (article.source, article.id) == ("Уикипедия", "kkwiki:5")
    assert article.url == (
        "https://kk.wikipedia.org/wiki/%D2%AE%D0%BB%D0%B3%D1%96_%D3%A9%D0%B7%D0%B5%D0%BD%D1%96"
    )
    assert article.day.isoformat() == "2025-09-29"


def test_only_pages_of_the_main_namespace(read_file: Any) -> None:
    text = revision("Мәтін бар.")
    outcome = read_file(
        "a.xml.bz2",
        bz2.compress(
            dump(
                page("Айдау", revision("#АЙДАУ [[Үлгі]]")),
                page("Redirect", revision("#REDIRECT [[Үлгі]]")),
                page("Бағытталған", text, more='<redirect title="Үлгі" />'),
                page("Талқылау:Үлгі", text, ns="<ns>1</ns>"),
                page("Талқылау:Ескі", text, ns=""),
                page("Модуль", revision("return 1", model="Scribunto")),
                page("Үлгі: тарихы", text, ns=""),
            ).encode()
        ),
    )
    assert [article.title for article in outcome.articles] == ["Үлгі: тарихы"]
    assert outcome.problems == []


def test_latest_revision(read_file: Any) -> None:
    revisions = (
        revision("Ескі мәтін.", "2020-01-01T00:00:00Z"),
        revision("Жаңа мәтін.", "2025-01-01T00:00:00Z"),
        revision("Орта мәтін.", "2023-01-01T00:00:00Z"),
    )
    assert read_file("a.xml", dump(page("Үлгі", *revisions))).bodies == ["Жаңа мәтін."]


def test_several_streams_of_bzip2(read_file: Any) -> None:
    content = dump(page("А", revision("Бірінші мәтін.")), page("Б", revision("Екінші мәтін.")))
    half = content.index("<page>", content.index("</page>"))
    packed = bz2.compress(content[:half].encode()) + bz2.compress(content[half:].encode())
    assert read_file("a.bz2", packed).bodies == ["Бірінші мәтін.", "Екінші мәтін."]


def test_wikitext_that_is_broken(read_file: Any) -> None:
    broken = "{{Ашық үлгі [[сілтеме '''қою мәтін &lt;ref&gt;жабылмаған"
    assert len(read_file("a.xml", dump(page("А", revision(broken)))).articles) <= 1
