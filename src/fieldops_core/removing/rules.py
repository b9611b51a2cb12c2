"""
Rules of deleting records.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Deleting:
    """
    A record that is to be deleted: whether that is *confirmed*, how many sub-customers it has (*children*), and how
    many of its appointments are *under_way*.
    """

    confirmed: bool
    children: int = 0
    under_way: int = 0


@rule("CUS-12", "delete.unconfirmed", "Are you sure? This is not reversible.", field="confirmed")
def deleting_is_confirmed(case: Deleting) -> Facts | None:
    """
    With the confirmation flag only.
    """
    return None if case.confirmed else {}


@rule("CUS-12", "delete.has_children", "It has sub-customers ({count}): delete them first, or unlink them.")
def deleted_record_has_no_sub_customers(case: Deleting) -> Facts | None:
    """
    Archived ones are sub-customers too.
    """
    return {"count": case.children} if case.children else None


@rule("CUS-12", "delete.under_way", "Of its appointments {count} are under way: delete it when they have ended.")
def nobody_is_on_the_way_or_there(case: Deleting) -> Facts | None:
    """
    A visit that is EN_ROUTE or ON_SITE is not taken away from whoever is at it.
    """
    return {"count": case.under_way} if case.under_way else None


REMOVING = (deleting_is_confirmed, deleted_record_has_no_sub_customers, nobody_is_on_the_way_or_there)
