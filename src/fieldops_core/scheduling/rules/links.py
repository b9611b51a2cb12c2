"""
Rules of a visit's work order, and of planning it anew.
"""

from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.scheduling.model import Rescheduling
from fieldops_core.scheduling.rules.cases import Link, Reschedule


@rule(
    "APT-05",
    "work_order.required",
    "A work order is required before creating a tech appointment",
    field="work_order",
)
def tech_visit_has_a_work_order(case: Link) -> Facts | None:
    """
    Where ``work_order_required_for_tech_appointments`` asks for one.
    """
    visit = case.visit
    asked = visit.kind is Kind.TECH and visit.settings.work_order_required_for_tech_appointments
    return {} if asked and visit.work_order is None and case.before is None else None


@rule("APT-05", "work_order.other_customer", "This is not a work order of {customer}.", field="work_order")
def work_order_is_the_customers(case: Link) -> Facts | None:
    """
    The work order must be this customer's. Whose it is, is not told.
    """
    chosen, customer = case.visit.work_order, case.visit.customer
    return {"customer": customer.name} if chosen is not None and chosen.customer != customer.id else None


@rule("APT-05", "work_order.closed", "Work order {number} is not open.", field="work_order")
def work_order_is_open(case: Link) -> Facts | None:
    """
    The work order must be open. One of another customer is not looked into.
    """
    chosen = case.visit.work_order
    told = chosen is not None and chosen.customer == case.visit.customer.id and not chosen.open
    return {"number": chosen.number} if chosen is not None and told else None


@rule("APT-04", "work_order.tech_only", "A {kind} appointment never carries a work order.", field="work_order")
def only_tech_visits_carry_work_orders(case: Link) -> Facts | None:
    """
    Sales appointments never carry a work order; it is a field of TECH only (APT-01).
    """
    carries = case.visit.work_order is not None and case.visit.kind is not Kind.TECH
    return {"kind": case.visit.kind.value} if carries else None


@rule(
    "APT-06",
    "work_order.not_cleared",
    "A linked work order cannot be cleared from a tech appointment, only exchanged for another open one.",
    field="work_order",
)
def linked_work_order_stays(case: Link) -> Facts | None:
    """
    By editing, a work order is exchanged, not cleared.
    """
    return {"work_order": case.before} if case.before is not None and case.visit.work_order is None else None


LINK = (
    tech_visit_has_a_work_order,
    only_tech_visits_carry_work_orders,
    work_order_is_the_customers,
    work_order_is_open,
    linked_work_order_stays,
)


@rule("APT-12", "rescheduling.not_tracked", "This company does not track rescheduling.", field="rescheduling")
def rescheduling_is_tracked(case: Reschedule) -> Facts | None:
    """
    With the setting ``reschedule_tracking``.
    """
    return {} if case.rescheduling is not Rescheduling.NO and not case.settings.reschedule_tracking else None


@rule("APT-12", "rescheduling.tech_only", "Only tech appointments track rescheduling.", field="rescheduling")
def only_tech_visits_are_tracked(case: Reschedule) -> Facts | None:
    """
    TECH only.
    """
    tracked = case.rescheduling is not Rescheduling.NO and case.kind is not Kind.TECH
    return {"kind": case.kind.value} if tracked else None


@rule(
    "APT-12",
    "rescheduling.reason_alone",
    "A reason goes with rescheduling by the dealer or the customer.",
    field="reschedule_reason",
)
def reason_goes_with_rescheduling(case: Reschedule) -> Facts | None:
    """
    With DEALER and CUSTOMER a reason may be given.
    """
    return {} if case.reason is not None and case.rescheduling is Rescheduling.NO else None


@rule("APT-12", "rescheduling.reason_inactive", "{reason} is no longer offered.", field="reschedule_reason")
def reason_is_active(case: Reschedule) -> Facts | None:
    """
    New choices are active entries; a saved appointment keeps one that was inactivated later.
    """
    return {"reason": case.reason.name} if case.reason is not None and not case.reason.active else None


RESCHEDULING = (
    rescheduling_is_tracked,
    only_tech_visits_are_tracked,
    reason_goes_with_rescheduling,
    reason_is_active,
)
