"""
Carries out what happened to visits, in the order in which it happened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Actor
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    MoveAppointment,
    ReinstateAppointment,
)
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.opening import Type
from fieldops_http.demo.teller import Teller
from fieldops_http.demo.visits import Cancelled, Change, Moved, Visit


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
    types: Mapping[str, Type],
    *,
    by: Callable[[Visit], Actor],
) -> Iterator[Visit]:
    """
    Book, move, cancel and reinstate visits, each at its moment; *by* tells who does it. Answers each visit as it is
    booked.
    """
    known: dict[int, AppointmentView] = {}
    for step in sorted(_steps(visits), key=lambda each: (each.at, each.visit)):
        visit = visits[step.visit]
        clock.forward_to(step.at)
        if step.change is None:
            known[step.visit] = teller.do(_booking(visit, types), AppointmentView, by(visit))
            yield visit
        else:
            was = known[step.visit]
            command = _changing(step.change, AppointmentId(was.id))
            known[step.visit] = teller.do(command, AppointmentView, by(visit), version=was.version)


def _steps(visits: Sequence[Visit]) -> Iterator[_Step]:
    for index, visit in enumerate(visits):
        yield _Step(visit.booked_at, index, None)
        for change in visit.changes:
            yield _Step(change.at, index, change)


def _booking(visit: Visit, types: Mapping[str, Type]) -> BookAppointment:
    wish = visit.stop.wish
    type = types[wish.offer.name]
    return BookAppointment(
        kind=wish.offer.kind,
        customer=visit.stop.site.customer,
        type=type.id,
        sub_type=type.sub_types[wish.job.name] if wish.job else None,
        user=visit.first.colleague.user,
        start=visit.first.told,
        notes=visit.notes,
        public_note=wish.offer.public_note,
        private_note=Secret(visit.private_note) if visit.private_note else None,
    )


def _changing(change: Change, id: AppointmentId) -> MoveAppointment | CancelAppointment | ReinstateAppointment:
    match change:
        case Moved(to=slot):
            return MoveAppointment(appointment=id, start=slot.told, user=slot.colleague.user)
        case Cancelled(by=by, reason=reason):
            return CancelAppointment(appointment=id, by=by, reason=reason)
    return ReinstateAppointment(appointment=id)
