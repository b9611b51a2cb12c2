"""
Catalogs whose entries have more than a name.
"""

from decimal import Decimal
from typing import Any

import pytest

from fieldops_core.company.messages import (
    AttributeFields,
    ChangeCatalogEntry,
    ChangeSettings,
    CreateCatalogEntry,
    LineAmount,
)
from fieldops_core.company.model import Catalog, EntryId, FieldType
from fieldops_core.company.views import CatalogEntryView, MoneyView
from fieldops_core.kernel.errors import InvalidValue
from tests.support.world import World, refusal

CHOICE = {"type": FieldType.CHOICE, "choices": ("Red", "Blue")}


def new(catalog: Catalog, **attributes: Any) -> CreateCatalogEntry:
    return CreateCatalogEntry(catalog=catalog, name="One", attributes=AttributeFields(**attributes))


def made(world: World, catalog: Catalog, **attributes: Any) -> CatalogEntryView:
    return world.do(new(catalog, **attributes), CatalogEntryView)


def changed(world: World, entry: CatalogEntryView, **attributes: Any) -> CatalogEntryView:
    return world.do(change(entry, **attributes), CatalogEntryView)


def change(entry: CatalogEntryView, **attributes: Any) -> ChangeCatalogEntry:
    return ChangeCatalogEntry(catalog=entry.catalog, entry=EntryId(entry.id), attributes=AttributeFields(**attributes))


def some_lines(world: World) -> tuple[EntryId, EntryId]:
    one, other = (made(world, Catalog.RATE_LINES) for _ in range(2))
    return EntryId(one.id), EntryId(other.id)


@pytest.mark.rule("ACC-20")
def test_an_entry_has_the_attributes_of_its_catalog_and_no_others() -> None:
    world = World()
    term = made(world, Catalog.CONTRACT_TERMS, months=36)

    assert term.attributes is not None
    assert (term.attributes.months, term.attributes.amount, term.attributes.adt) == (36, None, None)
    assert made(world, Catalog.UNABLE_REASONS).attributes is None
    refused = refusal(world, new(Catalog.CONTRACT_TERMS, months=36, adt=True, receivers=()))["attribute.unknown"]
    assert refused.sentence == "Entries of contract_terms have no adt, receivers."


@pytest.mark.rule("ACC-20")
@pytest.mark.parametrize(
    ("catalog", "given"),
    [
        (Catalog.CONTRACT_TERMS, {"months": 12}),
        (Catalog.ACTIVATION_FEES, {"amount": Decimal(99)}),
        (Catalog.MONTHLY_RATES, {"amount": Decimal("39.95")}),
        (Catalog.CUSTOM_FIELDS, {"type": FieldType.TEXT}),
    ],
    ids=lambda each: each.value if isinstance(each, Catalog) else "",
)
def test_what_an_entry_would_say_nothing_without_is_required(catalog: Catalog, given: dict[str, Any]) -> None:
    world = World()

    assert set(refusal(world, new(catalog))) == {"attribute.required"}
    assert made(world, catalog, **given)


@pytest.mark.rule("ACC-20")
@pytest.mark.parametrize(
    ("catalog", "given", "field"),
    [
        (Catalog.CONTRACT_TERMS, {"months": 0}, "attributes.months"),
        (Catalog.CONTRACT_TERMS, {"months": 1_201}, "attributes.months"),
        (Catalog.ACTIVATION_FEES, {"amount": Decimal("-0.01")}, "attributes.amount"),
        (Catalog.ACTIVATION_FEES, {"amount": Decimal("0.00001")}, "attributes.amount"),
        (Catalog.EQUIPMENT, {"cost": Decimal("-0.01")}, "attributes.cost"),
        (Catalog.EQUIPMENT, {"charge": Decimal("0.00001")}, "attributes.charge"),
        (Catalog.CUSTOM_FIELDS, {"type": FieldType.CHOICE, "choices": ("A", "A ")}, "attributes.choices"),
        (Catalog.CUSTOM_FIELDS, {"type": FieldType.CHOICE, "choices": (" ",)}, "attributes.choices"),
        (Catalog.CUSTOM_FIELDS, {"type": FieldType.NUMBER, "minimum": 2.0, "maximum": 1.0}, "attributes.maximum"),
        (Catalog.CUSTOM_FIELDS, {"type": FieldType.NUMBER, "minimum": float("inf")}, "attributes.minimum"),
        (Catalog.CUSTOM_FIELDS, {"type": FieldType.TEXT, "longest": 0}, "attributes.longest"),
    ],
)
def test_a_value_out_of_its_range_is_refused_by_its_field(catalog: Catalog, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as invalid:
        made(World(), catalog, **given)

    assert invalid.value.field == field


@pytest.mark.rule("ACC-20")
def test_a_change_keeps_the_attributes_that_it_does_not_name() -> None:
    world = World()
    source = made(world, Catalog.SOURCES, sells_leads=True)

    both = changed(world, source, sells_customers=True)

    assert both.attributes is not None
    assert (both.attributes.sells_leads, both.attributes.sells_customers) == (True, True)
    with world.storage.reading(world.company.id) as unit:
        (entry, _) = unit.history.of("catalog_entry", both.id)
    assert [(each.field, each.old, each.new) for each in entry.changes] == [("attributes.sells_customers", False, True)]


@pytest.mark.rule("CUS-02")
def test_a_campaign_belongs_to_a_source() -> None:
    world = World()
    source, no_source = made(world, Catalog.SOURCES), made(world, Catalog.UNABLE_REASONS)

    campaign = made(world, Catalog.CAMPAIGNS, source=EntryId(source.id))

    assert campaign.attributes is not None
    assert campaign.attributes.source == source.id
    assert set(refusal(world, new(Catalog.CAMPAIGNS, source=EntryId(no_source.id)))) == {"campaign.source_unknown"}
    assert set(refusal(world, new(Catalog.CAMPAIGNS))) == {"attribute.required"}


@pytest.mark.rule("CUS-05")
def test_the_lines_of_a_rate_add_up_to_its_amount() -> None:
    world = World()
    monitoring, financing = some_lines(world)
    lines = (LineAmount(line=monitoring, amount=Decimal("29.95")), LineAmount(line=financing, amount=Decimal(10)))

    summed = made(world, Catalog.MONTHLY_RATES, lines=lines)
    told = made(world, Catalog.MONTHLY_RATES, lines=lines, amount=Decimal("39.950"))

    assert summed.attributes is not None
    assert told.attributes is not None
    assert summed.attributes.amount == MoneyView(amount="39.95", currency="USD")
    refused = refusal(world, new(Catalog.MONTHLY_RATES, lines=lines, amount=Decimal("39.96")))["rate.total"]
    assert refused.sentence == "The lines of this rate come to 39.95, not to 39.96."
    assert set(refusal(world, change(summed, amount=Decimal(1)))) == {"rate.total"}


@pytest.mark.rule("CUS-05")
def test_a_rate_has_line_items_of_the_company_each_once() -> None:
    world = World()
    monitoring, _ = some_lines(world)
    reason = EntryId(made(world, Catalog.UNABLE_REASONS).id)

    strange = new(Catalog.MONTHLY_RATES, lines=(LineAmount(line=reason, amount=Decimal(1)),))
    assert set(refusal(world, strange)) == {"rate.line_unknown"}
    with pytest.raises(InvalidValue):
        made(world, Catalog.MONTHLY_RATES, lines=(LineAmount(line=monitoring, amount=Decimal(1)),) * 2)


@pytest.mark.rule("ACC-19")
def test_amounts_are_in_the_currency_of_the_company() -> None:
    world = World()
    before = made(world, Catalog.ACTIVATION_FEES, amount=Decimal(99))

    world.execute(ChangeSettings(changes={"currency": "CAD"}))
    after = made(world, Catalog.ACTIVATION_FEES, amount=Decimal(99))

    assert before.attributes is not None
    assert after.attributes is not None
    assert before.attributes.amount == MoneyView(amount="99", currency="USD")
    assert after.attributes.amount == MoneyView(amount="99", currency="CAD")


@pytest.mark.rule("CUS-06")
def test_a_custom_field_keeps_its_type() -> None:
    world = World()
    field = made(world, Catalog.CUSTOM_FIELDS, **CHOICE)

    assert set(refusal(world, change(field, type=FieldType.TEXT, choices=()))) == {"custom_field.type_fixed"}
    assert changed(world, field, type=FieldType.CHOICE, choices=("Red", "Green")).version == 2


@pytest.mark.rule("CUS-06")
def test_a_custom_field_of_choices_lists_them_and_no_other_does() -> None:
    world = World()

    assert set(refusal(world, new(Catalog.CUSTOM_FIELDS, type=FieldType.CHOICE))) == {"custom_field.choices"}
    assert set(refusal(world, new(Catalog.CUSTOM_FIELDS, type=FieldType.TEXT, choices=("A",)))) == {
        "custom_field.choices"
    }
    assert made(world, Catalog.CUSTOM_FIELDS, **CHOICE)


@pytest.mark.rule("ACC-20")
def test_equipment_has_a_default_vendor_a_cost_and_a_charge() -> None:
    world = World()
    vendor, no_vendor = made(world, Catalog.VENDORS), made(world, Catalog.WIRE_TYPES)

    panel = made(
        world,
        Catalog.EQUIPMENT,
        vendor=EntryId(vendor.id),
        cost=Decimal("84.50"),
        charge=Decimal(129),
        collection=True,
    )

    told = panel.attributes
    assert told is not None
    assert (told.vendor, told.collection) == (vendor.id, True)
    assert (told.cost, told.charge) == (
        MoneyView(amount="84.50", currency="USD"),
        MoneyView(amount="129", currency="USD"),
    )
    assert set(refusal(world, new(Catalog.EQUIPMENT, vendor=EntryId(no_vendor.id)))) == {"equipment.vendor_unknown"}
    freed = changed(world, panel, vendor=None, cost=None).attributes
    assert freed is not None
    assert (freed.vendor, freed.cost) == (None, None)
