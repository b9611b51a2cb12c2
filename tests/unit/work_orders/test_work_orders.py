"""
Work orders: created, changed, completed, cancelled, opened again, listed.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.testing.builders import a_customer, a_work_order
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.messages import (
    CancelWorkOrder,
    ChangeWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    ListWorkOrders,
    ReopenWorkOrder,
    ShowWorkOrder,
)
from fieldops_core.work_orders.model import TRANSITIONS, Way, WorkOrderStatus
from fieldops_core.work_orders.views import WorkOrderLine, WorkOrdersView, WorkOrderView
from tests.support.world import World, denial, hidden, refusal

OPEN, SCHEDULED, IN_PROGRESS, PAUSED, COMPLETE, INVOICED, CANCELLED = WorkOrderStatus
ALL_OPEN = {OPEN, SCHEDULED, IN_PROGRESS, PAUSED}
VIEW, CREATE, MODIFY = ((Permission.WORK_ORDERS, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY))


def wish(world: World, **given: Any) -> CreateWorkOrder:
    command = CreateWorkOrder(customer=world.maria.id, subject="Replace the panel", **world.of_work_order)
    return evolve(command, **given)


def made(world: World, **given: Any) -> WorkOrderView:
    return world.do(wish(world, **given), WorkOrderView)


def in_status(status: WorkOrderStatus) -> tuple[World, WorkOrderId]:
    world = World()
    work_order = a_work_order(customer=world.maria.id, number=1, status=status)
    world.put(work_order)
    return world, work_order.id


# --- what it is (WOR-01) ----------------------------------------------------------------------------


@pytest.mark.rule("WOR-01")
def test_a_work_order_is_open_and_has_the_next_number() -> None:
    world = World()

    first, second = made(world), made(world, subject="Door contacts")

    assert (first.status, first.open, first.subject) == (OPEN, True, "Replace the panel")
    assert (first.number, second.number) == (1, 2)
    assert first.created_by and first.created_by.id == world.boss.id
    assert (first.customer.name, first.created_by.name, first.created_at) == ("Maria Nielsen", "Olga", NOW)
    assert world.ask(ShowWorkOrder(work_order=WorkOrderId(first.id)), WorkOrderView) == first


@pytest.mark.rule("WOR-01")
@pytest.mark.parametrize(
    ("subject", "code"), [(" ", "text.empty"), ("é" * 256, "text.too_long"), ("\0", "text.invalid")]
)
def test_a_subject_has_1_to_255_characters(subject: str, code: str) -> None:
    world = World()
    id = WorkOrderId(made(world, subject="é" * 255).id)

    for command in (wish(world, subject=subject), ChangeWorkOrder(work_order=id, subject=subject)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, "subject")


def test_a_change_of_nothing_saves_nothing() -> None:
    world = World()
    id = WorkOrderId(made(world).id)

    assert world.do(ChangeWorkOrder(work_order=id, subject="Replace the panel"), WorkOrderView).version == 1
    assert world.do(ChangeWorkOrder(work_order=id, subject="Replace it"), WorkOrderView).version == 2


@pytest.mark.rule("STO-04")
def test_a_change_meant_for_an_older_version_is_stale() -> None:
    world = World()
    id = WorkOrderId(made(world).id)
    world.execute(ChangeWorkOrder(work_order=id, subject="Replace it"), expected_version=1)

    for command in (ChangeWorkOrder(work_order=id, subject="Leave it"), CompleteWorkOrder(work_order=id)):
        with pytest.raises(Stale):
            world.execute(command, expected_version=1)


@pytest.mark.rule("SEC-01")
def test_a_work_order_of_another_company_is_not_there() -> None:
    world, (_, id) = World(), in_status(OPEN)

    for command in (ChangeWorkOrder(work_order=id, subject="Mine"), CancelWorkOrder(work_order=id)):
        with pytest.raises(NotFound):
            world.execute(command)


# --- the lifecycle (WOR-03, WOR-04, WOR-11) -----------------------------------------------------------

BY_HAND: dict[Way, dict[WorkOrderStatus, Callable[..., object]]] = {
    Way.HAND: {COMPLETE: CompleteWorkOrder, CANCELLED: CancelWorkOrder},
    Way.REASON: {OPEN: partial(ReopenWorkOrder, reason="Something is missing.")},
}
ENDS = {OPEN: {COMPLETE, CANCELLED}, COMPLETE: {OPEN}, CANCELLED: {OPEN}, INVOICED: set[WorkOrderStatus]()}
"""
What can be done by hand, of the rule: where no appointments are, what is opened again is OPEN.
"""


@pytest.mark.rule("WOR-03", "WOR-11")
@pytest.mark.parametrize("before", WorkOrderStatus)
@pytest.mark.parametrize(("way", "after"), [(way, after) for way, some in BY_HAND.items() for after in some])
def test_by_hand_what_may_follow_is_carried_out_and_the_rest_refused_naming_both(
    before: WorkOrderStatus, way: Way, after: WorkOrderStatus
) -> None:
    world, id = in_status(before)
    command = BY_HAND[way][after](work_order=id)

    allowed = after in ENDS[OPEN if before in ALL_OPEN else before]

    assert (way in TRANSITIONS[before].get(after, ())) == allowed
    if allowed:
        assert world.do(command, WorkOrderView).status is after
    else:
        broken = refusal(world, command)["work_order.illegal_transition"]
        assert broken.facts == {"before": before.value, "after": after.value}


@pytest.mark.rule("WOR-11")
@pytest.mark.parametrize("status", [COMPLETE, CANCELLED])
def test_a_work_order_is_opened_again_with_a_reason_only(status: WorkOrderStatus) -> None:
    world, id = in_status(status)

    for reason in ("", "  "):
        command = ReopenWorkOrder(work_order=id, reason=reason)
        assert refusal(world, command)["work_order.reason_required"].field == "reason"
    again = world.do(ReopenWorkOrder(work_order=id, reason="A sensor is missing."), WorkOrderView)
    assert (again.status, again.reason) == (OPEN, "A sensor is missing.")
    assert world.do(CompleteWorkOrder(work_order=id), WorkOrderView).reason == ""


@pytest.mark.rule("WOR-04")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_an_invoiced_or_cancelled_work_order_keeps_its_subject(status: WorkOrderStatus) -> None:
    world, id = in_status(status)
    command = ChangeWorkOrder(work_order=id, subject="Something else")

    if status in (INVOICED, CANCELLED):
        assert refusal(world, command)["work_order.locked"].facts == {"fields": "subject", "status": status.value}
    else:
        assert world.do(command, WorkOrderView).subject == "Something else"


# --- who may (ACC-09, ACC-22) --------------------------------------------------------------------------


@pytest.mark.rule("ACC-09", "ACC-22")
def test_each_action_needs_its_own_permission_at_the_customers_location() -> None:
    world, id = in_status(OPEN)
    show = ShowWorkOrder(work_order=id)
    for command, allowed in (
        (wish(world), (CREATE,)),
        (ChangeWorkOrder(work_order=id, subject="Mine"), (VIEW, MODIFY)),
        (CompleteWorkOrder(work_order=id), (VIEW, MODIFY)),
        (ReopenWorkOrder(work_order=id, reason="Not yet."), (VIEW, MODIFY)),
        (CancelWorkOrder(work_order=id), (VIEW, MODIFY)),
    ):
        assert denial(world, command, by=world.actor(*allowed, at=world.phoenix.id)) == "ACC-09"
        for missing in allowed:
            lacking = {VIEW, CREATE, MODIFY} - {missing}
            assert denial(world, command, by=world.actor(*lacking)) in ("ACC-09", "ACC-18")
        world.execute(command, by=world.actor(*allowed, at=world.provo.id))

    assert hidden(world, show, by=world.actor(VIEW, at=world.phoenix.id)) == "ACC-09"
    assert world.ask(show, WorkOrderView, by=world.actor(VIEW, at=world.provo.id)).id == id


# --- lists (WOR-06) ------------------------------------------------------------------------------------


@pytest.mark.rule("WOR-06", "ACC-18")
def test_a_list_is_newest_first_and_leaves_out_what_lies_elsewhere() -> None:
    world = World()
    there = a_customer(location=world.phoenix.id, number=9, first_name="Pat")
    world.put(there)
    for customer in (world.maria.id, there.id, world.maria.id):
        made(world, customer=customer)
    world.execute(CompleteWorkOrder(work_order=WorkOrderId(listed(world)[0].id)))

    def numbers(by: Any = None, **asked: Any) -> list[int]:
        return [each.number for each in listed(world, by, **asked)]

    assert numbers() == [3, 2, 1]
    assert numbers(world.actor(VIEW, at=world.provo.id)) == [3, 1]
    assert numbers(customer=there.id) == [2]
    assert numbers(status=COMPLETE) == [3]
    assert numbers(number=2) == [2]
    assert hidden(world, ListWorkOrders(), by=world.actor(CREATE)) == "ACC-18"


def listed(world: World, by: Any = None, **asked: Any) -> tuple[WorkOrderLine, ...]:
    return world.ask(evolve(ListWorkOrders(), **asked), WorkOrdersView, by=by).items


@pytest.mark.rule("API-04")
def test_pages_go_on_where_the_one_before_ended() -> None:
    world = World()
    for _ in range(5):
        made(world)

    first = world.ask(ListWorkOrders(limit=3), WorkOrdersView)
    second = world.ask(ListWorkOrders(limit=3, after=int(first.next or 0)), WorkOrdersView)

    assert [each.number for each in (*first.items, *second.items)] == [5, 4, 3, 2, 1]
    assert second.next is None
