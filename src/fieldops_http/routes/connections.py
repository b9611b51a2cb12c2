"""
Connections of customers.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.customers.messages import ListConnections, ShowConnection, UnlinkConnection
from fieldops_core.customers.model import ConnectionId, CustomerId
from fieldops_core.customers.views import ConnectionsView, ConnectionView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Limit
from fieldops_http.wire.connections import LinkConnectionBody, UnlinkConnectionBody

TAG = "connections"


@operation(
    "GET",
    "/customers/{id:uuid}/connections",
    summary="List a customer's connections",
    tag=TAG,
    rules="CUS-17 CUS-20 CUS-24 ACC-16 API-04",
)
def list_connections(
    caller: TheCaller,
    id: FromPath[CustomerId],
    open: FromQuery[bool | None] = None,
    after: FromQuery[ConnectionId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[ConnectionsView]:
    """
    Newest first. `open=true`: those that are linked. `count=true`: with how many such there are. A lead has none.
    """
    question = ListConnections(customer=id, open=open, after=after, limit=limit, count=count)
    return caller.ask(question, ConnectionsView)


@operation(
    "POST",
    "/customers/{id:uuid}/connections",
    summary="Link a customer's account",
    tag=TAG,
    rules="CUS-17 CUS-20 CUS-24 CUS-04 ACC-16",
    creates=True,
    outside=True,
)
def link_connection(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[LinkConnectionBody]
) -> Response[ConnectionView]:
    """
    To whom the sale section names: who it is monitored by, or its interactive services provider. While a customer is
    linked to a central station, `monitored_by` cannot be changed. `"by_hand": true` says that nobody was told: the
    account has to be linked at the provider by somebody.
    """
    return caller.create(data.command(id), ConnectionView, at="connections", through=caller.fieldops.link)


@operation("GET", "/connections/{id:uuid}", summary="Show a connection", tag=TAG, rules="CUS-17 CUS-20 CUS-24 ACC-16")
def show_connection(caller: TheCaller, id: FromPath[ConnectionId]) -> Response[ConnectionView]:
    """
    One connection, whether it is linked or was unlinked.
    """
    return caller.ask(ShowConnection(connection=id), ConnectionView)


@operation(
    "POST",
    "/connections/{id:uuid}/unlink",
    summary="Unlink a customer's account",
    tag=TAG,
    rules="CUS-24 CUS-04 ACC-16",
    versioned=True,
    outside=True,
)
def unlink_connection(
    caller: TheCaller, id: FromPath[ConnectionId], data: JSONBody[UnlinkConnectionBody]
) -> Response[ConnectionView]:
    """
    At its provider too, unless it was linked by hand. One that was unlinked already is refused.
    """
    command = UnlinkConnection(connection=id)
    return caller.execute(command, ConnectionView, version=data.version, through=caller.fieldops.unlink)


OPERATIONS = (list_connections, link_connection, show_connection, unlink_connection)
