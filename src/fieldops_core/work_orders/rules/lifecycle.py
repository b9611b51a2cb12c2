"""
Rules of the status of work orders, and of their end.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import Appointment
from fieldops_core.work_orders.model import TRANSITIONS, Upcoming, Way, WorkOrder, WorkOrderStatus


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


LIFECYCLE = (transition_is_legal, reopening_has_a_reason, nobody_is_under_way)

ENDING = (upcoming_visits_are_provided_for, unlinking_is_offered)

DELETING = (deleted_work_order_is_not_invoiced, nobody_is_under_way_to_what_is_deleted)
