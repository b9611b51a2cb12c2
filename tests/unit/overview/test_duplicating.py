"""
One record as the pattern of another (CUS-21).
"""

import pytest
from attrs import asdict, evolve, fields

from fieldops_core.access.model import Action, Permission
from fieldops_core.customers.model import CONTACT_INFORMATION, CustomerId, Sale
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.secret import Secret
from fieldops_core.overview.messages import PreviewDuplicate, ShowCustomerActions
from fieldops_core.overview.views import ActionsView, UnsavedRecord
from tests.support.world import World, hidden

VIEW, CREATE = Action.VIEW, Action.CREATE
LEFT_OUT = {"external_id", "ssn", "birthdate", "credit_score", "credit_tracking_number"}


@pytest.fixture
def world() -> World:
    world = World()
    world.maria = world.replace(
        world.maria,
        work_phone=Phone("+18015550111"),
        email=Email("maria@example.com"),
        spouse="Jo",
        county="Utah",
        ssn=Secret("078-05-1120"),
        birthdate=Secret("1980-01-31"),
        abort_code=Secret("tulip"),
        credit_score=700,
        credit_tracking_number="T-1",
        external_id="X-1",
        sale=Sale(account_number="A-1"),
    )
    return world


def duplicate(world: World, of: CustomerId) -> UnsavedRecord:
    return world.ask(PreviewDuplicate(customer=of), UnsavedRecord)


@pytest.mark.rule("CUS-21")
class TestDuplicating:
    def test_the_personal_section_comes_along(self, world: World) -> None:
        copy, maria = duplicate(world, world.maria.id), world.maria

        assert (copy.first_name, copy.last_name, copy.spouse, copy.county) == (
            maria.first_name,
            maria.last_name,
            "Jo",
            "Utah",
        )
        assert (copy.phone, copy.work_phone, copy.email) == (maria.phone.number, "+18015550111", "maria@example.com")
        assert (copy.stage, copy.account_type, copy.location) == (maria.stage, maria.account_type, maria.location)
        assert (copy.coordinates, copy.address.city) == (maria.point, maria.address.city)

    def test_nothing_else_does(self, world: World) -> None:
        names = {each.name for each in fields(UnsavedRecord)}
        told = str(asdict(duplicate(world, world.maria.id)))

        assert names == {"stage", "location", "source", "campaign", "coordinates"} | (
            set(CONTACT_INFORMATION) - LEFT_OUT - {"point"}
        )
        assert not [each for each in ("078-05", "1980", "tulip", "T-1", "X-1", "A-1") if each in told]

    def test_an_estimate_of_where_it_lies_is_left_to_be_looked_up(self, world: World) -> None:
        world.replace(world.maria, point_is_estimate=True)

        assert duplicate(world, world.maria.id).coordinates is None

    def test_a_lead_begins_a_lead_with_its_source(self, world: World) -> None:
        world.replace(world.lead, source=world.referral.id)
        world.replace(world.maria, source=world.referral.id)

        assert duplicate(world, world.lead.id).source == world.referral.id
        assert duplicate(world, world.lead.id).stage is world.lead.stage
        assert duplicate(world, world.maria.id).source is None

    def test_it_takes_create_of_customers_and_of_a_lead_that_of_leads_too(self, world: World) -> None:
        of_maria, of_lead = PreviewDuplicate(customer=world.maria.id), PreviewDuplicate(customer=world.lead.id)
        customers, leads = (Permission.CUSTOMERS, CREATE), (Permission.LEADS, CREATE)
        see = ((Permission.CUSTOMERS, VIEW), (Permission.LEADS, VIEW))

        assert hidden(world, of_maria, world.actor(*see, leads)) is not None
        assert world.ask(of_maria, UnsavedRecord, by=world.actor(*see, customers))
        assert hidden(world, of_lead, world.actor(*see, customers)) == "CUS-21"
        assert world.ask(of_lead, UnsavedRecord, by=world.actor(*see, customers, leads))
        assert hidden(world, of_maria, world.actor(customers)) == "ACC-12"

    @pytest.mark.rule("ACC-22")
    def test_it_is_asked_at_the_records_location(self, world: World) -> None:
        here = world.actor((Permission.CUSTOMERS, VIEW))
        elsewhere = world.actor((Permission.CUSTOMERS, CREATE), at=world.phoenix.id)
        both = evolve(here, grants=here.grants | elsewhere.grants)

        assert hidden(world, PreviewDuplicate(customer=world.maria.id), both) == "CUS-21"

    @pytest.mark.rule("CUS-10", "ARC-06")
    def test_nothing_is_begun_from_an_archived_record_and_its_actions_say_so(self, world: World) -> None:
        world.replace(world.maria, archived_at=world.clock())

        with pytest.raises(Refused) as refused:
            duplicate(world, world.maria.id)

        said = world.ask(ShowCustomerActions(customer=world.maria.id), ActionsView).items
        (action,) = (each for each in said if each.name == "duplicate_customer")
        assert action.why_not == refused.value.violations
