"""
A stateful model of families and archives: customers are linked, unlinked, archived and unarchived, visits booked,
cancelled, reinstated and set out for, and time passes, all in random order, against several storages at once; after
each step they are compared with a naive list of who is whose, who is archived and which visit is where.

    class MyModel(FamiliesModel):
        def storages(self):
            return [MemoryStorage(), MyStorage()]

    TestFamilies = MyModel.TestCase
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Actor, Kind
from fieldops_core.app.ports import Storage
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive, UnarchiveCustomer
from fieldops_core.archiving.views import ArchivePreview, ArchiveView, UnarchiveView
from fieldops_core.company.model import Settings
from fieldops_core.customers.messages import LinkParent, UnlinkParent
from fieldops_core.customers.model import CustomerId
from fieldops_core.field_work.messages import SetStatus
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.scheduling.messages import BookAppointment, CancelAppointment, ReinstateAppointment
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.builders import a_company, a_customer, a_location, a_technician, a_type
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.engines import an_engine, carried_out
from fieldops_core.testing.ids import CountingIds

ZONE = "America/Denver"
FIRST = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNT = 4

members = st.integers(0, COUNT - 1)


@frozen(kw_only=True)
class Visit:
    """
    What the naive list knows of a visit of an hour.
    """

    customer: int
    start: datetime
    status: Status = Status.SCHEDULED
    changes: int = 1

    def upcoming(self, now: datetime) -> bool:
        return self.status is Status.SCHEDULED and self.start + HOUR > now


Terms = frozenset[object]


class FamiliesModel(RuleBasedStateMachine):
    """
    Override :meth:`storages` to try others. One technician works day and night, an hour for each visit, so that no rule
    of time stands against anything.
    """

    visits: Bundle[AppointmentId] = Bundle("visits")

    def storages(self) -> Sequence[Storage]:
        """
        The storages that are compared. Each is given a company of its own.
        """
        raise TypeError("name the storages to compare")

    @initialize()
    def a_company_in_each(self) -> None:
        settings = Settings(grid_start=0, grid_end=1440, parent_child_billing=True)
        company, office, service = evolve(a_company(), settings=settings), a_location(zone=ZONE), a_type(minutes=60)
        always = WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))
        technician = a_technician(home=office.id, hours=always)
        customers = [a_customer(location=office.id, number=number + 1) for number in range(COUNT)]
        self.ids = [CustomerId(each.id) for each in customers]
        self.company, self.type, self.user = company.id, service.id, technician.id
        self.parents: dict[int, int] = {}
        self.archived: set[int] = set()
        self.naive: dict[AppointmentId, Visit] = {}
        self.seen: dict[int, tuple[str, Terms]] = {}
        self.clock = FrozenClock(FIRST)
        self.free = FIRST + 24 * HOUR
        self.engines = []
        for storage in self.storages():
            with storage.writing(company.id) as unit:
                unit.companies.add(company)
                unit.locations.add(office)
                unit.appointment_types.add(service)
                unit.users.add(technician)
                for each in customers:
                    unit.customers.add(each)
            self.engines.append((storage, an_engine(storage, clock=self.clock, ids=CountingIds())))

    @rule(child=members, parent=members)
    def link(self, child: int, parent: int) -> None:
        chosen_already = self.parents.get(child) == parent
        against = self._read_only(child) or (set() if chosen_already else self._against(child, parent))
        if self._all(LinkParent(customer=self.ids[child], parent=self.ids[parent]), against) is not None:
            self.parents[child] = parent

    @rule(child=members)
    def unlink(self, child: int) -> None:
        if self._all(UnlinkParent(customer=self.ids[child]), self._read_only(child)) is not None:
            self.parents.pop(child, None)

    @rule(target=visits, customer=members)
    def book(self, customer: int) -> AppointmentId | MultipleResults[AppointmentId]:
        start = max(self.free, self.clock() + 2 * HOUR).replace(minute=0)
        command = BookAppointment(
            kind=Kind.TECH, customer=self.ids[customer], type=self.type, user=self.user, start=start, minutes=60
        )
        answer = self._all(command, self._read_only(customer))
        if not isinstance(answer, AppointmentView):
            return multiple()
        self.free = start + HOUR
        self.naive[AppointmentId(answer.id)] = Visit(customer=customer, start=start)
        return AppointmentId(answer.id)

    @rule(id=visits)
    def cancel(self, id: AppointmentId) -> None:
        there = self.naive[id]
        ended = {"appointment.illegal_transition"} if there.status is Status.CANCELLED else set()
        self._turn(CancelAppointment(appointment=id), id, Status.CANCELLED, ended)

    @rule(id=visits)
    def reinstate(self, id: AppointmentId) -> None:
        open = {"appointment.not_ended"} if self.naive[id].status is not Status.CANCELLED else set()
        self._turn(ReinstateAppointment(appointment=id), id, Status.SCHEDULED, open)

    @precondition(lambda self: all(each.status is not Status.EN_ROUTE for each in self.naive.values()))
    @rule(id=visits)
    def set_out(self, id: AppointmentId) -> None:
        ended = {"appointment.illegal_transition"} if self.naive[id].status is Status.CANCELLED else set()
        self._turn(SetStatus(appointment=id, status=Status.EN_ROUTE), id, Status.EN_ROUTE, ended)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(minutes=60 * hours)

    @rule(customer=members)
    def look(self, customer: int) -> None:
        """
        What a preview lists is what the list says; its consent may be used later.
        """
        found = self._preview(customer)
        upcoming = Counter(each.customer for each in self.naive.values() if each.upcoming(self.clock()))
        assert [(each.id, each.upcoming) for each in (found.customer, *found.children)] == [
            (self.ids[each], upcoming[each]) for each in self._with_children(customer)
        ]
        self.seen[customer] = found.consent, self._terms(customer)

    @rule(customer=members, anew=st.booleans())
    def archive(self, customer: int, anew: bool) -> None:
        if anew or customer not in self.seen:
            self.look(customer)
        consent, terms = self.seen[customer]
        family = self._with_children(customer)
        under_way = any(v.status is Status.EN_ROUTE and v.customer in family for v in self.naive.values())
        against = self._read_only(customer) or ({"archive.under_way"} if under_way else set())
        if not against and terms != self._terms(customer):
            against = {"preview.changed"}
        command = ArchiveCustomer(customer=self.ids[customer], consent=consent, confirmed=True)
        answer = self._all(command, against)
        if not isinstance(answer, ArchiveView):
            return
        now = self.clock()
        lost = [id for id, each in self.naive.items() if each.customer in family and each.upcoming(now)]
        assert (answer.children, answer.cancelled) == (len(family) - 1, len(lost))
        self.archived |= set(family)
        for id in lost:
            self._turned(id, Status.CANCELLED)

    @rule(customer=members, children=st.booleans())
    def unarchive(self, customer: int, children: bool) -> None:
        against = set() if customer in self.archived else {"customer.not_archived"}
        against |= {"parent.archived"} if self.parents.get(customer) in self.archived else set()
        command = UnarchiveCustomer(customer=self.ids[customer], confirmed=True, children=children)
        answer = self._all(command, against)
        if isinstance(answer, UnarchiveView):
            left = {each for each in self._children(customer) if each in self.archived}
            self.archived -= {customer, *(left if children else ())}
            assert (answer.children, answer.left) == ((len(left), 0) if children else (0, len(left)))

    @invariant()
    def every_storage_holds_what_the_list_holds(self) -> None:
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                customers = [unit.customers.get(id) for id in self.ids]
                visits = {id: unit.appointments.get(id) for id in self.naive}
            parents = {n: self.ids.index(each.parent) for n, each in enumerate(customers) if each.parent is not None}
            assert parents == self.parents
            assert {n for n, each in enumerate(customers) if each.archived} == self.archived
            assert {id: (each.status, each.version) for id, each in visits.items()} == {
                id: (each.status, each.changes) for id, each in self.naive.items()
            }

    @invariant()
    def families_have_two_levels_and_nothing_is_planned_for_who_is_archived(self) -> None:
        assert not set(self.parents) & set(self.parents.values())
        assert {child for child, parent in self.parents.items() if parent in self.archived} <= self.archived
        now = self.clock()
        assert not [each for each in self.naive.values() if each.customer in self.archived and each.upcoming(now)]

    def _against(self, child: int, parent: int) -> set[str]:
        found = {"family.has_children"} if self._children(child) else set()
        found |= {"parent.itself"} if child == parent else set()
        found |= {"parent.is_child"} if parent in self.parents else set()
        return found | ({"parent.archived"} if parent in self.archived else set())

    def _read_only(self, customer: int) -> set[str]:
        return {"customer.archived"} if customer in self.archived else set()

    def _children(self, parent: int) -> list[int]:
        return sorted(child for child, found in self.parents.items() if found == parent)

    def _with_children(self, customer: int) -> list[int]:
        return [customer, *(each for each in self._children(customer) if each not in self.archived)]

    def _terms(self, customer: int) -> Terms:
        """
        What a preview lists, as the list tells it.
        """
        family, now = self._with_children(customer), self.clock()
        theirs = ((id, each) for id, each in self.naive.items() if each.customer in family)
        return frozenset([*family, *((id, each.changes) for id, each in theirs if each.upcoming(now))])

    def _turn(self, command: object, id: AppointmentId, status: Status, against: set[str]) -> None:
        if self._all(command, self._read_only(self.naive[id].customer) or against) is not None:
            self._turned(id, status)

    def _turned(self, id: AppointmentId, status: Status) -> None:
        there = self.naive[id]
        self.naive[id] = evolve(there, status=status, changes=there.changes + 1)

    def _preview(self, customer: int) -> ArchivePreview:
        found = [engine.ask(PreviewArchive(customer=self.ids[customer]), self._context) for _, engine in self.engines]
        assert all(each == found[0] for each in found)
        assert isinstance(found[0], ArchivePreview)
        return found[0]

    @property
    def _context(self) -> Context:
        return Context(company=self.company, actor=Actor(user=self.user, grants=EVERYTHING))

    def _all(self, command: object, expected: set[str]) -> object:
        """
        Carry out a command everywhere; every storage answers the same, and as the list says.
        """
        receipt = carried_out(self.engines, command, self._context, expected)
        return None if receipt is None else receipt.answer
