"""Sending digests: letters over SMTP, webhooks signed with HMAC, messages of Telegram.

Hosts are looked up once and checked as those of sources are (``sources.http``). What goes wrong
is told in a clause that holds no secret: no address of a webhook, no token, no password.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass, field
from http import HTTPStatus

from kzsearch.alerts.config import Channel, Security, secret
from kzsearch.alerts.digests import Digest
from kzsearch.errors import AlertError
from kzsearch.sources.failures import FetchError
from kzsearch.sources.http import Exchange
from kzsearch.version import __version__

__all__ = ["Sender", "signature"]

_TELEGRAM = "https://api.telegram.org"
_SECONDS = 20.0
_SHOWN = 200


def signature(key: str, timestamp: str, body: bytes) -> str:
    """What proves to a webhook who sent it: HMAC-SHA256 over the time, a point and the body."""
    signed = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends digests.

    allow_private: whether hosts may be in private networks. telegram: where its API is.
    """

    allow_private: bool = False
    exchange: Exchange = field(default_factory=Exchange)
    telegram: str = _TELEGRAM

    def send(self, digest: Digest) -> None:
        """Send a digest. Raises AlertError, a clause, when it did not arrive."""
        try:
            match digest.alert.channel:
                case Channel.MAIL:
                    self._mail(digest)
                case Channel.WEBHOOK:
                    self._webhook(digest)
                case Channel.TELEGRAM:
                    self._telegram(digest)
        except FetchError as error:
            raise AlertError(str(error)) from None

    def _allows(self, digest: Digest) -> bool:
        return self.allow_private or digest.settings.allow_private

    def _webhook(self, digest: Digest) -> None:
        body = json.dumps(digest.to_json(), ensure_ascii=False).encode()
        timestamp = str(int(time.time()))
        headers = {
            "X-Kzsearch-Delivery": digest.delivery,
            "X-Kzsearch-Timestamp": timestamp,
            "X-Kzsearch-Signature": signature(secret(Channel.WEBHOOK), timestamp, body),
        }
        self._post(digest.alert.address, headers, body, allow_private=self._allows(digest))

    def _telegram(self, digest: Digest) -> None:
        message = {
            "chat_id": digest.alert.address,
            "text": digest.message(),
            "link_preview_options": {"is_disabled": True},
        }
        address = f"{self.telegram}/bot{secret(Channel.TELEGRAM)}/sendMessage"
        self._post(address, {}, json.dumps(message).encode(), allow_private=self._allows(digest))

    def _post(
        self, address: str, headers: dict[str, str], body: bytes, *, allow_private: bool
    ) -> None:
        every = {
            "Content-Type": "application/json",
            "User-Agent": f"kzsearch/{__version__}",
            **headers,
        }
        answer = self.exchange.post(address, every, body, allow_private=allow_private)
        if not 200 <= answer.status < 300:
            known = answer.status in list(HTTPStatus)
            phrase = f" ({HTTPStatus(answer.status).phrase})" if known else ""
            raise AlertError(f"it answered with status {answer.status}{phrase}")

    def _mail(self, digest: Digest) -> None:
        settings = digest.settings
        host, port = settings.mail_place
        password = secret(Channel.MAIL) if settings.mail_user else ""
        try:
            deadline = time.monotonic() + _SECONDS
            sock = self.exchange.connect(host, port, deadline, allow_private=self._allows(digest))
            with _Connection(sock, host, secure=settings.mail_security is Security.TLS) as server:
                if settings.mail_security is Security.STARTTLS:
                    server.starttls(context=ssl.create_default_context())
                if settings.mail_user:
                    server.login(settings.mail_user, password)
                server.send_message(digest.letter())
        except smtplib.SMTPException as error:
            raise AlertError(f"the mail server refused it: {_reason(error, password)}") from None
        except TimeoutError:
            raise AlertError(f"the mail server did not answer in {_SECONDS:g} seconds") from None
        except OSError as error:
            reason = getattr(error, "verify_message", "") or error.strerror or error
            raise AlertError(f"no connection to the mail server: {reason}") from None


class _Connection(smtplib.SMTP):
    """A session with a mail server over a connection to a checked address."""

    def __init__(self, sock: socket.socket, host: str, *, secure: bool) -> None:
        sock.settimeout(_SECONDS)
        if secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        self._given = sock
        name = socket.gethostname()  # looking up its domain may take long
        super().__init__(
            host, 1, local_hostname=name, timeout=_SECONDS
        )  # any port: it is connected

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._given


def _reason(error: smtplib.SMTPException, password: str) -> str:
    """What a server said, in one short line without the password, should it repeat that."""
    words: object = error
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        words = f"{error.smtp_code} {text}"
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        words = "it knows no such receiver"
    line = " ".join(str(words).split())
    return (line.replace(password, "…") if password else line)[:_SHOWN]
