"""
Fills a company by the commands that its people would give: no rule is skipped, and the history is what happened.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from fieldops_core.access.model import Actor, Kind, Stage
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.customers.messages import ImportCustomers, ListCustomers
from fieldops_core.customers.model import CustomerId, Sort
from fieldops_core.customers.views import CustomersView, ImportView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.paging import MOST
from fieldops_core.kernel.time import moment
from fieldops_http.demo import company
from fieldops_http.demo.chance import chance_of
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.days_off import Roster, enter, roster
from fieldops_http.demo.equipment import equip
from fieldops_http.demo.history import live_through
from fieldops_http.demo.offices import OFFICES
from fieldops_http.demo.opening import Colleague, hire, open_offices
from fieldops_http.demo.people import Somebody, everybody
from fieldops_http.demo.plan import Planner, Worker
from fieldops_http.demo.size import Size
from fieldops_http.demo.teller import Teller
from fieldops_http.demo.territory import Site, Territory
from fieldops_http.demo.visits import Chronicle, Visit

DAYS_BEFORE = 22
"""
So long before the first visit the company is founded.
"""
LESSONS = 2
"""
On Wednesdays there are lessons.
"""
UPGRADES = 5
"""
Each so many customers are visited by sales reps, too.
"""

Told = Callable[[str, int, int], None]
"""
Hears what is being done, how many are done, and of how many.
"""
Item = TypeVar("Item")


def founded(size: Size, today: date) -> date:
    return today - timedelta(days=size.days_back + DAYS_BEFORE)


def beginning(size: Size, today: date) -> datetime:
    """
    When the company is founded.
    """
    return moment(company.ZONE, founded(size, today), 6 * 60)


def fill(fieldops: FieldOps, clock: SteppedClock, id: CompanyId, *, size: Size, today: date, told: Told) -> None:
    """
    Found the company in a storage without it, and let happen to it what happened until *today* began. *fieldops* runs
    by *clock*, which shows :func:`beginning`. Apart from ids, the same for the same *size* and *today*.
    """
    teller, days = Teller(fieldops, id), size.days(today)
    opened = open_offices(teller)
    team = list(_counted("People in three offices", hire(teller, opened, size), size.people, told))
    hours = roster(team, days, today)
    enter(hours, team, teller, opened)
    people = list(everybody(size, chance_of("people")))
    brought = _counted("Customers and leads at real ZIP codes", _bring(people, teller, opened.owner), len(people), told)
    workers = list(_workers(team, hours, days, brought))
    stops = list(Planner(today=today, chance=chance_of(today, "plan")).stops(workers))
    chronicle = Chronicle(
        founded=founded(size, today), today=today, chance=chance_of(today, "chronicle"), luck=chance_of(today, "luck")
    )
    visits = list(chronicle.visits(stops, workers))
    happening = live_through(visits, teller, clock, opened, by=_bookers(team))
    for _ in _counted(f"Visits from {days[0]} to {days[-1]}", happening, len(visits), told):
        pass
    equip(teller, opened.owner, [each.user for each in team if each.kind is Kind.TECH])


def _counted(what: str, items: Iterable[Item], of: int, told: Told) -> Iterator[Item]:
    told(what, 0, of)
    for done, item in enumerate(items, 1):
        yield item
        told(what, done, of)


def _bring(people: Sequence[Somebody], teller: Teller, by: Actor) -> Iterator[tuple[Somebody, Site]]:
    """
    The list of customers and leads that the company brings along, imported page by page.

    Raises:
        ValueError: where a line is refused; then the demo does not know the rules.
    """
    for known in range(0, len(people), MOST):
        page = people[known : known + MOST]
        command = ImportCustomers(lines=tuple(each.line for each in page))
        for note in teller.do(command, ImportView, by, source=Source.IMPORT).refused:
            raise ValueError(note.sentence)
        listed = teller.ask(ListCustomers(sort=Sort.NEWEST, limit=len(page)), CustomersView, by)
        for each, view in zip(page, reversed(listed.items), strict=True):
            yield each, Site(customer=CustomerId(view.id), zip=each.zip, point=each.place.point)


def _workers(
    team: Iterable[Colleague], hours: Roster, days: Sequence[date], brought: Iterable[tuple[Somebody, Site]]
) -> Iterator[Worker]:
    """
    Everybody who visits, with the days on which they can and those whom they reach.
    """
    customers, prospects = _territories(brought)
    for each in team:
        if each.kind is not None:
            territory = (prospects if each.kind is Kind.SALES else customers)[each.office.name]
            on = [day for day in days if each.kind is not Kind.PROGRAM or day.weekday() == LESSONS]
            yield Worker(
                colleague=each,
                kind=each.kind,
                free={day: hours.free(each, day) for day in on},
                reach=territory.within(each.start, each.meters),
                territory=territory,
            )


def _territories(brought: Iterable[tuple[Somebody, Site]]) -> tuple[dict[str, Territory], dict[str, Territory]]:
    """
    By office, the customers, and those whom sales reps visit: leads and some of the customers.
    """
    customers: dict[str, list[Site]] = {office.name: [] for office in OFFICES}
    prospects: dict[str, list[Site]] = {office.name: [] for office in OFFICES}
    for somebody, site in brought:
        if somebody.stage is Stage.CUSTOMER:
            customers[somebody.office.name].append(site)
        if somebody.stage is Stage.LEAD or somebody.number % UPGRADES == 0:
            prospects[somebody.office.name].append(site)
    chance = chance_of("territories")
    first, second = (
        {name: Territory(sites, chance) for name, sites in each.items()} for each in (customers, prospects)
    )
    return first, second


def _bookers(team: Iterable[Colleague]) -> Callable[[Visit], Actor]:
    """
    An office's desk books; sales reps look after themselves.
    """
    desks = {each.office.name: each.actor for each in team if each.kind is None}

    def booker(visit: Visit) -> Actor:
        colleague = visit.stop.worker.colleague
        return colleague.actor if colleague.kind is Kind.SALES else desks[colleague.office.name]

    return booker
