"""
The work order of a visit, and what is told of planning it anew.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Kind
from fieldops_core.company.model import Catalog
from fieldops_core.kernel.errors import NotFound
from fieldops_core.scheduling.messages import (
    EditAppointment,
    ListCustomerAppointments,
    MoveAppointment,
    ShowAppointment,
)
from fieldops_core.scheduling.model import AppointmentId, Rescheduling, WorkOrderId
from fieldops_core.scheduling.views import AppointmentsView, AppointmentView
from fieldops_core.testing.builders import a_catalog_entry, a_customer, a_work_order, at, fresh
from fieldops_core.work_orders.model import OPEN, WorkOrder, WorkOrderStatus
from tests.support.world import World, refusal

DEALER, CUSTOMER, NO = Rescheduling.DEALER, Rescheduling.CUSTOMER, Rescheduling.NO


def an_order(world: World, **given: Any) -> WorkOrder:
    """
    An open work order of Maria's.
    """
    order = evolve(a_work_order(customer=world.maria.id), **given)
    world.put(order)
    return order


def visit_of(world: World, **given: Any) -> AppointmentId:
    return AppointmentId(world.book(**given).id)


def editing(id: AppointmentId, **given: Any) -> EditAppointment:
    return evolve(EditAppointment(appointment=id), **given)


# --- a work order is linked (APT-05) -------------------------------------------------------------------


@pytest.mark.rule("APT-05", "APT-09")
def test_a_visit_shows_the_number_of_its_work_order() -> None:
    world = World()
    order = an_order(world, number=41)

    booked = world.book(work_order=order.id)

    assert booked.work_order is not None
    assert (booked.work_order.id, booked.work_order.number) == (order.id, 41)
    shown = world.ask(ShowAppointment(appointment=AppointmentId(booked.id)), AppointmentView)
    (row,) = world.ask(ListCustomerAppointments(customer=world.maria.id), AppointmentsView).items
    assert shown.work_order == row.work_order == booked.work_order


@pytest.mark.rule("APT-05")
def test_where_the_setting_asks_a_tech_visit_needs_a_work_order() -> None:
    world = World(work_order_required_for_tech_appointments=True, sales_scheduler_on_customers=True)

    refused = refusal(world, world.wish())["work_order.required"]

    assert refused.sentence == "A work order is required before creating a tech appointment"
    assert refused.field == "work_order"
    assert world.book(work_order=an_order(world).id)
    assert world.book(kind=Kind.SALES, type=world.sales_call.id, user=world.sam.id)
    assert World().book()


@pytest.mark.rule("APT-05", "APT-18")
def test_a_visit_from_before_the_setting_is_moved_without_a_work_order() -> None:
    world = World()
    id = visit_of(world)
    settings = evolve(world.company.settings, work_order_required_for_tech_appointments=True)
    world.replace(world.company, settings=settings)

    world.execute(MoveAppointment(appointment=id, start=at("11:00")))

    assert world.do(editing(id, notes="Still none."), AppointmentView).work_order is None


@pytest.mark.rule("APT-05")
def test_a_work_order_must_be_this_customers() -> None:
    world = World()
    world.put(other := a_customer(location=world.provo.id, number=9))
    closed = an_order(world, customer=other.id, status=WorkOrderStatus.COMPLETE)

    refused = refusal(world, world.wish(work_order=closed.id))

    assert set(refused) == {"work_order.other_customer"}, "that it is closed is not told"
    assert refused["work_order.other_customer"].facts == {"customer": "Maria Nielsen"}
    with pytest.raises(NotFound):
        world.book(work_order=WorkOrderId(fresh()))


@pytest.mark.rule("APT-05")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_a_work_order_must_be_open(status: WorkOrderStatus) -> None:
    world = World()
    order = an_order(world, status=status, number=7)

    if status in OPEN:
        assert world.book(work_order=order.id)
    else:
        assert refusal(world, world.wish(work_order=order.id))["work_order.closed"].facts == {"number": 7}


@pytest.mark.rule("APT-05", "APT-18")
def test_a_visit_keeps_a_work_order_that_was_closed_later() -> None:
    world = World()
    order = an_order(world)
    id = visit_of(world, work_order=order.id)
    with world.storage.reading(world.company.id) as unit:
        there = unit.work_orders.get(order.id)
    world.replace(there, status=WorkOrderStatus.COMPLETE)

    edited = world.do(editing(id, notes="On it.", work_order=order.id), AppointmentView)

    assert edited.work_order is not None
    assert edited.unfit == ()


@pytest.mark.rule("APT-04")
@pytest.mark.parametrize("kind", Kind)
def test_only_tech_visits_carry_a_work_order(kind: Kind) -> None:
    world = World(sales_scheduler_on_customers=True)
    order = an_order(world)
    given: dict[Kind, dict[str, Any]] = {
        Kind.TECH: {},
        Kind.SALES: {"type": world.sales_call.id, "user": world.sam.id},
        Kind.PROGRAM: {"type": world.lesson.id, "user": world.pia.id, "minutes": 45},
    }

    if kind is Kind.TECH:
        assert world.book(work_order=order.id)
    else:
        wish = world.wish(kind=kind, work_order=order.id, **given[kind])
        assert refusal(world, wish)["work_order.tech_only"].facts == {"kind": kind.value}
        id = visit_of(world, kind=kind, **given[kind])
        assert "work_order.tech_only" in refusal(world, editing(id, work_order=order.id))


# --- and exchanged, not cleared (APT-06) -----------------------------------------------------------------


@pytest.mark.rule("APT-06")
def test_a_linked_work_order_is_exchanged_and_not_cleared() -> None:
    world = World()
    first, second = an_order(world, number=7), an_order(world, number=8)
    id = visit_of(world)
    assert world.do(editing(id, work_order=None), AppointmentView).version == 1

    world.execute(editing(id, work_order=first.id))

    assert set(refusal(world, editing(id, work_order=None))) == {"work_order.not_cleared"}
    changed = world.do(editing(id, work_order=second.id), AppointmentView)
    assert changed.work_order is not None
    assert changed.work_order.number == 8


@pytest.mark.rule("APT-06", "APT-05")
def test_it_is_exchanged_for_another_open_one_of_the_customers() -> None:
    world = World()
    world.put(other := a_customer(location=world.provo.id, number=9))
    id = visit_of(world, work_order=an_order(world, number=7).id)
    closed = an_order(world, number=8, status=WorkOrderStatus.CANCELLED)
    elsewhere = an_order(world, number=9, customer=other.id)

    assert set(refusal(world, editing(id, work_order=closed.id))) == {"work_order.closed"}
    assert set(refusal(world, editing(id, work_order=elsewhere.id))) == {"work_order.other_customer"}


# --- planned anew (APT-12) -------------------------------------------------------------------------------


def tracking(world: World, **entry: Any) -> tuple[AppointmentId, Any]:
    """
    Ann's visit, and a reason to plan it anew.
    """
    reason = a_catalog_entry(catalog=Catalog.RESCHEDULE_REASONS, name="No parts", **entry)
    world.put(reason)
    return visit_of(world), reason.id


@pytest.mark.rule("APT-12")
@pytest.mark.parametrize("rescheduling", [DEALER, CUSTOMER])
def test_who_causes_a_new_plan_may_be_told_with_a_reason_and_no_drops_it(rescheduling: Rescheduling) -> None:
    world = World(reschedule_tracking=True)
    id, reason = tracking(world)

    bare = world.do(editing(id, rescheduling=rescheduling), AppointmentView)
    told = world.do(editing(id, reschedule_reason=reason), AppointmentView)
    back = world.do(editing(id, rescheduling=NO), AppointmentView)

    assert (bare.rescheduling, bare.reschedule_reason) == (rescheduling, None)
    assert told.reschedule_reason is not None
    assert (told.rescheduling, told.reschedule_reason.name) == (rescheduling, "No parts")
    assert (back.rescheduling, back.reschedule_reason) == (NO, None)


@pytest.mark.rule("APT-12")
def test_a_reason_goes_with_rescheduling_only() -> None:
    world = World(reschedule_tracking=True)
    id, reason = tracking(world)

    assert set(refusal(world, editing(id, reschedule_reason=reason))) == {"rescheduling.reason_alone"}
    both = editing(id, rescheduling=NO, reschedule_reason=reason)
    assert set(refusal(world, both)) == {"rescheduling.reason_alone"}
    assert world.do(evolve(both, rescheduling=DEALER), AppointmentView).rescheduling is DEALER


@pytest.mark.rule("APT-12", "FLD-08")
def test_rescheduling_is_told_and_shown_only_with_the_setting() -> None:
    world = World()
    id, _ = tracking(world)

    assert set(refusal(world, editing(id, rescheduling=CUSTOMER))) == {"rescheduling.not_tracked"}
    world.replace(world.appointment(id), rescheduling=CUSTOMER)
    shown = world.ask(ShowAppointment(appointment=id), AppointmentView)
    assert (shown.rescheduling, shown.reschedule_reason) == (None, None)
    world.execute(editing(id, rescheduling=NO))
    assert world.appointment(id).rescheduling is NO


@pytest.mark.rule("APT-12")
def test_rescheduling_is_of_tech_visits_only() -> None:
    world = World(reschedule_tracking=True, sales_scheduler_on_customers=True)
    id = visit_of(world, kind=Kind.SALES, type=world.sales_call.id, user=world.sam.id)

    assert set(refusal(world, editing(id, rescheduling=DEALER))) == {"rescheduling.tech_only"}
    assert world.ask(ShowAppointment(appointment=id), AppointmentView).rescheduling is None


@pytest.mark.rule("APT-12", "ACC-20")
def test_a_new_reason_is_an_active_one_of_its_catalog_and_a_saved_one_stays() -> None:
    world = World(reschedule_tracking=True)
    id, reason = tracking(world)
    wrong = a_catalog_entry(catalog=Catalog.UNABLE_REASONS)
    old = a_catalog_entry(catalog=Catalog.RESCHEDULE_REASONS, active=False, name="Old")
    world.put(wrong, old)
    world.execute(editing(id, rescheduling=DEALER, reschedule_reason=reason))

    with pytest.raises(NotFound):
        world.execute(editing(id, reschedule_reason=wrong.id))
    assert set(refusal(world, editing(id, reschedule_reason=old.id))) == {"rescheduling.reason_inactive"}
    with world.storage.writing(world.company.id) as unit:
        unit.catalog_entries.save(evolve(unit.catalog_entries.get(reason), active=False, version=2))
    kept = world.do(editing(id, rescheduling=CUSTOMER, reschedule_reason=reason), AppointmentView)
    assert kept.reschedule_reason is not None
    assert kept.reschedule_reason.name == "No parts"
