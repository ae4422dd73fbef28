from __future__ import annotations

from kzsearch.engine.local.duplicates import Fingerprint, take_fingerprint
from kzsearch.engine.local.duplicates.finding import MOST_COMPARED, find_links

STORY = [f"{a}{b}" for a in "бвгджзклмн" for b in "аәеоөуүы"]


def text(*instead: str) -> Fingerprint:
    """A story with its first words replaced."""
    found = take_fingerprint([*instead, *STORY[len(instead) :]])
    assert found
    return found


def test_new_texts_are_copies_of_those_before_them() -> None:
    first, second, third = text(), text("бір"), text("екі", "үш")
    links = find_links([first, second, third], [])
    assert links == [(), (first.key,), tuple(sorted((first.key, second.key)))]


def test_the_same_text_again_has_the_same_links() -> None:
    first, second = text(), text("бір")
    links = find_links([first, second, first, second, None], [])
    assert links == [(), (first.key,), (), (first.key,), ()]


def test_a_text_is_compared_with_a_limited_number_of_others() -> None:
    family = [text(f"{n:03}") for n in range(2 * MOST_COMPARED)]
    assert len(find_links(family, [])[-1]) == MOST_COMPARED
