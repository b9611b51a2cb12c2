from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.access.model import Kind, Stage
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Unit
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.geo import great_circle
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import Appointment, Status
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting
from fieldops_http.demo import office
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.filling import Filled, beginning, fill
from fieldops_http.demo.people import UNPLACED
from fieldops_http.demo.places import SCATTER_METERS, TOWNS, middle
from tests.support.world import overlaps

DENVER = ZoneInfo(office.ZONE)
TODAY = datetime(2026, 5, 20, 10, 20, tzinfo=DENVER)
# Each weekday at another time of day, and the two weeks around the days on which clocks change.
WEEK = [datetime(2026, 5, 18 + day, 1 + 3 * day, 20, tzinfo=DENVER) for day in range(7)]
CHANGES = [datetime(2026, 3, 8, 12, tzinfo=DENVER), datetime(2026, 11, 1, 1, 30, tzinfo=DENVER)]


class Demo:
    """
    A company that was filled, in memory.
    """

    def __init__(self, now: datetime) -> None:
        self.now, self.storage, self.told = now.astimezone(UTC), MemoryStorage(), list[str]()
        ids = CountingIds()
        self.company, clock = CompanyId(ids()), SteppedClock(beginning(self.now))
        ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
        fieldops = FieldOps(storage=self.storage, clock=clock, ids=ids, ports=ports)
        self.filled: Filled = fill(fieldops, clock, self.company, now=self.now, told=self.told.append)
        with self.storage.reading(self.company) as unit:
            self.people = {person.id: person for person in unit.people.find(active=None)}
            records = unit.customers.page(visible=None, number=None, location=None, stage=None, after=None, limit=1_000)
            self.customers = {record.id: record for record in records}
            self.visits = [visit for record in records for visit in self._of(record, unit)]

    def _of(self, customer: Customer, unit: Unit) -> tuple[Appointment, ...]:
        return unit.appointments.of_customer(
            customer.id, kinds=frozenset(Kind), only_of=None, as_of=self.now, after=None, limit=1_000
        )


@lru_cache(maxsize=1)
def demo() -> Demo:
    return Demo(TODAY)


def test_the_company_has_one_office_ten_technicians_and_two_hundred_customers() -> None:
    stages = Counter(customer.stage for customer in demo().customers.values())

    assert stages == {Stage.CUSTOMER: 200, Stage.LEAD: 24}
    assert sum(person.technician for person in demo().people.values()) == 10
    assert sum(person.sales_rep for person in demo().people.values()) == 2
    with demo().storage.reading(demo().company) as unit:
        assert [location.name for location in unit.companies.setup().locations] == ["Provo"]


def test_customers_live_within_a_few_kilometres_of_their_zip_code() -> None:
    for customer in demo().customers.values():
        if customer.number in UNPLACED:
            assert customer.point is None
            continue
        code = customer.address.postal_code
        assert customer.point is not None
        assert code is not None
        assert code.code in {town.zip for town in TOWNS}
        assert great_circle(customer.point, middle(code.code)) <= SCATTER_METERS * 1.5


@pytest.mark.parametrize("now", [*WEEK, *CHANGES], ids=str)
def test_no_rule_stands_against_two_weeks_around_any_day(now: datetime) -> None:
    filled = Demo(now)

    day = now.date()
    assert (filled.filled.first, filled.filled.last) == (day - timedelta(days=7), day + timedelta(days=6))
    assert len(filled.visits) > 200
    occupied = [(v.user, v.occupied.start, v.occupied.end) for v in filled.visits if v.occupied]
    assert overlaps(occupied) == []


def test_visits_lie_before_and_after_today() -> None:
    dates = {local(visit.period.start, office.ZONE).date() for visit in demo().visits}

    assert demo().filled.first <= min(dates) < TODAY.date() < max(dates) <= demo().filled.last


def test_what_happened_happened_in_order_and_before_now() -> None:
    for visit in demo().visits:
        moments = [moment.at for moment in visit.moments]
        assert visit.created_at < visit.period.start
        assert [visit.created_at, *moments, visit.changed_at, demo().now] == sorted(
            [visit.created_at, *moments, visit.changed_at, demo().now]
        )


def test_some_visits_were_moved_and_some_cancelled() -> None:
    statuses = Counter(visit.status for visit in demo().visits)
    moved = [visit for visit in demo().visits if visit.status is Status.SCHEDULED and visit.version == 2]

    assert set(statuses) == {Status.SCHEDULED, Status.CANCELLED}
    assert statuses[Status.CANCELLED] >= 5
    assert len(moved) >= 5


def test_there_are_visits_of_every_kind() -> None:
    assert {visit.kind for visit in demo().visits} == set(Kind)


def test_somebody_is_away_and_somebody_on_call_on_the_holiday() -> None:
    with demo().storage.reading(demo().company) as unit:
        absences = unit.absences.between(demo().filled.first, demo().filled.last, users=None)
    holidays = [absence for absence in absences if absence.location is not None]
    at_work = {
        demo().people[visit.user].name
        for visit in demo().visits
        if local(visit.period.start, office.ZONE).date() == holidays[0].first
    }

    assert len(holidays) == 1
    assert len({absence.user for absence in absences if absence.user}) >= 3
    assert at_work <= {"Elena Marsh"}


def test_the_same_day_gives_the_same_company() -> None:
    def told(demo: Demo) -> list[tuple[object, ...]]:
        return [
            (demo.people[v.user].name, demo.customers[v.customer].name, v.period.start, v.period.minutes, v.status)
            for v in demo.visits
        ]

    assert told(Demo(TODAY)) == told(demo())


def test_the_clock_goes_forward_only() -> None:
    clock = SteppedClock(TODAY)
    clock.forward_to(TODAY + timedelta(minutes=1))

    with pytest.raises(ValueError, match="is before"):
        clock.forward_to(TODAY)
