"""
Carries out what happened to visits, in the order in which it happened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from attrs import frozen

from fieldops_core.access.model import Actor
from fieldops_core.company.model import EntryId
from fieldops_core.field_work.messages import CheckIn, CheckOut, SetStatus
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    MoveAppointment,
    ReinstateAppointment,
)
from fieldops_core.scheduling.model import AppointmentId, Status, WorkOrderId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.work_orders.messages import CreateWorkOrder
from fieldops_core.work_orders.views import WorkOrderView
from fieldops_http.demo.catalog import TEMPLATES
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.opening import Opened, Type
from fieldops_http.demo.teller import Teller
from fieldops_http.demo.visits import Arrived, Cancelled, Change, Done, Missed, Moved, Visit

SOON = timedelta(days=3)
"""
What is to be done within it is urgent.
"""


@frozen
class _Step:
    """
    Something that happens to the visit of an index: its booking, or a change.
    """

    at: datetime
    visit: int
    change: Change | None


def live_through(
    visits: Sequence[Visit],
    teller: Teller,
    clock: SteppedClock,
    opened: Opened,
    *,
    by: Callable[[Visit], Actor],
) -> Iterator[Visit]:
    """
    Book, move, cancel, reinstate and carry out visits, each at its moment; *by* tells who does what the assignee does
    not do. Answers each visit as it is booked.
    """
    known: dict[int, AppointmentView] = {}
    for step in sorted(_steps(visits), key=lambda each: (each.at, each.visit)):
        visit = visits[step.visit]
        clock.forward_to(step.at)
        if step.change is None:
            job = _work_order(visit, teller, opened, by(visit))
            known[step.visit] = teller.do(_booking(visit, opened.types, job), AppointmentView, by(visit))
            yield visit
            continue
        was, on_site = known[step.visit], isinstance(step.change, Arrived | Done)
        command = _changing(step.change, AppointmentId(was.id), opened.reasons)
        actor = visit.stop.worker.colleague.actor if on_site else by(visit)
        known[step.visit] = teller.do(command, AppointmentView, actor, version=was.version)


def _steps(visits: Sequence[Visit]) -> Iterator[_Step]:
    for index, visit in enumerate(visits):
        yield _Step(visit.booked_at, index, None)
        for change in visit.changes:
            yield _Step(change.at, index, change)


def _work_order(visit: Visit, teller: Teller, opened: Opened, by: Actor) -> WorkOrderId | None:
    """
    The job, where it is big enough for one.
    """
    wish = visit.stop.wish
    if wish.job is None or wish.job.name not in TEMPLATES:
        return None
    first, internal = visit.first, visit.private_note
    command = CreateWorkOrder(
        customer=visit.stop.site.customer,
        template=opened.templates[wish.job.name],
        technician=first.colleague.user,
        due=datetime.combine(first.day, time(17)),
        internal_note=Secret(internal) if internal else None,
        priority=opened.priorities[0] if first.day - visit.booked_at.date() <= SOON else UNSET,
    )
    return WorkOrderId(teller.do(command, WorkOrderView, by).id)


def _booking(visit: Visit, types: Mapping[str, Type], work_order: WorkOrderId | None) -> BookAppointment:
    wish = visit.stop.wish
    type = types[wish.offer.name]
    return BookAppointment(
        kind=wish.offer.kind,
        customer=visit.stop.site.customer,
        type=type.id,
        sub_type=type.sub_types[wish.job.name] if wish.job else None,
        user=visit.first.colleague.user,
        start=visit.first.told,
        work_order=work_order,
        notes=visit.notes,
        public_note=wish.offer.public_note,
        private_note=Secret(visit.private_note) if visit.private_note else None,
    )


Changing = MoveAppointment | CancelAppointment | ReinstateAppointment | CheckIn | CheckOut | SetStatus


def _changing(change: Change, id: AppointmentId, reasons: Mapping[str, EntryId]) -> Changing:
    match change:
        case Moved(to=slot):
            return MoveAppointment(appointment=id, start=slot.told, user=slot.colleague.user)
        case Cancelled(by=by, reason=reason):
            return CancelAppointment(appointment=id, by=by, reason=reason)
        case Arrived():
            return CheckIn(appointment=id)
        case Done(outcome=outcome, why=why, notes=notes):
            return CheckOut(appointment=id, outcome=outcome, unable_reason=reasons[why] if why else None, notes=notes)
        case Missed():
            return SetStatus(appointment=id, status=Status.NO_SHOW)
    return ReinstateAppointment(appointment=id)
