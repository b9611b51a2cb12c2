"""
Appointments, and what is shown of them.
"""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Kind, Stage
from fieldops_core.kernel.time import Period, local, local_day
from fieldops_core.scheduling.model import (
    LONGEST_HOLD,
    OCCUPYING,
    TRANSITIONS,
    Appointment,
    AppointmentId,
    Around,
    Block,
    CancelledBy,
    GridChoice,
    Hold,
    HoldId,
    NewSpot,
    Repair,
    RepairId,
    RepairMove,
    Rescheduling,
    SeriesId,
    Spot,
    Status,
    StatusChange,
    VisitOutcome,
    WorkOrderFact,
)
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.company import appointment_types, catalog_entries, locations
from fieldops_core.testing.strategies.customers import customers
from fieldops_core.testing.strategies.kernel import days, ids, instants, names, points, secrets, sources, texts, zones
from fieldops_core.testing.strategies.known import ANY, Known
from fieldops_core.testing.strategies.staff import people

_SLOT = timedelta(minutes=15)


@st.composite
def visits(draw: st.DrawFn, zone: str) -> Period:
    """
    A planned window: whole quarters of an hour within one local day of a zone.
    """
    day = draw(days(zone).map(lambda found: local_day(zone, found)).filter(lambda found: found is not None))
    assert day is not None
    slots = day.length // _SLOT
    first = draw(st.integers(0, slots - 1))
    last = draw(st.integers(first + 1, slots))
    return Period(start=day.start + first * _SLOT, end=day.start + last * _SLOT)


@st.composite
def moments(draw: st.DrawFn, known: Known = ANY) -> tuple[StatusChange, ...]:
    """
    The changes of status that an appointment went through, each legal after the one before.
    """
    found: list[StatusChange] = []
    at, status = draw(instants()), Status.SCHEDULED
    for _ in range(draw(st.integers(0, 5))):
        status = draw(st.sampled_from(sorted(TRANSITIONS[status], key=lambda each: each.value)))
        at += draw(st.timedeltas(timedelta(0), timedelta(days=2)))
        found.append(draw(_changes(known, status, at)))
    return tuple(found)


def _changes(known: Known, status: Status, at: datetime) -> SearchStrategy[StatusChange]:
    return st.builds(
        StatusChange,
        status=st.just(status),
        at=st.just(at),
        by=st.none() | known.users,
        source=sources(),
        point=st.none() | points(),
        override=st.booleans(),
        reason=texts(),
    )


def status_changes(known: Known = ANY) -> SearchStrategy[StatusChange]:
    return st.tuples(st.sampled_from(Status), instants()).flatmap(lambda found: _changes(known, *found))


@st.composite
def appointments(draw: st.DrawFn, known: Known = ANY, *, period: Period | None = None) -> Appointment:
    """
    With every field, in every status; at *period*, or, with None, at any time.
    """
    zone = draw(zones())
    planned = period or draw(visits(zone))
    went_through = draw(moments(known))
    status = went_through[-1].status if went_through else Status.SCHEDULED
    cancelled, completed = status is Status.CANCELLED, status is Status.COMPLETED
    outcome = draw(st.sampled_from(VisitOutcome)) if completed else None
    rescheduling = draw(st.sampled_from(Rescheduling))
    double_booked = draw(st.booleans())
    return Appointment(
        id=AppointmentId(draw(ids())),
        kind=draw(st.sampled_from(Kind)),
        type=draw(known.types),
        sub_type=draw(st.none() | known.sub_types),
        user=draw(known.users),
        customer=draw(known.customers),
        location=draw(known.locations),
        period=planned,
        agreed=local(planned.start, zone).replace(tzinfo=None),
        zone=zone,
        status=status,
        notes=draw(texts()),
        on_site_notes=draw(texts()),
        public_note=draw(texts()),
        private_note=draw(st.none() | secrets()),
        pending_reassignment=status is Status.SCHEDULED and draw(st.booleans()),
        cancelled_by=draw(st.sampled_from(CancelledBy)) if cancelled else None,
        cancellation_reason=draw(texts()) if cancelled else "",
        work_order=draw(st.none() | known.work_orders),
        former_work_order=draw(st.none() | st.integers(1, 1_000_000)),
        series=draw(st.none() | ids().map(SeriesId)),
        rescheduling=rescheduling,
        reschedule_reason=None if rescheduling is Rescheduling.NO else draw(st.none() | known.entries),
        outcome=outcome,
        unable_reason=draw(known.entries) if outcome is VisitOutcome.UNABLE else None,
        check_out_notes=draw(texts()) if completed else "",
        for_the_record=draw(st.booleans()),
        double_booked=double_booked,
        double_booked_with=draw(st.none() | known.appointments) if double_booked else None,
        double_book_reason=draw(texts()) if double_booked else "",
        moments=went_through,
        created_by=draw(st.none() | known.users),
        created_at=draw(instants()),
        changed_by=draw(st.none() | known.users),
        changed_at=draw(instants()),
        version=draw(versions()),
    )


def work_order_facts(known: Known = ANY) -> SearchStrategy[WorkOrderFact]:
    return st.builds(
        WorkOrderFact,
        id=known.work_orders,
        number=st.integers(1, 1_000_000),
        customer=known.customers,
        open=st.booleans(),
        resumable=st.booleans(),
    )


def arounds(known: Known = ANY) -> SearchStrategy[Around]:
    """
    What an appointment may refer to.
    """
    return st.builds(
        Around,
        customer=customers(known),
        person=people(known),
        type=appointment_types(),
        location=locations(),
        work_order=st.none() | work_order_facts(known),
        reschedule_reason=st.none() | catalog_entries(),
        unable_reason=st.none() | catalog_entries(),
        names=st.dictionaries(known.users, names(), max_size=2),
    )


@st.composite
def blocks(draw: st.DrawFn, known: Known = ANY) -> Block:
    zone, status = draw(zones()), draw(st.sampled_from(Status))
    period = draw(visits(zone))
    return Block(
        appointment=AppointmentId(draw(ids())),
        version=draw(versions()),
        user=draw(known.users),
        kind=draw(st.sampled_from(Kind)),
        status=status,
        start=period.start,
        end=period.end,
        occupied_until=period.end if status in OCCUPYING else None,
        zone=zone,
        location=draw(known.locations),
        type=draw(known.types),
        type_name=draw(names()),
        customer=draw(known.customers),
        customer_number=draw(st.integers(1, 1_000_000)),
        customer_name=draw(names()),
        customer_location=draw(known.locations),
        customer_point=draw(st.none() | points()),
        stage=draw(st.sampled_from(Stage)),
        pending_reassignment=status is Status.SCHEDULED and draw(st.booleans()),
        double_booked=draw(st.booleans()),
        checked_out_at=period.end if status is Status.COMPLETED else None,
        work_order=draw(st.none() | known.work_orders),
        series=draw(st.none() | ids().map(SeriesId)),
    )


@st.composite
def holds(draw: st.DrawFn, known: Known = ANY, *, period: Period | None = None) -> Hold:
    """
    Of time at *period*, or, with None, at any time.
    """
    zone, created_at = draw(zones()), draw(instants())
    return Hold(
        id=HoldId(draw(ids())),
        user=draw(known.users),
        customer=draw(known.customers),
        type=draw(known.types),
        location=draw(known.locations),
        period=period or draw(visits(zone)),
        zone=zone,
        expires_at=created_at + timedelta(minutes=draw(st.integers(1, LONGEST_HOLD))),
        created_by=draw(st.none() | known.users),
        created_at=created_at,
        version=draw(versions()),
    )


def spots(known: Known = ANY) -> SearchStrategy[Spot]:
    return st.builds(Spot, user=known.users, period=zones().flatmap(visits))


def repair_moves(known: Known = ANY) -> SearchStrategy[RepairMove]:
    return st.builds(RepairMove, appointment=ids().map(AppointmentId), before=spots(known), after=spots(known))


def new_spots(known: Known = ANY) -> SearchStrategy[NewSpot]:
    """
    With starts that are instants.
    """
    return st.builds(
        NewSpot,
        appointment=ids().map(AppointmentId),
        user=known.users,
        start=instants(),
        version=st.none() | versions(),
    )


@st.composite
def repairs(draw: st.DrawFn, known: Known = ANY) -> Repair:
    """
    Of one to three visits, undone or not.
    """
    made_at, undone = draw(instants()), draw(st.booleans())
    return Repair(
        id=RepairId(draw(ids())),
        moves=tuple(draw(st.lists(repair_moves(known), min_size=1, max_size=3))),
        made_by=draw(st.none() | known.users),
        made_at=made_at,
        undone_by=draw(known.users) if undone else None,
        undone_at=made_at + timedelta(minutes=1) if undone else None,
        version=draw(versions()),
    )


def grid_choices(known: Known = ANY) -> SearchStrategy[GridChoice]:
    return st.builds(
        GridChoice,
        kind=st.none() | st.sampled_from(Kind),
        days=st.integers(1, 7),
        locations=st.lists(known.locations, max_size=3, unique=True).map(tuple),
        users=st.lists(known.users, max_size=3, unique=True).map(tuple),
        statuses=st.lists(st.sampled_from(Status), unique=True).map(tuple),
        pending_reassignment=st.none() | st.booleans(),
    )
