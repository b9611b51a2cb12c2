"""
Customers.
"""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import ListCustomers, ShowCustomer, SuggestAddresses
from fieldops_core.customers.model import ArchiveStatus, CustomerId, RecordStatus, Sort
from fieldops_core.customers.views import CustomersView, CustomerView, DuplicatesView, SuggestionsView
from fieldops_core.kernel.ids import LocationId
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import AfterRecord, Limit, Number, Search, Typed
from fieldops_http.wire.changes import CustomerChangeView, CustomerPreview
from fieldops_http.wire.customers import ChangeCustomerBody, ConvertLeadBody, CreateCustomerBody, FindDuplicatesBody


@operation("GET", "/customers", summary="List customers", tag="customers", rules="ACC-12 ACC-18 CUS-15 API-04")
def list_customers(
    caller: TheCaller,
    search: Search = None,
    number: Number = None,
    location: FromQuery[LocationId | None] = None,
    stage: FromQuery[Stage | None] = None,
    tag: FromQuery[EntryId | None] = None,
    lead_status: FromQuery[EntryId | None] = None,
    status: FromQuery[RecordStatus | None] = None,
    sort: FromQuery[Sort | None] = None,
    after: AfterRecord = None,
    archive: FromQuery[ArchiveStatus] = ArchiveStatus.ALL,
    limit: Limit = 50,
) -> Response[CustomersView]:
    """
    Customers and leads that the reader may view. `search` holds words of a name, business name, telephone number,
    email, number or address; each must be found, those of fewer than 3 characters at the start of a word. `tag` keeps
    those that have it, `lead_status` the leads of that status, `status` those at risk (a mark stands) or the customers
    whose account is cancelled, as far as the reader may see that. Without `sort` what comes closest is first: an exact
    number or external id, names that begin so, the rest; and a list without a search is in the order of numbers. At
    most 1,000 matches are ranked; `more_matched` says that there are others.
    """
    question = ListCustomers(
        search=search,
        number=number,
        location=location,
        stage=stage,
        tag=tag,
        lead_status=lead_status,
        status=status,
        archive=archive,
        sort=sort,
        after=after,
        limit=limit,
    )
    return caller.ask(question, CustomersView)


@operation(
    "POST",
    "/customers",
    summary="Create a customer",
    tag="customers",
    rules="CUS-01 CUS-02 CUS-03 CUS-13",
    creates=True,
)
def create_customer(caller: TheCaller, data: JSONBody[CreateCustomerBody]) -> Response[CustomerView]:
    """
    A customer, or with `"stage": "lead"` a lead. Without coordinates nobody is offered by distance. Where the company
    checks for duplicates, one that there may be already is refused with `customer.duplicate`, whose facts are the
    candidates; `"despite_duplicates": true` creates it all the same.
    """
    return caller.create(data.command(), CustomerView, at="customers")


@operation(
    "POST", "/customers/duplicates", summary="Find duplicates of a new customer", tag="customers", rules="CUS-13"
)
def find_duplicates(caller: TheCaller, data: JSONBody[FindDuplicatesBody]) -> Response[DuplicatesView]:
    """
    Records with one telephone number in common, the same email address, or at the same address a name that is the same
    but for two letters: what creating such a record would be refused for.
    """
    return caller.ask(data.question(), DuplicatesView)


@operation("GET", "/customers/{id:uuid}", summary="Show a customer", tag="customers", rules="ACC-12")
def show_customer(caller: TheCaller, id: FromPath[CustomerId]) -> Response[CustomerView]:
    """
    One record.
    """
    return caller.ask(ShowCustomer(customer=id), CustomerView)


@operation(
    "PATCH",
    "/customers/{id:uuid}",
    summary="Change a customer",
    tag="customers",
    rules="ACC-12 ACC-13 ACC-15 CUS-03 CUS-11 CUS-19",
    versioned=True,
)
def change_customer(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[ChangeCustomerBody]
) -> Response[CustomerChangeView]:
    """
    New values for some fields, and of a section for those that are sent. A stale version is answered with what was
    changed since, and by whom. Open appointments follow to another location, at the same instants; those that it, or
    another address, no longer fits are `unfit`.
    """
    return caller.tell(data.command(id), CustomerChangeView.of, version=data.version)


@operation(
    "POST",
    "/customers/{id:uuid}/convert",
    summary="Convert a lead to a customer",
    tag="customers",
    rules="CUS-18 ACC-12",
    versioned=True,
)
def convert_lead(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[ConvertLeadBody]
) -> Response[CustomerChangeView]:
    """
    The lead becomes a customer of a location, sold by a user; what it has carries over, number and appointments stay.
    Needs `leads` MODIFY at its location and `customers` CREATE at the new one. Open appointments follow to another
    location; those that it no longer fits are `unfit`.
    """
    return caller.tell(data.command(id), CustomerChangeView.of, version=data.version)


@operation(
    "POST", "/customers/{id:uuid}/preview", summary="Preview a change of a customer", tag="customers", rules="CUS-19"
)
def preview_customer(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[ChangeCustomerBody]
) -> Response[CustomerPreview]:
    """
    What the same change would answer, or what would refuse it, computed by carrying it out and rolling it back.
    """
    return Response(CustomerPreview.of(caller.preview(data.command(id), version=data.version)))


@operation("GET", "/address_suggestions", summary="Suggest addresses", tag="customers", rules="CUS-14", outside=True)
def suggest_addresses(
    caller: TheCaller, text: Typed, limit: Annotated[int, QueryParameter(ge=1, le=10)] = 5
) -> Response[SuggestionsView]:
    """
    Addresses that may be meant by what was typed so far, each with where it lies: by an address service where the
    server is given one that completes addresses, else ZIP codes with their states, for the digits at the end of the
    text.
    """
    return caller.ask(SuggestAddresses(text=text, limit=limit), SuggestionsView)


OPERATIONS = (
    list_customers,
    create_customer,
    find_duplicates,
    show_customer,
    change_customer,
    convert_lead,
    preview_customer,
    suggest_addresses,
)
