"""
The sections of a record: what their rules, and their readers, have to know.
"""

from collections.abc import Collection, Mapping

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Stage
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId, Setup
from fieldops_core.customers.calculations import months_remaining
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer
from fieldops_core.customers.model import (
    CHOICES,
    INSTALLATION_CODES,
    REPRESENTATIVES,
    ConnectionKind,
    Customer,
    CustomerId,
    InstallVisit,
    installed_by,
)
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import Known, Sections, newly_named
from fieldops_core.customers.views import Around
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.records import told
from fieldops_core.kernel.time import local_date


def sent_sections(command: CreateCustomer | ChangeCustomer) -> frozenset[str]:
    """
    The sections of which a command sends something.
    """
    sections = {name for name in ("sale", "installation", "lead") if told(getattr(command, name))}
    fields = {name for name, value in told(command).items() if value is not None}
    codes = {"installation"} if fields & set(INSTALLATION_CODES) else set()
    return frozenset(sections | codes | (fields & {"source", "campaign"}))


def known(case: Sections, setup: Setup, call: Call[Unit]) -> Known:
    """
    What the rules of the sections ask, as far as the record changes.
    """
    after, unit = case.after, call.unit
    people = [UserId(id) for _, id in newly_named(case, REPRESENTATIVES)]
    affiliates, lines, adt = (
        unit.catalog_entries.all(catalog) if asked else ()
        for catalog, asked in (
            (Catalog.DISCOUNT_AFFILIATES, case.changed("sale.discount_member_number")),
            (Catalog.RATE_LINES, setup.settings.rate_breakout and case.changed("sale.monthly_rate")),
            (Catalog.MONITORING_COMPANIES, case.changed("installation.pulse")),
        )
    )
    return Known(
        settings=setup.settings,
        entries=_entries(_ids(case), call),
        people={each.id: each for each in unit.people.find(ids=people, active=None)} if people else {},
        installs=unit.install_visits.of([after.id]) if case.changed("installation.appointment") else (),
        affiliates=any(each.active for each in affiliates),
        adt=any(each.active and each.attributes.adt for each in adt),
        rate_lines=frozenset(each.id for each in lines if each.active),
        custom_fields=_custom_fields(case, call),
        linked=case.before is not None and case.changed("sale.monitored_by") and _linked(after.id, call),
    )


def _linked(customer: CustomerId, call: Call[Unit]) -> bool:
    return call.unit.connections.standing(customer, ConnectionKind.MONITORING) is not None


def _ids(case: Sections) -> set[EntryId]:
    """
    The entries that the record comes to name, and those that what changes is compared with.
    """
    ids = {EntryId(id) for _, id in newly_named(case, CHOICES)} | set(case.after.installation.services)
    if case.changed("source", "campaign") and case.after.campaign:
        ids.add(case.after.campaign)
    if case.changed("lead.lead_rep") and case.after.lead.status:
        ids.add(case.after.lead.status)
    return ids


def _custom_fields(case: Sections, call: Call[Unit]) -> tuple[CatalogEntry, ...]:
    before = case.before.custom if case.before else {}
    asked = case.after.stage is Stage.CUSTOMER and case.becomes
    return call.unit.catalog_entries.all(Catalog.CUSTOM_FIELDS) if asked or case.after.custom != before else ()


def _entries(ids: Collection[EntryId], call: Call[Unit]) -> Mapping[EntryId, CatalogEntry]:
    return {each.id: each for each in call.unit.catalog_entries.named(ids)} if ids else {}


@frozen(kw_only=True)
class Surroundings:
    """
    What stands around the records of an answer.
    """

    setup: Setup
    entries: Mapping[EntryId, CatalogEntry]
    installs: tuple[InstallVisit, ...]

    @classmethod
    def of(cls, customers: Collection[Customer], setup: Setup, call: Call[Unit]) -> "Surroundings":
        """
        However many they are, in two readings at most.
        """
        installed = [each.id for each in customers if each.stage is Stage.CUSTOMER]
        ids = {each.sale.contract_term for each in customers} | {each.lead.status for each in customers}
        return cls(
            setup=setup,
            entries=_entries({id for id in ids if id is not None}, call),
            installs=call.unit.install_visits.of(installed) if installed else (),
        )

    def around(self, customer: Customer, call: Call[Unit]) -> Around:
        zone = self.setup.location(customer.location).zone
        visits = self._visits(customer.id)
        install, sale = installed_by(customer, visits), customer.sale
        since = install.date if install else sale.sale_date
        status = self._entry(customer.lead.status)
        term = self._entry(sale.contract_term)
        months = term.attributes.months if term else None
        return Around(
            zone=zone,
            credit_grade=self.setup.settings.credit_grade(customer.credit_score),
            months_remaining=months_remaining(months, since, local_date(call.now, zone)),
            has_lead_rep=status is not None and status.attributes.allows_lead_rep,
            installs=visits,
            install=install,
        )

    def _entry(self, id: EntryId | None) -> CatalogEntry | None:
        return None if id is None else self.entries.get(id)

    def _visits(self, customer: CustomerId) -> tuple[InstallVisit, ...]:
        return tuple(each for each in self.installs if each.customer == customer)
