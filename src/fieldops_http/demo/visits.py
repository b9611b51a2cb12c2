"""
How each visit came to stand where it does: when it was booked, and what happened to it before and on its day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from attrs import frozen

from fieldops_core.company.model import Catalog
from fieldops_core.kernel.time import moment
from fieldops_core.scheduling.model import CancelledBy, VisitOutcome
from fieldops_http.demo.catalog import REASONS as CATALOG_REASONS
from fieldops_http.demo.gaps import Gaps, Slot
from fieldops_http.demo.plan import Fate, Stop, Worker

MOVED, REASSIGNED = 0.06, 0.03
OPENS, LAST_CALL, CLOSES = 8 * 60, 17 * 60, 18 * 60
ONE_DAY = timedelta(days=1)
SUNDAY = 6

ACCESS = (
    *[""] * 8,
    "Call ten minutes ahead.",
    "Park in the alley behind the house.",
    "Gate code is on the customer's card.",
    "Side door, bell does not work.",
    "Ask for the building manager.",
    "Spanish, please.",
)
PRIVATE = (
    *[None] * 9,
    "Pays late: take payment on site.",
    "Dog in the yard: ring first.",
    "Argued about the last bill.",
)
REASONS = (
    (CancelledBy.CUSTOMER, "Found out it was the circuit breaker"),
    (CancelledBy.CUSTOMER, "Out of town after all"),
    (CancelledBy.CUSTOMER, "Will call again"),
    (CancelledBy.CUSTOMER, "Went with another company"),
    (CancelledBy.COMPANY, "Part has not arrived"),
    (CancelledBy.COMPANY, "Permit is not there yet"),
)
NO_PART, NO_ACCESS, *_ = CATALOG_REASONS[Catalog.UNABLE_REASONS]
MISSED, FORGOTTEN = 0.02, 0.01
"""
At some doors nobody opens; some visits nobody checks in to.
"""
ENDS = (
    *[(VisitOutcome.DONE, None, "")] * 9,
    (VisitOutcome.DONE, None, "Replaced the capacitor, runs fine."),
    (VisitOutcome.DONE, None, "Filter was black. Showed how to change it."),
    (VisitOutcome.DONE, None, "Asked for a quote for the upstairs."),
    (VisitOutcome.FOLLOW_UP, None, "Ordered the board, needs a second visit."),
    (VisitOutcome.UNABLE, NO_PART, "Blower motor is a special order."),
    (VisitOutcome.UNABLE, NO_ACCESS, "Attic hatch is painted shut."),
)


@frozen
class Moved:
    at: datetime
    to: Slot


@frozen
class Cancelled:
    at: datetime
    by: CancelledBy
    reason: str


@frozen
class Reinstated:
    at: datetime


@frozen
class Arrived:
    at: datetime


@frozen
class Done:
    at: datetime
    outcome: VisitOutcome
    why: str | None
    notes: str


@frozen
class Missed:
    """
    Nobody opened.
    """

    at: datetime


Change = Moved | Cancelled | Reinstated | Arrived | Done | Missed


@frozen(kw_only=True)
class Visit:
    """
    A planned visit, and how it came to be: where it stood first, when it was booked, and what happened to it then.
    """

    stop: Stop
    first: Slot
    booked_at: datetime
    changes: tuple[Change, ...] = ()
    notes: str
    private_note: str | None


class Chronicle:
    """
    Tells by chance how planned visits came to be, and by the *luck* of their day how they went. Nothing happened before
    the company was *founded*, and nothing since *today* began: whoever fills the demo twice on a day gets the same.
    """

    def __init__(self, *, founded: date, today: date, chance: Random, luck: Random) -> None:
        self._founded, self._today, self._chance, self._luck = founded, today, chance, luck

    def visits(self, stops: Sequence[Stop], workers: Sequence[Worker]) -> Iterator[Visit]:
        """
        The visits in the order of the stops. At no moment two of a worker overlap.
        """
        gaps, freed_at = Gaps(stops, workers), None
        for stop in stops:
            slot = Slot(stop.worker.colleague, stop.day, stop.start)
            first = slot if stop.fate is not Fate.KEPT or stop.instead else self._first(stop, slot, gaps)
            booked_at = self._booked_at(stop, min(first.day, slot.day))
            if stop.instead and freed_at:
                booked_at = self._between(freed_at, stop, stop.day)
            changes = tuple(self._changes(stop, first, slot, booked_at))
            freed_at = changes[0].at if changes else None
            yield Visit(
                stop=stop,
                first=first,
                booked_at=booked_at,
                changes=(*changes, *self._day(stop)),
                notes=self._notes(stop),
                private_note=self._chance.choice(PRIVATE),
            )

    def _first(self, stop: Stop, slot: Slot, gaps: Gaps) -> Slot:
        """
        Where a visit stood first: mostly where it stands; some at another time, some with somebody else.
        """
        drawn = self._chance.random()
        if drawn < MOVED:
            return gaps.another_time(stop, self._chance) or slot
        if drawn < MOVED + REASSIGNED:
            return gaps.another_worker(stop, self._chance) or slot
        return slot

    def _changes(self, stop: Stop, first: Slot, slot: Slot, booked_at: datetime) -> Iterator[Change]:
        at = self._between(booked_at, stop, min(first.day, slot.day))
        if first != slot:
            yield Moved(at, slot)
        if stop.fate is not Fate.KEPT:
            yield Cancelled(at, *self._chance.choice(REASONS))
        if stop.fate is Fate.REINSTATED:
            yield Reinstated(self._between(at, stop, slot.day))

    def _day(self, stop: Stop) -> Iterator[Change]:
        """
        A visit of a day that is over: done within its time, so that nobody is in two places.
        """
        if stop.day >= self._today or stop.fate is Fate.CANCELLED:
            return
        zone, drawn = stop.worker.colleague.office.zone, self._luck.random()
        begins, ends = (moment(zone, stop.day, edge) for edge in (stop.start, stop.end))
        soon = timedelta(seconds=self._luck.randrange(60, 8 * 60))
        if drawn < MISSED:
            yield Missed(begins + 2 * soon)
        elif drawn >= MISSED + FORGOTTEN:
            yield Arrived(begins + soon)
            yield Done(ends - timedelta(seconds=self._luck.randrange(60, 12 * 60)), *self._luck.choice(ENDS))

    def _booked_at(self, stop: Stop, day: date) -> datetime:
        """
        During office hours, before a day and before today: what can be planned long ahead, longer before.
        """
        before = int(self._chance.expovariate(4 / stop.wish.offer.days_ahead))
        on = max(self._evening_before(day) - before * ONE_DAY, self._founded + 2 * ONE_DAY)
        on -= ONE_DAY * (on.weekday() == SUNDAY)
        seconds = self._chance.randrange((LAST_CALL - OPENS) * 60)
        return moment(stop.worker.colleague.office.zone, on, OPENS) + timedelta(seconds=seconds)

    def _between(self, after: datetime, stop: Stop, day: date) -> datetime:
        """
        A moment after another and before the office closes for the last time before a day, and before today.
        """
        last = moment(stop.worker.colleague.office.zone, self._evening_before(day), CLOSES)
        return after + timedelta(seconds=int((last - after).total_seconds() * self._chance.random()))

    def _evening_before(self, day: date) -> date:
        return min(day, self._today) - ONE_DAY

    def _notes(self, stop: Stop) -> str:
        said = stop.wish.job.said if stop.wish.job else stop.wish.offer.said
        return f"{self._chance.choice(said)} {self._chance.choice(ACCESS)}".strip()
