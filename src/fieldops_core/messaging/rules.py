"""
Rules of sheets and messages.
"""

from attrs import frozen

from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.messaging.model import Message, MessageState

RECIPIENTS = 20


@frozen(kw_only=True)
class Sending:
    """
    A sheet that is to be sent: whether *to_user*, the appointment's user of that *name* and *address*, None where they
    have none that is theirs any more; and the further addresses.
    """

    to_user: bool
    name: str
    address: Email | None
    to: tuple[Email, ...]


@rule("PDF-04", "sheet.no_recipient", "Nobody is named to send it to.", field="to")
def somebody_is_to_get_it(case: Sending) -> Facts | None:
    """
    Its user, a further address, or both.
    """
    return None if case.to_user or case.to else {}


@rule("PDF-04", "sheet.user_without_address", "{user} has no address to send it to.", field="to_user")
def user_has_an_address(case: Sending) -> Facts | None:
    """
    A deactivated user's address is theirs no more.
    """
    return {"user": case.name} if case.to_user and case.address is None else None


@rule("PDF-04", "sheet.too_many_recipients", "A sheet is sent to at most {limit} addresses at once.", field="to")
def recipients_are_few(case: Sending) -> Facts | None:
    """
    More than anybody has to do with one visit.
    """
    return {"limit": RECIPIENTS} if len(case.to) > RECIPIENTS else None


@rule("CUS-23", "message.no_address", "The record has no email address, and none is given.", field="to")
def message_has_an_address(to: Email | None) -> Facts | None:
    """
    The one given, else the record's own.
    """
    return {} if to is None else None


@rule("CUS-23", "message.empty", "A message says something.", field="body")
def message_says_something(body: str) -> Facts | None:
    """
    What is sent with nothing attached has a text.
    """
    return None if body.strip() else {}


@rule("NTF-08", "message.not_dead", "Only a dead message is tried again by hand: this one is {state}.")
def message_is_dead(message: Message) -> Facts | None:
    """
    One that waits is tried by itself, one that was sent is not sent twice.
    """
    return None if message.state is MessageState.DEAD else {"state": message.state.value}


SENDING = (somebody_is_to_get_it, user_has_an_address, recipients_are_few)
ADDRESS, TEXT = (message_has_an_address,), (message_says_something,)
RETRYING = (message_is_dead,)
