"""
A letter as mail (RFC 5322).
"""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import localtime

from fieldops_core.kernel.contact import Email
from fieldops_core.messaging.model import Letter


def mail_of(letter: Letter, sender: Email) -> EmailMessage:
    """
    Its Message-ID is the same however often it is made (NTF-01). It is from *sender*, under the company's name.
    """
    name, _, domain = sender.address.rpartition("@")
    # An address that is not ASCII cannot be written otherwise than as it is (RFC 6532).
    mail = EmailMessage(policy=SMTP if letter.to.address.isascii() else SMTPUTF8)
    mail["From"] = Address(" ".join(letter.sender.split()), name, domain)
    mail["To"] = letter.to.address
    mail["Subject"] = letter.subject
    mail["Date"] = localtime()
    mail["Message-ID"] = f"<{letter.id}@{domain}>"
    mail.set_content(letter.body or "\n")
    for file in letter.attachments:
        main, _, sub = file.media_type.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return mail
