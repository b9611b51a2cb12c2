"""
Mail by a server, which is a real one.
"""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from attrs import evolve
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fieldops_adapters.notifying.smtp import SmtpMailer, server_at
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.secret import Secret
from fieldops_core.messaging.ports import MailFailed
from tests.adapters.notifying.test_folder import SENDER, a_letter
from tests.support.mail import Inbox, served
from tests.support.ports import free_port

USER, PASSWORD = "acme", "correct horse"


def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: Any) -> AuthResult:
    known = isinstance(told, LoginPassword) and (told.login, told.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=known)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """
    A certificate of 127.0.0.1, signed by itself, and its key.
    """
    folder, key = tmp_path_factory.mktemp("papers"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def plain(inbox: Inbox) -> Iterator[Controller]:
    """
    A server without TLS.
    """
    yield from served(Controller(inbox, hostname="127.0.0.1", port=free_port()))


@pytest.fixture
def careful(inbox: Inbox, papers: tuple[Path, Path]) -> Iterator[Controller]:
    """
    A server that wants TLS and a log-in.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*papers)
    yield from served(
        Controller(
            inbox,
            hostname="127.0.0.1",
            port=free_port(),
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=knows,
        )
    )


def test_a_letter_is_taken_with_all_that_it_says(plain: Controller, inbox: Inbox) -> None:
    letter = a_letter()

    SmtpMailer(f"smtp+plain://127.0.0.1:{plain.port}", sender=SENDER).send(letter)

    (mail,) = inbox.mail
    (attached,) = mail.iter_attachments()
    assert (mail["subject"], mail["message-id"]) == (letter.subject, f"<{letter.id}@acme.example>")
    assert attached.get_content() == letter.attachments[0].content


def test_a_log_in_goes_by_tls_alone(careful: Controller, inbox: Inbox, papers: tuple[Path, Path]) -> None:
    trust = ssl.create_default_context(cafile=papers[0])
    mailer = SmtpMailer(
        f"smtp://{USER}@127.0.0.1:{careful.port}", sender=SENDER, password=Secret(PASSWORD), trust=trust
    )

    mailer.send(a_letter())

    assert (len(inbox.mail), inbox.logged_in) == (1, [True])
    with pytest.raises(ValueError, match="no address of a mail server"):
        SmtpMailer(f"smtp+plain://{USER}@127.0.0.1", sender=SENDER)


def test_tls_from_the_start(inbox: Inbox, papers: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*papers)
    trust = ssl.create_default_context(cafile=papers[0])

    class Encrypted(Controller):
        def _trigger_server(self) -> None:
            plain = socket.create_connection(("127.0.0.1", self.port))
            with trust.wrap_socket(plain, server_hostname="127.0.0.1") as encrypted:
                encrypted.recv(1024)

    for server in served(Encrypted(inbox, hostname="127.0.0.1", port=free_port(), ssl_context=context)):
        SmtpMailer(f"smtps://127.0.0.1:{server.port}", sender=SENDER, trust=trust).send(a_letter())

    assert len(inbox.mail) == 1


def test_a_server_that_cannot_be_trusted_gets_no_password(careful: Controller, inbox: Inbox) -> None:
    mailer = SmtpMailer(f"smtp://{USER}@127.0.0.1:{careful.port}", sender=SENDER, password=Secret(PASSWORD))

    with pytest.raises(MailFailed, match="cannot be trusted") as failed:
        mailer.send(a_letter())
    assert not failed.value.refused
    assert inbox.mail == []


def test_a_wrong_password_is_told_without_it(careful: Controller, papers: tuple[Path, Path]) -> None:
    trust = ssl.create_default_context(cafile=papers[0])
    url = f"smtp://{USER}@127.0.0.1:{careful.port}"

    with pytest.raises(MailFailed) as failed:
        SmtpMailer(url, sender=SENDER, password=Secret("wrong horse"), trust=trust).send(a_letter())

    assert (str(failed.value), failed.value.refused) == (
        "The mail server does not know this user and password (535).",
        False,
    )


def test_a_server_without_tls_is_sent_nothing_where_tls_was_asked_for(plain: Controller, inbox: Inbox) -> None:
    with pytest.raises(MailFailed, match="cannot do what is asked of it"):
        SmtpMailer(f"smtp://127.0.0.1:{plain.port}", sender=SENDER).send(a_letter())
    assert inbox.mail == []


@pytest.mark.rule("NTF-08")
@pytest.mark.parametrize(
    ("to", "refused", "said"),
    [
        ("gone@example.com", True, "550 5.1.1 No such mailbox here"),
        ("full@example.com", False, "452 4.2.2 Mailbox full"),
    ],
)
def test_what_a_server_does_not_take_is_refused_or_tried_again(
    plain: Controller, inbox: Inbox, to: str, refused: bool, said: str
) -> None:
    with pytest.raises(MailFailed, match="does not take mail to this address") as failed:
        SmtpMailer(f"smtp+plain://127.0.0.1:{plain.port}", sender=SENDER).send(evolve(a_letter(), to=Email(to)))

    assert failed.value.refused is refused
    assert said in str(failed.value)
    assert inbox.mail == []


@pytest.mark.rule("NTF-08")
@pytest.mark.parametrize(("answer", "refused"), [("554 5.7.1 Looks like spam", True), ("451 4.3.0 Busy", False)])
def test_a_letter_that_is_not_taken(plain: Controller, inbox: Inbox, answer: str, refused: bool) -> None:
    inbox.answer = answer

    with pytest.raises(MailFailed, match="does not take this mail") as failed:
        SmtpMailer(f"smtp+plain://127.0.0.1:{plain.port}", sender=SENDER).send(a_letter())
    assert failed.value.refused is refused


def test_a_server_that_is_not_there_may_be_there_later() -> None:
    with pytest.raises(MailFailed, match="does not answer") as failed:
        SmtpMailer(f"smtp+plain://127.0.0.1:{free_port()}", sender=SENDER).send(a_letter())
    assert not failed.value.refused


@pytest.mark.parametrize("url", ["", "smtp:", "smtp://a:b@c", "smtp://host/path", "ftp://host", "smtp+plain://a@host"])
def test_what_is_no_mail_server(url: str) -> None:
    with pytest.raises(ValueError, match="no address of a mail server"):
        server_at(url)


def test_ports_have_defaults() -> None:
    told = [server_at(url) for url in ("smtp://a%40b@host", "smtps://host", "smtp+plain://host", "smtp://host:2525")]

    assert [(each.port, each.user) for each in told] == [(587, "a@b"), (465, ""), (25, ""), (2525, "")]
