"""Which words are forms of verbs, and how sure it is that they are none of a noun."""

from __future__ import annotations

from math import inf

import pytest

from kzsearch.morphology.verb_forms import doubt_of_noun, is_verb_form


@pytest.mark.parametrize("word", ["оралды", "болатын", "тіледі", "төлеу"])
def test_forms_of_verbs(word: str) -> None:
    assert is_verb_form(word)


@pytest.mark.parametrize("word", ["орал", "оралда", "болаттың", "тілін", "covid-19", "менің", ""])
def test_what_is_none(word: str) -> None:
    assert not is_verb_form(word)


def test_the_doubt_of_a_noun_is_how_far_it_lies_behind_the_likeliest_reading() -> None:
    assert doubt_of_noun("оралда", "орал") == 0
    assert 0 < doubt_of_noun("оралдың", "орал") < doubt_of_noun("болатын", "болат") < inf
    assert doubt_of_noun("тіледі", "тіл") == inf
    assert doubt_of_noun("covid-19", "covid-19") == 0
