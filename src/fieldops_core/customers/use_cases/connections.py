"""
Connections: linked, unlinked, shown, listed. Who may view the customer sees them (CUS-20); they are linked and unlinked
by who may change its sale section, which says to whom.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import LinkConnection, ListConnections, ShowConnection, UnlinkConnection
from fieldops_core.customers.model import Connection
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import Connecting
from fieldops_core.customers.use_cases.belonging import called, owner, page_of, viewed
from fieldops_core.customers.views import ConnectionsView, ConnectionView, connection_view
from fieldops_core.kernel.repository import Lock

SALE = Permission.SALE_INFORMATION


def link_connection(command: LinkConnection, call: Call[Unit]) -> ConnectionView:
    # Locked against who links it too, and who changes what the sale section names.
    customer = owner(command.customer, SALE, Action.MODIFY, call, lock=Lock.EXCLUSIVE)
    there = call.unit.connections.standing(customer.id, command.kind)
    case = Connecting(customer=customer, kind=command.kind, there=there)
    outcome = decisions.link_connection(command, case, call.actor.user, new_id=call.new_id, now=call.now)
    return _views((call.keep(call.unit.connections, outcome),), call)[0]


def unlink_connection(command: UnlinkConnection, call: Call[Unit]) -> ConnectionView:
    connection = call.unit.connections.get(command.connection)
    owner(connection.customer, SALE, Action.MODIFY, call)
    call.expect(connection)
    outcome = decisions.unlink_connection(connection, call.actor.user, now=call.now)
    return _views((call.keep(call.unit.connections, outcome),), call)[0]


def show_connection(question: ShowConnection, call: Call[Unit]) -> ConnectionView:
    connection = call.unit.connections.get(question.connection)
    viewed(connection.customer, call)
    return _views((connection,), call)[0]


def list_connections(question: ListConnections, call: Call[Unit]) -> ConnectionsView:
    viewed(question.customer, call)
    page, next, count = page_of(call.unit.connections, question, open=question.open)
    return ConnectionsView(items=_views(page, call), next=next, count=count)


def _views(connections: tuple[Connection, ...], call: Call[Unit]) -> tuple[ConnectionView, ...]:
    users = (id for each in connections for id in (each.linked_by, each.unlinked_by))
    names = called(users, (each.provider for each in connections), call)
    return tuple(connection_view(each, names) for each in connections)
