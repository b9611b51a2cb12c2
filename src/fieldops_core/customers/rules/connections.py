"""
Rules of connections.
"""

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import Connection, ConnectionKind, Customer
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Connecting:
    """
    An account that is to be linked: what of its *kind* is linked there already.
    """

    customer: Customer
    kind: ConnectionKind
    there: Connection | None

    @property
    def provider(self) -> EntryId | None:
        """
        Whom the sale section names.
        """
        sale = self.customer.sale
        return sale.monitored_by if self.kind is ConnectionKind.MONITORING else sale.interactive_provider


@rule("CUS-20", "connection.customers_only", "Only customers have connections, and this is a lead.")
def connected_record_is_a_customer(case: Connecting) -> Facts | None:
    """
    Monitoring and interactive services belong to customers.
    """
    return {} if case.customer.stage is Stage.LEAD else None


FIELDS = {ConnectionKind.MONITORING: "who monitors it", ConnectionKind.INTERACTIVE: "its interactive services provider"}


@rule("CUS-24", "connection.no_provider", "Fill in {field} in the sale section first.", field="kind")
def provider_is_named(case: Connecting) -> Facts | None:
    """
    The link is to whom the record names, so that the two never differ.
    """
    asked = case.customer.stage is Stage.CUSTOMER
    return {"field": FIELDS[case.kind]} if asked and case.provider is None else None


@rule("CUS-24", "connection.linked", "This customer is linked already, as account {account_number}.", field="kind")
def nothing_of_the_kind_is_linked(case: Connecting) -> Facts | None:
    """
    One central station at a time, and one provider of interactive services.
    """
    there = case.there
    return {"account_number": there.account_number, "connection": str(there.id)} if there is not None else None


@rule("CUS-24", "connection.unlinked", "This connection was unlinked already.")
def connection_is_linked(connection: Connection) -> Facts | None:
    """
    A connection is unlinked once. Another one is linked anew.
    """
    return None if connection.open else {"unlinked_at": connection.unlinked_at}


CONNECTING = (connected_record_is_a_customer, provider_is_named, nothing_of_the_kind_is_linked)
DISCONNECTING = (connection_is_linked,)
