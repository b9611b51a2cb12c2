"""
What is a bucket's own: how it is named, and what becomes of one that does not answer.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest

from fieldops_adapters.files.s3 import S3Files
from fieldops_core.customers.ports import FilesFailed
from fieldops_core.kernel.ids import CompanyId
from tests.support.s3 import Server, serving

COMPANY = CompanyId(UUID(int=7))
KEY = "abcdefghijklmnop-_0123456789"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.mark.parametrize("url", ["s3://", "s3:///prefix", "http://bucket", "folder"])
def test_a_bucket_is_named_by_its_url(url: str) -> None:
    with pytest.raises(ValueError, match="bucket"):
        S3Files(url)


def test_a_bucket_that_is_not_there_fails_in_a_sentence(server: Server) -> None:
    files = S3Files("s3://nobody-made-this-one")

    with pytest.raises(FilesFailed, match="does not answer as it should") as failed:
        files.put(COMPANY, KEY, b"x")
    assert "nobody" not in str(failed.value)
    with pytest.raises(FilesFailed):
        list(files.stored())


def test_a_server_that_is_not_there_fails_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")

    with pytest.raises(FilesFailed):
        S3Files("s3://files").get(COMPANY, KEY)


def test_what_others_keep_in_the_bucket_is_left_alone(server: Server) -> None:
    bucket = server.bucket("shared")
    theirs, ours = S3Files(f"{bucket}/backups"), S3Files(bucket)
    theirs.put(COMPANY, KEY, b"x")

    assert list(ours.stored()) == []
    assert [each.key for each in theirs.stored()] == [KEY]
