"""
Addresses are looked up after they were saved, and suggested while they are typed (CUS-14).
"""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.customers.messages import (
    ChangeCustomer,
    CreateCustomer,
    FinishLookup,
    ImportCustomers,
    ImportLine,
    LookUpAddresses,
    ShowCustomer,
    SuggestAddresses,
)
from fieldops_core.customers.model import AccountType, CustomerId, Located, Verification
from fieldops_core.customers.views import CustomerView, LookupsView, SuggestionsView
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.testing.addresses import KnownAddresses
from fieldops_core.testing.builders import a_customer
from tests.support.world import DENVER_CITY, World, hidden, refusal

PINE, HOUSE, STREET = Point(40.3, -111.7), "12 Pine St", "Elm St"
MIDDLE = Point(40.31, -111.69)


class ZipMiddle:
    """
    Knows where 84057 is, more or less.
    """

    def locate(self, address: Address) -> Located | None:
        known = address.postal_code is not None and address.postal_code.code == "84057"
        return Located(point=MIDDLE, estimate=True) if known else None

    def state_of(self, _: PostalCode) -> str | None:
        return None


def a_world(**settings: Any) -> tuple[World, KnownAddresses]:
    world = World(**settings)
    service = KnownAddresses(
        streets={HOUSE: Located(point=PINE, estimate=False), STREET: Located(point=PINE, estimate=True)}
    )
    world.ports = evolve(world.ports, geocoder=ZipMiddle(), addresses=service)
    world.ops = world.engine()
    return world, service


def at(line1: str, code: str | None = None) -> Address:
    return Address(line1=line1, city="Orem", state="UT", postal_code=PostalCode(code) if code else None)


def created(world: World, line1: str = HOUSE, code: str | None = None, **given: Any) -> CustomerView:
    command = CreateCustomer(
        first_name="Zora",
        last_name="Quist",
        phone="801 555 0199",
        account_type=AccountType.RESIDENTIAL,
        location=world.provo.id,
        address=at(line1, code),
    )
    return world.do(evolve(command, **given), CustomerView)


def shown(world: World, view: CustomerView) -> CustomerView:
    return world.ask(ShowCustomer(customer=CustomerId(view.id)), CustomerView)


@pytest.mark.rule("CUS-14")
def test_a_record_is_saved_without_coordinates_and_gets_them_after_the_commit() -> None:
    world, service = a_world()

    saved = created(world)

    assert (saved.coordinates, service.asked) == (None, [])
    assert world.ops.look_up() == 1
    there = shown(world, saved)
    assert (there.coordinates, there.coordinates_are_estimate, there.version) == (PINE, False, 2)
    assert service.asked == [at(HOUSE)]
    assert world.ops.look_up() == 0


@pytest.mark.rule("CUS-14")
def test_an_estimate_is_there_at_once_and_gives_way_to_what_is_found() -> None:
    world, _ = a_world()
    exact, street, nowhere = (created(world, line, "84057") for line in (HOUSE, STREET, "99 Nowhere"))
    assert (exact.coordinates, exact.coordinates_are_estimate) == (MIDDLE, True)

    assert world.ops.look_up() == 3

    found = [shown(world, each) for each in (exact, street, nowhere)]
    assert [(each.coordinates, each.coordinates_are_estimate) for each in found] == [
        (PINE, False),
        (PINE, True),
        (MIDDLE, True),
    ]
    assert found[2].version == 1
    world.clock.advance(minutes=60)
    assert world.ops.look_up() == 0


@pytest.mark.rule("CUS-14")
def test_coordinates_that_were_sent_are_not_looked_up() -> None:
    world, service = a_world()

    saved = created(world, point=DENVER_CITY)

    assert world.ops.look_up() == 0
    assert (shown(world, saved).coordinates, service.asked) == (DENVER_CITY, [])


@pytest.mark.rule("CUS-14", "CUS-26")
def test_imported_records_are_looked_up_likewise() -> None:
    world, _ = a_world()
    line = {"first_name": "Zora", "last_name": "Quist", "phone": "8015550199", "account_type": "residential"}
    where = {"location": "Provo", "line1": HOUSE, "city": "Orem", "state": "UT"}
    lines = tuple(ImportLine(line=each, values={**line, **where, "external_id": f"A-{each}"}) for each in range(1, 4))

    world.execute(ImportCustomers(lines=lines))

    assert world.ops.look_up(limit=2) == 2
    assert world.ops.look_up(limit=2) == 1


@pytest.mark.rule("CUS-14")
def test_a_changed_address_drops_old_coordinates_first_and_is_looked_up() -> None:
    world, _ = a_world()
    saved = created(world)
    world.ops.look_up()

    moved = world.do(ChangeCustomer(customer=CustomerId(saved.id), address=at(STREET)), CustomerView)

    assert moved.coordinates is None
    assert world.ops.look_up() == 1
    assert (shown(world, saved).coordinates, shown(world, saved).coordinates_are_estimate) == (PINE, True)


@pytest.mark.rule("CUS-14")
def test_what_was_found_for_an_address_that_is_no_more_is_not_kept() -> None:
    world, _ = a_world()
    saved = created(world)
    id = CustomerId(saved.id)
    world.execute(ChangeCustomer(customer=id, address=at(STREET)))
    late = FinishLookup(customer=id, address=at(HOUSE), found=Located(point=DENVER_CITY, estimate=False))

    assert world.do(late, LookupsView, by=evolve(world.owner, user=None)).wait == 1
    assert shown(world, saved).coordinates is None
    assert world.ops.look_up() == 1


@pytest.mark.rule("CUS-14")
def test_another_name_asks_nobody() -> None:
    world, service = a_world()
    saved = created(world, "99 Nowhere")
    world.ops.look_up()

    world.execute(ChangeCustomer(customer=CustomerId(saved.id), spouse="Jon"))

    assert world.ops.look_up() == 0
    assert len(service.asked) == 1


@pytest.mark.rule("CUS-14")
def test_coordinates_that_are_sent_meanwhile_end_the_waiting() -> None:
    world, service = a_world()
    saved = created(world)

    world.execute(ChangeCustomer(customer=CustomerId(saved.id), point=DENVER_CITY))

    assert (world.ops.look_up(), service.asked) == (0, [])


@pytest.mark.rule("CUS-14")
def test_a_service_that_is_down_is_asked_again_later_and_later_and_in_the_end_no_more() -> None:
    world, service = a_world()
    saved = created(world)
    service.down = True
    waits, since = [], world.clock()
    while world.ops.look_up():
        before = world.clock()
        while not due(world) and world.clock() - before < timedelta(days=3):
            world.clock.advance(minutes=1)
        waits.append((world.clock() - before) // timedelta(minutes=1))

    assert waits[:-1] == [1, 3, 9, 27, 81, 243, 729]
    assert len(service.asked) == 8
    assert shown(world, saved).coordinates is None
    assert world.clock() - since > timedelta(hours=18)


def due(world: World) -> bool:
    """
    Whether something is due, without claiming it for longer than nothing.
    """
    return bool(world.storage.claim_lookups(1, now=world.clock(), lease_seconds=0))


@pytest.mark.rule("CUS-14")
def test_a_service_that_is_down_is_asked_for_one_and_the_others_wait() -> None:
    world, service = a_world()
    for _ in range(3):
        created(world)
    service.down = True

    assert world.ops.look_up() == 1

    service.down = False
    world.clock.advance(minutes=5)
    assert world.ops.look_up() == 3


@pytest.mark.rule("CUS-14")
def test_who_has_no_service_keeps_nothing_waiting() -> None:
    world, service = a_world()
    service.looks_up = False
    world.ops = world.engine()

    saved = created(world)

    assert (world.ops.look_up(), service.asked, saved.coordinates) == (0, [], None)
    service.looks_up = True
    world.ops = world.engine()
    assert world.ops.look_up() == 0


@pytest.mark.rule("CUS-14")
def test_addresses_of_before_are_looked_up_at_an_operators_word() -> None:
    world, service = a_world()
    nowhere = a_customer(location=world.provo.id, number=8, point=None, address=at(HOUSE))
    near = a_customer(location=world.provo.id, number=9, point=MIDDLE, point_is_estimate=True, address=at(HOUSE))
    world.put(nowhere, near)
    system = evolve(world.owner, user=None)

    assert world.do(LookUpAddresses(), LookupsView, by=system).wait == 1
    assert world.ops.look_up() == 1
    assert world.do(LookUpAddresses(estimates=True), LookupsView, by=system).wait == 1
    assert world.ops.look_up() == 1
    assert len(service.asked) == 2


@pytest.mark.rule("CUS-14")
def test_without_a_service_the_operator_is_told() -> None:
    assert set(refusal(World(), LookUpAddresses(), by=evolve(World().owner, user=None))) == {"addresses.no_service"}


@pytest.mark.rule("CUS-14")
def test_the_system_alone_looks_up() -> None:
    world, _ = a_world()
    found = Located(point=DENVER_CITY, estimate=False)

    for command in (LookUpAddresses(), FinishLookup(customer=world.maria.id, address=world.maria.address, found=found)):
        with pytest.raises(Exception, match="permission"):
            world.execute(command)


@pytest.mark.rule("CUS-14", "ACC-19")
@pytest.mark.parametrize(
    ("line", "badge"),
    [
        (HOUSE, Verification.VERIFIED),
        (STREET, Verification.NOT_VERIFIED),
        ("99 Nowhere", Verification.NOT_VERIFIED),
    ],
)
def test_an_address_is_verified_where_the_company_wants_it(line: str, badge: Verification) -> None:
    wanted, _ = a_world(address_verification=True)
    other, _ = a_world(address_verification=False)
    saved, unasked = created(wanted, line), created(other, line)
    assert saved.address_verification is Verification.UNKNOWN

    for world in (wanted, other):
        world.ops.look_up()

    assert shown(wanted, saved).address_verification is badge
    assert shown(other, unasked).address_verification is Verification.UNKNOWN


@pytest.mark.rule("CUS-14")
def test_verification_leaves_coordinates_alone_that_somebody_sent() -> None:
    world, _ = a_world(address_verification=True)
    saved = created(world, point=DENVER_CITY)

    assert world.ops.look_up() == 1

    there = shown(world, saved)
    assert (there.coordinates, there.address_verification) == (DENVER_CITY, Verification.VERIFIED)


@pytest.mark.rule("CUS-14")
def test_another_address_is_not_verified_by_the_old_one() -> None:
    world, _ = a_world(address_verification=True)
    saved = created(world)
    world.ops.look_up()

    moved = world.do(ChangeCustomer(customer=CustomerId(saved.id), address=at("13 Pine St")), CustomerView)
    renamed = world.do(ChangeCustomer(customer=CustomerId(saved.id), spouse="Jon"), CustomerView)

    assert (moved.address_verification, renamed.address_verification) == (Verification.UNKNOWN,) * 2


@pytest.mark.rule("CUS-14", "CUS-16")
def test_the_history_says_that_the_system_found_it() -> None:
    world, _ = a_world()
    saved = created(world)
    world.ops.look_up()

    with world.storage.reading(world.company.id) as unit:
        entry = unit.history.of("customer", saved.id)[0]

    assert (entry.actor, entry.source) == (None, Source.SYSTEM)
    assert {each.field for each in entry.changes} == {"point"}


@pytest.mark.rule("CUS-14")
def test_who_types_is_told_addresses() -> None:
    world, _ = a_world()

    (house,) = world.ask(SuggestAddresses(text="12 p"), SuggestionsView).items

    assert (house.address.line1, house.coordinates, house.estimate) == (HOUSE, PINE, False)
    assert world.ask(SuggestAddresses(text=" "), SuggestionsView).items == ()


@pytest.mark.rule("CUS-14", "ACC-18")
def test_who_edits_no_records_is_told_none() -> None:
    world, _ = a_world()
    question = SuggestAddresses(text="12")

    hidden(world, question, world.actor((Permission.CUSTOMERS, Action.VIEW)))
    clerk = world.actor((Permission.LEADS, Action.CREATE), at=world.phoenix.id)
    assert len(world.ask(question, SuggestionsView, by=clerk).items) == 1


@pytest.mark.rule("CUS-14", "CUS-19")
def test_what_is_found_far_away_is_followed_by_no_move() -> None:
    world, service = a_world()
    visit = world.book("2026-05-27T13:00")
    world.execute(ChangeCustomer(customer=world.maria.id, address=at("1 Far Away", "84057")))
    service.streets["1 Far Away"] = Located(point=DENVER_CITY, estimate=False)

    assert world.ops.look_up() == 1

    assert world.appointment(visit.id).version == 1
