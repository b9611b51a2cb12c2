"""
Connections: to a central station, which monitors, and to a provider of interactive services.
"""

from datetime import datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.text import filled, tidy

ConnectionId = NewType("ConnectionId", UUID)


class ConnectionKind(Enum):
    """
    MONITORING: to the central station of the company that monitors the customer. INTERACTIVE: to the provider of its
    interactive services.
    """

    MONITORING = "monitoring"
    INTERACTIVE = "interactive"


def _account_number(text: str) -> str:
    return filled(text, field="account_number", limit=100)


@frozen(kw_only=True)
class Account:
    """
    What a provider is told of a customer's account: whose it is, what the *provider* is called, the *account_number*
    there, and, of one that is linked, the *reference* by which the provider knows the link.
    """

    company: CompanyId
    customer: CustomerId
    provider: str
    account_number: str
    reference: str = ""


@frozen(kw_only=True)
class Linked:
    """
    What a provider answered. *by_hand*: nobody was told, somebody linked the account there themselves.
    """

    by_hand: bool = True
    reference: str = ""


@frozen(kw_only=True)
class Connection:
    """
    A customer's account, linked to a *provider*: an entry of the monitoring companies, or of the interactive services
    providers. *by_hand*: the provider was not told by this program.

    Raises:
        InvalidValue: where the account number does not have 1 to 100 characters.
    """

    id: ConnectionId
    customer: CustomerId
    kind: ConnectionKind
    provider: EntryId
    account_number: str = field(converter=_account_number)
    reference: str = ""
    by_hand: bool = True
    linked_by: UserId | None
    linked_at: datetime
    unlinked_by: UserId | None = None
    unlinked_at: datetime | None = None
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, reference=200)

    @property
    def open(self) -> bool:
        return self.unlinked_at is None
