"""
Tags: set, shown.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import SetTags, ShowTags
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.use_cases.belonging import owner, viewed
from fieldops_core.customers.views import TagsView, tags_view
from fieldops_core.kernel.errors import NotFound


def set_tags(command: SetTags, call: Call[Unit]) -> TagsView:
    customer = owner(command.customer, Permission.TAGS, Action.MODIFY, call)
    tagging, entries = call.unit.taggings.get(customer.id), _entries(call)
    call.expect(tagging)
    for id in command.tags:
        if id not in entries:
            raise NotFound("tag", id)
    outcome = decisions.set_tags(command, tagging, entries, now=call.now)
    return tags_view(call.keep(call.unit.taggings, outcome), entries)


def show_tags(question: ShowTags, call: Call[Unit]) -> TagsView:
    """
    Who may view the record sees its tags.
    """
    customer = viewed(question.customer, call)
    return tags_view(call.unit.taggings.get(customer.id), _entries(call))


def _entries(call: Call[Unit]) -> dict[EntryId, CatalogEntry]:
    return {entry.id: entry for entry in call.unit.catalog_entries.all(Catalog.TAGS)}
