"""
What the customers subdomain needs of the world.
"""

from typing import Protocol

from fieldops_core.access.model import Stage
from fieldops_core.company import ports as company
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Repository


class Customers(Repository[CustomerId, Customer], Protocol):
    def next_number(self) -> int:
        """
        A number that no record of the company has or had, 1 first. Given back only where the unit is rolled back.
        """

    def external_id_taken(self, external_id: str, *, by_other_than: CustomerId | None = None) -> bool:
        """
        Whether another record of the company has that external id.
        """

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]] | None,
        number: int | None,
        location: LocationId | None,
        stage: Stage | None,
        after: int | None,
        limit: int,
    ) -> tuple[Customer, ...]:
        """
        At most *limit* records with a number above *after*, in the order of their numbers. *visible* limits them to
        pairs of stage and location; None: all may be seen.
        """


class Unit(company.Unit, Protocol):
    @property
    def customers(self) -> Customers: ...
