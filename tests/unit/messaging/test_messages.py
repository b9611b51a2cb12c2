"""
Messages: queued, sent at least once, tried again, dead, listed.
"""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import SYSTEM, Action, Permission
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import Forbidden, InvalidValue
from fieldops_core.messaging.calculations import MOST_ATTEMPTS
from fieldops_core.messaging.messages import (
    CreateMessage,
    FinishSending,
    ListMessages,
    RetryMessage,
    ShowMessage,
)
from fieldops_core.messaging.model import MessageId, MessageState
from fieldops_core.messaging.ports import MailFailed
from fieldops_core.messaging.views import MessageCounts, MessagesView, MessageView
from fieldops_core.overview.messages import ShowHistory
from fieldops_core.overview.views import HistoryView
from fieldops_core.testing.builders import a_customer, a_message
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE = (Permission.MESSAGES, Action.VIEW), (Permission.MESSAGES, Action.CREATE)
SEES = (Permission.CUSTOMERS, Action.VIEW)
QUEUED, SENT, FAILED, DEAD = MessageState


def wish(world: World, **given: Any) -> CreateMessage:
    command = CreateMessage(customer=world.maria.id, to="maria@example.com", subject="Your visit", body="At nine.")
    return evolve(command, **given)


def made(world: World, **given: Any) -> MessageView:
    return world.do(wish(world, **given), MessageView)


def shown(world: World, message: MessageView) -> MessageView:
    return world.ask(ShowMessage(message=MessageId(message.id)), MessageView)


def listed(world: World, **asked: Any) -> MessagesView:
    return world.ask(ListMessages(**asked), MessagesView)


# --- queued (CUS-23) ------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-23")
def test_a_message_waits_with_all_that_it_says() -> None:
    world = World()

    message = made(world)

    assert (message.channel.value, message.to, message.subject, message.body) == (
        "email",
        "maria@example.com",
        "Your visit",
        "At nine.",
    )
    assert (message.state, message.attempts, message.last_error, message.sent_at) == (QUEUED, 0, "", None)
    assert (message.created_by and message.created_by.name, message.created_at) == ("Olga", NOW)
    assert shown(world, message) == message


@pytest.mark.rule("CUS-23")
def test_it_goes_to_the_records_own_address_unless_another_is_given() -> None:
    world = World()
    with world.storage.writing(world.company.id) as unit:
        unit.customers.save(evolve(world.maria, email=Email("own@example.com"), version=2))

    assert made(world, to=None).to == "own@example.com"
    assert made(world).to == "maria@example.com"


@pytest.mark.rule("CUS-23")
def test_a_message_without_an_address_or_a_text_is_refused() -> None:
    world = World()

    assert list(refusal(world, wish(world, to=None, body=" "))) == ["message.no_address", "message.empty"]
    assert list(refusal(world, wish(world, to=None))) == ["message.no_address"]
    assert list(refusal(world, wish(world, body="\n"))) == ["message.empty"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"subject": "Hello\r\nBcc: everybody@example.com"}, "subject.invalid"),
        ({"subject": " "}, "text.empty"),
        ({"subject": "a" * 201}, "text.too_long"),
        ({"body": "a" * 20_001}, "text.too_long"),
        ({"to": "maria"}, "email.invalid"),
        ({"to": "a@example.com\nBcc: b@example.com"}, "email.invalid"),
    ],
)
def test_what_would_be_no_mail_is_refused(given: dict[str, str], code: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(wish(world, **given))
    assert (refused.value.code, refused.value.field) == (code, next(iter(given)))


@pytest.mark.rule("ARC-06")
def test_nothing_is_written_to_an_archived_customer() -> None:
    world = World()
    dead = a_message(customer=world.maria.id, state=DEAD, due_at=None)
    world.put(dead)
    with world.storage.writing(world.company.id) as unit:
        unit.customers.save(evolve(world.maria, archived_at=NOW, version=2))

    for command in (wish(world), RetryMessage(message=dead.id)):
        assert list(refusal(world, command)) == ["customer.archived"]


@pytest.mark.rule("ACC-11")
def test_messages_need_their_permission_at_the_records_location() -> None:
    world = World()
    dead = a_message(customer=world.maria.id, state=DEAD, due_at=None)
    world.put(dead)
    may = {"writes": world.actor(SEES, CREATE, at=world.provo.id), "reads": world.actor(SEES, VIEW, at=world.provo.id)}
    elsewhere = world.actor(CREATE, VIEW, at=world.phoenix.id)
    elsewhere = evolve(elsewhere, grants=elsewhere.grants | world.actor(SEES).grants)

    assert world.do(wish(world), MessageView, by=may["writes"])
    assert world.ask(ShowMessage(message=dead.id), MessageView, by=may["reads"])
    assert world.ask(ListMessages(customer=world.maria.id), MessagesView, by=may["reads"]).items
    for command in (wish(world), RetryMessage(message=dead.id)):
        denial(world, command, by=may["reads"])
        denial(world, command, by=elsewhere)
    for question in (ShowMessage(message=dead.id), ListMessages(customer=world.maria.id)):
        hidden(world, question, by=may["writes"])
        hidden(world, question, by=elsewhere)
    assert world.ask(ListMessages(), MessagesView, by=elsewhere).items == ()


@pytest.mark.rule("CUS-16")
def test_a_message_and_how_it_fared_are_in_the_records_history() -> None:
    world = World()
    made(world)
    world.ops.send_messages()

    history = world.ask(ShowHistory(customer=world.maria.id), HistoryView)

    told = [(line.kind, {each.field for each in line.changes}) for line in history.items]
    assert told[0] == ("message", {"state", "attempts", "sent_at"})
    assert told[1][0] == "message" and {"to", "subject", "body"} <= told[1][1]
    assert not {"sheet", "due_at"} & (told[0][1] | told[1][1])


# --- sent (NTF-01, NTF-08) ------------------------------------------------------------------------------


@pytest.mark.rule("NTF-01", "NTF-08")
def test_a_message_is_handed_on_after_the_commit_and_is_sent_then() -> None:
    world = World()
    message = made(world)
    assert world.mail.letters == []

    assert (world.ops.send_messages(), world.ops.send_messages()) == (1, 0)

    (letter,) = world.mail.letters
    assert (letter.id, letter.to.address, letter.subject, letter.body) == (
        message.id,
        "maria@example.com",
        "Your visit",
        "At nine.",
    )
    assert letter.sender == world.company.name
    after = shown(world, message)
    assert (after.state, after.attempts, after.sent_at) == (SENT, 1, NOW)


@pytest.mark.rule("NTF-01")
def test_what_is_rolled_back_is_never_sent() -> None:
    world = World()
    world.ops.preview(wish(world), world.context())

    assert world.ops.send_messages() == 0


@pytest.mark.rule("NTF-01")
def test_a_crash_between_handing_on_and_keeping_that_sends_again_under_the_same_id() -> None:
    world = World()
    message = made(world)

    def crash(letter: object) -> None:
        type(world.mail).send(world.mail, letter)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    world.mail.send = crash  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        world.ops.send_messages()
    del world.mail.send

    assert shown(world, message).state is QUEUED
    assert world.ops.send_messages() == 0
    world.clock.advance(minutes=5)
    assert world.ops.send_messages() == 1
    assert [letter.id for letter in world.mail.letters] == [message.id, message.id]
    assert shown(world, message).attempts == 1


@pytest.mark.rule("NTF-08")
def test_what_fails_is_tried_again_after_ever_longer_waits_and_is_dead_in_the_end() -> None:
    world = World()
    message = made(world)
    world.mail.failure = MailFailed("The mail server does not answer.")
    waits = []

    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert world.ops.send_messages() == 1
        after = shown(world, message)
        assert (after.attempts, after.last_error) == (attempt, "The mail server does not answer.")
        if after.state is DEAD:
            break
        assert after.state is FAILED
        minutes = 3 ** (attempt - 1)
        world.clock.advance(minutes=minutes - 1)
        assert world.ops.send_messages() == 0
        world.clock.advance(minutes=1)
        waits.append(timedelta(minutes=minutes))

    assert len(waits) == MOST_ATTEMPTS - 1
    assert shown(world, message).state is DEAD
    world.clock.advance(days=30)
    assert world.ops.send_messages() == 0


@pytest.mark.rule("NTF-08")
def test_what_is_refused_for_good_is_dead_at_once() -> None:
    world = World()
    message = made(world)
    world.mail.failure = MailFailed("There is no such mailbox.", refused=True)

    world.ops.send_messages()

    after = shown(world, message)
    assert (after.state, after.attempts, after.last_error) == (DEAD, 1, "There is no such mailbox.")


@pytest.mark.rule("NTF-08")
def test_a_dead_message_can_be_tried_again_and_no_other() -> None:
    world = World()
    message = made(world)
    retry = RetryMessage(message=MessageId(message.id))
    assert refusal(world, retry)["message.not_dead"].facts == {"state": "queued"}
    world.mail.failure = MailFailed("There is no such mailbox.", refused=True)
    world.ops.send_messages()

    again = world.do(retry, MessageView)
    assert (again.state, again.attempts, again.last_error) == (QUEUED, 0, "There is no such mailbox.")
    world.mail.failure = None
    assert world.ops.send_messages() == 1

    after = shown(world, message)
    assert (after.state, after.last_error) == (SENT, "")
    assert refusal(world, retry)["message.not_dead"].facts == {"state": "sent"}


@pytest.mark.rule("NTF-08")
def test_a_second_worker_that_comes_late_changes_nothing() -> None:
    world = World()
    message = made(world)
    world.ops.send_messages()

    late = FinishSending(message=MessageId(message.id), error="Too late.")
    after = world.do(late, MessageView, by=SYSTEM)

    assert after == shown(world, message)
    assert (after.state, after.version) == (SENT, 2)


def test_how_sending_ended_is_the_systems_alone_to_say() -> None:
    world = World()
    message = made(world)
    nobody = world.actor(CREATE, VIEW, SEES)

    with pytest.raises(Forbidden):
        world.execute(FinishSending(message=MessageId(message.id)), by=nobody)


def test_without_a_mailer_that_sends_all_stay_queued() -> None:
    world = World()
    world.mail.sends = False
    world.ops = world.engine()
    message = made(world)

    assert world.ops.send_messages() == 0
    assert shown(world, message).state is QUEUED


@pytest.mark.rule("PDF-03", "NTF-08")
def test_a_message_whose_sheet_cannot_be_printed_is_tried_again() -> None:
    from tests.unit.messaging.test_sheets import Office

    office = Office()
    (message,) = office.send(to_user=True).messages
    office.world.printer.broken = True
    office.world.ops.send_messages()

    after = shown(office.world, message)
    assert (after.state, after.last_error) == (FAILED, "pdf generation failed")
    office.world.printer.broken = False
    office.world.clock.advance(minutes=1)
    office.world.ops.send_messages()
    assert shown(office.world, message).state is SENT


# --- listed (CUS-17) ------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-17", "NTF-08")
def test_messages_are_listed_newest_first_and_counted_by_state() -> None:
    world = World()
    other = a_customer(location=world.phoenix.id, number=9)
    some = [a_message(customer=world.maria.id, state=state) for state in (QUEUED, SENT, DEAD, DEAD)]
    elsewhere = a_message(customer=other.id, state=DEAD)
    for each in (other, *some, elsewhere):
        world.put(each)

    mine = listed(world, customer=world.maria.id, count=True)
    dead = listed(world, state=DEAD, count=True)

    assert [each.id for each in mine.items] == [each.id for each in reversed(some)]
    assert mine.counts == MessageCounts(queued=1, sent=1, dead=2)
    assert [each.id for each in dead.items] == [elsewhere.id, some[3].id, some[2].id]
    assert dead.counts == MessageCounts(queued=1, sent=1, dead=3)
    first = listed(world, limit=2)
    assert first.counts is None and first.next is not None
    assert [each.id for each in listed(world, after=first.items[-1].id).items] == [some[2].id, some[1].id, some[0].id]


@pytest.mark.rule("ACC-18")
def test_what_lies_elsewhere_is_left_out_of_the_list_of_all() -> None:
    world = World()
    other = a_customer(location=world.phoenix.id, number=9)
    here, there = a_message(customer=world.maria.id), a_message(customer=other.id)
    lead = a_message(customer=world.lead.id)
    for each in (other, here, there, lead):
        world.put(each)
    reader = world.actor(SEES, VIEW, at=world.provo.id)

    found = world.ask(ListMessages(count=True), MessagesView, by=reader)

    assert [each.id for each in found.items] == [here.id]
    assert found.counts == MessageCounts(queued=1)
