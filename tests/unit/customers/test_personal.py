"""
The personal section, its confidential fields, and what becomes of an address.
"""

from typing import Any
from unicodedata import combining, normalize

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.access.rules import CONFIDENTIAL
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, ListCustomers, ShowCustomer
from fieldops_core.customers.model import AccountType, CustomerId, Located, folded
from fieldops_core.customers.views import CustomersView, CustomerView
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import Forbidden, InvalidValue, Stale
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.builders import PROVO_ADDRESS
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting
from tests.support.world import World, refusal

VIEW, MODIFY, CREATE = Action.VIEW, Action.MODIFY, Action.CREATE
CLERK = (
    (Permission.CUSTOMERS, VIEW),
    (Permission.CUSTOMERS, MODIFY),
    (Permission.CUSTOMERS, CREATE),
    (Permission.CONTACT_INFORMATION, MODIFY),
    (Permission.INSTALLATION_INFORMATION, VIEW),
    (Permission.INSTALLATION_INFORMATION, MODIFY),
)
SSN = Secret("528-11-2233")


class TownGeocoder:
    """
    Knows Provo and nothing else.
    """

    def locate(self, address: Address) -> Located | None:
        return Located(point=Point(40.25, -111.67), estimate=True) if address.city == "Provo" else None

    def state_of(self, code: PostalCode) -> str | None:
        return {"84601": "UT", "00501": "NY"}.get(code.code)


def a_world() -> World:
    world = World()
    ports = Ports(
        phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness(), geocoder=TownGeocoder()
    )
    world.ops = FieldOps(storage=world.storage, clock=world.clock, ids=world.ids, ports=ports)
    return world


def a_wish(world: World, **given: Any) -> CreateCustomer:
    command = CreateCustomer(
        first_name="Maria",
        last_name="Nielsen",
        phone="801 555 0100",
        account_type=AccountType.RESIDENTIAL,
        location=world.provo.id,
        address=PROVO_ADDRESS,
    )
    given = {**(world.of_lead if given.get("stage") is Stage.LEAD else {}), **given}
    return evolve(command, **given)


def created(world: World, *, by: Actor | None = None, **given: Any) -> CustomerView:
    return world.do(a_wish(world, **given), CustomerView, by=by)


def changed(world: World, id: object, *, by: Actor | None = None, **given: Any) -> CustomerView:
    return world.do(ChangeCustomer(customer=CustomerId(id), **given), CustomerView, by=by)  # type: ignore[arg-type]


@pytest.mark.rule("CUS-01")
def test_numbers_count_up_and_are_never_reused() -> None:
    world = a_world()

    first, second = created(world), created(world)

    assert second.number == first.number + 1
    assert created(world, stage=Stage.LEAD).number == second.number + 1


@pytest.mark.rule("CUS-02")
def test_the_personal_section_is_kept_and_answered() -> None:
    world = a_world()
    given: dict[str, Any] = {
        "work_phone": "801 555 0101",
        "cell_phone": "+18015550102",
        "email": "Maria@Example.com",
        "county": "Utah",
        "cross_street": "5th West",
        "language": "es",
        "best_time": "evenings",
        "spouse": "Jon",
        "birthdate": Secret("1980-01-31"),
        "ssn": Secret("528112233"),
    }

    view = created(world, **given)

    assert (view.work_phone, view.cell_phone, view.email) == ("+18015550101", "+18015550102", "Maria@example.com")
    assert (view.county, view.cross_street, view.language, view.best_time, view.spouse) == (
        "Utah",
        "5th West",
        "es",
        "evenings",
        "Jon",
    )
    assert (view.birthdate, view.ssn) == ("1980-01-31", "528-11-2233")


@pytest.mark.rule("CUS-02")
def test_what_a_record_cannot_do_without_is_refused_all_at_once() -> None:
    world = a_world()
    bare = a_wish(world, first_name="", account_type=None, address=Address())

    assert set(refusal(world, bare)) == {
        "customer.name_required",
        "customer.account_type_required",
        "customer.address_required",
    }
    assert created(world, first_name="", account_type=AccountType.COMMERCIAL, business_name="Nielsen Inc").name
    assert created(world, stage=Stage.LEAD, account_type=None)
    assert "customer.location_required" in refusal(world, a_wish(world, location=None))


@pytest.mark.rule("CUS-02")
def test_external_ids_are_unique_in_the_company() -> None:
    world = a_world()
    created(world, external_id="A1")

    assert set(refusal(world, a_wish(world, external_id="A1"))) == {"customer.external_id_taken"}


@pytest.mark.rule("CUS-03")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12"),
        ("work_phone", "call me"),
        ("email", "maria@"),
        ("birthdate", Secret("31.1.1980")),
        ("birthdate", Secret("1890-01-01")),
        ("ssn", Secret("528-11-223")),
    ],
)
def test_a_value_that_is_none_is_refused_by_its_field(field: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as invalid:
        created(a_world(), **{field: value})
    assert invalid.value.field == field


@pytest.mark.rule("CUS-03")
def test_a_postal_code_is_its_countrys_and_22_is_none() -> None:
    assert Address(state="UT", postal_code=PostalCode("84601-1234")).postal_code == PostalCode("84601-1234")
    assert Address(state="ON", postal_code=PostalCode("k1a0b1")).postal_code == PostalCode("K1A 0B1")
    assert Address(postal_code=PostalCode("84601"))
    for make in (
        lambda: PostalCode("22"),
        lambda: Address(state="ON", postal_code=PostalCode("84601")),
        lambda: Address(state="UT", postal_code=PostalCode("K1A 0B1")),
        lambda: Address(postal_code=PostalCode("84601-1234")),
    ):
        with pytest.raises(InvalidValue):
            make()


@pytest.mark.rule("CUS-02")
def test_a_record_keeps_its_primary_phone_and_gives_up_its_others() -> None:
    world = a_world()
    id = created(world, work_phone="801 555 0101", email="a@b.org", ssn=SSN).id

    with pytest.raises(InvalidValue):
        changed(world, id, phone="")
    bare = changed(world, id, work_phone="", email=None, ssn=Secret(""))
    assert (bare.work_phone, bare.email, bare.ssn) == (None, None, None)


# --- confidential fields ---------------------------------------------------------------------------

TEXTS = {
    "ssn": "528-11-2233",
    "birthdate": "1980-01-31",
    "confirmation_number": "C-77",
    "receiver_number": "R-77",
    "abort_code": "tulip",
}


SECRETS: dict[str, Any] = {name: Secret(text) for name, text in TEXTS.items()}


def confidential(view: CustomerView, field: str) -> str | None:
    where = view.installation if field.endswith(("number", "code")) else view
    value = getattr(where, field)
    assert value is None or isinstance(value, str)
    return value


@pytest.mark.rule("ACC-14")
@pytest.mark.parametrize("field", CONFIDENTIAL)
def test_each_confidential_field_is_shown_to_its_own_permission_alone(field: str) -> None:
    world = a_world()
    id = CustomerId(created(world, **SECRETS).id)
    others = tuple((permission, VIEW) for name, permission in CONFIDENTIAL.items() if name != field)

    masked = world.ask(ShowCustomer(customer=id), CustomerView, by=world.actor(*CLERK, *others))
    shown = world.ask(ShowCustomer(customer=id), CustomerView, by=world.actor(*CLERK, (CONFIDENTIAL[field], VIEW)))

    assert confidential(masked, field) == "***"
    assert confidential(shown, field) == TEXTS[field]
    listed = world.ask(ListCustomers(), CustomersView, by=world.actor(*CLERK)).items
    assert {confidential(each, field) for each in listed} == {"***", None}


@pytest.mark.rule("ACC-14")
def test_history_and_events_hold_no_confidential_text() -> None:
    world = a_world()
    id = CustomerId(created(world, **SECRETS).id)
    changed(world, id, ssn=Secret("528-11-9999"))

    with world.storage.writing(world.company.id) as unit:
        told = repr(unit.history.of("customer", id))
    told += repr(world.storage.claim(100, now=world.clock(), lease_seconds=1))

    assert not [text for text in (*TEXTS.values(), "528-11-9999") if text in told]


@pytest.mark.rule("ACC-15")
def test_an_ssn_may_be_entered_where_none_is_stored_and_changed_by_who_may_see_it() -> None:
    world = a_world()
    clerk, chief = world.actor(*CLERK), world.actor(*CLERK, (Permission.SSN, VIEW))
    id = created(world, by=clerk).id

    assert changed(world, id, by=clerk, ssn=SSN).ssn == "***"
    with pytest.raises(Forbidden) as refused:
        changed(world, id, by=clerk, ssn=Secret("528-11-9999"))
    assert refused.value.rule == "ACC-15"
    with pytest.raises(Forbidden):
        changed(world, id, by=clerk, ssn=None)
    assert changed(world, id, by=chief, ssn=Secret("528-11-9999")).ssn == "528-11-9999"


@pytest.mark.rule("ACC-15")
@pytest.mark.parametrize("field", CONFIDENTIAL)
def test_writing_back_the_mask_changes_nothing(field: str) -> None:
    world = a_world()
    id = CustomerId(world.do(a_wish(world, **{field: SECRETS[field]}), CustomerView).id)

    changed(world, id, by=world.actor(*CLERK), **{field: Secret("***"), "spouse": "Jon"})

    assert confidential(world.ask(ShowCustomer(customer=id), CustomerView), field) == TEXTS[field]


@pytest.mark.rule("ACC-13")
def test_the_installation_section_is_absent_without_view_and_refuses_without_modify() -> None:
    world = a_world()
    id = CustomerId(created(world, abort_code=Secret("tulip")).id)
    without = tuple(grant for grant in CLERK if grant[0] is not Permission.INSTALLATION_INFORMATION)
    reader = world.actor(*without, (Permission.INSTALLATION_INFORMATION, VIEW))

    assert world.ask(ShowCustomer(customer=id), CustomerView, by=world.actor(*without)).installation is None
    assert world.ask(ShowCustomer(customer=id), CustomerView, by=reader).installation is not None
    with pytest.raises(Forbidden):
        changed(world, id, by=reader, receiver_number=Secret("R-1"))
    assert changed(world, id, by=world.actor(*CLERK), receiver_number=Secret("R-1"))


@pytest.mark.rule("ACC-13")
def test_without_contact_information_the_personal_section_is_shown_and_refuses_change() -> None:
    world = a_world()
    id = created(world, spouse="Jon").id
    reader = world.actor((Permission.CUSTOMERS, VIEW), (Permission.CUSTOMERS, MODIFY))

    assert world.ask(ShowCustomer(customer=CustomerId(id)), CustomerView, by=reader).spouse == "Jon"
    changes: list[dict[str, Any]] = [
        {"spouse": "Jim"},
        {"email": "a@b.org"},
        {"cell_phone": "8015550199"},
        {"ssn": SSN},
    ]
    for change in changes:
        with pytest.raises(Forbidden):
            changed(world, id, by=reader, **change)


# --- address, editing together, search ----------------------------------------------------------------


@pytest.mark.rule("CUS-14")
def test_an_address_is_looked_up_and_marked_and_one_that_is_not_found_is_saved_all_the_same() -> None:
    world = a_world()
    nowhere = Address(city="Elsewhere", state="UT")

    found, lost = created(world), created(world, address=nowhere)
    sent = created(world, point=Point(40.3, -111.7))

    assert (found.coordinates, found.coordinates_are_estimate) == (Point(40.25, -111.67), True)
    assert (lost.coordinates, lost.coordinates_are_estimate) == (None, False)
    assert (sent.coordinates, sent.coordinates_are_estimate) == (Point(40.3, -111.7), False)


@pytest.mark.rule("CUS-14")
def test_a_changed_address_drops_old_coordinates_first() -> None:
    world = a_world()
    id = created(world, point=Point(40.3, -111.7)).id

    assert changed(world, id, spouse="Jon").coordinates == Point(40.3, -111.7)
    assert changed(world, id, address=Address(city="Elsewhere", state="UT")).coordinates is None
    assert changed(world, id, address=PROVO_ADDRESS).coordinates_are_estimate


@pytest.mark.rule("CUS-11", "STO-04")
def test_a_stale_save_is_refused_with_what_changed_since_and_by_whom() -> None:
    world = a_world()
    id = CustomerId(created(world).id)
    other = world.actor(*CLERK)
    changed(world, id, by=other, spouse="Jon", ssn=SSN)
    changed(world, id, by=other, best_time="mornings")

    with pytest.raises(Stale) as stale:
        world.execute(ChangeCustomer(customer=id, spouse="Jim"), expected_version=1)

    told = [(each["field"], each["old"], each["new"], each["by"]) for each in stale.value.changes]
    assert told == [
        ("best_time", "", "mornings", other.user),
        ("spouse", "", "Jon", other.user),
        ("ssn", None, "***", other.user),
    ]
    assert world.ask(ShowCustomer(customer=id), CustomerView).spouse == "Jon"


@pytest.mark.rule("CUS-15")
@given(st.text() | st.text("aÄß_²٣ﬀ-é·́Ⅷℌ 1"))
def test_words_are_letters_and_digits_without_case_and_accents(text: str) -> None:
    bare = (letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    naive = "".join(letter if letter.isalnum() else " " for letter in "".join(bare).casefold()).split()

    assert folded(text) == tuple(naive)


@pytest.mark.rule("CUS-15")
@pytest.mark.parametrize(
    "search", ["maria", "NIELSEN mar", "Müller", "555-0177", "(801) 555 0177", "provo", "nielsen provo", "sons"]
)
def test_records_are_found_by_words_of_name_business_phone_and_city(search: str) -> None:
    world = a_world()
    id = created(world, cell_phone="8015550177", business_name="Muller & Sons").id
    created(world, first_name="Kim", last_name="Lee", address=Address(city="Orem", state="UT"))

    found = world.ask(ListCustomers(search=search), CustomersView).items

    assert id in [each.id for each in found]
    assert "Kim" not in [each.first_name for each in found]


@pytest.mark.rule("CUS-15")
def test_a_record_is_found_by_its_number_and_only_by_all_words() -> None:
    world = a_world()
    view = created(world, last_name="Zwick")

    assert [each.id for each in world.ask(ListCustomers(search=f"zwick {view.number}"), CustomersView).items] == [
        view.id
    ]
    assert world.ask(ListCustomers(search="zwick 999999"), CustomersView).items == ()
