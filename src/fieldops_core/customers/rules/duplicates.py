"""
Rules of records that there may be already (CUS-13).
"""

from collections.abc import Callable

from attrs import frozen

from fieldops_core.customers.model import Candidate, Likeness, Traits
from fieldops_core.customers.views import DuplicatesView, DuplicateView
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.text import within_edits

EDITS = 2
MOST_LISTED = 20


@frozen(kw_only=True)
class Newcomer:
    """
    The *traits* of a new record, the records that it may be the same as, and which of them its maker *may_see*.
    """

    traits: Traits
    candidates: tuple[Candidate, ...] = ()
    may_see: Callable[[Candidate], bool]


def likeness(one: Traits, other: Traits) -> tuple[Likeness, ...]:
    """
    Why two records may be the same: one telephone number in common, the same email address, or at the same address a
    name that differs by two letters at most.
    """
    names = ((mine, its) for mine in one.names for its in other.names)
    found = {
        Likeness.PHONE: bool(one.phones & other.phones),
        Likeness.EMAIL: one.email != "" and one.email == other.email,
        Likeness.ADDRESS: one.address != ""
        and one.address == other.address
        and any(within_edits(mine, its, EDITS) for mine, its in names),
    }
    return tuple(each for each in Likeness if found[each])


def duplicates(case: Newcomer) -> DuplicatesView:
    """
    What the new record may be the same as, as its maker may see it.
    """
    found = [(each, why) for each in case.candidates if (why := likeness(case.traits, each.traits))]
    seen = [
        DuplicateView(id=each.id, number=each.number, stage=each.stage, name=each.name, why=why)
        for each, why in found
        if case.may_see(each)
    ]
    return DuplicatesView(count=len(found), candidates=tuple(seen[:MOST_LISTED]))


@rule("CUS-13", "customer.duplicate", "{found} like this one. To create it all the same, say despite_duplicates.")
def record_is_no_duplicate(case: Newcomer) -> Facts | None:
    """
    Asked where the company wants it, until the maker says that they have looked.
    """
    found = duplicates(case)
    if not found.count:
        return None
    told = "There is a record" if found.count == 1 else f"There are {found.count} records"
    return {"found": told, "count": found.count, "candidates": found.candidates}


NEWCOMER = (record_is_no_duplicate,)
