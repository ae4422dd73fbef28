"""sources.toml: what it may say, and what is said when it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kzsearch.errors import SourceError
from kzsearch.sources.config import (
    Defaults,
    FullText,
    Kind,
    duration,
    load_sources,
    parse_sources,
    telegram_address,
)
from kzsearch.version import __version__

PATH = Path("sources.toml")
WHOLE = """
[defaults]
every = "1h"
user_agent = "gazet/1.0 (+https://gazet.kz/bot)"
delay = "5s"

[[source]]
name = "Мысал газеті"
feed = "https://mysal.kz/rss"
full_text = "page"

[[source]]
name = "Арна"
telegram = "mysal"
every = "5m"
allow_private = true
"""


def test_the_whole_format() -> None:
    listed = parse_sources(WHOLE, PATH)
    first, second = listed.sources
    assert (first.name, first.kind, first.full_text) == ("Мысал газеті", Kind.FEED, FullText.PAGE)
    assert (first.every, first.delay) == (3600, 5)
    assert first.user_agent == second.user_agent == "gazet/1.0 (+https://gazet.kz/bot)"
    assert (second.address, second.every) == ("https://t.me/s/mysal", 300)
    assert (first.allow_private, second.allow_private) == (False, True)
    assert listed.get("Арна") is second


def test_defaults() -> None:
    (source,) = parse_sources('[[source]]\nname = "a"\npage = "https://a.kz"', PATH).sources
    assert (source.every, source.delay, source.full_text) == (900, 2, FullText.AUTO)
    assert source.user_agent == f"kzsearch/{__version__}"


def test_the_example_of_the_manual(root: Path) -> None:
    manual = (root / "docs" / "sources.md").read_text(encoding="utf-8")
    (example,) = re.findall("```toml\n(.*?)```", manual, re.DOTALL)
    listed = parse_sources(example, PATH)
    assert [source.kind for source in listed.sources] == [Kind.FEED, Kind.TELEGRAM]
    stated = {line.split(" =")[0] for line in example.split("[[")[0].splitlines() if " = " in line}
    assert stated == set(Defaults.__slots__)


def test_a_user_agent_is_sent_in_ascii() -> None:
    listed = parse_sources('[defaults]\nuser_agent = "мысал/1 (+https://…)"', PATH)
    assert listed.defaults.user_agent == ("%D0%BC%D1%8B%D1%81%D0%B0%D0%BB/1 (+https://%E2%80%A6)")


def test_one_address_written_two_ways_has_one_key() -> None:
    keys = {
        parse_sources(f'[[source]]\nname = "a"\nfeed = "{address}"', PATH).sources[0].key
        for address in ("https://a.kz/rss", "http://www.a.kz/rss/?utm_source=x")
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = ", "is not TOML"),
        ("a = 1", "“a” is not known; known are: alert, alerts, defaults, source"),
        ("[source]\nname = 'a'", "with two brackets"),
        ("source = [1]", "must be a table"),
        ("[defaults]\nevry = '1m'", r"in \[defaults\], “evry” is not known"),
        ("[defaults]\nevery = 15", "a time is written as"),
        ("[defaults]\nevery = '0s'", "once a second is the most"),
        ("[defaults]\nuser_agent = ''", "one line of text"),
        ('[defaults]\nuser_agent = "a\\nb"', "one line of text"),
        ("[[source]]\nfeed = 'https://a.kz/'", "source 1 has no name"),
        ("[[source]]\nname = 'a\\nb'\nfeed = 'https://a.kz/'", None),
        ('[[source]]\nname = "a\\nb"\nfeed = "https://a.kz/"', "must be one line"),
        ("[[source]]\nname = 'a'", "in source “a”, exactly one of feed, sitemap, page, telegram"),
        ("[[source]]\nname = 'a'\nfeed = 'https://a.kz'\npage = 'https://a.kz'", "exactly one of"),
        ("[[source]]\nname = 'a'\nfeed = 'a.kz'", "in source “a”, 'a.kz' is not a web address"),
        ("[[source]]\nname = 'a'\nfeed = 1", "feed must be text"),
        ("[[source]]\nname = 'a'\nurl = 'https://a.kz'", "“url” is not known"),
        ("[[source]]\nname = 'a'\nfeed = 'https://a.kz'\nfull_text = 'no'", "one of page, feed"),
        ("[[source]]\nname = 'a'\nfeed = 'https://a.kz'\nallow_private = 1", "true or false"),
        ("[[source]]\nname = 'a'\ntelegram = 'a b'", "not the name of a public Telegram channel"),
        (
            "[[source]]\nname = 'a'\nfeed = 'https://a.kz'\n"
            "[[source]]\nname = 'a'\nfeed = 'https://b.kz'",
            "two sources are named “a”",
        ),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str | None) -> None:
    if said is None:  # in single quotes \n is no line end
        assert parse_sources(text, PATH).sources
        return
    with pytest.raises(SourceError, match=said) as error:
        parse_sources(text, PATH)
    assert str(error.value).startswith("sources.toml")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "seconds"), [("2s", 2), ("15m", 900), ("1h", 3600), ("7d", 604800), ("0.5s", 0.5)]
)
def test_durations(text: str, seconds: float) -> None:
    assert duration(text) == seconds


@pytest.mark.parametrize("text", ["", "15", "m", "-1m", "1w", "1e9s", "٣s"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(SourceError):
        duration(text)


@pytest.mark.parametrize(
    "text", ["mysal", "@mysal", "t.me/mysal", "https://t.me/s/mysal", "https://telegram.me/mysal/"]
)
def test_telegram_channels(text: str) -> None:
    assert telegram_address(text) == "https://t.me/s/mysal"


def test_a_telegram_preview_elsewhere() -> None:
    assert telegram_address("http://mirror.kz:81/s/mysal") == "http://mirror.kz:81/s/mysal"


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="kzsearch sources add"):
        load_sources(tmp_path / "sources.toml")
    assert load_sources(tmp_path / "sources.toml", missing_ok=True).sources == ()


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="cannot be read"):
        load_sources(tmp_path / "sources.toml")


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(SourceError, match=r"no source “x”.*“Мысал газеті”, “Арна”"):
        parse_sources(WHOLE, PATH).get("x")
