"""
Records from lines of a file.
"""

from typing import Any

import pytest

from fieldops_core.access.model import Action, Permission, Stage
from fieldops_core.company.model import Attributes, Catalog, FieldType
from fieldops_core.customers.messages import ImportCustomers, ImportLine, ListCustomers
from fieldops_core.customers.views import CustomersView, ImportView
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.testing.builders import a_catalog_entry
from tests.support.world import World
from tests.unit.customers.test_personal import a_world

GOOD = {
    "external_id": "S1",
    "business_name": "Payson Clinic",
    "account_type": "COMMERCIAL",
    "phone": "(801) 555-0100",
    "line1": "1 Main",
    "city": "Payson",
    "state": "UT",
    "postal_code": "84651",
    "location": "Provo",
}


def a_line(number: int = 2, **given: str) -> ImportLine:
    return ImportLine(line=number, values={**GOOD, **given})


def bring(world: World, *lines: ImportLine, **how: Any) -> ImportView:
    return world.do(ImportCustomers(lines=lines), ImportView, **how)


@pytest.mark.rule("CUS-26")
def test_lines_become_records() -> None:
    world = a_world()

    view = bring(world, a_line(latitude="40.04", longitude="-111.73", county="UTAH", email="a@b.org"))

    record = world.ask(ListCustomers(search="payson"), CustomersView).items[0]
    assert (view.created, view.known, view.refused) == (1, 0, ())
    assert (record.name, record.external_id, record.phone, record.location) == (
        "Payson Clinic",
        "S1",
        "+18015550100",
        world.provo.id,
    )
    assert record.coordinates is not None
    assert record.stage is Stage.CUSTOMER


@pytest.mark.rule("CUS-26")
def test_run_twice_it_creates_nothing_twice() -> None:
    world = a_world()
    lines = [a_line(2), a_line(3, external_id="S2"), a_line(4)]

    first, second = bring(world, *lines), bring(world, *lines)

    assert (first.created, first.known) == (2, 1)
    assert (second.created, second.known) == (0, 3)


@pytest.mark.rule("CUS-26")
@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"phone": ""}, "phone", "phone.required"),
        ({"phone": "NOT AVAILABLE"}, "phone", "phone.invalid"),
        ({"external_id": " "}, "external_id", "import.external_id_required"),
        ({"postal_code": "22"}, "postal_code", "postal_code.invalid"),
        ({"state": "ZZ"}, "state", "state.unknown"),
        ({"city": ""}, "address", "customer.address_required"),
        ({"business_name": ""}, "last_name", "customer.name_required"),
        ({"account_type": "hospital"}, "account_type", "account_type.unknown"),
        ({"location": "Atlantis"}, "location", "location.unknown"),
        ({"location": ""}, "location", "customer.location_required"),
        ({"latitude": "91", "longitude": "0"}, "latitude", "coordinates.invalid"),
        ({"latitude": "north", "longitude": "0"}, "latitude", "coordinates.invalid"),
        ({"account_class": "Gold"}, "account_class", "account_class.unknown"),
        ({"source": "Nowhere"}, "source", "source.unknown"),
        ({"lead_status": "New"}, "lead", "section.leads_only"),
        ({"stage": "lead", "source": "Referral"}, "lead.status", "lead.status_required"),
        ({"stage": "lead", "lead_status": "New"}, "source", "lead.source_required"),
        ({"beds": "12"}, None, "import.unknown_field"),
        ({"line1": "a\0b"}, "line1", "text.invalid"),
    ],
)
def test_a_refused_line_is_told_with_its_number_field_and_reason_and_the_others_go_in(
    given: dict[str, str], field: str | None, code: str
) -> None:
    world = a_world()

    view = bring(world, a_line(2, **{"external_id": "A", **given}), a_line(3, external_id="B"))

    assert view.created == 1
    assert [(each.line, each.field, each.code) for each in view.refused] == [(2, field, code)]


@pytest.mark.rule("CUS-26", "CUS-08")
def test_a_lead_is_brought_in_with_its_source_and_status_by_name_or_id() -> None:
    world = a_world()
    campaign = a_catalog_entry(
        catalog=Catalog.CAMPAIGNS, name="Spring", attributes=Attributes(source=world.referral.id)
    )
    world.put(campaign)
    lead = a_line(stage="lead", source="Referral", campaign="Spring", lead_status=str(world.new_lead.id))

    assert bring(world, lead).created == 1

    record = world.ask(ListCustomers(search="payson"), CustomersView).items[0]
    assert record.lead is not None
    assert (record.source, record.campaign, record.lead.status) == (
        world.referral.id,
        campaign.id,
        world.new_lead.id,
    )
    customer = a_line(external_id="S2", source="Referral", business_name="Nebo Clinic")
    assert bring(world, customer).created == 1
    sold = world.ask(ListCustomers(search="nebo"), CustomersView).items[0].sale
    assert sold is not None
    assert sold.source == world.referral.id


@pytest.mark.rule("CUS-26", "CUS-06")
def test_an_import_is_not_asked_for_required_custom_fields() -> None:
    world = a_world()
    world.put(a_catalog_entry(catalog=Catalog.CUSTOM_FIELDS, attributes=Attributes(type=FieldType.TEXT, required=True)))

    assert bring(world, a_line()).created == 1


@pytest.mark.rule("CUS-26")
def test_a_zip_that_lost_its_zero_is_padded_where_it_then_lies_in_its_state() -> None:
    world = a_world()
    here = a_line(2, postal_code="501", state="NY", city="Holtsville")
    elsewhere = a_line(3, external_id="S2", postal_code="501", state="UT")

    view = bring(world, here, elsewhere)

    assert [(each.line, each.code) for each in view.mended] == [(2, "postal_code.padded")]
    assert [(each.line, each.field) for each in view.refused] == [(3, "postal_code")]


@pytest.mark.rule("CUS-26")
def test_a_dry_run_tells_the_same_and_changes_nothing() -> None:
    world = a_world()
    lines = (a_line(2), a_line(3, external_id="S2", phone=""))

    preview = world.ops.preview(ImportCustomers(lines=lines), world.context())

    assert preview.receipt is not None
    assert preview.receipt.answer == bring(world, *lines)


@pytest.mark.rule("CUS-26", "ACC-12")
def test_an_import_needs_the_permission_to_create_what_it_brings() -> None:
    world = a_world()
    elsewhere = world.actor((Permission.CUSTOMERS, Action.CREATE), at=world.phoenix.id)

    with pytest.raises(Forbidden):
        bring(world, a_line(), by=elsewhere)
