"""The alerts in ``sources.toml``: what is looked for, and who is told; read and checked.

Everything that is wrong is said in one sentence that names the file and the alert. Secrets do not
stand in the file: they are in the environment (``SECRETS``).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path

from kzsearch.errors import AlertError, SourceError
from kzsearch.sources.addresses import host_of, web_address

__all__ = [
    "SECRETS",
    "Alert",
    "AlertList",
    "AlertSettings",
    "Channel",
    "Security",
    "load_alerts",
    "secret",
]

_MAX_NAME = 100
_MAX_QUERY = 1_000
_LANGUAGES = ("kk", "ru", "en")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")


class Channel(StrEnum):
    """How somebody is told."""

    MAIL = "mail"
    WEBHOOK = "webhook"
    TELEGRAM = "telegram"


SECRETS = {
    Channel.MAIL: "KZSEARCH_MAIL_PASSWORD",
    Channel.WEBHOOK: "KZSEARCH_WEBHOOK_SECRET",
    Channel.TELEGRAM: "KZSEARCH_TELEGRAM_TOKEN",
}
"""The environment variable that holds the secret of a channel."""


class Security(StrEnum):
    """How the connection to the mail server is secured."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """The ``[alerts]`` of the file.

    site: address of the search page; links lead to its articles. '' links to the originals.
    mail_server: host, perhaps with a port. mail_from: who letters are from. mail_user: who logs
        in, '' for nobody. language: of the digests.
    allow_private: whether webhooks and mail servers may be in private networks.
    """

    site: str = ""
    mail_server: str = ""
    mail_from: str = ""
    mail_user: str = ""
    mail_security: Security = Security.STARTTLS
    language: str = "kk"
    allow_private: bool = False

    @property
    def mail_place(self) -> tuple[str, int]:
        """Host and port of the mail server."""
        host, _, port = self.mail_server.partition(":")
        usual = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
        return host, int(port) if port else usual[self.mail_security]


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: whoever is at ``address`` is told of new articles that ``query`` finds.

    address: of a letter, of a webhook, or a chat of Telegram.
    """

    name: str
    query: str
    channel: Channel
    address: str

    @property
    def place(self) -> str:
        """Who is told, for people: of a webhook only the host, as its path may be a secret."""
        if self.channel is Channel.WEBHOOK:
            return f"webhook at {host_of(self.address)}"
        return f"{self.channel} {self.address}"


@dataclass(frozen=True, slots=True)
class AlertList:
    """All alerts of a file, in its order; names are unique."""

    path: Path
    alerts: tuple[Alert, ...] = ()
    settings: AlertSettings = field(default_factory=AlertSettings)

    def get(self, name: str) -> Alert:
        """The alert of that name. Raises AlertError when there is none."""
        for alert in self.alerts:
            if alert.name == name:
                return alert
        known = ", ".join(f"“{alert.name}”" for alert in self.alerts) or "none"
        raise AlertError(f"There is no alert “{name}” in {self.path}; known are: {known}.")


def load_alerts(path: Path) -> AlertList:
    """Read and check the alerts of a file; one that is not there has none. Raises AlertError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return AlertList(path)
    except tomllib.TOMLDecodeError as error:
        raise AlertError(f"{path} is not TOML: {error}.") from None
    except (OSError, UnicodeError) as error:
        raise AlertError(f"{path} cannot be read: {error}.") from error
    try:
        settings = _settings(_table(data.get("alerts", {}), "[alerts]"))
        entries = data.get("alert", [])
        if not isinstance(entries, list):
            raise AlertError("alerts are written under [[alert]], with two brackets")
        alerts = tuple(
            _alert(_table(entry, "[[alert]]"), number, settings)
            for number, entry in enumerate(entries, 1)
        )
        names = [alert.name for alert in alerts]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise AlertError(f"two alerts are named “{twice}”")
    except (AlertError, SourceError) as error:
        raise AlertError(f"{path}: {error}.") from None
    return AlertList(path, alerts, settings)


def secret(channel: Channel) -> str:
    """The secret of a channel, from the environment. Raises AlertError when it is not set."""
    if found := os.environ.get(SECRETS[channel], ""):
        return found
    raise AlertError(f"the environment variable {SECRETS[channel]} is not set")


def _table(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise AlertError(f"{what} must be a table")
    return value


def _check_keys(table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    if wrong := sorted(table.keys() - set(known)):
        raise AlertError(f"{where}“{wrong[0]}” is not known; known are: {', '.join(known)}")


def _settings(table: Mapping[str, object]) -> AlertSettings:
    _check_keys(table, AlertSettings.__slots__, "in [alerts], ")
    settings = AlertSettings(**{name: _setting(name, value) for name, value in table.items()})  # type: ignore[arg-type]
    if settings.mail_server and not settings.mail_from:
        raise AlertError("in [alerts], mail_server needs mail_from: who letters are from")
    if settings.mail_user and settings.mail_security is Security.NONE:
        raise AlertError("in [alerts], a password is not sent with mail_security = “none”")
    return settings


def _setting(name: str, value: object) -> object:
    where = f"in [alerts], {name} "
    if name == "allow_private":
        if not isinstance(value, bool):
            raise AlertError(f"{where}must be true or false")
        return value
    text = _line(value, where)
    match name:
        case "site":
            return web_address(text).rstrip("/") + "/"
        case "language" if text not in _LANGUAGES:
            raise AlertError(f"{where}must be one of {', '.join(_LANGUAGES)}")
        case "mail_server" if not re.fullmatch(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?", text):
            raise AlertError(f"{where}must be a host, perhaps with a port: smtp.example.kz:587")
        case "mail_from" if not _ADDRESS.fullmatch(parseaddr(text)[1]):
            raise AlertError(f"{where}must be an address of mail")
        case "mail_security":
            if text not in list(Security):
                raise AlertError(f"{where}must be one of {', '.join(Security)}")
            return Security(text)
    return text


def _line(value: object, where: str, most: int = 300) -> str:
    """Checked text of one line."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise AlertError(f"{where}must be one line of text")
    if len(value) > most:
        raise AlertError(f"{where}must have at most {most:,} characters")
    return value.strip()


def _alert(table: Mapping[str, object], number: int, settings: AlertSettings) -> Alert:
    name = _line(table.get("name", ""), f"the name of alert {number} ", _MAX_NAME)
    where = f"in alert “{name}”, "
    _check_keys(table, ("name", "query", "to"), where)
    query = _line(table.get("query", ""), f"{where}query ", _MAX_QUERY)
    to = _line(table.get("to", ""), f"{where}to ", 2_000)
    scheme, _, rest = to.partition(":")
    try:
        match scheme.lower():
            case "mailto":
                if not _ADDRESS.fullmatch(rest):
                    raise AlertError("“to” is no address of mail: mailto:name@example.kz")
                if not settings.mail_server:
                    raise AlertError("letters need mail_server and mail_from in [alerts]")
                return Alert(name, query, Channel.MAIL, rest)
            case "https" | "http":
                return Alert(name, query, Channel.WEBHOOK, web_address(to))
            case "telegram" if re.fullmatch(r"-?[0-9]{1,20}|@[A-Za-z]\w{3,31}", rest, re.ASCII):
                return Alert(name, query, Channel.TELEGRAM, rest)
    except (AlertError, SourceError) as error:
        raise AlertError(f"{where}{error}") from None
    raise AlertError(
        f"{where}“to” must be mailto:name@example.kz, https://example.kz/hook, "
        "telegram:@channel or telegram: and the number of a chat"
    )
