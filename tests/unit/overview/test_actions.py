"""
What may be done here now (ACC-17), and that it is what the commands themselves say.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import EVERYTHING, Action, Actor, Permission, Stage
from fieldops_core.customers.messages import ChangeCustomer
from fieldops_core.field_work.messages import (
    CheckIn,
    CheckOut,
    ReopenAppointment,
    SetStatus,
    StartTravel,
    UndoStatus,
)
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.secret import Secret
from fieldops_core.messaging.messages import PreviewSheet, SendSheet
from fieldops_core.messaging.model import Sheet
from fieldops_core.overview.messages import ShowAppointmentActions, ShowCustomerActions, ShowWorkOrderActions
from fieldops_core.overview.views import ActionsView, ActionView
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    EditAppointment,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import Appointment, AppointmentId, Status, VisitOutcome
from fieldops_core.testing.builders import a_technician, a_work_order, an_appointment, at
from fieldops_core.work_orders.messages import (
    CancelWorkOrder,
    ChangeWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    DeleteWorkOrder,
    ReopenWorkOrder,
)
from fieldops_core.work_orders.model import WorkOrder, WorkOrderStatus
from tests.support.world import World, hidden

TECH = Permission.TECH_SCHEDULER
VIEW = ((TECH, Action.VIEW),)
MODIFY = (*VIEW, (TECH, Action.MODIFY))
Trial = Callable[[World, Appointment], object]

COMMANDS: dict[str, Trial] = {
    "start_travel": lambda world, visit: StartTravel(appointment=visit.id),
    "check_in": lambda world, visit: CheckIn(appointment=visit.id),
    "check_out": lambda world, visit: CheckOut(appointment=visit.id, outcome=VisitOutcome.DONE),
    "undo_status": lambda world, visit: UndoStatus(appointment=visit.id),
    "edit_appointment": lambda world, visit: EditAppointment(appointment=visit.id, notes="Ring twice."),
    "move_appointment": lambda world, visit: MoveAppointment(appointment=visit.id, start=at("15:00")),
    "resize_appointment": lambda world, visit: ResizeAppointment(appointment=visit.id, minutes=30),
    "reassign_appointment": lambda world, visit: ReassignAppointment(appointment=visit.id, user=world.bea.id),  # type: ignore[attr-defined]
    "set_status": lambda world, visit: SetStatus(
        appointment=visit.id,
        status=Status.COMPLETED if visit.status is Status.NO_SHOW else Status.ON_SITE,
        reason="Told by telephone.",
    ),
    "cancel_appointment": lambda world, visit: CancelAppointment(appointment=visit.id),
    "reinstate_appointment": lambda world, visit: ReinstateAppointment(appointment=visit.id),
    "reopen_appointment": lambda world, visit: ReopenAppointment(appointment=visit.id, reason="Not done yet."),
}


class Office(World):
    def __init__(self) -> None:
        super().__init__()
        self.bea = a_technician(name="Bea", home=self.provo.id)
        self.put(self.bea)

    def visit(self, status: Status = Status.SCHEDULED, **given: Any) -> Appointment:
        filled = {"user": self.ann.id, "customer": self.maria.id, "type": self.service.id, "location": self.provo.id}
        visit = an_appointment(status=status, **filled | given)
        self.put(visit)
        return visit

    def actions(self, question: object, by: Actor | None = None) -> dict[str, ActionView]:
        return {each.name: each for each in self.ask(question, ActionsView, by=by).items}

    def of(self, visit: Appointment, by: Actor | None = None) -> dict[str, ActionView]:
        return self.actions(ShowAppointmentActions(appointment=visit.id), by)

    def trial(self, command: object, by: Actor) -> set[str]:
        """
        What a command is refused with, tried.
        """
        try:
            self.ops.execute(command, self.context(by))
        except Forbidden:
            return {"permission.denied"}
        except Refused as refused:
            return {each.code for each in refused.violations}
        return set()


@pytest.fixture
def world() -> Office:
    return Office()


def told(action: ActionView) -> set[str]:
    return {each.code for each in action.why_not}


ACTORS: dict[str, Callable[[Office], Actor]] = {
    "its user": lambda world: world.actor(),
    "a dispatcher": lambda world: world.actor(*MODIFY, user=world.sam.id),
    "its user, a dispatcher too": lambda world: world.actor(*MODIFY),
    "a reader": lambda world: world.actor(*VIEW, user=world.sam.id),
}


@pytest.mark.rule("ACC-17", "APT-07", "APT-10", "ACC-07")
@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_said_of_an_appointment_is_what_the_command_does(
    world: Office, who: str, status: Status, name: str
) -> None:
    actor, visit = ACTORS[who](world), world.visit(status)
    if who == "its user" and name not in {"start_travel", "check_in", "check_out", "undo_status"}:
        actor = evolve(actor, grants=frozenset())
    action = world.of(visit, actor)[name]

    got = world.trial(COMMANDS[name](world, visit), actor)

    if name == "set_status" and action.allowed:
        got -= {"status.times_required", "check_out.outcome_required", "appointment.illegal_transition"}
    if name == "set_status" and not action.allowed:
        assert got == told(action)
    assert (got == told(action)) if not action.allowed else not got


@pytest.mark.rule("ACC-17")
class TestAppointments:
    def test_the_parts_that_can_be_edited_and_the_statuses_that_can_be_set_are_told(self, world: Office) -> None:
        actions = world.of(world.visit(Status.ON_SITE))

        assert actions["edit_appointment"].choices == ("minutes", "notes", "type", "work_order")
        assert actions["set_status"].choices == ("cancelled", "completed", "en_route", "no_show", "scheduled")

    @pytest.mark.rule("FLD-13")
    def test_who_is_at_another_visit_does_not_start_this_one(self, world: Office) -> None:
        world.visit(Status.ON_SITE, period=evolve(an_appointment().period, start=at("07:00"), end=at("08:00")))
        visit = world.visit()

        actions = world.of(visit, world.actor())

        assert actions["start_travel"].allowed
        assert told(actions["check_in"]) == {"user.under_way"}

    def test_a_time_that_was_given_away_is_not_taken_up_again(self, world: Office) -> None:
        visit = world.visit(Status.NO_SHOW)
        world.visit()

        assert told(world.of(visit, world.actor())["check_in"]) == {"slot.taken"}

    def test_a_missing_permission_is_told_alone(self, world: Office) -> None:
        visit = world.visit(Status.COMPLETED)

        (why,) = world.of(visit, world.actor(*VIEW, user=world.sam.id))["edit_appointment"].why_not

        assert (why.rule, why.code) == ("ACC-03", "permission.denied")

    def test_who_may_not_see_the_appointment_is_denied(self, world: Office) -> None:
        visit = world.visit()
        question = ShowAppointmentActions(appointment=AppointmentId(visit.id))

        assert hidden(world, question, world.actor(user=world.sam.id)) == "ACC-03"
        assert world.of(visit, world.actor())["check_in"].allowed


ORDERS: dict[str, Callable[[WorkOrder], object]] = {
    "change_work_order": lambda order: ChangeWorkOrder(work_order=order.id, internal_note=Secret("Pays late.")),
    "complete_work_order": lambda order: CompleteWorkOrder(work_order=order.id),
    "cancel_work_order": lambda order: CancelWorkOrder(work_order=order.id),
    "delete_work_order": lambda order: DeleteWorkOrder(work_order=order.id),
    "reopen_work_order": lambda order: ReopenWorkOrder(work_order=order.id, reason="Not done."),
}


@pytest.mark.rule("ACC-17")
@pytest.mark.parametrize("action", [Action.VIEW, Action.MODIFY])
@pytest.mark.parametrize("status", WorkOrderStatus)
@pytest.mark.parametrize("name", ORDERS)
def test_what_is_said_of_a_work_order_is_what_the_command_does(
    world: Office, action: Action, status: WorkOrderStatus, name: str
) -> None:
    order = a_work_order(customer=world.maria.id, number=1, status=status)
    world.put(order)
    granted = {Action.VIEW, action} | ({Action.DELETE} if action is Action.MODIFY else set())
    actor = world.actor(*((Permission.WORK_ORDERS, each) for each in granted))
    said = world.actions(ShowWorkOrderActions(work_order=order.id), actor)[name]

    got = world.trial(ORDERS[name](order), actor)

    assert got == told(said)
    assert said.allowed == (not got)


@pytest.mark.rule("ACC-17", "ACC-11", "PDF-01")
@pytest.mark.parametrize("name", ["preview_sheet", "send_sheet"])
@pytest.mark.parametrize(
    ("held", "denied"),
    [
        ({(Permission.CUSTOMERS, Action.VIEW), (Permission.MESSAGES, Action.CREATE)}, None),
        ({(Permission.CUSTOMERS, Action.VIEW), (Permission.MESSAGES, Action.VIEW)}, "ACC-11"),
        ({(Permission.MESSAGES, Action.CREATE)}, "ACC-12"),
    ],
)
def test_what_is_said_of_a_sheet_is_what_becomes_of_it(
    world: Office, name: str, held: set[tuple[Permission, Action]], denied: str | None
) -> None:
    order = a_work_order(customer=world.maria.id, number=1)
    world.put(order)
    visit = world.visit(work_order=order.id)
    actor = world.actor((Permission.WORK_ORDERS, Action.VIEW), *held)
    said = world.actions(ShowWorkOrderActions(work_order=order.id), actor)[name]
    preview = PreviewSheet(work_order=order.id, appointment=visit.id)

    assert (said.allowed, [each.rule for each in said.why_not]) == (denied is None, [denied] if denied else [])
    if name == "send_sheet":
        sending = SendSheet(work_order=order.id, appointment=visit.id, to=("ann@acme.example",))
        assert world.trial(sending, actor) == told(said)
    elif denied:
        assert hidden(world, preview, actor) in (denied, "ACC-18")
    else:
        assert world.ask(preview, Sheet, by=actor)


@pytest.mark.rule("ACC-17", "WOR-11")
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", ORDERS)
def test_what_is_said_of_a_work_order_with_a_visit_is_what_the_command_does(
    world: Office, status: Status, name: str
) -> None:
    order = a_work_order(customer=world.maria.id, number=1, status=WorkOrderStatus.PAUSED)
    world.put(order)
    world.visit(status, work_order=order.id)
    said = world.actions(ShowWorkOrderActions(work_order=order.id))[name]

    got = world.trial(ORDERS[name](order), world.owner)

    if status is Status.SCHEDULED and said.allowed and got:
        assert (got, said.choices) == ({"work_order.upcoming"}, ("cancel", "unlink"))
    else:
        assert got == told(said)
        assert said.allowed == (not got)


@pytest.mark.rule("ACC-17", "WOR-11")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_what_is_said_of_reopening_a_work_orders_visit_is_what_the_command_does(
    world: Office, status: WorkOrderStatus
) -> None:
    order = a_work_order(customer=world.maria.id, number=1, status=status)
    world.put(order)
    visit = world.visit(Status.COMPLETED, work_order=order.id)
    said = world.of(visit)["reopen_appointment"]

    got = world.trial(COMMANDS["reopen_appointment"](world, visit), world.owner)

    assert got == told(said)
    assert said.allowed == (status not in (WorkOrderStatus.INVOICED, WorkOrderStatus.CANCELLED))


@pytest.mark.rule("ACC-17", "CUS-10")
class TestCustomers:
    def test_what_the_actor_may_create_and_change_is_open(self, world: Office) -> None:
        actions = world.actions(ShowCustomerActions(customer=world.maria.id))

        assert actions["change_customer"].allowed
        assert actions["create_work_order"].allowed
        assert actions["book_appointment"].choices == ("tech", "program")

    def test_a_permission_that_is_missing_is_told(self, world: Office) -> None:
        reader = world.actor((Permission.CUSTOMERS, Action.VIEW))
        actions = world.actions(ShowCustomerActions(customer=world.maria.id), reader)

        conversion, unarchiving = actions.pop("convert_lead"), actions.pop("unarchive_customer")
        assert {each.why_not[0].rule for each in actions.values()} == {
            "ACC-12",
            "ACC-03",
            "ACC-09",
            "ACC-16",
            "ARC-01",
            "CUS-21",
        }
        assert told(conversion) == {"conversion.done"}
        assert told(unarchiving) == {"permission.denied"}
        assert told_is_done(world, reader)

    @pytest.mark.rule("ARC-06", "CUS-10")
    def test_on_an_archived_customer_nothing_is_open_but_unarchiving(self, world: Office) -> None:
        gone = world.replace(world.maria, archived_at=world.clock(), archived_by=world.boss.id)
        order = a_work_order(customer=gone.id, number=1)
        world.put(order)
        visit = world.visit()

        actions = world.actions(ShowCustomerActions(customer=gone.id))

        assert [each.name for each in actions.values() if each.allowed] == ["unarchive_customer", "delete_customer"]
        assert told(actions["create_note"]) == {"customer.archived"}
        assert {code for each in world.of(visit).values() for code in told(each)} >= {"customer.archived"}
        assert not any(each.allowed for each in world.of(visit).values())
        of_order = world.actions(ShowWorkOrderActions(work_order=order.id)).values()
        assert [each.name for each in of_order if each.allowed] == ["preview_sheet"]

    @pytest.mark.rule("ACC-04", "APT-04")
    def test_what_the_records_stage_refuses_is_told(self, world: Office) -> None:
        tech = world.actor(*VIEW, (TECH, Action.CREATE), (Permission.LEADS, Action.VIEW))
        sales = world.actor((Permission.SALES_SCHEDULER, Action.CREATE), (Permission.CUSTOMERS, Action.VIEW))

        on_lead = world.actions(ShowCustomerActions(customer=world.lead.id), tech)["book_appointment"]
        on_customer = world.actions(ShowCustomerActions(customer=world.maria.id), sales)["book_appointment"]

        assert told(on_lead) == {"appointment.tech_on_lead"}
        assert told(on_customer) == {"appointment.sales_on_customer"}
        everybody = Actor(user=world.boss.id, grants=EVERYTHING)
        assert world.actions(ShowCustomerActions(customer=world.lead.id), everybody)["book_appointment"].choices == (
            "sales",
            "program",
        )

    def test_who_may_not_view_the_record_is_denied(self, world: Office) -> None:
        nobody = world.actor((Permission.LEADS, Action.VIEW))

        assert hidden(world, ShowCustomerActions(customer=world.maria.id), nobody) == "ACC-12"
        assert world.lead.stage is Stage.LEAD
        assert world.actions(ShowCustomerActions(customer=world.lead.id), nobody)


def told_is_done(world: Office, actor: Actor) -> bool:
    commands = {
        "change_customer": ChangeCustomer(customer=world.maria.id, spouse="Jo"),
        "create_work_order": CreateWorkOrder(customer=world.maria.id, subject="New", **world.of_work_order),
        "book_appointment": world.wish(start=world.clock() + timedelta(days=2)),
    }
    said = world.actions(ShowCustomerActions(customer=world.maria.id), actor)
    return all(world.trial(command, actor) == told(said[name]) for name, command in commands.items())
