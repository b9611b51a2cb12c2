"""
Series: one visit and the later ones moved, reassigned or cancelled together, all or nothing (BLK-11).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.company.model import ListMode
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Violation, refuse, violations
from fieldops_core.kernel.time import local, valid_date
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.messages import CancelAppointment, CancelSeries, MoveSeries, ReassignSeries
from fieldops_core.scheduling.model import OPEN, Appointment, AppointmentId, SeriesId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import OFFER, WHOM, Visit
from fieldops_core.scheduling.rules.bulk import ENCOUNTER, SERIES, Member
from fieldops_core.scheduling.use_cases.loading import Wish, may_use_visit, one_person, told_start, visit_of
from fieldops_core.scheduling.use_cases.many import against_all
from fieldops_core.scheduling.use_cases.pairs import keep_visits
from fieldops_core.scheduling.use_cases.telling import series_visit
from fieldops_core.scheduling.views import SeriesView, UserRef


def move_series(command: MoveSeries, call: Call[Unit]) -> SeriesView:
    members, customer = _members(command.series, command.appointment, (), call)
    first, to = told_start(members[0]), command.start
    to = to if to.tzinfo is None else local(to, members[0].zone).replace(tzinfo=None)
    days = valid_date(to.date(), field="start") - first.date()

    def told(member: Appointment) -> datetime:
        return datetime.combine(told_start(member).date() + days, to.time()).replace(fold=to.fold)

    visits = _visits(members, customer, call, told=told, user=lambda member: member.user, mode=None)
    _refuse(visits, members, call, past=True)
    outcomes = [
        decisions.replan(member, visit, call.context, now=call.now)
        for member, visit in zip(members, visits, strict=True)
    ]
    return _changed(command.series, outcomes, call)


def reassign_series(command: ReassignSeries, call: Call[Unit]) -> SeriesView:
    members, customer = _members(command.series, command.appointment, (command.user,), call)
    visits = _visits(members, customer, call, told=told_start, user=lambda _: command.user, mode=command.mode)
    choice = violations(OFFER, visits[0].offer) + violations(WHOM, visits[0].choice)
    _refuse(visits, members, call, past=False, found=choice)
    outcomes = [
        decisions.replan(member, visit, call.context, now=call.now)
        for member, visit in zip(members, visits, strict=True)
    ]
    return _changed(command.series, outcomes, call)


def cancel_series(command: CancelSeries, call: Call[Unit]) -> SeriesView:
    members, _ = _members(command.series, command.appointment, (), call)
    outcomes = [
        decisions.cancel(
            CancelAppointment(appointment=each.id, by=command.by, reason=command.reason),
            each,
            call.context,
            now=call.now,
        )
        for each in members
    ]
    return _changed(command.series, outcomes, call)


def _members(
    series: SeriesId, first: AppointmentId, users: tuple[UserId, ...], call: Call[Unit]
) -> tuple[tuple[Appointment, ...], Customer]:
    """
    The visit that is named and the later ones of its series that have not ended, with their customer.

    Raises:
        Refused: where one of them is not upcoming.
    """
    unit = call.unit
    appointment = unit.appointments.get(first)
    if appointment.series != series:
        raise NotFound("series", series)
    customer = unit.customers.get(appointment.customer, lock=Lock.SHARED)
    later = unit.appointments.of_series(series, since=appointment.period.start)
    members = tuple(each for each in later if each.id == first or each.status in OPEN)
    for action in (Action.VIEW, Action.MODIFY):
        may_use_visit(call.actor, appointment.kind, action, customer, (*(each.user for each in members), *users))
    writable(customer, call.actor)
    call.expect(appointment)
    refuse(tuple(found for each in members for found in violations(SERIES, Member(appointment=each, now=call.now))))
    return members, customer


def _visits(
    members: Sequence[Appointment],
    customer: Customer,
    call: Call[Unit],
    *,
    told: Callable[[Appointment], datetime],
    user: Callable[[Appointment], UserId],
    mode: ListMode | None,
) -> list[Visit]:
    """
    The members as they are to be, their users locked.
    """
    unit = call.unit
    users = {user(each) for each in members}
    people = {id: one_person(found, id) for found in [unit.people.locked(users)] for id in users}
    setup = unit.companies.setup()  # after the users: a change of rule or zone locks them too
    types = {id: unit.appointment_types.get(id) for id in {each.type for each in members}}
    visits = []
    for each in members:
        wish = Wish(
            kind=each.kind,
            sub_type=each.sub_type,
            location=each.location,
            told=told(each),
            minutes=each.period.minutes,
            mode=mode,
        )
        visits.append(visit_of(wish, customer, people[user(each)], types[each.type], setup))
    return visits


def _refuse(
    visits: Sequence[Visit],
    members: Sequence[Appointment],
    call: Call[Unit],
    *,
    past: bool,
    found: tuple[Violation, ...] = (),
) -> None:
    """
    Raises:
        Refused: with what stands against any of the visits, each date named, and where they stand against each other.
    """
    ids = [each.id for each in members]
    refuse(found + against_all(visits, call, apart=ENCOUNTER, without=ids, past=past))


def _changed(series: SeriesId, outcomes: Iterable[Outcome[Appointment]], call: Call[Unit]) -> SeriesView:
    changed = list(outcomes)
    keep_visits(changed, call)
    visits = sorted((outcome.state for outcome in changed), key=lambda each: each.period.start)
    person = one_person(call.unit.people.find(ids=(visits[0].user,), active=None), visits[0].user)
    return SeriesView(
        series=series,
        user=UserRef(id=person.id, name=person.name),
        appointments=tuple(series_visit(each) for each in visits),
        skipped=(),
    )
