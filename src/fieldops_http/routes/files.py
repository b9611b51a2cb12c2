"""
Files on customer records.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody, RawBody
from msgspec import UNSET

from fieldops_core.customers.messages import ListFiles, RemoveFile, ShowFile
from fieldops_core.customers.model import FILE_LIMIT, CustomerId, FileId
from fieldops_core.customers.views import FilesView, FileView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import FileName, Limit, Version
from fieldops_http.wire.files import RenameFileBody, attached

TAG = "files"


@operation(
    "GET",
    "/customers/{id:uuid}/files",
    summary="List a customer's files",
    tag=TAG,
    rules="CUS-17 CUS-20 ACC-16 API-04",
)
def list_files(
    caller: TheCaller,
    id: FromPath[CustomerId],
    after: FromQuery[FileId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[FilesView]:
    """
    Newest first. `count=true`: with how many there are.
    """
    return caller.ask(ListFiles(customer=id, after=after, limit=limit, count=count), FilesView)


@operation(
    "POST",
    "/customers/{id:uuid}/files",
    summary="Upload a file to a customer",
    tag=TAG,
    rules="CUS-17 CUS-23 ACC-16",
    creates=True,
    outside=True,
    uploads=FILE_LIMIT,
)
def upload_file(caller: TheCaller, id: FromPath[CustomerId], name: FileName, body: RawBody) -> Response[FileView]:
    """
    The body is the file itself, at most 25,000,000 bytes. Its media type is what its bytes show, whatever the
    Content-Type says.
    """
    return caller.upload(id, name, body)


@operation("GET", "/files/{id:uuid}", summary="Show a file", tag=TAG, rules="CUS-17 ACC-16")
def show_file(caller: TheCaller, id: FromPath[FileId]) -> Response[FileView]:
    """
    What is known of a file.
    """
    return caller.ask(ShowFile(file=id), FileView)


@operation(
    "GET",
    "/files/{id:uuid}/content",
    summary="Download a file",
    tag=TAG,
    rules="CUS-17 ACC-16",
    outside=True,
    downloads=True,
)
def download_file(caller: TheCaller, id: FromPath[FileId]) -> Response[bytes]:
    """
    Its bytes, as an attachment under its name.
    """
    return attached(caller.fieldops.download(id, caller.context))


@operation("PATCH", "/files/{id:uuid}", summary="Rename a file", tag=TAG, rules="CUS-23 ACC-16", versioned=True)
def rename_file(caller: TheCaller, id: FromPath[FileId], data: JSONBody[RenameFileBody]) -> Response[FileView]:
    """
    Another name for the same bytes.
    """
    return caller.execute(data.command(id), FileView, version=data.version)


@operation("DELETE", "/files/{id:uuid}", summary="Remove a file", tag=TAG, rules="CUS-23 ACC-16", versioned=True)
def remove_file(caller: TheCaller, id: FromPath[FileId], version: Version = None) -> Response[FileView]:
    """
    It is gone from the record at once. Its bytes are swept within a day or so.
    """
    return caller.execute(RemoveFile(file=id), FileView, version=UNSET if version is None else version)


OPERATIONS = (list_files, upload_file, show_file, download_file, rename_file, remove_file)
