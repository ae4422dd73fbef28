"""HTTPS: the name in the certificate must be the host's, although an address is connected to."""

from __future__ import annotations

import ssl
from typing import Any

import pytest
import trustme

from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import Exchange


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure_site(site: Any, authority: trustme.CA) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("gazet.test").configure_cert(context)
    site.secure(context)
    return site


def test_a_trusted_certificate(
    secure_site: Any, authority: trustme.CA, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    monkeypatch.setattr("kzsearch.sources.http._tls", lambda: trusting)
    secure_site.put("/a", "құпия")
    url = secure_site.url("/a").replace("http:", "https:")
    assert exchange.get(url, {}, allow_private=True).body.decode() == "құпия"
    with pytest.raises(FetchError, match="no safe connection: Hostname mismatch"):
        exchange.get(url.replace("gazet.test", "other.test"), {}, allow_private=True)


def test_a_certificate_nobody_vouches_for(secure_site: Any, exchange: Exchange) -> None:
    secure_site.put("/a", "құпия")
    url = secure_site.url("/a").replace("http:", "https:")
    with pytest.raises(
        FetchError, match="no safe connection: unable to get local issuer certificate"
    ):
        exchange.get(url, {}, allow_private=True)
