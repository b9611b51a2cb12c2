"""
Files in memory.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from fieldops_adapters.files.keys import checked
from fieldops_core.customers.model import StoredBytes
from fieldops_core.kernel.ids import CompanyId


class MemoryFiles:
    """
    Keeps bytes as long as the process lives: for tests, and for the database that lives as long.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[CompanyId, str], tuple[datetime, bytes]] = {}

    def put(self, company: CompanyId, key: str, content: bytes) -> None:
        self._kept[company, checked(key)] = (datetime.now(UTC), content)

    def get(self, company: CompanyId, key: str) -> bytes | None:
        kept = self._kept.get((company, checked(key)))
        return kept[1] if kept else None

    def remove(self, company: CompanyId, key: str) -> None:
        self._kept.pop((company, checked(key)), None)

    def stored(self) -> Iterator[StoredBytes]:
        for company, key in sorted(self._kept):
            yield StoredBytes(company=company, key=key, at=self._kept[company, key][0])
