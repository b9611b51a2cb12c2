"""
Fills a company by the commands that its people would give: no rule is skipped, and the history is what happened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from attrs import frozen

from fieldops_core.access.model import Actor, Kind, Stage
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.time import local_date
from fieldops_core.scheduling.messages import ListTechnicians
from fieldops_core.scheduling.views import TechniciansView
from fieldops_http.demo import office
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.history import live_through
from fieldops_http.demo.opening import Away, Colleague, free, hire, open_office, send_away
from fieldops_http.demo.people import everybody
from fieldops_http.demo.teller import Teller
from fieldops_http.demo.visits import Visit, Worker, two_weeks

SEED = 84601
DAYS_BACK, DAYS = 7, 14
FOUNDED_DAYS_BACK = DAYS_BACK + 8

Told = Callable[[str], None]


@frozen(kw_only=True)
class Filled:
    """
    Who can be let in, and the local dates of the visits.
    """

    owner: UserId
    dispatcher: UserId
    first: date
    last: date


def beginning(now: datetime) -> datetime:
    """
    When the company is founded.
    """
    return now - timedelta(days=FOUNDED_DAYS_BACK)


def fill(fieldops: FieldOps, clock: SteppedClock, company: CompanyId, *, now: datetime, told: Told) -> Filled:
    """
    Found the company in a storage without it, and let two weeks happen to it. *fieldops* runs by *clock*, which shows
    :func:`beginning`; *told* hears what is being done. Apart from ids, the same for the same *now*.
    """
    chance, teller, today = Random(SEED), Teller(fieldops, company), local_date(now, office.ZONE)
    days = [today + timedelta(days=offset - DAYS_BACK) for offset in range(DAYS)]
    told(f"{office.NAME}: its office, {len(office.TECHNICIANS)} technicians and {len(office.SALES_REPS)} sales reps")
    at = open_office(teller, chance)
    staff = hire(teller, at, chance)
    absences = send_away(teller, at, staff, today)
    desk = staff[office.DISPATCHER]
    people = tuple(everybody(chance))
    told(f"{len(people)} customers and leads at real ZIP codes")
    records = [teller.do(each.command(at.id), CustomerView, desk.actor) for each in people]
    workers = _workers(staff, absences, days, records, _covered(teller, records, desk.actor))
    visits = tuple(two_weeks(workers, now=now, chance=chance))
    told(f"{len(visits)} visits from {days[0]} to {days[-1]}")
    live_through(visits, teller, clock, at.types, by=_bookers(staff, desk))
    return Filled(owner=at.owner_id, dispatcher=desk.user, first=days[0], last=days[-1])


def _bookers(staff: Mapping[str, Colleague], desk: Colleague) -> Callable[[Visit], Actor]:
    """
    The desk books; sales reps look after themselves.
    """
    reps = {staff[name].user: staff[name].actor for name in office.SALES_REPS}
    return lambda visit: reps.get(visit.user, desk.actor)


def _workers(
    staff: Mapping[str, Colleague],
    absences: tuple[Away, ...],
    days: Sequence[date],
    records: Sequence[CustomerView],
    covered: Mapping[UserId, Sequence[CustomerId]],
) -> tuple[Worker, ...]:
    """
    Everybody who visits, with the days on which they can and those whom they may.
    """

    def worker(name: str, kind: Kind, customers: Sequence[CustomerId], on: Iterable[date] = days) -> Worker:
        return Worker(
            user=staff[name].user,
            kind=kind,
            free={day: free(name, staff[name].weekly, day, absences) for day in on},
            customers=customers,
        )

    leads = [CustomerId(each.id) for each in records if each.stage is Stage.LEAD]
    customers = [CustomerId(each.id) for each in records if each.stage is Stage.CUSTOMER]
    technicians = [worker(each.name, Kind.TECH, covered[staff[each.name].user]) for each in office.TECHNICIANS]
    reps = [worker(name, Kind.SALES, leads) for name in office.SALES_REPS]
    lessons = worker(office.TRAINER, Kind.PROGRAM, customers, [day for day in days if day.weekday() == office.LESSONS])
    return (*technicians, *reps, lessons)


def _covered(teller: Teller, records: Sequence[CustomerView], desk: Actor) -> dict[UserId, list[CustomerId]]:
    """
    The customers that each technician is offered for, as the engine answers it.
    """
    found: dict[UserId, list[CustomerId]] = {}
    for each in records:
        if each.stage is Stage.CUSTOMER:
            answer = teller.ask(ListTechnicians(customer=CustomerId(each.id)), TechniciansView, desk)
            for technician in answer.items:
                if technician.valid:
                    found.setdefault(UserId(technician.user.id), []).append(CustomerId(each.id))
    return found
