"""
Records that are there already (CUS-13).
"""

from functools import cache
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Permission, Stage
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, FindDuplicates, ImportCustomers, ImportLine
from fieldops_core.customers.model import AccountType, CustomerId, Likeness, Traits, traits_of
from fieldops_core.customers.rules import likeness
from fieldops_core.customers.views import CustomerView, DuplicatesView, ImportView
from fieldops_core.kernel.contact import Address, Email, Phone, PostalCode
from fieldops_core.kernel.text import within_edits
from fieldops_core.testing.builders import a_customer
from tests.support.world import World, denial, hidden, refusal

JOSE = CustomerId(UUID(int=7))
PINE = Address(line1="12 Pine St.", city="Orem", state="UT", postal_code=PostalCode("84057"))


def a_wish(world: World, **given: Any) -> CreateCustomer:
    """
    Somebody whom nobody resembles.
    """
    command = CreateCustomer(
        first_name="Zora",
        last_name="Quist",
        phone="801 555 0199",
        account_type=AccountType.RESIDENTIAL,
        location=world.provo.id,
        address=PINE,
    )
    return evolve(command, **given)


@pytest.fixture
def world() -> World:
    """
    José Núñez lives in Pine Street; his business has a number and an address of its own.
    """
    world = World(duplicate_check=True)
    jose = a_customer(
        id=JOSE,
        location=world.provo.id,
        number=7,
        first_name="José",
        last_name="Núñez",
        business_name="Núñez & Sons",
        phone=Phone("+18015550177"),
        cell_phone=Phone("+18015550178"),
        email=Email("Jose@Nunez.example"),
        address=PINE,
    )
    world.put(jose)
    return world


def found(world: World, **given: Any) -> dict[int, tuple[Likeness, ...]]:
    """
    The candidates that stand against a new record, by number; none where it is made.
    """
    command = a_wish(world, **given)
    preview = world.ops.preview(command, world.context())
    if preview.receipt:
        return {}
    (violation,) = preview.violations
    assert (violation.rule, violation.code) == ("CUS-13", "customer.duplicate")
    return {each.number: each.why for each in violation.facts["candidates"]}  # type: ignore[attr-defined]


@pytest.mark.rule("CUS-13")
@pytest.mark.parametrize("own", ["phone", "work_phone", "cell_phone", "other_phone"])
@pytest.mark.parametrize("number", ["801-555-0177", "(801) 555 0178"])
def test_the_same_phone_is_the_same_whichever_it_is(world: World, own: str, number: str) -> None:
    assert found(world, **{own: number}) == {7: (Likeness.PHONE,)}


@pytest.mark.rule("CUS-13")
def test_the_same_email_is_the_same_in_capitals_and_small_letters(world: World) -> None:
    assert found(world, email="jose@nunez.EXAMPLE") == {7: (Likeness.EMAIL,)}
    assert found(world, email="joseph@nunez.example") == {}


@pytest.mark.rule("CUS-13")
@pytest.mark.parametrize(
    ("first", "last", "business"),
    [
        ("JOSE", "NUNEZ", ""),
        ("Jo-se", "Nuñez.", ""),
        ("Jos", "Nune", ""),
        ("Zora", "Quist", "nunez's sons"),
    ],
)
def test_a_name_at_the_same_address_is_folded_and_may_differ_by_two_letters(
    world: World, first: str, last: str, business: str
) -> None:
    assert found(world, first_name=first, last_name=last, business_name=business) == {7: (Likeness.ADDRESS,)}


@pytest.mark.rule("CUS-13")
def test_a_name_that_differs_by_three_letters_is_another(world: World) -> None:
    assert found(world, first_name="Jo", last_name="Nunez") == {7: (Likeness.ADDRESS,)}
    assert found(world, first_name="Jo", last_name="Nune") == {}


@pytest.mark.rule("CUS-13")
def test_the_same_name_elsewhere_is_somebody_else(world: World) -> None:
    jose = {"first_name": "José", "last_name": "Núñez"}

    assert found(world, **jose, address=evolve(PINE, line1="12 PINE ST", postal_code=PostalCode("84057-1234"))) == {
        7: (Likeness.ADDRESS,)
    }
    assert found(world, **jose, address=evolve(PINE, line1="13 Pine St.")) == {}
    assert found(world, **jose, address=evolve(PINE, line2="Apt 4")) == {}
    assert found(world, **jose, address=evolve(PINE, city="Provo")) == {}


@pytest.mark.rule("CUS-13")
def test_without_a_street_there_is_no_same_address(world: World) -> None:
    nowhere = evolve(PINE, line1="")
    world.put(a_customer(location=world.provo.id, number=8, first_name="Zora", last_name="Quist", address=nowhere))

    assert found(world, address=nowhere) == {}


@pytest.mark.rule("CUS-13")
def test_all_reasons_are_told_beside_what_else_refuses(world: World) -> None:
    twin = a_wish(world, first_name="José", last_name="Núñez", phone="8015550177", email="jose@nunez.example")

    broken = refusal(world, evolve(twin, account_type=None))

    assert set(broken) == {"customer.duplicate", "customer.account_type_required"}
    candidates: Any = broken["customer.duplicate"].facts["candidates"]
    (candidate,) = candidates
    assert (candidate.name, candidate.stage, candidate.why) == ("Núñez & Sons", Stage.CUSTOMER, tuple(Likeness))
    assert broken["customer.duplicate"].sentence.startswith("There is a record like this one.")


@pytest.mark.rule("CUS-13")
def test_who_has_looked_goes_on(world: World) -> None:
    twin = a_wish(world, phone="8015550177")
    refusal(world, twin)

    view = world.do(evolve(twin, despite_duplicates=True), CustomerView)

    assert view.phone == "+18015550177"
    assert found(world, phone="8015550177") == {7: (Likeness.PHONE,), view.number: (Likeness.PHONE, Likeness.ADDRESS)}


@pytest.mark.rule("CUS-13", "ACC-19")
def test_a_company_that_does_not_check_is_not_told() -> None:
    world = World(duplicate_check=False)
    twin = a_wish(world, phone=world.maria.phone.number)

    assert world.do(twin, CustomerView).phone == world.maria.phone.number


@pytest.mark.rule("CUS-13", "ACC-18")
def test_who_may_not_see_a_candidate_is_told_that_there_is_one(world: World) -> None:
    other = a_customer(location=world.phoenix.id, number=9, phone=Phone("+18015550177"))
    lead = a_customer(location=world.provo.id, number=10, phone=Phone("+18015550177"), stage=Stage.LEAD)
    world.put(other, lead)
    clerk = world.actor((Permission.CUSTOMERS, Action.CREATE), (Permission.CUSTOMERS, Action.VIEW), at=world.provo.id)

    facts = refusal(world, a_wish(world, phone="8015550177"), by=clerk)["customer.duplicate"].facts
    asked = world.ask(FindDuplicates(location=world.provo.id, phone="8015550177"), DuplicatesView, by=clerk)

    assert (facts["count"], facts["candidates"]) == (asked.count, asked.candidates)
    assert asked.count == 3
    assert [each.number for each in asked.candidates] == [7]


@pytest.mark.rule("CUS-13")
def test_no_more_than_twenty_are_listed(world: World) -> None:
    for number in range(100, 121):
        world.put(a_customer(location=world.provo.id, number=number, phone=Phone("+18015550101")))

    asked = world.ask(FindDuplicates(location=world.provo.id, phone="8015550101"), DuplicatesView)

    assert (asked.count, [each.number for each in asked.candidates]) == (21, list(range(100, 120)))


@pytest.mark.rule("CUS-13")
def test_what_is_told_of_a_record_so_far_is_enough_to_ask() -> None:
    world = World(duplicate_check=False)

    asked = world.ask(FindDuplicates(location=world.provo.id, email="nobody@example.com"), DuplicatesView)
    lead = world.ask(FindDuplicates(stage=Stage.LEAD, phone=world.maria.phone.number), DuplicatesView)
    nothing = world.ask(FindDuplicates(location=world.provo.id), DuplicatesView)

    assert (asked.count, nothing.count) == (0, 0)
    assert [each.number for each in lead.candidates] == [1, 2]


@pytest.mark.rule("CUS-13", "ACC-12")
def test_who_may_not_create_there_finds_nothing_out(world: World) -> None:
    elsewhere = world.actor((Permission.CUSTOMERS, Action.CREATE), at=world.phoenix.id)
    question = FindDuplicates(location=world.provo.id, phone="8015550177")

    assert hidden(world, question, elsewhere) == "ACC-12"
    assert denial(world, a_wish(world, phone="8015550177"), elsewhere) == "ACC-12"


@pytest.mark.rule("CUS-13")
def test_what_has_changed_since_is_found_by_what_it_is_now(world: World) -> None:
    world.execute(ChangeCustomer(customer=JOSE, phone="8015550188", email=None))

    assert found(world, phone="8015550188") == {7: (Likeness.PHONE,)}
    assert found(world, phone="8015550177", email="jose@nunez.example") == {}


@pytest.mark.rule("CUS-13", "CUS-26")
def test_neither_a_change_nor_an_import_asks(world: World) -> None:
    world.execute(ChangeCustomer(customer=world.maria.id, phone="8015550177"))
    line = {
        "external_id": "A-1",
        "first_name": "José",
        "last_name": "Núñez",
        "phone": "8015550177",
        "account_type": "residential",
        "location": "Provo",
        "city": "Orem",
        "state": "UT",
    }

    assert world.do(ImportCustomers(lines=(ImportLine(line=1, values=line),)), ImportView).created == 1


LETTERS = st.text("abc", max_size=7)


def distance(one: str, other: str) -> int:
    """
    The edit distance, as it is defined.
    """

    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        same = one[i - 1] == other[j - 1]
        return min(between(i - 1, j) + 1, between(i, j - 1) + 1, between(i - 1, j - 1) + (not same))

    return between(len(one), len(other))


@given(one=LETTERS, other=LETTERS, most=st.integers(0, 3))
def test_edits_are_counted_as_the_definition_counts_them(one: str, other: str, most: int) -> None:
    assert within_edits(one, other, most) is (distance(one, other) <= most)


NAMES = st.frozensets(st.sampled_from(["josenunez", "josnune", "jonune", "mariaberg", "mariaberk"]), max_size=2)
TRAITS = st.builds(
    Traits,
    names=NAMES,
    phones=st.frozensets(st.sampled_from(["+18015550100", "+18015550101"]), max_size=2),
    email=st.sampled_from(["", "a@example.com", "b@example.com"]),
    address=st.sampled_from(["", "12 pine st orem ut", "13 pine st orem ut"]),
)


@pytest.mark.rule("CUS-13")
@given(one=TRAITS, other=TRAITS)
def test_records_are_alike_both_ways_and_share_a_key(one: Traits, other: Traits) -> None:
    near = any(distance(mine, its) <= 2 for mine in one.names for its in other.names)
    naive = {
        Likeness.PHONE: any(mine == its for mine in one.phones for its in other.phones),
        Likeness.EMAIL: one.email == other.email != "",
        Likeness.ADDRESS: one.address == other.address != "" and near,
    }

    assert likeness(one, other) == likeness(other, one) == tuple(why for why in Likeness if naive[why])
    assert not likeness(one, other) or one.keys & other.keys


def test_a_key_fits_into_an_index() -> None:
    """
    One letter may come to eighteen when it is folded.
    """
    customer = a_customer(address=Address(line1="\ufdfa" * 200, city="Orem", state="UT"))

    assert {len(key) for key in traits_of(customer).keys} == {12, 400}
