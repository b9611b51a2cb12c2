"""
Links to set a password, as mail.
"""

from attrs import frozen

from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.time import local
from fieldops_core.login.model import Letter, Purpose
from fieldops_core.login.ports import Undeliverable
from fieldops_core.messaging.calculations import clock
from fieldops_core.messaging.model import Letter as Mail
from fieldops_core.messaging.model import MessageId
from fieldops_core.messaging.ports import Mailer, MailFailed

BODY = """{name},

{asked} Set {which} password here:

{link}

This link works once, until {until}.

{unasked} Give the link to nobody.

{company}
"""
INVITED = {
    "subject": "Your invitation to {company}",
    "asked": "you are invited to work with {company}.",
    "which": "your",
    "unasked": "If you do not know {company}, ignore this mail: nothing happens then.",
}
ASKED = {
    "subject": "A new password for {company}",
    "asked": "somebody, we hope you, asked for a new password for {company}.",
    "which": "another",
    "unasked": "If you did not ask for it, ignore this mail: your password stays as it is.",
}
SENT = {
    **ASKED,
    "asked": "{company} sends you this link to a new password.",
    "unasked": "Without it your password stays as it is.",
}


@frozen(kw_only=True)
class MailPost:
    """
    Hands links to a mailer, in the company's name. They lead to the server whose *address* browsers know.
    """

    mailer: Mailer
    address: str

    def deliver(self, letter: Letter, /) -> None:
        try:
            self.mailer.send(mail_for(letter, self.address))
        except MailFailed as failed:
            # What the server said is not told: it may well repeat the link, or to whom it went.
            raise (Undeliverable if failed.refused else MailFailed)("The mail server did not take a link.") from None


def mail_for(letter: Letter, address: str) -> Mail:
    """
    Its Message-ID is the link's id, however often it is sent.
    """
    company, until = " ".join(letter.company.split()), local(letter.expires_at, letter.zone)
    words = {name: text.format(company=company) for name, text in _words(letter).items()}
    return Mail(
        id=MessageId(letter.id),
        sender=company,
        to=Email(letter.email),
        subject=words["subject"],
        body=BODY.format(
            name=" ".join(letter.name.split()),
            company=company,
            link=f"{address}/app/{letter.slug}/link/{letter.secret.reveal()}",
            until=f"{until:%A, %B} {until.day}, {until.year}, {clock(until)} ({until.tzname()})",
            **words,
        ),
    )


def _words(letter: Letter) -> dict[str, str]:
    if letter.purpose is Purpose.RESET:
        return ASKED
    return SENT if letter.known else INVITED
