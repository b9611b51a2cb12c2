"""
Customers archived and unarchived.
"""

from litestar import Response
from litestar.params import FromPath, JSONBody

from fieldops_core.archiving.messages import PreviewArchive
from fieldops_core.archiving.views import ArchivePreview, ArchiveView, UnarchiveView
from fieldops_core.customers.model import CustomerId
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.wire.archiving import ArchiveCustomerBody, UnarchiveCustomerBody

TAG = "customers"
ARCHIVE = "/customers/{id:uuid}/archive"


@operation("GET", f"{ARCHIVE}/preview", summary="Preview archiving", tag=TAG, rules="ARC-01 ARC-02 ARC-05")
def preview_archive(caller: TheCaller, id: FromPath[CustomerId]) -> Response[ArchivePreview]:
    """
    What archiving the customer would do to it and to its sub-customers, and what stands against it. Its `consent` is
    what the command asks for.
    """
    return caller.ask(PreviewArchive(customer=id), ArchivePreview)


@operation(
    "POST",
    ARCHIVE,
    summary="Archive a customer",
    tag=TAG,
    rules="ARC-01 ARC-03 ARC-04 ARC-05 ARC-06 ARC-11",
    versioned=True,
)
def archive_customer(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[ArchiveCustomerBody]
) -> Response[ArchiveView]:
    """
    Cancels what the preview listed, archives the customer with its sub-customers, and makes them read-only. Where what
    the preview listed has changed since, the code is `preview.changed`, `facts` hold the new preview, and nothing is
    done.
    """
    return caller.execute(data.command(id), ArchiveView, version=data.version)


@operation(
    "POST",
    "/customers/{id:uuid}/unarchive",
    summary="Unarchive a customer",
    tag=TAG,
    rules="ARC-07 ARC-08 ARC-11 ACC-12",
    versioned=True,
)
def unarchive_customer(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[UnarchiveCustomerBody]
) -> Response[UnarchiveView]:
    """
    Makes it writable again, with `children` its archived sub-customers too. What was cancelled stays cancelled.
    """
    return caller.execute(data.command(id), UnarchiveView, version=data.version)


OPERATIONS = (preview_archive, archive_customer, unarchive_customer)
