"""
Deleting a record: what stands against it, what goes, and what is left.
"""

from typing import Any

import pytest

from fieldops_adapters.files.memory import MemoryFiles
from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.customers.messages import CreateNote, ShowCustomer
from fieldops_core.customers.model import Customer, CustomerId, FileId
from fieldops_core.customers.views import FileView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.overview.messages import ShowCustomerActions
from fieldops_core.overview.views import ActionsView
from fieldops_core.removing.messages import DeleteCustomer, ListTombstones
from fieldops_core.removing.views import TombstonesView, TombstoneView
from fieldops_core.scheduling.messages import BookAppointment, HoldTime
from fieldops_core.scheduling.model import Appointment, AppointmentId, Status
from fieldops_core.scheduling.views import HoldView
from fieldops_core.testing.builders import a_catalog_entry, a_customer, a_period, a_work_order, an_appointment
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, MODIFY = Action.VIEW, Action.MODIFY
DELETE = ((Permission.CUSTOMERS, VIEW), (Permission.DELETE_CUSTOMER, MODIFY))
DELETE_LEAD = ((Permission.LEADS, VIEW), (Permission.DELETE_LEAD, MODIFY))


@pytest.fixture
def world() -> World:
    return World(parent_child_billing=True)


def delete(world: World, customer: Customer, by: Actor | None = None) -> TombstoneView:
    return world.do(DeleteCustomer(customer=customer.id, confirmed=True), TombstoneView, by=by)


def there(world: World, customer: Customer) -> bool:
    with world.storage.reading(world.company.id) as unit:
        return bool(unit.customers.named((customer.id,)))


def tombstones(world: World, by: Actor | None = None, **asked: Any) -> list[int]:
    return [each.number for each in world.ask(ListTombstones(**asked), TombstonesView, by=by).items]


def visit(world: World, customer: Customer, start: str = "09:00", **given: Any) -> Appointment:
    told = {"user": world.ann.id, "type": world.service.id, "location": world.provo.id, "period": a_period(start)}
    found = an_appointment(customer=customer.id, **{**told, **given})
    world.put(found)
    return found


@pytest.mark.rule("CUS-12")
def test_a_deleted_record_is_gone_but_for_its_number_its_stage_and_who_deleted_it_when(world: World) -> None:
    left = delete(world, world.maria)

    assert (left.number, left.stage, left.deleted_at) == (world.maria.number, Stage.CUSTOMER, NOW)
    assert left.deleted_by is not None
    assert left.deleted_by.name == "Olga"
    assert not there(world, world.maria)
    with pytest.raises(NotFound):
        world.ask(ShowCustomer(customer=world.maria.id), object)
    with pytest.raises(NotFound):
        delete(world, world.maria)
    assert world.ask(ListTombstones(), TombstonesView).items == (left,)


@pytest.mark.rule("CUS-12")
def test_deleting_needs_confirmation(world: World) -> None:
    refused = refusal(world, DeleteCustomer(customer=world.maria.id))

    assert {code: each.sentence for code, each in refused.items()} == {
        "delete.unconfirmed": "Are you sure? This is not reversible."
    }
    assert there(world, world.maria)


@pytest.mark.rule("CUS-12")
@pytest.mark.parametrize("archived", [None, NOW])
def test_a_record_with_sub_customers_is_not_deleted_archived_ones_or_not(world: World, archived: Any) -> None:
    child = a_customer(location=world.provo.id, number=21, parent=world.maria.id, archived_at=archived)
    world.put(child)

    refused = refusal(world, DeleteCustomer(customer=world.maria.id, confirmed=True))

    assert set(refused) == {"delete.has_children"}
    assert refused["delete.has_children"].facts == {"count": 1}
    delete(world, child)
    delete(world, world.maria)
    assert not there(world, world.maria)


@pytest.mark.rule("CUS-12")
@pytest.mark.parametrize("status", [Status.EN_ROUTE, Status.ON_SITE])
def test_a_record_is_not_deleted_while_somebody_is_on_the_way_or_there(world: World, status: Status) -> None:
    under_way = visit(world, world.maria, status=status)

    assert set(refusal(world, DeleteCustomer(customer=world.maria.id, confirmed=True))) == {"delete.under_way"}
    world.replace(under_way, status=Status.COMPLETED)
    delete(world, world.maria)
    assert not there(world, world.maria)


@pytest.mark.rule("CUS-12")
def test_everything_that_stands_against_it_is_told_at_once(world: World) -> None:
    visit(world, world.maria, status=Status.ON_SITE)
    world.put(a_customer(location=world.provo.id, number=21, parent=world.maria.id))

    refused = refusal(world, DeleteCustomer(customer=world.maria.id))

    assert set(refused) == {"delete.unconfirmed", "delete.has_children", "delete.under_way"}


@pytest.mark.rule("CUS-12", "ARC-10")
def test_archived_records_and_leads_are_deleted_too(world: World) -> None:
    world.replace(world.maria, archived_at=NOW, archived_by=world.boss.id)

    assert delete(world, world.maria).stage is Stage.CUSTOMER
    assert delete(world, world.lead).stage is Stage.LEAD


@pytest.mark.rule("CUS-12", "ACC-12")
def test_customers_and_leads_are_deleted_each_with_a_permission_of_its_own_at_the_place(world: World) -> None:
    of_maria, of_lead = (DeleteCustomer(customer=each.id, confirmed=True) for each in (world.maria, world.lead))

    assert denial(world, of_maria, world.actor(*DELETE_LEAD, DELETE[0])) == "ACC-12"
    assert denial(world, of_lead, world.actor(*DELETE, DELETE_LEAD[0])) == "ACC-12"
    assert denial(world, of_maria, world.actor(*DELETE, at=world.phoenix.id)) == "ACC-12"
    assert denial(world, of_maria, world.actor(DELETE[1])) == "ACC-12", "what one may not see"
    delete(world, world.maria, by=world.actor(*DELETE, at=world.provo.id))
    delete(world, world.lead, by=world.actor(*DELETE_LEAD, at=world.provo.id))


@pytest.mark.rule("CUS-12", "STO-04")
def test_a_stale_version_deletes_nothing(world: World) -> None:
    with pytest.raises(Stale):
        world.execute(DeleteCustomer(customer=world.maria.id, confirmed=True), expected_version=7)
    assert there(world, world.maria)


@pytest.mark.rule("CUS-12", "CUS-01")
def test_the_number_of_a_deleted_record_is_never_given_again(world: World) -> None:
    last = a_customer(location=world.provo.id, number=90)
    order = a_work_order(customer=last.id, number=70)
    world.put(last, order)

    delete(world, last)

    with world.storage.writing(world.company.id) as unit:
        assert (unit.customers.next_number(), unit.work_orders.next_number()) == (91, 71)


@pytest.mark.rule("CUS-12")
def test_the_time_of_its_visits_and_holds_is_free_again(world: World) -> None:
    world.book()
    hold = HoldTime(
        kind=world.service.kind,
        customer=world.maria.id,
        type=world.service.id,
        user=world.ann.id,
        start=a_period("11:00").start,
        minutes=60,
    )
    world.do(hold, HoldView)

    delete(world, world.maria)

    again = {"kind": world.sales_call.kind, "type": world.sales_call.id, "customer": world.lead.id}
    world.put(a_customer(location=world.provo.id, number=31))
    assert world.all_appointments() == []
    for start in ("2026-05-27T09:00", "2026-05-27T11:00"):
        told: dict[str, Any] = {**again, "user": world.sam.id, "start": world.wish(start).start}
        world.execute(BookAppointment(**told))


@pytest.mark.rule("CUS-12", "SCH-27")
def test_a_visit_that_lay_beside_one_of_its_visits_has_its_user_to_itself_again(world: World) -> None:
    other = a_customer(location=world.provo.id, number=31)
    world.put(other)
    gone = visit(world, world.maria)
    stays = visit(world, other, "09:30", double_booked=True, double_booked_with=gone.id, double_book_reason="One trip.")
    world.replace(gone, double_booked=True, double_booked_with=stays.id, double_book_reason="One trip.")

    delete(world, world.maria)

    left = world.appointment(AppointmentId(stays.id))
    assert (left.double_booked, left.double_booked_with, left.double_book_reason, left.version) == (False, None, "", 2)


@pytest.mark.rule("CUS-12")
def test_the_bytes_of_its_files_are_swept_once_it_is_deleted_and_not_before(world: World) -> None:
    told = world.ops.upload(world.maria.id, "plan.txt", b"where the key lies", world.context()).answer
    assert isinstance(told, FileView)
    with world.storage.reading(world.company.id) as unit:
        key = unit.files.get(FileId(told.id)).content.key
    files = world.ports.files
    assert isinstance(files, MemoryFiles)
    world.clock.advance(minutes=50 * 366 * 24 * 60)  # past the day of the bytes, which the store itself reads

    world.ops.preview(DeleteCustomer(customer=world.maria.id, confirmed=True), world.context())
    assert world.ops.sweep_files() == 0, "a preview is rolled back"
    delete(world, world.maria)

    assert files.get(world.company.id, key) is not None
    assert world.ops.sweep_files() == 1
    assert files.get(world.company.id, key) is None


@pytest.mark.rule("CUS-12", "ACC-18")
def test_who_may_delete_such_records_sees_what_is_left_of_them(world: World) -> None:
    away = a_customer(location=world.phoenix.id, number=40)
    world.put(away)
    for each in (world.maria, world.lead, away):
        world.clock.advance(minutes=1)
        delete(world, each)

    assert tombstones(world) == [40, 2, 1], "the latest first"
    assert tombstones(world, stage=Stage.LEAD) == [2]
    assert tombstones(world, number=1) == [1]
    assert tombstones(world, location=world.phoenix.id) == [40]
    assert tombstones(world, by=world.actor(*DELETE)) == [40, 1]
    assert tombstones(world, by=world.actor(*DELETE, at=world.provo.id)) == [1]
    assert hidden(world, ListTombstones(), world.actor((Permission.CUSTOMERS, VIEW))) == "ACC-18"


@pytest.mark.rule("API-04")
def test_tombstones_come_in_pages(world: World) -> None:
    for number in range(50, 55):
        customer = a_customer(location=world.provo.id, number=number)
        world.put(customer)
        delete(world, customer)

    first = world.ask(ListTombstones(limit=3), TombstonesView)
    rest = world.ask(ListTombstones(limit=3, after=first.next), TombstonesView)

    numbers = [each.number for each in (*first.items, *rest.items)]
    assert (sorted(numbers), rest.next) == ([50, 51, 52, 53, 54], None)
    with pytest.raises(InvalidValue, match="cursor"):
        world.ask(ListTombstones(after="nonsense"), TombstonesView)


@pytest.mark.rule("ACC-17", "CUS-12")
def test_whether_it_can_be_deleted_is_told_with_why_not(world: World) -> None:
    def told(by: Actor | None = None) -> tuple[bool, list[str]]:
        actions = world.ask(ShowCustomerActions(customer=world.maria.id), ActionsView, by=by).items
        (action,) = [each for each in actions if each.name == "delete_customer"]
        return action.allowed, [each.code for each in action.why_not]

    assert told() == (True, [])
    assert told(world.actor((Permission.CUSTOMERS, VIEW))) == (False, ["permission.denied"])
    visit(world, world.maria, status=Status.ON_SITE)
    world.put(a_customer(location=world.provo.id, number=21, parent=world.maria.id))
    assert told() == (False, ["delete.has_children", "delete.under_way"])


@pytest.mark.rule("CUS-12", "API-03")
def test_a_stored_answer_that_quotes_the_record_goes_with_it(world: World) -> None:
    wish = world.wish()
    world.execute(wish, command_id="booked")
    kept = CreateNote(customer=world.lead.id, type=note_type(world), text="Calls at noon.")
    world.execute(kept, command_id="noted")

    delete(world, world.maria)

    with world.storage.reading(world.company.id) as unit:
        assert unit.answers.find(world.boss.id, "booked", answer=object) is None
        assert unit.answers.find(world.boss.id, "noted", answer=object) is not None


def note_type(world: World) -> EntryId:
    entry = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Call")
    world.put(entry)
    return entry.id


def test_a_record_of_another_id_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        world.execute(DeleteCustomer(customer=CustomerId(world.ids()), confirmed=True))
    assert there(world, world.maria)
