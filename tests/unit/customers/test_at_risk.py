"""
At-risk marks: why a record may be lost, until it is cleared.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.customers.messages import ClearAtRisk, ListAtRiskMarks, MarkAtRisk, ShowAtRiskMark
from fieldops_core.customers.model import AtRiskMarkId, CustomerId
from fieldops_core.customers.views import AtRiskMarksView, AtRiskMarkView
from fieldops_core.kernel.errors import InvalidValue, Stale
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE, MODIFY = ((Permission.AT_RISK, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY))
RECORD = (Permission.CUSTOMERS, Action.VIEW)


def marked(world: World, reason: str = "Moves away.", customer: CustomerId | None = None) -> AtRiskMarkId:
    command = MarkAtRisk(customer=customer or world.maria.id, reason=reason)
    return AtRiskMarkId(world.do(command, AtRiskMarkView).id)


def reasons(world: World, *, open: bool | None = None) -> tuple[list[str], int | None]:
    view = world.ask(ListAtRiskMarks(customer=world.maria.id, open=open, count=True), AtRiskMarksView)
    return [each.reason for each in view.items], view.count


@pytest.mark.rule("CUS-23", "CUS-17")
def test_a_mark_tells_why_by_whom_and_when() -> None:
    world = World()

    view = world.ask(ShowAtRiskMark(mark=marked(world)), AtRiskMarkView)

    assert (view.reason, view.open, view.created_at, view.cleared_at) == ("Moves away.", True, NOW, None)
    assert view.created_by is not None
    assert view.created_by.name == "Olga"
    marked(world, customer=world.lead.id)


@pytest.mark.rule("CUS-23")
@pytest.mark.parametrize(("reason", "code"), [(" ", "text.empty"), ("x" * 2_001, "text.too_long")])
def test_a_mark_has_a_reason(reason: str, code: str) -> None:
    world = World()
    marked(world, "x" * 2_000)

    with pytest.raises(InvalidValue) as refused:
        marked(world, reason)
    assert (refused.value.code, refused.value.field) == (code, "reason")


@pytest.mark.rule("CUS-23")
def test_a_record_has_a_mark_for_each_reason_and_each_is_cleared_once() -> None:
    world = World()
    moves, price = marked(world), marked(world, "Asked for the price.")
    marked(world, customer=world.lead.id)

    cleared = world.do(ClearAtRisk(mark=moves), AtRiskMarkView, expected_version=1)

    assert (cleared.open, cleared.cleared_at, cleared.version) == (False, NOW, 2)
    assert cleared.cleared_by is not None
    assert reasons(world) == (["Asked for the price.", "Moves away."], 2)
    assert reasons(world, open=True) == (["Asked for the price."], 1)
    assert reasons(world, open=False) == (["Moves away."], 1)
    assert refusal(world, ClearAtRisk(mark=moves))["at_risk.cleared"].facts == {"cleared_at": NOW}
    with pytest.raises(Stale):
        world.execute(ClearAtRisk(mark=price), expected_version=2)
    world.execute(ClearAtRisk(mark=price))
    assert reasons(world, open=True) == ([], 0)


@pytest.mark.rule("CUS-16")
def test_the_history_tells_who_cleared_a_mark() -> None:
    world = World()
    id = marked(world)
    world.execute(ClearAtRisk(mark=id))

    with world.storage.reading(world.company.id) as unit:
        (cleared, made) = unit.history.of("at_risk_mark", id)
    assert {each.field for each in cleared.changes} == {"cleared_by", "cleared_at"}
    assert {each.field for each in made.changes} == {"customer", "reason"}


@pytest.mark.rule("API-04")
def test_marks_are_listed_page_by_page() -> None:
    world = World()
    for reason in ("one", "two", "three"):
        marked(world, reason)

    first = world.ask(ListAtRiskMarks(customer=world.maria.id, limit=2), AtRiskMarksView)
    after = AtRiskMarkId(first.items[-1].id)
    rest = world.ask(ListAtRiskMarks(customer=world.maria.id, limit=2, after=after), AtRiskMarksView)

    assert [each.reason for each in (*first.items, *rest.items)] == ["three", "two", "one"]
    assert (first.next, rest.next) == (str(after), None)


@pytest.mark.rule("ACC-16", "ACC-12", "ACC-22", "CUS-20")
def test_each_action_needs_its_own_permission_and_sight_of_the_record() -> None:
    world = World()
    id, everything = marked(world), (VIEW, CREATE, MODIFY)
    for command, needed in (
        (MarkAtRisk(customer=world.maria.id, reason="Price."), (CREATE,)),
        (ClearAtRisk(mark=id), (VIEW, MODIFY)),
    ):
        assert denial(world, command, by=world.actor(*everything)) == "ACC-12"
        elsewhere = world.actor(*needed, at=world.phoenix.id)
        both = evolve(elsewhere, grants=elsewhere.grants | world.actor(RECORD).grants)
        assert denial(world, command, by=both) == "ACC-16"
        for missing in needed:
            lacking = world.actor(RECORD, *(each for each in everything if each != missing))
            assert denial(world, command, by=lacking) in ("ACC-16", "ACC-18")
        world.execute(command, by=world.actor(RECORD, *needed, at=world.provo.id))

    for question in (ShowAtRiskMark(mark=id), ListAtRiskMarks(customer=world.maria.id)):
        assert hidden(world, question, by=world.actor(*everything)) == "ACC-12"
        assert hidden(world, question, by=world.actor(RECORD, CREATE, MODIFY)) == "ACC-18"
        world.ask(question, object, by=world.actor(RECORD, VIEW, at=world.provo.id))
