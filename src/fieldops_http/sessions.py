"""
Browser sessions: their cookie, and what tells a page of ours from a page of others (API-05).
"""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response
from litestar.connection import ASGIConnection

from fieldops_core.kernel.secret import Secret
from fieldops_core.login.calculations import csrf_token, same
from fieldops_core.login.model import LONGEST, SIGN_ON_LASTS
from fieldops_core.login.views import OpenedView

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "X-CSRF-Token"
PLAIN = "fieldops_session"
AWAY = "fieldops_sign_on"
"""
What a browser keeps while somebody is at a sign-on service.
"""

Connection = ASGIConnection[Any, Any, Any, Any]


class CrossSite(Exception):
    """
    A change that a page of somebody else may have sent, with our cookie.
    """


def cookie_name(name: str = PLAIN, *, secure: bool) -> str:
    """
    A cookie of the prefix ``__Host-`` is taken from this host alone, and over TLS alone.
    """
    return f"__Host-{name}" if secure else name


def session_of(connection: Connection) -> str | None:
    """
    What a browser keeps of its session.
    """
    found: str | None = connection.cookies.get(cookie_name(secure=connection.app.state.engine.secure))
    return found or None


def had(connection: Connection) -> Secret | None:
    """
    The session that a browser loses when it is given another.
    """
    session = session_of(connection)
    return None if session is None else Secret(session)


def give(response: Response[Any], opened: OpenedView, *, secure: bool) -> None:
    """
    Let the browser keep a session, out of the reach of scripts.
    """
    response.set_cookie(
        cookie_name(secure=secure),
        opened.secret.reveal(),
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def take(response: Response[Any], name: str = PLAIN, *, secure: bool) -> None:
    """
    Let the browser forget its session, or another of our cookies.
    """
    own = cookie_name(name, secure=secure)
    response.set_cookie(own, "", max_age=0, path="/", secure=secure, httponly=True, samesite="lax")


def send_away(response: Response[Any], kept: Secret, *, secure: bool) -> None:
    """
    Let the browser keep what it has to come back with.
    """
    name, seconds = cookie_name(AWAY, secure=secure), int(SIGN_ON_LASTS.total_seconds())
    # Not `strict`: who comes back comes from another site.
    response.set_cookie(name, kept.reveal(), max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def kept_away(connection: Connection) -> Secret:
    """
    What a browser kept while somebody was at a sign-on service.
    """
    name = cookie_name(AWAY, secure=connection.app.state.engine.secure)
    return Secret(connection.cookies.get(name) or "")


def changes(connection: Connection) -> bool:
    """
    Whether a request may change something.
    """
    return connection.scope.get("method", "GET") not in SAFE


def from_here(connection: Connection) -> None:
    """
    What a browser says of where a change comes from. Programs say nothing, and have no cookies that they do not mean.

    Raises:
        CrossSite: where it comes from a page of another site.
    """
    site, origin = connection.headers.get("sec-fetch-site"), connection.headers.get("origin")
    if site is not None:
        here = site in ("same-origin", "none")
    else:
        here = origin is None or urlsplit(origin).netloc == connection.headers.get("host")
    if not here:
        raise CrossSite("This was sent by a page of another site.")


def meant(connection: Connection, session: str, told: str | None) -> None:
    """
    Raises:
        CrossSite: where a change in a session was not sent by who can read our pages.
    """
    from_here(connection)
    if not of_session(session, told):
        raise CrossSite(f"A change in a session carries the session's token: send it as {CSRF_HEADER}.")


def of_session(session: str, told: str | None) -> bool:
    """
    Whether a token is the session's: who tells it can read our pages.
    """
    return same(told or "", csrf_token(session))


def address_of(connection: Connection) -> str | None:
    """
    The address of the network that a request comes from.
    """
    return connection.client.host if connection.client else None


def device_of(connection: Connection) -> str:
    return str(connection.headers.get("user-agent", ""))[:200]
