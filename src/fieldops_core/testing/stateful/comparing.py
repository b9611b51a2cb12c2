"""
Several storages beside the naive list: one command for all, and what must hold after each.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, TypeVar

from attrs import evolve
from hypothesis.stateful import RuleBasedStateMachine, invariant

from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Actor
from fieldops_core.app.ports import Receipt, Storage, Unit
from fieldops_core.company.model import Settings
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.builders import a_company, a_customer, a_location, a_technician, a_type, a_work_order
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.engines import an_engine, carried_out
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.stateful import counting
from fieldops_core.testing.stateful.counting import MUST_HAPPEN
from fieldops_core.testing.stateful.naive import ALL, ZONE, NaiveList, Visit

A = TypeVar("A")
NAMES = ("Ann", "Bea", "Cyd")


class Comparison(RuleBasedStateMachine):
    """
    A company of three technicians at one office in each storage, all at the same instant.
    """

    counted: ClassVar[Counter[str]] = Counter()
    """
    How often each thing happened, in all examples that a model of this class ran.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.counted = Counter()

    @classmethod
    def never_happened(cls) -> tuple[str, ...]:
        """
        What must happen and did not yet: each transition of the table, the refusal of each that it does not have, each
        command accepted and refused, each code. A run that leaves something has not proved it.
        """
        return tuple(name for name in MUST_HAPPEN if not cls.counted[name])

    def storages(self) -> Sequence[Storage]:
        """
        The storages that are compared. Each is given a company of its own.
        """
        raise TypeError("name the storages to compare")

    def a_company_in_each(self, now: datetime) -> None:
        """
        The same in each storage, with nothing planned yet.
        """
        self.clock = FrozenClock(now)
        self.naive = NaiveList(len(NAMES), self.clock)
        self.touched: set[AppointmentId] = set()
        company = evolve(a_company(), settings=Settings(grid_start=0, grid_end=1440))
        office, visit = a_location(zone=ZONE), a_type()
        always = WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))
        team = [a_technician(name=name, home=office.id, hours=always) for name in NAMES]
        customer = a_customer(location=office.id, number=1)
        self.users: list[UserId] = [user.id for user in team]
        self.company, self.office, self.type = company.id, office.id, visit.id
        self.customer, self.orders = customer.id, 0
        self.engines = []
        for storage in self.storages():
            with storage.writing(company.id) as unit:
                unit.companies.add(company)
                unit.locations.add(office)
                unit.appointment_types.add(visit)
                for user in team:
                    unit.users.add(user)
                unit.customers.add(customer)
            self.engines.append((storage, an_engine(storage, clock=self.clock, ids=CountingIds())))

    def an_open_work_order(self) -> WorkOrderId:
        """
        A new one everywhere: those that have visits follow them, which is for the model of work orders to say.
        """
        self.orders += 1
        order = a_work_order(customer=self.customer, number=self.orders)
        for storage, _ in self.engines:
            with storage.writing(self.company) as unit:
                unit.work_orders.add(order)
        return order.id

    def carry_out(self, command: object, expected: set[str], *, by: int = 0) -> Receipt | None:
        """
        Carry out a command everywhere; every storage answers the same, and as the list says. None where it is refused.
        """
        context = Context(company=self.company, actor=Actor(user=self.users[by], grants=EVERYTHING))
        receipt = carried_out(self.engines, command, context, expected)
        name = type(command).__name__
        self.happened(counting.refused(name) if expected else counting.accepted(name), *expected)
        return receipt

    def answer(self, kind: type[A], command: object, expected: set[str]) -> A | None:
        """
        As carry_out; the answer, which is of that type.
        """
        receipt = self.carry_out(command, expected)
        if receipt is None:
            return None
        assert isinstance(receipt.answer, kind)
        return receipt.answer

    def happened(self, *names: str) -> None:
        self.counted.update(names)

    def put(self, id: AppointmentId, visit: Visit, named: AppointmentId | None = None) -> None:
        """
        A visit that is new, or changed, and what that came to.
        """
        before, pairs = self.naive.visits.get(id), self.naive.pairs
        self.naive.put(id, visit, named)
        self.touched |= {id}.union(*self.naive.pairs ^ pairs)
        if before is not None and before.status is not visit.status:
            self.happened(counting.transition(before.status, visit.status))
        if before is not None and before.pending is not visit.pending:
            self.happened(counting.STRANDED if visit.pending else counting.SETTLED)
        self.happened(*(counting.PAIRED for _ in self.naive.pairs - pairs))
        self.happened(*(counting.PARTED for _ in pairs - self.naive.pairs))

    @invariant()
    def nobody_is_in_two_places_but_for_the_named_pairs(self) -> None:
        there = list(self.naive.visits.items())
        overlapping = {
            frozenset({one, other})
            for count, (one, visit) in enumerate(there)
            for other, second in there[count + 1 :]
            if visit.overlaps(second)
        }
        assert overlapping == self.naive.pairs
        assert all(self.naive.visits[visit.beside].beside == id for id, visit in there if visit.beside)

    @invariant()
    def every_storage_holds_what_the_list_holds(self) -> None:
        expected = {id: self._as_block(visit) for id, visit in self.naive.visits.items()}
        taking = {id for id, visit in self.naive.visits.items() if visit.taken}
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                blocks = unit.times.blocks(ALL)
                occupying = unit.times.blocks(ALL, occupying=True)
            found = {
                each.appointment: (
                    (each.user, each.start, each.end, each.occupied_until),
                    (each.status, each.pending_reassignment, each.double_booked),
                    each.checked_out_at,
                )
                for each in blocks
            }
            assert found == expected
            assert {each.appointment for each in occupying} == taking

    def _as_block(self, visit: Visit) -> object:
        until = visit.taken.end if visit.taken else None
        return (
            (self.users[visit.user], visit.start, visit.end, until),
            (visit.status, visit.pending, visit.beside is not None),
            visit.done,
        )

    @invariant()
    def nothing_is_an_orphan(self) -> None:
        """
        What was touched refers to what is there, the other of its pair to it, and its history tells each version.
        """
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                for id in self.touched:
                    self._is_whole(id, unit)
        self.touched = set()

    def _is_whole(self, id: AppointmentId, unit: Unit) -> None:
        state, visit = unit.appointments.get(id), self.naive.visits[id]
        assert unit.customers.get(state.customer).id == self.customer
        assert unit.users.get(state.user).id == self.users[visit.user]
        assert state.work_order is None or unit.work_orders.get(state.work_order).customer == state.customer
        assert (state.double_booked_with, state.double_book_reason != "") == (visit.beside, visit.beside is not None)
        other = unit.appointments.get(visit.beside) if visit.beside else None
        assert other is None or (other.double_booked_with, other.double_book_reason) == (id, state.double_book_reason)
        assert (state.on_the_way_at is not None, state.checked_in_at) == (visit.set_out, visit.arrived)
        assert len(unit.history.of("appointment", id)) == state.version

    @invariant()
    def every_storage_knows_what_is_held(self) -> None:
        expected = sorted((self.users[one.user], one.start, one.end) for one in self.naive.live.values())
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                found = unit.holds.live(ALL, now=self.clock())
            assert sorted((hold.user, hold.period.start, hold.period.end) for hold in found) == expected
