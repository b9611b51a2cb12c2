"""
What a search finds, how it is ranked, and how lists are sorted and paged (CUS-15).
"""

from collections.abc import Iterator
from typing import Unpack

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.customers.calculations import MATCHES, sought
from fieldops_core.customers.messages import ListCustomers
from fieldops_core.customers.model import Customer, Sort, search_text
from fieldops_core.customers.views import CustomersView
from fieldops_core.kernel.contact import Address, Email, Phone, PostalCode
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing import fields
from fieldops_core.testing.builders import a_customer
from tests.support.world import World

pytestmark = pytest.mark.rule("CUS-15")


def with_records(*records: Customer) -> World:
    world = World()
    for number, record in enumerate(records, 11):
        world.put(a_record(world, record, number))
    return world


def a_record(world: World, record: Customer, number: int) -> Customer:
    return evolve(record, number=number, location=world.provo.id)


def named(first: str, last: str, **given: Unpack[fields.CustomerFields]) -> Customer:
    return evolve(a_customer(**given), first_name=first, last_name=last)


def listed(world: World, **asked: object) -> CustomersView:
    return world.ask(evolve(ListCustomers(), **asked), CustomersView)  # type: ignore[arg-type]


def names(world: World, **asked: object) -> list[str]:
    return [each.name for each in listed(world, **asked).items]


def pages(world: World, **asked: object) -> Iterator[CustomersView]:
    after = None
    while True:
        page = listed(world, after=after, **asked)
        yield page
        if (after := page.next) is None:
            return


# --- what is found ----------------------------------------------------------------------------------

QUIMBY = named(
    "Zoë",
    "Quimby",
    business_name="Quimby & Söhne",
    external_id="Q-77",
    phone=Phone("+18015550142"),
    work_phone=Phone("+442079460958"),
    email=Email("z.quimby@beehive.example"),
    address=Address(line1="1280 Freedom Blvd", city="Saint George", state="UT", postal_code=PostalCode("84770-1234")),
)


@pytest.mark.parametrize(
    "search",
    [
        *("quimby", "uimb", "ZOE", "sohne", "Söhne", "zoë quimby", "quimby, zoë"),
        *("q-77", "77", "11", "5550142", "(801) 555-0142", "+1 801-555-01", "8015550", "20 7946 0958"),
        *("z.quimby@beehive.example", "beehive", "1280 freedom", "blvd", "saint geo", "84770", "84770-1234", "1234"),
        *("z", "zo", "sa q", "q 84"),
    ],
)
def test_a_record_is_found_by_names_numbers_phones_email_and_address(search: str) -> None:
    world = with_records(QUIMBY)

    assert "Quimby & Söhne" in names(world, search=search)


@pytest.mark.parametrize(
    "search", ["by", "im", "st q", "oe", "42", "quimby maria", "zoequimby", "ut", "8017", "5550143"]
)
def test_what_does_not_match_is_not_found(search: str) -> None:
    world = with_records(QUIMBY)

    assert names(world, search=search) == []


@pytest.mark.rule("ACC-14")
def test_nothing_confidential_is_searched() -> None:
    secrets = ("123-45-6789", "1980-01-31", "CONF77", "RECV88", "ABRT99")
    ssn, birthdate, *codes = map(Secret, secrets)
    record = named(
        "Ann",
        "Ames",
        ssn=ssn,
        birthdate=birthdate,
        confirmation_number=codes[0],
        receiver_number=codes[1],
        abort_code=codes[2],
    )
    world = with_records(record)

    assert [search_text(record).count(each.lower()[:4]) for each in secrets] == [0, 0, 0, 0, 0]
    for secret in secrets:
        assert names(world, search=secret) == []


@pytest.mark.parametrize("search", [None, "", "  ", "-", "?!"])
def test_a_search_for_nothing_lists_everything(search: str | None) -> None:
    assert len(listed(World(), search=search).items) == 2


@given(st.text(max_size=200))
def test_a_canadian_code_and_anything_else_make_terms_of_letters_and_digits(text: str) -> None:
    assert all(term.isalnum() for term in sought(text).terms)


@pytest.mark.parametrize(
    ("search", "terms"),
    [
        ("(801) 555-01", ("80155501",)),
        ("555-012", ("555", "012")),
        ("555-0123", ("5550123",)),
        ("84601-1234", ("84601", "1234")),
        ("12 Main 12", ("12", "main")),
        ("801 555 0123 smith", ("801", "555", "0123", "smith")),
    ],
)
def test_a_number_as_it_is_dialled_is_one_term(search: str, terms: tuple[str, ...]) -> None:
    assert sought(search).terms == terms


@pytest.mark.parametrize("search", ["a\0", "\ud800", "x" * 201])
def test_a_search_that_is_no_text_or_too_long_is_refused(search: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        listed(World(), search=search)

    assert refused.value.field == "search"


# --- how it is ranked -------------------------------------------------------------------------------


def test_exact_numbers_come_first_then_names_that_begin_so_then_the_rest_by_name() -> None:
    world = with_records(
        named("Ann", "Zimmer", email=Email("smith@beehive.example")),
        named("Paul", "Blacksmith"),
        named("Zed", "Smith"),
        named("Smith", "Young"),
        named("Eve", "Moss", external_id="Smith"),
        named("Adam", "Smithers"),
    )

    assert names(world, search="smith") == [
        "Eve Moss",
        "Zed Smith",
        "Adam Smithers",
        "Smith Young",
        "Paul Blacksmith",
        "Ann Zimmer",
    ]
    assert names(world, search="smith", sort=Sort.NEWEST)[0] == "Adam Smithers"
    assert names(world, search="smith", sort=Sort.NUMBER)[0] == "Ann Zimmer"
    assert names(world, search="13")[0] == "Zed Smith"


@pytest.mark.parametrize("sort", [None, *Sort])
def test_pages_of_a_search_make_up_all_of_it(sort: Sort | None) -> None:
    world = with_records(*(named("Ann", f"Smith{last}") for last in "cabbeda"))
    whole = names(world, search="ann smith", sort=sort)

    found = [each.name for page in pages(world, search="ann smith", sort=sort, limit=2) for each in page.items]

    assert (len(whole), found) == (7, whole)


def test_a_page_goes_on_where_it_was_whatever_came_or_went_before_it() -> None:
    world = with_records(*(named("Ann", f"Smith {last}") for last in "bdf"))
    for asked in ({"search": "smith"}, {"sort": Sort.NAME}):
        first = listed(world, limit=2, **asked)
        world.put(a_record(world, named("Ann", "Smith a"), 20 + len(asked)))
        world.put(a_record(world, named("Ann", "Smith e"), 30 + len(asked)))
        behind = [each.name for each in listed(world, after=first.next, **asked).items]
        assert not {each.name for each in first.items} & set(behind)
        assert "Ann Smith e" in behind
        world = with_records(*(named("Ann", f"Smith {last}") for last in "bdf"))


def test_of_more_than_1_000_matches_so_many_are_ranked_and_the_answer_says_so() -> None:
    world = World()
    many = [a_record(world, named("Ann", "Smith"), number) for number in range(10, 10 + MATCHES)]
    with world.storage.writing(world.company.id) as unit:
        unit.customers.add_all(many)

    def found(search: str) -> tuple[int, bool]:
        told = list(pages(world, search=search, limit=200))
        return sum(len(page.items) for page in told), any(page.more_matched for page in told)

    assert found("smith") == (MATCHES, False)
    world.put(a_record(world, named("Zoe", "Smithson", external_id="smith"), 5_000))
    assert found("smith") == (MATCHES, True)
    assert listed(world, search="smith").items[0].name == "Zoe Smithson"
    assert not listed(world).more_matched


# --- how lists are sorted ---------------------------------------------------------------------------


def test_lists_are_sorted_by_number_name_city_or_the_newest_first() -> None:
    places = ("Orem", "alta", "Ålesund")
    people = [
        named(first, last, business_name=business, address=Address(city=city, state="UT"))
        for (first, last, business), city in zip(
            (("Bo", "Young", ""), ("Al", "young", ""), ("", "", "Älpha & Co")), places, strict=True
        )
    ]
    world = with_records(*people)
    numbers = {sort: [each.number for each in listed(world, sort=sort).items if each.number > 10] for sort in Sort}

    assert numbers == {
        Sort.NUMBER: [11, 12, 13],
        Sort.NAME: [13, 12, 11],
        Sort.CITY: [13, 12, 11],
        Sort.NEWEST: [13, 12, 11],
    }


@pytest.mark.rule("API-04")
@pytest.mark.parametrize("cursor", ["x", "0", "", "MQ", "bnVtYmVyfDB8fC0x", "bnVtYmVyfDB8AHwx", "é"])
def test_what_is_no_cursor_of_the_list_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        listed(World(), after=cursor)

    assert (refused.value.code, refused.value.field) == ("cursor.invalid", "after")


@pytest.mark.rule("API-04")
def test_a_cursor_is_of_one_order() -> None:
    world = World()
    after = listed(world, limit=1, sort=Sort.NAME).next

    with pytest.raises(InvalidValue):
        listed(world, sort=Sort.CITY, after=after)


# --- who sees what ----------------------------------------------------------------------------------


@pytest.mark.rule("ACC-12", "ACC-18")
@pytest.mark.parametrize("search", [None, "ann"])
def test_a_list_holds_what_its_reader_may_view_of_either_stage(search: str | None) -> None:
    world = World()
    for number, (stage, at) in enumerate(
        ((Stage.CUSTOMER, world.provo), (Stage.LEAD, world.provo), (Stage.CUSTOMER, world.phoenix)), 11
    ):
        world.put(a_customer(number=number, stage=stage, location=at.id, first_name="Ann"))
    by_customers = world.actor((Permission.CUSTOMERS, Action.VIEW), at=world.provo.id)
    by_leads = world.actor((Permission.LEADS, Action.VIEW))

    def numbers(by: Actor) -> list[int]:
        view = world.ask(ListCustomers(search=search), CustomersView, by=by)
        return [each.number for each in view.items if each.number > 10]

    assert (numbers(world.owner), numbers(by_customers), numbers(by_leads)) == ([11, 12, 13], [11], [12])
