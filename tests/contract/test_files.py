"""
What a store of files keeps, kept by each of ours.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldops_adapters.files.folder import FolderFiles
from fieldops_adapters.files.memory import MemoryFiles
from fieldops_adapters.files.s3 import S3Files
from fieldops_core.customers.ports import Files
from fieldops_core.testing.contracts import FilesContract
from tests.support.s3 import serving


@pytest.mark.rule("CUS-23")
class TestMemory(FilesContract):
    @pytest.fixture
    def files(self) -> Files:
        return MemoryFiles()


@pytest.mark.rule("CUS-23")
class TestFolder(FilesContract):
    @pytest.fixture
    def files(self, tmp_path: Path) -> Files:
        return FolderFiles(tmp_path / "files")


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with serving() as server:
        yield server.bucket()


@pytest.mark.rule("CUS-23")
@pytest.mark.parametrize("prefix", ["", "/offices/provo"])
class TestS3(FilesContract):
    @pytest.fixture
    def files(self, bucket: str, prefix: str) -> Files:
        return S3Files(bucket + prefix)
