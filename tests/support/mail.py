"""
A mail server, which is a real one.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Inbox:
    """
    Takes mail, and refuses some addresses.
    """

    def __init__(self) -> None:
        self.mail: list[Any] = []
        self.logged_in: list[bool] = []
        self.answer = "250 taken"

    async def handle_RCPT(  # noqa: N802 - the server's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 5.1.1 No such mailbox here"
        if address.startswith("full"):
            return "452 4.2.2 Mailbox full, try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.mail.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
            self.logged_in.append(bool(session.authenticated))
        return self.answer


def served(controller: Controller) -> Iterator[Controller]:
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()
