"""
Sheets printed, and messages sent: both outside of transactions, so that no database waits for a printer or a mail
server.
"""

from typing import Protocol, cast

from attrs import frozen

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.app.filing import Download
from fieldops_core.app.ports import DueMessage, Ports, Receipt, Storage
from fieldops_core.kernel.context import Source
from fieldops_core.messaging.messages import FinishSending, PreviewSheet
from fieldops_core.messaging.model import Attachment, Letter, Message, Sheet
from fieldops_core.messaging.ports import MailFailed, SheetFailed

PDF = "application/pdf"
UNPRINTED = "pdf generation failed"


class Engine(Protocol):
    """
    What mailing needs of :class:`~fieldops_core.app.fieldops.FieldOps`.
    """

    def execute(self, command: object, context: Context) -> Receipt: ...

    def ask(self, question: object, context: Context) -> object: ...


@frozen
class Mailing:
    """
    An engine over a storage, and the printer and the mailer of *ports*.
    """

    engine: Engine
    storage: Storage
    ports: Ports

    def print_sheet(self, question: PreviewSheet, context: Context) -> Download:
        """
        Raises:
            Forbidden, NotFound: as the engine's ``ask``.
            SheetFailed: where it cannot be printed, whatever the reason (PDF-03).
        """
        sheet = cast("Sheet", self.engine.ask(question, context))
        return Download(name=sheet.name, media_type=PDF, content=self._printed(sheet))

    def send(self, due: DueMessage) -> None:
        """
        Send a message, and keep how that ended. Where this process ends between the two, the message is due again when
        its lease ends, and goes out a second time under the same Message-ID (NTF-01).
        """
        with self.storage.reading(due.company) as unit:
            message, company = unit.messages.get(due.message), unit.companies.setup().company.name
        if not message.waiting:
            return
        finish = FinishSending(message=message.id)
        try:
            self.ports.mailer.send(self._letter(message, company))
        except (MailFailed, SheetFailed) as failed:
            refused = isinstance(failed, MailFailed) and failed.refused
            finish = FinishSending(message=message.id, error=str(failed), refused=refused)
        self.engine.execute(finish, Context(company=due.company, actor=SYSTEM, source=Source.SYSTEM))

    def _letter(self, message: Message, company: str) -> Letter:
        sheet = message.sheet
        files = (Attachment(name=sheet.name, media_type=PDF, content=self._printed(sheet)),) if sheet else ()
        return Letter(
            id=message.id,
            sender=company,
            to=message.to,
            subject=message.subject,
            body=message.body,
            attachments=files,
        )

    def _printed(self, sheet: Sheet) -> bytes:
        try:
            return self.ports.sheets.print_sheet(sheet)
        except Exception as error:
            raise SheetFailed(UNPRINTED) from error
