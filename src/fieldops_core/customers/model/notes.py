"""
Notes and tickets.
"""

from datetime import date, datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import filled

NoteId = NewType("NoteId", UUID)
TicketId = NewType("TicketId", NoteId)

TEXT_LIMIT = 20_000


def _text(text: str) -> str:
    return filled(text, field="text", limit=TEXT_LIMIT)


@frozen(kw_only=True)
class Note:
    """
    A text on a record, of a note type from the catalog. It is plain text: what looks like markup is shown as it stands.

    Raises:
        InvalidValue: where the text does not have 1 to 20,000 characters.
    """

    id: NoteId
    customer: CustomerId
    type: EntryId
    text: str = field(converter=_text)
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1


class TicketStatus(Enum):
    """
    Whether a ticket is still to be done.
    """

    OPEN = "open"
    CLOSED = "closed"


@frozen(kw_only=True)
class Ticket(Note):
    """
    A note with an assignee and a due date, a local one of the record's location (CUS-23). *closed_by* and *closed_at*
    tell of a closed one alone.
    """

    id: TicketId
    assignee: UserId
    due: date
    status: TicketStatus = TicketStatus.OPEN
    closed_by: UserId | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.status is TicketStatus.OPEN

    def overdue(self, today: date) -> bool:
        """
        Open, and its due date has passed.
        """
        return self.open and self.due < today
