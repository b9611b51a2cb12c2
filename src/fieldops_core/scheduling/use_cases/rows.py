"""
Appointments as the rows of lists, and the list of a customer's.
"""

from datetime import datetime
from uuid import UUID

from fieldops_core.access.context import Call
from fieldops_core.access.model import Actor, Kind
from fieldops_core.access.rules import kinds_seen
from fieldops_core.company.model import TypeId
from fieldops_core.kernel.errors import Forbidden, InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.messages import ListCustomerAppointments
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.scheduling.ports import ListPlace, Unit
from fieldops_core.scheduling.use_cases.answering import late_starts, work_orders_of
from fieldops_core.scheduling.views import AppointmentRow, AppointmentsView, UserRef, reader_window, work_order_ref


def list_of_customer(question: ListCustomerAppointments, call: Call[Unit]) -> AppointmentsView:
    customer = call.unit.customers.get(question.customer)
    kinds, only_of = _kinds_seen(call.actor, customer.location)
    place = _place(question.after) if question.after else None
    as_of = place.as_of if place else call.now
    found = call.unit.appointments.of_customer(
        customer.id, kinds=kinds, only_of=only_of, as_of=as_of, after=place, limit=one_more(question.limit)
    )
    page, last = paged(found, question.limit)
    upcoming = None
    if question.count:
        upcoming = call.unit.appointments.upcoming(customer.id, kinds=kinds, only_of=only_of, as_of=call.now)
    more = _cursor(last, as_of) if last else None
    return AppointmentsView(items=rows_of(page, call), next=more, upcoming=upcoming)


def _kinds_seen(actor: Actor, at: LocationId) -> tuple[frozenset[Kind], UserId | None]:
    """
    The kinds that an actor sees at a location (ACC-26); where SALES is not among them, the user whose own sales visits
    are seen all the same.

    Raises:
        Forbidden: where there is nothing to be seen.
    """
    kinds, own = kinds_seen(actor, at)
    if not kinds and not own:
        raise Forbidden("You may not see appointments here.", rule="ACC-26")
    return kinds, actor.user if own else None


def rows_of(page: tuple[Appointment, ...], call: Call[Unit]) -> tuple[AppointmentRow, ...]:
    if not page:
        return ()
    people = call.unit.people.find(ids={each.user for each in page}, active=None)
    names: dict[UserId, str] = {person.id: person.name for person in people}
    types: dict[TypeId, str] = {type.id: type.name for type in call.unit.appointment_types.all()}
    work_orders, late = work_orders_of(page, call), late_starts(page, call)
    return tuple(
        AppointmentRow(
            id=each.id,
            version=each.version,
            kind=each.kind,
            status=each.status,
            type=types[each.type],
            user=UserRef(id=each.user, name=names[each.user]),
            work_order=work_order_ref(work_orders.get(each.work_order)),
            start=local(each.period.start, each.zone),
            end=local(each.period.end, each.zone),
            zone=each.zone,
            reader=reader_window(each.period, each.zone, call.context.reader_zone),
            expected_start=local(late[each.id], each.zone) if each.id in late else None,
            pending_reassignment=each.pending_reassignment,
            notes=each.notes,
        )
        for each in page
    )


def _cursor(last: Appointment, as_of: datetime) -> str:
    """
    The place of an appointment in the list as it was ordered at *as_of*: later pages keep that order.
    """
    upcoming = str(int(last.upcoming(as_of)))
    return cursor_of(as_of.isoformat(), upcoming, last.period.start.isoformat(), str(last.id))


def _place(cursor: str) -> ListPlace:
    try:
        as_of, upcoming, start, id = parts_of(cursor)
        times = datetime.fromisoformat(as_of), datetime.fromisoformat(start)
        place = ListPlace(as_of=times[0], upcoming=upcoming == "1", start=times[1], id=AppointmentId(UUID(id)))
    except ValueError as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error
    if any(each.tzinfo is None for each in times):
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after")
    return place
