"""
Mail in a folder: files that mail programs open.
"""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from fieldops_adapters.notifying.folder import FolderMailer
from fieldops_adapters.notifying.letters import mail_of
from fieldops_core.kernel.contact import Email
from fieldops_core.messaging.model import Attachment, Letter, MessageId
from fieldops_core.messaging.ports import MailFailed
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import fresh

SENDER = Email("dispatch@acme.example")


def a_letter() -> Letter:
    return Letter(
        id=MessageId(fresh()),
        sender="Müller & Söhne, Inc.",
        to=Email("maria@example.com"),
        subject="Ihr Termin – Mittwoch",
        body="Grüße\nvon uns",
        attachments=(Attachment(name="sheet.pdf", media_type="application/pdf", content=b"%PDF-1.7\x00\xff"),),
    )


def test_a_letter_is_a_file_that_says_what_it_says(tmp_path: Path) -> None:
    letter = a_letter()

    FolderMailer(tmp_path / "new" / "mail", sender=SENDER).send(letter)

    mail = message_from_bytes((tmp_path / "new" / "mail" / f"{letter.id}.eml").read_bytes(), policy=default)
    body, (attached,) = mail.get_body(), tuple(mail.iter_attachments())
    assert (mail["subject"], mail["to"]) == (letter.subject, "maria@example.com")
    (sender,) = mail["from"].addresses
    assert (sender.display_name, sender.addr_spec) == (letter.sender, SENDER.address)
    assert body is not None and body.get_content().replace("\r\n", "\n") == "Grüße\nvon uns\n"
    assert (attached.get_filename(), attached.get_content_type(), attached.get_content()) == (
        "sheet.pdf",
        "application/pdf",
        b"%PDF-1.7\x00\xff",
    )


@pytest.mark.rule("NTF-01")
def test_a_letter_that_is_handed_on_twice_is_one_file_with_one_id(tmp_path: Path) -> None:
    letter, mailer = a_letter(), FolderMailer(tmp_path, sender=SENDER)

    mailer.send(letter)
    mailer.send(letter)

    (file,) = tmp_path.iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["message-id"] == f"<{letter.id}@acme.example>"


def test_a_folder_that_cannot_be_written_to_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(MailFailed, match="The folder for mail cannot be written to"):
        FolderMailer(tmp_path / "file", sender=SENDER).send(a_letter())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(letter=strategies.letters())
def test_any_letter_becomes_mail_of_one_recipient(letter: Letter) -> None:
    written = bytes(mail_of(letter, SENDER))
    mail = message_from_bytes(written, policy=default)

    assert f"\r\nTo: {letter.to.address}\r\n".encode() in written
    assert "bcc" not in mail and "cc" not in mail
    assert len(tuple(mail.iter_attachments())) == len(letter.attachments)


def test_a_name_of_many_lines_makes_no_header_of_its_own() -> None:
    mail = mail_of(evolve(a_letter(), sender="Acme\r\nBcc: everybody@example.com"), SENDER)

    assert "bcc" not in message_from_bytes(bytes(mail), policy=default)
