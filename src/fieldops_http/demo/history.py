"""
Carries out what happened to visits, in the order in which it happened.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from fieldops_core.access.model import Actor, Kind
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import BookAppointment, CancelAppointment, MoveAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.opening import Type
from fieldops_http.demo.teller import Teller
from fieldops_http.demo.visits import Change, Visit


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
) -> None:
    """
    Book, move and cancel visits, each at its moment; *by* tells who does it.
    """
    booked: dict[int, AppointmentView] = {}
    for step in sorted(_steps(visits), key=lambda each: (each.at, each.visit)):
        visit = visits[step.visit]
        clock.forward_to(step.at)
        if step.change is None:
            booked[step.visit] = teller.do(_booking(visit, types[visit.offer.name]), AppointmentView, by(visit))
        else:
            was = booked[step.visit]
            command = _changing(visit, step.change, AppointmentId(was.id))
            teller.do(command, AppointmentView, by(visit), version=was.version)


def _steps(visits: Sequence[Visit]) -> Iterator[_Step]:
    for index, visit in enumerate(visits):
        yield _Step(visit.booked_at, index, None)
        if visit.change is not None:
            yield _Step(visit.change.at, index, visit.change)


def _booking(visit: Visit, type: Type) -> BookAppointment:
    return BookAppointment(
        kind=visit.kind,
        customer=visit.customer,
        type=type.id,
        sub_type=type.sub_types[visit.sub_type] if visit.sub_type else None,
        user=visit.user,
        start=visit.booked,
        notes=visit.notes,
        public_note="Please clear the way to the unit." if visit.kind is Kind.TECH else "",
        private_note=Secret(visit.private_note) if visit.private_note else None,
    )


def _changing(visit: Visit, change: Change, id: AppointmentId) -> CancelAppointment | MoveAppointment:
    if change.cancelled is None:
        return MoveAppointment(appointment=id, start=visit.start)
    by, reason = change.cancelled
    return CancelAppointment(appointment=id, by=by, reason=reason)
