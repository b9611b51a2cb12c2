"""
Rules of the record's sections: each is asked of what changes, so that a saved record keeps what it has (ACC-20).
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId, Settings
from fieldops_core.customers.model import CHOICES, REPRESENTATIVES, Customer, CustomValue, InstallVisit, at_path
from fieldops_core.customers.rules.fields import ANSWER, CHOICE, REPRESENTATIVE, Answer, Choice, Representative
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Rule, Violation, rule, violations
from fieldops_core.staff.model import Person

Case = TypeVar("Case")


@frozen(kw_only=True)
class Known:
    """
    What is known of what a record comes to name: catalog *entries* and *people* by id, the record's *installs*, whether
    there are active discount *affiliates* and an active monitoring company that is *adt*, the active *rate_lines*, the
    *custom_fields* whose values are asked, and whether the customer is *linked* to a central station.
    """

    settings: Settings = Settings()
    entries: Mapping[EntryId, CatalogEntry] = MappingProxyType({})
    people: Mapping[UserId, Person] = MappingProxyType({})
    installs: tuple[InstallVisit, ...] = ()
    affiliates: bool = False
    adt: bool = False
    rate_lines: frozenset[EntryId] = frozenset()
    custom_fields: tuple[CatalogEntry, ...] = ()
    linked: bool = False


@frozen(kw_only=True)
class Sections:
    """
    A record as it would be saved, *before* it (None: it is new), and the names of the sections that were *sent*.
    """

    after: Customer
    before: Customer | None = None
    sent: frozenset[str] = frozenset()
    known: Known = Known()

    def held(self, path: str) -> object:
        """
        What a field held before. A converted lead brings its lead rep along.
        """
        if path == "sale.lead_rep" and self.before is not None and self.before.stage is Stage.LEAD:
            path = "lead.lead_rep"
        return None if self.before is None else at_path(self.before, path)

    def changed(self, *paths: str) -> bool:
        """
        Whether any of some fields changes; of a new record, whether it is filled.
        """
        return any((at_path(self.after, path) or None) != (self.held(path) or None) for path in paths)

    @property
    def becomes(self) -> bool:
        """
        Whether the record is new, or is of another stage than before.
        """
        return self.before is None or self.before.stage is not self.after.stage

    def entry(self, id: EntryId | None) -> CatalogEntry | None:
        return None if id is None else self.known.entries.get(id)


def newly_named(case: Sections, paths: Iterable[str]) -> Iterator[tuple[str, UUID]]:
    """
    The fields that come to name another entry or user than before, and its id.
    """
    for path in paths:
        if isinstance(id := at_path(case.after, path), UUID) and id != case.held(path):
            yield path, id


@rule("CUS-04", "section.customers_only", "A lead has no {sections} section.")
def lead_has_no_customer_sections(case: Sections) -> Facts | None:
    """
    Sale and installation are sections of customers.
    """
    told = sorted(case.sent & {"sale", "installation"})
    return {"sections": " and no ".join(told)} if told and case.after.stage is Stage.LEAD else None


@rule("CUS-08", "section.leads_only", "{sections}: only of leads; a customer's source is in its sale section.")
def customer_has_no_lead_section(case: Sections) -> Facts | None:
    """
    The lead section, and a source outside the sale section, are leads'.
    """
    told = sorted(case.sent & {"lead", "source", "campaign"})
    return {"sections": ", ".join(told)} if told and case.after.stage is Stage.CUSTOMER else None


@rule("CUS-02", "lead.source_required", "A lead has a source.", field="source")
def lead_has_a_source(case: Sections) -> Facts | None:
    """
    Required of a new lead, and never taken away again.
    """
    asked = case.after.stage is Stage.LEAD and (case.becomes or case.held("source") is not None)
    return {} if asked and case.after.source is None else None


@rule("CUS-08", "lead.status_required", "A lead has a status.", field="lead.status")
def lead_has_a_status(case: Sections) -> Facts | None:
    """
    Required of a new lead, and never taken away again.
    """
    asked = case.after.stage is Stage.LEAD and (case.becomes or case.held("lead.status") is not None)
    return {} if asked and case.after.lead.status is None else None


@rule("CUS-02", "campaign.other_source", "{campaign} is no campaign of this source.", field="campaign")
def campaign_is_of_the_source(case: Sections) -> Facts | None:
    """
    The campaigns offered are those of the source.
    """
    campaign = case.entry(case.after.campaign)
    if campaign is None or not case.changed("campaign", "source"):
        return None
    return None if campaign.attributes.source == case.after.source else {"campaign": campaign.name}


@rule("CUS-08", "lead_rep.status", "This lead status has no lead rep.", field="lead.lead_rep")
def status_allows_a_lead_rep(case: Sections) -> Facts | None:
    """
    A lead rep is given only in lead statuses so marked.
    """
    status = case.entry(case.after.lead.status)
    given = case.after.lead.lead_rep is not None and case.changed("lead.lead_rep")
    return {} if given and not (status and status.attributes.allows_lead_rep) else None


@rule("CUS-04", "lead_rep.locked", "The lead rep of a customer cannot be changed here.", field="sale.lead_rep")
def lead_rep_is_not_locked(case: Sections) -> Facts | None:
    """
    With the setting ``lead_rep_locked``. One that comes along with a conversion is no change.
    """
    return {} if case.known.settings.lead_rep_locked and case.changed("sale.lead_rep") else None


@rule(
    "CUS-04",
    "monitored_by.linked",
    "Who monitors this customer cannot be changed while it is linked to a central station. Unlink it first.",
    field="sale.monitored_by",
)
def monitored_by_is_not_locked(case: Sections) -> Facts | None:
    """
    Locked by the connection to a central station, until that is unlinked.
    """
    return {} if case.known.linked and case.changed("sale.monitored_by") else None


@rule("CUS-04", "sold_by.not_listed", "{name} is not on the company's sold-by list.", field="sale.sold_by")
def seller_is_listed(case: Sections) -> Facts | None:
    """
    Who sold is on the list, where the company has one (ACC-19).
    """
    seller, listed = case.after.sale.sold_by, case.known.settings.sold_by
    if seller is None or not listed or seller in listed or not case.changed("sale.sold_by"):
        return None
    known = case.known.people.get(seller)
    return {"name": known.name} if known else None


@rule(
    "CUS-04",
    "cancellation.incomplete",
    "A cancelled account has a date and a reason, and only such a one.",
    field="sale.cancelled",
)
def cancellation_is_whole(case: Sections) -> Facts | None:
    """
    Flag, date and reason are set, and taken back, together.
    """
    sale = case.after.sale
    told = {sale.cancelled, sale.cancelled_on is not None, sale.cancellation_reason is not None}
    changed = case.changed("sale.cancelled", "sale.cancelled_on", "sale.cancellation_reason")
    return {} if changed and len(told) > 1 else None


@rule(
    "CUS-04",
    "discount.not_offered",
    "There are no discount affiliates to be a member of.",
    field="sale.discount_member_number",
)
def member_number_has_an_affiliate(case: Sections) -> Facts | None:
    """
    A member number is entered only where active affiliates exist, or one is saved.
    """
    entered = case.changed("sale.discount_member_number") and bool(case.after.sale.discount_member_number)
    offered = case.known.affiliates or case.held("sale.discount_affiliate") is not None
    return {} if entered and not offered else None


@rule(
    "CUS-05",
    "rate.mismatched",
    "The lines of {name} are not the company's line items of rates.",
    field="sale.monthly_rate",
)
def rate_matches_the_lines(case: Sections) -> Facts | None:
    """
    In breakout mode a rate is newly given only while its lines are the active ones.
    """
    rate = case.entry(case.after.sale.monthly_rate)
    asked = case.known.settings.rate_breakout and case.changed("sale.monthly_rate")
    if rate is None or not asked or rate.attributes.matches(case.known.rate_lines):
        return None
    return {"name": rate.name}


@rule(
    "CUS-07", "pulse.adt_only", "Pulse is ADT's, which is none of the monitoring companies.", field="installation.pulse"
)
def pulse_needs_adt(case: Sections) -> Facts | None:
    """
    With an active monitoring company that is ADT only.
    """
    return {} if case.after.installation.pulse and case.changed("installation.pulse") and not case.known.adt else None


@rule(
    "CUS-07",
    "install_appointment.unknown",
    "This is none of the customer's install appointments.",
    field="installation.appointment",
)
def install_appointment_is_one(case: Sections) -> Facts | None:
    """
    Chosen among those whose type is marked ``install``.
    """
    chosen = case.after.installation.appointment
    asked = chosen is not None and case.changed("installation.appointment")
    return {} if asked and chosen not in {each.appointment for each in case.known.installs} else None


SECTIONS: tuple[Rule[Sections], ...] = (
    lead_has_no_customer_sections,
    customer_has_no_lead_section,
    lead_has_a_source,
    lead_has_a_status,
    campaign_is_of_the_source,
    status_allows_a_lead_rep,
    lead_rep_is_not_locked,
    monitored_by_is_not_locked,
    seller_is_listed,
    cancellation_is_whole,
    member_number_has_an_affiliate,
    rate_matches_the_lines,
    pulse_needs_adt,
    install_appointment_is_one,
)


def broken(case: Sections) -> tuple[Violation, ...]:
    """
    What refuses the sections of a record, each with the path of its field.
    """
    found = [*_of_choices(case), *_of_representatives(case), *_of_answers(case), *violations(SECTIONS, case)]
    return tuple(evolve(each, field=_told(each.field or _first(case), case)) for each in found)


def _first(case: Sections) -> str:
    return min(case.sent)


def _told(field: str, case: Sections) -> str:
    """
    A customer's source and campaign are told in its sale section.
    """
    moved = field in ("source", "campaign") and case.after.stage is Stage.CUSTOMER and field not in case.sent
    return f"sale.{field}" if moved else field


def _of_choices(case: Sections) -> Iterator[Violation]:
    for path, id in newly_named(case, CHOICES):
        choice = Choice(field=path, catalog=CHOICES[path], entry=case.entry(EntryId(id)))
        yield from _at(path, CHOICE, choice)
    before = case.before.installation.services if case.before else ()
    for service in case.after.installation.services:
        if service not in before:
            path = "installation.services"
            choice = Choice(field=path, catalog=Catalog.MONITORING_SERVICES, entry=case.entry(service))
            yield from _at(path, CHOICE, choice)


def _of_representatives(case: Sections) -> Iterator[Violation]:
    for path, id in newly_named(case, REPRESENTATIVES):
        yield from _at(path, REPRESENTATIVE, Representative(field=path, person=case.known.people.get(UserId(id))))


def _of_answers(case: Sections) -> Iterator[Violation]:
    """
    Of the values that change, and of those that have to be there.
    """
    before = case.before.custom if case.before else {}
    fields = {each.id: each for each in case.known.custom_fields}
    for id, value in case.after.custom.items():
        if value != before.get(id) or type(value) is not type(before.get(id)):
            path = f"custom.{id}"
            yield from _at(path, CHOICE, Choice(field=path, catalog=Catalog.CUSTOM_FIELDS, entry=fields.get(id)))
            if id in fields:
                yield from _at(path, ANSWER, _answer(fields[id], value))
    yield from missing_answers(case)


def missing_answers(case: Sections) -> Iterator[Violation]:
    """
    The required custom fields that a customer comes to be without.
    """
    before = case.before.custom if case.before else {}
    for each in case.known.custom_fields:
        asked = case.after.stage is Stage.CUSTOMER and each.active and (case.becomes or each.id in before)
        if asked and each.id not in case.after.custom:
            yield from _at(f"custom.{each.id}", ANSWER, evolve(_answer(each, None), asked=True))


def _answer(field: CatalogEntry, value: CustomValue | None) -> Answer:
    return Answer(field=f"custom.{field.id}", name=field.name, attributes=field.attributes, value=value)


def _at(path: str, rules: Iterable[Rule[Case]], case: Case) -> Iterator[Violation]:
    return (evolve(each, field=path) for each in violations(rules, case))
