"""
Families of customers: parents and sub-customers.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import Customer
from fieldops_core.kernel.rules import Violation


@frozen(kw_only=True)
class FamilyMember:
    """
    A customer as its family is told of it. Number and name are None for whom may not view it.
    """

    id: UUID
    number: int | None
    name: str | None
    archived: bool


@frozen(kw_only=True)
class FamilyView:
    """
    A customer's *parent*, or its *children*, how many there are, and what is said of it: *text* beside its name,
    *accounting* over its bills (FAM-07). The version is the customer's.
    """

    id: UUID
    version: int
    parent: FamilyMember | None
    children: tuple[FamilyMember, ...]
    children_count: int
    text: str
    accounting: str


@frozen(kw_only=True)
class ParentsView:
    """
    Who may become a customer's parent; nobody where *violations* say why it can have none.
    """

    items: tuple[FamilyMember, ...]
    violations: tuple[Violation, ...]


SOMEBODY = "another customer"


def family_view(
    customer: Customer,
    parent: Customer | None,
    children: Sequence[Customer],
    may_see: Callable[[Customer], bool],
    *,
    count: int | None = None,
) -> FamilyView:
    """
    *count*: how many sub-customers there are, where *children* are only the first of them.
    """
    count = len(children) if count is None else count
    name = parent.name if parent and may_see(parent) else SOMEBODY
    text = "1 sub-customer" if count == 1 else f"{count} sub-customers" if count else ""
    received = "payments are received on the Parent Customer."
    return FamilyView(
        id=customer.id,
        version=customer.version,
        parent=None if parent is None else family_member(parent, may_see),
        children=tuple(family_member(each, may_see) for each in children),
        children_count=count,
        text=f"Sub-customer of {name}" if parent else text,
        accounting=f"This is a sub-customer of {name} — {received}" if parent else "",
    )


def family_member(customer: Customer, may_see: Callable[[Customer], bool]) -> FamilyMember:
    seen = may_see(customer)
    return FamilyMember(
        id=customer.id,
        number=customer.number if seen else None,
        name=customer.name if seen else None,
        archived=customer.archived,
    )
