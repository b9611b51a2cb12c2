"""
How many statements each use takes: as few however much there is.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from attrs import evolve
from sqlalchemy import Engine

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.access.context import Call, Context
from fieldops_core.access.model import SYSTEM, Kind, Stage
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Receipt, StoredAnswer, Unit
from fieldops_core.company.messages import LocationChanged
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.messages import ChangeCustomer
from fieldops_core.customers.model import Sort, traits_of
from fieldops_core.customers.ports import Selection as Records
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.messages import (
    BulkSchedule,
    CancelSeries,
    ChangeLocationZone,
    FindBestSlots,
    FindRepairs,
    HoldTime,
    ListAppointments,
    RepairAppointments,
    UndoRepair,
)
from fieldops_core.scheduling.model import AppointmentId, HoldId, Keeping, NewSpot, RepairId, SeriesId
from fieldops_core.scheduling.ports import Selection, Sight, Span, StartPlace
from fieldops_core.scheduling.views import (
    AppointmentLinesView,
    BestSlotsView,
    BulkView,
    HoldView,
    RepairsView,
    RepairView,
)
from fieldops_core.staff.messages import AddAbsence
from fieldops_core.testing.builders import (
    DAY,
    a_customer,
    a_location,
    a_period,
    a_technician,
    a_token,
    a_work_order,
    an_absence,
    an_appointment,
    fresh,
)
from fieldops_core.testing.clock import NOW, FrozenClock
from fieldops_core.testing.contracts.journal import an_entry
from fieldops_core.testing.contracts.world import World
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting
from fieldops_core.work_orders.decisions import Touch
from fieldops_core.work_orders.messages import BulkEditWorkOrders, ListBacklog, ListWorkOrders
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus
from fieldops_core.work_orders.ports import BacklogSelection
from fieldops_core.work_orders.use_cases import follow
from fieldops_core.work_orders.views import BacklogView, BulkEditView, WorkOrdersView
from tests.adapters.sql.recording import Recording, recorded
from tests.support.world import World as Company

MANY = 30

READINGS: dict[str, tuple[int, Callable[[Unit, World], object]]] = {
    "the company with its locations": (1, lambda unit, world: unit.companies.setup()),
    "every type of a kind": (1, lambda unit, world: unit.appointment_types.all(kind=Kind.TECH)),
    "every role": (1, lambda unit, world: unit.roles.all()),
    "the owners": (1, lambda unit, world: unit.users.owners()),
    "a page of users": (
        1,
        lambda unit, world: unit.users.page(location=world.provo.id, active=True, after=None, limit=50),
    ),
    "who a token speaks for": (2, lambda unit, world: unit.users.identified("0" * 64)),
    "everybody": (1, lambda unit, world: unit.people.find(kind=Kind.TECH)),
    "absences of all": (1, lambda unit, world: unit.absences.between(DAY, DAY)),
    "a page of customers": (
        1,
        lambda unit, world: unit.customers.page(
            Records(visible=frozenset({(Stage.LEAD, world.provo.id), (Stage.CUSTOMER, world.orem.id)})),
            sort=Sort.NUMBER,
            after=None,
            limit=50,
        ),
    ),
    "customers that match": (
        1,
        lambda unit, world: unit.customers.matching(sought("maria novak 555"), Records(), limit=1_000),
    ),
    "some customers": (
        1,
        lambda unit, world: unit.customers.named([world.maria.id, world.jens.id]),
    ),
    "install appointments": (1, lambda unit, world: unit.install_visits.of([world.maria.id, world.jens.id])),
    "entries by their ids": (1, lambda unit, world: unit.catalog_entries.named([world.postponed.id])),
    "who may be the same": (1, lambda unit, world: unit.customers.alike(traits_of(world.maria))),
    "a customer's appointments": (
        1,
        lambda unit, world: unit.appointments.of_customer(
            world.maria.id, kinds=[Kind.TECH], only_of=world.ann.id, as_of=NOW, after=None, limit=50
        ),
    ),
    "the company's appointments": (
        1,
        lambda unit, world: unit.times.selected(
            Selection(
                spans=(
                    Span(locations=frozenset({world.provo.id}), start=NOW, end=NOW + timedelta(days=9)),
                    Span(locations=frozenset({world.orem.id}), start=NOW, end=NOW + timedelta(days=8)),
                ),
                sight=Sight(kinds={kind: frozenset({world.provo.id}) for kind in Kind}),
            ),
            after=StartPlace(NOW, AppointmentId(fresh())),
            limit=50,
        ),
    ),
    "what is taken": (1, lambda unit, world: unit.times.taken(a_period(), now=NOW)),
    "what is held": (1, lambda unit, world: unit.holds.live(a_period(), now=NOW)),
    "the stops of a day": (1, lambda unit, world: unit.times.stops(a_period())),
    "the blocks of a grid": (1, lambda unit, world: unit.times.blocks(a_period())),
    "crews": (1, lambda unit, world: unit.times.crews([world.repair.id], a_period())),
    "a crew": (1, lambda unit, world: unit.appointments.crew(world.repair.id, a_period().start)),
    "work orders": (1, lambda unit, world: unit.work_orders.named([world.repair.id])),
    "what follows from appointments": (1, lambda unit, world: unit.work_orders.visits([world.repair.id])),
    "by which appointments work orders are shown": (
        1,
        lambda unit, world: unit.work_orders.shown([world.repair.id], as_of=NOW),
    ),
    "the backlog": (1, lambda unit, world: unit.work_orders.backlog(BacklogSelection(location=world.provo.id))),
    "a history": (1, lambda unit, world: unit.history.of("customer", world.maria.id)),
}


@pytest.fixture
def recording(engine: Engine) -> Iterator[Recording]:
    with recorded(engine) as recording:
        yield recording


@pytest.fixture
def crowded(world: World) -> World:
    """
    A company with many of everything.
    """
    with world.writing() as unit:
        unit.tokens.add(a_token(user=world.ann.id, hash="0" * 64))
        for number in range(MANY):
            unit.locations.add(a_location())
            user = a_technician(home=world.provo.id)
            unit.users.add(user)
            unit.absences.add(an_absence(user=user.id))
            unit.appointments.add(world.visit(user=user.id, period=a_period(minutes=30 + number)))
            unit.holds.add(world.hold(user=user.id))
        unit.history.add([an_entry(world.maria.id) for _ in range(MANY)])
    return world


@pytest.mark.parametrize(("count", "ask"), READINGS.values(), ids=READINGS)
def test_a_reading_takes_the_same_statements_however_much_there_is(
    crowded: World, recording: Recording, count: int, ask: Callable[[Unit, World], object]
) -> None:
    with crowded.reading() as unit:
        recording.take()
        ask(unit, crowded)

        assert len(recording.take()) == count


def test_a_unit_begins_with_at_most_one_statement_of_its_own(world: World, recording: Recording) -> None:
    recording.statements.clear()

    with world.writing():
        pass

    assert len(recording.statements) <= 1


def test_thousands_of_ids_are_one_parameter(world: World, recording: Recording) -> None:
    many = [world.ann.id, *(fresh() for _ in range(40_000))]
    world.keep(world.visit())

    with world.writing() as unit:
        recording.take()
        assert len(unit.times.taken(a_period(), users=many, now=NOW)) == 1  # type: ignore[arg-type]
        assert unit.people.find(ids=many) == (world.ann.person,)  # type: ignore[arg-type]
        assert unit.people.locked(many) == (world.ann.person,)  # type: ignore[arg-type]

    assert len(recording.take()) == 3


@pytest.mark.parametrize("count", [1, 2, 25])
def test_history_and_events_are_one_statement_each_however_many_they_are(
    world: World, recording: Recording, count: int
) -> None:
    events = [LocationChanged.of(None, world.provo, at=NOW)] * count

    with world.writing() as unit:
        recording.take()
        unit.history.add([an_entry(world.maria.id) for _ in range(count)])
        unit.outbox.add(events, ids=[fresh() for _ in range(count)])

    assert len(recording.take()) == 2


@pytest.mark.parametrize("count", [1, 25])
def test_stranding_takes_the_same_statements_however_many_visits_there_are(
    storage: SqlStorage, world: World, recording: Recording, count: int
) -> None:
    days = [DAY + timedelta(days=each) for each in range(count)]
    world.keep(*(world.visit(period=a_period(day=day)) for day in days))
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    engine = FieldOps(storage=storage, clock=FrozenClock(), ids=fresh, ports=ports)
    recording.statements.clear()

    command = AddAbsence(user=world.ann.id, first=days[0], last=days[-1])
    receipt = engine.execute(command, Context(company=world.company.id, actor=SYSTEM))

    assert receipt.added[0].count == count  # type: ignore[attr-defined]
    # Of the absence: its user, itself. Then: users, visits, company, absences, the visits locked, and saved. In the
    # end: history and events.
    assert len(recording.take()) == 10


@pytest.mark.parametrize("count", [1, 25])
def test_another_zone_takes_the_same_statements_however_many_visits_there_are(
    storage: SqlStorage, world: World, recording: Recording, count: int
) -> None:
    world.keep(*(world.visit(period=a_period(day=DAY + timedelta(days=each))) for each in range(count)))
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    engine = FieldOps(storage=storage, clock=FrozenClock(), ids=fresh, ports=ports)
    recording.statements.clear()

    command = ChangeLocationZone(location=world.provo.id, zone="America/Chicago", keep=Keeping.LOCAL_TIMES)
    receipt = engine.execute(command, Context(company=world.company.id, actor=SYSTEM))

    assert receipt.answer.open.count == count  # type: ignore[attr-defined]
    # The location, everybody twice, visits, blocks; the location saved, the visits in two steps; of what is stranded:
    # everybody twice, blocks, company, absences; the blocks for the answer, history and events.
    assert len(recording.take()) == 16


@pytest.mark.rule("CUS-19")
@pytest.mark.parametrize("count", [1, 25])
def test_another_location_takes_the_same_statements_however_many_visits_there_are(
    storage: SqlStorage, world: World, recording: Recording, count: int
) -> None:
    world.keep(*(world.visit(period=a_period(day=DAY + timedelta(days=each))) for each in range(count)))
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    engine = FieldOps(storage=storage, clock=FrozenClock(), ids=fresh, ports=ports)
    recording.statements.clear()

    command = ChangeCustomer(customer=world.maria.id, location=world.orem.id, point=None)
    receipt = engine.execute(command, Context(company=world.company.id, actor=SYSTEM))

    assert receipt.added[0].count == count  # type: ignore[attr-defined]
    # The customer, its new location, the company; itself saved with its keys in three, its install appointments; the
    # visits, the company, those saved in two steps, users, types; history and events.
    assert len(recording.take()) == 15


@pytest.mark.rule("WOR-11", "BLK-08")
@pytest.mark.parametrize("count", [1, 25])
def test_work_orders_follow_with_the_same_statements_however_many_there_are(
    world: World, recording: Recording, count: int
) -> None:
    orders = [a_work_order(customer=world.maria.id, number=2 + number) for number in range(count)]
    with world.writing() as unit:
        for each in orders:
            unit.work_orders.add(each)
    days = [DAY + timedelta(days=number) for number in range(count)]
    world.keep(
        *(world.visit(period=a_period(day=day), work_order=its.id) for day, its in zip(days, orders, strict=True))
    )

    with world.writing() as unit:
        call = Call(unit=unit, context=Context(company=world.company.id, actor=SYSTEM), now=NOW, new_id=fresh)
        recording.take()
        found = follow({order.id: Touch() for order in orders}, call)

    assert found is not None
    assert [each.status for each in found.work_orders] == [WorkOrderStatus.SCHEDULED] * count
    # The work orders locked, their appointments, the work orders saved; the end of the unit.
    assert len(recording.take()) <= 4


@pytest.mark.rule("WOR-11", "BLK-11")
def test_a_series_is_cancelled_with_the_same_statements_however_long_it_is(
    storage: SqlStorage, recording: Recording
) -> None:
    counts = []
    for days in (1, 20):
        company = Company(storage)
        order = a_work_order(customer=company.maria.id, number=1)
        company.put(order)
        wish = BulkSchedule(
            work_order=order.id,
            type=company.service.id,
            technicians=(company.ann.id,),
            first=DAY,
            last=DAY + timedelta(days=days),
            weekdays=frozenset(range(5)),
            minutes=60,
        )
        recording.take()
        made = company.do(wish, BulkView)
        counts.append([len(recording.take())])
        (series,) = made.series
        first = AppointmentId(series.appointments[0].id)
        company.execute(CancelSeries(series=SeriesId(series.series), appointment=first))
        counts[-1].append(len(recording.take()))
        with company.storage.reading(company.company.id) as unit:
            assert unit.work_orders.get(order.id).version == 3

    assert counts[0] == counts[1]


def test_no_history_and_no_events_are_no_statement(world: World, recording: Recording) -> None:
    with world.writing() as unit:
        recording.take()
        unit.history.add([])
        unit.outbox.add([], ids=[])

    assert recording.take() == []


def test_booking_stays_within_twelve_statements(world: World, recording: Recording) -> None:
    recording.statements.clear()

    with world.writing() as unit:
        unit.answers.find(world.ann.id, "book", answer=dict)
        unit.companies.setup()
        unit.customers.get(world.maria.id, lock=Lock.SHARED)
        unit.appointment_types.get(world.service.id)
        unit.people.locked([world.ann.id])
        unit.absences.between(DAY, DAY, users=[world.ann.id], locations=[world.provo.id])
        unit.times.taken(a_period(), users=[world.ann.id], now=NOW)
        visit = world.visit()
        unit.appointments.add(visit)
        unit.history.add([an_entry(visit.id)])
        unit.outbox.add([LocationChanged.of(None, world.provo, at=NOW)], ids=[fresh()])
        unit.answers.add(world.ann.id, "book", StoredAnswer(fingerprint="", receipt=Receipt(answer={})), at=NOW)

    assert len(recording.statements) <= 12


def test_a_booking_takes_the_same_statements_however_full_the_day_is(
    storage: SqlStorage, recording: Recording, engine: Engine
) -> None:
    small = Company(storage)
    # PostgreSQL is told the company, too. With a command id, the answer, and the records that it quotes, are kept.
    expected = 13 if engine.dialect.name == "postgresql" else 12

    counts = []
    for start in ("09:00", "10:00", "13:00"):
        recording.statements.clear()
        small.execute(small.wish(f"2026-05-27T{start}"), command_id=start)
        counts.append(len([each for each in recording.statements if not each[0].startswith("BEGIN")]))

    assert counts == [expected] * 3


@pytest.mark.rule("BKG-04")
def test_a_hold_costs_its_booking_two_statements(storage: SqlStorage, recording: Recording) -> None:
    small = Company(storage)
    wish = small.wish()
    held = small.do(
        HoldTime(customer=wish.customer, type=wish.type, user=wish.user, start=wish.start, kind=wish.kind, minutes=60),
        HoldView,
    )

    recording.take()
    small.execute(evolve(wish, hold=HoldId(held.id)))
    with_hold = len(recording.take())
    small.execute(small.wish("2026-05-27T11:00"))

    assert with_hold == len(recording.take()) + 2


@pytest.mark.rule("APT-26")
@pytest.mark.parametrize("count", [1, 12])
def test_the_companys_list_takes_four_statements_however_much_is_on_a_page(
    storage: SqlStorage, recording: Recording, count: int
) -> None:
    small = Company(storage)
    order = a_work_order(customer=small.maria.id, number=1)
    small.put(order)
    for number in range(count):
        small.book(f"2026-05-{27 + number // 6}T{8 + number % 6:02}:00", work_order=order.id)

    recording.take()
    page = small.ask(ListAppointments(), AppointmentLinesView)

    assert len(page.items) == count
    assert len(recording.take()) == 4


def test_a_change_is_one_statement(world: World, recording: Recording) -> None:
    with world.writing() as unit:
        recording.take()
        unit.users.save(evolve(world.ann, name="Anna", version=2))

    assert len(recording.take()) == 1


def test_a_company_is_found_by_its_short_name_with_three_statements_at_most(
    storage: SqlStorage, world: World, recording: Recording
) -> None:
    recording.statements.clear()

    storage.company_named(world.company.slug)

    assert len(recording.statements) <= 3


@pytest.mark.parametrize("slug", ["", "\0", "\ud800", "nobody's", "n" * 10_000])
def test_what_can_be_no_short_name_is_not_asked_for(storage: SqlStorage, recording: Recording, slug: str) -> None:
    assert storage.company_named(slug) is None
    assert recording.take() == []


@pytest.mark.rule("SCH-20")
def test_best_slots_take_as_many_statements_however_many_users_days_and_visits_there_are(
    storage: SqlStorage, recording: Recording
) -> None:
    company = Company(storage)
    question = FindBestSlots(customer=company.maria.id, type=company.service.id, first=DAY)
    counts = []
    for days in (1, 7):
        recording.take()
        found = company.ask(evolve(question, days=days), BestSlotsView)
        counts.append(len(recording.take()))
        assert found.items
        for number in range(MANY):
            ben = a_technician(home=company.provo.id)
            there = a_customer(location=company.provo.id, number=100 * days + number)
            visit = an_appointment(user=ben.id, customer=there.id, type=company.service.id, location=company.provo.id)
            company.put(ben, there, visit, an_absence(user=ben.id, first=DAY + timedelta(days=2)))

    assert counts == [7, 7]


@pytest.mark.rule("SCH-29")
def test_repairs_take_as_many_statements_however_many_visits_there_are(
    storage: SqlStorage, recording: Recording
) -> None:
    counts = []
    for many in (1, 12):
        company = Company(storage)
        bea = a_technician(home=company.provo.id)
        company.put(bea)
        for number in range(many):
            there = a_customer(location=company.provo.id, number=10 + number)
            day = DAY + timedelta(days=number)
            visit = an_appointment(
                user=company.ann.id,
                customer=there.id,
                type=company.service.id,
                location=company.provo.id,
                period=a_period(day=day),
                pending_reassignment=True,
            )
            company.put(there, visit, an_absence(user=company.ann.id, first=day, last=day))
        recording.take()
        found = company.ask(FindRepairs(), RepairsView)
        counts.append([len(recording.take())])
        moves = tuple(
            NewSpot(
                appointment=AppointmentId(each.appointment),
                user=UserId(each.proposals[0].user.id),
                start=each.proposals[0].start,
            )
            for each in found.items
        )
        recording.take()
        made = company.do(RepairAppointments(moves=moves), RepairView)
        counts[-1].append(len(recording.take()))
        assert len(made.moves) == many
        company.execute(UndoRepair(repair=RepairId(made.id)))
        counts[-1].append(len(recording.take()))

    assert counts[0] == counts[1]


@pytest.mark.rule("WOR-06", "WOR-13")
@pytest.mark.parametrize("count", [1, 12])
def test_lists_of_work_orders_take_the_same_statements_however_much_is_on_a_page(
    storage: SqlStorage, recording: Recording, count: int
) -> None:
    small = Company(storage)
    for number in range(1, count + 1):
        order = a_work_order(customer=small.maria.id, number=number, technician=small.ann.id, type=small.job_type.id)
        small.put(order)

    recording.take()
    page = small.ask(ListWorkOrders(), WorkOrdersView)

    assert len(page.items) == count
    # The company, the page, its appointments, the users, what was chosen, the work to perform.
    assert len(recording.take()) == 6
    assert small.ask(ListBacklog(), BacklogView).total == count
    assert len(recording.take()) == 7


@pytest.mark.rule("WOR-08")
def test_a_bulk_edit_takes_the_same_statements_however_many_it_names(storage: SqlStorage, recording: Recording) -> None:
    counts = []
    for count in (1, 12):
        small = Company(storage)
        orders = [a_work_order(customer=small.maria.id, number=number) for number in range(1, count + 1)]
        small.put(*orders)
        for number, order in enumerate(orders):
            small.book(f"2026-05-{27 + number // 6}T{8 + number % 6:02}:00", work_order=order.id)
        command = BulkEditWorkOrders(
            work_orders=tuple(each.id for each in orders),
            versions=(2,) * count,
            technician=small.ann.id,
            type=small.job_type.id,
            status=WorkOrderStatus.COMPLETE,
            upcoming=Upcoming.CANCEL,
        )
        recording.take()
        assert len(small.do(command, BulkEditView).work_orders) == count
        counts.append(len(recording.take()))

    assert counts[0] == counts[1]
