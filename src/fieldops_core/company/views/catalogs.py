"""
Entries of catalogs, with what each catalog knows of them.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, FieldType, Requirement
from fieldops_core.company.views.parts import MoneyView, money_view
from fieldops_core.company.views.rates import RateLineView, rate_lines_view
from fieldops_core.company.views.templates import TemplateView, template_view
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.records import made


@frozen(kw_only=True)
class AttributesView:
    """
    What an entry has beside its name, as far as its catalog knows it; the rest is null. `sources`: *sells_leads*,
    *sells_customers*; `campaigns`: *source*; `lead_statuses`: *allows_lead_rep*; `monitoring_companies`: *adt*;
    `interactive_providers`: *receivers*; `contract_terms` and `warranty_terms`: *months*; `activation_fees`: *amount*;
    `monthly_rates`: *amount*, *lines*; `custom_fields`: *type*, *required*, *choices*, *minimum*, *maximum*, *longest*;
    `priorities`: *place*, 1 the most urgent; `work_order_templates`: *template*;
    `regulations`: *requirement*, *state*, *city*, *amount*, *months*; `equipment`: *vendor* (the default one), *cost*,
    *charge*, *collection*.
    """

    source: UUID | None = None
    sells_leads: bool | None = None
    sells_customers: bool | None = None
    allows_lead_rep: bool | None = None
    adt: bool | None = None
    receivers: tuple[str, ...] | None = None
    months: int | None = None
    amount: MoneyView | None = None
    lines: tuple[RateLineView, ...] | None = None
    type: FieldType | None = None
    required: bool | None = None
    choices: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    longest: int | None = None
    place: int | None = None
    template: TemplateView | None = None
    requirement: Requirement | None = None
    state: str | None = None
    city: str | None = None
    vendor: UUID | None = None
    cost: MoneyView | None = None
    charge: MoneyView | None = None
    collection: bool | None = None


@frozen(kw_only=True)
class CatalogEntryView:
    """
    What can be chosen from a catalog, while it is *active*. *attributes* is null where its catalog has none.
    """

    id: UUID
    catalog: Catalog
    name: str
    active: bool
    attributes: AttributesView | None
    version: int


@frozen(kw_only=True)
class CatalogEntriesView:
    """
    The entries of one catalog.
    """

    items: tuple[CatalogEntryView, ...]
    next: str | None = None


def catalog_entry_view(entry: CatalogEntry) -> CatalogEntryView:
    known = entry.catalog.attributes
    return CatalogEntryView(
        id=entry.id,
        catalog=entry.catalog,
        name=entry.name,
        active=entry.active,
        attributes=_attributes_view(entry.attributes, known) if known else None,
        version=entry.version,
    )


def _attributes_view(attributes: Attributes, known: frozenset[str]) -> AttributesView:
    shown: dict[str, object] = {name: getattr(attributes, name) for name in known}
    for name in ("amount", "cost", "charge"):
        if isinstance(amount := shown.get(name), Money):
            shown[name] = money_view(amount)
    if "lines" in known:
        shown["lines"] = rate_lines_view(attributes.lines)
    if attributes.template is not None:
        shown["template"] = template_view(attributes.template)
    return made(AttributesView, shown)
