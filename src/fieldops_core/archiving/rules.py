"""
Rules of archiving.
"""

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.scheduling.model import AppointmentId


@frozen(kw_only=True)
class Archiving:
    """
    A *customer* that is to be archived; whether that is *confirmed*; how many appointments of it and its sub-customers
    are under way, and which of these the actor may see.
    """

    customer: Customer
    confirmed: bool
    under_way: int = 0
    seen: tuple[AppointmentId, ...] = ()


@rule("ARC-01", "archive.lead", "Only customers are archived, not leads.")
def only_customers_are_archived(case: Archiving) -> Facts | None:
    """
    Customers only.
    """
    return {} if case.customer.stage is Stage.LEAD else None


@rule("ARC-03", "archive.unconfirmed", "Confirm that the customer is to be archived.", field="confirmed")
def archiving_is_confirmed(case: Archiving) -> Facts | None:
    """
    With the confirmation flag only.
    """
    return None if case.confirmed else {}


@rule("ARC-05", "archive.under_way", "Of its appointments {count} are under way: archive it when they have ended.")
def nothing_is_under_way(case: Archiving) -> Facts | None:
    """
    Nobody is on the way to an archived customer, or there.
    """
    return {"count": case.under_way, "appointments": case.seen} if case.under_way else None


ARCHIVING = (only_customers_are_archived, archiving_is_confirmed, nothing_is_under_way)


@frozen(kw_only=True)
class Consent:
    """
    What a command consents to, and what there is.
    """

    given: str
    asked: str


@rule("ARC-03", "preview.changed", "What would be archived has changed since: look at it again.", field="consent")
def consent_is_to_what_there_is(case: Consent) -> Facts | None:
    """
    Archiving cancels exactly what the preview listed.
    """
    return None if case.given == case.asked else {}


CONSENT = (consent_is_to_what_there_is,)


@frozen(kw_only=True)
class Unarchiving:
    """
    A *customer* that is to be unarchived, with its *parent* where it has one; whether that is *confirmed*.
    """

    customer: Customer
    parent: Customer | None
    confirmed: bool


@rule("ARC-07", "customer.not_archived", "The customer is not archived.")
def unarchived_customer_is_archived(case: Unarchiving) -> Facts | None:
    """
    There is nothing to take back.
    """
    return None if case.customer.archived else {}


@rule("ARC-07", "unarchive.unconfirmed", "Confirm that the customer is to be unarchived.", field="confirmed")
def unarchiving_is_confirmed(case: Unarchiving) -> Facts | None:
    """
    With confirmation only.
    """
    return None if case.confirmed else {}


@rule("ARC-08", "parent.archived", "The customer's parent is archived: unarchive that one first.")
def parent_is_not_archived(case: Unarchiving) -> Facts | None:
    """
    A sub-customer is not unarchived below an archived parent.
    """
    parent = case.parent
    return {"parent": parent.id} if parent is not None and parent.archived else None


UNARCHIVING = (unarchived_customer_is_archived, unarchiving_is_confirmed, parent_is_not_archived)
