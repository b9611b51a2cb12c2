"""
The way to a visit.
"""

from collections.abc import Sequence

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.kernel.geo import Distance
from fieldops_core.kernel.time import Period, local_date, moment, told_instant
from fieldops_core.scheduling.calculations import estimate
from fieldops_core.scheduling.messages import MeasureTravel
from fieldops_core.scheduling.model import OCCUPYING, Block, Status
from fieldops_core.scheduling.ports import Leg, Routing, RoutingFailed, Unit
from fieldops_core.scheduling.use_cases.loading import may_look_at_slots, one_person
from fieldops_core.scheduling.views import TravelView, distance_view


def measure_travel(question: MeasureTravel, call: Call[Unit], *, routing: Routing) -> TravelView:
    """
    Driving distance from the place of the technician's last completed visit earlier that local day, else from the start
    location (SCH-19); beside it, from the open or completed visit just before the start, if there is one that day
    (SCH-25).
    """
    unit = call.unit
    customer = unit.customers.get(question.customer)
    may_look_at_slots(call.actor, Kind.TECH, customer.stage, customer.location)
    setup = unit.companies.setup()
    person = one_person(unit.people.find(ids=(question.user,), active=None), question.user)
    there = customer.point
    if not setup.settings.show_previous_appointment_travel or there is None:
        return TravelView(from_previous=None, from_previous_booked=None)
    earlier = _earlier(question, call, setup.location(customer.location).zone)
    completed = next((each for each in earlier if each.status is Status.COMPLETED), None)
    booked = next((each for each in earlier if each.status in OCCUPYING), None)
    origins = (
        ("previous_completed", completed.customer_point) if completed else ("start_location", person.start),
        ("previous_booked", booked.customer_point if booked else None),
    )
    legs = {named: (point, there) for named, point in origins if point is not None}
    found = dict(zip(legs, driven(routing, tuple(legs.values())), strict=True))
    told = (distance_view(found.get(named), setup.settings.distance_unit, named) for named, _ in origins)
    return TravelView(from_previous=next(told), from_previous_booked=next(told))


def driven(routing: Routing, legs: Sequence[Leg]) -> tuple[Distance, ...]:
    """
    What the routing engine tells of each leg; where it fails, or knows no road, an estimate marked as such (SCH-19).
    """
    try:
        told: Sequence[Distance | None] = routing.driving(legs)
    except RoutingFailed:
        told = [None] * len(legs)
    return tuple(
        estimate(*leg) if each is None or each.minutes is None else each for each, leg in zip(told, legs, strict=True)
    )


def _earlier(question: MeasureTravel, call: Call[Unit], zone: str) -> list[Block]:
    """
    The user's visits that start earlier on the local day, the latest first.
    """
    start = told_instant(question.start, zone, field="start")
    midnight = moment(zone, local_date(start, zone), 0)
    if midnight == start:
        return []
    day = call.unit.times.blocks(Period(start=midnight, end=start), users=(question.user,))
    return [each for each in day[::-1] if each.start >= midnight and each.appointment != question.moving]
