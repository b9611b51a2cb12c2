"""
Rules of an appointment's life: what may be edited when, and what may follow what.
"""

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.rules import rule
from fieldops_core.scheduling.model import EDITABLE, OPEN, TRANSITIONS, Appointment, Condition, Part, Status


@frozen(kw_only=True)
class Edit:
    """
    A change of some parts of an appointment.
    """

    appointment: Appointment
    parts: frozenset[Part]

    def forbidden(self) -> list[str]:
        """
        The parts that its status does not let change.
        """
        return sorted(part.value for part in self.parts - EDITABLE[self.appointment.status])


@rule("APT-10", "appointment.under_way", "The visit is under way ({status}): {parts} cannot be changed now.")
def open_visit_lets_this_change(edit: Edit) -> Facts | None:
    """
    EN_ROUTE: everything but user and date; ON_SITE: duration, work order, type and notes.
    """
    status, parts = edit.appointment.status, edit.forbidden()
    return {"status": status.value, "parts": ", ".join(parts)} if parts and status in OPEN else None


@rule("APT-10", "appointment.completed", "The visit is completed: nothing can be changed until it is reopened.")
def completed_visit_stays(edit: Edit) -> Facts | None:
    """
    COMPLETED: nothing until reopened.
    """
    status, parts = edit.appointment.status, edit.forbidden()
    return {"status": status.value, "parts": ", ".join(parts)} if parts and status is Status.COMPLETED else None


@rule(
    "APT-10", "appointment.ended", "The visit has ended ({status}): {parts} cannot be changed unless it is reinstated."
)
def ended_visit_keeps_all_but_notes(edit: Edit) -> Facts | None:
    """
    CANCELLED and NO_SHOW: notes; time and user together with the return to SCHEDULED.
    """
    status, parts = edit.appointment.status, edit.forbidden()
    ended = status in (Status.CANCELLED, Status.NO_SHOW)
    return {"status": status.value, "parts": ", ".join(parts)} if parts and ended else None


EDITING = (open_visit_lets_this_change, completed_visit_stays, ended_visit_keeps_all_but_notes)


@frozen(kw_only=True)
class Transition:
    """
    A change of status, by a command that acts under some of the *conditions*.
    """

    before: Status
    after: Status
    conditions: frozenset[Condition] = frozenset(Condition)

    @property
    def condition(self) -> Condition | None:
        """
        Under what it is legal; None where it never is.
        """
        return TRANSITIONS[self.before].get(self.after)


@rule("APT-07", "appointment.illegal_transition", "A visit that is {before} cannot become {after}.", field="status")
def transition_is_legal(case: Transition) -> Facts | None:
    """
    The table of transitions is the whole truth.
    """
    if case.condition in case.conditions:
        return None
    return {"before": case.before.value, "after": case.after.value}


LIFECYCLE = (transition_is_legal,)


@rule(
    "APT-07",
    "appointment.not_ended",
    "Only a cancelled visit, or one where nobody showed, is reinstated, not one that is {before}.",
    field="status",
)
def reinstated_visit_has_ended(case: Transition) -> Facts | None:
    """
    The way back from EN_ROUTE and ON_SITE is an undo of the assignee, not a reinstatement.
    """
    return None if case.before in (Status.CANCELLED, Status.NO_SHOW) else {"before": case.before.value}


REINSTATING = (reinstated_visit_has_ended,)


@frozen(kw_only=True)
class Place:
    """
    The location *asked* for a new appointment, and the customer's.
    """

    kind: Kind
    asked: LocationId
    customers: LocationId


@rule(
    "APT-17",
    "appointment.location_fixed",
    "The location of a {kind} appointment is its customer's; only program appointments choose one.",
    field="location",
)
def location_is_the_customers(case: Place) -> Facts | None:
    """
    The location is the customer's when booked; of PROGRAM, the one chosen.
    """
    fits = case.kind is Kind.PROGRAM or case.asked == case.customers
    return None if fits else {"kind": case.kind.value, "location": case.asked}


PLACE = (location_is_the_customers,)


@frozen(kw_only=True)
class Creation:
    """
    A new appointment without its kind said: the kinds that the actor can create there.
    """

    kinds: tuple[Kind, ...]


@rule("ACC-08", "appointment.kind_required", "Say which kind of appointment this is: {kinds}.", field="kind")
def kind_is_said_or_clear(case: Creation) -> Facts | None:
    """
    Who can create one kind only gets it without being asked; who can create several must say which.
    """
    return {"kinds": ", ".join(kind.value for kind in case.kinds)} if len(case.kinds) > 1 else None


CREATION = (kind_is_said_or_clear,)
