from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from kzsearch.results import Fragment, snippet_html, to_html, to_pieces


def test_text_is_escaped_and_matches_marked() -> None:
    fragment = Fragment('<b> & "сенат" <script>', ((7, 12),))
    assert to_html(fragment) == ("&lt;b&gt; &amp; &quot;<mark>сенат</mark>&quot; &lt;script&gt;")


def test_markup_inside_a_match_is_escaped_too() -> None:
    assert to_html(Fragment("<b>", ((0, 3),))) == "<mark>&lt;b&gt;</mark>"


def test_cut_fragments_show_an_ellipsis() -> None:
    assert to_html(Fragment("сөз", before=True, after=True)) == "…сөз…"


def test_one_ellipsis_stands_between_two_fragments() -> None:
    plain, cut = Fragment("а"), Fragment("б", before=True, after=True)
    assert snippet_html([plain, plain]) == "а … а"
    assert snippet_html([plain, cut, plain]) == "а …б… а"
    assert snippet_html([]) == ""


def test_pieces_for_a_terminal() -> None:
    fragment = Fragment("екі ел бар", ((4, 6),), after=True)
    assert list(to_pieces(fragment)) == [
        ("екі ", False),
        ("ел", True),
        (" бар", False),
        ("…", False),
    ]


@given(st.text(), st.data())
def test_html_holds_the_text_and_no_markup_but_mark(text: str, data: st.DataObject) -> None:
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    marks = tuple(zip(borders[::2], borders[1::2], strict=False))
    html = to_html(Fragment(text, marks))
    bare = re.sub(r"</?mark>", "", html)
    assert not set("<>\"'") & set(bare)
    assert unescape(bare) == unescape(text.replace("&", "&amp;"))
    assert html.count("<mark>") == html.count("</mark>") == len(marks)
