"""Articles: ids, days, digests, storage."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import ALMATY, Article
from kzsearch.errors import DocumentError

DAYS = st.dates(dt.date(1800, 1, 2), dt.date(2200, 12, 30))
TIMES = st.datetimes(
    dt.datetime(1800, 1, 2),
    dt.datetime(2200, 12, 30),
    timezones=st.one_of(st.none(), st.timezones()),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ARTICLES = st.builds(
    Article, TEXT, TEXT, TEXT, st.one_of(st.none(), DAYS, TIMES), TEXT, TEXT, TEXT, TEXT, TEXT
)


def test_text_is_composed() -> None:
    article = Article(title=unicodedata.normalize("NFD", "Әйел"), body="й")
    assert article.title == "Әйел"
    assert article.body == "й"


def test_given_id_is_kept() -> None:
    assert Article(id="baq-1", url="https://baq.kz/1").id == "baq-1"


def test_made_id_is_sixteen_hex_digits() -> None:
    made = Article(body="Сенат").id
    assert len(made) == 16
    assert set(made) <= set("0123456789abcdef")


def test_made_id_never_changes_between_releases() -> None:
    assert Article(body="Сенат").id == "457a478dbc45c1b4"
    assert Article(url="https://baq.kz/news/1").id == "8186d9928bcfca30"


def test_url_decides_the_id_before_the_content() -> None:
    first = Article(url="https://baq.kz/news/1", body="бір")
    assert first.id == Article(url="https://baq.kz/news/1", body="екі").id
    assert first.id != Article(body="бір").id


@pytest.mark.parametrize(
    "change",
    [{"title": "б"}, {"body": "б"}, {"source": "б"}, {"date": dt.date(2025, 9, 29)}],
    ids=lambda change: next(iter(change)),
)
def test_content_decides_the_id(change: dict[str, object]) -> None:
    assert Article(**{"body": "а", **change}).id != Article(body="а").id


def test_white_space_does_not_change_the_id() -> None:
    assert Article(body="бір  екі\nүш").id == Article(body=" бір екі үш ").id


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        (dt.datetime(2024, 2, 29, 12), 6),
        (dt.datetime(2024, 3, 1, 12), 5),
    ],
)
def test_naive_time_is_of_almaty(moment: dt.datetime, offset: int) -> None:
    date = Article(body="а", date=moment).date
    assert isinstance(date, dt.datetime)
    assert date.utcoffset() == dt.timedelta(hours=offset)


def test_day_is_local() -> None:
    late = dt.datetime(2025, 9, 28, 19, 30, tzinfo=dt.UTC)
    assert Article(body="а", date=late).day == dt.date(2025, 9, 29)
    assert Article(body="а", date=dt.date(2025, 9, 29)).day == dt.date(2025, 9, 29)
    assert Article(body="а").day is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", None, "the title must be text, not NoneType"),
        ("body", b"text", "the body must be text, not bytes"),
        ("body", "а\0б", "the body holds NUL characters"),
        ("source", "а\ud800", "the source holds a broken character at place 2"),
        ("date", "2025-09-29", "the date must be a date or datetime, not str"),
        ("date", dt.date(1, 1, 1), "the date 0001-01-01 lies outside the years 1800 to 2200"),
    ],
)
def test_what_cannot_be_stored_is_refused(field: str, value: object, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence):
        Article(**{field: value})  # type: ignore[arg-type]


@given(ARTICLES)
def test_storage_gives_the_article_back(article: Article) -> None:
    again = Article.from_json(article.to_json())
    assert again == article
    assert again.day == article.day
    assert again.content_digest == article.content_digest


@given(ARTICLES)
def test_every_article_has_an_id_and_it_is_stable(article: Article) -> None:
    assert article.id
    assert replace(article).id == article.id


@given(ARTICLES, st.sampled_from(["title", "body", "source", "url", "author", "category"]))
def test_digest_changes_with_every_field(article: Article, field: str) -> None:
    changed = replace(article, **{field: getattr(article, field) + "!"})
    assert changed.content_digest != article.content_digest


def test_digest_sees_the_border_between_fields() -> None:
    assert (
        Article(id="1", title="аб", body="в").content_digest
        != Article(id="1", title="а", body="бв").content_digest
    )


@pytest.mark.parametrize("data", [{}, {"id": "1"}, Article(body="а").to_json() | {"date": "x"}])
def test_damaged_storage_is_a_sentence(data: dict[str, object]) -> None:
    with pytest.raises(DocumentError, match="a stored article cannot be read"):
        Article.from_json(data)


def test_almaty_is_the_zone_of_the_press() -> None:
    assert ALMATY.key == "Asia/Almaty"
