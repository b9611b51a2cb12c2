"""
Government regulations of a record's state and city, and what is fulfilled of them.
"""

from datetime import date, timedelta

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.messages import AttributeFields, CreateCatalogEntry
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, EntryId, Requirement
from fieldops_core.company.views import CatalogEntryView
from fieldops_core.customers.calculations import expires, is_of, regulated, unfulfilled
from fieldops_core.customers.messages import (
    ChangeFulfilment,
    FulfilRegulation,
    ListRegulations,
    RemoveFulfilment,
    ShowFulfilment,
)
from fieldops_core.customers.model import FULFILMENT_LIMIT, FulfilmentId, RegulationStatus
from fieldops_core.customers.views import FulfilmentView, RegulationsView
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.rules import Refused
from fieldops_core.testing.builders import PROVO_ADDRESS, a_catalog_entry, a_fulfilment
from tests.support.world import World, denial, hidden, refusal

pytestmark = pytest.mark.rule("CUS-24")
RECORD, MODIFY = ((Permission.CUSTOMERS, action) for action in (Action.VIEW, Action.MODIFY))
TODAY = date(2026, 5, 25)
DAY = timedelta(days=1)
MISSING, FULFILLED, EXPIRED = RegulationStatus


def a_regulation(
    name: str = "Alarm permit", *, state: str = "UT", city: str = "", months: int | None = 12, active: bool = True
) -> CatalogEntry:
    attributes = Attributes(requirement=Requirement.PERMIT, state=state, city=city, months=months)
    return a_catalog_entry(catalog=Catalog.REGULATIONS, name=name, attributes=attributes, active=active)


PERMIT, FEE = a_regulation(city="Provo"), a_regulation("State fee", months=None)
OREM, NEVADA, FORMER = (
    a_regulation("Orem permit", city="Orem"),
    a_regulation("Nevada permit", state="NV"),
    a_regulation("Former permit", active=False),
)


@pytest.fixture
def world() -> World:
    """
    Maria lives in Provo.
    """
    world = World(government_regulations=True)
    world.put(PERMIT, FEE, OREM, NEVADA, FORMER)
    world.maria = world.replace(world.maria, address=PROVO_ADDRESS)
    return world


def fulfil(world: World, regulation: CatalogEntry = PERMIT, on: date = TODAY) -> FulfilRegulation:
    return FulfilRegulation(customer=world.maria.id, regulation=regulation.id, fulfilled_on=on, number="P-1")


def fulfilled(world: World, regulation: CatalogEntry = PERMIT, on: date = TODAY) -> FulfilmentId:
    return FulfilmentId(world.do(fulfil(world, regulation, on), FulfilmentView).id)


def listed(world: World) -> dict[str, RegulationStatus]:
    view = world.ask(ListRegulations(customer=world.maria.id), RegulationsView)
    return {each.name: each.status for each in view.items}


# --- which there are --------------------------------------------------------------------------------


def test_a_record_has_the_regulations_of_its_state_and_city(world: World) -> None:
    assert listed(world) == {"Alarm permit": MISSING, "State fee": MISSING}

    (permit, _) = world.ask(ListRegulations(customer=world.maria.id), RegulationsView).items
    assert (permit.requirement, permit.state, permit.city) == (Requirement.PERMIT, "UT", "Provo")
    assert (permit.months, permit.amount, permit.applies, permit.fulfilments) == (12, None, True, ())


@pytest.mark.parametrize(
    ("regulation", "address", "there"),
    [
        (PERMIT, Address(city=" PROVO", state="UT"), True),
        (PERMIT, Address(city="Orem", state="UT"), False),
        (PERMIT, Address(city="Provo", state="NV"), False),
        (FEE, Address(city="Orem", state="UT"), True),
        (FEE, Address(), False),
    ],
)
def test_a_regulation_is_of_a_state_or_of_a_city_of_it(regulation: CatalogEntry, address: Address, there: bool) -> None:
    assert is_of(regulation, address) is there


def test_one_that_was_fulfilled_is_listed_wherever_it_is_from_and_warns_of_nothing() -> None:
    found = regulated(
        [NEVADA, FORMER, PERMIT],
        [a_fulfilment(regulation=each.id) for each in (NEVADA, FORMER)],
        PROVO_ADDRESS,
        TODAY,
    )

    assert [(each.regulation.name, each.applies, each.status) for each in found] == [
        ("Alarm permit", True, MISSING),
        ("Former permit", False, EXPIRED),
        ("Nevada permit", False, EXPIRED),
    ]
    assert unfulfilled(found) == 1


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        (TODAY, TODAY, FULFILLED),
        (TODAY - DAY, TODAY - DAY, EXPIRED),
        (TODAY - DAY, None, FULFILLED),
        (TODAY + DAY, None, MISSING),
    ],
)
def test_a_fulfilment_holds_from_its_first_to_its_last_day(
    first: date, last: date | None, status: RegulationStatus
) -> None:
    one = a_fulfilment(regulation=FEE.id, fulfilled_on=first, expires_on=last)

    (found,) = regulated([FEE], [one], PROVO_ADDRESS, TODAY)

    assert found.status is status
    assert unfulfilled([found]) == (status is not FULFILLED)


@pytest.mark.parametrize(
    ("since", "months", "until"),
    [
        (date(2025, 5, 1), 12, date(2026, 4, 30)),
        (date(2025, 5, 25), 12, date(2026, 5, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 14)),
        (date(2025, 5, 1), None, None),
        (date(2199, 12, 1), 1_200, None),
    ],
)
def test_what_is_fulfilled_holds_for_months(since: date, months: int | None, until: date | None) -> None:
    assert expires(since, months) == until


# --- fulfilling -------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-17")
def test_a_fulfilment_has_a_number_and_dates(world: World) -> None:
    view = world.ask(ShowFulfilment(fulfilment=fulfilled(world)), FulfilmentView)

    assert (view.regulation.name, view.number, view.fulfilled_on) == ("Alarm permit", "P-1", TODAY)
    assert view.expires_on == date(2027, 5, 24)
    assert view.created_by is not None
    assert listed(world) == {"Alarm permit": FULFILLED, "State fee": MISSING}
    for_ever = evolve(fulfil(world), expires_on=None)
    assert world.do(for_ever, FulfilmentView).expires_on is None
    assert world.do(fulfil(world, FEE), FulfilmentView).expires_on is None


def test_what_is_of_another_place_or_no_longer_in_force_is_not_fulfilled(world: World) -> None:
    assert refusal(world, fulfil(world, OREM))["regulation.elsewhere"].facts["place"] == "Orem, UT"
    assert refusal(world, fulfil(world, NEVADA))["regulation.elsewhere"].facts["place"] == "NV"
    assert set(refusal(world, fulfil(world, FORMER))) == {"regulation.inactive"}
    for stranger in (world.referral.id, EntryId(world.ids())):
        with pytest.raises(NotFound):
            world.execute(evolve(fulfil(world), regulation=stranger))


def test_a_record_has_a_limited_number_of_fulfilments(world: World) -> None:
    for _ in range(FULFILMENT_LIMIT - 1):
        world.put(a_fulfilment(customer=world.maria.id, regulation=FEE.id))
    fulfilled(world)

    assert refusal(world, fulfil(world))["fulfilments.too_many"].facts == {"limit": FULFILMENT_LIMIT}


def test_a_fulfilment_is_changed_and_removed(world: World) -> None:
    id = fulfilled(world, on=TODAY - 800 * DAY)
    assert listed(world)["Alarm permit"] is EXPIRED
    with pytest.raises(Stale):
        world.execute(ChangeFulfilment(fulfilment=id, number="P-2"), expected_version=2)

    change = ChangeFulfilment(fulfilment=id, number="P-2", expires_on=TODAY)
    view = world.do(change, FulfilmentView, expected_version=1)
    assert (view.number, view.expires_on, view.version) == ("P-2", TODAY, 2)
    assert listed(world)["Alarm permit"] is FULFILLED

    world.execute(RemoveFulfilment(fulfilment=id), expected_version=2)
    assert listed(world)["Alarm permit"] is MISSING
    with world.storage.reading(world.company.id) as unit:
        assert len(unit.history.of("fulfilment", id)) == 3


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"number": "1" * 101}, "text.too_long"),
        ({"expires_on": TODAY - DAY}, "fulfilment.expired_before"),
        ({"fulfilled_on": date(1899, 12, 31)}, "date.out_of_range"),
    ],
)
def test_numbers_and_dates_are_sensible(world: World, given: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        world.execute(evolve(fulfil(world), **given))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == (code, next(iter(given)))


# --- who may, and where it is enabled ---------------------------------------------------------------


def test_without_the_setting_there_are_no_regulations() -> None:
    world = World()
    world.put(PERMIT)

    assert set(refusal(world, fulfil(world))) == {"regulations.off"}
    with pytest.raises(Refused):
        world.ask(ListRegulations(customer=world.maria.id), RegulationsView)


@pytest.mark.rule("ACC-12")
def test_who_changes_the_record_tells_what_is_fulfilled(world: World) -> None:
    id = fulfilled(world)
    for question in (ShowFulfilment(fulfilment=id), ListRegulations(customer=world.maria.id)):
        world.ask(question, object, by=world.actor(RECORD, at=world.provo.id))
        assert hidden(world, question, by=world.actor(RECORD, at=world.phoenix.id)) == "ACC-12"
    for command in (fulfil(world), ChangeFulfilment(fulfilment=id, number="P-3"), RemoveFulfilment(fulfilment=id)):
        assert denial(world, command, by=world.actor(MODIFY)) == "ACC-12"
        assert denial(world, command, by=world.actor(RECORD)) == "ACC-18"
        world.execute(command, by=world.actor(RECORD, MODIFY, at=world.provo.id))


@pytest.mark.rule("ACC-20")
def test_a_regulation_has_a_requirement_and_a_state(world: World) -> None:
    def new(**given: object) -> CreateCatalogEntry:
        attributes = evolve(AttributeFields(), **given)  # type: ignore[arg-type]
        return CreateCatalogEntry(catalog=Catalog.REGULATIONS, name="New", attributes=attributes)

    facts = refusal(world, new(state="UT"))["attribute.required"].facts
    assert facts["names"] == "requirement"
    with pytest.raises(InvalidValue) as refused:
        world.execute(new(requirement=Requirement.FEE, state="XX"))
    assert (refused.value.code, refused.value.field) == ("attribute.invalid", "attributes.state")
    view = world.do(new(requirement=Requirement.FEE, state="UT", city=" Provo "), CatalogEntryView)
    assert view.attributes is not None
    assert (view.attributes.state, view.attributes.city) == ("UT", "Provo")
