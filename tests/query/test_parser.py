"""The tree behind a query, where the documented examples do not show it."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.engine.nodes import (
    All,
    Any,
    DateRange,
    Everything,
    Keyword,
    KeywordField,
    Node,
    Not,
    Nothing,
    Phrase,
    Prefix,
    TextField,
    Word,
)
from kzsearch.query import MAX_CHARACTERS, MAX_TERMS, ParsedQuery, QueryParser
from kzsearch.query.expansion.expansion import MAX_EXPANSIONS


def show(node: Node) -> str:
    """A node in a few characters; words by their surface."""
    match node:
        case Word(surface, (), field):
            return f"{field}:={surface}" if field else f"={surface}"
        case Word(surface, _, field):
            return f"{field}:{surface}" if field else surface
        case Phrase(words, _, field):
            return f"{field or ''}<" + " ".join(map(show, words)).replace(f"{field}:", "") + ">"
        case Prefix(text, _, field):
            return f"{field}:{text}*" if field else f"{text}*"
        case Keyword(field, value, prefix):
            return f"{field}={value}" + "*" * prefix
        case DateRange(start, end):
            return f"{start or ''}..{end or ''}"
        case All(parts):
            return "(" + " & ".join(map(show, parts)) + ")"
        case Any(parts):
            return "(" + " | ".join(map(show, parts)) + ")"
        case Not(part):
            return f"-{show(part)}"
        case Everything():
            return "everything"
        case Nothing():
            return "nothing"


@pytest.mark.parametrize(
    ("text", "query", "fallback"),
    [
        ("сенат", "сенат", None),
        ("сенат төраға", "(сенат & төраға)", "(сенат | төраға)"),
        ("сенат сенат", "сенат", None),
        ("сенат мен төраға", "(сенат & төраға)", "(сенат | төраға)"),
        ("және мен", "(және & мен)", "(және | мен)"),
        ("100 № үшін", "100", None),
        ("Қ.Сенат", "сенат", None),
        ("Қ Сенат", "(қ & сенат)", "(қ | сенат)"),
        ("Қ.", "қ", None),
        ("қалай -сенат", "(қалай & -сенат)", None),
        ("сенат төраға?", "(сенат | төраға)", None),
        ("сенат қайда төраға -үндеу", "((сенат | төраға) & -үндеу)", None),
        ("сенат қайда", "сенат", None),
        ("б г д е", "(б & г & д & е)", "(б | г | д | е)"),
        ("б г д е ж", "(б | г | д | е | ж)", None),
        ('"мен" сенат', "(сенат & мен)", None),
        ('"екі ел" мен', "(<екі ел> | екі-ел)", None),
        ("сенат -төраға", "(сенат & -төраға)", None),
        (
            "сенат төраға -үндеу source:BAQ",
            "(сенат & төраға & -үндеу & source=BAQ)",
            "((сенат | төраға) & -үндеу & source=BAQ)",
        ),
        ("-сенат", "(everything & -сенат)", None),
        ("-(-сенат)", "(everything & -(everything & -сенат))", None),
        ("-сенат OR төраға", "((everything & -сенат) | төраға)", None),
        ("(сенат (төраға) үндеу)", "(сенат & төраға & үндеу)", "(сенат | төраға | үндеу)"),
        ("-Қ.Сенат", "(everything & -(<қ сенат> | қ-сенат))", None),
        ("title:сенат төраға", "(төраға & title:сенат)", None),
        ('title:"екі ел"', "(title<екі ел> | title:екі-ел)", None),
        ("source:qala* -language:ru", "(source=qala* & -language=ru)", None),
        ("source:(BAQ OR Qala)", "(source=BAQ | source=Qala)", None),
        ("() -() title:()", "nothing", None),
        ("!!! OR ???", "nothing", None),
        ("=Сенаттың төраға", "(төраға & =сенаттың)", None),
        ('="екі елдің" -=төраға', "(<=екі =елдің> & -=төраға)", None),
        ("title:=сенат", "title:=сенат", None),
        ("он бес", "((он & бес) | 15)", "(он | бес | 15)"),
        ("15", "(15 | <он бес>)", None),
        (
            "82%",
            "((82 | <сексен екі>) & %)",
            "((82 | <сексен екі>) | %)",
        ),
        ("title:(он бес)", "((title:он & title:бес) | title:15)", None),
        ("он OR бес", "((он | 10) | (бес | 5))", None),
        ("-15", "(everything & -15)", None),
        ('"15"', "15", None),
        (
            "тмд",
            "(тмд | (<тәуелсіз мемлекеттер достастығы> | <тәуелсіз-мемлекеттер достастығы>"
            " | <тәуелсіз мемлекеттер-достастығы>) | cis | снг)",
            None,
        ),
        ("ақ сүт", "(ақ & сүт)", "(ақ | сүт)"),
        ("", "nothing", None),
    ],
)
def test_trees(parser: QueryParser, text: str, query: str, fallback: str | None) -> None:
    parsed = parser.parse(text)
    assert show(parsed.query) == query
    assert (parsed.fallback and show(parsed.fallback)) == fallback


def test_a_compound_may_be_written_apart(parser: QueryParser) -> None:
    assert show(parser.parse("Қасым-Жомарт").query) == "(қасым-жомарт | (қасым & жомарт))"


def test_a_phrase_is_tried_in_every_spelling(parser: QueryParser) -> None:
    hyphen, space = "<қасым-жомарт сенат>", "<қасым жомарт сенат>"
    assert set(show(parser.parse('"Қасым-Жомарт Сенат"').query)[1:-1].split(" | ")) == {
        hyphen,
        space,
        "<қасым жомарт-сенат>",
    }
    assert show(parser.parse('"Қасым Жомарт Сенат"').query).startswith(f"({space} | {hyphen}")


def test_a_whole_address_does_not_match_by_its_host(parser: QueryParser) -> None:
    assert show(parser.parse("https://baq.kz/news").query) == "https://baq.kz/news"


def test_a_name_in_print_quotes_may_be_given_up_only_beside_words(parser: QueryParser) -> None:
    alone = parser.parse("«екі ел»")
    assert (show(alone.query), alone.fallback) == ("(<екі ел> | екі-ел)", None)
    beside = parser.parse("«екі ел» сенат")
    assert beside.fallback is not None
    assert show(beside.fallback) == "(сенат | екі | ел)"


@pytest.mark.parametrize(
    ("text", "ranked"),
    [
        ("сенат", True),
        ("мекте*", True),
        ("title:сенат", True),
        ("сенат OR source:a", True),
        ("source:a", False),
        ("-сенат", False),
        ("date:2025 -сенат", False),
        ("source:a OR source:b", False),
        ("", False),
    ],
)
def test_only_words_rank(parser: QueryParser, text: str, ranked: bool) -> None:
    assert parser.parse(text).ranked is ranked


def test_words_of_a_title_look_at_the_title_only(parser: QueryParser) -> None:
    query = parser.parse('title:(мекте* "екі ел" Қасым-Жомарт)').query
    fields = set()

    def walk(node: Node) -> None:
        match node:
            case All(parts) | Any(parts):
                for part in parts:
                    walk(part)
            case Word(field=field) | Prefix(field=field) | Phrase(field=field):
                fields.add(field)

    walk(query)
    assert fields == {TextField.TITLE}


def test_values_of_fields_are_not_stemmed(parser: QueryParser) -> None:
    name = unicodedata.normalize("NFD", "Қазақстан мектептерінің күйі")
    assert parser.parse(f'source:"{name}"').query == Keyword(
        KeywordField.SOURCE, unicodedata.normalize("NFC", name)
    )


def test_filters_narrow_both_lists(parser: QueryParser) -> None:
    days = DateRange(dt.date(2025, 1, 1), None)
    parsed = parser.parse("сенат төраға").filtered([days])
    assert show(parsed.query) == "((сенат & төраға) & 2025-01-01..)"
    assert parsed.fallback is not None
    assert show(parsed.fallback) == "((сенат | төраға) & 2025-01-01..)"
    assert parsed.ranked


def test_filters_alone_list_what_they_leave(parser: QueryParser) -> None:
    days = DateRange(dt.date(2025, 1, 1), None)
    assert parser.parse(" ").filtered([days]) == ParsedQuery(days)
    assert parser.parse(" ").filtered([]) == ParsedQuery(Nothing())


def count(node: Node) -> int:
    match node:
        case All(parts) | Any(parts):
            return sum(map(count, parts))
        case Not(part):
            return count(part)
        case Phrase(words):
            return len(words)
        case _:
            return 1


HOSTILE = [
    "а " * 5000,
    "сөз" * 4000,
    "а-" * 5000,
    '"' * 10_000,
    '"а ' * 4000,
    '"' + "а " * 5000 + '"',
    "«" * 5000 + "»" * 5000,
    "(" * 10_000,
    "-(" * 5000,
    "а OR " * 2500,
    "OR " * 4000,
    "title:" * 2000,
    "-title:(а* OR " * 900,
    "а* " * 4000,
    "аб* " * 3000,
    "date:2025.." * 1000,
    "source:a " * 1200,
    " " * 10_000 + "а",
    "\u0301" * 10_000,
    "\ud800" * 10_000,
    "\x00" * 10_000,
    "a\u200d" * 5000,
    "http://" * 1500,
    "А" * 10_000,
    "15 " * 3000,
    "бес жүз мың " * 900,
    "мың " * 2500,
    "АҚШ " * 2500,
    "Қазақстан Республикасының " * 400,
    "соңғы 3 күн " * 900,
    "2025 жылғы 29 қыркүйек " * 500,
    "=" * 10_000,
    "=а " * 3000,
    "😀" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_hostile_queries_stay_small(parser: QueryParser, text: str) -> None:
    parsed = parser.parse(text)
    # A word counts at most as itself and, in a compound, as one of its parts; a phrase
    # of up to MAX_TERMS words is tried in two spellings.
    assert count(parsed.query) <= 3 * MAX_TERMS
    assert parsed.fallback is None or count(parsed.fallback) <= 3 * MAX_TERMS


def test_what_is_beyond_the_limit_is_ignored(parser: QueryParser) -> None:
    start = "сенат" + " " * (MAX_CHARACTERS - 5)
    assert parser.parse(start + "төраға") == parser.parse("сенат")


ANYTHING = st.text(max_size=80) | st.text(
    alphabet='аәқ l е T19 \t"«»“”„()-–:*.,/#@%\u0301\u00ad\ud800',
    max_size=80,
)


@settings(deadline=None)
@given(st.lists(ANYTHING | st.sampled_from(["OR", "title:", "date:2025", "-", "(", ")"])))
def test_no_text_raises_and_parsing_is_repeatable(parser: QueryParser, pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert parser.parse(text) == parser.parse(text)


@settings(deadline=None)
@given(
    st.lists(
        ANYTHING
        | st.sampled_from(["=", "=а", "15", "АҚШ", "кеше", "өткен апта", "он бес", "title:"])
    )
)
def test_undoing_a_reading_takes_back_that_one(parser: QueryParser, pieces: list[str]) -> None:
    text = " ".join(pieces)
    notes = parser.parse(text).notes
    for note in notes:
        assert note.typed in text
        again = [(other.kind, other.typed) for other in parser.parse(note.undo).notes]
        before = [(other.kind, other.typed) for other in notes]
        assert (
            again.count((note.kind, note.typed)) < before.count((note.kind, note.typed))
            or len(before) == MAX_EXPANSIONS
        )


@settings(deadline=None)
@given(st.lists(ANYTHING | st.sampled_from(["15", "АҚШ", "кеше", "өткен апта", "он бес"])))
def test_nothing_is_read_into_an_exact_query(parser: QueryParser, pieces: list[str]) -> None:
    assert parser.parse(" ".join(pieces), exact=True).notes == ()


def test_only_the_words_of_a_question_have_relatives(parser: QueryParser) -> None:
    asked = parser.parse("Сенат қашан ашылады?").query
    assert isinstance(asked, Any)
    first = asked.parts[0]
    assert isinstance(first, Word)
    assert "мәжіліс" in dict(first.related)
    meant = parser.parse("Сенат, мәжіліс қашан ашылады?").query
    assert isinstance(meant, Any)
    assert all("мәжіліс" not in dict(w.related) for w in meant.parts if isinstance(w, Word))
    for query in ("Сенат ашылады", "Сенат төрағасы халықаралық кездесуде сөз сөйледі"):
        words = parser.parse(query).query
        assert isinstance(words, All | Any)
        assert not any(word.related for word in words.parts if isinstance(word, Word))
    assert "related" not in repr(parser.parse("Сенат қашан ашылады?", exact=True)).replace(
        "related=()", ""
    )
