"""
Visits that a storage accepts together, and what is to be answered of them.
"""

from datetime import timedelta

from hypothesis import strategies as st

from fieldops_core.access.model import Kind
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Appointment, Block, SeriesId, Status
from fieldops_core.testing.builders import DAY, at
from fieldops_core.testing.contracts.world import World
from fieldops_core.testing.strategies import ids

SLOT = timedelta(minutes=15)
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
    return world.visit(
        user=draw(world.known.users),
        customer=draw(world.known.customers),
        type=draw(world.known.types),
        kind=draw(st.sampled_from(Kind)),
        period=draw(slots()),
        status=draw(st.sampled_from(Status)),
        double_booked=draw(st.booleans()),
        series=draw(st.none() | ids().map(SeriesId)),
        pending_reassignment=draw(st.booleans()),
    )


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


def occupies(appointment: Appointment) -> bool:
    return appointment.status not in (Status.CANCELLED, Status.NO_SHOW)


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
        and touches(one, other.period)
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
        occupied_until=appointment.period.end if occupies(appointment) else None,
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
        work_order=appointment.work_order,
        series=appointment.series,
    )
