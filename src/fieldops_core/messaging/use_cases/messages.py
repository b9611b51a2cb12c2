"""
Messages: queued, sent, tried again, shown, listed.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Stage
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.messaging import decisions
from fieldops_core.messaging.messages import (
    CreateMessage,
    FinishSending,
    ListMessages,
    RetryMessage,
    ShowMessage,
)
from fieldops_core.messaging.ports import Unit, Visible
from fieldops_core.messaging.use_cases.owning import owner, seen, views
from fieldops_core.messaging.views import MessageCounts, MessagesView, MessageView


def create_message(command: CreateMessage, call: Call[Unit]) -> MessageView:
    customer = owner(command.customer, Action.CREATE, call, changes=True)
    outcome = decisions.create(command, customer, call.actor.user, new_id=call.new_id, now=call.now)
    return views((call.keep(call.unit.messages, outcome),), call)[0]


def retry_message(command: RetryMessage, call: Call[Unit]) -> MessageView:
    message = call.unit.messages.get(command.message)
    owner(message.customer, Action.CREATE, call, changes=True)
    message = call.unit.messages.get(command.message, lock=Lock.EXCLUSIVE)
    call.expect(message)
    return views((call.keep(call.unit.messages, decisions.retry(message, now=call.now)),), call)[0]


def finish_sending(command: FinishSending, call: Call[Unit]) -> MessageView:
    """
    The system's own. It says what happened: that the record was archived meanwhile changes nothing of it.
    """
    message = call.unit.messages.get(command.message, lock=Lock.EXCLUSIVE)
    return views((call.keep(call.unit.messages, decisions.finish(command, message, now=call.now)),), call)[0]


def show_message(question: ShowMessage, call: Call[Unit]) -> MessageView:
    message = call.unit.messages.get(question.message)
    owner(message.customer, Action.VIEW, call, changes=False)
    return views((message,), call)[0]


def list_messages(question: ListMessages, call: Call[Unit]) -> MessagesView:
    """
    Of one customer, or what the reader may view of all; what lies elsewhere is left out (ACC-18).
    """
    limit, visible = one_more(question.limit), None
    if question.customer is not None:
        owner(question.customer, Action.VIEW, call, changes=False)
    else:
        visible = _visible(call)
    found = call.unit.messages.page(
        visible=visible, customer=question.customer, state=question.state, after=question.after, limit=limit
    )
    page, last = paged(found, question.limit)
    counts = call.unit.messages.counts(visible=visible, customer=question.customer) if question.count else None
    return MessagesView(
        items=views(page, call),
        next=None if last is None else str(last.id),
        counts=None if counts is None else MessageCounts(**{state.value: many for state, many in counts.items()}),
    )


def _visible(call: Call[Unit]) -> Visible:
    places = call.unit.companies.setup().locations
    return frozenset((stage, place.id) for stage in Stage for place in places if seen(call.actor, stage, place.id))
