"""
What is done with and asked of appointment sheets and messages.
"""

from functools import partial

from fieldops_core.access.model import Permission
from fieldops_core.app.ports import Ports
from fieldops_core.app.registry.uses import CREATE, VIEW, Use, use
from fieldops_core.messaging import messages
from fieldops_core.messaging import use_cases as cases
from fieldops_core.messaging.model import Sheet
from fieldops_core.messaging.views import MessagesView, MessageView, SentView


def uses(ports: Ports) -> tuple[Use, ...]:
    create, view = ((Permission.MESSAGES, CREATE),), ((Permission.MESSAGES, VIEW),)
    preview = partial(cases.preview_sheet, sanitiser=ports.sanitiser)
    send = partial(cases.send_sheet, sanitiser=ports.sanitiser)
    return (
        use(messages.PreviewSheet, preview, Sheet, needs=create, changes=False),
        use(messages.SendSheet, send, SentView, needs=create, changes=True),
        use(messages.CreateMessage, cases.create_message, MessageView, needs=create, changes=True),
        use(messages.RetryMessage, cases.retry_message, MessageView, needs=create, changes=True),
        use(messages.FinishSending, cases.finish_sending, MessageView, needs=(), changes=True),
        use(messages.ShowMessage, cases.show_message, MessageView, needs=view, changes=False),
        use(messages.ListMessages, cases.list_messages, MessagesView, needs=view, changes=False),
    )
