"""
Tags.
"""

from collections.abc import Mapping
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import CatalogEntry, EntryId
from fieldops_core.customers.model import Tagging


@frozen(kw_only=True)
class TagView:
    """
    A tag on a record. One that is no longer *active* stays where it is and is not newly given.
    """

    id: UUID
    name: str
    active: bool


@frozen(kw_only=True)
class TagsView:
    """
    The tags on a record, by name.
    """

    customer: UUID
    tags: tuple[TagView, ...]
    version: int


def tags_view(tagging: Tagging, entries: Mapping[EntryId, CatalogEntry]) -> TagsView:
    found = sorted((entries[id] for id in tagging.tags), key=lambda entry: (entry.name.casefold(), entry.id))
    tags = tuple(TagView(id=entry.id, name=entry.name, active=entry.active) for entry in found)
    return TagsView(customer=tagging.id, tags=tags, version=tagging.version)
