"""From misspelt words to the query that is searched for, and the one that is offered."""

from __future__ import annotations

import pytest

from kzsearch.query import Note, NoteKind
from kzsearch.query.normalization import RepairedQuery
from kzsearch.query.normalization.rewriting import Edit, Rewritten
from kzsearch.query.spelling import Change, Speller, Suggestion, spelled


def as_typed(text: str, speller: Speller) -> tuple[RepairedQuery, Suggestion | None]:
    return spelled(RepairedQuery.as_typed(text), speller, exact=False)


def test_a_query_without_mistakes_stays_as_it_is(speller: Speller) -> None:
    query = RepairedQuery.as_typed("сенат мектептерімізде")
    assert spelled(query, speller, exact=False) == (query, None)


def test_sure_corrections_are_searched_for_and_told(speller: Speller) -> None:
    query, suggestion = as_typed("үкімет (мекткп OR сенатт)", speller)
    assert query.text == "үкімет (мектеп OR сенат)"
    assert query.typed == "үкімет (мекткп OR сенатт)"
    assert query.notes == (
        Note(NoteKind.TYPO, "мекткп", "мектеп", "үкімет (=мекткп OR сенатт)"),
        Note(NoteKind.TYPO, "сенатт", "сенат", "үкімет (мекткп OR =сенатт)"),
    )
    assert suggestion is None


def test_what_is_in_doubt_is_offered_with_all_other_corrections(speller: Speller) -> None:
    query, suggestion = as_typed("мекткп прзидентң", speller)
    assert query.text == "мектеп прзидентң"
    changes = (Change("мекткп", "мектеп"), Change("прзидентң", "президенті"))
    assert suggestion == Suggestion("мектеп президенті", changes)


def test_quoted_words_are_only_offered(speller: Speller) -> None:
    query, suggestion = as_typed('"Сенатт үкімет"', speller)
    assert query.text == '"Сенатт үкімет"'
    assert query.notes == ()
    assert suggestion == Suggestion('"Сенат үкімет"', (Change("Сенатт", "Сенат"),))


def test_an_exact_search_only_offers(speller: Speller) -> None:
    typed = RepairedQuery.as_typed("мекткп")
    query, suggestion = spelled(typed, speller, exact=True)
    assert query is typed
    assert suggestion == Suggestion("мектеп", (Change("мекткп", "мектеп"),))


@pytest.mark.parametrize(("typed", "place"), [("0fpf0cnfy мекткп", 10), ("мекткп 0fpf0cnfy", 0)])
def test_a_repaired_query_keeps_its_places(speller: Speller, typed: str, place: int) -> None:
    at = typed.index("0")
    repaired = Rewritten.unchanged(typed).rewritten([Edit(at, at + 9, "қазақстан!")])
    query, _ = spelled(
        RepairedQuery(typed, repaired, {(at, at + 9): ("қазақ",)}), speller, exact=False
    )
    ((start, end),) = query.also
    assert query.text[start:end] == "қазақстан"
    (note,) = query.notes
    assert (note.typed, typed.index(note.typed)) == ("мекткп", place)
    assert note.undo == typed.replace("мекткп", "=мекткп")


def test_a_pasted_text_is_corrected_but_not_offered_corrected(speller: Speller) -> None:
    query, suggestion = as_typed("мекткп прзидентң " + "сенат " * 20, speller)
    assert query.text.startswith("мектеп прзидентң")
    assert suggestion is None
