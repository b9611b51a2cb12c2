"""
The status of a work order, as its appointments go (WOR-11).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Receipt
from fieldops_core.field_work.messages import CheckIn, CheckOut, ReopenAppointment, SetStatus
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.rules import violations
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    EditAppointment,
    MoveAppointment,
    ReinstateAppointment,
)
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Status,
    StatusChange,
    VisitOutcome,
    WorkOrderId,
)
from fieldops_core.testing.builders import a_period, a_work_order, an_appointment
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.calculations import derived, followed
from fieldops_core.work_orders.messages import (
    CancelWorkOrder,
    CompleteWorkOrder,
    ReopenWorkOrder,
    ShowWorkOrder,
    WorkOrderCompleted,
    WorkOrderFollowed,
    WorkOrderReopened,
)
from fieldops_core.work_orders.model import TRANSITIONS, Visits, Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.rules import Transition, transition_is_legal
from fieldops_core.work_orders.views import FollowedView, WorkOrderStatusView, WorkOrderView
from tests.support.world import World, refusal

OPEN, SCHEDULED, IN_PROGRESS, PAUSED, COMPLETE, INVOICED, CANCELLED = WorkOrderStatus
DONE, FOLLOW_UP, _ = VisitOutcome
HOUR = timedelta(hours=1)
Past = tuple[Status, VisitOutcome | None]


class Job(World):
    """
    A work order at Maria's, with one visit an hour.
    """

    def __init__(self, status: WorkOrderStatus = OPEN, *visits: Past) -> None:
        super().__init__()
        self.order = a_work_order(customer=self.maria.id, number=1, status=status)
        self.put(self.order)
        self.visits = [self.visit(number, *each) for number, each in enumerate(visits)]

    def visit(self, number: int, status: Status, outcome: VisitOutcome | None = None, **given: Any) -> Appointment:
        """
        The later its number, the later it was checked out.
        """
        out = StatusChange(status=status, at=NOW - (9 - number) * HOUR, by=None, source=Source.API)
        visit = an_appointment(
            user=self.ann.id,
            customer=self.maria.id,
            type=self.service.id,
            location=self.provo.id,
            period=a_period(f"{9 + number:02}:00"),
            status=status,
            outcome=outcome,
            work_order=self.order.id,
            moments=(out,) if outcome else (),
        )
        visit = evolve(visit, **given)
        self.put(visit)
        return visit

    def shown(self, order: WorkOrder | None = None) -> WorkOrderView:
        return self.ask(ShowWorkOrder(work_order=(order or self.order).id), WorkOrderView)

    @property
    def status(self) -> WorkOrderStatus:
        return self.shown().status


def told(receipt: Receipt) -> list[tuple[int, WorkOrderStatus, int]]:
    """
    The work orders that a receipt says have changed.
    """
    found = [each for each in receipt.added if isinstance(each, FollowedView)]
    return [(line.number, line.status, line.version) for view in found for line in view.work_orders]


def book(job: Job) -> object:
    return job.wish("2026-05-28T09:00", work_order=job.order.id)


def cancel(job: Job) -> object:
    return CancelAppointment(appointment=job.visits[-1].id)


def reopen(job: Job) -> object:
    return ReopenAppointment(appointment=job.visits[-1].id, reason="A wire came loose.")


def becomes(status: Status, outcome: VisitOutcome | None = None) -> Callable[[Job], object]:
    """
    The last visit in another status, told late where it ended.
    """

    def command(job: Job) -> object:
        visit = job.visits[-1]
        told = SetStatus(appointment=visit.id, status=status, outcome=outcome)
        if status is not Status.COMPLETED:
            return told
        return evolve(told, at=NOW, checked_in_at=None if visit.checked_in_at else NOW - HOUR)

    return command


MISSED, WAITING, THERE = (Status.NO_SHOW, None), (Status.SCHEDULED, None), (Status.ON_SITE, None)
PARTLY, WHOLLY = (Status.COMPLETED, FOLLOW_UP), (Status.COMPLETED, DONE)
LEFT, FINISHED = becomes(Status.COMPLETED, FOLLOW_UP), becomes(Status.COMPLETED, DONE)
Case = tuple[list[Past], Callable[[Job], object]]
HAPPENINGS: dict[tuple[WorkOrderStatus, WorkOrderStatus, Way], Case] = {
    (OPEN, SCHEDULED, Way.FOLLOWED): ([], book),
    (OPEN, IN_PROGRESS, Way.FOLLOWED): ([MISSED], becomes(Status.ON_SITE)),
    (OPEN, PAUSED, Way.FOLLOWED): ([MISSED], LEFT),
    (OPEN, COMPLETE, Way.DONE): ([MISSED], FINISHED),
    (SCHEDULED, OPEN, Way.FOLLOWED): ([WAITING], cancel),
    (SCHEDULED, IN_PROGRESS, Way.FOLLOWED): ([WAITING], becomes(Status.ON_SITE)),
    (SCHEDULED, PAUSED, Way.FOLLOWED): ([WAITING], LEFT),
    (SCHEDULED, COMPLETE, Way.DONE): ([WAITING], FINISHED),
    (IN_PROGRESS, OPEN, Way.FOLLOWED): ([THERE], cancel),
    (IN_PROGRESS, SCHEDULED, Way.FOLLOWED): ([THERE], becomes(Status.SCHEDULED)),
    (IN_PROGRESS, PAUSED, Way.FOLLOWED): ([THERE], LEFT),
    (IN_PROGRESS, COMPLETE, Way.DONE): ([PARTLY, THERE], FINISHED),
    (PAUSED, SCHEDULED, Way.FOLLOWED): ([PARTLY], book),
    (PAUSED, IN_PROGRESS, Way.FOLLOWED): ([PARTLY], reopen),
    (PAUSED, COMPLETE, Way.DONE): ([PARTLY, MISSED], FINISHED),
    (COMPLETE, IN_PROGRESS, Way.RESUMED): ([WHOLLY], reopen),
}
BY_THEMSELVES = {Way.FOLLOWED, Way.DONE, Way.RESUMED}
TABLE = [(before, after, way) for before, some in TRANSITIONS.items() for after, ways in some.items() for way in ways]


@pytest.mark.rule("WOR-03", "WOR-11")
@pytest.mark.parametrize("step", [each for each in TABLE if each[2] in BY_THEMSELVES], ids=str)
def test_each_transition_that_appointments_bring_about_happens(
    step: tuple[WorkOrderStatus, WorkOrderStatus, Way],
) -> None:
    before, after, _ = step
    visits, command = HAPPENINGS[step]
    job = Job(before, *visits)
    assert before is COMPLETE or job.status is _naive(job.visits)

    receipt = job.execute(command(job))

    assert job.status is after
    assert told(receipt) == [(1, after, 2)]
    with job.storage.reading(job.company.id) as unit:
        (entry,) = unit.history.of("work_order", job.order.id)
    assert {each.field: each.new for each in entry.changes}["status"] == after.value


@pytest.mark.rule("WOR-03")
@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("after", WorkOrderStatus)
@pytest.mark.parametrize("before", WorkOrderStatus)
def test_what_the_table_does_not_have_is_refused_naming_both(
    before: WorkOrderStatus, after: WorkOrderStatus, way: Way
) -> None:
    found = violations((transition_is_legal,), Transition(before=before, after=after, way=way))

    if (before, after, way) in TABLE:
        assert not found
    else:
        assert found[0].facts == {"before": before.value, "after": after.value}


# --- what the appointments make of it, against a naive reading of the rule ------------------------------


@frozen
class Seen:
    """
    An appointment, as the rule sees it: *out* counts the check-outs.
    """

    status: Status
    outcome: VisitOutcome | None
    out: int | None


def _naive(visits: list[Appointment] | list[Seen]) -> WorkOrderStatus:
    """
    Word by word.
    """
    statuses = [each.status for each in visits]
    outs = [(_out(each), each.outcome) for each in visits if each.status is Status.COMPLETED and each.outcome]
    an_open_one = {Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE}.intersection(statuses)
    if Status.ON_SITE in statuses:
        return IN_PROGRESS
    if not outs:
        return SCHEDULED if an_open_one else OPEN
    last = max(out for out, _ in outs)
    if {outcome for out, outcome in outs if out == last} == {DONE}:
        return IN_PROGRESS
    return SCHEDULED if an_open_one else PAUSED


def _out(visit: Appointment | Seen) -> Any:
    return visit.out if isinstance(visit, Seen) else visit.checked_out_at


def seen() -> st.SearchStrategy[Seen]:
    ended = st.builds(Seen, st.just(Status.COMPLETED), st.sampled_from(VisitOutcome), st.integers(0, 3))
    others = [status for status in Status if status is not Status.COMPLETED]
    return ended | st.builds(Seen, st.sampled_from(others), st.none(), st.none())


def grouped(visits: list[Seen]) -> tuple[Visits, ...]:
    id, found = WorkOrderId(a_work_order().id), {(each.status, each.outcome) for each in visits}
    return tuple(
        Visits(
            work_order=id,
            status=status,
            outcome=outcome,
            many=len(alike),
            checked_out_at=max((NOW + each.out * HOUR for each in alike if each.out is not None), default=None),
        )
        for status, outcome in found
        for alike in [[each for each in visits if (each.status, each.outcome) == (status, outcome)]]
    )


@pytest.mark.rule("WOR-11")
@given(visits=st.lists(seen(), max_size=6))
def test_an_open_work_order_is_what_a_naive_reading_of_the_rule_says(visits: list[Seen]) -> None:
    assert derived(grouped(visits)) is _naive(visits)


@pytest.mark.rule("WOR-11")
@given(
    before=st.sampled_from(WorkOrderStatus),
    visits=st.lists(seen(), max_size=6),
    checked_out=st.booleans(),
    resumed=st.booleans(),
)
def test_a_check_out_completes_where_the_last_is_done_and_none_is_open(
    before: WorkOrderStatus, visits: list[Seen], checked_out: bool, resumed: bool
) -> None:
    after = followed(before, grouped(visits), checked_out=checked_out, resumed=resumed)

    if before in (INVOICED, CANCELLED) or (before is COMPLETE and not resumed):
        assert after is before
    elif checked_out and _naive(visits) is IN_PROGRESS and not {each.status for each in visits} & {*Status} - ENDED:
        assert after is COMPLETE
    else:
        assert after is _naive(visits)


ENDED = {Status.COMPLETED, Status.CANCELLED, Status.NO_SHOW}


# --- which appointments, and which work orders ----------------------------------------------------------


@pytest.mark.rule("WOR-11")
def test_a_crew_is_done_when_its_last_member_is() -> None:
    job = Job(SCHEDULED, WAITING, WAITING)
    ann, sam = job.visits[0].id, job.visits[1].id

    job.execute(becomes(Status.COMPLETED, DONE)(job))
    assert job.status is IN_PROGRESS
    job.execute(CheckIn(appointment=ann), by=job.actor())
    receipt = job.execute(CheckOut(appointment=ann, outcome=DONE), by=job.actor())

    assert told(receipt) == [(1, COMPLETE, 3)]
    assert job.appointment(sam).status is Status.COMPLETED


@pytest.mark.rule("WOR-11")
def test_the_last_of_a_crew_who_did_not_finish_leaves_it_paused() -> None:
    job = Job(IN_PROGRESS, WHOLLY, THERE)

    job.execute(LEFT(job))

    assert job.status is PAUSED


@pytest.mark.rule("WOR-11", "FLD-10")
@pytest.mark.parametrize("first", [0, 1])
def test_check_outs_that_are_told_late_end_in_the_same_status_in_any_order(first: int) -> None:
    for outcomes, ends in (((DONE, FOLLOW_UP), PAUSED), ((FOLLOW_UP, DONE), COMPLETE), ((DONE, DONE), COMPLETE)):
        job = Job(SCHEDULED, WAITING, WAITING)
        for which in (first, 1 - first):
            late = SetStatus(
                appointment=job.visits[which].id,
                status=Status.COMPLETED,
                outcome=outcomes[which],
                checked_in_at=NOW - 4 * HOUR,
                at=NOW - (2 - which) * HOUR,
            )
            job.execute(late)
        assert job.status is ends


@pytest.mark.rule("WOR-11")
def test_a_cancelled_remainder_does_not_complete_what_was_done_before() -> None:
    job = Job(IN_PROGRESS, WHOLLY, WAITING)

    receipt = job.execute(cancel(job))

    assert (job.status, told(receipt)) == (IN_PROGRESS, [])


@pytest.mark.rule("WOR-11", "APT-06")
def test_both_work_orders_follow_where_one_is_exchanged_for_the_other() -> None:
    job = Job(SCHEDULED, WAITING)
    other = a_work_order(customer=job.maria.id, number=2)
    job.put(other)

    receipt = job.execute(EditAppointment(appointment=job.visits[0].id, work_order=other.id))

    assert told(receipt) == [(1, OPEN, 2), (2, SCHEDULED, 2)]
    assert (job.status, job.shown(other).status) == (OPEN, SCHEDULED)


@pytest.mark.rule("WOR-11")
def test_a_change_that_does_not_matter_touches_no_work_order() -> None:
    job = Job(SCHEDULED, WAITING)
    id = job.visits[0].id

    for command in (
        EditAppointment(appointment=id, notes="Ring twice."),
        MoveAppointment(appointment=id, start=a_period("14:00").start),
        job.wish("2026-05-28T11:00"),
    ):
        assert told(job.execute(command)) == []
    assert job.shown().version == 1


@pytest.mark.rule("WOR-11")
@pytest.mark.parametrize("status", [COMPLETE, INVOICED, CANCELLED])
def test_a_closed_work_order_does_not_follow(status: WorkOrderStatus) -> None:
    job = Job(status, (Status.CANCELLED, None))

    job.execute(ReinstateAppointment(appointment=job.visits[0].id))

    assert (job.status, job.shown().version) == (status, 1)


@pytest.mark.rule("WOR-11")
@pytest.mark.parametrize("status", [INVOICED, CANCELLED])
def test_no_visit_of_an_invoiced_or_cancelled_work_order_is_reopened(status: WorkOrderStatus) -> None:
    job = Job(status, WHOLLY)
    by_override = SetStatus(appointment=job.visits[0].id, status=Status.ON_SITE, reason="A wire came loose.")

    for command in (reopen(job), by_override):
        broken = refusal(job, command)["work_order.not_resumed"]
        assert (broken.rule, broken.facts) == ("WOR-11", {"number": 1})
        assert broken.sentence == "Work order 1 is invoiced or cancelled: its visits are not reopened."


@pytest.mark.rule("WOR-11")
def test_a_reopened_visit_opens_its_work_order_again_with_the_same_reason() -> None:
    job = Job(COMPLETE, WHOLLY)

    job.execute(reopen(job))

    assert (job.status, job.shown().reason) == (IN_PROGRESS, "A wire came loose.")
    job.execute(CheckOut(appointment=job.visits[0].id, outcome=DONE), by=job.actor())
    assert (job.status, job.shown().reason) == (COMPLETE, "")


@pytest.mark.rule("WOR-11")
@pytest.mark.parametrize(
    ("visits", "again"), [([], OPEN), ([PARTLY], PAUSED), ([WHOLLY], IN_PROGRESS), ([PARTLY, WAITING], SCHEDULED)]
)
def test_what_is_opened_again_by_hand_is_what_its_appointments_make_of_it(
    visits: list[Past], again: WorkOrderStatus
) -> None:
    job = Job(COMPLETE, *visits)

    job.execute(ReopenWorkOrder(work_order=job.order.id, reason="A sensor is missing."))

    assert job.status is again


@pytest.mark.rule("WOR-11")
@pytest.mark.parametrize("status", Status)
def test_by_hand_it_is_closed_while_nobody_is_on_the_way_or_there(status: Status) -> None:
    for command in (CompleteWorkOrder, CancelWorkOrder):
        job = Job(OPEN, (status, DONE if status is Status.COMPLETED else None))
        close = command(work_order=job.order.id)

        if status in (Status.EN_ROUTE, Status.ON_SITE):
            broken = refusal(job, close)["work_order.under_way"]
            assert (broken.rule, broken.facts) == ("WOR-11", {"under_way": 1})
        elif status is not Status.SCHEDULED:
            assert not job.do(close, WorkOrderView).open


@pytest.mark.rule("WOR-11", "EVT-01")
def test_what_became_of_it_is_told_in_one_event_each() -> None:
    job = Job(SCHEDULED, WAITING)
    id = AppointmentId(job.visits[0].id)
    for command in (CheckIn(appointment=id), CheckOut(appointment=id, outcome=DONE)):
        job.execute(command, by=job.actor())
    job.execute(reopen(job))

    due = [each.event for each in job.storage.claim(100, now=job.clock(), lease_seconds=60)]

    of_order = [type(each) for each in due if each.aggregate == "work_order"]
    assert of_order == [WorkOrderFollowed, WorkOrderCompleted, WorkOrderReopened]


@pytest.mark.rule("WOR-11", "API-03")
def test_a_repetition_tells_again_what_became_of_the_work_order() -> None:
    job = Job(OPEN)

    first, again = (job.execute(book(job), command_id="book") for _ in range(2))

    assert first == again
    (view,) = again.added
    line = WorkOrderStatusView(id=job.order.id, number=1, status=SCHEDULED, version=2)
    assert view == FollowedView(work_orders=(line,))
