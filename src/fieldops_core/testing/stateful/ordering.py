"""
A stateful model of work orders: two of them, and visits that come, go, end and change hands between them, against
several storages at once, and after each step against a naive reading of WOR-11.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Actor, Kind
from fieldops_core.app.ports import Receipt, Storage
from fieldops_core.company.model import Catalog, EntryId, Settings
from fieldops_core.field_work.messages import SetStatus
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.scheduling.messages import BookAppointment, EditAppointment
from fieldops_core.scheduling.model import TRANSITIONS as STEPS
from fieldops_core.scheduling.model import AppointmentId, Status, VisitOutcome, WorkOrderId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_company,
    a_customer,
    a_location,
    a_technician,
    a_type,
    a_work_order,
)
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.engines import an_engine, carried_out
from fieldops_core.testing.ids import CountingIds
from fieldops_core.work_orders.messages import (
    CancelWorkOrder,
    ChangeWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    DeleteWorkOrder,
    LinkAppointment,
    ReopenWorkOrder,
)
from fieldops_core.work_orders.model import TRANSITIONS, Upcoming, WorkOrderStatus
from fieldops_core.work_orders.views import FollowedView, WorkOrderView

OPEN, SCHEDULED, IN_PROGRESS, PAUSED, COMPLETE, INVOICED, CANCELLED = WorkOrderStatus
ALL_OPEN = {OPEN, SCHEDULED, IN_PROGRESS, PAUSED}
UNDER_WAY = {Status.EN_ROUTE, Status.ON_SITE}
STANDING = {Status.SCHEDULED, *UNDER_WAY}
NOBODY_INVOICES = {
    (before, after) for before, some in TRANSITIONS.items() for after in some if INVOICED not in (before, after)
}
MUST_HAPPEN = (
    *sorted(f"{before.value} → {after.value}" for before, after in NOBODY_INVOICES),
    *("link.closed", "work_order.closed", "work_order.delete_under_way", "work_order.illegal_transition"),
    *("work_order.locked", "work_order.not_resumed", "work_order.under_way", "work_order.upcoming"),
)
NEXT = {
    Status.SCHEDULED: Status.ON_SITE,
    Status.EN_ROUTE: Status.ON_SITE,
    Status.ON_SITE: Status.COMPLETED,
    Status.COMPLETED: Status.ON_SITE,
    Status.CANCELLED: Status.SCHEDULED,
    Status.NO_SHOW: Status.COMPLETED,
}
SELDOM = 7
orders = st.integers(0, 1)


@frozen(kw_only=True)
class Seen:
    """
    What the model knows of a visit: which of the work orders it has, and what its statuses came to.
    """

    order: int | None
    status: Status = Status.SCHEDULED
    arrived: bool = False
    outcome: VisitOutcome | None = None
    out: datetime | None = None

    def became(self, status: Status, outcome: VisitOutcome | None, now: datetime) -> "Seen":
        done = status is Status.COMPLETED
        return evolve(
            self,
            status=status,
            arrived=status not in (Status.SCHEDULED, Status.EN_ROUTE)
            and (self.arrived or done or status is Status.ON_SITE),
            outcome=outcome if done else None,
            out=now if done else None,
        )


class WorkOrdersModel(RuleBasedStateMachine):
    """
    Override :meth:`storages` to try others.
    """

    counted: ClassVar[Counter[str]] = Counter()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.counted = Counter()

    @classmethod
    def never_happened(cls) -> tuple[str, ...]:
        """
        What must happen and did not yet: each transition of the table that needs no invoice, each code.
        """
        return tuple(name for name in MUST_HAPPEN if not cls.counted[name])

    def storages(self) -> Sequence[Storage]:
        """
        The storages that are compared. Each is given a company of its own.
        """
        raise TypeError("name the storages to compare")

    @initialize()
    def a_company_with_two_work_orders(self) -> None:
        self.clock = FrozenClock()
        self.visits: dict[AppointmentId, Seen] = {}
        self.status, self.booked = [OPEN, OPEN], 0
        self.touched: set[WorkOrderId] = set()
        company = evolve(a_company(), settings=Settings(grid_start=0, grid_end=1440))
        office, type = a_location(), a_type()
        always = WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))
        user = a_technician(home=office.id, hours=always)
        customer = a_customer(location=office.id, number=1)
        there = [a_work_order(customer=customer.id, number=number) for number in (1, 2)]
        task, *jobs = (a_catalog_entry(catalog=each) for each in (Catalog.NOTE_TYPES, *[Catalog.WORK_ORDER_TYPES] * 2))
        self.types, self.chosen = [each.id for each in jobs], dict[WorkOrderId, EntryId]()
        self.another = CreateWorkOrder(customer=customer.id, subject="Another", note_type=task.id, type=self.types[0])
        self.company, self.type, self.user, self.customer = company.id, type.id, user.id, customer.id
        self.orders = [each.id for each in there]
        self.engines = []
        for storage in self.storages():
            with storage.writing(company.id) as unit:
                unit.companies.add(company)
                unit.locations.add(office)
                unit.appointment_types.add(type)
                unit.users.add(user)
                for entry in (task, *jobs):
                    unit.catalog_entries.add(entry)
                unit.customers.add(customer)
                for order in there:
                    unit.work_orders.add(order)
                unit.work_orders.next_number(), unit.work_orders.next_number()
            self.engines.append((storage, an_engine(storage, clock=self.clock, ids=CountingIds(10**9))))

    # --- what visits do -----------------------------------------------------------------------------

    @rule(order=orders)
    def book_for_a_work_order(self, order: int) -> None:
        self.book(order)

    @rule(order=st.none() | orders)
    def book(self, order: int | None) -> None:
        """
        At a time that nobody took, so that no rule of time is in the way.
        """
        day, half = divmod(self.booked, 40)
        self.booked += 1
        start = self.clock().replace(hour=10, minute=0) + timedelta(days=2 + day, minutes=30 * half)
        command = BookAppointment(
            kind=Kind.TECH,
            customer=self.customer,
            type=self.type,
            user=self.user,
            start=start,
            minutes=30,
            work_order=None if order is None else self.orders[order],
        )
        receipt = self.carry_out(command, self._closed(order, "work_order.closed"))
        if receipt is not None:
            assert isinstance(receipt.answer, AppointmentView)
            self._put(AppointmentId(receipt.answer.id), Seen(order=order), receipt)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), outcome=st.sampled_from(VisitOutcome))
    def turn(self, data: st.DataObject, outcome: VisitOutcome) -> None:
        id = data.draw(st.sampled_from(sorted(self.visits)))
        statuses = sorted(STEPS[self.visits[id].status], key=lambda each: each.value)
        self._turn(id, data.draw(st.sampled_from(statuses)), outcome)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), outcome=st.sampled_from(VisitOutcome))
    def go_on(self, data: st.DataObject, outcome: VisitOutcome) -> None:
        """
        Towards its end, and over again: what random steps seldom reach.
        """
        id = data.draw(st.sampled_from(sorted(self.visits)))
        self._turn(id, NEXT[self.visits[id].status], outcome)

    @precondition(lambda self: any(each.status in STANDING for each in self.visits.values()))
    @rule(data=st.data())
    def nobody_was_there(self, data: st.DataObject) -> None:
        standing = sorted(id for id, visit in self.visits.items() if visit.status in STANDING)
        self._turn(data.draw(st.sampled_from(standing)), Status.NO_SHOW, VisitOutcome.DONE)

    def _turn(self, id: AppointmentId, after: Status, outcome: VisitOutcome) -> None:
        visit, done = self.visits[id], after is Status.COMPLETED
        told = outcome if outcome is not VisitOutcome.UNABLE else VisitOutcome.FOLLOW_UP
        command = SetStatus(
            appointment=id,
            status=after,
            at=self.clock() if done else None,
            checked_in_at=self.clock() if done and not visit.arrived else None,
            outcome=told if done else None,
            reason="It was not that.",
        )
        resumed = visit.status is Status.COMPLETED
        final = resumed and visit.order is not None and self.status[visit.order] is CANCELLED
        receipt = self.carry_out(command, {"work_order.not_resumed"} if final else set())
        if receipt is not None:
            self._put(id, visit.became(after, told, self.clock()), receipt)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), order=orders)
    def exchange_or_link(self, data: st.DataObject, order: int) -> None:
        id = data.draw(st.sampled_from(sorted(self.visits)))
        visit = self.visits[id]
        if visit.status not in STANDING or visit.order == order:
            return
        command: object = EditAppointment(appointment=id, work_order=self.orders[order])
        code = "work_order.closed"
        if visit.order is None and visit.status is Status.SCHEDULED:
            command, code = LinkAppointment(work_order=self.orders[order], appointment=id), "link.closed"
        receipt = self.carry_out(command, self._closed(order, code))
        if receipt is not None:
            self._put(id, evolve(visit, order=order), receipt)

    # --- what is done by hand -----------------------------------------------------------------------

    @rule(order=orders, end=st.sampled_from((COMPLETE, CANCELLED)), answer=st.none() | st.sampled_from(Upcoming))
    def close(self, order: int, end: WorkOrderStatus, answer: Upcoming | None) -> None:
        kind = CompleteWorkOrder if end is COMPLETE else CancelWorkOrder
        expected = self._under_way(order, "work_order.under_way")
        expected |= set() if self.status[order] in ALL_OPEN else {"work_order.illegal_transition"}
        expected = expected or self._unanswered(order, answer)
        if self.carry_out(kind(work_order=self.orders[order], upcoming=answer), expected):
            self._become(order, end)
            self._settle(order, answer)

    @rule(order=orders)
    def reopen(self, order: int) -> None:
        illegal = self.status[order] in ALL_OPEN
        command = ReopenWorkOrder(work_order=self.orders[order], reason="Something is missing.")
        if self.carry_out(command, {"work_order.illegal_transition"} if illegal else set()):
            self._become(order, self._derived(order))

    @rule(order=orders, type=st.integers(0, 1))
    def change_the_type(self, order: int, type: int) -> None:
        """
        Locked in what is closed, unless it is the one that it has (WOR-04).
        """
        id, chosen = self.orders[order], self.types[type]
        another = self.chosen.get(id) != chosen
        locked = another and self.status[order] not in ALL_OPEN
        command = ChangeWorkOrder(work_order=id, type=chosen)
        if self.carry_out(command, {"work_order.locked"} if locked else set()):
            self.chosen[id] = chosen
            self.touched.add(id)

    @rule(order=orders, answer=st.none() | st.sampled_from(Upcoming), chance=st.integers(0, SELDOM))
    def delete_and_create_another(self, order: int, answer: Upcoming | None, chance: int) -> None:
        if chance:
            return
        expected = self._under_way(order, "work_order.delete_under_way") | self._unanswered(order, answer)
        if not self.carry_out(DeleteWorkOrder(work_order=self.orders[order], upcoming=answer), expected):
            return
        self._settle(order, answer)
        for id, visit in self.visits.items():
            if visit.order == order:
                self.visits[id] = evolve(visit, order=None)
        receipt = self.carry_out(self.another, set())
        assert receipt is not None
        assert isinstance(receipt.answer, WorkOrderView)
        self.orders[order], self.status[order] = WorkOrderId(receipt.answer.id), OPEN
        self.chosen[self.orders[order]] = self.types[0]

    # --- what must hold -----------------------------------------------------------------------------

    @invariant()
    def every_storage_holds_what_the_rule_says(self) -> None:
        for storage, _ in self.engines:
            with storage.reading(self.company) as unit:
                there = {each.id: each for each in unit.work_orders.named(self.orders)}
                visits = {each.id: each for each in unit.appointments.named(self.visits)}
                for order in self.touched:
                    made = there[order].number <= len(self.orders)  # past the engine, and so without an entry
                    assert len(unit.history.of("work_order", order)) == there[order].version - made
            assert [there[id].status for id in self.orders] == self.status
            for id, visit in self.visits.items():
                its = None if visit.order is None else self.orders[visit.order]
                found = visits[id]
                assert (found.work_order, found.status, found.outcome) == (its, visit.status, visit.outcome)
        self.touched = set()

    def carry_out(self, command: object, expected: set[str]) -> Receipt | None:
        """
        Carry out a command everywhere; every storage answers the same, and as expected. None where it is refused.
        """
        self.clock.advance(minutes=1)
        context = Context(company=self.company, actor=Actor(user=self.user, grants=EVERYTHING))
        command = evolve(command, at=self.clock()) if isinstance(command, SetStatus) and command.at else command
        receipt = carried_out(self.engines, command, context, expected)
        self.counted.update(expected)
        return receipt

    def _put(self, id: AppointmentId, visit: Seen, receipt: Receipt) -> None:
        """
        A visit, new or changed, and what its work orders become, which the receipt tells.
        """
        before = self.visits.get(id)
        self.visits[id] = visit
        checked_out = visit.status is Status.COMPLETED and (before is None or before.status is not visit.status)
        resumed = before is not None and before.status is Status.COMPLETED is not visit.status
        turned = before is None or (before.status, before.outcome, before.order) != (
            visit.status,
            visit.outcome,
            visit.order,
        )
        was = list(self.status)
        both = (before.order if before else None, visit.order)
        for order in {each for each in both if each is not None}:
            follows = self.status[order] in ALL_OPEN or (resumed and self.status[order] is COMPLETE)
            if turned and follows:
                done = checked_out and self._last(order) == {VisitOutcome.DONE} and not self._any(order, STANDING)
                self._become(order, COMPLETE if done else self._derived(order))
        told = {
            line.id: line.status
            for each in receipt.added
            if isinstance(each, FollowedView)
            for line in each.work_orders
        }
        assert told == {self.orders[n]: now for n, now in enumerate(self.status) if now is not was[n]}

    def _become(self, order: int, after: WorkOrderStatus) -> None:
        before = self.status[order]
        if after is not before:
            assert after in TRANSITIONS[before]
            self.counted[f"{before.value} → {after.value}"] += 1
            self.touched.add(self.orders[order])
        self.status[order] = after

    def _derived(self, order: int) -> WorkOrderStatus:
        last = self._last(order)
        if self._any(order, {Status.ON_SITE}) or last == {VisitOutcome.DONE}:
            return IN_PROGRESS
        if self._any(order, STANDING):
            return SCHEDULED
        return PAUSED if last else OPEN

    def _last(self, order: int) -> set[VisitOutcome]:
        """
        How the last check-out of a work order ended, one at each minute.
        """
        outs = {visit.out: visit.outcome for visit in self._of(order) if visit.out is not None}
        last = outs[max(outs)] if outs else None
        return {last} if last else set()

    def _any(self, order: int, statuses: set[Status]) -> bool:
        return any(visit.status in statuses for visit in self._of(order))

    def _of(self, order: int) -> list[Seen]:
        return [visit for visit in self.visits.values() if visit.order == order]

    def _closed(self, order: int | None, code: str) -> set[str]:
        return {code} if order is not None and self.status[order] not in ALL_OPEN else set()

    def _under_way(self, order: int, code: str) -> set[str]:
        return {code} if self._any(order, UNDER_WAY) else set()

    def _unanswered(self, order: int, answer: Upcoming | None) -> set[str]:
        return {"work_order.upcoming"} if answer is None and self._any(order, {Status.SCHEDULED}) else set()

    def _settle(self, order: int, answer: Upcoming | None) -> None:
        for id, visit in self.visits.items():
            if visit.order == order and visit.status is Status.SCHEDULED:
                gone = visit.became(Status.CANCELLED, None, self.clock())
                self.visits[id] = gone if answer is Upcoming.CANCEL else evolve(visit, order=None)
