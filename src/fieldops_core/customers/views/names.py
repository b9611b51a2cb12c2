"""
What users and catalog entries are called.
"""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.ids import UserId


@frozen(kw_only=True)
class NamedView:
    """
    A user or a catalog entry, with its name.
    """

    id: UUID
    name: str


@frozen(kw_only=True)
class Names:
    """
    The names of some *users* and catalog *entries*.
    """

    users: Mapping[UserId, str]
    entries: Mapping[EntryId, str] = MappingProxyType({})

    def user(self, id: UserId | None) -> NamedView | None:
        """
        None: the system itself.
        """
        return None if id is None else self.somebody(id)

    def somebody(self, id: UserId) -> NamedView:
        return NamedView(id=id, name=self.users[id])

    def entry(self, id: EntryId) -> NamedView:
        return NamedView(id=id, name=self.entries[id])
