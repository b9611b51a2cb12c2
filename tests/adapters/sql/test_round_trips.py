"""
What the published contract does not see of a round trip: the fold of a local time, offsets, JSON to the byte.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from attrs import evolve

from fieldops_core.access.model import Kind, Stage
from fieldops_core.app.ports import Receipt, StoredAnswer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import CancelledBy, Rescheduling, Status, VisitOutcome
from fieldops_core.scheduling.views import (
    AppointmentView,
    CustomerRef,
    MomentView,
    NamedRef,
    TravelView,
    UserRef,
    Window,
    WorkOrderRef,
)
from fieldops_core.testing.builders import a_period, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import World


@pytest.mark.rule("SCH-03")
@pytest.mark.parametrize("fold", [0, 1])
def test_the_agreed_time_keeps_its_fold(world: World, fold: int) -> None:
    visit = world.visit(agreed=datetime(2026, 11, 1, 1, 30, fold=fold))
    world.keep(visit)

    with world.reading() as unit:
        agreed = unit.appointments.get(visit.id).agreed

    assert (agreed, agreed.fold, agreed.tzinfo) == (visit.agreed, fold, None)


def test_instants_are_told_in_utc_to_the_microsecond(world: World) -> None:
    instant = local(NOW + timedelta(microseconds=123_457), "Asia/Kolkata")
    visit = world.visit(created_at=instant)
    world.keep(visit)

    with world.reading() as unit:
        created = unit.appointments.get(visit.id).created_at

    assert created == instant
    assert created.isoformat() == "2026-05-25T12:00:00.123457+00:00"


def a_view(world: World) -> AppointmentView:
    start = local(a_period().start, "America/Denver")
    end = start + timedelta(hours=1)
    taken = Violation(
        rule="SCH-06",
        code="slot.taken",
        sentence="Ann is booked.",
        facts={"start": start, "user": world.ann.id, "miles": 5.0, "statuses": [Status.SCHEDULED], "none": None},
        field="start",
    )
    moment = MomentView(
        status=Status.SCHEDULED,
        at=NOW,
        by=world.ann.id,
        name="Ann",
        source=Source.API,
        coordinates=Point(40.0, -111.25),
        override=True,
        reason="",
    )
    return AppointmentView(
        id=fresh(),
        version=1,
        kind=Kind.TECH,
        status=Status.SCHEDULED,
        type=NamedRef(id=world.service.id, name="Service"),
        sub_type=None,
        user=UserRef(id=world.ann.id, name="Ann"),
        customer=CustomerRef(id=world.maria.id, number=1, name="María", stage=Stage.CUSTOMER),
        location=NamedRef(id=world.provo.id, name="Provo"),
        start=start,
        end=end,
        minutes=60,
        zone="America/Denver",
        agreed="2026-05-27T09:00:00",
        reader=Window(start=local(start, "Asia/Kolkata"), end=local(end, "Asia/Kolkata"), zone="Asia/Kolkata"),
        expected_start=start,
        on_the_way_at=None,
        checked_in_at=NOW,
        checked_out_at=None,
        notes="",
        on_site_notes="",
        public_note="",
        private_note="hush",
        pending_reassignment=False,
        outside_working_hours=False,
        cancelled_by=CancelledBy.COMPANY,
        cancellation_reason="",
        work_order=WorkOrderRef(id=world.repair.id, number=1),
        former_work_order=None,
        series=fresh(),
        rescheduling=Rescheduling.CUSTOMER,
        reschedule_reason=NamedRef(id=world.postponed.id, name="Postponed"),
        outcome=VisitOutcome.UNABLE,
        unable_reason=NamedRef(id=world.locked_out.id, name="Nobody let us in"),
        check_out_notes="",
        for_the_record=True,
        double_booked=False,
        double_booked_with=None,
        double_book_reason="",
        moments=(moment,),
        created_by=None,
        created_at=NOW + timedelta(microseconds=5),
        changed_by=None,
        changed_at=NOW,
        unfit=(taken,),
    )


def test_a_stored_answer_is_encoded_to_the_same_bytes_again(world: World) -> None:
    travel = TravelView(
        from_previous={"meters": 1200, "text": "0.7 mi", "kind": "road", "from": "previous_booked", "minutes": None},
        from_previous_booked=None,
    )
    given = Receipt(answer=a_view(world), added=(travel, {"id": UUID(int=1), "at": NOW}, "text", 1.5, None))
    with world.writing() as unit:
        unit.answers.add(None, "a", StoredAnswer(fingerprint="f", receipt=given), at=NOW)
        unit.answers.add(None, "b", StoredAnswer(fingerprint="f", receipt=evolve(given, answer=travel)), at=NOW)

    with world.reading() as unit:
        view = unit.answers.find(None, "a", answer=AppointmentView)
        other = unit.answers.find(None, "b", answer=TravelView)

    assert view is not None
    assert other is not None
    assert isinstance(view.receipt.answer, AppointmentView)
    assert view.receipt.answer.start == a_view(world).start
    assert other.receipt.answer == travel
    assert msgspec.json.encode(view.receipt.answer) == msgspec.json.encode(given.answer)
    assert msgspec.json.encode(view.receipt.added) == msgspec.json.encode(given.added)


def test_numbers_go_on_above_those_that_came_with_a_record(world: World) -> None:
    with world.writing() as unit:
        last = unit.customers.next_number()
        unit.customers.add(evolve(world.maria, id=fresh(), number=last + 40))  # type: ignore[arg-type]

    with world.writing() as unit:
        assert unit.customers.next_number() == last + 41
        assert unit.customers.next_number() == last + 42
