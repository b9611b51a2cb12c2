"""
The company's appointments, listed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from fieldops_core.access.context import Call
from fieldops_core.access.model import Actor, Kind
from fieldops_core.access.rules import kinds_seen
from fieldops_core.company.model import Location, Setup
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.time import EARLIEST, LATEST, local, moment, valid_date
from fieldops_core.scheduling.messages import ListAppointments
from fieldops_core.scheduling.model import AWAITED, AppointmentId, Block, WorkOrderFact, WorkOrderId
from fieldops_core.scheduling.ports import Selection, Sight, Span, StartPlace, Unit
from fieldops_core.scheduling.views import (
    AppointmentLine,
    AppointmentLinesView,
    CustomerRef,
    UserRef,
    reader_window,
    work_order_ref,
)

ONE_DAY = timedelta(days=1)


def list_appointments(question: ListAppointments, call: Call[Unit]) -> AppointmentLinesView:
    """
    Four queries, however many there are: the company, the page, its users, its work orders.
    """
    unit, setup = call.unit, call.unit.companies.setup()
    selection = Selection(
        spans=_spans(question, setup),
        users=frozenset(question.users) or None,
        statuses=frozenset(question.statuses) or None,
        pending_reassignment=question.pending_reassignment,
        late_at=call.now if question.late else None,
        sight=sight(call.actor, setup),
    )
    after = _place(question.after) if question.after is not None else None
    found = unit.times.selected(selection, after=after, limit=one_more(question.limit))
    page, last = paged(found, question.limit)
    more = cursor_of(last.start.isoformat(), str(last.appointment)) if last else None
    return AppointmentLinesView(items=_lines(page, call), next=more)


def _spans(question: ListAppointments, setup: Setup) -> tuple[Span, ...] | None:
    """
    The dates as each zone's instants, of the locations that tell time so.
    """
    if question.first is None and question.last is None and not question.locations:
        return None
    first = valid_date(question.first or EARLIEST, field="from")
    last = valid_date(question.last or LATEST - ONE_DAY, field="to")
    asked = [setup.location(id) for id in question.locations] or setup.locations
    by_zone: dict[str, list[Location]] = {}
    for location in asked:
        by_zone.setdefault(location.zone, []).append(location)
    return tuple(
        Span(
            locations=frozenset(location.id for location in locations),
            start=moment(zone, first, 0),
            end=moment(zone, last + ONE_DAY, 0),
        )
        for zone, locations in by_zone.items()
    )


def sight(actor: Actor, setup: Setup) -> Sight | None:
    """
    What the actor may see, asked at each location; None where that is everything.
    """
    kinds: dict[Kind, set[LocationId]] = {kind: set() for kind in Kind}
    own = set()
    for location in setup.locations:
        seen, own_sales = kinds_seen(actor, location.id)
        for kind in seen:
            kinds[kind].add(location.id)
        if own_sales:
            own.add(location.id)
    if all(len(there) == len(setup.locations) for there in kinds.values()):
        return None
    return Sight(
        kinds={kind: frozenset(there) for kind, there in kinds.items()},
        only_of=actor.user if own else None,
        own=frozenset(own),
    )


def _lines(page: tuple[Block, ...], call: Call[Unit]) -> tuple[AppointmentLine, ...]:
    if not page:
        return ()
    people = call.unit.people.find(ids={each.user for each in page}, active=None)
    names = {person.id: person.name for person in people}
    ids = {each.work_order for each in page if each.work_order is not None}
    orders = {fact.id: fact for fact in call.unit.work_orders.facts(ids)} if ids else {}
    return tuple(_line(each, names, orders, call) for each in page)


def _line(
    block: Block, names: Mapping[UserId, str], orders: Mapping[WorkOrderId, WorkOrderFact], call: Call[Unit]
) -> AppointmentLine:
    order = orders.get(block.work_order) if block.work_order is not None else None
    return AppointmentLine(
        id=block.appointment,
        version=block.version,
        kind=block.kind,
        status=block.status,
        type=block.type_name,
        user=UserRef(id=block.user, name=names[block.user]),
        customer=CustomerRef(
            id=block.customer, number=block.customer_number, name=block.customer_name, stage=block.stage
        ),
        location=block.location,
        work_order=work_order_ref(order),
        start=local(block.start, block.zone),
        end=local(block.end, block.zone),
        minutes=block.minutes,
        zone=block.zone,
        reader=reader_window(block.planned, block.zone, call.context.reader_zone),
        pending_reassignment=block.pending_reassignment,
        double_booked=block.double_booked,
        late=block.status in AWAITED and block.start < call.now,
    )


def _place(cursor: str) -> StartPlace:
    try:
        start, id = parts_of(cursor)
        place = StartPlace(start=datetime.fromisoformat(start), id=AppointmentId(UUID(id)))
    except ValueError as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error
    if place.start.tzinfo is None:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after")
    return place
