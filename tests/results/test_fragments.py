from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.results.fragments import MAX_FRAGMENTS, MAX_LENGTH, fragments, whole
from kzsearch.results.marks import Mark
from kzsearch.results.page import Fragment

Marks = Callable[..., list[Mark]]

FILLER = "Бүгін елордада күн ашық, жел баяу соғады, кей жерде тұман түседі деп күтіліп отыр."
LONG = " ".join(["сөйлем", "өте", "ұзақ", "әрі", "шұбалаңқы"] * 30)


def found(text: str, *words: str) -> list[Mark]:
    """Marks on every occurrence of the words, each word a part of its own."""
    return sorted(
        (
            Mark(match.start(), match.end(), frozenset([number]))
            for number, word in enumerate(words)
            for match in re.finditer(word, text)
        ),
        key=lambda mark: mark.start,
    )


def texts(pieces: tuple[Fragment, ...]) -> list[str]:
    return [piece.text for piece in pieces]


def marked(pieces: tuple[Fragment, ...]) -> list[str]:
    return [piece.text[start:end] for piece in pieces for start, end in piece.marks]


def test_the_sentence_that_holds_most_words_is_enough() -> None:
    best = "Алма мен өрік бірге пісті, сондықтан бағбан " + "қатты " * 20 + "қуанды."
    text = f"Алма пісті. {FILLER} {best} Өрік гүлдеді."
    assert texts(fragments(text, found(text, "лма", "рік"))) == [best]


def test_words_in_different_sentences_give_a_fragment_each_in_the_order_of_the_text() -> None:
    text = f"Өрік гүлдеді. {FILLER} {FILLER} Алма пісті."
    pieces = fragments(text, found(text, "Алма", "Өрік"))
    assert texts(pieces) == ["Өрік гүлдеді.", "Алма пісті."]
    assert marked(pieces) == ["Өрік", "Алма"]
    assert not any(piece.before or piece.after for piece in pieces)


def test_there_are_never_more_than_three() -> None:
    names = ["алма", "өрік", "шие", "жүзім", "алмұрт"]
    text = " ".join(f"Мұнда {name} өседі. {FILLER}" for name in names)
    pieces = fragments(text, found(text, *names))
    assert texts(pieces) == [f"Мұнда {name} өседі." for name in names[:MAX_FRAGMENTS]]


def test_a_short_snippet_is_filled_up_with_further_matches() -> None:
    text = f"Алма пісті. {FILLER} Алма түсті."
    assert texts(fragments(text, found(text, "Алма"))) == ["Алма пісті.", "Алма түсті."]


def test_without_a_match_the_text_begins() -> None:
    text = f"{FILLER} Бірінші. Бұл {LONG}"
    assert fragments(text, []) == (Fragment(f"{FILLER} Бірінші."),)


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_text_has_no_fragment(text: str) -> None:
    assert fragments(text, []) == ()


@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_a_long_sentence_is_cut_at_word_borders_around_its_match(place: str) -> None:
    text = {"start": f"Алма {LONG}", "middle": f"{LONG} Алма {LONG}", "end": f"{LONG} Алма"}[place]
    (piece,) = fragments(text, found(text, "Алма"))
    assert len(piece.text) <= MAX_LENGTH
    assert marked((piece,)) == ["Алма"]
    assert set(piece.text.split()) <= set(text.split())
    assert (piece.before, piece.after) == (place != "start", place != "end")
    assert piece.text == piece.text.strip()


def test_a_long_sentence_is_cut_where_most_words_stand() -> None:
    text = f"Алма {LONG} алма мен өрік {LONG} өрік"
    (piece,) = fragments(text, found(text, "лма", "рік"))
    assert "алма мен өрік" in piece.text


def test_a_long_sentence_without_a_match_is_cut_at_a_word() -> None:
    (piece,) = fragments(LONG, [])
    assert len(piece.text) <= MAX_LENGTH
    assert LONG.startswith(piece.text + " ")
    assert (piece.before, piece.after) == (False, True)


def test_a_phrase_across_sentences_is_marked_in_both() -> None:
    text = "Баққа келді алма. Піскен екен өрік."
    start, end = text.index("алма"), text.index("Піскен") + len("Піскен")
    pieces = fragments(text, [Mark(start, end, frozenset([0]))])
    assert "".join(marked(pieces)).replace(" ", "").replace(".", "") == "алмаПіскен"


def test_whole_keeps_the_text() -> None:
    text = "Алма пісті. Алма түсті."
    assert whole(text, found(text, "Алма")) == Fragment(text, ((0, 4), (12, 16)))


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    words = draw(st.lists(st.sampled_from(["алма", "өрік", ".", "!\n", " ", "x" * 300, "ы\u0301"])))
    text = draw(st.sampled_from(["", " "])).join(words) + draw(st.text(max_size=20))
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=20)))
    parts = st.frozensets(st.integers(0, 4), min_size=1, max_size=2)
    pairs = zip(borders[::2], borders[1::2], strict=False)
    return text, [Mark(start, end, draw(parts)) for start, end in pairs]


@given(marked_texts())
def test_fragments_are_pieces_of_the_text_with_marks_inside(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    pieces = fragments(text, marks)
    assert pieces == fragments(text, marks)
    assert len(pieces) <= MAX_FRAGMENTS
    assert bool(pieces) == bool(text.strip())
    done = 0
    for piece in pieces:
        assert 0 < len(piece.text) <= MAX_LENGTH
        assert piece.text in text
        for start, end in piece.marks:
            assert 0 <= start < end <= len(piece.text)
        place = text.find(piece.text, done)
        assert place >= 0
        done = place
