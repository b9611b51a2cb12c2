"""
Rules of tags.
"""

from attrs import frozen

from fieldops_core.company.model import CatalogEntry
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Given:
    """
    The tags that a record did not have before.
    """

    new: tuple[CatalogEntry, ...]


@rule("ACC-20", "tag.inactive", "No longer offered: {names}.", field="tags")
def given_tags_are_offered(case: Given) -> Facts | None:
    """
    A record keeps a tag that was made inactive later; to others it is not given.
    """
    old = sorted(entry.name for entry in case.new if not entry.active)
    return {"names": ", ".join(old)} if old else None


TAGS = (given_tags_are_offered,)
