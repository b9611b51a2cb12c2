"""
Government regulations of records.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from fieldops_core.customers.messages import ListRegulations, RemoveFulfilment, ShowFulfilment
from fieldops_core.customers.model import CustomerId, FulfilmentId
from fieldops_core.customers.views import FulfilmentView, RegulationsView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Version
from fieldops_http.wire.regulations import ChangeFulfilmentBody, FulfilRegulationBody

TAG = "regulations"


@operation(
    "GET", "/customers/{id:uuid}/regulations", summary="List a customer's regulations", tag=TAG, rules="CUS-17 CUS-24"
)
def list_regulations(caller: TheCaller, id: FromPath[CustomerId]) -> Response[RegulationsView]:
    """
    Those of its state and city, by name, and whatever else it has fulfilled, each with its fulfilments: missing,
    fulfilled or expired today. Only where the company has enabled government regulations.
    """
    return caller.ask(ListRegulations(customer=id), RegulationsView)


@operation(
    "POST",
    "/customers/{id:uuid}/fulfilments",
    summary="Fulfil a regulation",
    tag=TAG,
    rules="CUS-24 ACC-12",
    creates=True,
)
def fulfil_regulation(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[FulfilRegulationBody]
) -> Response[FulfilmentView]:
    """
    A permit, an inspection or a fee of the record's state or city. Without `expires_on` it holds for the months of the
    regulation; `null` means for ever.
    """
    return caller.create(data.command(id), FulfilmentView, at="fulfilments")


@operation("GET", "/fulfilments/{id:uuid}", summary="Show a fulfilment", tag=TAG, rules="CUS-24 ACC-12")
def show_fulfilment(caller: TheCaller, id: FromPath[FulfilmentId]) -> Response[FulfilmentView]:
    """
    One fulfilment.
    """
    return caller.ask(ShowFulfilment(fulfilment=id), FulfilmentView)


@operation(
    "PATCH", "/fulfilments/{id:uuid}", summary="Change a fulfilment", tag=TAG, rules="CUS-24 ACC-12", versioned=True
)
def change_fulfilment(
    caller: TheCaller, id: FromPath[FulfilmentId], data: JSONBody[ChangeFulfilmentBody]
) -> Response[FulfilmentView]:
    """
    Another number, or other dates.
    """
    return caller.execute(data.command(id), FulfilmentView, version=data.version)


@operation(
    "DELETE", "/fulfilments/{id:uuid}", summary="Remove a fulfilment", tag=TAG, rules="CUS-24 ACC-12", versioned=True
)
def remove_fulfilment(
    caller: TheCaller, id: FromPath[FulfilmentId], version: Version = None
) -> Response[FulfilmentView]:
    """
    It was told by mistake. What it was is in the history.
    """
    command = RemoveFulfilment(fulfilment=id)
    return caller.execute(command, FulfilmentView, version=UNSET if version is None else version)


OPERATIONS = (list_regulations, fulfil_regulation, show_fulfilment, change_fulfilment, remove_fulfilment)
