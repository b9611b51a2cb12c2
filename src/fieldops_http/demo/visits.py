"""
Two weeks of visits: who goes where when, and what became of it before the day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from attrs import evolve, frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import SLOT_MINUTES
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.hours import Ranges
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import moment
from fieldops_core.scheduling.model import CancelledBy
from fieldops_http.demo.office import CATALOG, ZONE, Offer

PAUSES = (0, 30, 30, 60, 60, 90, 120, 150)
KEPT_FREE = 60
"""
Minutes at the end of each range that nothing is planned into: there visits stand that are moved forward later.
"""
MOVED, CANCELLED, REBOOKED = 0.25, 0.08, 0.5

NOTES = (
    "",
    "",
    "",
    "",
    "Call ten minutes ahead.",
    "Second visit for this unit.",
    "Park in the alley behind the house.",
)
PRIVATE_NOTES = (None, None, None, None, None, "Pays late: take payment on site.", "Dog in the yard: ring first.")
REASONS = (
    (CancelledBy.CUSTOMER, "Found out it was the circuit breaker"),
    (CancelledBy.CUSTOMER, "Out of town after all"),
    (CancelledBy.CUSTOMER, "Chose another day, will call again"),
    (CancelledBy.COMPANY, "Part has not arrived"),
)


@frozen(kw_only=True)
class Worker:
    """
    A user, the local ranges in which visits can be planned, by date, and the customers that they are valid for.
    """

    user: UserId
    kind: Kind
    free: Mapping[date, Ranges]
    customers: Sequence[CustomerId]


@frozen(kw_only=True)
class Change:
    """
    What happened to a visit before its day: it was moved to where it is planned, or cancelled.
    """

    at: datetime
    cancelled: tuple[CancelledBy, str] | None = None


@frozen(kw_only=True)
class Visit:
    """
    A visit as it is planned, and how it came to be. *start* is local; *booked* is where it stood first, where that is
    another time of the same day.
    """

    user: UserId
    kind: Kind
    customer: CustomerId
    offer: Offer
    sub_type: str | None
    start: datetime
    minutes: int
    booked: datetime
    booked_at: datetime
    change: Change | None = None
    notes: str = ""
    private_note: str | None = None

    @property
    def moved(self) -> bool:
        return self.booked != self.start


def two_weeks(workers: Sequence[Worker], *, now: datetime, chance: Random) -> Iterator[Visit]:
    """
    The visits of all workers on all their days. No two of a worker overlap at any moment of their history, and nobody
    is visited twice on a day.
    """
    days = sorted({day for worker in workers for day in worker.free})
    for day in days:
        visited: set[CustomerId] = set()
        for worker in workers:
            for each in worker.free.get(day, ()):
                yield from _range(worker, day, each.start, each.end, visited, now, chance)


def _range(
    worker: Worker, day: date, start: int, end: int, visited: set[CustomerId], now: datetime, chance: Random
) -> Iterator[Visit]:
    """
    The visits in one stretch of a worker's day; one of them may have stood at its end first.
    """
    found = [_visit(worker, day, at, wish, visited, now, chance) for at, wish in _row(worker.kind, start, end, chance)]
    if found and chance.random() < MOVED:
        found[-1] = _once_later(found[-1], end, now, chance)
    for visit in found:
        if not visit.moved and chance.random() < CANCELLED:
            yield from _cancelled(visit, worker, visited, now, chance)
        else:
            yield visit


@frozen
class _Wish:
    offer: Offer
    sub_type: str | None
    minutes: int


def _row(kind: Kind, start: int, end: int, chance: Random) -> Iterator[tuple[int, _Wish]]:
    """
    Visits one after the other, with pauses for the way between them.
    """
    at = start
    while True:
        at += chance.choice(PAUSES)
        wish = _wish(kind, chance)
        if at + wish.minutes > end - KEPT_FREE:
            return
        yield at, wish
        at += -(-wish.minutes // SLOT_MINUTES[kind]) * SLOT_MINUTES[kind]


def _wish(kind: Kind, chance: Random) -> _Wish:
    offered = [offer for offer in CATALOG if offer.kind is kind and offer.active]
    offer = chance.choices(offered, weights=[each.often for each in offered])[0]
    name, minutes = chance.choice(((None, None), *offer.sub_types))
    return _Wish(offer, name, minutes or offer.minutes)


def _visit(
    worker: Worker, day: date, at: int, wish: _Wish, visited: set[CustomerId], now: datetime, chance: Random
) -> Visit:
    start = datetime.combine(day, datetime.min.time()) + timedelta(minutes=at)
    return Visit(
        user=worker.user,
        kind=worker.kind,
        customer=_somebody(worker, visited, chance),
        offer=wish.offer,
        sub_type=wish.sub_type,
        start=start,
        minutes=wish.minutes,
        booked=start,
        booked_at=_office_hours(day, now, chance),
        notes=chance.choice(NOTES),
        private_note=chance.choice(PRIVATE_NOTES),
    )


def _somebody(worker: Worker, visited: set[CustomerId], chance: Random) -> CustomerId:
    customer = chance.choice([each for each in worker.customers if each not in visited])
    visited.add(customer)
    return customer


def _office_hours(day: date, now: datetime, chance: Random) -> datetime:
    """
    A moment two to six days before a day, between 08:00 and 17:00; where that is still to come, one of the last days.
    """
    ahead = timedelta(days=chance.randint(2, 6))
    at = moment(ZONE, day - ahead, 8 * 60) + timedelta(seconds=chance.randrange(9 * 3600))
    lately = now - timedelta(minutes=chance.randrange(120, 4_000))
    return min(at, lately)


def _once_later(visit: Visit, end: int, now: datetime, chance: Random) -> Visit:
    """
    The visit, booked first for the end of the range and moved forward later.
    """
    last = datetime.combine(visit.start.date(), datetime.min.time()) + timedelta(minutes=end - visit.minutes)
    return evolve(visit, booked=last, change=Change(at=_between(visit, now, chance)))


def _cancelled(
    visit: Visit, worker: Worker, visited: set[CustomerId], now: datetime, chance: Random
) -> Iterator[Visit]:
    """
    The visit, cancelled; every second time somebody else gets the time that it frees.
    """
    cancelled_at = _between(visit, now, chance)
    yield evolve(visit, change=Change(at=cancelled_at, cancelled=chance.choice(REASONS)))
    if chance.random() < REBOOKED:
        instead = evolve(visit, customer=_somebody(worker, visited, chance), private_note=None)
        yield evolve(instead, booked_at=cancelled_at + timedelta(minutes=chance.randint(5, 55)))


def _between(visit: Visit, now: datetime, chance: Random) -> datetime:
    """
    A moment after the booking and at least an hour before both now and the beginning of the visit's day at the office.
    """
    first = visit.booked_at + timedelta(minutes=1)
    last = min(now, moment(ZONE, visit.start.date(), 6 * 60)) - timedelta(hours=1)
    return first + (last - first) * chance.random()
