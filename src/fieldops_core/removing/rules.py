"""
Rules of deleting and merging records.
"""

from attrs import frozen

from fieldops_core.archiving.rules import Consent
from fieldops_core.customers.model import ConnectionKind, Customer
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


@frozen(kw_only=True)
class Merging:
    """
    An *other* record that is to be merged into the one *kept*; how many sub-customers each has, and with what both are
    *connected*.
    """

    kept: Customer
    other: Customer
    children: int = 0
    other_children: int = 0
    connected: tuple[ConnectionKind, ...] = ()


@rule("CUS-25", "merge.itself", "A record is not merged into itself.", field="other")
def merged_records_are_two(case: Merging) -> Facts | None:
    """
    Two records become one.
    """
    return {} if case.kept.id == case.other.id else None


@rule("CUS-25", "merge.stages", "A lead and a customer are not merged: convert the lead first.", field="other")
def merged_records_are_of_one_stage(case: Merging) -> Facts | None:
    """
    Customers with customers, leads with leads.
    """
    return None if case.kept.stage is case.other.stage else {}


@rule("CUS-25", "merge.families", "Both have a parent or sub-customers: unlink those of one first.", field="other")
def one_record_at_most_is_of_a_family(case: Merging) -> Facts | None:
    """
    Else there would be two parents, three levels, or two families in one.
    """
    both = all((case.kept.parent or case.children, case.other.parent or case.other_children))
    return {} if both and case.kept.id != case.other.id else None


@rule("CUS-25", "merge.connected", "Both are connected ({kinds}): unlink one of them first.", field="other")
def one_record_at_most_is_connected(case: Merging) -> Facts | None:
    """
    A record is connected once in a kind, and only people know which link stays.
    """
    both = case.connected if case.kept.id != case.other.id else ()
    return {"kinds": ", ".join(kind.value for kind in both)} if both else None


MERGING = (
    merged_records_are_two,
    merged_records_are_of_one_stage,
    one_record_at_most_is_of_a_family,
    one_record_at_most_is_connected,
)


@rule("CUS-25", "preview.changed", "One of the records has changed since: look at it again.", field="consent")
def consent_is_to_these_records(case: Consent) -> Facts | None:
    """
    What is merged is what the preview showed.
    """
    return None if case.given == case.asked else {}


CONSENT = (consent_is_to_these_records,)
