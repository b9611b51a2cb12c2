"""
What linking a customer's account to a provider, and unlinking it, come to.
"""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from attrs import evolve

from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import ConnectionLinked, ConnectionUnlinked, LinkConnection
from fieldops_core.customers.model import Connection, ConnectionId
from fieldops_core.customers.rules import CONNECTING, DISCONNECTING, Connecting
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require


def link_connection(
    command: LinkConnection, case: Connecting, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Connection]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    require(CONNECTING, case)
    connection = Connection(
        id=ConnectionId(new_id()),
        customer=command.customer,
        kind=command.kind,
        provider=cast("EntryId", case.provider),  # the rules said so
        account_number=command.account_number,
        reference=command.told.reference,
        by_hand=command.told.by_hand,
        linked_by=by,
        linked_at=now,
    )
    return Outcome(state=connection, events=(ConnectionLinked.of(None, connection, at=now),))


def unlink_connection(connection: Connection, by: UserId | None, *, now: datetime) -> Outcome[Connection]:
    """
    Raises:
        Refused: where it was unlinked already.
    """
    require(DISCONNECTING, connection)
    unlinked = evolve(connection, unlinked_by=by, unlinked_at=now, version=connection.version + 1)
    return Outcome(before=connection, state=unlinked, events=(ConnectionUnlinked.of(connection, unlinked, at=now),))
