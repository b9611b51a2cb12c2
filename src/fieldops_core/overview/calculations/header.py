"""
The header of a record, for one reader (CUS-09).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from attrs import field, frozen

from fieldops_core.access.model import Action, Stage
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.company.model import EntryId, Setup
from fieldops_core.customers.model import Customer, InstallVisit
from fieldops_core.customers.views import NamedView, Names, Sight, family_view
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import day_in_words
from fieldops_core.overview.calculations.tabs import Reader, tabs
from fieldops_core.overview.model import Category, Counted, Counts, Tab
from fieldops_core.overview.views import ActionView, CreatedView, HeaderView, InstallBadge, SaleBadge, StatusBox


@frozen(kw_only=True)
class HeaderFacts:
    """
    What stands around a record: the entry of its history with which it *began*, its *install* appointment, its *parent*
    or the first of its *children*, and how many there are of everything. *today* is the date at its location, *sight*
    what the reader sees of it.
    """

    setup: Setup
    today: date
    sight: Sight
    counts: Counts = field(default=MappingProxyType({}))
    began: HistoryEntry | None = None
    install: InstallVisit | None = None
    parent: Customer | None = None
    children: tuple[Customer, ...] = ()
    names: Names = Names(users={})


def named_users(customer: Customer, facts: HeaderFacts) -> frozenset[UserId]:
    """
    The users whom a header names to its reader.
    """
    sight, install = facts.sight, facts.install
    found = (
        facts.began.actor if facts.began else None,
        customer.sale.sold_by if sight.sale else None,
        install.user if install and sight.installation else None,
    )
    return frozenset(each for each in found if each is not None)


def header_view(
    reader: Reader, facts: HeaderFacts, actions: Collection[ActionView], warnings: Collection[Tab] = ()
) -> HeaderView:
    """
    *actions* are the quick actions that are open, *warnings* the tabs for which there is one.
    """
    customer = reader.customer
    of_customer = customer.stage is Stage.CUSTOMER
    children = facts.counts.get(Counted.SUB_CUSTOMERS, 0)
    family = family_view(customer, facts.parent, facts.children, _may_see(reader), count=children)
    return HeaderView(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        name=customer.name,
        archived_at=customer.archived_at,
        statuses=tuple(_boxes(customer, facts)) if of_customer else (),
        created=_created(facts),
        sale=_sale(customer, facts) if of_customer else None,
        install=_install(facts) if of_customer else None,
        location=_location(customer, facts.setup) if of_customer else None,
        city=customer.address.city,
        state=customer.address.state,
        parent=family.parent,
        children=family.children,
        children_count=children,
        family_text=family.text,
        tabs=tabs(reader, facts.counts, warnings),
        quick_actions=tuple(actions),
        version=customer.version,
    )


def _may_see(reader: Reader) -> Callable[[Customer], bool]:
    def may_see(other: Customer) -> bool:
        case = RecordAccess(actor=reader.actor, stage=other.stage, action=Action.VIEW, at=other.location)
        return may_use_record(case) is None

    return may_see


def _created(facts: HeaderFacts) -> CreatedView | None:
    began = facts.began
    return CreatedView(at=began.at, by=facts.names.user(began.actor)) if began else None


def _sale(customer: Customer, facts: HeaderFacts) -> SaleBadge | None:
    sale = customer.sale
    if not facts.sight.sale or (sale.sale_date is None and sale.sold_by is None):
        return None
    return SaleBadge(date=sale.sale_date, rep=facts.names.user(sale.sold_by))


def _install(facts: HeaderFacts) -> InstallBadge | None:
    install = facts.install
    if install is None or not facts.sight.installation:
        return None
    return InstallBadge(date=install.date, technician=facts.names.somebody(install.user))


def _location(customer: Customer, setup: Setup) -> NamedView:
    location = setup.location(customer.location)
    return NamedView(id=location.id, name=location.name)


def _boxes(customer: Customer, facts: HeaderFacts) -> Iterator[StatusBox]:
    """
    One for each category that something is known of, and that the reader may see. Monitoring, billing and what was
    cancelled are told in the sale section.
    """
    sight = facts.sight
    if customer.archived or sight.sale:
        yield _account(customer)
    if sight.sale:
        yield _monitoring(customer, facts.names.entries)
    if sight.installation:
        installed = customer.installation.installed
        yield _box(Category.INSTALLATION, "installed" if installed else "not_installed")
    collected = customer.sale.collections_date
    if sight.sale and collected is not None and collected <= facts.today:
        yield _box(Category.BILLING, "in_collections", f"In collections since {day_in_words(collected)}")


def _account(customer: Customer) -> StatusBox:
    if customer.archived:
        return _box(Category.ACCOUNT, "archived")
    return _box(Category.ACCOUNT, "cancelled" if customer.sale.cancelled else "active")


def _monitoring(customer: Customer, entries: Mapping[EntryId, str]) -> StatusBox:
    by = customer.sale.monitored_by
    if by is None:
        return _box(Category.MONITORING, "not_monitored")
    return _box(Category.MONITORING, "monitored", f"Monitored by {entries[by]}")


def _box(category: Category, status: str, text: str | None = None) -> StatusBox:
    return StatusBox(category=category, status=status, text=text or status.replace("_", " ").capitalize())
