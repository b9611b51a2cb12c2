"""
Who may read and send messages.
"""

from attrs import frozen

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.access.rules.records import DENIED
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class MessageAccess:
    """
    Messages about a record, asked *at* its location.
    """

    actor: Actor
    action: Action
    at: LocationId


@rule("ACC-11", DENIED, "You do not have the permission for messages here.")
def may_use_messages(case: MessageAccess) -> Facts | None:
    """
    ``messages``: VIEW lists, CREATE queues, sends again, and previews and sends appointment sheets.
    """
    return None if case.actor.holds(Permission.MESSAGES, case.action, case.at) else {}
