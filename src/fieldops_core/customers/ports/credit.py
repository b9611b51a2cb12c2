"""
Who knows credit scores.
"""

from typing import Protocol

from fieldops_core.customers.model import CreditInquiry, CreditReport


class CreditFailed(Exception):
    """
    A credit bureau did not answer in time, or refused: the message is a sentence for people.
    """


class CreditBureaus(Protocol):
    """
    Those who know credit scores. Asked outside of transactions.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """
        The bureaus that can be asked.
        """

    def run(self, inquiry: CreditInquiry) -> CreditReport:
        """
        Raises:
            CreditFailed: where the bureau does not answer, or not with a report.
        """


class NoCreditBureaus:
    """
    Asks nobody: until whoever runs the server connects a bureau, every credit check is refused.
    """

    names: tuple[str, ...] = ()

    def run(self, inquiry: CreditInquiry) -> CreditReport:
        raise CreditFailed("No credit bureau is connected here.")
