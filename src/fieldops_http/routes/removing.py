"""
Records deleted, and what is left of them; records merged.
"""

from typing import Annotated

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UNSET

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.removing.messages import DeleteCustomer, ListTombstones, PreviewMerge
from fieldops_core.removing.views import MergePreview, MergeView, TombstonesView, TombstoneView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import After, Limit, Number, Version
from fieldops_http.wire.removing import MergeCustomersBody

TAG = "customers"
MERGE = "/customers/{id:uuid}/merge"
Confirmed = Annotated[bool, QueryParameter(description="That somebody was asked: it cannot be taken back.")]


@operation(
    "DELETE", "/customers/{id:uuid}", summary="Delete a customer", tag=TAG, rules="CUS-12 ACC-12 ARC-10", versioned=True
)
def delete_customer(
    caller: TheCaller, id: FromPath[CustomerId], confirmed: Confirmed = False, version: Version = None
) -> Response[TombstoneView]:
    """
    Deletes the record, archived or not, with everything that belongs to it and its history, for good; with
    `?confirmed=true` only. What is left is answered: its number, which no other gets, its stage, who deleted it, and
    when. Refused while it has sub-customers, or somebody is on the way to it or there.
    """
    command = DeleteCustomer(customer=id, confirmed=confirmed)
    return caller.execute(command, TombstoneView, version=UNSET if version is None else version)


@operation("GET", "/tombstones", summary="List deleted customers", tag=TAG, rules="CUS-12 ACC-12 ACC-18 API-04")
def list_tombstones(
    caller: TheCaller,
    number: Number = None,
    stage: FromQuery[Stage | None] = None,
    location: FromQuery[LocationId | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[TombstonesView]:
    """
    What is left of deleted customers and leads, those deleted last first, for who may delete such there.
    """
    question = ListTombstones(number=number, stage=stage, location=location, after=after, limit=limit)
    return caller.ask(question, TombstonesView)


@operation("GET", f"{MERGE}/preview", summary="Preview a merge", tag=TAG, rules="CUS-25 ACC-12")
def preview_merge(caller: TheCaller, id: FromPath[CustomerId], other: FromQuery[CustomerId]) -> Response[MergePreview]:
    """
    What merging the `other` record into this one would come to: the fields that are filled from it, those in which what
    it says is dropped, and what stands against it. Its `consent` is what the command asks for.
    """
    return caller.ask(PreviewMerge(customer=id, other=other), MergePreview)


@operation("POST", MERGE, summary="Merge two customers", tag=TAG, rules="CUS-25 ACC-12 CUS-19", versioned=True)
def merge_customers(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[MergeCustomersBody]
) -> Response[MergeView]:
    """
    Merges the `other` record into this one: all that belongs to it becomes this one's, its empty fields are filled, and
    the number of the other leads here from now on. Open appointments follow to its location; those that do not fit
    there are `unfit`. Where one of the two has changed since the preview, the code is `preview.changed`, `facts` hold
    the new preview, and nothing is done. The version is this record's.
    """
    return caller.execute(data.command(id), MergeView, version=data.version)


OPERATIONS = (delete_customer, list_tombstones, preview_merge, merge_customers)
