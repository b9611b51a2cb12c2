"""
Requests about connections of customers.
"""

from fieldops_core.customers.messages import LinkConnection
from fieldops_core.customers.model import ConnectionKind, CustomerId
from fieldops_http.wire.values import Body, Change


class LinkConnectionBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The kind of connection, and the number of the account there, of 1 to 100 characters.
    """

    kind: ConnectionKind
    account_number: str

    def command(self, customer: CustomerId) -> LinkConnection:
        return LinkConnection(customer=customer, kind=self.kind, account_number=self.account_number)


class UnlinkConnectionBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Nothing but the version.
    """
