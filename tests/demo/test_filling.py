from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_adapters.memory import MemoryStorage
from fieldops_core.access.model import Kind, Stage
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.customers.model import Sort
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.geo import great_circle
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.time import Period, local, moment
from fieldops_core.scheduling.calculations import estimate
from fieldops_core.scheduling.model import Appointment, Block, Status, VisitOutcome
from fieldops_core.staff.model import Absence, Person
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting
from fieldops_core.work_orders.model import PurchaseStatus, WorkOrderStatus
from fieldops_core.work_orders.ports import Selection as WorkOrderSelection
from fieldops_http.demo import SIZES, company
from fieldops_http.demo.clock import SteppedClock
from fieldops_http.demo.database import make, open_demo
from fieldops_http.demo.filling import beginning, fill
from fieldops_http.demo.offices import OFFICES
from fieldops_http.demo.people import UNPLACED
from fieldops_http.demo.size import Size
from fieldops_http.demo.towns import ARIZONA, IDAHO, UTAH
from fieldops_http.settings import Settings

SMALL, FULL = SIZES["small"], SIZES["full"]
TODAY, SUNDAY, PIONEER_DAY = date(2026, 5, 20), date(2026, 5, 24), date(2026, 7, 24)
BEFORE_CLOCKS_CHANGE = [date(2026, 3, 7), date(2026, 10, 30)]
THREE_KILOMETERS = 3_000
EVERYTHING = 1_000_000


class Demo:
    """
    What stands in a storage that was filled.
    """

    def __init__(self, storage: Storage, id: CompanyId, size: Size, today: date) -> None:
        self.storage, self.id, self.today, self.days = storage, id, today, size.days(today)
        with storage.reading(id) as unit:
            setup = unit.companies.setup()
            self.settings, self.locations = setup.settings, {each.id: each for each in setup.locations}
            self.people = {person.id: person for person in unit.people.find(active=None)}
            records = unit.customers.page(Selection(), sort=Sort.NUMBER, after=None, limit=EVERYTHING)
            self.customers = {each.id: each for each in records}
            self.absences = unit.absences.between(self.days[0], self.days[-1])
            ever = Period(start=self.midnight(self.days[0] - timedelta(1)), end=self.midnight(self.days[-1], after=2))
            self.blocks = unit.times.blocks(ever)

    def midnight(self, day: date, *, after: int = 0) -> datetime:
        return moment(company.ZONE, day + timedelta(days=after), 0)

    def office(self, person: Person) -> str:
        return self.locations[person.home].name

    def told(self, block: Block) -> tuple[date, int, int]:
        """
        A visit's local date, and its start and end in minutes after midnight.
        """
        start = local(block.start, block.zone)
        begins = start.hour * 60 + start.minute
        return start.date(), begins, begins + block.minutes

    def away(self, person: Person, day: date) -> list[Absence]:
        on_call = day in person.hours.excepted
        return [
            each
            for each in self.absences
            if each.first <= day <= each.last
            and (each.user == person.id or (each.location == person.home and not on_call))
        ]

    def days_of_users(self) -> dict[tuple[Person, date], list[Block]]:
        """
        What occupies each user's days, in order.
        """
        found = defaultdict(list)
        for block in self.blocks:
            if block.occupied:
                found[self.people[block.user], self.told(block)[0]].append(block)
        return found

    def visits(self) -> list[Appointment]:
        with self.storage.reading(self.id) as unit:
            return [
                visit
                for customer in self.customers
                for visit in unit.appointments.of_customer(
                    customer,
                    kinds=frozenset(Kind),
                    only_of=None,
                    as_of=self.midnight(self.today),
                    after=None,
                    limit=EVERYTHING,
                )
            ]


def filled(today: date, size: Size = SMALL) -> Demo:
    """
    In memory.
    """
    storage, ids = MemoryStorage(), CountingIds()
    id, clock = CompanyId(ids()), SteppedClock(beginning(size, today))
    ports = Ports(
        phones=PlainPhones(),
        routing=StraightRouting(),
        randomness=CountedRandomness(),
        geocoder=ZipCentroidGeocoder(),
    )
    fieldops = FieldOps(storage=storage, clock=clock, ids=ids, ports=ports)
    fill(fieldops, clock, id, size=size, today=today, told=lambda what, done, of: None)
    return Demo(storage, id, size, today)


@lru_cache(maxsize=1)
def small() -> Demo:
    return filled(TODAY)


def has_three_offices_one_of_them_without_summer_time(demo: Demo) -> None:
    zones = {each.name: each.zone for each in demo.locations.values()}
    assert zones == {"Provo": "America/Denver", "Boise": "America/Boise", "Phoenix": "America/Phoenix"}
    january, july = (moment("America/Phoenix", date(2026, month, 1), 0) for month in (1, 7))
    assert local(january, "America/Phoenix").utcoffset() == local(july, "America/Phoenix").utcoffset()


def has_no_overlap(demo: Demo) -> None:
    assert demo.blocks
    for visits in demo.days_of_users().values():
        assert all(one.end <= next.start for one, next in pairwise(visits))


def keeps_to_the_grid_and_to_working_hours(demo: Demo) -> None:
    for (person, day), visits in demo.days_of_users().items():
        for block in visits:
            _, start, end = demo.told(block)
            assert demo.settings.grid_start <= start < end <= demo.settings.grid_end
            assert any(each.start <= start and end <= each.end for each in person.hours.on(day))
            assert not any(each.start < end and start < each.end for each in demo.away(person, day))


def lives_around_the_middles_of_zip_codes(demo: Demo) -> None:
    geocoder = ZipCentroidGeocoder()
    towns = {town.zip for town in (*UTAH, *IDAHO, *ARIZONA)}
    for customer in demo.customers.values():
        if customer.number in UNPLACED:
            assert customer.point is None
            continue
        found, code = geocoder.locate(customer.address), customer.address.postal_code
        assert found and code and code.code in towns
        assert customer.point
        assert great_circle(customer.point, found.point) <= THREE_KILOMETERS


def sends_technicians_from_one_customer_to_the_next(demo: Demo) -> None:
    """
    Nearly always there is time for the way; after a cancellation somebody else gets the time, and it may be longer.
    """
    ways = [
        estimate(one.customer_point, next.customer_point).minutes or (next.start - one.end) // timedelta(minutes=1) >= 0
        for visits in demo.days_of_users().values()
        for one, next in pairwise(visits)
        if one.customer_point and next.customer_point
    ]
    assert sum(ways) >= 0.98 * len(ways)


def is_a_company_to_look_around_in(demo: Demo) -> None:
    has_three_offices_one_of_them_without_summer_time(demo)
    has_no_overlap(demo)
    keeps_to_the_grid_and_to_working_hours(demo)
    lives_around_the_middles_of_zip_codes(demo)
    sends_technicians_from_one_customer_to_the_next(demo)


@pytest.mark.rule("OPS-02")
@pytest.mark.parametrize("today", [TODAY, SUNDAY, PIONEER_DAY, *BEFORE_CLOCKS_CHANGE], ids=str)
def test_no_rule_stands_against_the_visits_around_any_day(today: date) -> None:
    is_a_company_to_look_around_in(small() if today == TODAY else filled(today))


@pytest.mark.rule("OPS-02")
def test_there_are_as_many_as_the_size_tells() -> None:
    stages = Counter(customer.stage for customer in small().customers.values())

    assert stages == {Stage.CUSTOMER: SMALL.customers, Stage.LEAD: SMALL.leads}
    assert sum(person.technician for person in small().people.values()) == sum(SMALL.technicians)
    assert sum(person.sales_rep for person in small().people.values()) == sum(SMALL.sales_reps)


def test_each_office_works_today_with_time_left() -> None:
    for office in OFFICES:
        minutes, booked = today_at(small(), office.name)
        assert minutes * 0.3 < booked < minutes * 0.9


def today_at(demo: Demo, office: str) -> tuple[int, int]:
    """
    How many minutes an office's technicians can be booked today, and how many they are.
    """
    days, minutes, booked = demo.days_of_users(), 0, 0
    for person in demo.people.values():
        if person.technician and demo.office(person) == office:
            away = demo.away(person, demo.today)
            for hours in person.hours.on(demo.today):
                there = [not any(each.start <= at < each.end for each in away) for at in range(hours.start, hours.end)]
                minutes += sum(there)
            booked += sum(each.minutes for each in days[person, demo.today])
    return minutes, booked


def test_one_is_ill_today_and_one_leaves_early() -> None:
    reasons = Counter(each.reason for each in small().absences if each.first == TODAY == each.last)

    assert reasons["Flu"] == reasons["School meeting"] == 2  # Provo and Phoenix; three in Boise are too few


def test_a_holiday_closes_an_office_but_for_who_is_on_call() -> None:
    demo = filled(date(2026, 7, 22))
    closed = {each.location for each in demo.absences if each.reason == "Pioneer Day"}
    at_work = {person for (person, day) in demo.days_of_users() if day == PIONEER_DAY}

    assert {demo.locations[id].name for id in closed if id} == {"Provo"}
    assert {person.name for person in at_work if demo.office(person) == "Provo"} <= {"Elena Marsh"}
    assert {demo.office(person) for person in at_work} >= {"Boise", "Phoenix"}


def test_what_happened_happened_in_order_and_before_today() -> None:
    for visit in small().visits():
        moments = [visit.created_at, *(each.at for each in visit.moments), visit.changed_at]
        assert visit.created_at < visit.period.start
        assert moments == sorted(moments)
        assert moments[-1] < small().midnight(TODAY)


def test_some_visits_were_moved_some_cancelled_and_some_reinstated() -> None:
    visits = small().visits()
    histories = Counter(tuple(each.status for each in visit.moments) for visit in visits)
    moved = [visit for visit in visits if visit.status is Status.SCHEDULED and visit.version == 2]

    assert histories[Status.SCHEDULED, Status.CANCELLED] >= 5
    assert histories[Status.SCHEDULED, Status.CANCELLED, Status.SCHEDULED] >= 1
    assert len(moved) >= 5


def test_most_of_what_is_over_was_done_and_nothing_of_today_or_later_is() -> None:
    today = small().midnight(TODAY)
    over, to_come = ([v.status for v in small().visits() if (v.period.end <= today) is past] for past in (True, False))
    done = Counter(over)

    assert done[Status.COMPLETED] > 0.8 * sum(each is not Status.CANCELLED for each in over)
    assert set(to_come) == {Status.SCHEDULED, Status.CANCELLED}
    assert {v.outcome for v in small().visits() if v.status is Status.COMPLETED} == set(VisitOutcome)


def test_big_jobs_have_work_orders_which_are_complete_when_they_are_done() -> None:
    with small().storage.reading(small().id) as unit:
        orders = unit.work_orders.page(WorkOrderSelection(), after=None, limit=EVERYTHING)
    statuses = {each.work_order.id: each.work_order.status for each in orders}
    finished = {v.work_order for v in small().visits() if v.outcome is VisitOutcome.DONE and v.work_order}

    assert statuses and finished
    for order in [each.work_order for each in orders]:
        assert order.template and order.note_type and order.type and order.priority and order.technician
        assert (order.due and order.lines and "Gas test" in order.note) or "Pad" in order.note
    assert {id for id, status in statuses.items() if status is WorkOrderStatus.COMPLETE} == finished


def test_some_jobs_have_equipment_and_some_of_it_is_ordered() -> None:
    demo = small()
    with demo.storage.reading(demo.id) as unit:
        orders = unit.purchase_orders.page(
            visible=None, work_order=None, recipient=None, status=None, number=None, after=None, limit=50
        )
        received = [each for each in orders if each.status is PurchaseStatus.RECEIVED]
        works = unit.work_to_perform.named({each.work_order for each in orders})
        stock = unit.stock.of(received[0].recipient)

    assert {each.status for each in orders} == set(PurchaseStatus) - {PurchaseStatus.CANCELLED}
    assert all(len(each.items) == 2 for each in works)
    assert sum(each.quantity for each in stock) == sum(line.quantity for line in received[0].lines)


def test_there_are_visits_of_every_kind_and_sales_visits_of_customers_and_leads() -> None:
    assert {block.kind for block in small().blocks} == set(Kind)
    assert {block.stage for block in small().blocks if block.kind is Kind.SALES} == set(Stage)


def test_the_same_day_gives_the_same_company() -> None:
    def told(demo: Demo) -> list[tuple[object, ...]]:
        return sorted((demo.people[v.user].name, v.customer_name, v.start, v.end, v.status.value) for v in demo.blocks)

    assert told(filled(TODAY)) == told(small())


def test_the_clock_goes_forward_only() -> None:
    clock = SteppedClock(small().midnight(TODAY))
    clock.forward_to(small().midnight(TODAY, after=1))

    with pytest.raises(ValueError, match="is before"):
        clock.forward_to(small().midnight(TODAY))


@pytest.mark.proof
@pytest.mark.rule("OPS-02")
def test_the_whole_demo_has_three_offices_sixty_people_and_three_months_of_visits(tmp_path: Path) -> None:
    file, stages = tmp_path / "fieldops.db", list[str]()
    make(file, size=FULL, today=TODAY, told=lambda what, done, of: stages.append(what) if done == of else None)
    engine, id = open_demo(file, Settings(database=f"sqlite:///{file}"))
    demo = Demo(engine.storage, id, FULL, TODAY)

    is_a_company_to_look_around_in(demo)
    assert Counter(each.stage for each in demo.customers.values()) == {Stage.CUSTOMER: 5_000, Stage.LEAD: 400}
    assert sum(person.technician or person.sales_rep for person in demo.people.values()) == 60
    assert 8_000 <= len(demo.blocks) <= 15_000
    assert len(demo.days) == 91
    for office in OFFICES:
        minutes, booked = today_at(demo, office.name)
        assert minutes * 0.45 < booked < minutes * 0.9
    assert len(stages) == 3
