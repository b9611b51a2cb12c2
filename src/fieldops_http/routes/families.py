"""
Families: parents and sub-customers.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from fieldops_core.customers.messages import FindParents, ShowFamily, UnlinkParent
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import FamilyView, ParentsView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Limit, Search, Version
from fieldops_http.wire.families import LinkParentBody

TAG = "customers"
PARENT = "/customers/{id:uuid}/parent"


@operation("GET", "/customers/{id:uuid}/family", summary="Show a customer's family", tag=TAG, rules="FAM-05 FAM-07")
def show_family(caller: TheCaller, id: FromPath[CustomerId]) -> Response[FamilyView]:
    """
    Its parent, or its sub-customers, and what is said of them. Who may not be viewed has neither number nor name.
    """
    return caller.ask(ShowFamily(customer=id), FamilyView)


@operation("GET", f"{PARENT}/candidates", summary="Find a parent", tag=TAG, rules="FAM-02 FAM-06")
def find_parents(
    caller: TheCaller, id: FromPath[CustomerId], search: Search = None, limit: Limit = 50
) -> Response[ParentsView]:
    """
    Top-level customers that this one may become a sub-customer of, by words of a name, business name or number. Where
    it can have no parent, `violations` say why, and nobody is found.
    """
    return caller.ask(FindParents(customer=id, search=search or "", limit=limit), ParentsView)


@operation("PUT", PARENT, summary="Choose a customer's parent", tag=TAG, rules="FAM-01 FAM-06", versioned=True)
def link_parent(caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[LinkParentBody]) -> Response[FamilyView]:
    """
    Makes this a sub-customer of another one, in place of the parent that it has. The version is the sub-customer's.
    """
    return caller.execute(data.command(id), FamilyView, version=data.version)


@operation("DELETE", PARENT, summary="Unlink a sub-customer", tag=TAG, rules="FAM-03 FAM-06", versioned=True)
def unlink_parent(caller: TheCaller, id: FromPath[CustomerId], version: Version = None) -> Response[FamilyView]:
    """
    Leaves it without a parent.
    """
    return caller.execute(UnlinkParent(customer=id), FamilyView, version=UNSET if version is None else version)


OPERATIONS = (show_family, find_parents, link_parent, unlink_parent)
