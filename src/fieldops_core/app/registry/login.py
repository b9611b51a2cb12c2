"""
What is done with and asked of passwords, sessions and links to set a password.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import MODIFY, Use, use
from fieldops_core.login import messages
from fieldops_core.login import use_cases as cases
from fieldops_core.login.views import (
    AttemptView,
    LinkView,
    OpenedView,
    PasswordView,
    PostedView,
    SelfView,
    SessionsView,
    SessionView,
)


def uses(ports: Ports) -> tuple[Use, ...]:
    """
    What is the system's own is asked for at the door (:mod:`fieldops_core.app.door`).
    """
    send = ((Permission.USERS, MODIFY),)
    opening = partial(cases.open_session, randomness=ports.randomness)
    making = partial(cases.make_link, randomness=ports.randomness, posted=ports.post is not None)
    return (
        use(messages.CountAttempt, cases.count_attempt, AttemptView, needs=(), changes=True),
        use(messages.OpenSession, opening, OpenedView, needs=(), changes=True),
        use(messages.SetPassword, cases.set_password, PasswordView, needs=(), changes=True),
        use(messages.Invite, making, LinkView, needs=send, changes=True),
        use(messages.ResetPassword, making, LinkView, needs=(), changes=True),
        use(messages.FinishPosting, cases.finish_posting, PostedView, needs=(), changes=True),
        use(messages.EndSession, cases.end_session, SessionView, needs=None, changes=True),
        use(messages.ShowSession, cases.show_session, SessionView, needs=None, changes=False),
        use(messages.ListSessions, cases.list_sessions, SessionsView, needs=None, changes=False),
        use(messages.ShowSelf, cases.show_self, SelfView, needs=None, changes=False),
    )
