"""Cutting plain words: what is found, what is believed."""

from __future__ import annotations

import pytest

from kzsearch.morphology.automaton import DEAD_END, Automaton
from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.lexicon import Lexicon
from kzsearch.morphology.phonology import Repair
from kzsearch.morphology.scoring import Scorer


@pytest.fixture(scope="module")
def plain() -> Cutter:
    """A cutter that knows one short root: every analysis scores the same."""
    return Cutter(Scorer(Lexicon({"жи": "v"}, {}), {}))


def roots(cutter: Cutter, word: str) -> set[str]:
    return {candidate.root for candidate in cutter.cuts(word)}


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("балаларымыздағылардың", "бала"),
        ("кітабымызға", "кітап"),
        ("халқының", "халық"),
        ("кодексінің", "кодекс"),
        ("субъектісі", "субъект"),
        ("туристер", "турист"),
        ("медальді", "медаль"),
        ("фестивалі", "фестиваль"),
        ("тауып", "тап"),
        ("қоямыз", "қой"),
        ("жиямын", "жи"),
        ("оқиды", "оқы"),
        ("жоспарланып", "жоспарла"),
        ("келмейтіндіктен", "кел"),
        ("барайықшы", "бар"),
        ("жазыпты", "жаз"),
        ("қуантарлық", "қуант"),
        ("қымбатырақ", "қымбат"),
        ("тоннадай", "тонна"),
        ("зерттеуінше", "зертте"),
        ("барғым", "бар"),
    ],
)
def test_the_tables_reach_the_root(plain: Cutter, word: str, root: str) -> None:
    assert root in roots(plain, word)


@pytest.mark.parametrize(
    ("word", "no_root"),
    [
        ("балалер", "бала!"),
        ("кітапда", "кітап"),  # д after a voiceless letter
        ("балаі", "бала"),  # a vowel after a vowel
        ("кодексі", "кодек"),  # -сі only after a vowel
        ("ны", ""),
    ],
)
def test_assimilation_is_checked(plain: Cutter, word: str, no_root: str) -> None:
    assert no_root not in roots(plain, word)


def test_a_chain_does_not_mix_harmonies(plain: Cutter) -> None:
    assert "бала" not in roots(plain, "балаларіміз")


def test_harmony_may_break_between_root_and_chain_but_is_marked(plain: Cutter) -> None:
    found = {c.root: c.clash for c in plain.cuts("құдайбергеновке") if c.ending}
    assert found["құдайбергенов"] is True


def test_the_bare_word_comes_first_and_no_root_is_shorter_than_two_letters(plain: Cutter) -> None:
    first, *rest = plain.cuts("дейін")
    assert (first.root, first.ending, first.repair) == ("дейін", None, Repair.NONE)
    assert all(len(candidate.root) >= 2 for candidate in rest)


def test_a_root_has_a_vowel(plain: Cutter) -> None:
    assert "жшс" not in roots(plain, "жшсның")


def test_a_known_root_is_left_whole() -> None:
    cutter = Cutter(Scorer(Lexicon({"орында": "v", "орын": "n"}, {}), {}))
    assert cutter.best("орында").root == "орында"


def test_a_listed_voice_is_a_verb_of_its_own() -> None:
    weights = {("suffix", "verb", "reciprocal:reciprocal"): 5.0, ("part", "verb", "v"): 9.0}
    bare = Cutter(Scorer(Lexicon({"қат": "v"}, {}), weights))
    assert bare.best("қатысты").root == "қат"
    listing = Cutter(Scorer(Lexicon({"қат": "v", "қатыс": "v"}, {}), weights))
    assert listing.best("қатысты").root == "қатыс"


def test_weights_decide_between_analyses() -> None:
    favour = {("part", "noun", "n"): 3.0}
    assert Cutter(Scorer(Lexicon({"ел": "n"}, {}), favour)).best("елімізде").root == "ел"
    assert Cutter(Scorer(Lexicon({"елім": "n"}, {}), favour)).best("елімге").root == "елім"


@pytest.mark.parametrize(("letters", "is_ending"), [("тың", True), ("дағы", True), ("жұрт", False)])
def test_endings_stand_alone_after_a_hyphen(plain: Cutter, letters: str, is_ending: bool) -> None:
    assert (plain.ending(letters) is not None) is is_ending


def test_the_automaton_forgets_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.morphology.automaton._MAX_NODES", 5)
    cutter = Cutter(Scorer(Lexicon({}, {}), {}))
    before = roots(cutter, "мектептерімізде")
    roots(cutter, "жазылмағандықтан")
    assert roots(cutter, "мектептерімізде") == before


def test_a_node_is_made_once() -> None:
    automaton = Automaton(lambda *_: 0.0)
    assert automaton.step(automaton.start, "н") is automaton.step(automaton.start, "н")
    assert automaton.step(automaton.start, "ф") is DEAD_END


def test_a_new_root_has_three_letters(plain: Cutter) -> None:
    assert {root for root in roots(plain, "ұстарын") if len(root) < 3} == set()


@pytest.mark.parametrize("word", ["алу", "алуды", "алынды", "алысқан"])
def test_verbal_noun_and_voice_of_a_listed_verb_are_its_forms(word: str) -> None:
    weights = {("ending1_new", "noun", "у"): 1.0, ("ending1_new", "bare", "у"): 1.0}
    weights |= {("ending2_new", "verb", ending): 1.0 for ending in ("ын", "ыс")}
    assert Cutter(Scorer(Lexicon({"ал": "v"}, {}), weights)).best(word).root == "ал"
    listing = Lexicon({"ал": "v", "алу": "n", "алын": "v", "алыс": "v"}, {})
    assert Cutter(Scorer(listing, weights)).best(word).root != "ал"


def test_a_clearly_likelier_noun_is_not_a_form_of_a_listed_verb() -> None:
    weights = {("ending1_new", "bare", "у"): 9.0}
    assert Cutter(Scorer(Lexicon({"ал": "v"}, {}), weights)).best("алу").root == "алу"


def test_a_word_listed_as_no_verb_takes_no_verb_endings() -> None:
    kinds = {
        part: {
            candidate.ending.root
            for candidate in Cutter(Scorer(Lexicon({"құн": part}, {}), {})).cuts("құнуды")
            if candidate.ending and candidate.root == "құн"
        }
        for part in ("n", "n|v")
    }
    assert kinds == {"n": set(), "n|v": {"verb"}}
