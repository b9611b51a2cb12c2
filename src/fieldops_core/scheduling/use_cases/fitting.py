"""
Who and when: technicians for a customer, every start that fits.
"""

from datetime import date

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.company.model import AppointmentType, Settings, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.cells import Mask, span
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Violation, require, violations
from fieldops_core.kernel.time import valid_date, zone_info
from fieldops_core.scheduling.calculations import (
    Frame,
    Mode,
    UserTime,
    cells_of,
    distance_from_start,
    frame,
    mode_for,
    proposed_minutes,
    user_time,
)
from fieldops_core.scheduling.messages import FindOpenings, ListTechnicians
from fieldops_core.scheduling.model import Reason, valid_days, valid_minutes
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import LENGTH, OFFER, PLACE, WHOM, Choice, Length, Offer, Place
from fieldops_core.scheduling.use_cases.loading import knowledge, may_look_at_slots, own_hold
from fieldops_core.scheduling.views import (
    DayOpenings,
    ModeView,
    OpeningsView,
    TechniciansView,
    TechnicianView,
    UserOpenings,
    UserRef,
    distance_view,
)

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


@frozen(kw_only=True)
class Search:
    """
    A search for starts: for which visit, in which days, and the users who are valid for it.
    """

    customer: Customer
    type: AppointmentType
    setup: Setup
    length: Length
    mode: Mode
    within: Frame
    choices: tuple[Choice, ...]

    @property
    def possible(self) -> bool:
        """
        Whether there is anybody, and any day.
        """
        return bool(self.choices and self.within.days)

    @property
    def users(self) -> list[UserId]:
        return [choice.person.id for choice in self.choices]

    def starts(self, time: UserTime) -> Mask:
        """
        The cells of a user's time at which the visit can start.
        """
        return time.starts(cells_of(self.length.minutes), cells_of(self.length.step))

    @property
    def mode_view(self) -> ModeView | None:
        return mode_view(self.mode, self.setup.settings) if self.type.kind is Kind.TECH else None


def find_openings(question: FindOpenings, call: Call[Unit]) -> OpeningsView:
    """
    Every start that fits: one load for all users and days, then masks (SCH-08).
    """
    search = searched(question, call)
    times = user_times(search, question, call)
    items = tuple(_openings(choice, times[choice.person.id], search) for choice in search.choices)
    return OpeningsView(
        kind=search.type.kind,
        minutes=search.length.minutes,
        zone=search.within.zone,
        mode=search.mode_view,
        items=items,
        message=None if items else NOBODY,
    )


def searched(question: FindOpenings, call: Call[Unit]) -> Search:
    """
    Raises:
        Forbidden: where the actor may not look at free times for such a record there (ACC-06).
        Refused: where the length, the location or the list mode is none that could be booked.
    """
    unit = call.unit
    customer, type = unit.customers.get(question.customer), unit.appointment_types.get(question.type)
    may_look_at_slots(call.actor, type.kind, customer.stage, customer.location)
    setup = unit.companies.setup()
    length = Length(kind=type.kind, minutes=valid_minutes(proposed_minutes(type, question.sub_type, question.minutes)))
    require(LENGTH, length)
    asked = question.location or customer.location
    require(PLACE, Place(kind=type.kind, asked=asked, customers=customer.location))
    mode = mode_for(question.mode, setup.settings, customer.point)
    location = setup.location(asked)
    if asked != customer.location:
        require(IN_USE, location)
    within = days_frame(location.zone, question.first, question.days, setup.settings)
    offered(type.kind, mode, setup.settings)
    people = unit.people.find(ids=question.users or None, kind=None if question.users else type.kind)
    choices = [
        Choice(kind=type.kind, type=type, customer=customer, person=person, mode=mode, settings=setup.settings)
        for person in people
    ]
    return Search(
        customer=customer,
        type=type,
        setup=setup,
        length=length,
        mode=mode,
        within=within,
        choices=tuple(choice for choice in choices if not violations(WHOM, choice)),
    )


def user_times(search: Search, question: FindOpenings, call: Call[Unit]) -> dict[UserId, UserTime]:
    """
    The time of the users searched, with two queries for all of them, apart from the appointment that is being moved and
    the actor's own hold that is named.
    """
    within = search.within
    if not search.possible:
        return {user: UserTime(frame=within, against=(0,) * len(Reason)) for user in search.users}
    own = own_hold(question.hold, call)
    known = knowledge(
        call, search.setup, within, users=search.users, without=question.moving, hold=own.id if own else None
    )
    return {choice.person.id: user_time(choice.person, within, known) for choice in search.choices}


def offered(kind: Kind, mode: Mode, settings: Settings) -> None:
    """
    Raises:
        Refused: where the company does not offer the list mode asked for (SCH-23).
    """
    require(OFFER, Offer(kind=kind, asked=mode.asked, settings=settings))


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


def _openings(choice: Choice, time: UserTime, search: Search) -> UserOpenings:
    """
    One user's starts by local day, in the location's zone.
    """
    within, starts = time.frame, search.starts(time)
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
