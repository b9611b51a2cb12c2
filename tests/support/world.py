"""
A small company to try the engine on: offices in Provo and Phoenix, a technician at each, a sales rep, a lead.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest
from attrs import evolve

from fieldops_adapters.files.memory import MemoryFiles
from fieldops_adapters.memory import MemoryStorage
from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Action, Actor, Grant, Kind, Permission, Role, RoleId, Stage
from fieldops_core.app.fieldops import FieldOps, Reaction
from fieldops_core.app.policies import Policy
from fieldops_core.app.ports import Ports, Receipt, Storage, Unit
from fieldops_core.company.model import Attributes, Catalog
from fieldops_core.customers.messages import LeadFields
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.rules import Refused, Violation
from fieldops_core.scheduling.messages import BookAppointment
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.scheduling.ports import Routing
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_company,
    a_customer,
    a_location,
    a_sub_type,
    a_technician,
    a_type,
    a_user,
    fresh,
)
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.holidays import FewHolidays
from fieldops_core.testing.mailing import KeptMail, PlainSheets
from fieldops_core.testing.passwords import KeptPost, QuickPasswords
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting

PHOENIX = Point(33.4484, -112.0740)
OREM = Point(40.2969, -111.6946)
DENVER_CITY = Point(39.7392, -104.9903)

A = TypeVar("A")


class World:
    """
    One company in a storage, with an engine over it. It is Monday 25 May 2026, 06:00 in Provo; visits are on Wednesday.
    """

    def __init__(self, storage: Storage | None = None, *, routing: Routing | None = None, **settings: Any) -> None:
        self.storage: Storage = storage or MemoryStorage()
        self.clock, self.ids = FrozenClock(), fresh
        self.printer, self.mail = PlainSheets(), KeptMail()
        self.post = KeptPost()
        self.ports = Ports(
            phones=PlainPhones(),
            routing=routing or StraightRouting(),
            randomness=CountedRandomness(),
            holidays=FewHolidays(),
            files=MemoryFiles(),
            sheets=self.printer,
            mailer=self.mail,
            passwords=QuickPasswords(),
            post=self.post,
        )
        self.ops = self.engine()
        company = a_company()
        # Its records are much alike: whether there are duplicates is asked where a test is about that.
        self.company = evolve(company, settings=evolve(company.settings, **{"duplicate_check": False, **settings}))
        self.provo = a_location()
        self.phoenix = a_location(name="Phoenix", zone="America/Phoenix", point=PHOENIX)
        self.routine = a_sub_type(minutes=60)
        self.service = a_type(sub_types=(self.routine,))
        self.sales_call = a_type(kind=Kind.SALES, name="Sales call", minutes=60)
        self.lesson = a_type(kind=Kind.PROGRAM, name="Lesson", minutes=45)
        marks = Attributes(sells_leads=True)
        self.referral = a_catalog_entry(catalog=Catalog.SOURCES, name="Referral", attributes=marks)
        self.new_lead = a_catalog_entry(catalog=Catalog.LEAD_STATUSES, name="New")
        self.task = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Task")
        self.job_type = a_catalog_entry(catalog=Catalog.WORK_ORDER_TYPES, name="Repair")
        self.owner_role = Role(id=RoleId(fresh()), name="Owner", owner=True, grants=EVERYTHING)
        self.boss = a_user(name="Olga", home=self.provo.id, roles=(self.owner_role.id,))
        self.ann = a_technician(name="Ann", home=self.provo.id)
        self.bob = a_technician(name="Bob", home=self.phoenix.id, start=PHOENIX)
        self.sam = a_user(name="Sam", home=self.provo.id, sales_rep=True)
        self.pia = a_user(name="Pia", home=self.provo.id, program_types=(self.lesson.id,))
        self.maria = a_customer(location=self.provo.id, point=OREM, number=1)
        self.lead = a_customer(location=self.provo.id, stage=Stage.LEAD, first_name="Leo", number=2)
        self.owner = Actor(user=self.boss.id, home=self.provo.id, grants=EVERYTHING)
        self._fill()

    def engine(
        self,
        *,
        storage: Storage | None = None,
        policies: Iterable[Policy] = (),
        reactions: Mapping[type[Event], tuple[Reaction, ...]] | None = None,
    ) -> FieldOps:
        """
        Another engine over the same world.
        """
        return FieldOps(
            storage=storage or self.storage,
            clock=self.clock,
            ids=self.ids,
            ports=self.ports,
            policies=policies,
            reactions=reactions,
        )

    def _fill(self) -> None:
        with self.storage.writing(self.company.id) as unit:
            unit.companies.add(self.company)
            for location in (self.provo, self.phoenix):
                unit.locations.add(location)
            for type in (self.service, self.sales_call, self.lesson):
                unit.appointment_types.add(type)
            for entry in (self.referral, self.new_lead, self.task, self.job_type):
                unit.catalog_entries.add(entry)
            unit.roles.add(self.owner_role)
            for user in (self.boss, self.ann, self.bob, self.sam, self.pia):
                unit.users.add(user)
            for customer in (self.maria, self.lead):
                unit.customers.add(customer)

    @property
    def of_lead(self) -> dict[str, Any]:
        """
        What a new lead cannot do without, beside what every record needs.
        """
        return {"source": self.referral.id, "lead": LeadFields(status=self.new_lead.id)}

    @property
    def of_work_order(self) -> dict[str, Any]:
        """
        What a new work order cannot do without, beside its customer and subject.
        """
        return {"note_type": self.task.id, "type": self.job_type.id}

    def actor(
        self, *granted: tuple[Permission, Action], at: LocationId | None = None, user: UserId | None = None
    ) -> Actor:
        """
        A user, Ann unless told otherwise, with some permissions, in the whole company or at one location.
        """
        grants = frozenset(Grant(permission, action, at) for permission, action in granted)
        return Actor(user=user or self.ann.id, home=self.provo.id, grants=grants)

    def context(self, actor: Actor | None = None, **circumstances: Any) -> Context:
        context = Context(company=self.company.id, actor=actor or self.owner)
        return evolve(context, **circumstances)

    def execute(self, command: object, *, by: Actor | None = None, **circumstances: Any) -> Receipt:
        return self.ops.execute(command, self.context(by, **circumstances))

    def do(self, command: object, answer: type[A], *, by: Actor | None = None, **circumstances: Any) -> A:
        """
        Carry out a command; its answer, of the type expected.
        """
        got = self.execute(command, by=by, **circumstances).answer
        assert isinstance(got, answer)
        return got

    def ask(self, question: object, answer: type[A], *, by: Actor | None = None, **circumstances: Any) -> A:
        got = self.ops.ask(question, self.context(by, **circumstances))
        assert isinstance(got, answer)
        return got

    def wish(self, start: str | datetime = "2026-05-27T09:00", **given: Any) -> BookAppointment:
        """
        Book Ann for Maria, a service of an hour, on Wednesday at 09:00, unless told otherwise.
        """
        told = datetime.fromisoformat(start) if isinstance(start, str) else start
        command = BookAppointment(
            kind=Kind.TECH,
            customer=self.maria.id,
            type=self.service.id,
            user=self.ann.id,
            start=told,
            minutes=60,
        )
        return evolve(command, **given)

    def book(
        self, start: str | datetime = "2026-05-27T09:00", *, by: Actor | None = None, **given: Any
    ) -> AppointmentView:
        return self.do(self.wish(start, **given), AppointmentView, by=by)

    def put(self, *states: object) -> None:
        """
        Keep states as they are, past all rules.
        """
        with self.storage.writing(self.company.id) as unit:
            for state in states:
                _keeper(unit, state).add(state)

    def replace(self, state: A, **changes: object) -> A:
        """
        Keep a new version of a state, past all rules.
        """
        version = {"version": state.version + 1}  # type: ignore[attr-defined]
        changed = evolve(state, **changes, **version)  # type: ignore[misc]
        with self.storage.writing(self.company.id) as unit:
            _keeper(unit, state).save(changed)
        return changed

    def appointment(self, id: UUID) -> Appointment:
        with self.storage.reading(self.company.id) as unit:
            return unit.appointments.get(AppointmentId(id))

    def all_appointments(self) -> list[tuple[UserId, datetime, datetime]]:
        """
        What occupies anybody's time within a year of NOW, as a naive list.
        """
        from fieldops_core.kernel.time import Period

        around = Period(start=self.clock() - timedelta(days=365), end=self.clock() + timedelta(days=365))
        with self.storage.reading(self.company.id) as unit:
            return [(b.user, b.start, b.end) for b in unit.times.blocks(around, occupying=True)]


def refusal(world: World, command: object, **how: Any) -> dict[str, Violation]:
    """
    What refuses a command, by code.
    """
    with pytest.raises(Refused) as refused:
        world.execute(command, **how)
    return {each.code: each for each in refused.value.violations}


def denial(world: World, command: object, by: Actor) -> str | None:
    """
    The rule by which an actor is denied a command.
    """
    with pytest.raises(Forbidden) as denied:
        world.execute(command, by=by)
    return denied.value.rule


def hidden(world: World, question: object, by: Actor) -> str | None:
    """
    The rule by which an actor is denied the answer to a question.
    """
    with pytest.raises(Forbidden) as denied:
        world.ask(question, object, by=by)
    return denied.value.rule


def overlaps(intervals: Iterable[tuple[UserId, datetime, datetime]]) -> list[tuple[object, object]]:
    """
    The pairs of intervals of one user that overlap, by plain comparison.
    """
    there = sorted(intervals, key=lambda each: (str(each[0]), each[1]))
    return [(a, b) for i, a in enumerate(there) for b in there[i + 1 :] if a[0] == b[0] and b[1] < a[2]]


def _keeper(unit: Unit, state: object):  # type: ignore[no-untyped-def]
    return {
        "Company": unit.companies,
        "Location": unit.locations,
        "AppointmentType": unit.appointment_types,
        "CatalogEntry": unit.catalog_entries,
        "Role": unit.roles,
        "Token": unit.tokens,
        "User": unit.users,
        "Absence": unit.absences,
        "Customer": unit.customers,
        "WorkOrder": unit.work_orders,
        "CustomerEquipment": unit.equipment,
        "WorkToPerform": unit.work_to_perform,
        "Stock": unit.stock,
        "PurchaseOrder": unit.purchase_orders,
        "Appointment": unit.appointments,
        "Hold": unit.holds,
        "Repair": unit.repairs,
        "Note": unit.notes,
        "Ticket": unit.tickets,
        "Contact": unit.contacts,
        "AtRiskMark": unit.at_risk_marks,
        "Connection": unit.connections,
        "Fulfilment": unit.fulfilments,
        "CreditCheck": unit.credit_checks,
        "File": unit.files,
        "Message": unit.messages,
    }[type(state).__name__]
