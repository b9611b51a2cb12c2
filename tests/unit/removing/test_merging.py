"""
Merging two records: what stands against it, what goes over, whose fields win, and where the number leads.
"""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import CreateContact, CreateNote, ListCustomers, ShowCustomer
from fieldops_core.customers.model import Customer, Installation, Sale
from fieldops_core.customers.views import CustomersView, CustomerView
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.errors import NotFound, PreviewChanged, Stale
from fieldops_core.kernel.secret import Secret
from fieldops_core.overview.messages import ShowCustomerActions, ShowHistory
from fieldops_core.overview.views import ActionsView, HistoryView
from fieldops_core.removing.messages import DeleteCustomer, ListTombstones, MergeCustomers, PreviewMerge
from fieldops_core.removing.views import MergePreview, MergeView, TombstonesView
from fieldops_core.scheduling.model import Appointment, Status
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_connection,
    a_credit_check,
    a_customer,
    a_period,
    a_type,
    a_work_order,
    an_appointment,
)
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, MODIFY = Action.VIEW, Action.MODIFY
MERGE = (
    (Permission.CUSTOMERS, VIEW),
    (Permission.CUSTOMERS, MODIFY),
    (Permission.DELETE_CUSTOMER, MODIFY),
)


@pytest.fixture
def world() -> World:
    return World(parent_child_billing=True)


@pytest.fixture
def twin(world: World) -> Customer:
    """
    Maria, entered twice.
    """
    found = a_customer(location=world.provo.id, number=77)
    world.put(found)
    return found


def preview(world: World, kept: Customer, other: Customer, by: Actor | None = None) -> MergePreview:
    return world.ask(PreviewMerge(customer=kept.id, other=other.id), MergePreview, by=by)


def command(world: World, kept: Customer, other: Customer) -> MergeCustomers:
    return MergeCustomers(customer=kept.id, other=other.id, consent=preview(world, kept, other).consent)


def merge(world: World, kept: Customer, other: Customer, by: Actor | None = None) -> MergeView:
    return world.do(command(world, kept, other), MergeView, by=by)


def now(world: World, customer: Customer) -> Customer:
    with world.storage.reading(world.company.id) as unit:
        return unit.customers.get(customer.id)


def visit(world: World, customer: Customer, start: str = "09:00", **given: Any) -> Appointment:
    told = {"user": world.ann.id, "type": world.service.id, "location": world.provo.id, "period": a_period(start)}
    found = an_appointment(customer=customer.id, **{**told, **given})
    world.put(found)
    return found


@pytest.mark.rule("CUS-25")
def test_what_belongs_to_the_other_record_is_the_one_kepts(world: World, twin: Customer) -> None:
    entry = a_catalog_entry(catalog=Catalog.NOTE_TYPES)
    order = a_work_order(customer=twin.id, number=5)
    world.put(entry, order)
    visits = [visit(world, twin), visit(world, twin, "11:00", status=Status.COMPLETED, work_order=order.id)]
    world.execute(CreateNote(customer=twin.id, type=entry.id, text="The dog bites."))
    for customer, name in ((world.maria, "Nan"), (twin, "Bea"), (twin, "Cy")):
        world.execute(CreateContact(customer=customer.id, name=name, phones=("801-555-0177",)))

    answer = merge(world, world.maria, twin)

    assert (answer.appointments, answer.former_numbers, answer.version) == (2, (77,), 2)
    assert [world.appointment(each.id).customer for each in visits] == [world.maria.id] * 2
    with world.storage.reading(world.company.id) as unit:
        assert unit.work_orders.get(order.id) == evolve(order, customer=world.maria.id, version=2)
        assert [each.text for each in unit.notes.of(world.maria.id, limit=9)] == ["The dog bites."]
        contacts = unit.contacts.of(world.maria.id)
    assert [each.name for each in contacts] == ["Nan", "Bea", "Cy"], "its own are called first"
    assert len({each.place for each in contacts}) == 3


@pytest.mark.rule("CUS-25")
def test_the_fields_of_the_record_kept_win_and_its_empty_ones_are_filled(world: World, twin: Customer) -> None:
    mine = world.replace(world.maria, email=Email("maria@home.example"), sale=Sale(account_number="A-1"))
    other = world.replace(
        twin,
        first_name="Mary",
        email=Email("mary@work.example"),
        spouse="Nils",
        cell_phone=Phone("+18015550199"),
        external_id="CRM-9",
        ssn=Secret("123-45-6789"),
        sale=Sale(account_number="A-2", sale_date=date(2026, 1, 2), cancelled_on=date(2026, 2, 2), a_la_carte=True),
    )

    told = preview(world, mine, other)
    merge(world, mine, other)

    left = now(world, mine)
    assert (left.first_name, left.email, left.sale.account_number) == ("Maria", mine.email, "A-1")
    assert (left.spouse, left.cell_phone, left.external_id) == ("Nils", other.cell_phone, "CRM-9")
    assert (left.sale.sale_date, left.sale.cancelled_on, left.sale.a_la_carte) == (date(2026, 1, 2), None, False)
    assert left.ssn is not None
    assert left.ssn.reveal() == "123-45-6789"
    filled = {each.field: each.kept for each in told.filled}
    assert filled == {
        "cell_phone": filled["cell_phone"],
        "spouse": "Nils",
        "external_id": "CRM-9",
        "ssn": "***",
        "sale.sale_date": "2026-01-02",
    }
    dropped = {each.field: (each.kept, each.other) for each in told.dropped}
    assert dropped["first_name"] == ("Maria", "Mary")
    assert dropped["sale.account_number"] == ("A-1", "A-2")
    assert dropped["sale.a_la_carte"] == (None, True)
    assert dropped.keys() == {"first_name", "email", "sale.account_number", "sale.a_la_carte", "sale.cancelled_on"}


@pytest.mark.rule("CUS-25", "ACC-13")
def test_a_preview_tells_nothing_of_a_section_that_its_reader_may_not_see(world: World, twin: Customer) -> None:
    world.replace(twin, sale=Sale(account_number="A-2"), abort_code=Secret("1234"), spouse="Nils")

    told = preview(world, world.maria, twin, by=world.actor(*MERGE))

    assert [each.field for each in told.filled] == ["spouse"]


@pytest.mark.rule("CUS-25")
def test_the_number_and_the_id_of_the_other_record_lead_to_the_one_kept(world: World, twin: Customer) -> None:
    merge(world, world.maria, twin)

    shown = world.ask(ShowCustomer(customer=twin.id), CustomerView)
    assert (shown.id, shown.former_numbers) == (world.maria.id, (77,))
    for asked in (ListCustomers(number=77), ListCustomers(search="77")):
        found = world.ask(asked, CustomersView).items
        assert [each.id for each in found] == [world.maria.id]
    assert world.ask(ListTombstones(), TombstonesView).items == (), "it was not deleted"
    with world.storage.writing(world.company.id) as unit:
        assert unit.customers.next_number() == 78


@pytest.mark.rule("CUS-25")
def test_numbers_lead_on_when_the_record_kept_is_merged_itself(world: World, twin: Customer) -> None:
    third = a_customer(location=world.provo.id, number=90)
    world.put(third)
    merge(world, twin, third)

    answer = merge(world, world.maria, now(world, twin))

    assert answer.former_numbers == (77, 90)
    for gone in (twin, third):
        assert world.ask(ShowCustomer(customer=gone.id), CustomerView).id == world.maria.id
    world.execute(DeleteCustomer(customer=world.maria.id, confirmed=True))
    with pytest.raises(NotFound):
        world.ask(ShowCustomer(customer=third.id), CustomerView)


@pytest.mark.rule("CUS-25", "CUS-16")
def test_the_history_of_both_is_kept(world: World, twin: Customer) -> None:
    entry = a_catalog_entry(catalog=Catalog.NOTE_TYPES)
    world.put(entry)
    for customer, text in ((world.maria, "Hers."), (twin, "The twin's.")):
        world.execute(CreateNote(customer=customer.id, type=entry.id, text=text))

    merge(world, world.maria, twin)

    lines = world.ask(ShowHistory(customer=world.maria.id), HistoryView).items
    told = [(each.kind, change.field, change.new) for each in lines for change in each.changes]
    assert {("note", "text", "Hers."), ("note", "text", "The twin's.")} <= set(map(tuple, told_texts(told)))
    assert ("note", "customer", str(world.maria.id)) in told
    assert ("customer", "former_numbers", [77]) in told


def told_texts(told: list[tuple[str, str, object]]) -> list[tuple[str, str, object]]:
    return [each for each in told if each[1] == "text"]


@pytest.mark.rule("CUS-25")
def test_a_record_is_not_merged_into_itself(world: World) -> None:
    assert [each.code for each in preview(world, world.maria, world.maria).violations] == ["merge.itself"]
    assert set(refusal(world, command(world, world.maria, world.maria))) == {"merge.itself"}


@pytest.mark.rule("CUS-25")
def test_a_lead_and_a_customer_are_not_merged(world: World, twin: Customer) -> None:
    other = a_customer(location=world.provo.id, number=78, stage=Stage.LEAD)
    world.put(other)

    assert set(refusal(world, command(world, world.maria, world.lead))) == {"merge.stages"}
    assert merge(world, world.lead, other).former_numbers == (78,)
    assert merge(world, world.maria, twin).former_numbers == (77,)


@pytest.mark.rule("CUS-25", "ARC-06")
@pytest.mark.parametrize("which", ["kept", "other"])
def test_archived_records_are_not_merged(world: World, twin: Customer, which: str) -> None:
    world.replace({"kept": world.maria, "other": twin}[which], archived_at=NOW)

    assert [each.code for each in preview(world, world.maria, twin).violations] == ["customer.archived"]
    assert set(refusal(world, command(world, world.maria, twin))) == {"customer.archived"}


@pytest.mark.rule("CUS-25", "FAM-01")
def test_the_family_of_the_other_record_is_the_one_kepts(world: World, twin: Customer) -> None:
    flats = [a_customer(location=world.provo.id, number=number, parent=twin.id) for number in (21, 22)]
    world.put(*flats)

    assert merge(world, world.maria, twin).sub_customers == 2
    assert [now(world, each).parent for each in flats] == [world.maria.id] * 2
    other = a_customer(location=world.provo.id, number=79)
    world.put(other)
    merge(world, other, flats[0])
    assert now(world, other).parent == world.maria.id


@pytest.mark.rule("CUS-25", "FAM-01")
@pytest.mark.parametrize("case", ["parents", "children", "levels", "each other"])
def test_two_records_that_both_are_of_a_family_are_not_merged(world: World, twin: Customer, case: str) -> None:
    aunt = a_customer(location=world.provo.id, number=30)
    world.put(aunt)

    def child(of: Customer, number: int) -> None:
        world.put(a_customer(location=world.provo.id, number=number, parent=of.id))

    match case:
        case "parents":
            world.replace(world.maria, parent=aunt.id)
            world.replace(twin, parent=aunt.id)
        case "children":
            child(world.maria, 21)
            child(twin, 22)
        case "levels":
            world.replace(world.maria, parent=aunt.id)
            child(twin, 22)
        case "each other":
            world.replace(twin, parent=world.maria.id)

    assert set(refusal(world, command(world, world.maria, twin))) == {"merge.families"}


@pytest.mark.rule("CUS-25", "CUS-24")
def test_two_records_that_both_are_connected_alike_are_not_merged(world: World, twin: Customer) -> None:
    stations = a_catalog_entry(catalog=Catalog.MONITORING_COMPANIES)
    mine, theirs = (a_connection(customer=each.id, provider=stations.id) for each in (world.maria, twin))
    world.put(stations, mine, theirs)

    assert set(refusal(world, command(world, world.maria, twin))) == {"merge.connected"}

    world.replace(mine, unlinked_at=NOW)
    merge(world, world.maria, twin)
    with world.storage.reading(world.company.id) as unit:
        assert unit.connections.get(theirs.id).customer == world.maria.id


@pytest.mark.rule("CUS-25", "CUS-24")
@pytest.mark.parametrize("active", [False, True])
def test_the_credit_check_of_the_record_kept_stays_the_active_one(world: World, twin: Customer, active: bool) -> None:
    mine = a_credit_check(customer=world.maria.id, active=active)
    theirs = a_credit_check(customer=twin.id, active=True)
    world.put(mine, theirs)

    merge(world, world.maria, twin)

    with world.storage.reading(world.company.id) as unit:
        (stands,) = unit.credit_checks.of(world.maria.id, open=True, limit=9)
    assert stands.id == (mine.id if active else theirs.id)


@pytest.mark.rule("CUS-25", "CUS-07")
def test_the_install_appointment_stays_that_of_the_record_kept(world: World, twin: Customer) -> None:
    install = a_type(install=True, name="Install")
    world.put(install)
    mine = visit(world, world.maria, type=install.id)
    theirs = visit(world, twin, "13:00", type=install.id)

    merge(world, world.maria, twin)

    assert now(world, world.maria).installation == Installation(appointment=mine.id)
    assert world.appointment(theirs.id).customer == world.maria.id


@pytest.mark.rule("CUS-25", "CUS-07")
def test_the_other_records_install_appointment_is_taken_where_there_is_none(world: World, twin: Customer) -> None:
    install = a_type(install=True, name="Install")
    world.put(install)
    first, second = (visit(world, twin, start, type=install.id) for start in ("09:00", "13:00"))
    world.replace(twin, installation=Installation(appointment=second.id))

    merge(world, world.maria, twin)

    assert now(world, world.maria).installation.appointment == second.id != first.id


@pytest.mark.rule("CUS-25", "CUS-19")
def test_open_visits_follow_to_the_location_of_the_record_kept_and_ended_ones_keep_theirs(world: World) -> None:
    away = a_customer(location=world.phoenix.id, number=80)
    world.put(away)
    given = {"user": world.bob.id, "location": world.phoenix.id, "zone": "America/Phoenix"}
    planned = visit(world, away, "11:00", **given)
    ended = visit(world, away, "14:00", status=Status.COMPLETED, **given)
    own = visit(world, world.maria)

    answer = merge(world, world.maria, away)

    left = world.appointment(planned.id)
    assert (left.location, left.zone, left.period) == (world.provo.id, world.provo.zone, planned.period)
    assert world.appointment(ended.id).location == world.phoenix.id
    assert world.appointment(own.id) == own, "its own stay as they are"
    assert [each.id for each in answer.unfit.appointments] == [planned.id]
    assert answer.unfit.appointments[0].customer.id == world.maria.id


@pytest.mark.rule("CUS-25", "STO-04")
def test_what_changed_since_the_preview_is_shown_anew_and_nothing_is_done(world: World, twin: Customer) -> None:
    stale = command(world, world.maria, twin)
    world.replace(twin, spouse="Nils")

    with pytest.raises(PreviewChanged) as changed:
        world.execute(stale)
    assert changed.value.rule == "CUS-25"
    assert changed.value.preview == preview(world, world.maria, twin)
    with pytest.raises(Stale):
        world.execute(command(world, world.maria, twin), expected_version=9)
    assert now(world, twin).number == 77


@pytest.mark.rule("CUS-25", "ACC-12")
def test_merging_takes_the_permissions_to_change_and_to_delete_at_both(world: World, twin: Customer) -> None:
    away = a_customer(location=world.phoenix.id, number=80)
    world.put(away)
    asked = command(world, world.maria, away)

    for missing in range(3):
        rest = [each for at, each in enumerate(MERGE) if at != missing]
        assert denial(world, asked, world.actor(*rest)) in ("ACC-12", "ACC-18")
    assert denial(world, asked, world.actor(*MERGE, at=world.provo.id)) == "ACC-12"
    assert hidden(world, PreviewMerge(customer=world.maria.id, other=away.id), world.actor(*MERGE[:2])) == "ACC-18"
    local = world.actor(*MERGE, at=world.provo.id)
    assert world.do(command(world, world.maria, twin), MergeView, by=local)


@pytest.mark.rule("ACC-17", "CUS-25")
def test_whether_it_can_be_merged_is_told(world: World) -> None:
    def told(by: Actor | None = None) -> list[str] | None:
        items = world.ask(ShowCustomerActions(customer=world.maria.id), ActionsView, by=by).items
        (action,) = [each for each in items if each.name == "merge_customers"]
        return None if action.allowed else [each.code for each in action.why_not]

    assert told() is None
    assert told(world.actor(*MERGE[:2])) == ["permission.denied"]
    assert told(world.actor(MERGE[0], MERGE[2])) == ["permission.denied"]
    world.replace(world.maria, archived_at=NOW)
    assert told() == ["customer.archived"]
