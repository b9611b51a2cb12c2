"""
Who may see and change which records, and which of their fields.
"""

from collections.abc import Callable

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Grant, Permission, Stage
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, ListCustomers, ShowCustomer
from fieldops_core.customers.model import AccountType, CustomerId
from fieldops_core.customers.views import CustomersView, CustomerView
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.kernel.ids import LocationId
from fieldops_core.testing.builders import PROVO, PROVO_ADDRESS, a_customer
from tests.support.world import World, denial, hidden

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
RECORD = {Stage.CUSTOMER: Permission.CUSTOMERS, Stage.LEAD: Permission.LEADS}
OTHER = {Stage.CUSTOMER: Permission.LEADS, Stage.LEAD: Permission.CUSTOMERS}
CONTACT = (Permission.CONTACT_INFORMATION, MODIFY)


def new(world: World, stage: Stage, **given: object) -> CreateCustomer:
    command = CreateCustomer(
        stage=stage,
        phone="801 555 0100",
        account_type=AccountType.RESIDENTIAL,
        first_name="Nora",
        last_name="Nye",
        location=world.provo.id,
        address=PROVO_ADDRESS,
    )
    given = {**(world.of_lead if stage is Stage.LEAD else {}), **given}
    return evolve(command, **given)  # type: ignore[arg-type]


def record(world: World, stage: Stage) -> CustomerId:
    return world.maria.id if stage is Stage.CUSTOMER else world.lead.id


def all_but(*missing: tuple[Permission, Action]) -> list[tuple[Permission, Action]]:
    return [
        (permission, action)
        for permission in Permission
        for action in permission.actions
        if (permission, action) not in missing
    ]


# --- the record (ACC-12, ACC-22) --------------------------------------------------------------------


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-12")
def test_a_record_is_made_with_the_create_of_its_stage(stage: Stage) -> None:
    world = World()
    command = new(world, stage)

    assert world.do(command, CustomerView, by=world.actor((RECORD[stage], CREATE))).stage is stage
    assert denial(world, command, world.actor(*all_but((RECORD[stage], CREATE)))) == "ACC-12"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-12")
def test_a_record_is_shown_with_the_view_of_its_stage(stage: Stage) -> None:
    world = World()
    question = ShowCustomer(customer=record(world, stage))

    assert world.ask(question, CustomerView, by=world.actor((RECORD[stage], VIEW))).stage is stage
    assert hidden(world, question, world.actor(*all_but((RECORD[stage], VIEW)))) == "ACC-12"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-12")
def test_a_record_is_changed_with_the_view_and_the_modify_of_its_stage(stage: Stage) -> None:
    world = World()
    command = ChangeCustomer(customer=record(world, stage), last_name="Novak")
    changer = world.actor((RECORD[stage], VIEW), (RECORD[stage], MODIFY), CONTACT)

    assert denial(world, command, world.actor(*all_but((RECORD[stage], MODIFY)))) == "ACC-12"
    assert world.do(command, CustomerView, by=changer).last_name == "Novak"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-12")
def test_who_may_not_view_a_record_does_not_get_it_by_changing_it(stage: Stage) -> None:
    world = World()
    blind = world.actor(*all_but((RECORD[stage], VIEW)))

    for command in (
        ChangeCustomer(customer=record(world, stage)),
        ChangeCustomer(customer=record(world, stage), last_name="Novak"),
    ):
        assert denial(world, command, blind) == "ACC-12"


Question = Callable[[World, Stage], object]
COMMANDS: dict[str, tuple[Action, Question]] = {
    "create": (CREATE, new),
    "change": (MODIFY, lambda world, stage: ChangeCustomer(customer=record(world, stage), last_name="Novak")),
}


@pytest.mark.parametrize(("action", "command"), COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-12", "ACC-22")
def test_a_permission_on_a_record_is_asked_at_its_location(stage: Stage, action: Action, command: Question) -> None:
    world = World()

    def holder(place: LocationId) -> Actor:
        return world.actor((RECORD[stage], VIEW), (RECORD[stage], action), CONTACT, at=place)

    assert denial(world, command(world, stage), holder(world.phoenix.id)) == "ACC-12"
    assert world.do(command(world, stage), CustomerView, by=holder(world.provo.id))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-12", "ACC-22")
def test_a_record_elsewhere_is_answered_with_nothing_of_it(stage: Stage) -> None:
    world = World()
    elsewhere = world.actor((RECORD[stage], VIEW), at=world.phoenix.id)

    with pytest.raises(Forbidden) as denied:
        world.ask(ShowCustomer(customer=record(world, stage)), CustomerView, by=elsewhere)

    told = f"{denied.value} {denied.value.sentence} {denied.value.args}"
    assert denied.value.code == "permission.denied"
    assert all(word not in told for word in ("Maria", "Leo", "Nielsen", "Provo", "+1", str(world.provo.id)))


# --- lists (ACC-12, ACC-18) -------------------------------------------------------------------------


def with_records_everywhere(world: World) -> None:
    world.put(
        a_customer(location=world.phoenix.id, number=3),
        a_customer(location=world.phoenix.id, stage=Stage.LEAD, number=4),
    )


def numbers(world: World, by: Actor, **asked: object) -> list[int]:
    question = evolve(ListCustomers(), **asked)  # type: ignore[arg-type]
    return [item.number for item in world.ask(question, CustomersView, by=by).items]


@pytest.mark.rule("ACC-12", "ACC-18")
def test_a_list_leaves_out_what_lies_elsewhere_and_what_is_of_the_other_stage() -> None:
    world = World()
    with_records_everywhere(world)

    def reader(*permissions: Permission, at: LocationId | None = None) -> Actor:
        return world.actor(*((permission, VIEW) for permission in permissions), at=at)

    assert numbers(world, reader(Permission.CUSTOMERS, Permission.LEADS)) == [1, 2, 3, 4]
    assert numbers(world, reader(Permission.CUSTOMERS)) == [1, 3]
    assert numbers(world, reader(Permission.LEADS)) == [2, 4]
    assert numbers(world, reader(Permission.CUSTOMERS, at=world.phoenix.id)) == [3]
    assert numbers(world, reader(Permission.CUSTOMERS, Permission.LEADS, at=world.provo.id)) == [1, 2]


@pytest.mark.rule("ACC-12", "ACC-18")
def test_a_list_for_whom_customers_and_leads_may_be_seen_at_different_locations_holds_both() -> None:
    world = World()
    with_records_everywhere(world)
    here = Grant(Permission.CUSTOMERS, VIEW, world.provo.id)
    there = Grant(Permission.LEADS, VIEW, world.phoenix.id)

    assert numbers(world, Actor(user=world.ann.id, grants=frozenset({here, there}))) == [1, 4]


@pytest.mark.rule("ACC-12", "ACC-18")
def test_no_filter_of_a_list_shows_what_may_not_be_seen() -> None:
    world = World()
    with_records_everywhere(world)
    reader = world.actor((Permission.CUSTOMERS, VIEW), at=world.phoenix.id)

    assert numbers(world, reader, number=1) == []
    assert numbers(world, reader, location=world.provo.id) == []
    assert numbers(world, reader, stage=Stage.LEAD) == []
    assert numbers(world, reader, number=3) == [3]


@pytest.mark.rule("ACC-12")
def test_pages_are_full_though_records_between_are_left_out() -> None:
    world = World()
    with_records_everywhere(world)
    world.put(a_customer(location=world.phoenix.id, number=5))
    reader = world.actor((Permission.CUSTOMERS, VIEW), at=world.phoenix.id)

    page = world.ask(ListCustomers(limit=2), CustomersView, by=reader)

    assert ([item.number for item in page.items], page.next) == ([3, 5], None)


@pytest.mark.rule("ACC-12", "ACC-18")
def test_a_list_is_closed_only_to_whom_neither_permission_is_given_anywhere() -> None:
    world = World()
    empty = LocationId(world.ids())

    blind = world.actor(*all_but((Permission.CUSTOMERS, VIEW), (Permission.LEADS, VIEW)))

    assert hidden(world, ListCustomers(), blind) == "ACC-18"
    assert numbers(world, world.actor((Permission.LEADS, VIEW), at=empty)) == []


# --- contact information (ACC-13) -------------------------------------------------------------------

CHANGES: dict[str, dict[str, object]] = {
    "phone": {"phone": "+18015550177"},
    "names": {"last_name": "Novak"},
    "business name": {"business_name": "Nye Ltd"},
    "account type": {"account_type": AccountType.COMMERCIAL},
    "external id": {"external_id": "7"},
    "address": {"address": Address(city="Orem", state="UT")},
    "coordinates": {"point": PROVO},
    "no coordinates": {"point": None},
}


@pytest.mark.parametrize("given", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.rule("ACC-13")
def test_the_personal_section_refuses_change_without_contact_information(
    stage: Stage, given: dict[str, object]
) -> None:
    world = World()
    command = evolve(ChangeCustomer(customer=record(world, stage)), **given)  # type: ignore[arg-type]
    reader = world.actor((RECORD[stage], VIEW), (RECORD[stage], MODIFY))
    if "point" in given and stage is Stage.LEAD:
        world.replace(world.lead, point=world.maria.point)

    assert denial(world, command, reader) == "ACC-13"
    allowed = evolve(reader, grants=reader.grants | {Grant(*CONTACT)})
    assert world.do(command, CustomerView, by=allowed).version > 1


@pytest.mark.rule("ACC-13")
def test_the_personal_section_is_shown_without_contact_information() -> None:
    world = World()

    shown = world.ask(ShowCustomer(customer=world.maria.id), CustomerView, by=world.actor((Permission.CUSTOMERS, VIEW)))

    assert (shown.phone, shown.name) == ("+18015550100", "Maria Nielsen")


@pytest.mark.rule("ACC-13")
def test_writing_back_what_was_shown_is_no_change_of_contact_information() -> None:
    world = World()
    maria = world.maria
    same = ChangeCustomer(
        customer=maria.id,
        phone=maria.phone.number,
        account_type=AccountType.RESIDENTIAL,
        first_name=maria.first_name,
        last_name=f" {maria.last_name} ",
        address=maria.address,
        point=maria.point,
        external_id=None,
    )
    reader = world.actor((Permission.CUSTOMERS, VIEW), (Permission.CUSTOMERS, MODIFY))

    assert world.do(same, CustomerView, by=reader).version == 1


@pytest.mark.rule("ACC-13", "ACC-22")
def test_contact_information_is_asked_at_the_location_of_the_record() -> None:
    world = World()
    command = ChangeCustomer(customer=world.maria.id, phone="+18015550177")
    base = world.actor((Permission.CUSTOMERS, VIEW), (Permission.CUSTOMERS, MODIFY))

    def with_contact(place: LocationId) -> Actor:
        return evolve(base, grants=base.grants | {Grant(*CONTACT, place)})

    assert denial(world, command, with_contact(world.phoenix.id)) == "ACC-13"
    assert world.do(command, CustomerView, by=with_contact(world.provo.id)).phone == "+18015550177"


@pytest.mark.rule("ACC-13")
def test_a_new_record_needs_no_contact_information() -> None:
    world = World()

    made = world.do(new(world, Stage.CUSTOMER), CustomerView, by=world.actor((Permission.CUSTOMERS, CREATE)))

    assert made.phone == "+18015550100"
