"""The stemmer as its users see it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.morphology import analyze_word, is_known_word, stem
from kzsearch.morphology.lexicon import Lexicon
from kzsearch.morphology.scoring import Scorer, load_weights
from kzsearch.morphology.stemmer import Stemmer, default_stemmer
from kzsearch.text import fold

HYPHENS = "-‐‑’'"
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
PLAIN = re.compile(f"[{KAZAKH}]*")


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("елімізде", "ел"),
        ("елу", "елу"),
        ("жұмысын", "жұмыс"),
        ("Мектептерімізде", "мектеп"),
        ("тауып", "тап"),
        ("жазбағандықтан", "жаз"),
        ("мемлекеттік", "мемлекеттік"),
        ("жүргізіп", "жүргіз"),
        ("тоқаевқа", "тоқаев"),
        ("әуезовтің", "әуезов"),
        ("нұрсұлтан", "нұрсұлтан"),
    ],
)
def test_words_meet_at_their_root(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("менің", "мен"),
        ("оған", "ол"),
        ("олардың", "ол"),
        ("бұлармен", "бұл"),
        ("бәріміз", "бәрі"),
        ("қып", "қыл"),
        ("жатырмын", "жат"),
        ("съезі", "съезд"),
    ],
)
def test_irregular_words_have_their_tables(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("100-ден", "100"),
        ("55-ші", "55"),
        ("2020-сыншы", "2020"),
        ("%-ке", "%"),
        ("ақш-тың", "ақш"),
        ("бұұ-ның", "бұұ"),
        ("жи-ді", "жи"),
        ("covid-тің", "covid"),
        ("xxi-де", "xxi"),
        ("күні-ақ", "күн"),
        ("келеді-ау", "кел"),
        ("іс-шараларға", "іс-шара"),
        ("премьер-министрі", "премьер-министр"),
        ("бала-шағасы", "бала-шаға"),
        ("5-сыныптың", "5-сынып"),
        ("қасым-жомарттың", "қасым-жомарт"),
    ],
)
def test_endings_and_words_after_a_hyphen(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize("word", ["", "hello", "українська", "42", "!", "漢字", "ш", "ўзбек"])
def test_what_is_no_kazakh_word_is_left_alone(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("қаламыз", {"қал", "қала"}),
        ("мектептерімізде", {"мектеп"}),
        ("оған", {"ол"}),
        ("орында", {"орында", "орын"}),
        ("100-ден", {"100"}),
    ],
)
def test_a_word_of_two_good_readings_has_two_stems(word: str, found: set[str]) -> None:
    stems = default_stemmer().stems(word)
    assert stems[0] == stem(word)
    assert set(stems) == found


def test_letters_typed_in_two_pieces_are_one_letter() -> None:
    assert stem("и\u0306од") == "йод"


def test_a_protected_word_is_left_whole() -> None:
    lexicon = Lexicon({"бала": "n"}, {})
    scorer = Scorer(lexicon, load_weights())
    assert Stemmer(lexicon, scorer).stem("балалар") == "бала"
    assert Stemmer(lexicon, scorer, ["Балалар"]).stem("балалар") == "балалар"


def test_remembered_roots_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.morphology.stemmer._MEMORY", 2)
    stemmer = default_stemmer.__wrapped__()
    words = ["мектепте", "қалада", "елге", "жолдың"]
    assert [stemmer.stem(word) for word in words] == [stem(word) for word in words]


def test_an_analysis_says_root_suffixes_and_why() -> None:
    found = analyze_word("Орнының")
    assert (found.word, found.stem) == ("орнының", "орын")
    assert [(use.form, use.layer) for use in found.suffixes] == [
        ("ы", "possessive_third"),
        ("ның", "case_third"),
    ]
    assert found.changes == ("ы dropped out of орын",)
    assert str(found) == (
        "орнының = орын + ы (his, her, its, their) + ның (genitive); "
        "ы dropped out of орын; орын is in the lexicon (n)"
    )


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("маған", "irregular"),
        ("олардан", "олар is a form of ол"),
        ("hello", "not a Kazakh word"),
        ("күні-ақ", "particle -ақ dropped"),
        ("100-ден", "ending -ден cut"),
        ("ақш-тағы", "та (locative) + ғы (relative"),
        ("5-сыныптың", "last part cut"),
        ("бала-шағасы", "бала-шаға is in the lexicon"),
        ("мемлекеттік", "made from мемлекет with -тік"),
        ("шпрыңгалға", "most usual reading"),
        ("тауып", "п became у"),
        ("қоямыз", "the й of қой"),
        ("оқиды", "the final ы of оқы"),
        ("кітабы", "п became б"),
        ("туристер", "the т of турист"),
        ("фестивалі", "the ь of фестиваль"),
    ],
)
def test_an_analysis_gives_its_reasons(word: str, said: str) -> None:
    assert said in str(analyze_word(word))


def test_an_analysis_names_roots_learned_from_text() -> None:
    lexicon = Lexicon({}, {"жабғу": (12.0, 0.0)})
    stemmer = Stemmer(lexicon, Scorer(lexicon, load_weights()))
    assert "seen in text" in str(stemmer.analyze("жабғу"))


@given(st.text(KAZAKH + "-", max_size=30) | st.text(max_size=30))
def test_a_stem_is_its_own_stem_and_agrees_with_its_analysis(word: str) -> None:
    found = stem(word)
    assert stem(found) == found
    assert analyze_word(word).stem == found


@given(st.text(KAZAKH, min_size=2, max_size=80))
def test_no_stem_of_a_word_is_empty_or_one_letter(word: str) -> None:
    assert len(stem(word)) >= 2


@given(st.text(KAZAKH + "-", min_size=1, max_size=30) | st.text(max_size=30))
def test_both_stems_are_stems_and_the_first_is_the_stem(word: str) -> None:
    stems = default_stemmer().stems(word)
    assert stems[0] == stem(word)
    assert len(stems) == len(set(stems)) <= 2
    assert [stem(found) for found in stems] == list(stems)


NOT_KAZAKH = st.characters(
    exclude_categories=["Cs"], exclude_characters=KAZAKH + KAZAKH.upper() + HYPHENS
)


@given(st.text(NOT_KAZAKH, max_size=30))
def test_what_has_no_kazakh_letter_is_left_alone(word: str) -> None:
    assert stem(word) == fold(normalize("NFC", word))


@given(st.text(KAZAKH, max_size=10), NOT_KAZAKH, st.text(KAZAKH, max_size=10))
def test_one_foreign_letter_is_enough(before: str, foreign: str, after: str) -> None:
    word = fold(normalize("NFC", before + foreign + after))
    if not PLAIN.fullmatch(word):  # the stroke of й may have met its letter
        assert stem(word) == word


@given(st.text(KAZAKH, min_size=1, max_size=20))
def test_a_new_stemmer_finds_the_same(word: str) -> None:
    assert ANOTHER.stem(word) == stem(word)


ANOTHER = default_stemmer.__wrapped__()


@pytest.mark.parametrize("part", ["а", "лар", "-ның", "дағы", "-", "x", "\u0301", "漢"])
def test_a_word_of_a_million_letters_is_no_trouble(part: str) -> None:
    word = part * (1_000_000 // len(part))
    assert len(stem(word)) > 0
    assert analyze_word(word).word


@pytest.mark.shared
def test_the_seventy_checked_errors_are_right(shared: Path) -> None:
    lines = (shared / "eval/stemming/error_examples.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines)
    form, gold = header.index("form"), header.index("gold")
    wrong = {
        row[form]: stem(row[form]) for row in rows if stem(row[form]) not in row[gold].split("/")
    }
    assert wrong == {}


@pytest.mark.shared
def test_words_of_the_news_are_seldom_merged_wrongly(shared: Path) -> None:
    """The overstemming index: of the pairs of forms to be kept apart, how many share a stem."""
    rows = (shared / "eval/stemming/gold/dev/news_fst.tsv").read_text(encoding="utf-8").splitlines()
    forms = [row.split("\t")[:2] for row in rows[1:]]
    single = [(lemma, stem(form)) for form, lemma in forms if "|" not in lemma]
    lemmas, stems, both = (
        sum(n * (n - 1) // 2 for n in Counter(keys).values())
        for keys in ([pair[0] for pair in single], [pair[1] for pair in single], single)
    )
    apart = len(single) * (len(single) - 1) // 2 - lemmas
    assert (stems - both) / apart <= 5e-5


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("Мектептерімізде", True),
        ("азық-түліктің", True),
        ("оған", True),
        ("мекткптерімізде", False),
        ("азық-тұллік", False),
        ("2025", False),
        ("", False),
    ],
)
def test_a_word_is_known_by_its_root(word: str, known: bool) -> None:
    assert is_known_word(word) == known


@pytest.mark.parametrize(
    ("word", "shortened"),
    [
        ("сәлемммм", "сәлем"),
        ("жоооқ", "жоқ"),
        ("керемееет", "керемет"),
        ("комисссия", "комиссия"),
        ("керемееетттер", "кереметтер"),
        ("аққу", "аққу"),
        ("тмккк", "тмккк"),
        ("ааа", "ааа"),
        ("iii", "iii"),
        ("1000", "1000"),
        ("", ""),
    ],
)
def test_lengthened_letters_do_not_count(word: str, shortened: str) -> None:
    stemmer = default_stemmer()
    assert stemmer.shortened(word) == shortened
    assert stemmer.stems(word) == stemmer.stems(shortened)
    assert stemmer.stem(word) == stemmer.stem(shortened)
