"""
Rules of a visit's day: one visit at a time, how it ended, and when.
"""

from collections.abc import Callable
from datetime import datetime

from attrs import frozen

from fieldops_core.company.model import CatalogEntry
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import Appointment, Block, Condition, Status, VisitOutcome, WorkOrderFact
from fieldops_core.scheduling.rules import Transition

BUTTONS = frozenset({Condition.ALWAYS, Condition.TIME_FREE})
"""
The conditions under which an assignee's button sets a status.
"""
OVERRIDES = frozenset(Condition)
"""
The conditions under which a dispatcher does.
"""


@rule(
    "APT-07",
    "appointment.not_undone",
    "A visit that is {before} cannot be taken back to {after}.",
    field="status",
)
def undo_leads_back(case: Transition) -> Facts | None:
    """
    From EN_ROUTE to SCHEDULED, from ON_SITE to either. The way back from an end is a reinstatement or a reopening.
    """
    if case.condition is Condition.UNDO:
        return None
    return {"before": case.before.value, "after": case.after.value}


@rule(
    "APT-07",
    "appointment.not_completed",
    "Only a completed visit is reopened, not one that is {before}.",
    field="status",
)
def reopened_visit_is_completed(case: Transition) -> Facts | None:
    """
    The way to ON_SITE from elsewhere is a check-in.
    """
    return None if case.before is Status.COMPLETED else {"before": case.before.value}


@frozen(kw_only=True)
class Step:
    """
    A change of the status of an *appointment* by a command that acts under some *conditions*, with a *reason* where one
    was given. *others* are the visits that its user, whose *name* this is, has under way besides. *work_order* is its
    own, asked where it goes on after its end.
    """

    appointment: Appointment
    after: Status
    conditions: frozenset[Condition]
    name: str
    others: tuple[Block, ...] = ()
    may_see: Callable[[Block], bool] = lambda _: False
    reason: str = ""
    work_order: WorkOrderFact | None = None

    @property
    def transition(self) -> Transition:
        return Transition(before=self.appointment.status, after=self.after, conditions=self.conditions)

    @property
    def override(self) -> bool:
        return Condition.OVERRIDE in self.conditions


@rule("APT-07", "appointment.reason_required", "Say why the visit is reopened.", field="reason")
def reopening_has_a_reason(step: Step) -> Facts | None:
    """
    COMPLETED becomes ON_SITE again with a reason.
    """
    return {} if step.transition.condition is Condition.REOPEN and not step.reason.strip() else None


_ELSEWHERE = {
    Status.EN_ROUTE: ("on the way to", "undo that", "undo"),
    Status.ON_SITE: ("at", "check out there", "check_out"),
}


@rule("FLD-13", "user.under_way", "{user} is {where} another visit{whom}: {offered} first.")
def user_is_at_one_visit(step: Step) -> Facts | None:
    """
    A user has at most one visit EN_ROUTE and one ON_SITE. The other one is named, as far as the reader may see it, with
    the command that ends it.
    """
    other = next((each for each in step.others if each.status is step.after), None)
    if step.override or other is None:
        return None
    where, offered, command = _ELSEWHERE[other.status]
    facts: dict[str, object] = {"user": step.name, "where": where, "offered": offered, "whom": ""}
    if step.may_see(other):
        start = local(other.start, other.zone)
        seen = {"appointment": other.appointment, "version": other.version, "start": start, "offer": command}
        facts |= {**seen, "customer": other.customer_name, "whom": f" with {other.customer_name} at {start:%H:%M}"}
    return facts


@rule("WOR-11", "work_order.not_resumed", "Work order {number} is invoiced or cancelled: its visits are not reopened.")
def work_order_can_be_resumed(step: Step) -> Facts | None:
    """
    A reopened visit reopens its work order where that is COMPLETE, and is refused where it is INVOICED or CANCELLED.
    """
    order, reopened = step.work_order, step.transition.condition is Condition.REOPEN
    return {"number": order.number} if reopened and order is not None and not order.resumable else None


STEP = (reopening_has_a_reason, user_is_at_one_visit, work_order_can_be_resumed)


@frozen(kw_only=True)
class Ending:
    """
    How a visit is said to have ended: its *outcome*, the *reason* that is chosen for it, and whether there are reasons
    to choose from (*offered*).
    """

    outcome: VisitOutcome | None
    reason: CatalogEntry | None
    offered: bool

    @property
    def unable(self) -> bool:
        return self.outcome is VisitOutcome.UNABLE


@rule("FLD-05", "check_out.outcome_required", "Say how the visit ended: done, follow-up, or unable.", field="outcome")
def visit_has_an_outcome(case: Ending) -> Facts | None:
    """
    A check-out asks for the outcome.
    """
    return {} if case.outcome is None else None


@rule("FLD-05", "check_out.unable_not_offered", "This company has no reasons for being unable.", field="outcome")
def unable_is_offered(case: Ending) -> Facts | None:
    """
    UNABLE is there where reasons are configured.
    """
    return {} if case.unable and not case.offered else None


@rule("FLD-05", "check_out.reason_required", "Say why the visit could not be done.", field="unable_reason")
def unable_has_a_reason(case: Ending) -> Facts | None:
    """
    UNABLE comes with a reason.
    """
    return {} if case.unable and case.offered and case.reason is None else None


@rule("FLD-05", "check_out.reason_inactive", "{reason} is no longer offered.", field="unable_reason")
def reason_is_active(case: Ending) -> Facts | None:
    """
    New choices are active entries (ACC-20).
    """
    return {"reason": case.reason.name} if case.reason is not None and not case.reason.active else None


@rule(
    "FLD-05",
    "check_out.reason_alone",
    "A reason goes with a visit that could not be done.",
    field="unable_reason",
)
def reason_goes_with_unable(case: Ending) -> Facts | None:
    """
    Only UNABLE has a reason.
    """
    return {} if case.reason is not None and not case.unable else None


ENDING = (visit_has_an_outcome, unable_is_offered, unable_has_a_reason, reason_is_active, reason_goes_with_unable)


@frozen(kw_only=True)
class Entry:
    """
    When a dispatcher says that a status came about: *at* and, of a visit that ended, *checked_in_at*, as far as they
    were told; *arrived* is when its user checked in, if they did. *given* are the fields that only an end takes.
    """

    after: Status
    now: datetime
    at: datetime | None
    checked_in_at: datetime | None
    arrived: datetime | None
    given: tuple[str, ...] = ()
    zone: str = "UTC"


@rule("APT-07", "status.times_required", "Say when the visit began and when it ended.", field="at")
def end_without_a_check_in_has_times(case: Entry) -> Facts | None:
    """
    A visit that nobody checked in is completed with its times.
    """
    untold = case.arrived is None and (case.at is None or case.checked_in_at is None)
    return {} if case.after is Status.COMPLETED and untold else None


@rule("FLD-09", "status.time_ahead", "{time} on {date} is still to come.", field="at")
def times_are_past(case: Entry) -> Facts | None:
    """
    A late entry tells what was.
    """
    ahead = [each for each in (case.checked_in_at, case.at) if each is not None and each > case.now]
    if not ahead:
        return None
    told = local(ahead[0], case.zone)
    return {"time": f"{told:%H:%M}", "date": told.date()}


@rule("FLD-09", "status.times_reversed", "A visit ends after it began, at {time}.", field="at")
def end_follows_beginning(case: Entry) -> Facts | None:
    """
    A check-out is not before its check-in.
    """
    began = case.arrived or case.checked_in_at
    if case.after is not Status.COMPLETED or began is None or (case.at or case.now) >= began:
        return None
    return {"time": f"{local(began, case.zone):%H:%M}"}


@rule("FLD-09", "status.not_asked", "This cannot be told here: {fields}.")
def only_an_end_is_told_more(case: Entry) -> Facts | None:
    """
    Outcome, reason and check-out notes belong to COMPLETED; a check-in time to one that nobody checked in.
    """
    fields = list(case.given) if case.after is not Status.COMPLETED else []
    if case.checked_in_at is not None and (case.after is not Status.COMPLETED or case.arrived is not None):
        fields.append("checked_in_at")
    return {"fields": ", ".join(fields)} if fields else None


ENTRY = (end_without_a_check_in_has_times, times_are_past, end_follows_beginning, only_an_end_is_told_more)
UNDOING = (undo_leads_back,)
REOPENING = (reopened_visit_is_completed,)
