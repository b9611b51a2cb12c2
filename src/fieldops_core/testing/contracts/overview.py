"""
How much a record has, of all kinds at once.
"""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Storage, Unit
from fieldops_core.customers.model import CustomerId, TicketStatus
from fieldops_core.overview.model import Counted, Wanted
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import (
    a_connection,
    a_contact,
    a_credit_check,
    a_customer,
    a_file,
    a_message,
    a_period,
    a_piece,
    a_work_order,
    an_at_risk_mark,
)
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded
from fieldops_core.work_orders.model import WorkOrderStatus

ALL = frozenset(Counted)


class RecordCountsContract(Suite):
    @pytest.mark.rule("CUS-09", "CUS-20")
    def test_of_what_ends_only_what_has_not_is_counted(self, world: World) -> None:
        with world.writing() as unit:
            some_of_everything(world, unit)

        with world.reading() as unit:
            wanted = Wanted(of=ALL, kinds=frozenset(Kind), as_of=NOW, today=NOW.date())
            assert unit.record_counts.of(world.maria.id, wanted) == {
                Counted.NOTES: 2,
                Counted.TICKETS: 1,
                Counted.APPOINTMENTS: 1,
                Counted.WORK_ORDERS: 2,  # the repair of every company, too
                Counted.FILES: 1,
                Counted.CONTACTS: 3,
                Counted.AT_RISK_MARKS: 1,
                Counted.CONNECTIONS: 1,
                Counted.EQUIPMENT: 1,
                Counted.MESSAGES: 2,
                Counted.CREDIT_CHECKS: 1,
                Counted.SUB_CUSTOMERS: 2,
                Counted.OVERDUE_TICKETS: 1,
                Counted.UNSCHEDULED_WORK_ORDERS: 1,  # not the repair, for which somebody comes
                Counted.PENDING_REASSIGNMENTS: 1,
                Counted.LATE_APPOINTMENTS: 1,
            }

    @pytest.mark.rule("CUS-09")
    def test_each_is_what_the_list_of_its_kind_counts(self, world: World) -> None:
        with world.writing() as unit:
            some_of_everything(world, unit)

        with world.reading() as unit:
            for whose in (world.maria.id, world.jens.id):
                counted = listed(unit, whose)
                wanted = Wanted(of=frozenset(counted), kinds=frozenset({Kind.TECH}), as_of=NOW, today=NOW.date())
                assert unit.record_counts.of(whose, wanted) == counted

    @pytest.mark.rule("ACC-26")
    @EXAMPLES
    @given(data=st.data())
    def test_appointments_are_counted_as_their_list_counts_them(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visit = evolve(data.draw(strategies.appointments(world.known)), customer=world.maria.id)
        world.keep(visit)
        kinds = data.draw(st.frozensets(st.sampled_from(Kind)))
        only_of = data.draw(st.sampled_from((None, visit.user, world.ann.id)))
        as_of = visit.period.end + data.draw(st.sampled_from((-1, 0, 1))) * timedelta(microseconds=1)

        with world.reading() as unit:
            chosen = Wanted(
                of=frozenset({Counted.APPOINTMENTS}), kinds=kinds, only_of=only_of, as_of=as_of, today=as_of.date()
            )
            assert unit.record_counts.of(world.maria.id, chosen) == {
                Counted.APPOINTMENTS: unit.appointments.upcoming(
                    world.maria.id, kinds=kinds, only_of=only_of, as_of=as_of
                )
            }

    def test_nothing_is_counted_where_nothing_is_wanted(self, world: World) -> None:
        with world.reading() as unit:
            assert unit.record_counts.of(world.maria.id, Wanted(of=frozenset(), as_of=NOW, today=NOW.date())) == {}


def some_of_everything(world: World, unit: Unit) -> None:
    """
    Of each kind one that counts, one of another record, and, where it ends, one that has ended.
    """
    maria, jens = world.maria.id, world.jens.id
    for whose in (maria, maria, jens):
        unit.notes.add(world.note(customer=whose))
    unit.tickets.add(world.ticket(due=NOW.date() - timedelta(days=1)))
    unit.tickets.add(world.ticket(status=TicketStatus.CLOSED, closed_by=world.ann.id, closed_at=NOW))
    past = a_period("09:00", 60, day=(NOW - timedelta(days=3)).date())
    unit.appointments.add(world.visit(work_order=world.repair.id, pending_reassignment=True))
    unit.appointments.add(world.visit(period=past))
    unit.appointments.add(world.visit(customer=jens, user=world.ben.id))
    for number, (whose, status) in enumerate(
        ((maria, WorkOrderStatus.PAUSED), (maria, WorkOrderStatus.COMPLETE), (jens, WorkOrderStatus.OPEN)), start=70
    ):
        unit.work_orders.add(a_work_order(customer=whose, number=number, status=status))
    for whose in (maria, jens):
        unit.files.add(a_file(customer=whose))
    for place, whose in enumerate((maria, maria, maria, jens), start=1):
        unit.contacts.add(a_contact(customer=whose, place=place))
    unit.at_risk_marks.add(an_at_risk_mark(customer=maria))
    unit.at_risk_marks.add(an_at_risk_mark(customer=maria, cleared_at=NOW))
    unit.connections.add(a_connection(customer=maria, provider=world.postponed.id))
    unit.connections.add(a_connection(customer=maria, provider=world.postponed.id, unlinked_at=NOW))
    unit.equipment.add(a_piece(customer=maria, item=world.locked_out.id))
    unit.equipment.add(a_piece(customer=maria, item=world.locked_out.id, active=False))
    unit.credit_checks.add(a_credit_check(customer=maria, active=True))
    unit.credit_checks.add(a_credit_check(customer=maria))
    for whose in (maria, maria, jens):
        unit.messages.add(a_message(customer=whose, due_at=None))
    for number in (7, 8):
        unit.customers.add(a_customer(location=world.provo.id, parent=maria, number=number))


def listed(unit: Unit, whose: CustomerId) -> dict[Counted, int]:
    """
    What the lists of each kind count.
    """
    kinds = [Kind.TECH]
    return {
        Counted.NOTES: unit.notes.count(whose, open=True),
        Counted.TICKETS: unit.tickets.count(whose, open=True),
        Counted.APPOINTMENTS: unit.appointments.upcoming(whose, kinds=kinds, only_of=None, as_of=NOW),
        Counted.WORK_ORDERS: unit.work_orders.open_ones(visible=None, customer=whose),
        Counted.FILES: unit.files.count(whose, open=True),
        Counted.CONTACTS: len(unit.contacts.of(whose)),
        Counted.AT_RISK_MARKS: unit.at_risk_marks.count(whose, open=True),
        Counted.SUB_CUSTOMERS: len(unit.customers.children(whose)),
        Counted.CONNECTIONS: unit.connections.count(whose, open=True),
        Counted.EQUIPMENT: unit.equipment.count(whose, open=True),
        Counted.MESSAGES: sum(unit.messages.counts(visible=None, customer=whose).values()),
        Counted.CREDIT_CHECKS: unit.credit_checks.count(whose, open=True),
    }
