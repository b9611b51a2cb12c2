"""
What archiving answers.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.model import Status
from fieldops_core.scheduling.views import UserRef


@frozen(kw_only=True)
class AffectedVisit:
    """
    An appointment of a customer that is to be archived. Its times are the location's.
    """

    id: UUID
    version: int
    kind: Kind
    status: Status
    type: str
    user: UserRef
    start: datetime
    end: datetime
    zone: str


@frozen(kw_only=True)
class AffectedView:
    """
    What archiving does to one customer: how many *upcoming* appointments it cancels, and those of these that the reader
    may see; those that are SCHEDULED and *over*, which stay as they are; and those *under_way*, which stand against it.
    Number and name are None for whom may not view the customer.
    """

    id: UUID
    number: int | None
    name: str | None
    upcoming: int
    appointments: tuple[AffectedVisit, ...]
    over: tuple[AffectedVisit, ...]
    under_way: tuple[AffectedVisit, ...]


@frozen(kw_only=True)
class ArchivePreview:
    """
    What archiving a customer would do to it and to its unarchived sub-customers (*children*), and what stands against
    it. *consent* is for the command: it archives what is listed here, or nothing.
    """

    customer: AffectedView
    children: tuple[AffectedView, ...]
    summary: str
    violations: tuple[Violation, ...]
    consent: str


@frozen(kw_only=True)
class ArchiveView:
    """
    A customer that was archived: with how many *children*, and how many appointments were *cancelled*.
    """

    id: UUID
    version: int
    archived_at: datetime
    children: int
    cancelled: int
    summary: str


@frozen(kw_only=True)
class UnarchiveView:
    """
    A customer that was unarchived: with how many *children*, and how many of them are *left* archived.
    """

    id: UUID
    version: int
    children: int
    left: int
    summary: str


def preview_summary(*, upcoming: int, children: int) -> str:
    """
    What archiving does, in a sentence or two.
    """
    told = [f"{_some(upcoming, 'upcoming appointment')} will be cancelled."] if upcoming else []
    told += [f"{_some(children, 'sub-customer')} will be archived too."] if children else []
    return " ".join(told) or "Nothing will be affected."


def archive_summary(*, cancelled: int, children: int) -> str:
    told = f" with {_some(children, 'sub-customer')}" if children else ""
    return f"Archived{told}; {_some(cancelled, 'upcoming appointment')} cancelled."


def unarchive_summary(*, children: int) -> str:
    told = f" with {_some(children, 'sub-customer')}" if children else ""
    return f"Unarchived{told}. What was cancelled when it was archived stays cancelled."


def _some(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"
