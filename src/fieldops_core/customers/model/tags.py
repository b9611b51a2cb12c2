"""
Tags.
"""

from attrs import field, frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.errors import InvalidValue

TAG_LIMIT = 100


def _a_set(tags: tuple[EntryId, ...]) -> tuple[EntryId, ...]:
    return tuple(sorted(set(tags)))


@frozen(kw_only=True)
class Tagging:
    """
    The tags on a record, entries of the catalog of tags, each once. Its id is the record's. A record that was never
    tagged has none at version 1, which is kept nowhere: the first tags are version 2. It has a version of its own, so
    that who tags a record does not stand in the way of who edits it.

    Raises:
        InvalidValue: where there are more than 100.
    """

    id: CustomerId
    tags: tuple[EntryId, ...] = field(default=(), converter=_a_set)
    version: int = 1

    def __attrs_post_init__(self) -> None:
        if len(self.tags) > TAG_LIMIT:
            sentence, facts = f"A record has at most {TAG_LIMIT} tags.", {"limit": TAG_LIMIT}
            raise InvalidValue("tags.too_many", sentence, facts=facts, field="tags", rule="CUS-23")
