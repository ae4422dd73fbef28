"""Addresses on the web: written one way, told apart, and kept out of private networks."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from kzsearch.documents.identity import is_tracking
from kzsearch.errors import SourceError

__all__ = ["host_of", "is_public", "origin_of", "resolve_address", "web_address"]

_MAX_LENGTH = 2_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"))


def web_address(text: str) -> str:
    """An address as it is asked for: absolute, http or https, in ASCII, without what is not sent.

    Dropped: the fragment, tracking parameters, a port that goes without saying.
    Raises SourceError for anything else than an address of the web.
    """
    text = text.strip()
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SourceError(f"{shown!r} is not a web address") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise SourceError(f"{shown!r} is not a web address: it must begin with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise SourceError("web addresses with a user name or a password in them are not followed")
    try:
        host = host if ":" in host else host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    if not re.fullmatch(r"[a-z0-9._:-]+", host) or len(text) > _MAX_LENGTH:
        raise SourceError(f"{shown!r} is not a web address")
    place = f"[{host}]" if ":" in host else host
    if port not in {None, 443 if parts.scheme.lower() == "https" else 80}:
        place += f":{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme.lower(), place, path, _query(parts.query), ""))


def _query(query: str) -> str:
    """A query without tracking parameters; one that has none is left as it is written."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not is_tracking(pair[0])]
    if len(kept) < len(pairs):
        return urlencode(kept)
    return quote(query, safe="/%:@!$&'()*+,;=~-._?[]")


def resolve_address(base: str, link: str) -> str:
    """The address a link on the page ``base`` leads to. Raises SourceError."""
    try:
        return web_address(urljoin(base, link.strip()))
    except ValueError:
        raise SourceError(f"{link[:80]!r} is not a web address") from None


def host_of(address: str) -> str:
    """The name of the host that is asked."""
    return urlsplit(address).hostname or ""


def origin_of(address: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    An IPv6 address that carries an IPv4 one is judged by that; tunnels, which lead anywhere,
    are not public.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif any(ip in tunnel for tunnel in _TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
