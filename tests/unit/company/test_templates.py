"""
The catalogs of work orders: types, priorities in their order, templates.
"""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from fieldops_adapters.markup.ammonia import AmmoniaSanitiser
from fieldops_core.company.messages import (
    AttributeFields,
    ChangeCatalogEntry,
    CreateCatalogEntry,
    JobLineFields,
    ListCatalogEntries,
    TemplateFields,
)
from fieldops_core.company.model import Catalog, EntryId, LineKind
from fieldops_core.company.views import CatalogEntriesView, CatalogEntryView, TemplateView
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.testing.builders import fresh
from tests.support.world import World, refusal

HOUR = JobLineFields(
    kind=LineKind.LABOR, description="Hour", quantity=Decimal("1.5"), unit_price=Decimal("95.00"), billable=True
)


def entry(world: World, catalog: Catalog, name: str = "Any", **attributes: Any) -> CatalogEntryView:
    command = CreateCatalogEntry(catalog=catalog, name=name, attributes=AttributeFields(**attributes))
    return world.do(command, CatalogEntryView)


def template_of(view: CatalogEntryView) -> TemplateView:
    assert view.attributes and view.attributes.template
    return view.attributes.template


@pytest.mark.rule("ACC-20")
def test_priorities_are_listed_in_their_own_order() -> None:
    world = World()
    for name, place in (("Low", 3), ("Urgent", 1), ("Normal", 2)):
        entry(world, Catalog.PRIORITIES, name, place=place)

    listed = world.ask(ListCatalogEntries(catalog=Catalog.PRIORITIES), CatalogEntriesView).items

    assert [(each.name, each.attributes and each.attributes.place) for each in listed] == [
        ("Urgent", 1),
        ("Normal", 2),
        ("Low", 3),
    ]


@pytest.mark.rule("ACC-20")
def test_a_priority_without_a_place_and_a_template_of_nothing_are_refused() -> None:
    world = World()

    for catalog, missing in ((Catalog.PRIORITIES, "place"), (Catalog.WORK_ORDER_TEMPLATES, "template")):
        broken = refusal(world, CreateCatalogEntry(catalog=catalog, name="Any"))["attribute.required"]
        assert broken.facts == {"catalog": catalog.value, "names": missing}
    for place in (0, 1_001):
        with pytest.raises(InvalidValue) as refused:
            entry(world, Catalog.PRIORITIES, place=place)
        assert refused.value.field == "attributes.place"


@pytest.mark.rule("WOR-02")
def test_a_template_keeps_what_it_fills_in_with_prices_in_the_companys_currency() -> None:
    world = World(currency="CAD")
    note_type, type = entry(world, Catalog.NOTE_TYPES), entry(world, Catalog.WORK_ORDER_TYPES)
    fields = TemplateFields(
        note_type=EntryId(note_type.id),
        type=EntryId(type.id),
        technician=world.ann.id,
        subject="Yearly service",
        lines=(HOUR,),
    )

    made = template_of(entry(world, Catalog.WORK_ORDER_TEMPLATES, template=fields))

    assert (made.note_type, made.type, made.technician) == (note_type.id, type.id, world.ann.id)
    assert (made.subject, made.priority) == ("Yearly service", None)
    (line,) = made.lines
    assert (line.quantity, line.unit_price.amount, line.unit_price.currency) == ("1.5", "95.00", "CAD")


@pytest.mark.rule("WOR-02")
def test_a_template_fills_with_entries_of_their_catalogs_and_users_of_the_company() -> None:
    world = World()
    other = EntryId(entry(world, Catalog.TAGS).id)

    def sent(**fields: Any) -> CreateCatalogEntry:
        attributes = AttributeFields(template=TemplateFields(**fields))
        return CreateCatalogEntry(catalog=Catalog.WORK_ORDER_TEMPLATES, name="Any", attributes=attributes)

    broken = refusal(world, sent(note_type=other, priority=EntryId(fresh())))["template.unknown"]
    assert broken.facts == {"fields": "note_type, priority"}
    with pytest.raises(NotFound):
        world.execute(sent(technician=UserId(fresh())))
    assert world.execute(sent(note_type=EntryId(entry(world, Catalog.NOTE_TYPES).id)))


@pytest.mark.rule("WOR-12")
@pytest.mark.parametrize("quantity", ["0", "-1", "1000000.01", "0.00001", "NaN"])
def test_a_line_has_an_exact_quantity_above_0(quantity: str) -> None:
    line = evolve(HOUR, quantity=Decimal(quantity))

    with pytest.raises(InvalidValue) as refused:
        entry(World(), Catalog.WORK_ORDER_TEMPLATES, template=TemplateFields(lines=(HOUR, line)))

    assert (refused.value.code, refused.value.field) == ("quantity.invalid", "attributes.template.lines.1.quantity")


@pytest.mark.rule("WOR-12")
def test_a_line_has_a_price_of_0_or_more() -> None:
    free = evolve(HOUR, unit_price=Decimal(0), quantity=Decimal("0.0001"))
    assert entry(World(), Catalog.WORK_ORDER_TEMPLATES, template=TemplateFields(lines=(free,)))
    line = evolve(HOUR, unit_price=Decimal("-0.01"))
    with pytest.raises(InvalidValue) as refused:
        entry(World(), Catalog.WORK_ORDER_TEMPLATES, template=TemplateFields(lines=(line,)))
    assert refused.value.field == "attributes.template.lines.0.unit_price"


@pytest.mark.rule("WOR-12")
def test_there_are_at_most_200_lines() -> None:
    assert entry(World(), Catalog.WORK_ORDER_TEMPLATES, template=TemplateFields(lines=(HOUR,) * 200))
    with pytest.raises(InvalidValue) as refused:
        entry(World(), Catalog.WORK_ORDER_TEMPLATES, template=TemplateFields(lines=(HOUR,) * 201))
    assert refused.value.code == "lines.too_many"


@pytest.mark.rule("WOR-01", "WOR-02")
def test_the_note_of_a_template_is_made_safe_and_stays_so_when_it_is_sent_back() -> None:
    world = World()
    unsafe = TemplateFields(note="<p>Bring <b>gloves</b></p><script>alert(1)</script>")

    plain = entry(world, Catalog.WORK_ORDER_TEMPLATES, template=unsafe)
    shown = template_of(plain).note
    again = ChangeCatalogEntry(
        catalog=Catalog.WORK_ORDER_TEMPLATES,
        entry=EntryId(plain.id),
        attributes=AttributeFields(template=TemplateFields(note=shown)),
    )

    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert template_of(world.do(again, CatalogEntryView)).note == shown
    world.ports = evolve(world.ports, sanitiser=AmmoniaSanitiser())
    world.ops = world.engine()
    safe = entry(world, Catalog.WORK_ORDER_TEMPLATES, template=unsafe)
    assert template_of(safe).note == "<p>Bring <b>gloves</b></p>"
