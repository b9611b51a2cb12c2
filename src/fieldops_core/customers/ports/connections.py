"""
Connections to those who monitor customers or serve them, and who links them.
"""

from typing import Protocol

from fieldops_core.customers.model import Account, Connection, ConnectionId, ConnectionKind, CustomerId
from fieldops_core.customers.ports.belongings import Belongings


class Connections(Belongings[ConnectionId, Connection], Protocol):
    def standing(self, customer: CustomerId, kind: ConnectionKind) -> Connection | None:
        """
        The one of a kind that is linked now. A second one is a Conflict.
        """


class ConnectorFailed(Exception):
    """
    A provider did not answer in time, or refused: the message is a sentence for people.
    """


class Connector(Protocol):
    """
    Links accounts at those who monitor customers, or provide their interactive services. Asked outside of transactions.
    """

    @property
    def by_hand(self) -> bool:
        """
        Nobody is told: somebody links the account there themselves.
        """

    def link(self, account: Account) -> str:
        """
        The provider's name for the link.

        Raises:
            ConnectorFailed: where the provider does not answer, or does not link that account.
        """

    def unlink(self, account: Account) -> None:
        """
        The account is linked no more, whether it was or not.

        Raises:
            ConnectorFailed: where the provider does not answer.
        """


class ByHand:
    """
    Talks to nobody: connections are kept as somebody tells them, who links the account at the provider themselves.
    """

    by_hand = True

    def link(self, account: Account) -> str:
        return ""

    def unlink(self, account: Account) -> None:
        pass
