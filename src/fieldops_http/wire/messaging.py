"""
Requests about sheets and messages, and how a sheet is answered.
"""

from typing import Annotated
from urllib.parse import quote

from litestar import Response
from msgspec import Meta

from fieldops_core.app.filing import Download
from fieldops_core.customers.model import CustomerId
from fieldops_core.messaging.messages import CreateMessage, RetryMessage, SendSheet
from fieldops_core.messaging.model import Channel, MessageId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_http.wire.values import Body, Change

Addresses = Annotated[tuple[str, ...], Meta(max_length=200, extra_json_schema={"maxItems": 20})]
"""
The core says how many are sensible, with a sentence.
"""


class SendSheetBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Which appointment's sheet goes to its user (*to_user*) and to further addresses; an empty *subject* or *body* says
    what is attached.
    """

    appointment: AppointmentId
    to_user: bool = False
    to: Addresses = ()
    subject: str = ""
    body: str = ""

    def command(self, work_order: WorkOrderId) -> SendSheet:
        return SendSheet(
            work_order=work_order,
            appointment=self.appointment,
            to_user=self.to_user,
            to=self.to,
            subject=self.subject,
            body=self.body,
        )


class CreateMessageBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A subject of one line and a text of at most 20,000 characters; without *to* it goes to the record's own address.
    """

    channel: Channel = Channel.EMAIL
    to: str | None = None
    subject: str
    body: str

    def command(self, customer: CustomerId) -> CreateMessage:
        return CreateMessage(customer=customer, channel=self.channel, to=self.to, subject=self.subject, body=self.body)


class RetryMessageBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Nothing but the version.
    """

    def command(self, message: MessageId) -> RetryMessage:
        return RetryMessage(message=message)


def printed(sheet: Download) -> Response[bytes]:
    """
    A sheet as a browser shows it, kept by nobody on the way.
    """
    return Response(
        sheet.content,
        media_type=sheet.media_type,
        headers={
            "Content-Disposition": f'inline; filename="{quote(sheet.name)}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
