"""
Visits that a storage accepts together, and what is to be answered of them.
"""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Kind
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Appointment, Block, SeriesId, Status, StatusChange
from fieldops_core.testing.builders import DAY, at
from fieldops_core.testing.contracts.world import World
from fieldops_core.testing.strategies import ids

MINUTE = timedelta(minutes=1)
SLOT = 15 * MINUTE
FIRST = at("00:00", DAY)
DAYS = 5


@st.composite
def slots(draw: st.DrawFn, *, longest: int = 26 * 4) -> Period:
    """
    Whole quarters of an hour in the days that these suites look at: short ones mostly, so that some touch.
    """
    first = draw(st.integers(0, 12) | st.integers(0, DAYS * 96))
    length = draw(st.integers(1, 6) | st.integers(1, longest))
    return Period(start=FIRST + first * SLOT, end=FIRST + (first + length) * SLOT)


@st.composite
def visit(draw: st.DrawFn, world: World) -> Appointment:
    period, status = draw(slots()), draw(st.sampled_from(Status))
    return world.visit(
        user=draw(world.known.users),
        customer=draw(world.known.customers),
        type=draw(world.known.types),
        kind=draw(st.sampled_from(Kind)),
        period=period,
        status=status,
        moments=draw(check_outs(period)) if status is Status.COMPLETED else (),
        double_booked=draw(st.booleans()),
        work_order=draw(st.none() | world.known.work_orders),
        series=draw(st.none() | ids().map(SeriesId)),
        pending_reassignment=draw(st.booleans()),
    )


def check_outs(period: Period) -> SearchStrategy[tuple[StatusChange, ...]]:
    """
    Nobody knows when, or at some minute from an hour before the start to an hour after the end.
    """
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    minutes = st.integers(0, (period.end - period.start + 2 * hour) // minute)
    instants = minutes.map(lambda some: period.start - hour + some * minute)
    changes = st.builds(
        StatusChange, status=st.just(Status.COMPLETED), at=instants, by=st.none(), source=st.just(Source.APP)
    )
    return st.lists(changes, max_size=1).map(tuple)


@st.composite
def some_visits(draw: st.DrawFn, world: World) -> list[Appointment]:
    """
    Visits in no order, none of which takes the time of another.
    """
    found: list[Appointment] = []
    for each in draw(st.lists(visit(world), max_size=8)):
        if not any(collide(each, other) for other in found):
            found.append(each)
    return draw(st.permutations(found))


def taken_until(appointment: Appointment) -> datetime:
    """
    Until when an appointment takes its user's time, from its start on: slot by slot until it was checked out.
    """
    period, until = appointment.period, appointment.period.start
    if appointment.status in (Status.CANCELLED, Status.NO_SHOW):
        return until
    done = appointment.moments[-1].at if appointment.status is Status.COMPLETED and appointment.moments else period.end
    while until < min(done, period.end):
        until += 15 * MINUTE if appointment.kind is Kind.PROGRAM else 30 * MINUTE
    return min(until, period.end)


def occupies(appointment: Appointment) -> bool:
    return taken_until(appointment) > appointment.period.start


def takes(appointment: Appointment, period: Period) -> bool:
    """
    Whether it takes some instant of a period.
    """
    return max(appointment.period.start, period.start) < min(taken_until(appointment), period.end)


def touches(appointment: Appointment, period: Period) -> bool:
    """
    Whether some instant of the planned window lies in a period.
    """
    return max(appointment.period.start, period.start) < min(appointment.period.end, period.end)


def collide(one: Appointment, other: Appointment) -> bool:
    """
    Whether a storage refuses to keep both: time of one user, taken twice, and not on purpose.
    """
    return (
        one.user == other.user
        and all(occupies(each) and not each.double_booked for each in (one, other))
        and takes(one, Period(start=other.period.start, end=taken_until(other)))
    )


def shown(appointment: Appointment, world: World) -> Block:
    """
    The block of an appointment, field by field.
    """
    customer = next(each for each in (world.maria, world.jens) if each.id == appointment.customer)
    type = next(each for each in (world.service, world.estimate) if each.id == appointment.type)
    return Block(
        appointment=appointment.id,
        version=appointment.version,
        user=appointment.user,
        kind=appointment.kind,
        status=appointment.status,
        start=appointment.period.start,
        end=appointment.period.end,
        occupied_until=taken_until(appointment) if occupies(appointment) else None,
        zone=appointment.zone,
        location=appointment.location,
        type=type.id,
        type_name=type.name,
        customer=customer.id,
        customer_number=customer.number,
        customer_name=customer.name,
        customer_location=customer.location,
        customer_point=customer.point,
        stage=customer.stage,
        pending_reassignment=appointment.pending_reassignment,
        double_booked=appointment.double_booked,
        checked_out_at=appointment.moments[-1].at if appointment.moments else None,
        work_order=appointment.work_order,
        series=appointment.series,
    )
