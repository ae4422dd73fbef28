from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.query.syntax import (
    MAX_DEPTH,
    Either,
    Fielded,
    Group,
    Leaf,
    LeafKind,
    Negated,
    Part,
    parse_syntax,
    plain_rows,
    word_leaves,
)


def show(text: str, syntax: Part | None = None) -> str:
    """The shape of a query in a few characters: kind letter, then the words."""
    match syntax or parse_syntax(text).root:
        case Leaf(start, end, kind):
            return f"{kind.name[0:2].lower()}:{text[start:end]}"
        case Fielded(field, part):
            return f"{field}({show(text, part)})"
        case Negated(part):
            return f"not({show(text, part)})"
        case Either(parts):
            return "or(" + " ".join(show(text, part) for part in parts) + ")"
        case Group(parts):
            return "[" + " ".join(show(text, part) for part in parts) + "]"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", "[]"),
        ("  \n ", "[]"),
        ("сенат төраға", "[wo:сенат wo:төраға]"),
        ('"екі ел"', "[ph:екі ел]"),
        ("“екі ел” „екі ел“ „екі ел”", "[na:екі ел na:екі ел na:екі ел]"),
        ("«екі ел»", "[na:екі ел]"),
        ("-ел -«екі ел» -(а б)", "[not(wo:ел) not(na:екі ел) not([wo:а wo:б])]"),
        ("мекте* ме** е* *", "[pr:мекте pr:ме wo:е* wo:*]"),
        ("а OR б в OR г OR д", "[or(wo:а wo:б) or(wo:в wo:г wo:д)]"),
        ("а НЕМЕСЕ б ИЛИ в", "[or(wo:а wo:б wo:в)]"),
        ("(а OR б) в", "[[or(wo:а wo:б)] wo:в]"),
        ("а OR (б в)", "[or(wo:а [wo:б wo:в])]"),
        ("title:а Тақырып:б TITLE:в", "[title(wo:а) title(wo:б) title(wo:в)]"),
        ('title:"а б" -title:в', "[title(ph:а б) not(title(wo:в))]"),
        ("title:(а OR б)", "[title([or(wo:а wo:б)])]"),
        ("source:qala*", "[source(pr:qala)]"),
        ("date:2025-09..2025-10", "[date(wo:2025-09..2025-10)]"),
        ('date:"2025-09"', "[date(ph:2025-09)]"),
    ],
)
def test_operators(text: str, shape: str) -> None:
    assert show(text) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("а or б немесе в", "[wo:а wo:or wo:б wo:немесе wo:в]"),
        ("OR а", "[wo:OR wo:а]"),
        ("а OR", "[wo:а wo:OR]"),
        ("а OR OR б", "[wo:а or(wo:OR wo:б)]"),
        ("(а OR) б", "[[wo:а wo:OR] wo:б]"),
        ("ел-жұрт а- - --б", "[wo:ел-жұрт wo:а- wo:- wo:--б]"),
        ("foo:а а:б title: title :а", "[wo:foo:а wo:а:б wo:title: wo:title wo::а]"),
        ("https://baq.kz/news", "[wo:https://baq.kz/news]"),
        ("xtitle:а", "[wo:xtitle:а]"),
        (
            "date:2025-13 after:2025..2026 date:..",
            "[wo:date:2025-13 wo:after:2025..2026 wo:date:..]",
        ),
        ('source:""', '[wo:source:""]'),
        ('"екі ел', "[wo:екі wo:ел]"),
        ("«екі ел", "[wo:екі wo:ел]"),
        ('15" монитор 20" шам', "[wo:15 wo:монитор wo:20 wo:шам]"),
        ("а) б (в", "[wo:а wo:б [wo:в]]"),
        ("-", "[wo:-]"),
        ("date:(2025)", "[[wo:2025]]"),
    ],
)
def test_what_does_not_parse_is_words(text: str, shape: str) -> None:
    assert show(text) == shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("«Қайрат»-тың ойыны", "[na:Қайрат wo:ойыны]"),
        ("«Қайрат»-Ордабасы", "[na:Қайрат wo:-Ордабасы]"),
        ('"а б"-да в', "[ph:а б wo:в]"),
        ("«China Open»-нің", "[na:China Open]"),
    ],
)
def test_a_case_ending_after_a_quotation_is_no_word(text: str, shape: str) -> None:
    assert show(text) == shape


def test_a_letter_that_only_folds_to_a_field_name_is_harmless() -> None:
    assert show("tıtle:а") == "[wo:tıtle:а]"


def depth(syntax: Part) -> int:
    match syntax:
        case Leaf():
            return 0
        case Fielded(_, part) | Negated(part):
            return depth(part)
        case Group(parts) | Either(parts):
            return isinstance(syntax, Group) + max(map(depth, parts), default=0)


@pytest.mark.parametrize("text", ["(" * 5000 + "а", "-(" * 5000, "(а OR " * 2000, "((а) " * 3000])
def test_nesting_is_bounded(text: str) -> None:
    assert depth(parse_syntax(text).root) <= MAX_DEPTH + 1


@given(st.text(alphabet='аб "«»“”„()-:*OR title.', max_size=60))
def test_leaves_are_in_order_and_hold_no_quotes(text: str) -> None:
    done = 0
    for leaf in word_leaves(parse_syntax(text).root):
        assert done <= leaf.start < leaf.end or leaf.start == leaf.end >= done
        done = leaf.end


@given(st.lists(st.text(alphabet="абвгдежз", min_size=1, max_size=8), max_size=10))
def test_plain_words_stay_as_they_are(words: list[str]) -> None:
    text = " ".join(words)
    assert [text[leaf.start : leaf.end] for leaf in word_leaves(parse_syntax(text).root)] == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('15" экран', "15  экран"),
        ('"а б" в"', '"а б" в '),
        ("«а б", " а б"),
        ('15"-"а б"', '15 -"а б"'),
        ('а "" б', 'а "" б'),
    ],
)
def test_quotation_marks_that_quote_nothing_are_blank(text: str, plain: str) -> None:
    syntax = parse_syntax(text)
    assert syntax.text == plain
    assert parse_syntax(plain) == syntax


def test_a_run_of_letters_holds_no_operators() -> None:
    asked = []

    def letters_of(run: str) -> int:
        asked.append(run)
        return 4 * run.startswith(("-абв", ")"))

    text = '-абв )где -(-абв =-абв title:=а "б -абв" а'
    shape = parse_syntax(text, letters_of).root
    assert show(text, shape).startswith("[wo:-абв wo:)где not([not(wo:абв)")
    assert asked == ["-абв", ")где", "-(-абв", '"б']


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("а б -в г", ["а б", "г"]),
        ('а "б" ве* =г title:д', ["а", "title:д"]),
        ("а (б в) г", ["а", "б в", "г"]),
        ("а OR (б в) г", ["or:а", "or:б в", "г"]),
        ("title:(а б OR в) source:г", ["title:а", "title:б", "title:в"]),
        ("-(а б) -title:в", []),
    ],
)
def test_plain_words_side_by_side_are_rows(text: str, rows: list[str]) -> None:
    found = []
    for row in plain_rows(parse_syntax(text).root):
        assert all(leaf.kind is LeafKind.WORDS for leaf in row.leaves)
        place = "" if row.is_top else "title:" if row.in_title else "or:"
        found.append(place + " ".join(text[leaf.start : leaf.end] for leaf in row.leaves))
    assert found == rows
