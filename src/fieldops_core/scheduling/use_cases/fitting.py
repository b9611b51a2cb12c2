"""
Who and when: technicians for a customer, every start that fits, the way from the visit before.
"""

from datetime import date, datetime

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.company.model import AppointmentType, Settings, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.cells import span
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Distance, Point
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Violation, require, violations
from fieldops_core.kernel.time import local_date, moment, resolve, valid_date, zone_info
from fieldops_core.scheduling.calculations import (
    Frame,
    Mode,
    UserTime,
    cells_of,
    distance_from_start,
    estimate,
    frame,
    mode_for,
    proposed_minutes,
    user_time,
)
from fieldops_core.scheduling.messages import FindOpenings, ListTechnicians, MeasureTravel
from fieldops_core.scheduling.model import Reason, valid_days, valid_minutes
from fieldops_core.scheduling.ports import Routing, RoutingFailed, Unit
from fieldops_core.scheduling.rules import LENGTH, OFFER, PLACE, WHOM, Choice, Length, Offer, Place
from fieldops_core.scheduling.use_cases.loading import knowledge, may_look_at_slots, one_person, own_hold
from fieldops_core.scheduling.views import (
    DayOpenings,
    ModeView,
    OpeningsView,
    TechniciansView,
    TechnicianView,
    TravelView,
    UserOpenings,
    UserRef,
    distance_view,
)
from fieldops_core.staff.model import Person

NOBODY = "No technicians are available for this customer and list mode."


def list_technicians(question: ListTechnicians, call: Call[Unit]) -> TechniciansView:
    customer = call.unit.customers.get(question.customer)
    may_look_at_slots(call.actor, Kind.TECH, customer.stage, customer.location)
    settings = call.unit.companies.setup().settings
    mode = mode_for(question.mode, settings, customer.point)
    offered(Kind.TECH, mode, settings)
    items = []
    for person in call.unit.people.find(kind=Kind.TECH):
        choice = Choice(kind=Kind.TECH, customer=customer, person=person, mode=mode, settings=settings)
        items.append(technician_view(choice, violations(WHOM, choice)))
    items.sort(key=lambda each: (not each.valid, each.distance["meters"] if each.distance else 10**9, each.user.name))
    message = None if any(each.valid for each in items) else NOBODY
    return TechniciansView(mode=mode_view(mode, settings), items=tuple(items), message=message)


def find_openings(question: FindOpenings, call: Call[Unit]) -> OpeningsView:
    """
    Every start that fits: one load for all users and days, then masks (SCH-08).
    """
    unit = call.unit
    customer, type = unit.customers.get(question.customer), unit.appointment_types.get(question.type)
    may_look_at_slots(call.actor, type.kind, customer.stage, customer.location)
    setup = unit.companies.setup()
    length = Length(kind=type.kind, minutes=valid_minutes(proposed_minutes(type, question.sub_type, question.minutes)))
    require(LENGTH, length)
    asked = question.location or customer.location
    require(PLACE, Place(kind=type.kind, asked=asked, customers=customer.location))
    location = setup.location(asked)
    within = days_frame(location.zone, question.first, question.days, setup.settings)
    choices = _choices(question, call, setup, customer, type)
    times = _times([choice.person for choice in choices], within, call, setup, question)
    items = tuple(_openings(choice, times[choice.person.id], length) for choice in choices)
    return OpeningsView(
        kind=type.kind,
        minutes=length.minutes,
        zone=location.zone,
        mode=mode_view(_mode(question, customer, setup), setup.settings) if type.kind is Kind.TECH else None,
        items=items,
        message=None if items else NOBODY,
    )


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
    distance = driving(routing, origin, customer.point) if origin else None
    return TravelView(from_previous=distance_view(distance, setup.settings.distance_unit, named))


def offered(kind: Kind, mode: Mode, settings: Settings) -> None:
    """
    Raises:
        Refused: where the company does not offer the list mode asked for (SCH-23).
    """
    require(OFFER, Offer(kind=kind, asked=mode.asked, settings=settings))


def driving(routing: Routing, origin: Point, destination: Point) -> Distance:
    """
    What the routing engine tells, or, where it fails, an estimate marked as such.
    """
    try:
        return routing.driving(origin, destination)
    except RoutingFailed:
        return estimate(origin, destination)


def technician_view(choice: Choice, why_not: tuple[Violation, ...]) -> TechnicianView:
    person = choice.person
    distance = distance_from_start(person.start, choice.customer.point)
    return TechnicianView(
        user=UserRef(id=person.id, name=person.name),
        home=person.home,
        distance=distance_view(distance, choice.settings.distance_unit, "start_location"),
        valid=not why_not,
        why_not=why_not,
    )


def mode_view(mode: Mode, settings: Settings) -> ModeView:
    return ModeView(asked=mode.asked, in_force=mode.in_force, fell_back=mode.fell_back, offered=settings.modes)


def days_frame(zone: str, first: date, days: int, settings: Settings) -> Frame:
    """
    Raises:
        InvalidValue: where the days are not 1 to 7 (SCH-09).
    """
    valid_date(first, field="from")
    valid_days(days)
    zone_info(zone)
    return frame(zone, first, days, settings.grid_start, settings.grid_end)


def _mode(question: FindOpenings, customer: Customer, setup: Setup) -> Mode:
    return mode_for(question.mode, setup.settings, customer.point)


def _choices(
    question: FindOpenings, call: Call[Unit], setup: Setup, customer: Customer, type: AppointmentType
) -> list[Choice]:
    """
    The users that are valid for a customer, of those asked for.
    """
    mode = _mode(question, customer, setup)
    offered(type.kind, mode, setup.settings)
    people = call.unit.people.find(ids=question.users or None, kind=None if question.users else type.kind)
    choices = [
        Choice(kind=type.kind, type=type, customer=customer, person=person, mode=mode, settings=setup.settings)
        for person in people
    ]
    return [choice for choice in choices if not violations(WHOM, choice)]


def _times(
    people: list[Person], within: Frame, call: Call[Unit], setup: Setup, question: FindOpenings
) -> dict[UserId, UserTime]:
    if not people or not within.days:
        return {person.id: UserTime(frame=within, against=(0,) * len(Reason)) for person in people}
    own = own_hold(question.hold, call)
    known = knowledge(
        call,
        setup,
        within,
        users=[person.id for person in people],
        without=question.moving,
        hold=own.id if own else None,
    )
    return {person.id: user_time(person, within, known) for person in people}


def _openings(choice: Choice, time: UserTime, length: Length) -> UserOpenings:
    """
    One user's starts by local day, in the location's zone.
    """
    within, starts = time.frame, time.starts(cells_of(length.minutes), cells_of(length.step))
    days = tuple(
        DayOpenings(date=day.date, starts=within.told(starts & span(day.first, day.end - day.first)))
        for day in within.days
    )
    distance = distance_from_start(choice.person.start, choice.customer.point)
    return UserOpenings(
        user=UserRef(id=choice.person.id, name=choice.person.name),
        distance=distance_view(distance, choice.settings.distance_unit, "start_location"),
        days=days,
    )


def _instant(told: datetime, zone: str) -> datetime:
    valid_date(told.date(), field="start")
    instant = resolve(told, zone)
    if instant is None:
        sentence = f"On {told:%Y-%m-%d} the clocks skip {told:%H:%M} in {zone}."
        raise InvalidValue("time.nonexistent", sentence, field="start", rule="SCH-02")
    return instant
