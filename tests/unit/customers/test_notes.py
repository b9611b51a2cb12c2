"""
Notes and tickets: what they are, how a ticket turns, who may.
"""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import (
    ChangeNote,
    ChangeTicket,
    CloseTicket,
    CreateNote,
    CreateTicket,
    ListNotes,
    ListTickets,
    ReopenTicket,
    ShowNote,
    ShowTicket,
)
from fieldops_core.customers.model import NoteId, TicketId, TicketStatus
from fieldops_core.customers.views import NotesView, NoteView, TicketsView, TicketView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.testing.builders import a_catalog_entry, a_user, fresh
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
RECORD = (Permission.CUSTOMERS, VIEW)
CALL_BACK = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Call back")
BILLING = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Billing")
OLD = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Fax", active=False)
REASON = a_catalog_entry(catalog=Catalog.UNABLE_REASONS)
TODAY = date(2026, 5, 25)


@pytest.fixture
def world() -> World:
    world = World()
    world.put(CALL_BACK, BILLING, OLD, REASON)
    return world


def note(world: World, **given: Any) -> NoteView:
    command = CreateNote(customer=world.maria.id, type=BILLING.id, text="Pays by the year.")
    return world.do(evolve(command, **given), NoteView)


def wish(world: World, **given: Any) -> CreateTicket:
    command = CreateTicket(
        customer=world.maria.id, type=CALL_BACK.id, text="Call about the panel.", assignee=world.sam.id, due=TODAY
    )
    return evolve(command, **given)


def ticket(world: World, **given: Any) -> tuple[TicketId, TicketView]:
    made = world.do(wish(world, **given), TicketView)
    return TicketId(NoteId(made.id)), made


# --- what they are (CUS-17, CUS-23) -----------------------------------------------------------------------


@pytest.mark.rule("CUS-17", "CUS-23")
def test_a_note_is_a_text_of_a_type_by_somebody(world: World) -> None:
    for customer in (world.maria, world.lead):
        made = note(world, customer=customer.id, text="  <b>Pays</b> by the year. ")

        assert (made.type.name, made.text, made.customer) == ("Billing", "<b>Pays</b> by the year.", customer.id)
        assert made.created_by is not None
        assert (made.created_by.name, made.created_at, made.version) == ("Olga", NOW, 1)
        assert world.ask(ShowNote(note=NoteId(made.id)), NoteView) == made


@pytest.mark.rule("CUS-23")
@pytest.mark.parametrize("text", ["é", "é" * 20_000])
def test_a_note_has_up_to_20_000_characters(world: World, text: str) -> None:
    made = note(world, text=text)
    assert made.text == text

    for wrong, code in (("", "text.empty"), (" \n", "text.empty"), ("é" * 20_001, "text.too_long")):
        for command in (ChangeNote(note=NoteId(made.id), text=wrong), wish(world, text=wrong)):
            with pytest.raises(InvalidValue) as refused:
                world.execute(command)
            assert (refused.value.code, refused.value.field) == (code, "text")


@pytest.mark.rule("CUS-23")
def test_a_ticket_is_a_note_with_an_assignee_and_a_due_date_and_open(world: World) -> None:
    id, made = ticket(world)

    assert (made.assignee.name, made.due, made.status, made.closed_at) == ("Sam", TODAY, TicketStatus.OPEN, None)
    assert (made.text, made.type.name) == ("Call about the panel.", "Call back")
    assert world.ask(ShowTicket(ticket=id), TicketView) == made
    with pytest.raises(InvalidValue) as refused:
        world.execute(wish(world, due=date(1899, 12, 31)))
    assert (refused.value.code, refused.value.field) == ("date.out_of_range", "due")


@pytest.mark.rule("CUS-23")
def test_a_ticket_is_overdue_when_its_day_has_passed_at_the_records_location(world: World) -> None:
    for due, overdue in ((TODAY, False), (date(2026, 5, 24), True)):
        id, made = ticket(world, due=due)
        assert made.overdue is overdue
        assert world.do(CloseTicket(ticket=id), TicketView).overdue is False


@pytest.mark.rule("ACC-20")
def test_new_choices_are_of_active_note_types_and_a_saved_one_is_kept(world: World) -> None:
    _, made = ticket(world)
    written = note(world)
    commands = (
        CreateNote(customer=world.maria.id, type=OLD.id, text="By fax."),
        ChangeNote(note=NoteId(written.id), type=OLD.id),
        wish(world, type=OLD.id),
        ChangeTicket(ticket=TicketId(NoteId(made.id)), type=OLD.id),
    )
    for command in commands:
        broken = refusal(world, command)["note_type.inactive"]
        assert (broken.sentence, broken.field) == ("The note type Fax is no longer offered.", "type")
    world.replace(BILLING, active=False)

    kept = world.do(ChangeNote(note=NoteId(written.id), type=BILLING.id, text="By the month."), NoteView)
    assert (kept.type.name, kept.text) == ("Billing", "By the month.")


def test_a_note_type_is_of_the_catalog_of_note_types(world: World) -> None:
    for command in (CreateNote(customer=world.maria.id, type=REASON.id, text="Hm."), wish(world, type=REASON.id)):
        with pytest.raises(NotFound):
            world.execute(command)


@pytest.mark.rule("CUS-23")
def test_a_ticket_is_given_to_active_users_and_stays_with_one_who_has_left(world: World) -> None:
    gone = a_user(name="Gus", home=world.provo.id, active=False)
    world.put(gone)
    id, _ = ticket(world)
    for command in (wish(world, assignee=gone.id), ChangeTicket(ticket=id, assignee=gone.id)):
        broken = refusal(world, command)["ticket.assignee_inactive"]
        assert (broken.sentence, broken.field) == ("Gus is no longer active.", "assignee")
    with pytest.raises(NotFound):
        world.execute(wish(world, assignee=UserId(fresh())))
    world.replace(world.sam, active=False)

    later = ChangeTicket(ticket=id, assignee=world.sam.id, due=date(2026, 6, 1))
    assert world.do(later, TicketView).assignee.name == "Sam"
    assert world.do(ChangeTicket(ticket=id, assignee=world.pia.id), TicketView).assignee.name == "Pia"


# --- how a ticket turns (CUS-23) ----------------------------------------------------------------------------


@pytest.mark.rule("CUS-23")
def test_a_ticket_is_closed_once_and_opened_again_once(world: World) -> None:
    id, _ = ticket(world)
    assert refusal(world, ReopenTicket(ticket=id))["ticket.status_unchanged"].facts == {"status": "open"}

    closed = world.do(CloseTicket(ticket=id), TicketView)
    assert (closed.status, closed.closed_at, closed.version) == (TicketStatus.CLOSED, NOW, 2)
    assert closed.closed_by is not None
    assert closed.closed_by.name == "Olga"
    again = refusal(world, CloseTicket(ticket=id))["ticket.status_unchanged"]
    assert again.sentence == "This ticket is closed already."

    opened = world.do(ReopenTicket(ticket=id), TicketView)
    assert (opened.status, opened.closed_by, opened.closed_at) == (TicketStatus.OPEN, None, None)
    assert opened.assignee.name == "Sam"


@pytest.mark.rule("CUS-23")
def test_a_closed_ticket_stays_as_it_was(world: World) -> None:
    id, _ = ticket(world)
    change = ChangeTicket(ticket=id, text="Call again.")
    world.execute(CloseTicket(ticket=id))

    assert "ticket.closed" in refusal(world, change)
    world.execute(ReopenTicket(ticket=id))
    assert world.do(change, TicketView).text == "Call again."


@pytest.mark.rule("CUS-23")
def test_a_ticket_of_one_who_has_left_is_opened_again_for_another(world: World) -> None:
    id, _ = ticket(world)
    world.execute(CloseTicket(ticket=id))
    world.replace(world.sam, active=False)

    assert "ticket.assignee_inactive" in refusal(world, ReopenTicket(ticket=id))
    opened = world.do(ReopenTicket(ticket=id, assignee=world.pia.id, due=date(2026, 6, 2)), TicketView)
    assert (opened.assignee.name, opened.due) == ("Pia", date(2026, 6, 2))


@pytest.mark.rule("CUS-16")
def test_the_history_tells_what_was_changed_and_by_whom(world: World) -> None:
    id, _ = ticket(world)
    world.execute(ChangeTicket(ticket=id, due=date(2026, 6, 1)))
    world.execute(CloseTicket(ticket=id))

    with world.storage.reading(world.company.id) as unit:
        closed, moved, made = unit.history.of("ticket", id)
    assert [(each.field, each.old, each.new) for each in moved.changes] == [("due", "2026-05-25", "2026-06-01")]
    assert ("status", "open", "closed") in [(each.field, each.old, each.new) for each in closed.changes]
    assert {"text", "assignee", "customer"} <= {each.field for each in made.changes}
    assert closed.actor == world.boss.id


@pytest.mark.rule("STO-04")
def test_a_change_meant_for_an_older_version_is_stale(world: World) -> None:
    id, _ = ticket(world)
    written = NoteId(note(world).id)
    world.execute(ChangeTicket(ticket=id, text="Call."), expected_version=1)
    world.execute(ChangeNote(note=written, text="Pays."), expected_version=1)

    for command in (ChangeTicket(ticket=id, text="?"), CloseTicket(ticket=id), ChangeNote(note=written, text="?")):
        with pytest.raises(Stale):
            world.execute(command, expected_version=1)
    assert world.do(ChangeNote(note=written, text="Pays."), NoteView).version == 2


# --- lists (CUS-17, CUS-20) -----------------------------------------------------------------------------------


@pytest.mark.rule("CUS-17", "API-04")
def test_notes_are_listed_newest_first_page_by_page_and_counted(world: World) -> None:
    texts = ["one", "two", "three"]
    for text in texts:
        note(world, text=text)
    note(world, customer=world.lead.id)

    first = world.ask(ListNotes(customer=world.maria.id, limit=2, count=True), NotesView)
    assert first.next is not None
    rest = world.ask(ListNotes(customer=world.maria.id, limit=2, after=NoteId(first.items[-1].id)), NotesView)

    assert [each.text for each in (*first.items, *rest.items)] == texts[::-1]
    assert (first.next, rest.next) == (str(first.items[-1].id), None)
    assert (first.count, rest.count) == (3, None)


@pytest.mark.rule("CUS-17", "CUS-20")
def test_tickets_are_listed_and_counted_by_status(world: World) -> None:
    for text in ("one", "two", "three"):
        ticket(world, text=text)
    world.execute(CloseTicket(ticket=ticket(world, text="four")[0]))

    def told(status: TicketStatus | None) -> tuple[list[str], int | None]:
        view = world.ask(ListTickets(customer=world.maria.id, status=status, count=True), TicketsView)
        return [each.text for each in view.items], view.count

    assert told(None) == (["four", "three", "two", "one"], 4)
    assert told(TicketStatus.OPEN) == (["three", "two", "one"], 3)
    assert told(TicketStatus.CLOSED) == (["four"], 1)


# --- who may (CUS-20, CUS-21, ACC-12, ACC-16, ACC-22) ------------------------------------------------------------


@pytest.mark.rule("ACC-16", "ACC-22", "CUS-21")
def test_each_action_needs_its_own_permission_at_the_records_location(world: World) -> None:
    written, (id, _) = NoteId(note(world).id), ticket(world)
    notes, tickets = Permission.NOTES, Permission.TICKETS
    for command, permission, actions in (
        (CreateNote(customer=world.maria.id, type=BILLING.id, text="Pays."), notes, (CREATE,)),
        (ChangeNote(note=written, text="Pays."), notes, (VIEW, MODIFY)),
        (wish(world), tickets, (CREATE,)),
        (ChangeTicket(ticket=id, text="Call."), tickets, (VIEW, MODIFY)),
        (CloseTicket(ticket=id), tickets, (VIEW, MODIFY)),
        (ReopenTicket(ticket=id), tickets, (VIEW, MODIFY)),
    ):
        needed = tuple((permission, action) for action in actions)
        elsewhere = world.actor(*needed, at=world.phoenix.id)
        assert denial(world, command, by=with_records(world, elsewhere)) == "ACC-16"
        other = notes if permission is tickets else tickets
        wrong = world.actor(RECORD, *((other, action) for action in (VIEW, CREATE, MODIFY)))
        assert denial(world, command, by=wrong) == "ACC-18"
        for missing in needed:
            lacking = {(permission, action) for action in (VIEW, CREATE, MODIFY)} - {missing}
            assert denial(world, command, by=world.actor(RECORD, *lacking)) in ("ACC-16", "ACC-18")
        world.execute(command, by=world.actor(RECORD, *needed, at=world.provo.id))


@pytest.mark.rule("ACC-12", "ACC-16", "CUS-20")
def test_of_a_record_that_one_may_not_view_nothing_is_told_or_taken(world: World) -> None:
    written, (id, _) = NoteId(note(world).id), ticket(world)
    all_of_it = [
        (permission, action)
        for permission in (Permission.NOTES, Permission.TICKETS)
        for action in (VIEW, CREATE, MODIFY)
    ]
    blind = world.actor(*all_of_it, (Permission.LEADS, VIEW))
    for question in (
        ShowNote(note=written),
        ShowTicket(ticket=id),
        ListNotes(customer=world.maria.id),
        ListTickets(customer=world.maria.id),
    ):
        assert hidden(world, question, by=blind) == "ACC-12"
        assert hidden(world, question, by=world.actor(RECORD, *all_of_it[1:3], *all_of_it[4:])) == "ACC-18"
    for command in (ChangeNote(note=written, text="?"), wish(world), CloseTicket(ticket=id)):
        assert denial(world, command, by=blind) == "ACC-12"


@pytest.mark.rule("SEC-01")
def test_another_companys_are_not_there(world: World) -> None:
    other = World()
    other.put(CALL_BACK, BILLING)
    written, (id, _) = NoteId(note(other).id), ticket(other)

    for question in (ShowNote(note=written), ShowTicket(ticket=id), ListNotes(customer=other.maria.id)):
        with pytest.raises(NotFound):
            world.ask(question, object)


def with_records(world: World, actor: Actor) -> Actor:
    """
    The same, who may view every customer beside.
    """
    return evolve(actor, grants=actor.grants | world.actor(RECORD).grants)
