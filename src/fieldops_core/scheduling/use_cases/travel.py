"""
The way to a visit.
"""

from collections.abc import Sequence
from datetime import datetime

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Distance
from fieldops_core.kernel.time import local_date, moment, resolve, valid_date
from fieldops_core.scheduling.calculations import estimate
from fieldops_core.scheduling.messages import MeasureTravel
from fieldops_core.scheduling.ports import Leg, Routing, RoutingFailed, Unit
from fieldops_core.scheduling.use_cases.loading import may_look_at_slots, one_person
from fieldops_core.scheduling.views import TravelView, distance_view


def measure_travel(question: MeasureTravel, call: Call[Unit], *, routing: Routing) -> TravelView:
    """
    Driving distance from the place of the technician's last completed visit earlier that local day, else from the start
    location (SCH-19).
    """
    unit = call.unit
    customer = unit.customers.get(question.customer)
    may_look_at_slots(call.actor, Kind.TECH, customer.stage, customer.location)
    setup = unit.companies.setup()
    person = one_person(unit.people.find(ids=(question.user,), active=None), question.user)
    if not setup.settings.show_previous_appointment_travel or customer.point is None:
        return TravelView(from_previous=None)
    zone = setup.location(customer.location).zone
    start = _instant(question.start, zone)
    midnight = moment(zone, local_date(start, zone), 0)
    previous = unit.times.last_completed(person.id, since=midnight, before=start)
    origin = previous.customer_point if previous else person.start
    named = "previous_completed" if previous else "start_location"
    distance = driven(routing, [(origin, customer.point)])[0] if origin else None
    return TravelView(from_previous=distance_view(distance, setup.settings.distance_unit, named))


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


def _instant(told: datetime, zone: str) -> datetime:
    valid_date(told.date(), field="start")
    instant = resolve(told, zone)
    if instant is None:
        sentence = f"On {told:%Y-%m-%d} the clocks skip {told:%H:%M} in {zone}."
        raise InvalidValue("time.nonexistent", sentence, field="start", rule="SCH-02")
    return instant
