"""
What questions about a record and all that belongs to it answer.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.views import AddressView
from fieldops_core.customers.model import AccountType
from fieldops_core.customers.views import FamilyMember, NamedView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.overview.model import Category, Tab
from fieldops_core.scheduling.views import UserRef


@frozen(kw_only=True)
class ActionView:
    """
    One action, by the name of its operation: whether it is open to the reader now, and, where it is not, what stands
    against it, a missing permission alone. *choices* are what there is to choose from, where that depends on the state:
    the parts that can be edited, the statuses that can be set, the kinds of appointments.
    """

    name: str
    allowed: bool
    choices: tuple[str, ...] = ()
    why_not: tuple[Violation, ...] = ()


@frozen(kw_only=True)
class ActionsView:
    """
    In the order in which a page shows its buttons.
    """

    items: tuple[ActionView, ...]


@frozen(kw_only=True)
class ChangedField:
    """
    One field before and after, as plain values; confidential ones are ``***`` for whom may not see them (ACC-14).
    """

    field: str
    old: object
    new: object


@frozen(kw_only=True)
class HistoryLine:
    """
    What somebody (*by*; None: the system) changed of a record or of what belongs to it: the *kind* of thing and its id.
    """

    id: UUID
    at: datetime
    by: UserRef | None
    source: Source
    kind: str
    of: UUID
    changes: tuple[ChangedField, ...]


@frozen(kw_only=True)
class HistoryView:
    """
    A page, which may hold less than was asked for where some of it is not the reader's to see; *next* is what to ask
    after, None on the last.
    """

    items: tuple[HistoryLine, ...]
    next: str | None


@frozen(kw_only=True)
class TabView:
    """
    A tab of a record that its reader may see: how much there is, null where it counts nothing, and whether there is a
    warning.
    """

    tab: Tab
    count: int | None
    warning: bool


@frozen(kw_only=True)
class StatusBox:
    """
    How a customer stands in one respect: a *status* for programs, such as `not_monitored`, and a *text* for people.
    """

    category: Category
    status: str
    text: str


@frozen(kw_only=True)
class CreatedView:
    """
    When a record was created (UTC), and by whom; null: by the system.
    """

    at: datetime
    by: NamedView | None


@frozen(kw_only=True)
class SaleBadge:
    """
    When a customer was sold to, and by whom.
    """

    date: date | None
    rep: NamedView | None


@frozen(kw_only=True)
class InstallBadge:
    """
    The local date of the install appointment, and its technician.
    """

    date: date
    technician: NamedView


@frozen(kw_only=True)
class HeaderView:
    """
    What stays in sight of a record, whatever tab is open (CUS-09). *statuses*, *location*, *sale* and *install* are
    those of customers; *sale* and *install* are null too for whom may not see their section, and where nothing is
    known. *created* is null where nothing was written down of it. *parent*, or the first 50 *children* of
    *children_count*, as `GET /customers/{id}/family` tells all of them. *quick_actions* are those that are open now.
    """

    id: UUID
    number: int
    stage: Stage
    name: str
    archived_at: datetime | None
    statuses: tuple[StatusBox, ...]
    created: CreatedView | None
    sale: SaleBadge | None
    install: InstallBadge | None
    location: NamedView | None
    city: str
    state: str
    parent: FamilyMember | None
    children: tuple[FamilyMember, ...]
    children_count: int
    family_text: str
    tabs: tuple[TabView, ...]
    quick_actions: tuple[ActionView, ...]
    version: int


@frozen(kw_only=True)
class UnsavedRecord:
    """
    A record that is nowhere kept: what creating it would be sent, its personal section alone (CUS-21). *source* and
    *campaign* are a lead's.
    """

    stage: Stage
    account_type: AccountType | None
    first_name: str
    last_name: str
    business_name: str
    location: UUID
    phone: str
    address: AddressView
    coordinates: Point | None
    county: str
    cross_street: str
    work_phone: str | None
    cell_phone: str | None
    other_phone: str | None
    email: str | None
    language: str
    best_time: str
    spouse: str
    business_contact: str
    account_class: UUID | None
    source: UUID | None
    campaign: UUID | None
