"""
A small company for tests of pages, made by the commands that its people would give.
"""

from datetime import datetime
from typing import Any, TypeVar

from attrs import evolve, frozen

from fieldops_adapters.credit.sandbox import SandboxBureaus
from fieldops_adapters.files.memory import MemoryFiles
from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_adapters.memory import MemoryStorage
from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_adapters.system.randomness import SystemRandomness
from fieldops_core.access.context import Context
from fieldops_core.access.messages import CreateRole
from fieldops_core.access.model import EVERYTHING, SYSTEM, Actor, Grants, Kind, RoleId
from fieldops_core.access.views import RoleView
from fieldops_core.app.door import Attempt
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.company.messages import (
    AttributeFields,
    ChangeLocation,
    ChangeSettings,
    CreateAppointmentType,
    CreateCatalogEntry,
    CreateLocation,
    FoundCompany,
)
from fieldops_core.company.model import Catalog, EntryId, TypeId
from fieldops_core.company.views import AppointmentTypeView, CatalogEntryView, CompanyView, LocationView
from fieldops_core.customers.messages import CreateCustomer
from fieldops_core.customers.model import AccountType, CustomerId
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import BookAppointment
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import CreateUser
from fieldops_core.staff.views import UserView
from fieldops_core.testing.builders import FIFTY_MILES, PROVO, PROVO_ADDRESS
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.holidays import FewHolidays
from fieldops_core.testing.mailing import KeptMail
from fieldops_core.testing.passwords import KeptPost, QuickPasswords
from fieldops_core.testing.routing import StraightRouting
from fieldops_core.work_orders.messages import CreateWorkOrder
from fieldops_core.work_orders.views import WorkOrderView
from fieldops_http.composition import sanitiser
from fieldops_http.demo.company import DISPATCHING, LOOKING_UP, VISITING, grants
from fieldops_http.engine import Engine

PASSWORD = "correct horse battery"
OREM, PHOENIX = Point(40.2969, -111.6946), Point(33.4484, -112.0740)
WEEK = WeeklyHours.every("08:00", "17:00")
FOUNDING = FoundCompany(
    slug="acme",
    name="Acme Alarms",
    location="Provo",
    zone="America/Denver",
    owner_name="Olga Olsen",
    owner_email="olga@acme.example",
)

A = TypeVar("A")


@frozen
class Person:
    """
    A user who can log in with :data:`PASSWORD`.
    """

    id: UserId
    name: str
    email: str
    actor: Actor


class Office:
    """
    Acme Alarms of Provo and Phoenix, with an engine over it. It is Monday 25 May 2026, 06:00 in Provo; visits are on
    Wednesday.

    Olga owns it, Dan is its dispatcher, Ann and Bob are technicians in Provo, and Cal, too far away for customers
    there, in Phoenix: weekdays from 08:00 to 17:00, within 50 miles of their offices. Maria and the bakery are
    customers near Provo; a service takes an hour, an installation two. *posts*: mail is set up, and carries links to
    set a password.
    """

    def __init__(self, storage: Storage | None = None, *, posts: bool = True) -> None:
        self.clock, self.mail, self.post, ids = FrozenClock(), KeptMail(), KeptPost(), Uuid7Ids()
        self.id = CompanyId(ids())
        self.slug = "acme" if storage is None else f"acme-{self.id.hex[-12:]}"
        self.storage: Storage = MemoryStorage() if storage is None else storage
        ports = _ports(self.mail, self.post if posts else None)
        fieldops = FieldOps(storage=self.storage, clock=self.clock, ids=ids, ports=ports)
        self.engine = Engine(fieldops=fieldops, storage=self.storage, ids=ids, threads=False)
        self._with_password: set[UserId] = set()
        self._found()

    def _found(self) -> None:
        self._open()
        self._hire()
        self.maria = self.customer(first_name="Maria", last_name="Nielsen")
        self.bakery = self.customer(business_name="Beehive Bakery", account_type=AccountType.COMMERCIAL)

    def _open(self) -> None:
        founded = self.do(evolve(FOUNDING, slug=self.slug), CompanyView, by=SYSTEM)
        self.provo = LocationId(founded.location)
        self.olga = Person(
            UserId(founded.owner),
            FOUNDING.owner_name,
            FOUNDING.owner_email,
            Actor(user=UserId(founded.owner), home=self.provo, grants=EVERYTHING),
        )
        self.do(ChangeLocation(location=self.provo, address=PROVO_ADDRESS, point=PROVO), LocationView)
        phoenix = CreateLocation(name="Phoenix", zone="America/Phoenix", point=PHOENIX)
        self.phoenix = LocationId(self.do(phoenix, LocationView).id)
        # Its customers are much alike.
        self.do(ChangeSettings(changes={"duplicate_check": False}), object)
        self.service = self.type("Service", minutes=60)
        self.installation = self.type("Installation", minutes=120)
        self.task = self.entry(Catalog.NOTE_TYPES, "Task")
        self.repair = self.entry(Catalog.WORK_ORDER_TYPES, "Repair")

    def _hire(self) -> None:
        self._roles = {
            "Dispatcher": self.role("Dispatcher", grants(DISPATCHING | LOOKING_UP)),
            "Technician": self.role("Technician", grants(VISITING)),
        }
        self.dan = self.user("Dan Dispatch", role="Dispatcher")
        self.ann = self.technician("Ann Archer")
        self.bob = self.technician("Bob Baker")
        self.cal = self.technician("Cal Cook", home=self.phoenix, start=PHOENIX)

    @property
    def path(self) -> str:
        """
        Where its pages begin.
        """
        return f"/app/{self.slug}"

    def do(self, command: object, answer: type[A], *, by: Actor | None = None, version: int | None = None) -> A:
        """
        Carry out a command, the owner's unless told otherwise; its answer, of the type expected.
        """
        context = self._context(by, expected_version=version)
        got = self.engine.fieldops.execute(command, context).answer
        assert isinstance(got, answer)
        return got

    def ask(self, question: object, answer: type[A], *, by: Actor | None = None) -> A:
        got = self.engine.fieldops.ask(question, self._context(by))
        assert isinstance(got, answer)
        return got

    def _context(self, by: Actor | None, **circumstances: Any) -> Context:
        return Context(company=self.id, actor=by or self.olga.actor, source=Source.WEB, **circumstances)

    def deliver(self) -> None:
        """
        Do what is due by now, as the server's workers would: reactions, messages.
        """
        assert not self.engine.fieldops.deliver().failed
        self.engine.fieldops.send_messages()
        self.engine.fieldops.post_links()

    def role(self, name: str, held: Grants) -> tuple[RoleId, Grants]:
        return RoleId(self.do(CreateRole(name=name, grants=held), RoleView).id), held

    def user(self, name: str, *, role: str = "Technician", **given: Any) -> Person:
        """
        Whoever works there: *given* are fields of a user. Their address is their first name's.
        """
        email, (id, held) = f"{name.split()[0].lower()}@acme.example", self._roles[role]
        command = evolve(CreateUser(name=name, email=email, home=self.provo, roles=(id,)), **given)
        user = UserId(self.do(command, UserView).id)
        return Person(user, name, email, Actor(user=user, home=command.home, grants=held))

    def technician(self, name: str, **given: Any) -> Person:
        known: dict[str, Any] = {"technician": True, "start": PROVO, "coverage_radius": FIFTY_MILES, "weekly": WEEK}
        return self.user(name, **(known | given))

    def type(self, name: str, *, minutes: int, kind: Kind = Kind.TECH) -> TypeId:
        return TypeId(self.do(CreateAppointmentType(kind=kind, name=name, minutes=minutes), AppointmentTypeView).id)

    def entry(self, catalog: Catalog, name: str, **attributes: Any) -> EntryId:
        """
        An entry of a catalog, such as a type of work orders.
        """
        command = CreateCatalogEntry(catalog=catalog, name=name, attributes=AttributeFields(**attributes))
        return EntryId(self.do(command, CatalogEntryView).id)

    def customer(self, **given: Any) -> CustomerId:
        """
        A customer in Orem, near Provo; a private one unless told otherwise.
        """
        known = CreateCustomer(
            phone="(801) 555-0101",
            account_type=AccountType.RESIDENTIAL,
            location=self.provo,
            address=PROVO_ADDRESS,
            point=OREM,
        )
        return CustomerId(self.do(evolve(known, **given), CustomerView).id)

    def work_order(self, subject: str = "Replace the panel", **given: Any) -> WorkOrderId:
        """
        An open one of Maria's, unless told otherwise.
        """
        known = CreateWorkOrder(customer=self.maria, subject=subject, note_type=self.task, type=self.repair)
        return WorkOrderId(self.do(evolve(known, **given), WorkOrderView).id)

    def visit(self, start: str = "2026-05-27T09:00", *, by: Actor | None = None, **given: Any) -> AppointmentView:
        """
        Ann serves Maria for an hour, on Wednesday at 09:00 in Provo, unless told otherwise: booked by the dispatcher.
        """
        known = BookAppointment(
            kind=Kind.TECH,
            customer=self.maria,
            type=self.service,
            user=self.ann.id,
            start=datetime.fromisoformat(start),
            minutes=60,
        )
        return self.do(evolve(known, **given), AppointmentView, by=by or self.dan.actor)

    def session(self, person: Person) -> str:
        """
        What a browser keeps of a new session of somebody's.
        """
        self.give_password(person)
        attempt = Attempt(email=person.email, password=Secret(PASSWORD), address="127.0.0.1", device="Chromium")
        return self.engine.fieldops.door.log_in(self.slug, attempt).secret.reveal()

    def give_password(self, person: Person) -> None:
        """
        Let somebody log in with :data:`PASSWORD`.
        """
        if person.id not in self._with_password:
            self.engine.fieldops.door.follow_link(self.slug, self.link(person), Secret(PASSWORD))
            self._with_password.add(person.id)

    def link(self, person: Person) -> str:
        """
        The secret of a new link by which somebody sets a password.
        """
        secret = self.engine.fieldops.door.invite(self.id, person.id).secret
        assert secret is not None
        return secret.reveal()


def _ports(mail: KeptMail, post: KeptPost | None) -> Ports:
    return Ports(
        phones=PhoneNumbersPhones(),
        routing=StraightRouting(),
        randomness=SystemRandomness(),
        geocoder=ZipCentroidGeocoder(),
        holidays=FewHolidays(),
        files=MemoryFiles(),
        credit=SandboxBureaus(),
        sanitiser=sanitiser(),
        sheets=ReportLabSheets(),
        mailer=mail,
        passwords=QuickPasswords(),
        post=post,
    )
