"""
Files in a bucket that speaks S3.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from fieldops_adapters.files.keys import checked
from fieldops_core.customers.model import StoredBytes
from fieldops_core.customers.ports import FilesFailed
from fieldops_core.kernel.ids import CompanyId

TIMEOUT = timedelta(seconds=30)
RETRIES = 3


class S3Files:
    """
    Keeps bytes in a bucket of Amazon S3 or of a server that speaks the same (MinIO, Ceph, R2, Garage):
    ``<prefix>/<company>/<key>``. *url* is ``s3://bucket`` or ``s3://bucket/prefix``; who may, where and how is told by
    the environment, as for every S3 program: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL,
    AWS_ALLOW_HTTP.

    The bucket has to be private. A file goes and comes whole; a request is tried four times and given up after 30
    seconds.

    Raises:
        ValueError: where the URL names no bucket, or the environment contradicts itself.
    """

    def __init__(self, url: str) -> None:
        scheme, _, rest = url.partition("://")
        if scheme != "s3" or not rest.strip("/"):
            raise ValueError("A bucket is named s3://bucket or s3://bucket/prefix.")
        try:
            # A request ends after 30 seconds of itself. Options of the client named here would hide the environment's.
            self._store = S3Store.from_url(url, retry_config={"max_retries": RETRIES, "retry_timeout": TIMEOUT})
        except BaseError as error:
            raise ValueError("This bucket cannot be used.") from error

    def put(self, company: CompanyId, key: str, content: bytes) -> None:
        with _told():
            obstore.put(self._store, _path(company, key), content)

    def get(self, company: CompanyId, key: str) -> bytes | None:
        with _told():
            try:
                return bytes(obstore.get(self._store, _path(company, key)).bytes())
            except FileNotFoundError:
                return None

    def remove(self, company: CompanyId, key: str) -> None:
        with _told():
            try:
                obstore.delete(self._store, _path(company, key))
            except FileNotFoundError:
                return

    def stored(self) -> Iterator[StoredBytes]:
        with _told():
            for page in obstore.list(self._store):
                for each in page:
                    company, _, key = each["path"].rpartition("/")
                    try:
                        id = CompanyId(UUID(hex=company))
                    except ValueError:  # another program's
                        continue
                    yield StoredBytes(company=id, key=key, at=each["last_modified"])


def _path(company: CompanyId, key: str) -> str:
    return f"{company.hex}/{checked(key)}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise FilesFailed(f"The store of files does not answer as it should ({type(error).__name__}).") from error
