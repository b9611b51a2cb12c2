"""
Settings that quietly break scheduling (ACC-28): nothing refuses them, and nothing can be booked with them.
"""

from collections.abc import Iterable, Iterator

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Kind, Permission, Stage
from fieldops_core.access.rules import RecordAccess, may_use_record, require_company_wide
from fieldops_core.company.model import AppointmentType, ListMode, Location, Settings
from fieldops_core.customers.model import CustomerPlace
from fieldops_core.kernel.time import local_date
from fieldops_core.scheduling.calculations import covers, mode_for
from fieldops_core.scheduling.messages import Diagnose
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.views import CustomerRef, DiagnosisView, FindingView
from fieldops_core.staff.model import Person

MOST = 50
DOERS = {Kind.TECH: "technician", Kind.SALES: "sales rep", Kind.PROGRAM: "user who has it among their program types"}


def diagnose(_: Diagnose, call: Call[Unit]) -> DiagnosisView:
    require_company_wide(call.actor, Permission.SETTINGS, Action.VIEW)
    unit, setup = call.unit, call.unit.companies.setup()
    people = unit.people.find()
    technicians = [person for person in people if person.technician]
    zones = {location.id: location.zone for location in setup.locations}
    idle = (each for each in technicians if _never_works(each, zones[each.home], call))
    customers = _uncovered(unit.customers.places(), technicians, setup.settings)
    return DiagnosisView(
        items=(
            *map(_without_hours, idle),
            *_without_reach(technicians, setup.settings),
            *_undoable(unit.appointment_types.all(), people),
            *_empty(setup.locations, people),
            *_not_covered(customers, call),
        )
    )


def _never_works(person: Person, zone: str, call: Call[Unit]) -> bool:
    today = local_date(call.now, zone)
    return not any(person.hours.weekly.days) and not any(
        each.ranges and each.date >= today for each in person.hours.dated
    )


def _without_hours(person: Person) -> FindingView:
    return FindingView(
        code="technician.no_working_hours",
        sentence=f"{person.name} is a technician without working hours, and can be booked on no day.",
        mend="Give them working hours, or make them no technician.",
        id=person.id,
        name=person.name,
    )


def _without_reach(technicians: Iterable[Person], settings: Settings) -> Iterator[FindingView]:
    """
    Asked where a radius mode is offered: without one, nobody asks for distances.
    """
    if all(mode is ListMode.IN_OFFICE_LOCATION for mode in settings.modes):
        return
    for person in technicians:
        if person.start is None:
            code, lack = "technician.no_start_location", "without a start location, and is listed in no coverage area"
            mend = "Give them the coordinates that they start the day from."
        elif not person.coverage_radius:
            code, lack = "technician.no_coverage_radius", "whose coverage radius is 0, and covers no customer"
            mend = "Give them a coverage radius."
        else:
            continue
        sentence = f"{person.name} is a technician {lack}."
        yield FindingView(code=code, sentence=sentence, mend=mend, id=person.id, name=person.name)


def _undoable(types: Iterable[AppointmentType], people: Iterable[Person]) -> Iterator[FindingView]:
    for type in types:
        if type.active and not any(person.can_be_assigned(type.kind, type.id) for person in people):
            doer = DOERS[type.kind]
            yield FindingView(
                code="type.nobody",
                sentence=f"Nobody can do {type.name}: there is no active {doer}.",
                mend=f"Make somebody a {doer}, or make the type inactive.",
                id=type.id,
                name=type.name,
            )


def _empty(locations: Iterable[Location], people: Iterable[Person]) -> Iterator[FindingView]:
    for location in locations:
        if location.active and not any(person.of(location.id) for person in people):
            yield FindingView(
                code="location.no_users",
                sentence=f"Nobody belongs to {location.name}, at home or further.",
                mend="Make it a location of somebody's, or make it inactive.",
                id=location.id,
                name=location.name,
            )


def _uncovered(
    places: Iterable[CustomerPlace], technicians: list[Person], settings: Settings
) -> Iterator[CustomerPlace]:
    """
    The customers for whom no list mode that is offered lists anybody.
    """
    staffed = {location for person in technicians for location in (person.home, *person.further)}
    for place in places:
        modes = {mode_for(mode, settings, place.point).in_force for mode in settings.modes}
        office = ListMode.IN_OFFICE_LOCATION in modes and place.location in staffed
        if not office and not any(
            mode is not ListMode.IN_OFFICE_LOCATION and covers(person, place.point, mode, settings)
            for mode in modes
            for person in technicians
        ):
            yield place


def _not_covered(places: Iterable[CustomerPlace], call: Call[Unit]) -> Iterator[FindingView]:
    found = list(places)
    if found:
        count = len(found)
        told = f"{count} customers are" if count > 1 else "1 customer is"
        yield FindingView(
            code="customers.not_covered",
            sentence=f"{told} covered by no technician under any list mode that is offered.",
            mend="Widen a coverage radius, offer another list mode, or give their location a technician.",
            count=count,
            customers=tuple(_seen(found, call))[:MOST],
        )


def _seen(places: Iterable[CustomerPlace], call: Call[Unit]) -> Iterator[CustomerRef]:
    for place in places:
        case = RecordAccess(actor=call.actor, stage=Stage.CUSTOMER, action=Action.VIEW, at=place.location)
        if may_use_record(case) is None:
            yield CustomerRef(id=place.id, number=place.number, name=place.name, stage=Stage.CUSTOMER)
