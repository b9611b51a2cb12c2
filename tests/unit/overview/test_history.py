"""
What was ever changed of a record and what belongs to it (CUS-16).
"""

from typing import Any

import pytest

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import ChangeCustomer, CreateContact, CreateCustomer, SetTags
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.secret import Secret
from fieldops_core.overview.messages import ShowHistory
from fieldops_core.overview.views import HistoryView
from fieldops_core.scheduling.messages import CancelAppointment, EditAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.testing.builders import a_catalog_entry
from fieldops_core.work_orders.messages import CreateWorkOrder
from tests.support.world import World, hidden

RECORD = ((Permission.CUSTOMERS, Action.VIEW),)
SSN, CODE = "078-05-1120", "open sesame"


@pytest.fixture
def world() -> World:
    return World()


def history(world: World, granted: tuple[tuple[Permission, Action], ...] | None = None, **asked: Any) -> HistoryView:
    by = None if granted is None else world.actor(*granted)
    return world.ask(ShowHistory(customer=world.maria.id, **asked), HistoryView, by=by)


def told(found: HistoryView) -> list[tuple[str, str]]:
    return [(line.kind, change.field) for line in found.items for change in line.changes]


@pytest.mark.rule("CUS-16")
class TestHistory:
    def test_it_holds_what_was_changed_of_the_record_and_what_belongs_to_it_newest_first(self, world: World) -> None:
        world.execute(ChangeCustomer(customer=world.maria.id, spouse="Jo"))
        world.clock.advance(minutes=1)
        visit = world.book()
        world.clock.advance(minutes=1)
        world.execute(CreateWorkOrder(customer=world.maria.id, subject="Furnace", **world.of_work_order))
        world.clock.advance(minutes=1)
        world.execute(CancelAppointment(appointment=AppointmentId(visit.id)))

        found = history(world)

        assert [line.kind for line in found.items] == ["appointment", "work_order", "appointment", "customer"]
        first, last = found.items[0], found.items[-1]
        assert (first.of, first.at, first.by and first.by.name) == (visit.id, world.clock(), "Olga")
        assert [(each.field, each.old, each.new) for each in last.changes] == [("spouse", "", "Jo")]

    def test_a_record_begins_with_its_creation(self, world: World) -> None:
        command = CreateCustomer(
            stage=world.maria.stage,
            account_type=world.maria.account_type,
            first_name="Nora",
            last_name="New",
            phone="+18015550199",
            address=Address(city="Provo", state="UT"),
            location=world.provo.id,
        )
        made = world.do(command, CustomerView)

        (line,) = world.ask(ShowHistory(customer=CustomerId(made.id)), HistoryView).items

        assert {each.field: each.new for each in line.changes}["first_name"] == "Nora"

    def test_another_records_history_is_not_in_it(self, world: World) -> None:
        world.execute(ChangeCustomer(customer=world.lead.id, spouse="Jo"))

        assert history(world).items == ()

    def test_it_comes_in_pages(self, world: World) -> None:
        for number in range(5):
            world.execute(ChangeCustomer(customer=world.maria.id, spouse=f"Jo {number}"))

        whole = history(world)
        pages = [history(world, limit=2)]
        while after := pages[-1].next:
            pages.append(history(world, limit=2, after=after))

        assert [len(each.items) for each in pages] == [2, 2, 1]
        assert tuple(line for page in pages for line in page.items) == whole.items

    @pytest.mark.parametrize("wrong", ["x", "bm8", "MjAyNi0wMS0wMXxub25l"])
    def test_what_is_no_cursor_is_told(self, world: World, wrong: str) -> None:
        with pytest.raises(InvalidValue) as invalid:
            history(world, after=wrong)
        assert invalid.value.code == "cursor.invalid"


@pytest.mark.rule("CUS-16", "ACC-14")
class TestWhoSeesWhat:
    def test_a_confidential_value_is_masked_without_its_permission(self, world: World) -> None:
        world.execute(ChangeCustomer(customer=world.maria.id, ssn=Secret(SSN)))

        (masked,) = history(world, RECORD).items[0].changes
        (shown,) = history(world, (*RECORD, (Permission.SSN, Action.VIEW))).items[0].changes

        assert (masked.old, masked.new) == (None, "***")
        assert shown.new == SSN

    @pytest.mark.rule("ACC-13")
    def test_of_a_section_that_one_may_not_see_nothing_is_told(self, world: World) -> None:
        world.execute(ChangeCustomer(customer=world.maria.id, abort_code=Secret(CODE)))
        section = (Permission.INSTALLATION_INFORMATION, Action.VIEW)

        assert history(world, RECORD).items == ()
        assert told(history(world, (*RECORD, section))) == [("customer", "abort_code")]
        assert history(world, (*RECORD, section)).items[0].changes[0].new == "***"

    @pytest.mark.rule("ACC-26")
    def test_appointments_and_work_orders_are_told_to_who_may_see_them(self, world: World) -> None:
        world.book()
        world.execute(CreateWorkOrder(customer=world.maria.id, subject="Furnace", **world.of_work_order))
        tech, orders = (Permission.TECH_SCHEDULER, Action.VIEW), (Permission.WORK_ORDERS, Action.VIEW)
        program = (Permission.PROGRAM_SCHEDULER, Action.VIEW)

        def kinds(*granted: tuple[Permission, Action]) -> set[str]:
            return {line.kind for line in history(world, (*RECORD, *granted)).items}

        assert kinds() == set()
        assert kinds(tech) == {"appointment"}
        assert kinds(program) == set()
        assert kinds(orders) == {"work_order"}

    @pytest.mark.rule("ACC-16")
    def test_what_else_belongs_to_the_record_is_told_to_who_may_view_it(self, world: World) -> None:
        tag = a_catalog_entry(catalog=Catalog.TAGS)
        world.put(tag)
        world.execute(CreateContact(customer=world.maria.id, name="Bea", phones=("+18015550161",)))
        world.execute(SetTags(customer=world.maria.id, tags=(tag.id,)), expected_version=1)

        assert {line.kind for line in history(world, RECORD).items} == {"tagging"}
        seen = history(world, (*RECORD, (Permission.CONTACTS, Action.VIEW)))
        assert {line.kind for line in seen.items} == {"tagging", "contact"}

    def test_a_private_note_is_told_to_who_may_see_the_appointment(self, world: World) -> None:
        visit = world.book()
        world.clock.advance(minutes=1)
        world.execute(EditAppointment(appointment=AppointmentId(visit.id), private_note=Secret("Gate 12")))

        (change,) = history(world, (*RECORD, (Permission.TECH_SCHEDULER, Action.VIEW))).items[0].changes

        assert (change.field, change.new) == ("private_note", "Gate 12")

    @pytest.mark.rule("ACC-12")
    def test_who_may_not_view_the_record_is_denied(self, world: World) -> None:
        nobody = world.actor((Permission.LEADS, Action.VIEW))

        assert hidden(world, ShowHistory(customer=world.maria.id), nobody) == "ACC-12"
