"""
Work orders that end while appointments are upcoming, that are deleted, and appointments that are linked.
"""

from datetime import timedelta
from typing import Any

import pytest

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.field_work.messages import SetStatus
from fieldops_core.kernel.errors import NotFound, Stale
from fieldops_core.scheduling.messages import ReinstateAppointment, ShowAppointment
from fieldops_core.scheduling.model import Appointment, AppointmentId, Status
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.testing.builders import DAY, a_customer, a_period, a_work_order, an_appointment
from fieldops_core.work_orders.messages import (
    CancelWorkOrder,
    CompleteWorkOrder,
    DeleteWorkOrder,
    LinkAppointment,
    ShowWorkOrder,
)
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus
from fieldops_core.work_orders.views import FollowedView, WorkOrderView
from tests.support.world import World, denial, refusal

ORDERS, TECH = Permission.WORK_ORDERS, Permission.TECH_SCHEDULER
VIEW, MODIFY, DELETE = Action.VIEW, Action.MODIFY, Action.DELETE
ENDS = [CompleteWorkOrder, CancelWorkOrder, DeleteWorkOrder]
End = type[CompleteWorkOrder | CancelWorkOrder | DeleteWorkOrder]


class Job(World):
    """
    A work order with a visit that is over, one that was planned for Monday, and one on Wednesday and on Thursday each.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.order = a_work_order(customer=self.maria.id, number=7, status=WorkOrderStatus.SCHEDULED)
        self.put(self.order)
        self.done, self.missed, self.first, self.second = (
            self.visit(period=a_period(day=DAY + timedelta(days=day)), status=status, work_order=self.order.id)
            for day, status in (
                (-9, Status.COMPLETED),
                (-6, Status.SCHEDULED),
                (0, Status.SCHEDULED),
                (1, Status.SCHEDULED),
            )
        )

    def visit(self, **given: Any) -> Appointment:
        filled = {"user": self.ann.id, "customer": self.maria.id, "type": self.service.id, "location": self.provo.id}
        visit = an_appointment(**filled | given)
        self.put(visit)
        return visit

    def found(self, *visits: Appointment) -> list[tuple[Status, bool, int | None]]:
        """
        Of some visits the status, whether they have the work order, and the number of one that they had.
        """
        there = [self.appointment(each.id) for each in visits]
        return [(each.status, each.work_order == self.order.id, each.former_work_order) for each in there]


@pytest.mark.rule("WOR-05", "WOR-09")
@pytest.mark.parametrize("end", ENDS)
def test_without_an_answer_it_is_refused_with_the_list_of_what_is_upcoming(end: End) -> None:
    job = Job()

    broken = refusal(job, end(work_order=job.order.id))["work_order.upcoming"]

    assert broken.sentence == "Upcoming appointments of work order 7: 2. Say what becomes of them: cancel or unlink."
    assert (broken.rule, broken.field, broken.facts["count"]) == ("WOR-05", "upcoming", 2)
    listed = broken.facts["appointments"]
    assert isinstance(listed, list)
    assert [(each["id"], each["user"], each["version"]) for each in listed] == [
        (job.first.id, "Ann", 1),
        (job.second.id, "Ann", 1),
    ]
    assert [f"{each['start']:%d %H:%M}" for each in listed] == ["27 09:00", "28 09:00"]


@pytest.mark.rule("WOR-05", "ACC-27")
def test_who_may_not_see_them_is_told_how_many_there_are_alone() -> None:
    job = Job()

    broken = refusal(job, CancelWorkOrder(work_order=job.order.id), by=job.actor((ORDERS, VIEW), (ORDERS, MODIFY)))

    facts = broken["work_order.upcoming"].facts
    assert (facts["count"], facts["appointments"]) == (2, [])


@pytest.mark.rule("WOR-05")
@pytest.mark.parametrize("end", [CompleteWorkOrder, CancelWorkOrder])
@pytest.mark.parametrize("answer", Upcoming)
def test_upcoming_ones_are_cancelled_or_unlinked_and_the_others_stay(end: End, answer: Upcoming) -> None:
    job = Job()

    receipt = job.execute(end(work_order=job.order.id, upcoming=answer))

    cancelled = answer is Upcoming.CANCEL
    there = (Status.CANCELLED if cancelled else Status.SCHEDULED, cancelled, None)
    assert job.found(job.done, job.missed, job.first, job.second) == [
        (Status.COMPLETED, True, None),
        (Status.SCHEDULED, True, None),
        there,
        there,
    ]
    shown = job.ask(ShowWorkOrder(work_order=job.order.id), WorkOrderView)
    assert (shown.open, shown.version) == (False, 2)
    assert not any(isinstance(each, FollowedView) for each in receipt.added)
    with job.storage.reading(job.company.id) as unit:
        assert len(unit.history.of("appointment", job.first.id)) == 1


@pytest.mark.rule("WOR-05", "APT-05")
@pytest.mark.parametrize("end", ENDS)
def test_where_a_work_order_is_required_unlinking_is_not_offered(end: End) -> None:
    job = Job(work_order_required_for_tech_appointments=True)
    unlink = end(work_order=job.order.id, upcoming=Upcoming.UNLINK)

    assert refusal(job, end(work_order=job.order.id))["work_order.upcoming"].facts["offered"] == "cancel"
    assert refusal(job, unlink)["work_order.unlinking_not_offered"].field == "upcoming"
    assert job.execute(end(work_order=job.order.id, upcoming=Upcoming.CANCEL))


@pytest.mark.rule("WOR-05")
@pytest.mark.parametrize("end", ENDS)
def test_a_visit_that_is_over_is_not_upcoming(end: End) -> None:
    job = Job()
    job.clock.advance(days=9)

    assert job.execute(end(work_order=job.order.id))


@pytest.mark.rule("WOR-05", "ACC-03")
def test_who_cancels_them_has_to_be_allowed_to() -> None:
    job = Job()
    orders = ((ORDERS, VIEW), (ORDERS, MODIFY))
    cancel = CancelWorkOrder(work_order=job.order.id, upcoming=Upcoming.CANCEL)

    assert denial(job, cancel, by=job.actor(*orders)) == "ACC-03"
    assert job.execute(cancel, by=job.actor(*orders, (TECH, MODIFY)))
    other = Job()
    unlink = CancelWorkOrder(work_order=other.order.id, upcoming=Upcoming.UNLINK)
    assert other.execute(unlink, by=other.actor(*orders))


# --- deleting (WOR-09) --------------------------------------------------------------------------------


@pytest.mark.rule("WOR-09", "WOR-05")
@pytest.mark.parametrize("answer", Upcoming)
def test_a_deleted_work_order_is_gone_and_its_appointments_keep_its_number(answer: Upcoming) -> None:
    job = Job()

    shown = job.do(DeleteWorkOrder(work_order=job.order.id, upcoming=answer), WorkOrderView)

    assert (shown.id, shown.number) == (job.order.id, 7)
    with pytest.raises(NotFound):
        job.ask(ShowWorkOrder(work_order=job.order.id), WorkOrderView)
    ended = (Status.CANCELLED, False, 7) if answer is Upcoming.CANCEL else (Status.SCHEDULED, False, None)
    assert job.found(job.done, job.missed, job.first, job.second) == [
        (Status.COMPLETED, False, 7),
        (Status.SCHEDULED, False, 7),
        ended,
        ended,
    ]
    there = job.ask(ShowAppointment(appointment=AppointmentId(job.done.id)), AppointmentView)
    assert (there.work_order, there.former_work_order) == (None, 7)


@pytest.mark.rule("WOR-09")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_an_invoiced_work_order_is_not_deleted(status: WorkOrderStatus) -> None:
    world = World()
    order = a_work_order(customer=world.maria.id, number=1, status=status)
    world.put(order)
    command = DeleteWorkOrder(work_order=order.id)

    if status is WorkOrderStatus.INVOICED:
        assert refusal(world, command)["work_order.invoiced"].facts == {"number": 1}
    else:
        assert world.execute(command)


@pytest.mark.rule("WOR-09")
@pytest.mark.parametrize("status", [Status.EN_ROUTE, Status.ON_SITE])
def test_a_work_order_somebody_is_at_is_not_deleted(status: Status) -> None:
    job = Job()
    job.execute(SetStatus(appointment=job.first.id, status=status))
    command = DeleteWorkOrder(work_order=job.order.id, upcoming=Upcoming.UNLINK)

    assert refusal(job, command)["work_order.delete_under_way"].facts == {"number": 7, "under_way": 1}
    job.execute(SetStatus(appointment=job.first.id, status=Status.SCHEDULED))
    assert job.execute(command)


@pytest.mark.rule("WOR-09", "ACC-09")
def test_deleting_needs_its_own_permission() -> None:
    job = Job()
    command = DeleteWorkOrder(work_order=job.order.id, upcoming=Upcoming.UNLINK)

    assert denial(job, command, by=job.actor((ORDERS, VIEW), (ORDERS, MODIFY))) == "ACC-18"
    assert denial(job, command, by=job.actor((ORDERS, DELETE))) == "ACC-09"
    assert denial(job, command, by=job.actor((ORDERS, VIEW), (ORDERS, DELETE), at=job.phoenix.id)) == "ACC-09"
    with pytest.raises(Stale):
        job.execute(command, expected_version=2)
    assert job.execute(command, by=job.actor((ORDERS, VIEW), (ORDERS, DELETE), at=job.provo.id))


@pytest.mark.rule("WOR-09")
def test_a_visit_of_a_deleted_work_order_is_reinstated_without_one() -> None:
    job = Job()
    job.execute(DeleteWorkOrder(work_order=job.order.id, upcoming=Upcoming.CANCEL))

    again = job.do(ReinstateAppointment(appointment=job.first.id), AppointmentView)

    assert (again.status, again.work_order, again.former_work_order) == (Status.SCHEDULED, None, 7)


# --- linking (WOR-07) ---------------------------------------------------------------------------------


@pytest.mark.rule("WOR-07", "WOR-11")
def test_an_upcoming_tech_appointment_without_a_work_order_is_linked() -> None:
    job = Job()
    empty = a_work_order(customer=job.maria.id, number=8)
    job.put(empty)
    visit = job.visit(period=a_period("13:00"), former_work_order=3)

    receipt = job.execute(LinkAppointment(work_order=empty.id, appointment=visit.id), expected_version=1)

    linked = receipt.answer
    assert isinstance(linked, AppointmentView)
    assert linked.work_order is not None
    assert (linked.work_order.number, linked.former_work_order, linked.version) == (8, None, 2)
    (followed,) = receipt.added
    assert isinstance(followed, FollowedView)
    assert [(each.number, each.status) for each in followed.work_orders] == [(8, WorkOrderStatus.SCHEDULED)]


@pytest.mark.rule("WOR-07")
@pytest.mark.parametrize("code", ["link.tech_only", "link.other_customer", "link.linked", "link.not_upcoming"])
def test_what_cannot_be_linked_is_refused(code: str) -> None:
    job = Job()
    other = a_customer(location=job.provo.id, number=9)
    job.put(other)
    over = a_period(day=DAY - timedelta(days=5))
    given: dict[str, dict[str, Any]] = {
        "link.tech_only": {"kind": Kind.PROGRAM, "type": job.lesson.id},
        "link.other_customer": {"customer": other.id},
        "link.linked": {"work_order": job.order.id},
        "link.not_upcoming": {"period": over},
    }
    visit = job.visit(**{"period": a_period("13:00")} | given[code])

    assert set(refusal(job, LinkAppointment(work_order=job.order.id, appointment=visit.id))) == {code}
    fits = job.visit(period=a_period("15:00"))
    assert job.execute(LinkAppointment(work_order=job.order.id, appointment=fits.id))


@pytest.mark.rule("WOR-07")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_it_is_linked_to_an_open_work_order(status: WorkOrderStatus) -> None:
    job = Job()
    order = a_work_order(customer=job.maria.id, number=8, status=status)
    job.put(order)
    command = LinkAppointment(work_order=order.id, appointment=job.visit(period=a_period("13:00")).id)

    if order.open:
        assert job.execute(command)
    else:
        assert refusal(job, command)["link.closed"].facts == {"number": 8}


@pytest.mark.rule("WOR-07", "ACC-09")
def test_who_links_edits_work_orders_and_sees_the_appointment() -> None:
    job = Job()
    visit = job.visit(period=a_period("13:00"))
    command = LinkAppointment(work_order=job.order.id, appointment=visit.id)

    assert denial(job, command, by=job.actor((ORDERS, VIEW), (TECH, VIEW))) == "ACC-18"
    assert denial(job, command, by=job.actor((ORDERS, VIEW), (ORDERS, MODIFY), user=job.sam.id)) == "ACC-03"
    with pytest.raises(Stale):
        job.execute(command, expected_version=2)
    assert job.execute(command, by=job.actor((ORDERS, VIEW), (ORDERS, MODIFY), (TECH, VIEW)))
