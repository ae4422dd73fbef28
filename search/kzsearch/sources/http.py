"""One request over HTTP: bounded in time and size, to an address that was checked.

The standard library's client is used because it can be handed a connection. The name of a host
is looked up once, every address it has is checked, and the connection goes to one of them: a
name server that answers otherwise a moment later changes nothing. Time and size are bounded
for the whole exchange, whatever pace the other side keeps: each wait for bytes ends at the same
deadline, and packed bodies are unpacked only as far as the bound allows. Redirects are not
followed here (see ``fetcher``).
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from kzsearch.sources.addresses import is_public
from kzsearch.sources.failures import FetchError

__all__ = ["MAX_BYTES", "MAX_SECONDS", "Answer", "Exchange", "unpacked"]

MAX_BYTES = 5_000_000
"""The longest body taken, packed or unpacked."""

MAX_SECONDS = 10.0
"""The longest a request may take from the look-up of the name to the last byte."""

Resolve = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host. Raises OSError."""

_CHUNK = 1 << 16
_MAX_MEMBERS = 100  # gzip files one behind the other; each costs a copy of the rest


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as the system finds them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request; names of headers are in small letters."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sends requests; safe to use from many threads.

    resolve: looks host names up. seconds, size: bounds of one request.
    """

    resolve: Resolve = system_resolve
    seconds: float = MAX_SECONDS
    size: int = MAX_BYTES

    def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        allow_private: bool = False,
        cut: bool = False,
    ) -> Answer:
        """Ask for ``url``, which is as ``addresses.web_address`` writes it.

        allow_private: whether the host may be in a private network.
        cut: a body beyond the bound is cut off instead of refused.
        Raises FetchError.
        """
        return self._guarded("GET", url, headers, b"", allow_private, cut)

    def post(
        self, url: str, headers: Mapping[str, str], body: bytes, *, allow_private: bool = False
    ) -> Answer:
        """Send ``body`` to ``url``; otherwise as ``get``, and bodies of answers are cut off."""
        return self._guarded("POST", url, headers, body, allow_private, cut=True)

    def _guarded(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        allow_private: bool,
        cut: bool,
    ) -> Answer:
        """One exchange, its failures told as FetchError."""
        deadline = time.monotonic() + self.seconds
        try:
            return self._send(method, url, headers, body, allow_private, cut, deadline)
        except TimeoutError:
            raise FetchError(f"it did not answer within {self.seconds:g} seconds") from None
        except ssl.SSLError as error:
            reason = getattr(error, "verify_message", "") or error.reason or "TLS failed"
            raise FetchError(f"no safe connection: {reason}") from None
        except http.client.HTTPException as error:
            raise FetchError(f"the answer is not HTTP as it should be: {error!r:.100}") from None
        except OSError as error:
            raise FetchError(f"no connection: {error.strerror or error}") from None

    def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        sent: bytes,
        allow_private: bool,
        cut: bool,
        deadline: float,
    ) -> Answer:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        sock = self.connect(host, port, deadline, allow_private=allow_private)
        try:
            if secure:
                sock.settimeout(_left(deadline))
                sock = _tls().wrap_socket(sock, server_hostname=host)
            connection = http.client.HTTPConnection(host, port)
            connection.sock = _Timed(sock, deadline)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in {
                "Host": parts.netloc, **headers, "Accept-Encoding": "gzip", "Connection": "close",
            }.items():  # fmt: skip
                connection.putheader(name, value)
            if sent:
                connection.putheader("Content-Length", str(len(sent)))
            connection.endheaders(sent or None)
            response = connection.getresponse()
            lowered = {name.lower(): value for name, value in reversed(response.getheaders())}
            body = b""
            if response.status == 200:
                body = self._body(response, lowered, cut)
            return Answer(url, response.status, lowered, body)
        finally:
            sock.close()

    def connect(
        self, host: str, port: int, deadline: float, *, allow_private: bool = False
    ) -> socket.socket:
        """A connection to one of the addresses of a host, all of which are allowed.

        deadline: by ``time.monotonic``. Raises FetchError for a forbidden one, OSError.
        """
        addresses = self._looked_up(host, port, deadline)
        if not allow_private and not all(map(is_public, addresses)):
            raise FetchError(
                f"{host} is in a private network, which is not asked without --allow-private",
                forbidden=True,
            )
        failure: OSError = OSError("the host has no address")
        for address in addresses:
            try:
                return socket.create_connection((address, port), timeout=_left(deadline))
            except OSError as error:
                failure = error
        raise failure

    def _looked_up(self, host: str, port: int, deadline: float) -> Sequence[str]:
        """The addresses of a host. The system's look-up cannot be ended, only left behind."""
        answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answers.put(self.resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(OSError(f"there is no host {host} ({error})"))

        threading.Thread(target=look_up, daemon=True).start()
        try:
            found = answers.get(timeout=_left(deadline))
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(found, OSError):
            raise found
        return found

    def _body(
        self, response: http.client.HTTPResponse, headers: Mapping[str, str], cut: bool
    ) -> bytes:
        raw = io.BytesIO()
        while chunk := response.read(_CHUNK):
            raw.write(chunk)
            if raw.tell() > self.size:
                if cut:
                    break
                raise too_large(self.size)
        whole = raw.tell() <= self.size
        if whole and response.length:
            raise FetchError("the answer was cut off")
        body = raw.getvalue()
        match headers.get("content-encoding", "identity").strip().lower():
            case "identity" | "":
                return body[: self.size]
            case "gzip" | "x-gzip":
                return unpacked(body, self.size, cut=cut)
            case other:
                raise FetchError(f"the answer is packed as {other!r:.20}, which was not asked for")


def too_large(size: int) -> FetchError:
    """The complaint about a body beyond the bound."""
    return FetchError(f"the answer is larger than {size / 1e6:g} MB")


def unpacked(data: bytes, size: int = MAX_BYTES, *, cut: bool = False) -> bytes:
    """The content of gzip data, of at most ``size`` bytes.

    cut: leave out what is beyond, or broken. Raises FetchError.
    """
    found = bytearray()
    try:
        for _ in range(_MAX_MEMBERS):
            if not data or len(found) > size:
                break
            member = zlib.decompressobj(wbits=31)
            found += member.decompress(data, size + 1 - len(found))
            if not member.eof and len(found) <= size and not cut:
                raise FetchError("the answer was cut off")
            if not member.eof:
                break
            data = member.unused_data.lstrip(b"\0")
        else:
            raise FetchError("the packed answer is in too many parts")
    except zlib.error as error:
        if not cut:
            raise FetchError(f"the packed answer is damaged: {error}") from None
    if len(found) > size and not cut:
        raise too_large(size)
    return bytes(found[:size])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Timed:
    """A socket as ``http.client`` uses it, of which every wait ends at one deadline."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedStream(self._sock, self._deadline))

    def close(self) -> None:
        """Nothing yet: the body is still to be read."""


class _TimedStream(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)  # type: ignore[arg-type]
