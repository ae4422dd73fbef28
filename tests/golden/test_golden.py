"""The golden vocabulary: every form of words.tsv gives its stem, but for the known wrong ones.

A changed stem shows as a word diff, so that a reviewer reads what a change of the stemmer did.
``known_wrong.tsv`` keeps honest expected failures and must be exact: an entry that now passes,
or now fails in another way, fails the test until the list says the truth.
"""

from __future__ import annotations

from kzsearch.morphology import stem

from .accept import rows

GOLDEN = dict(rows("words.tsv"))
KNOWN_WRONG = {form: (right, given) for form, right, given, _ in rows("known_wrong.tsv")}


def word_diff(expected: dict[str, str], found: dict[str, str]) -> str:
    """The forms whose stems differ, one a line: form, what was expected, what was found."""
    changed = sorted(form for form in expected if found[form] != expected[form])
    return "\n".join(f"{form}\t-{expected[form]}\t+{found[form]}" for form in changed)


def test_every_form_gives_its_stem_but_the_known_wrong() -> None:
    expected = GOLDEN | {form: given for form, (_, given) in KNOWN_WRONG.items()}
    found = {form: stem(form) for form in GOLDEN}
    assert not (diff := word_diff(expected, found)), (
        f"Stems changed (form, -expected, +found); if rightly, mend known_wrong.tsv:\n{diff}"
    )


def test_a_known_wrong_word_is_golden_and_wrong() -> None:
    for form, (right, given) in KNOWN_WRONG.items():
        assert GOLDEN.get(form) == right, f"{form} in known_wrong.tsv is not so in words.tsv"
        assert given != right, f"{form} is right now: take it out of known_wrong.tsv"


def test_few_are_known_wrong() -> None:
    assert len(KNOWN_WRONG) <= 25


def test_the_vocabulary_is_large_and_states_each_form_once() -> None:
    forms = [row[0] for row in rows("words.tsv")]
    assert len(forms) >= 2_000
    assert len(forms) == len(set(forms))


def test_a_golden_stem_is_its_own_stem() -> None:
    doubtful = {right for right, _ in KNOWN_WRONG.values()}
    restless = {right: stem(right) for right in set(GOLDEN.values()) - doubtful}
    assert {right: further for right, further in restless.items() if further != right} == {}
