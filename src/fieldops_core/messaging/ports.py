"""
What messaging needs of the world.
"""

from collections.abc import Mapping
from typing import Protocol

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Repository
from fieldops_core.messaging.model import Letter, Message, MessageId, MessageState, Sheet
from fieldops_core.work_orders import ports as work_orders

Visible = frozenset[tuple[Stage, LocationId]]
"""
Records of a stage, at a location.
"""


class SheetFailed(Exception):
    """
    A sheet could not be printed (PDF-03).
    """


class Sheets(Protocol):
    """
    Prints sheets as PDF files. Used outside of transactions.
    """

    def print_sheet(self, sheet: Sheet) -> bytes:
        """
        The file: the same bytes for the same sheet.

        Raises:
            Exception: whatever went wrong.
        """


class NoSheets:
    """
    Prints none: for embedders who have no use for them.
    """

    def print_sheet(self, _: Sheet) -> bytes:
        raise SheetFailed("No sheets are printed here.")


class MailFailed(Exception):
    """
    A letter could not be handed on: the message is a sentence for people, without any secret. *refused*: it is not
    wanted, so that another try is no use.
    """

    def __init__(self, sentence: str, *, refused: bool = False) -> None:
        super().__init__(sentence)
        self.refused = refused


class Mailer(Protocol):
    """
    Hands letters on. Used outside of transactions.
    """

    @property
    def sends(self) -> bool:
        """
        Whether it sends anything: without that, messages stay queued.
        """

    def send(self, letter: Letter) -> None:
        """
        It was taken when this returns. A letter of the same id may be handed on a second time, where nobody knows
        whether the first time it was: its Message-ID is the same then.

        Raises:
            MailFailed: where it was not taken.
        """


class NoMailer:
    """
    Sends nothing: messages stay queued.
    """

    sends = False

    def send(self, _: Letter) -> None:
        raise MailFailed("No mail is sent here.")


class Messages(Repository[MessageId, Message], Protocol):
    def page(
        self,
        *,
        visible: Visible | None,
        customer: CustomerId | None,
        state: MessageState | None,
        after: MessageId | None,
        limit: int,
    ) -> tuple[Message, ...]:
        """
        At most *limit* messages about *visible* records (None: all), newest first: in the order of their ids, from the
        last, below *after*.
        """

    def counts(self, *, visible: Visible | None, customer: CustomerId | None) -> Mapping[MessageState, int]:
        """
        How many there are in which state, of the same choice.
        """


class Unit(work_orders.Unit, Protocol):
    @property
    def messages(self) -> Messages: ...
