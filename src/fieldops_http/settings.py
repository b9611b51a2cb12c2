"""
How the server is set up: by environment variables that begin with ``FIELDOPS_``.
"""

import os
import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import TypeVar

from attrs import frozen

E = TypeVar("E", bound=Enum)

ON, OFF = frozenset({"1", "on", "true", "yes"}), frozenset({"0", "off", "false", "no"})

SIGNED_ON = "/sso/back"
"""
Where who was at a sign-on service comes back to, whatever their company: services want to know that address beforehand.
"""


class Misconfigured(Exception):
    """
    The settings do not make a server. The message says why, and the mend.
    """


class Mode(Enum):
    """
    DEVELOPMENT may run with secrets that everybody knows; PRODUCTION refuses to (SEC-02).
    """

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Logs(Enum):
    """
    How log lines are written: for people, or one JSON object a line.
    """

    CONSOLE = "console"
    JSON = "json"


class Credit(Enum):
    """
    Which credit bureaus can be asked: none, or one that makes up scores, for trials.
    """

    NONE = "none"
    SANDBOX = "sandbox"


@frozen(kw_only=True)
class Settings:
    """
    *database* is ``sqlite:///PATH``, ``postgresql://…`` or ``memory://``; *key_file* holds the master key that private
    values are sealed with; *deliver* says whether the server carries out what is due in the outbox itself; *routing*
    is ``estimate``, or ``osrm+http://…`` or ``valhalla+http://…`` of a server that knows the roads; *files*
    is the folder in which the bytes of files are kept, or ``s3://bucket/prefix``; *credit* is ``none``, or
    ``sandbox`` for a credit bureau that makes up scores; *geocoding* is ``zip``, or
    ``nominatim+https://…`` or ``photon+https://…`` of a server that knows addresses, which is asked *geocoding_rate*
    times a second at most, and told who asks (*geocoding_agent*); *mail* is ``off``, ``folder+PATH``, or
    ``smtp://USER@HOST`` (STARTTLS), ``smtps://USER@HOST`` (TLS) or ``smtp+plain://HOST`` of a mail server, to which
    mail comes from *mail_from*, with the password that *mail_password_file* holds; *url* is where browsers find the
    server, as links say; *tiles* is ``https://HOST/{z}/{x}/{y}.png`` of a server from which browsers take the ground of
    maps, which stay plain without one, and *tiles_attribution* what it asks to be said of it there; *oidc_issuer* is
    the address of a sign-on service (OpenID Connect), which knows this server as *oidc_client_id*, with the secret that
    *oidc_client_secret_file* holds, if any, and is asked for *oidc_scopes*.

    Raises:
        Misconfigured: in production without a key file, with mail from nobody, or, in production, with mail whose links
            lead nowhere; with a sign-on service that does not know the server, or, in production, not the way back.
    """

    database: str = "sqlite:///fieldops.db"
    host: str = "127.0.0.1"
    port: int = 8000
    mode: Mode = Mode.DEVELOPMENT
    key_file: Path | None = None
    deliver: bool = True
    logs: Logs = Logs.CONSOLE
    routing: str = "estimate"
    files: str = "fieldops-files"
    credit: Credit = Credit.NONE
    geocoding: str = "zip"
    geocoding_rate: float = 1.0
    geocoding_agent: str = "fieldops"
    mail: str = "off"
    mail_from: str = ""
    mail_password_file: Path | None = None
    url: str | None = None
    tiles: str | None = None
    tiles_attribution: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret_file: Path | None = None
    oidc_scopes: str = "openid email"

    def __attrs_post_init__(self) -> None:
        if self.mode is Mode.PRODUCTION and self.key_file is None:
            raise Misconfigured(
                "In production private values are sealed with a key of your own, and FIELDOPS_KEY_FILE names none. "
                "Make one with `fieldops key FILE`, keep a copy of it in a safe place, and set FIELDOPS_KEY_FILE=FILE."
            )
        if self.mail != "off" and not self.mail_from:
            raise Misconfigured(
                "FIELDOPS_MAIL says how mail is sent, and FIELDOPS_MAIL_FROM does not say from which address. Set it "
                "to one of yours, such as dispatch@example.com."
            )
        if self.mode is Mode.PRODUCTION and self.mail != "off" and self.url is None:
            raise Misconfigured(
                "Mail leads its readers to the server, and FIELDOPS_URL does not say where browsers find it. Set it to "
                "https://HOST."
            )
        if self.oidc_issuer and not (self.oidc_client_id and "openid" in self.oidc_scopes.split()):
            raise Misconfigured(
                "FIELDOPS_OIDC_ISSUER names a sign-on service, and FIELDOPS_OIDC_CLIENT_ID does not say as what it "
                "knows this server, or FIELDOPS_OIDC_SCOPES lacks openid. Register the server there, and set both."
            )
        if self.mode is Mode.PRODUCTION and self.oidc_issuer and self.url is None:
            raise Misconfigured(
                "Single sign-on leads back to the server, and FIELDOPS_URL does not say where browsers find it. Set it "
                "to https://HOST."
            )

    @property
    def address(self) -> str:
        """
        Where browsers find the server: without a slash at the end.
        """
        return self.url or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """
        Whether browsers come over TLS alone: always in production.
        """
        return self.mode is Mode.PRODUCTION or self.address.startswith("https://")

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """
        The settings of an environment, with defaults for what it does not say.

        Raises:
            Misconfigured: where a variable has a value that means nothing.
        """
        told = {name.removeprefix("FIELDOPS_"): text.strip() for name, text in environment.items() if text.strip()}
        default = cls()
        return cls(
            database=told.get("DATABASE", default.database),
            host=told.get("HOST", default.host),
            port=_port(told.get("PORT", str(default.port))),
            mode=_choice("MODE", Mode, told.get("MODE", default.mode.value)),
            key_file=_file(told.get("KEY_FILE")),
            deliver=_switch("DELIVER", told.get("DELIVER", "on")),
            logs=_choice("LOGS", Logs, told.get("LOGS", default.logs.value)),
            routing=told.get("ROUTING", default.routing),
            files=told.get("FILES", default.files),
            credit=_choice("CREDIT", Credit, told.get("CREDIT", default.credit.value)),
            geocoding=told.get("GEOCODING", default.geocoding),
            geocoding_rate=_rate(told.get("GEOCODING_RATE", str(default.geocoding_rate))),
            geocoding_agent=told.get("GEOCODING_AGENT", default.geocoding_agent),
            mail=told.get("MAIL", default.mail),
            mail_from=told.get("MAIL_FROM", default.mail_from),
            mail_password_file=_file(told.get("MAIL_PASSWORD_FILE")),
            url=_url(told.get("URL")),
            tiles=_tiles(told.get("TILES")),
            tiles_attribution=told.get("TILES_ATTRIBUTION", default.tiles_attribution),
            oidc_issuer=told.get("OIDC_ISSUER", default.oidc_issuer),
            oidc_client_id=told.get("OIDC_CLIENT_ID", default.oidc_client_id),
            oidc_client_secret_file=_file(told.get("OIDC_CLIENT_SECRET_FILE")),
            oidc_scopes=told.get("OIDC_SCOPES", default.oidc_scopes),
        )


def _file(text: str | None) -> Path | None:
    return Path(text) if text else None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65_536):
        raise Misconfigured(f"FIELDOPS_PORT is {text!r}. Set it to a number from 0 to 65535, such as 8000.")
    return int(text)


def _url(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"https?://[^/\s?#]+/?", text):
        raise Misconfigured(f"FIELDOPS_URL is {text!r}. Set it to where browsers find the server: https://HOST.")
    return None if text is None else text.rstrip("/")


def _tiles(text: str | None) -> str | None:
    """
    Its host stands in the Content-Security-Policy of pages with maps: there is one, and it says nothing else.
    """
    if text is None:
        return None
    named = re.findall(r"{[^}]*}", text)
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?/[^\s]*", text) or sorted(named) != ["{x}", "{y}", "{z}"]:
        raise Misconfigured(
            f"FIELDOPS_TILES is {text!r}. Set it to the tiles of a map server: https://HOST/{{z}}/{{x}}/{{y}}.png."
        )
    return text


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1_000:
        raise Misconfigured(f"FIELDOPS_GEOCODING_RATE is {text!r}. Set it to how often a second, such as 1 or 0.5.")
    return rate


def _switch(name: str, text: str) -> bool:
    if text.lower() not in ON | OFF:
        raise Misconfigured(f"FIELDOPS_{name} is {text!r}. Set it to on or off.")
    return text.lower() in ON


def _choice(name: str, kind: type[E], text: str) -> E:
    try:
        return kind(text.lower())
    except ValueError:
        names = " or ".join(str(each.value) for each in kind)
        raise Misconfigured(f"FIELDOPS_{name} is {text!r}. Set it to {names}.") from None
