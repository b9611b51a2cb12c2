"""
The company of the OpenAPI document's examples, and an API over a fresh copy of it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from attrs import evolve, frozen
from litestar.testing import TestClient

from fieldops_adapters.credit.sandbox import SandboxBureaus
from fieldops_adapters.files.memory import MemoryFiles
from fieldops_adapters.memory import MemoryStorage
from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_core.access.calculations import token_hash, token_text
from fieldops_core.access.model import EVERYTHING, Grant, Grants, Kind, Role, RoleId, Stage, Token, TokenId
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.company.model import (
    AppointmentType,
    Attributes,
    Catalog,
    CatalogEntry,
    Company,
    EntryId,
    FieldType,
    JobLine,
    LineKind,
    Location,
    RateLine,
    Requirement,
    Settings,
    SubType,
    SubTypeId,
    TypeId,
    WorkOrderTemplate,
)
from fieldops_core.customers.model import AccountType, Customer, CustomerId, Lead, Sale
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    CancelledBy,
    Hold,
    HoldId,
    Repair,
    RepairId,
    RepairMove,
    SeriesId,
    Spot,
    Status,
    StatusChange,
    VisitOutcome,
    WorkOrderId,
)
from fieldops_core.staff.model import Absence, AbsenceId, User, WorkingHours
from fieldops_core.testing.builders import PROVO_ADDRESS, a_period, a_tombstone, fresh
from fieldops_core.testing.clock import NOW, FrozenClock
from fieldops_core.testing.holidays import FewHolidays
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.mailing import KeptMail
from fieldops_core.testing.passwords import KeptPost, QuickPasswords
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting
from fieldops_core.work_orders.model import WorkOrder, WorkOrderStatus
from fieldops_http import examples
from fieldops_http.app import Api, create_app
from fieldops_http.engine import Engine
from tests.http.example_belongings import keep_belongings, keep_file, keep_message
from tests.http.example_equipment import keep_equipment
from tests.http.example_logins import keep_logins

DENVER = "America/Denver"
PROVO_POINT = Point(40.2338, -111.6585)
PHOENIX_POINT = Point(33.4484, -112.0740)
OREM_POINT = Point(40.2969, -111.6946)
HOURS = WorkingHours(weekly=WeeklyHours.every("08:00", "17:00"))
MILES = 1_609.344
SETTINGS = Settings(parent_child_billing=True, credit_checks=True, government_regulations=True)

COMPANY = CompanyId(examples.COMPANY)
PROVO, PHOENIX = LocationId(examples.PROVO), LocationId(examples.PHOENIX)
OWNER_ROLE = Role(id=RoleId(examples.OWNERS), name="Owner", owner=True, grants=EVERYTHING)
POST = KeptPost()
PORTS = Ports(
    phones=PhoneNumbersPhones(),
    routing=StraightRouting(),
    randomness=CountedRandomness(),
    holidays=FewHolidays(),
    files=MemoryFiles(),
    credit=SandboxBureaus(),
    sheets=ReportLabSheets(),
    mailer=KeptMail(),
    passwords=QuickPasswords(),
    post=POST,
)
PRIVATE = "The dog bites: MARKER-5cc1"


@frozen
class ExampleCompany:
    """
    An API over an example company: whoever asks has a token.
    """

    app: Api
    engine: Engine
    clock: FrozenClock
    company: CompanyId
    slug: str

    def client(self, token: str | None = None) -> "TestClient[Api]":
        """
        A client with a token; by default the owner's.
        """
        sent = token or self.token(UserId(examples.OLIVE))
        client = TestClient(self.app, raise_server_exceptions=False)
        client.headers["Authorization"] = f"Bearer {sent}"
        return client

    def in_threads(self) -> "ExampleCompany":
        """
        The same, with an API that works in threads, as it does with a database that is elsewhere.
        """
        return _behind(_app(threads=True), self.engine, self.clock, self.company, self.slug)

    def sender(self, operation: str) -> "TestClient[Api]":
        """
        A client of who may send an operation's example.
        """
        by = examples.EXAMPLES[operation].by
        return self.client(self.token(UserId(by)) if by else None)

    def token(self, user: UserId, *, scopes: Grants | None = None) -> str:
        """
        A new token of a user.
        """
        ids = self.engine.ids
        text = token_text(self.company, ids().hex * 2)
        token = Token(
            id=TokenId(ids()),
            user=user,
            name="test",
            hash=token_hash(text),
            scopes=scopes,
            expires_at=NOW + timedelta(days=30),
        )
        with self.engine.storage.writing(self.company) as unit:
            unit.tokens.add(token)
        return text

    def token_with(self, grants: Iterable[Grant]) -> str:
        """
        A token of a new user in the office who holds some grants.
        """
        id = UserId(self.engine.ids())
        user = User(
            id=id, name="Ona", email=Email(f"{id.hex}@acme.example"), home=PROVO, hours=HOURS, grants=frozenset(grants)
        )
        with self.engine.storage.writing(self.company) as unit:
            unit.users.add(user)
        return self.token(id)


def example_company(storage: Storage | None = None) -> ExampleCompany:
    """
    A fresh copy, in a storage of its own.
    """
    company = _open(storage or MemoryStorage(), COMPANY, examples.SLUG)
    _fill(company)
    return company


def other_company(beside: ExampleCompany) -> ExampleCompany:
    """
    Another company in the same storage, with an owner whose id is that of the first one's, and nothing else.
    """
    company = evolve(beside, company=CompanyId(beside.engine.ids()), slug="globex")
    office, role = LocationId(beside.engine.ids()), evolve(OWNER_ROLE, id=RoleId(beside.engine.ids()))
    with company.engine.storage.writing(company.company) as unit:
        unit.companies.add(Company(id=company.company, slug=company.slug, name="Globex"))
        unit.locations.add(Location(id=office, name="Provo", zone=DENVER))
        unit.roles.add(role)
        unit.users.add(evolve(_owner(), home=office, roles=(role.id,)))
    return company


def _open(storage: Storage, company: CompanyId, slug: str) -> ExampleCompany:
    clock, ids = FrozenClock(), CountingIds(first=0x0B_0000_0000)  # later than the examples' own
    fieldops = FieldOps(storage=storage, clock=clock, ids=ids, ports=PORTS)
    engine = Engine(fieldops=fieldops, storage=storage, ids=ids, threads=False)
    return _behind(_app(threads=False), engine, clock, company, slug)


def _behind(app: Api, engine: Engine, clock: FrozenClock, company: CompanyId, slug: str) -> ExampleCompany:
    app.state.engine = engine
    return ExampleCompany(app, engine, clock, company, slug)


@lru_cache(maxsize=2)
def _app(*, threads: bool) -> Api:
    """
    One for all tests of a process: making it takes longer than most tests. Each puts an engine of its own behind it.
    """
    fieldops = FieldOps(storage=MemoryStorage(), clock=FrozenClock(), ids=CountingIds(), ports=PORTS)
    return create_app(Engine(fieldops=fieldops, storage=MemoryStorage(), ids=CountingIds(), threads=threads))


def _fill(company: ExampleCompany) -> None:
    with company.engine.storage.writing(company.company) as unit:
        unit.companies.add(Company(id=company.company, slug=company.slug, name="Acme Alarms", settings=SETTINGS))
        unit.locations.add(
            Location(id=PROVO, name="Provo", zone=DENVER, address=PROVO_ADDRESS, point=PROVO_POINT, tech_minutes=120)
        )
        unit.locations.add(Location(id=PHOENIX, name="Phoenix", zone="America/Phoenix", point=PHOENIX_POINT))
        unit.roles.add(OWNER_ROLE)
        unit.roles.add(Role(id=RoleId(examples.DISPATCHERS), name="Dispatcher"))
        for type in _types():
            unit.appointment_types.add(type)
        for entry in _entries():
            unit.catalog_entries.add(entry)
        for user in _users():
            unit.users.add(user)
        for customer in _customers():
            unit.customers.add(customer)
        keep_belongings(unit)
        keep_message(unit)
        keep_file(unit, PORTS.files, company.company)
        for work_order in _work_orders():
            unit.work_orders.add(work_order)
        keep_equipment(unit)
        for appointment in _appointments():
            unit.appointments.add(appointment)
        unit.absences.add(
            Absence(
                id=AbsenceId(examples.DENTIST),
                user=UserId(examples.TOM),
                first=date(2026, 6, 3),
                last=date(2026, 6, 3),
                reason="Dentist",
            )
        )
        unit.holds.add(_hold())
        unit.tombstones.add(a_tombstone(number=6, location=PROVO, by=UserId(examples.OLIVE)))
        unit.repairs.add(_repair())
        keep_logins(unit)
        unit.tokens.add(
            Token(
                id=TokenId(examples.TOKEN),
                user=UserId(examples.DAN),
                name="CRM",
                hash=token_hash("the CRM's"),
                expires_at=NOW + timedelta(days=30),
            )
        )


def _types() -> tuple[AppointmentType, ...]:
    panel = SubType(id=SubTypeId(examples.ALARM_PANEL), name="Alarm panel", minutes=90)
    return (
        AppointmentType(
            id=TypeId(examples.INSTALLATION), kind=Kind.TECH, name="Installation", minutes=120, sub_types=(panel,)
        ),
        AppointmentType(id=TypeId(examples.CONSULTATION), kind=Kind.SALES, name="Consultation", minutes=60),
    )


def _entries() -> tuple[CatalogEntry, ...]:
    nobody_there, postponed = EntryId(examples.NOBODY_THERE), EntryId(examples.POSTPONED)
    early, check = EntryId(examples.EARLY_RISER), EntryId(examples.PAYS_BY_CHECK)
    call_back, question = EntryId(examples.CALL_BACK), EntryId(examples.BILLING_QUESTION)
    return (
        CatalogEntry(id=early, catalog=Catalog.TAGS, name="Early riser"),
        CatalogEntry(id=check, catalog=Catalog.TAGS, name="Pays by check"),
        CatalogEntry(id=call_back, catalog=Catalog.NOTE_TYPES, name="Call back"),
        CatalogEntry(id=question, catalog=Catalog.NOTE_TYPES, name="Billing question"),
        CatalogEntry(id=nobody_there, catalog=Catalog.UNABLE_REASONS, name="Nobody there"),
        CatalogEntry(id=postponed, catalog=Catalog.RESCHEDULE_REASONS, name="Postponed by the customer"),
        _entry(examples.SERVICE_CALL, Catalog.WORK_ORDER_TYPES, "Service call"),
        _entry(examples.URGENT, Catalog.PRIORITIES, "Urgent", place=1),
        _entry(examples.YEARLY_SERVICE, Catalog.WORK_ORDER_TEMPLATES, "Yearly service", template=_template()),
        _entry(examples.REFERRAL, Catalog.SOURCES, "Referral", sells_leads=True, sells_customers=True),
        _entry(examples.NEW_LEAD, Catalog.LEAD_STATUSES, "New"),
        _entry(examples.THREE_YEARS, Catalog.CONTRACT_TERMS, "36 months", months=36),
        _entry(examples.GATE_CODE, Catalog.CUSTOM_FIELDS, "Gate code", type=FieldType.TEXT, longest=20),
        _entry(
            examples.ALARM_PERMIT,
            Catalog.REGULATIONS,
            "Alarm permit",
            requirement=Requirement.PERMIT,
            state="UT",
            city="Provo",
            months=12,
        ),
        _entry(examples.WATCH, Catalog.MONITORING_COMPANIES, "Wasatch Watch"),
        _entry(examples.SMART_HOME, Catalog.INTERACTIVE_PROVIDERS, "Smart Home"),
        _entry(examples.MONITORING, Catalog.RATE_LINES, "Monitoring"),
        _entry(
            examples.STANDARD_RATE,
            Catalog.MONTHLY_RATES,
            "Standard",
            amount=Money.of("39.95"),
            lines=(RateLine(line=EntryId(examples.MONITORING), amount=Money.of("39.95")),),
        ),
    )


def _template() -> WorkOrderTemplate:
    hour = JobLine(kind=LineKind.LABOR, description="Yearly service", quantity=Decimal(1), unit_price=Money.of("95.00"))
    return WorkOrderTemplate(
        note_type=EntryId(examples.CALL_BACK),
        type=EntryId(examples.SERVICE_CALL),
        subject="Yearly service",
        note="<p>Test every zone.</p>",
        lines=(hour,),
    )


def _entry(id: UUID, catalog: Catalog, name: str, **attributes: Any) -> CatalogEntry:
    return CatalogEntry(id=EntryId(id), catalog=catalog, name=name, attributes=Attributes(**attributes))


def _owner() -> User:
    return User(
        id=UserId(examples.OLIVE),
        name="Olive Owen",
        email=Email("olive@acme.example"),
        home=PROVO,
        hours=HOURS,
        roles=(OWNER_ROLE.id,),
    )


def _user(id: Any, name: str, **given: Any) -> User:
    email = Email(f"{name.split()[0].lower()}@acme.example")
    return User(id=UserId(id), name=name, email=email, home=PROVO, hours=HOURS, **given)


def _users() -> tuple[User, ...]:
    technician = {"technician": True, "start": PROVO_POINT, "coverage_radius": 30 * MILES}
    return (
        _owner(),
        _user(examples.DAN, "Dan Dispatch", roles=(RoleId(examples.DISPATCHERS),)),
        _user(examples.TINA, "Tina Tuttle", phone=Phone("+18015550131"), **technician),
        _user(examples.TOM, "Tom Tanner", **technician),
        _user(examples.SAL, "Sal Sellers", sales_rep=True),
    )


def _sale() -> Sale:
    return Sale(monitored_by=EntryId(examples.WATCH), interactive_provider=EntryId(examples.SMART_HOME))


def _customers() -> tuple[Customer, ...]:
    bakery = Customer(
        id=CustomerId(examples.BAKERY),
        number=1,
        stage=Stage.CUSTOMER,
        account_type=AccountType.COMMERCIAL,
        business_name="Beehive Bakery",
        location=PROVO,
        phone=Phone("+18015550101"),
        address=PROVO_ADDRESS,
        point=OREM_POINT,
    )
    return (
        bakery,
        evolve(bakery, id=CustomerId(examples.CAFE), number=3, business_name="Beehive Café", parent=bakery.id),
        evolve(bakery, id=CustomerId(examples.MILL), number=4, business_name="Provo Mill", sale=_sale()),
        evolve(bakery, id=CustomerId(examples.CLOSED), number=5, business_name="Orem Inn", archived_at=NOW),
        Customer(
            id=CustomerId(examples.LEAD),
            number=2,
            stage=Stage.LEAD,
            source=EntryId(examples.REFERRAL),
            lead=Lead(status=EntryId(examples.NEW_LEAD), entered_at=NOW, call_center_rep=UserId(examples.DAN)),
            first_name="Lee",
            last_name="Lund",
            location=PROVO,
            phone=Phone("+18015550102"),
            address=PROVO_ADDRESS,
            point=PROVO_POINT,
        ),
    )


def _work_orders() -> tuple[WorkOrder, ...]:
    customer, dan = CustomerId(examples.BAKERY), UserId(examples.DAN)
    panel = WorkOrder(
        id=WorkOrderId(examples.PANEL_JOB),
        number=1,
        customer=customer,
        note_type=EntryId(examples.CALL_BACK),
        type=EntryId(examples.SERVICE_CALL),
        due=a_period("17:00", day=date(2026, 5, 29)).start,
        subject="Panel in the back office",
        created_by=dan,
        created_at=NOW,
        changed_by=dan,
        changed_at=NOW,
    )
    finished = evolve(
        panel,
        id=WorkOrderId(examples.FINISHED_JOB),
        number=2,
        subject="Door contacts",
        status=WorkOrderStatus.COMPLETE,
    )
    waiting = evolve(panel, id=WorkOrderId(fresh()), number=3, subject="Siren at the gate")
    return panel, finished, waiting


def _appointments() -> tuple[Appointment, ...]:
    visit = Appointment(
        id=AppointmentId(examples.VISIT),
        kind=Kind.TECH,
        type=TypeId(examples.INSTALLATION),
        user=UserId(examples.TINA),
        customer=CustomerId(examples.BAKERY),
        location=PROVO,
        period=a_period("13:00", 120),
        agreed=NOW.replace(day=27, hour=13, tzinfo=None),
        zone=DENVER,
        notes="Bring the long ladder.",
        private_note=Secret(PRIVATE),
        created_by=UserId(examples.DAN),
        created_at=NOW,
        changed_by=UserId(examples.DAN),
        changed_at=NOW,
    )
    cancelled = evolve(
        visit,
        id=AppointmentId(examples.CANCELLED_VISIT),
        period=a_period("15:00", 60, day=date(2026, 5, 29)),
        agreed=NOW.replace(day=29, hour=15, tzinfo=None),
        status=Status.CANCELLED,
        cancelled_by=CancelledBy.CUSTOMER,
        private_note=None,
    )
    first = evolve(
        visit,
        id=AppointmentId(examples.FIRST_ROUND),
        period=a_period("09:00", 60, day=date(2026, 6, 9)),
        agreed=NOW.replace(month=6, day=9, hour=9, tzinfo=None),
        work_order=WorkOrderId(examples.PANEL_JOB),
        series=SeriesId(examples.ROUNDS),
        private_note=None,
    )
    second = evolve(
        first,
        id=AppointmentId(examples.SECOND_ROUND),
        period=a_period("09:00", 60, day=date(2026, 6, 10)),
        agreed=NOW.replace(month=6, day=10, hour=9, tzinfo=None),
    )
    tom, monday, friday = UserId(examples.TOM), date(2026, 5, 25), date(2026, 5, 22)
    arrived = StatusChange(status=Status.ON_SITE, at=NOW - timedelta(minutes=5), by=tom, source=Source.APP)
    under_way = evolve(
        visit,
        id=AppointmentId(examples.VISIT_UNDER_WAY),
        user=tom,
        period=a_period("06:00", 60, day=monday),
        agreed=NOW.replace(day=25, hour=6, tzinfo=None),
        status=Status.ON_SITE,
        moments=(arrived,),
        private_note=None,
    )
    period = a_period("09:00", 60, day=friday)
    done = evolve(
        under_way,
        id=AppointmentId(examples.VISIT_DONE),
        user=UserId(examples.TINA),
        period=period,
        agreed=NOW.replace(day=22, hour=9, tzinfo=None),
        status=Status.COMPLETED,
        moments=(
            evolve(arrived, at=period.start),
            evolve(arrived, status=Status.COMPLETED, at=period.end),
        ),
        outcome=VisitOutcome.DONE,
    )
    wednesday = date(2026, 6, 3)  # Tom is at the dentist
    stranded = evolve(
        visit,
        id=AppointmentId(examples.STRANDED_VISIT),
        user=tom,
        period=a_period("10:00", 60, day=wednesday),
        agreed=NOW.replace(month=6, day=3, hour=10, tzinfo=None),
        pending_reassignment=True,
        private_note=None,
    )
    repaired = evolve(
        stranded,
        id=AppointmentId(examples.REPAIRED_VISIT),
        user=UserId(examples.TINA),
        period=a_period("14:00", 60, day=wednesday),
        agreed=NOW.replace(month=6, day=3, hour=14, tzinfo=None),
        pending_reassignment=False,
    )
    return visit, cancelled, first, second, under_way, done, stranded, repaired


def _repair() -> Repair:
    period = a_period("14:00", 60, day=date(2026, 6, 3))
    move = RepairMove(
        appointment=AppointmentId(examples.REPAIRED_VISIT),
        before=Spot(user=UserId(examples.TOM), period=period),
        after=Spot(user=UserId(examples.TINA), period=period),
    )
    return Repair(id=RepairId(examples.REPAIR), moves=(move,), made_by=UserId(examples.DAN), made_at=NOW)


def _hold() -> Hold:
    return Hold(
        id=HoldId(examples.HELD),
        user=UserId(examples.TOM),
        customer=CustomerId(examples.BAKERY),
        type=TypeId(examples.INSTALLATION),
        location=PROVO,
        period=a_period("09:00", 120, day=date(2026, 6, 2)),
        zone=DENVER,
        expires_at=NOW + timedelta(minutes=10),
        created_by=UserId(examples.DAN),
        created_at=NOW,
    )
