"""
Custom fields: what the company defines, and what records hold in them.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Stage
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, EntryId, FieldType
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, ShowCustomer
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.testing.builders import PROVO_ADDRESS, a_catalog_entry
from tests.support.world import World, refusal

TYPES: dict[FieldType, dict[str, Any]] = {
    FieldType.TEXT: {"longest": 5},
    FieldType.NUMBER: {"minimum": 1.0, "maximum": 9.5},
    FieldType.DATE: {},
    FieldType.CHOICE: {"choices": ("Red", "Blue")},
    FieldType.YES_NO: {},
}


def a_field(world: World, type: FieldType, *, active: bool = True, **attributes: Any) -> CatalogEntry:
    made = a_catalog_entry(
        catalog=Catalog.CUSTOM_FIELDS,
        name="Gate",
        active=active,
        attributes=Attributes(type=type, **{**TYPES[type], **attributes}),
    )
    world.put(made)
    return made


def new(world: World, **given: Any) -> CreateCustomer:
    command = CreateCustomer(
        phone="801 555 0100",
        account_type=world.maria.account_type,
        first_name="Nora",
        last_name="Nye",
        location=world.provo.id,
        address=PROVO_ADDRESS,
    )
    return evolve(command, **given)


def fill(world: World, field: CatalogEntry | EntryId, value: Any) -> ChangeCustomer:
    id = field.id if isinstance(field, CatalogEntry) else field
    return ChangeCustomer(customer=world.maria.id, custom={id: value})


@pytest.mark.rule("CUS-06")
@pytest.mark.parametrize(
    ("type", "value"),
    [
        (FieldType.TEXT, "Gate5"),
        (FieldType.NUMBER, 1),
        (FieldType.NUMBER, 9.5),
        (FieldType.DATE, "2026-05-27"),
        (FieldType.CHOICE, "Blue"),
        (FieldType.YES_NO, False),
        (FieldType.YES_NO, True),
    ],
)
def test_a_value_that_fits_is_kept_and_answered_as_it_was_sent(type: FieldType, value: Any) -> None:
    world = World()
    field = a_field(world, type)

    world.execute(fill(world, field, value))

    held = world.ask(ShowCustomer(customer=world.maria.id), CustomerView).custom
    assert held == {str(field.id): value}
    assert [value.__class__] == [each.__class__ for each in held.values()]


@pytest.mark.rule("CUS-06")
@pytest.mark.parametrize(
    ("type", "value", "wanted"),
    [
        (FieldType.TEXT, "Gate 5", "a text of at most 5 characters"),
        (FieldType.TEXT, 5, "a text of at most 5 characters"),
        (FieldType.NUMBER, 0.99, "a number at least 1 at most 9.5"),
        (FieldType.NUMBER, 9.51, "a number at least 1 at most 9.5"),
        (FieldType.NUMBER, "5", "a number at least 1 at most 9.5"),
        (FieldType.NUMBER, True, "a number at least 1 at most 9.5"),
        (FieldType.NUMBER, float("nan"), "a number at least 1 at most 9.5"),
        (FieldType.DATE, "27.5.2026", "a date such as 2026-05-27"),
        (FieldType.DATE, "20260527", "a date such as 2026-05-27"),
        (FieldType.DATE, "1890-01-01", "a date such as 2026-05-27"),
        (FieldType.CHOICE, "Green", "one of Red, Blue"),
        (FieldType.YES_NO, "yes", "yes or no"),
        (FieldType.YES_NO, 1, "yes or no"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_field(type: FieldType, value: Any, wanted: str) -> None:
    world = World()
    field = a_field(world, type)

    broken = refusal(world, fill(world, field, value))["custom_field.invalid"]

    assert (broken.field, broken.sentence) == (f"custom.{field.id}", f"Gate: {wanted}.")


@pytest.mark.rule("CUS-06")
@pytest.mark.parametrize("value", [10**15, -(10**15)])
def test_a_number_without_bounds_has_as_many_digits_as_every_program_reads(value: int) -> None:
    world = World()
    field = a_field(world, FieldType.NUMBER, minimum=None, maximum=None)

    assert world.do(fill(world, field, value), CustomerView).custom == {str(field.id): value}
    assert set(refusal(world, fill(world, field, value * 2))) == {"custom_field.invalid"}


@pytest.mark.rule("CUS-06")
def test_a_text_is_text() -> None:
    world = World()
    field = a_field(world, FieldType.TEXT)

    with pytest.raises(InvalidValue) as invalid:
        world.execute(fill(world, field, "a\0b"))

    assert invalid.value.field == f"custom.{field.id}"


@pytest.mark.rule("CUS-06")
def test_a_required_field_is_asked_of_customers_as_they_come_to_be() -> None:
    world = World()
    field, _ = a_field(world, FieldType.YES_NO, required=True), a_field(world, FieldType.YES_NO)

    broken = refusal(world, new(world))["custom_field.required"]

    assert (broken.field, broken.sentence) == (f"custom.{field.id}", "Gate is required.")
    assert world.do(new(world, custom={field.id: False}), CustomerView).custom == {str(field.id): False}
    assert world.do(new(world, stage=Stage.LEAD, **world.of_lead), CustomerView).custom == {}


@pytest.mark.rule("CUS-06")
def test_a_record_of_before_is_not_asked_for_a_field_that_is_required_now_but_keeps_what_it_has() -> None:
    world = World()
    field = a_field(world, FieldType.TEXT, required=True)

    assert world.do(ChangeCustomer(customer=world.maria.id, spouse="Jon"), CustomerView).spouse == "Jon"
    world.execute(fill(world, field, "5"))
    for nothing in (None, "", " "):
        assert set(refusal(world, fill(world, field, nothing))) == {"custom_field.required"}
    world.replace(field, attributes=evolve(field.attributes, required=False))
    assert world.do(fill(world, field, None), CustomerView).custom == {}


@pytest.mark.rule("CUS-06", "ACC-20")
def test_a_field_that_is_no_longer_defined_keeps_its_values_and_takes_no_new_ones() -> None:
    world = World()
    field, reason = a_field(world, FieldType.TEXT), a_catalog_entry()
    world.put(reason)
    world.execute(fill(world, field, "5"))
    world.replace(field, active=False)

    assert world.do(fill(world, field, "5"), CustomerView).custom == {str(field.id): "5"}
    broken = refusal(world, fill(world, field, "6"))
    assert {code: each.field for code, each in broken.items()} == {"choice.inactive": f"custom.{field.id}"}
    assert set(refusal(world, fill(world, reason, "5"))) == {"choice.unknown"}
    assert set(refusal(world, fill(world, EntryId(world.ids()), "5"))) == {"choice.unknown"}


@pytest.mark.rule("CUS-06", "CUS-16")
def test_a_change_keeps_the_other_fields_and_history_tells_each_by_its_path() -> None:
    world = World()
    gate, code = a_field(world, FieldType.TEXT), a_field(world, FieldType.TEXT)
    world.execute(fill(world, gate, "5"))
    world.execute(fill(world, code, "7"))

    view = world.do(fill(world, gate, None), CustomerView)

    assert view.custom == {str(code.id): "7"}
    with world.storage.reading(world.company.id) as unit:
        entries = unit.history.of("customer", CustomerId(view.id))
    assert [[(each.field, each.old, each.new) for each in entry.changes] for entry in entries] == [
        [(f"custom.{gate.id}", "5", None)],
        [(f"custom.{code.id}", None, "7")],
        [(f"custom.{gate.id}", None, "5")],
    ]
