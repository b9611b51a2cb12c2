"""
The customer record: what it consists of, and what is refused.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, ListCustomers, ShowCustomer
from fieldops_core.customers.model import AccountType, CustomerId
from fieldops_core.customers.views import CustomersView, CustomerView
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.geo import Point
from fieldops_core.testing.builders import PROVO, PROVO_ADDRESS, a_location
from tests.support.world import OREM, World, denial, refusal

OREM_ADDRESS = Address(line1="1 Main Street", city="Orem", state="UT", postal_code=PostalCode("84057"))
RESIDENTIAL, COMMERCIAL = AccountType.RESIDENTIAL, AccountType.COMMERCIAL


def new(world: World, **given: object) -> CreateCustomer:
    command = CreateCustomer(
        phone="801 555 0100",
        account_type=RESIDENTIAL,
        first_name="Nora",
        last_name="Nye",
        location=world.provo.id,
        address=PROVO_ADDRESS,
    )
    given = {**(world.of_lead if given.get("stage") is Stage.LEAD else {}), **given}
    return evolve(command, **given)  # type: ignore[arg-type]


def change(world: World, **given: object) -> ChangeCustomer:
    return evolve(ChangeCustomer(customer=world.maria.id), **given)  # type: ignore[arg-type]


def made(world: World, **given: object) -> CustomerView:
    return world.do(new(world, **given), CustomerView)


# --- what a record consists of ----------------------------------------------------------------------


@pytest.mark.rule("CUS-01", "CUS-02")
def test_a_record_has_all_that_was_told_of_it() -> None:
    world = World()

    created = made(
        world,
        account_type=COMMERCIAL,
        first_name=" Nora ",
        last_name="Nye",
        business_name="Nye & Daughters",
        external_id=" C-7 ",
        address=OREM_ADDRESS,
        point=OREM,
    )

    assert world.ask(ShowCustomer(customer=CustomerId(created.id)), CustomerView) == created
    assert (created.stage, created.account_type, created.location) == (Stage.CUSTOMER, COMMERCIAL, world.provo.id)
    assert (created.first_name, created.last_name, created.business_name) == ("Nora", "Nye", "Nye & Daughters")
    assert (created.name, created.external_id, created.phone) == ("Nye & Daughters", "C-7", "+18015550100")
    assert (created.address.city, created.address.postal_code, created.coordinates) == ("Orem", "84057", OREM)
    assert created.version == 1


@pytest.mark.rule("CUS-01")
def test_numbers_count_up_and_a_refused_record_takes_none() -> None:
    world = World()

    first = made(world).number
    refusal(world, new(world, last_name=""))

    assert (first, made(world).number) == (3, 4)


def test_a_change_touches_only_what_it_says() -> None:
    world = World()
    before = world.ask(ShowCustomer(customer=world.maria.id), CustomerView)

    after = world.do(change(world, last_name="Novak"), CustomerView)

    assert after == evolve(before, last_name="Novak", name="Maria Novak", version=2)


def test_a_change_that_changes_nothing_keeps_the_version() -> None:
    world = World()

    assert world.do(change(world, last_name=world.maria.last_name), CustomerView).version == 1


# --- names and account type (CUS-02) ----------------------------------------------------------------


@pytest.mark.rule("CUS-02")
@pytest.mark.parametrize(
    ("account_type", "stage", "first", "last", "business", "accepted"),
    [
        (RESIDENTIAL, Stage.CUSTOMER, "Nora", "Nye", "", True),
        (RESIDENTIAL, Stage.CUSTOMER, "Nora", "", "", False),
        (RESIDENTIAL, Stage.CUSTOMER, "", "Nye", "", False),
        (RESIDENTIAL, Stage.CUSTOMER, " ", "Nye", "", False),
        (RESIDENTIAL, Stage.CUSTOMER, "", "", "Nye Ltd", False),
        (COMMERCIAL, Stage.CUSTOMER, "", "", "Nye Ltd", True),
        (COMMERCIAL, Stage.CUSTOMER, "", "", " ", False),
        (COMMERCIAL, Stage.CUSTOMER, "Nora", "", "", False),
        (COMMERCIAL, Stage.CUSTOMER, "Nora", "Nye", "", True),
        (COMMERCIAL, Stage.LEAD, "", "", "Nye Ltd", True),
        (None, Stage.LEAD, "Nora", "Nye", "", True),
        (None, Stage.LEAD, "", "", "Nye Ltd", False),
    ],
)
def test_a_record_has_a_first_and_a_last_name_or_a_commercial_one_its_business_name(
    account_type: AccountType | None, stage: Stage, first: str, last: str, business: str, *, accepted: bool
) -> None:
    world = World()
    command = new(
        world, account_type=account_type, stage=stage, first_name=first, last_name=last, business_name=business
    )

    if accepted:
        assert world.do(command, CustomerView).name == (business.strip() or "Nora Nye")
    else:
        broken = refusal(world, command)["customer.name_required"]
        assert (broken.rule, broken.field) == ("CUS-02", "last_name")


@pytest.mark.rule("CUS-02")
def test_a_change_leaves_no_record_without_a_name() -> None:
    world = World()
    shop = CustomerId(made(world, account_type=COMMERCIAL, first_name="", last_name="", business_name="Shop").id)

    for command in (
        change(world, first_name=""),
        evolve(ChangeCustomer(customer=shop), business_name=""),
        evolve(ChangeCustomer(customer=shop), account_type=RESIDENTIAL),
    ):
        assert list(refusal(world, command)) == ["customer.name_required"]


@pytest.mark.rule("CUS-02")
def test_a_customer_has_an_account_type_and_a_lead_may_wait_with_it() -> None:
    world = World()

    broken = refusal(world, new(world, account_type=None))["customer.account_type_required"]

    assert (broken.rule, broken.field) == ("CUS-02", "account_type")
    assert made(world, account_type=None, stage=Stage.LEAD).account_type is None


@pytest.mark.rule("CUS-02")
def test_everything_that_is_wrong_with_a_record_is_told_together() -> None:
    world = World()
    world.execute(new(world, external_id="7"))

    broken = refusal(world, new(world, account_type=None, last_name="", external_id="7"))

    assert set(broken) == {
        "customer.name_required",
        "customer.account_type_required",
        "customer.external_id_taken",
    }


# --- location (CUS-02) ------------------------------------------------------------------------------


@pytest.mark.rule("CUS-02")
def test_a_customer_names_its_location_and_a_lead_gets_its_creators_home() -> None:
    world = World()
    bob = Actor(user=world.bob.id, home=world.phoenix.id, grants=world.owner.grants)

    broken = refusal(world, new(world, location=None), by=bob)["customer.location_required"]

    assert (broken.rule, broken.field) == ("CUS-02", "location")
    lead = new(world, stage=Stage.LEAD, location=None)
    assert world.do(lead, CustomerView, by=bob).location == world.phoenix.id
    assert world.do(evolve(lead, location=world.provo.id), CustomerView, by=bob).location == world.provo.id


@pytest.mark.rule("CUS-02")
def test_a_lead_whose_creator_has_no_home_names_its_location() -> None:
    world = World()
    homeless = evolve(world.owner, home=None)

    assert "customer.location_required" in refusal(world, new(world, stage=Stage.LEAD, location=None), by=homeless)


@pytest.mark.rule("CUS-02", "ACC-22")
def test_a_lead_without_a_location_is_asked_at_its_creators_home() -> None:
    world = World()
    lead = new(world, stage=Stage.LEAD, location=None)

    there = world.actor((Permission.LEADS, Action.CREATE), at=world.phoenix.id)

    assert denial(world, lead, there) == "ACC-12"
    assert world.do(lead, CustomerView, by=evolve(there, home=world.phoenix.id)).location == world.phoenix.id


@pytest.mark.rule("SEC-01")
def test_what_is_of_another_company_is_not_there() -> None:
    world, other = World(), World()

    for command in (new(world, location=other.provo.id), change(other, last_name="Mine")):
        with pytest.raises(NotFound):
            world.execute(command)
    with pytest.raises(NotFound):
        world.ask(ShowCustomer(customer=other.maria.id), CustomerView)


# --- external ids (CUS-02) --------------------------------------------------------------------------


@pytest.mark.rule("CUS-02")
def test_an_external_id_is_unique_in_the_company() -> None:
    world = World()
    first = CustomerId(made(world, external_id="C-7").id)

    for command in (new(world, external_id="C-7"), new(world, external_id=" C-7 "), change(world, external_id="C-7")):
        broken = refusal(world, command)["customer.external_id_taken"]
        assert (broken.field, broken.facts) == ("external_id", {"external_id": "C-7"})
    assert made(world, external_id="c-7").external_id == "c-7"
    kept = evolve(ChangeCustomer(customer=first), external_id="C-7", last_name="Novak")
    assert world.do(kept, CustomerView).external_id == "C-7"
    world.execute(evolve(ChangeCustomer(customer=first), external_id=None))
    assert made(world, external_id="C-7").external_id == "C-7"


@pytest.mark.rule("CUS-02", "SEC-01")
def test_another_company_has_external_ids_of_its_own() -> None:
    world = World()
    other = World(storage=world.storage)
    world.execute(new(world, external_id="7"))

    assert made(other, external_id="7").external_id == "7"


@pytest.mark.rule("CUS-02")
def test_records_without_an_external_id_do_not_collide() -> None:
    world = World()

    assert (made(world).external_id, made(world).external_id) == (None, None)


# --- phone, postal code, coordinates (CUS-03) -------------------------------------------------------


@pytest.mark.rule("CUS-03")
def test_a_telephone_number_is_read_in_the_country_of_the_location_and_stored_in_e164() -> None:
    world = World()
    toronto = a_location(name="Toronto", zone="America/Toronto", address=Address(state="ON"))
    world.put(toronto)

    assert made(world, phone="(801) 555-0199").phone == "+18015550199"
    assert made(world, phone="+44 20 7946 0958").phone == "+442079460958"
    assert made(world, phone="416 555 0123", location=toronto.id).phone == "+14165550123"
    assert world.do(change(world, phone="801-555-0177"), CustomerView).phone == "+18015550177"


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize("phone", ["", " ", "12", "+0123456789", "+1 801 555 01000000000", "call me", "\0", "\ud800"])
def test_what_is_no_telephone_number_is_refused(phone: str) -> None:
    world = World()

    for command in (new(world, phone=phone), change(world, phone=phone)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == ("phone.invalid", "phone")


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize(
    ("state", "code", "told"),
    [
        ("UT", "84601", "84601"),
        ("UT", "84601-1234", "84601-1234"),
        ("ON", "k1a0b1", "K1A 0B1"),
    ],
)
def test_a_postal_code_is_one_of_its_states_country(state: str, code: str, told: str) -> None:
    address = Address(city="Somewhere", state=state, postal_code=PostalCode(code))

    assert made(World(), address=address).address.postal_code == told


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize(
    ("state", "code", "violated"),
    [
        ("UT", "22", "postal_code.invalid"),
        ("", "22", "postal_code.invalid"),
        ("UT", "8460", "postal_code.invalid"),
        ("UT", "84601-12", "postal_code.invalid"),
        ("UT", "８４６０１", "postal_code.invalid"),
        ("UT", "K1A 0B1", "postal_code.other_country"),
        ("ON", "84601", "postal_code.other_country"),
        ("ON", "D1A 0B1", "postal_code.invalid"),
        ("", "84601-1234", "postal_code.invalid"),
        ("ZZ", "84601", "state.unknown"),
        ("\0", "84601", "text.invalid"),
        ("UT", "84601\0", "postal_code.invalid"),
        ("UT", "\ud800", "postal_code.invalid"),
    ],
)
def test_another_postal_code_is_refused(state: str, code: str, violated: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Address(city="Somewhere", state=state, postal_code=PostalCode(code))

    assert refused.value.code == violated


@pytest.mark.parametrize("point", [(91, 0), (-91, 0), (0, 181), (0, -180.01), (float("nan"), 0), (0, float("inf"))])
def test_coordinates_lie_on_earth(point: tuple[float, float]) -> None:
    with pytest.raises(InvalidValue) as refused:
        Point(*point)

    assert refused.value.code == "coordinates.invalid"


@pytest.mark.parametrize("field", ["first_name", "last_name", "business_name", "external_id"])
@pytest.mark.parametrize(
    ("text", "code"), [("a\0b", "text.invalid"), ("\ud800", "text.invalid"), ("x" * 201, "text.too_long")]
)
def test_no_text_of_a_record_holds_what_is_no_text(field: str, text: str, code: str) -> None:
    world = World()

    for command in (new(world, **{field: text}), change(world, **{field: text})):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_external_id_is_told_or_left_out(text: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(new(world, external_id=text))

    assert (refused.value.code, refused.value.field) == ("text.empty", "external_id")


# --- address and coordinates (CUS-14) ---------------------------------------------------------------


@pytest.mark.rule("CUS-14")
def test_a_changed_address_drops_old_coordinates() -> None:
    world = World()

    moved = world.do(change(world, address=OREM_ADDRESS), CustomerView)

    assert (moved.address.city, moved.coordinates) == ("Orem", None)


@pytest.mark.rule("CUS-14")
def test_a_changed_address_takes_the_coordinates_that_come_with_it() -> None:
    world = World()

    assert world.do(change(world, address=OREM_ADDRESS, point=PROVO), CustomerView).coordinates == PROVO


@pytest.mark.rule("CUS-14")
def test_an_address_that_stays_keeps_its_coordinates() -> None:
    world = World()

    assert world.do(change(world, address=PROVO_ADDRESS, last_name="Novak"), CustomerView).coordinates == OREM
    assert world.do(change(world, first_name="Mia"), CustomerView).coordinates == OREM


def test_coordinates_are_corrected_and_removed_without_the_address() -> None:
    world = World()

    assert world.do(change(world, point=PROVO), CustomerView).coordinates == PROVO
    assert world.do(change(world, point=None), CustomerView).coordinates is None


# --- versions and lists -----------------------------------------------------------------------------


@pytest.mark.rule("STO-04")
def test_a_record_is_changed_at_the_version_that_was_read() -> None:
    world = World()
    world.execute(change(world, last_name="A"), expected_version=1)

    with pytest.raises(Stale) as stale:
        world.execute(change(world, last_name="B"), expected_version=1)

    assert (stale.value.kind, stale.value.expected, stale.value.actual) == ("customer", 1, 2)
    assert world.ask(ShowCustomer(customer=world.maria.id), CustomerView).last_name == "A"


@pytest.mark.rule("API-04")
def test_records_come_in_pages_in_the_order_of_their_numbers() -> None:
    world = World()
    for _ in range(3):
        world.execute(new(world))

    def page(**asked: object) -> tuple[list[int], str | None]:
        view = world.ask(evolve(ListCustomers(), **asked), CustomersView)  # type: ignore[arg-type]
        return [item.number for item in view.items], view.next

    first, after = page(limit=2)
    second, behind = page(limit=2, after=after)
    assert (first, second, page(limit=2, after=behind)) == ([1, 2], [3, 4], ([5], None))
    assert page(limit=5) == ([1, 2, 3, 4, 5], None)
    assert page(number=4) == ([4], None)
    assert page(stage=Stage.LEAD) == ([2], None)
    assert page(location=world.phoenix.id) == ([], None)
