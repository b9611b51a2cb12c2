"""
Mail by an SMTP server.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from urllib.parse import unquote, urlsplit

from attrs import frozen

from fieldops_adapters.notifying.letters import mail_of
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.secret import Secret
from fieldops_core.messaging.model import Letter
from fieldops_core.messaging.ports import MailFailed

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
SECONDS = 20.0
SAID = 300


@frozen(kw_only=True)
class Server:
    """
    Where mail is handed in: *scheme* ``smtp`` with STARTTLS, ``smtps`` with TLS from the start, ``smtp+plain`` with
    neither; and as which *user*, if any.
    """

    scheme: str
    host: str
    port: int
    user: str = ""


def server_at(url: str) -> Server:
    """
    Raises:
        ValueError: where that is no address of a mail server. A password does not belong into it.
    """
    parts = urlsplit(url)
    user = unquote(parts.username or "")
    plain = parts.scheme == "smtp+plain"
    if parts.scheme not in PORTS or not parts.hostname or parts.password is not None or (plain and user):
        raise ValueError("no address of a mail server")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("no address of a mail server")
    return Server(scheme=parts.scheme, host=parts.hostname, port=parts.port or PORTS[parts.scheme], user=user)


class SmtpMailer:
    """
    Hands letters to a mail server, each over a connection of its own. What the server takes may still come back later:
    nobody here reads what comes back. Without TLS it sends no password.

    Raises:
        ValueError: where *url* is no address of a mail server.
    """

    sends = True

    def __init__(
        self, url: str, *, sender: Email, password: Secret | None = None, trust: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._sender, self._password = server_at(url), sender, password
        self._trust = trust or ssl.create_default_context()

    def send(self, letter: Letter) -> None:
        mail = mail_of(letter, self._sender)
        with _failing():
            server = self._connected()
            try:
                self._logged_in(server)
                server.send_message(mail)
            finally:
                # The letter was taken, or not: how the connection ends says nothing of it.
                with suppress(SMTPException, OSError):
                    server.quit()

    def _connected(self) -> SMTP:
        there = self._server
        if there.scheme == "smtps":
            return SMTP_SSL(there.host, there.port, timeout=SECONDS, context=self._trust)
        server = SMTP(there.host, there.port, timeout=SECONDS)
        if there.scheme == "smtp":
            try:
                server.starttls(context=self._trust)
            except BaseException:
                server.close()
                raise
        return server

    def _logged_in(self, server: SMTP) -> None:
        if self._server.user and self._password is not None:
            server.login(self._server.user, self._password.reveal())


@contextmanager
def _failing() -> Iterator[None]:
    """
    Raises:
        MailFailed: for whatever a mail server, or the way there, did. What it said is told, but for a password's sake
            not what it said of that.
    """
    try:
        yield
    except SMTPRecipientsRefused as error:
        ((code, said),) = tuple(error.recipients.values())[:1]
        raise MailFailed(_said("does not take mail to this address", code, said), refused=code >= 500) from None
    except SMTPAuthenticationError as error:
        raise MailFailed(f"The mail server does not know this user and password ({error.smtp_code}).") from None
    except SMTPSenderRefused as error:
        raise MailFailed(_said("does not take mail from here", error.smtp_code, error.smtp_error)) from None
    except SMTPDataError as error:
        code = error.smtp_code
        raise MailFailed(_said("does not take this mail", code, error.smtp_error), refused=code >= 500) from None
    except SMTPNotSupportedError:
        raise MailFailed("The mail server cannot do what is asked of it: TLS, a log-in, or such an address.") from None
    except ssl.SSLError as error:
        raise MailFailed(f"The mail server cannot be trusted: {error.reason or 'TLS failed'}.") from None
    except (SMTPException, OSError) as error:
        raise MailFailed(f"The mail server does not answer: {type(error).__name__}.") from None


def _said(what: str, code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    clean = "".join(each if each.isprintable() else " " for each in text)
    return f"The mail server {what}: {code} {clean[:SAID]}"
