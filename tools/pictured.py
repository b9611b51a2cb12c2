"""
The demo as pictures show it: on a certain Wednesday at 10:20, with its morning behind it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from attrs import evolve, frozen

from fieldops_adapters.files.memory import MemoryFiles
from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_adapters.pdf.sheets import ReportLabSheets
from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_adapters.system.randomness import SystemRandomness
from fieldops_core.access.model import EVERYTHING, Actor
from fieldops_core.app.door import Attempt
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports
from fieldops_core.customers.messages import ListCustomers
from fieldops_core.customers.views import CustomersView
from fieldops_core.field_work.messages import SetStatus
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import moment
from fieldops_core.scheduling.messages import ListAppointments
from fieldops_core.scheduling.model import AppointmentId, Status, VisitOutcome
from fieldops_core.scheduling.views import AppointmentLine, AppointmentLinesView
from fieldops_core.staff.messages import ListUsers
from fieldops_core.staff.views import UsersView
from fieldops_core.testing.passwords import QuickPasswords
from fieldops_core.work_orders.messages import ListWorkOrders
from fieldops_core.work_orders.views import WorkOrdersView
from fieldops_http.cli.naming import user_of
from fieldops_http.composition import sanitiser
from fieldops_http.demo import SIZES, company
from fieldops_http.demo.database import log_in_by, make, open_demo
from fieldops_http.demo.teller import Teller
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings
from tools.site import Site, site_over

TODAY = date(2026, 6, 3)
NOW = moment(company.ZONE, TODAY, 10 * 60 + 20)
PASSWORD = "correct horse battery"
DRIVE = timedelta(minutes=15)
LATE = 9
"""
To each so many of the visits of the morning nobody has come yet.
"""

A = TypeVar("A")


@frozen
class Demo:
    """
    The made-up company, served.
    """

    site: Site
    engine: Engine
    id: CompanyId

    def ask(self, question: object, answer: type[A]) -> A:
        """
        What its owner is answered.
        """
        return self._teller.ask(question, answer, self._owner)

    def user(self, name: str) -> str:
        """
        The id of a user.
        """
        users = self.ask(ListUsers(limit=100), UsersView).items
        return next(str(each.id) for each in users if each.name == name)

    def customer(self) -> str:
        """
        The id of the customer of the lowest number.
        """
        return str(self.ask(ListCustomers(limit=1), CustomersView).items[0].id)

    def work_order(self) -> str:
        """
        The id of the newest open work order.
        """
        return str(self.ask(ListWorkOrders(open=True, limit=1), WorkOrdersView).items[0].id)

    def session(self, name: str) -> str:
        """
        What a browser keeps of a new session of somebody's.
        """
        email = log_in_by(PASSWORD, self.engine, self.id, name)
        attempt = Attempt(email=email or "", password=Secret(PASSWORD), device="Chromium")
        return self.engine.fieldops.door.log_in(company.SLUG, attempt).secret.reveal()

    def live_through_the_morning(self) -> None:
        """
        What technicians told of the visits of today that have begun: most are over, or under way.
        """
        today = ListAppointments(first=TODAY, last=TODAY, statuses=(Status.SCHEDULED,), limit=200)
        for number, visit in enumerate(self.ask(today, AppointmentLinesView).items, 1):
            told = _told(visit)
            if told is not None and number % LATE:
                self._teller.do(told, object, self._owner)

    @property
    def _teller(self) -> Teller:
        return Teller(self.engine.fieldops, self.id)

    @property
    def _owner(self) -> Actor:
        owner = user_of(self.engine, self.id, company.email(company.OWNER))
        assert owner is not None
        return Actor(user=UserId(owner.id), grants=EVERYTHING)


def _told(visit: AppointmentLine) -> SetStatus | None:
    id = AppointmentId(visit.id)
    if visit.end <= NOW:
        done = SetStatus(appointment=id, status=Status.COMPLETED, outcome=VisitOutcome.DONE)
        return evolve(done, checked_in_at=visit.start, at=visit.end)
    if visit.start <= NOW:
        return SetStatus(appointment=id, status=Status.ON_SITE, at=visit.start)
    return SetStatus(appointment=id, status=Status.EN_ROUTE) if visit.start <= NOW + DRIVE else None


@contextmanager
def served(size: str) -> Iterator[Demo]:
    """
    The demo as it is at :data:`NOW`, where the clock stands still.
    """
    with TemporaryDirectory() as folder:
        database = Path(folder, "fieldops.db")
        make(database, size=SIZES[size], today=TODAY, told=lambda what, done, of: None)
        opened, id = open_demo(database, Settings(database=f"sqlite:///{database}", files=f"{folder}/files"))
        fieldops = FieldOps(storage=opened.storage, clock=_now, ids=opened.ids, ports=_ports())
        engine = evolve(opened, fieldops=fieldops)
        with site_over(engine) as site:
            demo = Demo(site, engine, id)
            demo.live_through_the_morning()
            yield demo


def _now() -> datetime:
    return NOW


def _ports() -> Ports:
    return Ports(
        phones=PhoneNumbersPhones(),
        routing=GreatCircleRouting(),
        randomness=SystemRandomness(),
        geocoder=ZipCentroidGeocoder(),
        files=MemoryFiles(),
        sanitiser=sanitiser(),
        sheets=ReportLabSheets(),
        passwords=QuickPasswords(),
    )
