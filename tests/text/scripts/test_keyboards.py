"""Wrong layouts are repaired, and nothing else is."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts import guess_layout, repair_layout

WORDS = {"қазақстан", "тоқаев", "үкімет", "жаңалық", "өскемен", "һақ", "алматы", "президент"}
LATIN = {"microsoft", "covid-19", "iphone15"}


def known(word: str) -> float:
    return float(word in WORDS | LATIN)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0fpf0cnfy", "қазақстан"),
        (")fpf0cnfy", "Қазақстан"),
        ("0аза0стан", "қазақстан"),
        (")аза0стан", "Қазақстан"),
        ("nj0ftd", "тоқаев"),
        ("то0аев", "тоқаев"),
        ("8r3vtn", "үкімет"),
        ("8к3мет", "үкімет"),
        (";f4fks0", "жаңалық"),
        ("жа4алы0", "жаңалық"),
        ("-crtvty", "өскемен"),
        ("-скемен", "өскемен"),
        ("=f0", "һақ"),
        ("fkvfns", "алматы"),
        ("fkvfns,", "алматы"),
        ("(fkvfns)", None),
        ("ghtpbltyn", "президент"),
        ("Ьшскщыщае", "Microsoft"),
    ],
)
def test_a_word_typed_on_another_layout(typed: str, meant: str | None) -> None:
    assert repair_layout(typed, known) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("5G", "COVID-19", "covid-19", "Z-ұрпақ", "iPhone15", "10-15", "2025", "100-ге", "алматы"),
        *("Qazaqstan", "Henley", "уй", "%", "…", ""),
    ],
)
def test_what_was_typed_right_is_not_touched(typed: str) -> None:
    assert repair_layout(typed, known) is None


def test_a_known_word_stays_even_if_another_layout_knows_it_too() -> None:
    assert repair_layout("fkvfns", lambda word: 1.0) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (",th3r9ks", "берікұлы"),
        ("n9hfh,tr", "тұрарбек"),
        ("н9рмағамбет", "нұрмағамбет"),
        ("0ызылжар,", "қызылжар"),
    ],
)
def test_a_word_that_nobody_knows_is_guessed_if_it_looks_kazakh(typed: str, meant: str) -> None:
    assert repair_layout(typed, known) is None
    assert guess_layout(typed, known) == meant


@pytest.mark.parametrize(
    "typed",
    ["strengths", "Manchester", "iPhone15", "COVID-19", "5G", "Z-ұрпақ", "президент2", "Tynymbai",
     "алматы", "Ьшскщыщае", "yi3", ""],
)  # fmt: skip
def test_nothing_else_is_guessed(typed: str) -> None:
    assert guess_layout(typed, known) is None
