"""
What another location or address of a customer does to the visits that are booked already (CUS-19).
"""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Kind
from fieldops_core.access.rules import VISIT, VisitAccess
from fieldops_core.company.model import AppointmentType, ListMode, Setup, TypeId
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Violation, violations
from fieldops_core.kernel.time import local, local_date
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.calculations import Knowledge, distance_from_start, frame, mode_for, user_time
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import COVERAGE, SLOT, Placement, Visit
from fieldops_core.scheduling.use_cases.loading import told_start
from fieldops_core.scheduling.views import UnfitLine, UnfitView, UserRef, customer_ref, distance_view, reader_window
from fieldops_core.staff.model import Person


def relocate(
    before: Customer, after: Customer, call: Call[Unit], *, only: frozenset[AppointmentId] | None = None
) -> UnfitView:
    """
    After a customer was saved with another location or other coordinates: its open visits belong to its new location
    at the same instant, but for PROGRAM ones, which keep the one that was chosen (APT-17); those that fit no longer are
    told, and none is moved. Whoever books for the customer holds it, and was waited for, or waits. *only*: of its
    visits those, which were the customer's *before*.
    """
    visits = call.unit.appointments.opened(customer=after.id)
    visits = tuple(each for each in visits if only is None or each.id in only)
    if not visits:
        return UnfitView()
    setup = call.unit.companies.setup()
    there = _relocated(visits, after, setup, call) if before.location != after.location else visits
    known = _Known.of(visits, setup, call)
    found = [
        (now, lost)
        for was, now in zip(visits, there, strict=True)
        if (lost := known.misfit(_Place(after, now)).since(known.misfit(_Place(before, was))))
    ]
    found.sort(key=lambda each: (each[0].period.start, each[0].id))
    seen = tuple(known.line(now, after, lost, call) for now, lost in found if _may_see(now, after, call))
    return UnfitView(count=len(found), appointments=seen)


def _relocated(
    visits: Sequence[Appointment], customer: Customer, setup: Setup, call: Call[Unit]
) -> tuple[Appointment, ...]:
    """
    The visits as they are afterwards, saved in a number of statements that does not grow with theirs.
    """
    location = setup.location(customer.location)
    outcomes = {
        each.id: decisions.relocate(each, location, call.context, now=call.now)
        for each in visits
        if each.kind is not Kind.PROGRAM
    }
    call.replace_all(call.unit.appointments, list(outcomes.values()))
    return tuple(outcomes[each.id].state if each.id in outcomes else each for each in visits)


@frozen
class _Place:
    """
    A customer and one of its visits, before a change or after it.
    """

    customer: Customer
    visit: Appointment


@frozen(kw_only=True)
class _Misfit:
    """
    The rules of local time that a visit does not keep, and, under each list mode that the company offers, those of who
    is listed.
    """

    time: tuple[Violation, ...]
    whom: Mapping[ListMode, tuple[Violation, ...]]

    def since(self, before: "_Misfit") -> "_Misfit | None":
        """
        What of it is new; None where nothing is.
        """
        codes = {each.code for each in before.time}
        time = tuple(each for each in self.time if each.code not in codes)
        whom = {mode: broken for mode, broken in self.whom.items() if broken and not before.whom[mode]}
        return _Misfit(time=time, whom=whom) if time or whom else None


@frozen(kw_only=True)
class _Known:
    """
    What the visits of one customer refer to.
    """

    setup: Setup
    people: Mapping[UserId, Person]
    types: Mapping[TypeId, AppointmentType]

    @classmethod
    def of(cls, visits: Sequence[Appointment], setup: Setup, call: Call[Unit]) -> "_Known":
        people = call.unit.people.find(ids={each.user for each in visits}, active=None)
        types = call.unit.appointment_types.all()
        return cls(setup=setup, people={each.id: each for each in people}, types={each.id: each for each in types})

    def misfit(self, place: _Place) -> "_Misfit":
        """
        Whether its user has the time is not asked: the instant is the same.
        """
        settings, case = self.setup.settings, self._placement(place)
        modes = settings.modes if place.visit.kind is Kind.TECH else ()
        listed = {mode: mode_for(mode, settings, place.customer.point) for mode in modes}
        return _Misfit(
            time=violations(SLOT, case),
            whom={mode: violations(COVERAGE, evolve(case.visit.choice, mode=listed[mode])) for mode in modes},
        )

    def _placement(self, place: _Place) -> Placement:
        visit, settings, person = place.visit, self.setup.settings, self.people[place.visit.user]
        start, minutes = visit.period.start, visit.period.minutes
        asked = Visit(
            kind=visit.kind,
            type=self.types[visit.type],
            sub_type=visit.sub_type,
            customer=place.customer,
            person=person,
            location=visit.location,
            zone=visit.zone,
            told=told_start(visit),
            start=start,
            minutes=minutes,
            mode=mode_for(None, settings, place.customer.point),
            settings=settings,
        )
        day = frame(visit.zone, local_date(start, visit.zone), 1, settings.grid_start, settings.grid_end)
        zones = {location.id: location.zone for location in self.setup.locations}
        nothing = Knowledge(zones=zones, absences={}, taken={}, rule=settings.working_hours_rule, now=None)
        return Placement(visit=asked, period=visit.period, time=user_time(person, day, nothing))

    def line(self, visit: Appointment, customer: Customer, lost: _Misfit, call: Call[Unit]) -> UnfitLine:
        person, period, zone = self.people[visit.user], visit.period, visit.zone
        distance = distance_from_start(person.start, customer.point)
        why = (*lost.time, *(each for broken in lost.whom.values() for each in broken))
        return UnfitLine(
            id=visit.id,
            version=visit.version,
            kind=visit.kind,
            type=self.types[visit.type].name,
            user=UserRef(id=person.id, name=person.name),
            customer=customer_ref(customer),
            start=local(period.start, zone),
            end=local(period.end, zone),
            zone=zone,
            reader=reader_window(period, zone, call.context.reader_zone),
            distance=distance_view(distance, self.setup.settings.distance_unit, "start_location"),
            modes=tuple(lost.whom),
            why=tuple({each.code: each for each in why}.values()),
        )


def _may_see(visit: Appointment, customer: Customer, call: Call[Unit]) -> bool:
    case = VisitAccess(
        actor=call.actor, kind=visit.kind, action=Action.VIEW, at=customer.location, assignees=(visit.user,)
    )
    return all(each(case) is None for each in VISIT)
