"""
Leads become customers.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Kind, Permission, Stage
from fieldops_core.company.model import Attributes, Catalog, FieldType
from fieldops_core.customers.messages import ConvertLead, ShowCustomer
from fieldops_core.customers.model import AccountType, Lead
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import Stale
from fieldops_core.scheduling.messages import ListCustomerAppointments
from fieldops_core.scheduling.views import AppointmentsView
from fieldops_core.testing.builders import a_catalog_entry
from tests.support.world import World, denial, refusal

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY


def convert(world: World, **given: Any) -> ConvertLead:
    command = ConvertLead(customer=world.lead.id, location=world.provo.id, sold_by=world.sam.id)
    return evolve(command, **given)


def converted(world: World, *, by: Actor | None = None, **given: Any) -> CustomerView:
    return world.do(convert(world, **given), CustomerView, by=by)


@pytest.mark.rule("CUS-18")
def test_a_lead_becomes_a_customer_with_what_it_has() -> None:
    world = World()
    campaign = a_catalog_entry(catalog=Catalog.CAMPAIGNS, attributes=Attributes(source=world.referral.id))
    world.put(campaign)
    section = Lead(entered_at=world.clock(), call_center_rep=world.ann.id, lead_rep=world.pia.id)
    lead = world.replace(world.lead, source=world.referral.id, campaign=campaign.id, lead=section, spouse="Jon")

    view = converted(world)

    assert (view.stage, view.number, view.first_name, view.spouse) == (Stage.CUSTOMER, lead.number, "Leo", "Jon")
    assert view.sale is not None
    assert view.installation is not None
    assert view.lead is None
    assert (view.sale.sold_by, view.sale.lead_rep, view.sale.call_center_rep) == (
        world.sam.id,
        world.pia.id,
        world.ann.id,
    )
    assert (view.sale.source, view.sale.campaign) == (world.referral.id, campaign.id)
    assert world.ask(ShowCustomer(customer=lead.id), CustomerView) == view


@pytest.mark.rule("CUS-18")
def test_a_lead_may_go_to_another_location() -> None:
    world = World()

    assert converted(world, location=world.phoenix.id).location == world.phoenix.id


@pytest.mark.rule("CUS-18")
def test_the_sales_appointments_of_a_lead_stay() -> None:
    world = World()
    visit = world.book(kind=Kind.SALES, customer=world.lead.id, type=world.sales_call.id, user=world.sam.id)

    converted(world)

    listed = world.ask(ListCustomerAppointments(customer=world.lead.id), AppointmentsView)
    assert [each.id for each in listed.items] == [visit.id]


@pytest.mark.rule("CUS-18")
def test_what_a_customer_needs_is_asked_in_the_same_command() -> None:
    world = World()
    field = a_catalog_entry(
        catalog=Catalog.CUSTOM_FIELDS, name="Gate", attributes=Attributes(type=FieldType.TEXT, required=True)
    )
    world.put(field)
    world.replace(world.lead, account_type=None, first_name="", address=Address(city="Provo"))
    bare = convert(world, location=None, sold_by=None)
    given: dict[str, Any] = {"account_type": AccountType.RESIDENTIAL, "first_name": "Leo", "custom": {field.id: "5"}}

    broken = refusal(world, bare)["conversion.incomplete"]
    still = refusal(world, convert(world, **given))["conversion.incomplete"]

    assert broken.facts["missing"] == [
        "location",
        "sold_by",
        "last_name",
        "account_type",
        "address",
        f"custom.{field.id}",
    ]
    assert broken.sentence.startswith("To become a customer, this lead still needs: location, sold by, last name, ")
    assert still.facts["missing"] == ["address"]
    world.replace(evolve(world.lead, version=2), address=world.maria.address)
    view = converted(world, **given)
    assert (view.account_type, view.custom) == (AccountType.RESIDENTIAL, {str(field.id): "5"})


@pytest.mark.rule("CUS-18")
def test_a_customer_is_not_converted_again() -> None:
    world = World()
    converted(world)

    assert set(refusal(world, convert(world))) == {"conversion.done"}
    assert set(refusal(world, convert(world, customer=world.maria.id, sold_by=None))) == {"conversion.done"}


@pytest.mark.rule("CUS-18", "ACC-12")
def test_a_conversion_needs_modify_of_leads_here_and_create_of_customers_there() -> None:
    world = World()

    def actor(at_lead: tuple[Action, ...], at_new: tuple[Action, ...]) -> Actor:
        here = world.actor(*((Permission.LEADS, action) for action in at_lead), at=world.provo.id)
        there = world.actor(*((Permission.CUSTOMERS, action) for action in at_new), at=world.phoenix.id)
        return evolve(here, grants=here.grants | there.grants)

    command = convert(world, location=world.phoenix.id)
    assert denial(world, command, actor((MODIFY,), (CREATE,))) == "ACC-12"
    assert denial(world, command, actor((VIEW, CREATE), (CREATE,))) == "ACC-18"
    assert denial(world, command, actor((VIEW, MODIFY), (VIEW, MODIFY))) == "ACC-12"
    assert denial(world, convert(world), actor((VIEW, MODIFY), (CREATE,))) == "ACC-12"
    assert world.do(command, CustomerView, by=actor((VIEW, MODIFY), (CREATE,))).location == world.phoenix.id


@pytest.mark.rule("CUS-18", "CUS-04")
def test_who_sold_is_asked_as_in_the_sale_section() -> None:
    world = World(lead_rep_locked=True)
    world.replace(world.lead, lead=Lead(lead_rep=world.bob.id))
    gone = world.replace(world.ann, active=False)
    world.replace(world.bob, active=False)

    broken = refusal(world, convert(world, sold_by=gone.id))["representative.inactive"]

    assert broken.field == "sale.sold_by"
    view = converted(world)
    assert view.sale is not None
    assert view.sale.lead_rep == world.bob.id


@pytest.mark.rule("CUS-18", "SCH-26")
def test_a_closed_location_takes_no_converted_lead() -> None:
    world = World()
    world.replace(world.phoenix, active=False)

    assert set(refusal(world, convert(world, location=world.phoenix.id))) == {"location.inactive"}


@pytest.mark.rule("CUS-18", "CUS-11")
def test_a_lead_is_converted_at_the_version_that_was_read() -> None:
    world = World()
    world.replace(world.lead, spouse="Jon")

    with pytest.raises(Stale):
        world.execute(convert(world), expected_version=1)
    assert world.execute(convert(world), expected_version=2)


@pytest.mark.rule("CUS-18", "CUS-16")
def test_history_tells_the_conversion() -> None:
    world = World()
    converted(world)

    with world.storage.reading(world.company.id) as unit:
        (entry,) = unit.history.of("customer", world.lead.id)

    assert {each.field: each.new for each in entry.changes} == {"stage": "customer", "sale.sold_by": str(world.sam.id)}
