"""Addresses: one way of writing, and what is not the public internet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.identity import canonical_url
from kzsearch.errors import SourceError
from kzsearch.sources.addresses import is_public, resolve_address, web_address


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("http://Gazet.KZ", "http://gazet.kz/"),
        ("https://gazet.kz:443/a?utm_source=tg&id=5#top", "https://gazet.kz/a?id=5"),
        ("https://gazet.kz/a?fbclid=x", "https://gazet.kz/a"),
        ("http://gazet.kz:8080/жаңалық", "http://gazet.kz:8080/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B"),
        ("https://қазақ.kz/?q=а б", "https://xn--80ac3jpa.kz/?q=%D0%B0%20%D0%B1"),
        ("http://gazet.kz./%D0%B6", "http://gazet.kz/%D0%B6"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("http://gazet.kz/a?x=1&x=&y", "http://gazet.kz/a?x=1&x=&y"),
    ],
)  # fmt: skip
def test_an_address_is_written_as_it_is_asked(typed: str, asked: str) -> None:
    if "xn--" in asked:
        assert web_address(typed).startswith("https://xn--")
        assert web_address(typed).endswith(asked.partition("/?")[2])
    else:
        assert web_address(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "", "gazet.kz", "ftp://gazet.kz/", "file:///etc/passwd", "javascript:alert(1)", "http://",
        "http:///a", "http://a b/", "http://gazet.kz:99999/", "http://user:pass@gazet.kz/",
        "http://[::1", "http://gazet.kz/" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(SourceError):
        web_address(typed)


@given(st.text(max_size=60), st.text(max_size=40))
def test_writing_an_address_twice_changes_nothing(path: str, query: str) -> None:
    try:
        once = web_address(f"http://gazet.kz/{path}?{query}")
    except SourceError:
        return
    assert web_address(once) == once
    assert once.isascii()
    assert once.isprintable()
    assert " " not in once


def test_links_are_completed() -> None:
    assert resolve_address("http://gazet.kz/a/b", "../c?utm_medium=x") == "http://gazet.kz/c"
    assert canonical_url("https://www.gazet.kz/c/?utm_medium=x") == "gazet.kz/c"
    with pytest.raises(SourceError):
        resolve_address("http://gazet.kz/", "mailto:a@gazet.kz")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "::1", "::",
        "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
