"""
Government regulations.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import Requirement
from fieldops_core.company.views import MoneyView, money_view
from fieldops_core.customers.model import Fulfilment, Regulated, RegulationStatus
from fieldops_core.customers.views.names import NamedView, Names


@frozen(kw_only=True)
class FulfilmentView:
    """
    That a record has fulfilled a regulation; *expires_on* is the last day on which that holds, null for ever.
    """

    id: UUID
    customer: UUID
    regulation: NamedView
    number: str
    fulfilled_on: date
    expires_on: date | None
    created_by: NamedView | None
    created_at: datetime
    version: int


@frozen(kw_only=True)
class RegulationView:
    """
    A regulation, and how the record stands to it. *applies*: it is of the record's state and city, and active; one that
    does not is listed because it was fulfilled.
    """

    id: UUID
    name: str
    requirement: Requirement | None
    state: str | None
    city: str
    amount: MoneyView | None
    months: int | None
    applies: bool
    status: RegulationStatus
    fulfilments: tuple[FulfilmentView, ...]


@frozen(kw_only=True)
class RegulationsView:
    """
    All regulations of a record, by name, each with what was fulfilled of it, newest first.
    """

    items: tuple[RegulationView, ...]
    next: str | None = None


def fulfilment_view(fulfilment: Fulfilment, names: Names) -> FulfilmentView:
    return FulfilmentView(
        id=fulfilment.id,
        customer=fulfilment.customer,
        regulation=names.entry(fulfilment.regulation),
        number=fulfilment.number,
        fulfilled_on=fulfilment.fulfilled_on,
        expires_on=fulfilment.expires_on,
        created_by=names.user(fulfilment.created_by),
        created_at=fulfilment.created_at,
        version=fulfilment.version,
    )


def regulation_view(regulated: Regulated, names: Names) -> RegulationView:
    entry, told = regulated.regulation, regulated.regulation.attributes
    return RegulationView(
        id=entry.id,
        name=entry.name,
        requirement=told.requirement,
        state=told.state,
        city=told.city,
        amount=None if told.amount is None else money_view(told.amount),
        months=told.months,
        applies=regulated.applies,
        status=regulated.status,
        fulfilments=tuple(fulfilment_view(each, names) for each in regulated.fulfilments),
    )
