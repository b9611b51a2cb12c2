"""
Rules of work orders.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import Appointment
from fieldops_core.work_orders.model import LOCKED, TRANSITIONS, Upcoming, Way, WorkOrder, WorkOrderStatus


@frozen(kw_only=True)
class Transition:
    """
    A change of status that somebody wishes, with its *reason* where one was given. *under_way* are the appointments
    that are EN_ROUTE or ON_SITE.
    """

    before: WorkOrderStatus
    after: WorkOrderStatus
    way: Way
    reason: str = ""
    under_way: int = 0


@rule("WOR-03", "work_order.illegal_transition", "A work order that is {before} cannot become {after}.", field="status")
def transition_is_legal(case: Transition) -> Facts | None:
    """
    The table of transitions is the whole truth.
    """
    if case.way in TRANSITIONS[case.before].get(case.after, frozenset()):
        return None
    return {"before": case.before.value, "after": case.after.value}


@rule("WOR-11", "work_order.reason_required", "Say why the work order is opened again.", field="reason")
def reopening_has_a_reason(case: Transition) -> Facts | None:
    """
    COMPLETE and CANCELLED become open again with a reason.
    """
    return {} if case.way is Way.REASON and not case.reason.strip() else None


@rule(
    "WOR-11",
    "work_order.under_way",
    "A technician is on the way to a visit of this work order or at it: that visit ends first.",
    field="status",
)
def nobody_is_under_way(case: Transition) -> Facts | None:
    """
    By hand a work order is closed while none of its appointments is EN_ROUTE or ON_SITE.
    """
    return {"under_way": case.under_way} if case.way is Way.HAND and case.under_way else None


@frozen(kw_only=True)
class Edit:
    """
    A change of some fields of a work order.
    """

    work_order: WorkOrder
    fields: frozenset[str]


@rule("WOR-04", "work_order.locked", "The {fields} of a work order that is {status} cannot be changed.")
def fields_are_not_locked(edit: Edit) -> Facts | None:
    """
    INVOICED locks everything but the internal note, CANCELLED freezes all.
    """
    locked = edit.fields & LOCKED[edit.work_order.status]
    return {"fields": ", ".join(sorted(locked)), "status": edit.work_order.status.value} if locked else None


@frozen(kw_only=True)
class Ending:
    """
    The end of a work order with *upcoming* appointments, whose users have those *names*; what the *answer* is to what
    becomes of them, of what is *offered*. *seen*: the reader may see them.
    """

    work_order: WorkOrder
    upcoming: Sequence[Appointment]
    names: Mapping[UserId, str]
    answer: Upcoming | None
    offered: tuple[Upcoming, ...]
    seen: bool = True

    def told(self) -> list[dict[str, object]]:
        """
        The list of them, as far as the reader may see it.
        """
        return [
            {
                "id": each.id,
                "version": each.version,
                "start": local(each.period.start, each.zone),
                "user": self.names[each.user],
            }
            for each in self.upcoming
            if self.seen
        ]


@rule(
    "WOR-05",
    "work_order.upcoming",
    "Upcoming appointments of work order {number}: {count}. Say what becomes of them: {offered}.",
    field="upcoming",
)
def upcoming_visits_are_provided_for(case: Ending) -> Facts | None:
    """
    Without an answer, refused with the list.
    """
    if not case.upcoming or case.answer is not None:
        return None
    return {
        "number": case.work_order.number,
        "count": len(case.upcoming),
        "offered": " or ".join(each.value for each in case.offered),
        "appointments": case.told(),
    }


@rule(
    "WOR-05",
    "work_order.unlinking_not_offered",
    "This company asks for a work order on each tech appointment: upcoming ones are cancelled, not unlinked.",
    field="upcoming",
)
def unlinking_is_offered(case: Ending) -> Facts | None:
    """
    Where ``work_order_required_for_tech_appointments`` is on, unlinking is not offered.
    """
    return {} if case.upcoming and case.answer not in (None, *case.offered) else None


@frozen(kw_only=True)
class Deletion:
    """
    A work order that is to be deleted, and how many of its appointments are EN_ROUTE or ON_SITE.
    """

    work_order: WorkOrder
    under_way: int = 0


@rule("WOR-09", "work_order.invoiced", "Work order {number} is invoiced: it stays.")
def deleted_work_order_is_not_invoiced(case: Deletion) -> Facts | None:
    """
    Refused when invoiced.
    """
    return {"number": case.work_order.number} if case.work_order.status is WorkOrderStatus.INVOICED else None


@rule(
    "WOR-09",
    "work_order.delete_under_way",
    "A technician is on the way to a visit of work order {number} or at it: that visit ends first.",
)
def nobody_is_under_way_to_what_is_deleted(case: Deletion) -> Facts | None:
    """
    As when it is closed by hand (WOR-11).
    """
    return {"number": case.work_order.number, "under_way": case.under_way} if case.under_way else None


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


LIFECYCLE = (transition_is_legal, reopening_has_a_reason, nobody_is_under_way)
EDITING = (fields_are_not_locked,)
ENDING = (upcoming_visits_are_provided_for, unlinking_is_offered)
DELETING = (deleted_work_order_is_not_invoiced, nobody_is_under_way_to_what_is_deleted)
LINKING = (
    linked_visit_is_tech,
    linked_visit_is_the_customers,
    linked_visit_has_none,
    linked_visit_is_upcoming,
    linked_work_order_is_open,
)
