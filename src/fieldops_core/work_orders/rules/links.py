"""
Rules of the appointments of a work order.
"""

from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.scheduling.model import Appointment
from fieldops_core.work_orders.model import WorkOrder


@frozen(kw_only=True)
class Linking:
    """
    An appointment that is to become a work order's.
    """

    work_order: WorkOrder
    appointment: Appointment
    now: datetime


@rule("WOR-07", "link.tech_only", "A {kind} appointment never carries a work order.", field="appointment")
def linked_visit_is_tech(case: Linking) -> Facts | None:
    """
    TECH alone.
    """
    kind = case.appointment.kind
    return None if kind is Kind.TECH else {"kind": kind.value}


@rule("WOR-07", "link.other_customer", "The appointment is not the work order's customer's.", field="appointment")
def linked_visit_is_the_customers(case: Linking) -> Facts | None:
    """
    Of the same customer.
    """
    return None if case.appointment.customer == case.work_order.customer else {}


@rule("WOR-07", "link.linked", "The appointment has a work order already.", field="appointment")
def linked_visit_has_none(case: Linking) -> Facts | None:
    """
    With no work order; one is exchanged for another by editing (APT-06).
    """
    return {} if case.appointment.work_order is not None else None


@rule("WOR-07", "link.not_upcoming", "The appointment is {status}, or over: only upcoming ones are linked.")
def linked_visit_is_upcoming(case: Linking) -> Facts | None:
    """
    Upcoming: SCHEDULED, its end still to come (APT-19).
    """
    visit = case.appointment
    return None if visit.upcoming(case.now) else {"status": visit.status.value}


@rule("WOR-07", "link.closed", "Work order {number} is not open.")
def linked_work_order_is_open(case: Linking) -> Facts | None:
    """
    As where it is chosen in a booking (APT-05).
    """
    return None if case.work_order.open else {"number": case.work_order.number}


LINKING = (
    linked_visit_is_tech,
    linked_visit_is_the_customers,
    linked_visit_has_none,
    linked_visit_is_upcoming,
    linked_work_order_is_open,
)
