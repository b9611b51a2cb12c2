"""
What tagging a record comes to.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve

from fieldops_core.company.model import CatalogEntry, EntryId
from fieldops_core.customers.messages import CustomerTagged, SetTags
from fieldops_core.customers.model import Tagging
from fieldops_core.customers.rules import TAGS, Given
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require


def set_tags(
    command: SetTags, tagging: Tagging, entries: Mapping[EntryId, CatalogEntry], *, now: datetime
) -> Outcome[Tagging]:
    """
    Raises:
        Refused: where a tag is newly given that is no longer offered (ACC-20).
    """
    tagged = evolve(tagging, tags=command.tags, version=tagging.version + 1)
    require(TAGS, Given(new=tuple(entries[id] for id in tagged.tags if id not in tagging.tags)))
    return Outcome(before=tagging, state=tagged, events=(CustomerTagged.of(tagging, tagged, at=now),))
