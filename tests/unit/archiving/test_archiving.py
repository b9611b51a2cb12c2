"""
Archiving a customer: what the preview lists, what the run does, and how it is taken back.
"""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive, UnarchiveCustomer
from fieldops_core.archiving.views import ArchivePreview, ArchiveView, UnarchiveView
from fieldops_core.customers.messages import ListCustomers
from fieldops_core.customers.model import ArchiveStatus, Customer, CustomerId
from fieldops_core.customers.views import CustomersView
from fieldops_core.kernel.errors import NotFound, PreviewChanged, Stale
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    HoldTime,
    MoveAppointment,
    ReinstateAppointment,
)
from fieldops_core.scheduling.model import Appointment, CancelledBy, Status
from fieldops_core.scheduling.views import AppointmentView, HoldView
from fieldops_core.testing.builders import a_customer, a_period, an_appointment
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, MODIFY = Action.VIEW, Action.MODIFY
ARCHIVE = ((Permission.CUSTOMERS, VIEW), (Permission.ARCHIVE_CUSTOMER, MODIFY))
UNARCHIVE = ((Permission.CUSTOMERS, VIEW), (Permission.UNARCHIVE_CUSTOMER, MODIFY))


@pytest.fixture
def world() -> World:
    return World(parent_child_billing=True, sales_scheduler_on_customers=True)


@pytest.fixture
def flats(world: World) -> tuple[Customer, ...]:
    """
    Maria's sub-customers: one here, one in Phoenix.
    """
    places = (world.provo.id, world.phoenix.id)
    found = tuple(
        a_customer(location=place, number=number, parent=world.maria.id, business_name=f"Flat {number}")
        for number, place in enumerate(places, 21)
    )
    world.put(*found)
    return found


def preview(world: World, customer: Customer, by: Actor | None = None) -> ArchivePreview:
    return world.ask(PreviewArchive(customer=customer.id), ArchivePreview, by=by)


def archive(world: World, customer: Customer, by: Actor | None = None, **how: Any) -> ArchiveView:
    consent = preview(world, customer).consent
    command = ArchiveCustomer(customer=customer.id, consent=consent, confirmed=True)
    return world.do(evolve(command, **how), ArchiveView, by=by)


def unarchive(world: World, customer: Customer, by: Actor | None = None, **how: Any) -> UnarchiveView:
    return world.do(UnarchiveCustomer(customer=customer.id, **{"confirmed": True, **how}), UnarchiveView, by=by)


def now(world: World, customer: Customer) -> Customer:
    with world.storage.reading(world.company.id) as unit:
        return unit.customers.get(customer.id)


def visit(world: World, customer: Customer, start: str = "09:00", **given: Any) -> Appointment:
    filled: dict[str, Any] = {
        "user": world.ann.id,
        "type": world.service.id,
        "location": world.provo.id,
        "period": a_period(start),
        **given,
    }
    found = an_appointment(customer=customer.id, **filled)
    world.put(found)
    return found


@pytest.mark.rule("ARC-02")
def test_a_customer_of_whom_nothing_is_planned_is_archived_without_anything_being_affected(world: World) -> None:
    told = preview(world, world.maria)

    assert (told.summary, told.customer.upcoming, told.children) == ("Nothing will be affected.", 0, ())
    assert told.violations == ()
    answer = archive(world, world.maria)
    assert (answer.version, answer.archived_at, answer.cancelled) == (2, NOW, 0)
    assert now(world, world.maria) == evolve(world.maria, archived_at=NOW, archived_by=world.boss.id, version=2), (
        "and nothing else of it is changed"
    )


@pytest.mark.rule("ARC-02", "ARC-04")
def test_upcoming_appointments_of_every_kind_are_listed_and_cancelled(world: World) -> None:
    kinds = [
        visit(world, world.maria, "09:00"),
        visit(world, world.maria, "11:00", kind=world.sales_call.kind, type=world.sales_call.id, user=world.sam.id),
        visit(world, world.maria, "13:00", kind=world.lesson.kind, type=world.lesson.id, user=world.pia.id),
    ]
    other = visit(world, world.lead, "15:00")

    told = preview(world, world.maria)

    assert told.summary == "3 upcoming appointments will be cancelled."
    assert [(each.id, each.user.name, each.type) for each in told.customer.appointments] == [
        (kinds[0].id, "Ann", "Service"),
        (kinds[1].id, "Sam", "Sales call"),
        (kinds[2].id, "Pia", "Lesson"),
    ]
    assert [each.start.hour for each in told.customer.appointments] == [9, 11, 13], "in the location's time"
    answer = archive(world, world.maria)
    assert answer.summary == "Archived; 3 upcoming appointments cancelled."
    for each in kinds:
        left = world.appointment(each.id)
        assert (left.status, left.cancelled_by) == (Status.CANCELLED, CancelledBy.COMPANY)
        assert left.cancellation_reason == "The customer was archived."
        assert [change.status for change in left.moments] == [Status.CANCELLED]
    assert world.appointment(other.id) == other


@pytest.mark.rule("ARC-02")
def test_what_is_over_is_named_and_left_as_it_is(world: World) -> None:
    over = visit(world, world.maria, period=a_period("00:00", 60, day=NOW.date()))
    later = visit(world, world.maria, period=a_period("05:30", 60, day=NOW.date()), user=world.bob.id)
    done = visit(world, world.maria, "07:00", status=Status.COMPLETED)

    told = preview(world, world.maria)

    assert [each.id for each in told.customer.over] == [over.id]
    assert [each.id for each in told.customer.appointments] == [later.id], "it has begun, and is not over"
    archive(world, world.maria)
    assert world.appointment(over.id) == over
    assert world.appointment(done.id) == done
    assert world.appointment(later.id).status is Status.CANCELLED


@pytest.mark.rule("ARC-05")
@pytest.mark.parametrize("status", [Status.EN_ROUTE, Status.ON_SITE])
def test_nobody_is_archived_while_somebody_is_on_the_way_or_there(
    world: World, flats: tuple[Customer, ...], status: Status
) -> None:
    under_way = visit(world, flats[0], status=status)

    told = preview(world, world.maria)

    assert [each.id for each in told.children[0].under_way] == [under_way.id]
    assert [(each.code, each.facts["count"]) for each in told.violations] == [("archive.under_way", 1)]
    command = ArchiveCustomer(customer=world.maria.id, consent=told.consent, confirmed=True)
    refused = refusal(world, command)
    assert set(refused) == {"archive.under_way"}
    assert refused["archive.under_way"].facts["appointments"] == (under_way.id,)
    world.replace(under_way, status=Status.COMPLETED)
    assert archive(world, world.maria).children == 2


@pytest.mark.rule("ARC-02", "ARC-04", "ARC-11")
def test_unarchived_sub_customers_come_with_their_parent_each_with_its_own(
    world: World, flats: tuple[Customer, ...]
) -> None:
    here, there = flats
    gone = a_customer(location=world.provo.id, number=30, parent=world.maria.id, archived_at=NOW - timedelta(days=9))
    world.put(gone)
    visits = [
        visit(world, here),
        visit(world, there, user=world.bob.id),
        visit(world, there, "11:00", user=world.bob.id),
    ]

    told = preview(world, world.maria)

    assert told.summary == "3 upcoming appointments will be cancelled. 2 sub-customers will be archived too."
    assert [(each.name, each.upcoming) for each in told.children] == [("Flat 21", 1), ("Flat 22", 2)]
    local = world.actor(*ARCHIVE, at=world.provo.id)
    answer = archive(world, world.maria, by=local)
    assert (answer.children, answer.cancelled) == (2, 3)
    assert answer.summary == "Archived with 2 sub-customers; 3 upcoming appointments cancelled."
    assert [now(world, each).archived_at for each in (world.maria, *flats)] == [NOW] * 3
    assert now(world, gone) == gone
    assert {world.appointment(each.id).status for each in visits} == {Status.CANCELLED}


@pytest.mark.rule("ARC-02", "ACC-12", "ACC-26")
def test_a_preview_counts_everything_and_names_what_its_reader_may_see(
    world: World, flats: tuple[Customer, ...]
) -> None:
    visit(world, world.maria)
    visit(world, flats[1], user=world.bob.id)
    local = world.actor(*ARCHIVE, (Permission.TECH_SCHEDULER, VIEW), at=world.provo.id)

    told = preview(world, world.maria, by=local)

    assert [(each.number, each.name, each.upcoming) for each in told.children] == [(21, "Flat 21", 0), (None, None, 1)]
    assert (len(told.customer.appointments), told.children[1].appointments) == (1, ())
    assert preview(world, world.maria, by=world.actor(*ARCHIVE)).customer.appointments == ()
    assert told.consent == preview(world, world.maria).consent, "all of it is consented to"


@pytest.mark.rule("ARC-03")
def test_archiving_needs_confirmation(world: World) -> None:
    consent = preview(world, world.maria).consent

    assert set(refusal(world, ArchiveCustomer(customer=world.maria.id, consent=consent))) == {"archive.unconfirmed"}
    assert not now(world, world.maria).archived


@pytest.mark.rule("ARC-03")
@pytest.mark.parametrize("change", ["booked", "moved", "cancelled", "over", "joined", "left"])
def test_what_changed_since_the_preview_is_shown_anew_and_nothing_is_done(
    world: World, flats: tuple[Customer, ...], change: str
) -> None:
    there = visit(world, world.maria)
    consent = preview(world, world.maria).consent
    match change:
        case "booked":
            world.book("2026-05-27T11:00")
        case "moved":
            world.execute(MoveAppointment(appointment=there.id, start=a_period("14:00").start))
        case "cancelled":
            world.execute(CancelAppointment(appointment=there.id))
        case "over":
            world.clock.advance(minutes=3 * 24 * 60)
        case "joined":
            world.put(a_customer(location=world.provo.id, number=40, parent=world.maria.id))
        case "left":
            world.replace(flats[0], parent=None)

    with pytest.raises(PreviewChanged) as changed:
        world.execute(ArchiveCustomer(customer=world.maria.id, consent=consent, confirmed=True))

    assert (changed.value.code, changed.value.rule) == ("preview.changed", "ARC-03")
    assert changed.value.preview == preview(world, world.maria)
    assert not now(world, world.maria).archived
    command = ArchiveCustomer(customer=world.maria.id, consent=preview(world, world.maria).consent, confirmed=True)
    assert world.do(command, ArchiveView).archived_at


@pytest.mark.rule("ARC-03")
def test_what_does_not_concern_the_archive_does_not_change_what_is_consented_to(world: World) -> None:
    visit(world, world.lead, user=world.sam.id)
    consent = preview(world, world.maria).consent
    world.replace(world.maria, first_name="Mary")
    visit(world, world.lead, "11:00", user=world.sam.id)

    assert preview(world, world.maria).consent == consent


@pytest.mark.rule("ARC-01")
def test_leads_are_not_archived(world: World) -> None:
    told = preview(world, world.lead)

    assert [each.code for each in told.violations] == ["archive.lead"]
    command = ArchiveCustomer(customer=world.lead.id, consent=told.consent, confirmed=True)
    assert set(refusal(world, command)) == {"archive.lead"}
    assert world.lead.stage is Stage.LEAD


@pytest.mark.rule("ARC-01", "ACC-12")
def test_archiving_and_unarchiving_are_permitted_at_the_customers_location(world: World) -> None:
    question, command = PreviewArchive(customer=world.maria.id), ArchiveCustomer(customer=world.maria.id, consent="")

    def with_at(*needs: tuple[Permission, Action], at: LocationId) -> Actor:
        sees = world.actor((Permission.CUSTOMERS, VIEW))
        return evolve(sees, grants=sees.grants | world.actor(*needs, at=at).grants)

    elsewhere = with_at(ARCHIVE[1], UNARCHIVE[1], at=world.phoenix.id)
    assert denial(world, command, elsewhere) == hidden(world, question, elsewhere) == "ARC-01"
    assert denial(world, UnarchiveCustomer(customer=world.maria.id), elsewhere) == "ACC-12"
    blind = world.actor(ARCHIVE[1], UNARCHIVE[1])
    assert denial(world, command, blind) == denial(world, UnarchiveCustomer(customer=world.maria.id), blind) == "ACC-12"
    assert archive(world, world.maria, by=world.actor(*ARCHIVE, at=world.provo.id))
    assert unarchive(world, world.maria, by=world.actor(*UNARCHIVE, at=world.provo.id)).version == 3


@pytest.mark.rule("ARC-06")
def test_who_is_archived_is_not_archived_again(world: World) -> None:
    archive(world, world.maria)

    assert [each.code for each in preview(world, world.maria).violations] == ["customer.archived"]
    assert set(refusal(world, ArchiveCustomer(customer=world.maria.id, consent=""))) == {"customer.archived"}


@pytest.mark.rule("STO-04")
def test_archiving_is_meant_for_a_version(world: World) -> None:
    consent = preview(world, world.maria).consent
    with pytest.raises(Stale):
        world.execute(ArchiveCustomer(customer=world.maria.id, consent=consent, confirmed=True), expected_version=9)
    with pytest.raises(NotFound):
        world.ask(PreviewArchive(customer=CustomerId(world.boss.id)), ArchivePreview)


@pytest.mark.rule("ARC-04", "SCH-27")
def test_of_a_pair_on_purpose_the_other_one_has_its_user_to_itself_again(world: World) -> None:
    other = a_customer(location=world.provo.id, number=50)
    world.put(other)
    mine = world.book()
    beside = world.book("2026-05-27T09:30", customer=other.id, double_book=mine.id, double_book_reason="One trip.")
    both = [world.book("2026-05-27T13:00")]
    both.append(world.book("2026-05-27T13:30", double_book=both[0].id, double_book_reason="One trip."))

    archive(world, world.maria)

    for id in (mine.id, *(each.id for each in both)):
        found = world.appointment(id)
        assert (found.status, found.double_booked, found.double_booked_with) == (Status.CANCELLED, False, None)
    left = world.appointment(beside.id)
    assert (left.status, left.double_booked, left.double_booked_with) == (Status.SCHEDULED, False, None)


@pytest.mark.rule("ARC-04", "APT-14")
def test_what_was_pending_reassignment_no_longer_is(world: World) -> None:
    waiting, settled = visit(world, world.maria, pending_reassignment=True), visit(world, world.maria, "13:00")

    archive(world, world.maria)

    for each in (waiting, settled):
        assert (world.appointment(each.id).status, world.appointment(each.id).pending_reassignment) == (
            Status.CANCELLED,
            False,
        )
    with world.storage.reading(world.company.id) as unit:
        (entry,) = unit.history.of("appointment", waiting.id)
    assert [(each.field, each.old, each.new) for each in entry.changes][:2] == [
        ("status", "scheduled", "cancelled"),
        ("pending_reassignment", True, False),
    ]
    assert entry.actor == world.boss.id


@pytest.mark.rule("OPS-04")
def test_the_time_of_what_is_cancelled_or_held_is_free_at_once(world: World) -> None:
    other = a_customer(location=world.provo.id, number=60)
    world.put(other)
    world.book()
    booking = world.wish("2026-05-27T13:00")
    held = world.do(
        HoldTime(
            customer=booking.customer, type=booking.type, user=booking.user, start=booking.start, kind=booking.kind
        ),
        HoldView,
    )

    archive(world, world.maria)

    assert world.book(customer=other.id)
    assert world.book("2026-05-27T13:00", customer=other.id)
    with world.storage.reading(world.company.id) as unit:
        assert unit.holds.of_customers([world.maria.id]) == ()
    assert held.id


@pytest.mark.rule("ARC-06", "APT-07", "APT-15")
def test_what_was_cancelled_is_reinstated_only_once_the_customer_is_unarchived(world: World) -> None:
    booked = world.book()
    archive(world, world.maria)
    command = ReinstateAppointment(appointment=world.appointment(booked.id).id)

    assert set(refusal(world, command)) == {"customer.archived"}
    assert set(refusal(world, world.wish())) == {"customer.archived"}
    told = unarchive(world, world.maria)
    assert told.summary == "Unarchived. What was cancelled when it was archived stays cancelled."
    assert world.appointment(booked.id).status is Status.CANCELLED
    assert world.do(command, AppointmentView).status is Status.SCHEDULED


@pytest.mark.rule("ARC-07", "ARC-11")
def test_the_archived_children_come_back_where_that_is_wished(world: World, flats: tuple[Customer, ...]) -> None:
    archive(world, world.maria)

    alone = unarchive(world, world.maria, by=world.actor(*UNARCHIVE, at=world.provo.id))

    assert (alone.children, alone.left) == (0, 2)
    assert [now(world, each).archived for each in (world.maria, *flats)] == [False, True, True]
    world.clock.advance(minutes=5)
    archive(world, world.maria)
    both = unarchive(world, world.maria, by=world.actor(*UNARCHIVE, at=world.provo.id), children=True)
    assert (both.children, both.left, both.summary[:32]) == (2, 0, "Unarchived with 2 sub-customers.")
    assert [now(world, each).archived_at for each in (world.maria, *flats)] == [None] * 3
    assert [now(world, each).archived_by for each in (world.maria, *flats)] == [None] * 3


@pytest.mark.rule("ARC-07")
def test_unarchiving_needs_confirmation_and_something_to_take_back(world: World) -> None:
    command = UnarchiveCustomer(customer=world.maria.id, confirmed=True)

    assert set(refusal(world, command)) == {"customer.not_archived"}
    archive(world, world.maria)
    assert set(refusal(world, UnarchiveCustomer(customer=world.maria.id))) == {"unarchive.unconfirmed"}
    assert world.execute(command)


@pytest.mark.rule("ARC-08")
def test_a_sub_customer_is_not_unarchived_below_an_archived_parent(world: World, flats: tuple[Customer, ...]) -> None:
    archive(world, world.maria)
    command = UnarchiveCustomer(customer=flats[0].id, confirmed=True)

    assert set(refusal(world, command)) == {"parent.archived"}
    unarchive(world, world.maria)
    assert world.do(command, UnarchiveView).version == 3


@pytest.mark.rule("ARC-09", "CUS-15")
def test_a_list_tells_archived_from_active_ones(world: World, flats: tuple[Customer, ...]) -> None:
    archive(world, flats[0])

    def listed(status: ArchiveStatus) -> list[int]:
        return [each.number for each in world.ask(ListCustomers(archive=status), CustomersView).items]

    assert listed(ArchiveStatus.ALL) == [1, 2, 21, 22]
    assert listed(ArchiveStatus.ARCHIVED) == [21]
    assert listed(ArchiveStatus.ACTIVE) == [1, 2, 22]


def test_history_and_events_tell_of_it(world: World) -> None:
    archive(world, world.maria)
    world.clock.advance(minutes=1)
    unarchive(world, world.maria)

    with world.storage.reading(world.company.id) as unit:
        entries = unit.history.of("customer", world.maria.id)
    assert [[change.field for change in entry.changes] for entry in entries] == [["archived_at", "archived_by"]] * 2
    due = world.storage.claim(9, now=world.clock(), lease_seconds=1)
    assert [type(each.event).__name__ for each in due] == ["CustomerArchived", "CustomerUnarchived"]
