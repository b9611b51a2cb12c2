"""
What the list of customers is narrowed to by tags and statuses, and who is told (CUS-15).
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Grant, Permission, Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import ClearAtRisk, ListCustomers, MarkAtRisk
from fieldops_core.customers.model import AtRiskMarkId, Lead, RecordStatus, Sale, Tagging
from fieldops_core.customers.views import AtRiskMarkView, CustomersView
from fieldops_core.testing.builders import a_customer, fresh
from tests.support.world import World

VIEW = Action.VIEW
RECORDS = (Permission.CUSTOMERS, Permission.LEADS)
GOLD, NEW, LOST = EntryId(fresh()), EntryId(fresh()), EntryId(fresh())


@pytest.fixture
def world() -> World:
    """
    Maria (1), Leo (2, a lead), two leads of another status, a lead that was converted, and customers who cancelled.
    """
    world = World()
    here, there = world.provo.id, world.phoenix.id
    world.put(
        a_customer(location=here, stage=Stage.LEAD, number=3, lead=Lead(status=NEW)),
        a_customer(location=there, stage=Stage.LEAD, number=4, lead=Lead(status=LOST)),
        a_customer(location=here, number=5, lead=Lead(status=NEW)),
        a_customer(location=here, number=6, sale=Sale(cancelled=True)),
        a_customer(location=there, number=7, sale=Sale(cancelled=True)),
    )
    return world


def numbers(world: World, by: Actor | None = None, **asked: object) -> list[int]:
    question = evolve(ListCustomers(), **asked)  # type: ignore[arg-type]
    return [item.number for item in world.ask(question, CustomersView, by=by).items]


@pytest.mark.rule("CUS-15")
def test_a_tag_lists_the_records_that_have_it_now(world: World) -> None:
    with world.storage.writing(world.company.id) as unit:
        unit.taggings.save(Tagging(id=world.lead.id, tags=(GOLD,), version=2))
        unit.taggings.save(Tagging(id=world.maria.id, tags=(NEW, GOLD), version=2))

    assert numbers(world, tag=GOLD) == [1, 2]
    assert numbers(world, tag=GOLD, stage=Stage.LEAD) == [2]
    assert numbers(world, tag=LOST) == []


@pytest.mark.rule("CUS-15", "CUS-08")
def test_a_lead_status_lists_leads_and_no_converted_ones(world: World) -> None:
    assert numbers(world, lead_status=NEW) == [3]
    assert numbers(world, lead_status=LOST) == [4]
    assert numbers(world, lead_status=LOST, location=world.provo.id) == []


@pytest.mark.rule("CUS-15", "CUS-04")
def test_customers_whose_account_is_cancelled_are_listed_together(world: World) -> None:
    assert numbers(world, status=RecordStatus.CANCELLED) == [6, 7]
    assert numbers(world, status=RecordStatus.CANCELLED, stage=Stage.LEAD) == []


@pytest.mark.rule("CUS-15", "CUS-23")
def test_who_is_at_risk_is_listed_until_the_last_mark_is_cleared(world: World) -> None:
    command = MarkAtRisk(customer=world.maria.id, reason="Moves away")
    marks = [world.do(command, AtRiskMarkView) for _ in range(2)]

    for mark in marks:
        assert numbers(world, status=RecordStatus.AT_RISK) == [1]
        world.do(ClearAtRisk(mark=AtRiskMarkId(mark.id)), AtRiskMarkView)

    assert numbers(world, status=RecordStatus.AT_RISK) == []


@pytest.mark.rule("CUS-15", "ACC-13", "ACC-18")
def test_who_may_not_see_the_sale_section_does_not_list_by_it(world: World) -> None:
    viewing = {Grant(each, VIEW) for each in RECORDS}
    here, everywhere = (Grant(Permission.SALE_INFORMATION, VIEW, at) for at in (world.provo.id, None))

    def cancelled(*more: Grant) -> list[int]:
        by = Actor(user=world.ann.id, grants=frozenset({*viewing, *more}))
        return numbers(world, by, status=RecordStatus.CANCELLED)

    assert cancelled() == []
    assert cancelled(here) == [6]
    assert cancelled(everywhere) == [6, 7]


@pytest.mark.rule("CUS-15", "ACC-16", "ACC-18")
def test_who_may_not_see_marks_does_not_list_by_them(world: World) -> None:
    world.do(MarkAtRisk(customer=world.maria.id, reason="Moves away"), AtRiskMarkView)
    blind = world.actor(*((each, VIEW) for each in RECORDS))

    assert numbers(world, blind, status=RecordStatus.AT_RISK) == []
    assert 1 in numbers(world, blind)


@pytest.mark.rule("CUS-15", "API-04")
def test_pages_of_a_filtered_list_make_it_up(world: World) -> None:
    question = ListCustomers(status=RecordStatus.CANCELLED, limit=1)
    first = world.ask(question, CustomersView)
    second = world.ask(evolve(question, after=first.next), CustomersView)

    assert [each.number for each in (*first.items, *second.items)] == [6, 7]
    assert second.next is None
