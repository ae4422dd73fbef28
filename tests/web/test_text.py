import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.results import Fragment
from kzsearch_web.text import marked, paragraphs, web_address


def test_marked_text_is_escaped_first() -> None:
    fragment = Fragment("<b> мектеп & үй", ((4, 10),))
    assert marked(fragment) == "&lt;b&gt; <mark>мектеп</mark> &amp; үй"


def test_blank_lines_part_paragraphs_and_are_dropped() -> None:
    lines = paragraphs(Fragment("бірінші\r\n\n \t\nекінші\n"))
    assert [line.text for line in lines] == ["бірінші", "екінші"]


def test_a_mark_over_two_lines_is_shared_between_them() -> None:
    first, second = paragraphs(Fragment("ауыл\nшаруашылығы", ((0, 16),)))
    assert (first.text, first.marks) == ("ауыл", ((0, 4),))
    assert (second.text, second.marks) == ("шаруашылығы", ((0, 11),))


@given(st.text(alphabet="аә \n\r<&", max_size=40), st.data())
def test_paragraphs_keep_every_marked_letter(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    marks = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    wanted = "".join(text[start:end] for start, end in marks)
    lines = paragraphs(Fragment(text, marks))
    kept = "".join(line.text[start:end] for line in lines for start, end in line.marks)
    assert "".join(kept.split()) == "".join(wanted.split())


@pytest.mark.parametrize("url", ["https://baq.kz/news/1", "http://егемен.қаз/а?б=в#г"])
def test_addresses_of_the_web_may_be_linked(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "baq.kz/news",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "//baq.kz/",
        "http:",
        "https:///path",
        "http://[broken",
        "file:///etc/passwd",
    ],
)
def test_other_addresses_may_not(url: str) -> None:
    assert web_address(url) == ""
