"""
Rules of the customer record.
"""

from collections.abc import Collection, Mapping

from attrs import frozen

from fieldops_core.access.model import Action, Actor, Stage
from fieldops_core.access.rules import (
    CONFIDENTIAL,
    ArchiveAccess,
    ConfidentialAccess,
    InstallationAccess,
    LeadRepAccess,
    SaleAccess,
    may_give_lead_rep,
    may_see_confidential,
    may_unarchive,
    may_use_installation_information,
    may_use_sale_information,
)
from fieldops_core.customers.model import CONTACT_INFORMATION, INSTALLATION_CODES, AccountType, Customer
from fieldops_core.customers.views import Sight
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import require, rule


@frozen(kw_only=True)
class Record:
    """
    A record as it would be saved, and whether another has its external id.
    """

    customer: Customer
    external_id_taken: bool = False


@rule("CUS-02", "customer.name_required", "A customer needs a first and a last name.", field="last_name")
def record_has_a_name(case: Record) -> Facts | None:
    """
    First and last name; a COMMERCIAL record may have a business name instead.
    """
    customer = case.customer
    business = customer.account_type is AccountType.COMMERCIAL and customer.business_name
    return None if business or (customer.first_name and customer.last_name) else {}


@rule("CUS-02", "customer.account_type_required", "A customer is residential or commercial.", field="account_type")
def customer_has_an_account_type(case: Record) -> Facts | None:
    """
    Leads may wait with it.
    """
    customer = case.customer
    return {} if customer.stage is Stage.CUSTOMER and customer.account_type is None else None


@rule("CUS-02", "customer.external_id_taken", "Another record has the external id {external_id}.", field="external_id")
def external_id_is_free(case: Record) -> Facts | None:
    """
    External ids are unique in the company.
    """
    return {"external_id": case.customer.external_id} if case.external_id_taken else None


@rule("CUS-02", "customer.address_required", "A customer's address has a city and a state.", field="address")
def record_has_a_city_and_a_state(case: Record) -> Facts | None:
    """
    City and state are required of every record.
    """
    address = case.customer.address
    return None if address.city and address.state else {"city": address.city, "state": address.state}


RECORD = (record_has_a_name, customer_has_an_account_type, record_has_a_city_and_a_state, external_id_is_free)


@frozen(kw_only=True)
class Write:
    """
    A write on a *customer*, or on anything that belongs to it.
    """

    customer: Customer
    actor: Actor

    @property
    def may_unarchive(self) -> bool:
        return may_unarchive(ArchiveAccess(actor=self.actor, at=self.customer.location)) is None


@rule("ARC-06", "customer.archived", "The customer is archived: nothing of it can be changed. {remedy}")
def customer_is_not_archived(case: Write) -> Facts | None:
    """
    An archived customer is read-only, with all that belongs to it, until somebody who may unarchives it.
    """
    if not case.customer.archived:
        return None
    may = case.may_unarchive
    remedy = "You may unarchive it." if may else "Ask somebody who may unarchive it."
    return {"customer": case.customer.id, "may_unarchive": may, "remedy": remedy}


WRITING = (customer_is_not_archived,)


def writable(customer: Customer, actor: Actor) -> Customer:
    """
    The customer of whatever is to be written. Every write on what belongs to a customer asks this, once it is permitted
    and before anything else; the customer is locked SHARED, so that nobody archives it meanwhile.

    Raises:
        Refused: where it is archived (ARC-06), alone.
    """
    require(WRITING, Write(customer=customer, actor=actor))
    return customer


@frozen(kw_only=True)
class Linking:
    """
    A *customer* that is to become a sub-customer; of which *parent*, unless none is chosen yet; how many *children* it
    has itself; and whether the company has families at all.
    """

    customer: Customer
    parent: Customer | None = None
    children: int = 0
    enabled: bool


@rule("FAM-01", "family.disabled", "The company does not bill parents for their sub-customers.")
def families_are_enabled(case: Linking) -> Facts | None:
    """
    Only with ``parent_child_billing``.
    """
    return None if case.enabled else {}


@rule("FAM-01", "family.lead", "A lead has neither parent nor sub-customers.")
def family_is_of_customers(case: Linking) -> Facts | None:
    """
    Customers only.
    """
    both = [each for each in (case.customer, case.parent) if each is not None]
    leads = [each.id for each in both if each.stage is Stage.LEAD]
    return {"leads": leads} if leads else None


@rule("FAM-01", "family.has_children", "The customer has {children} sub-customers, and can be nobody's itself.")
def parent_stays_on_top(case: Linking) -> Facts | None:
    """
    Two levels: who has children cannot get a parent.
    """
    return {"children": case.children} if case.children else None


@rule("FAM-01", "parent.itself", "A customer is not its own parent.", field="parent")
def parent_is_another(case: Linking) -> Facts | None:
    """
    Not itself.
    """
    return {} if case.parent is not None and case.parent.id == case.customer.id else None


@rule("FAM-01", "parent.is_child", "The chosen parent is a sub-customer itself.", field="parent")
def parent_is_on_top(case: Linking) -> Facts | None:
    """
    Two levels: a sub-customer cannot be a parent.
    """
    parent = case.parent
    return {"parent": parent.id} if parent is not None and parent.parent is not None else None


@rule("FAM-06", "parent.archived", "The chosen parent is archived.", field="parent")
def chosen_parent_is_not_archived(case: Linking) -> Facts | None:
    """
    Archived records are no candidates.
    """
    parent = case.parent
    return {"parent": parent.id} if parent is not None and parent.archived else None


CHILD = (families_are_enabled, family_is_of_customers, parent_stays_on_top)
"""
What is asked of a customer before it chooses a parent.
"""

LINKING = (*CHILD, parent_is_another, parent_is_on_top, chosen_parent_is_not_archived)


@frozen(kw_only=True)
class Importing:
    """
    A line of an import: the two texts that a record's cannot do without, and what it says of fields that there are not.
    """

    external_id: str
    phone: str = ""
    unknown: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, str], fields: Collection[str]) -> "Importing":
        """
        A line that says these values, where there are these fields.
        """
        unknown = tuple(sorted(name for name in values if name not in fields))
        return cls(external_id=values.get("external_id", ""), phone=values.get("phone", ""), unknown=unknown)


@rule(
    "CUS-26",
    "import.external_id_required",
    "A line needs an external id, by which it is known again.",
    field="external_id",
)
def line_has_an_external_id(case: Importing) -> Facts | None:
    """
    Run twice, an import creates nothing twice.
    """
    return None if case.external_id else {}


@rule("CUS-26", "phone.required", "A record has a primary telephone number.", field="phone")
def line_has_a_phone(case: Importing) -> Facts | None:
    """
    A missing required phone is a refusal.
    """
    return None if case.phone else {}


@rule("CUS-26", "import.unknown_field", "There are no such fields: {fields}.")
def line_has_known_fields(case: Importing) -> Facts | None:
    """
    A column that is mapped to nothing would be lost in silence.
    """
    return {"fields": ", ".join(case.unknown)} if case.unknown else None


LINE = (line_has_an_external_id, line_has_known_fields)
"""
What is asked of a line, whatever it becomes.
"""

IMPORTING = (line_has_an_external_id, line_has_a_phone, line_has_known_fields)


@frozen(kw_only=True)
class Placing:
    """
    A new record of a stage: whether it says its location.
    """

    stage: Stage
    placed: bool


@rule("CUS-02", "customer.location_required", "A customer belongs to a location.", field="location")
def customer_has_a_location(case: Placing) -> Facts | None:
    """
    Required of customers; a lead gets its creator's home location unless one is sent.
    """
    return None if case.placed else {}


PLACING = (customer_has_a_location,)


def sight_of(actor: Actor, customer: Customer) -> Sight:
    """
    What an actor sees of a record that they may view (ACC-13, ACC-14).
    """
    at = customer.location
    seen = (
        field
        for field in CONFIDENTIAL
        if may_see_confidential(ConfidentialAccess(actor=actor, field=field, at=at)) is None
    )
    return Sight(
        confidential=frozenset(seen),
        sale=may_use_sale_information(SaleAccess(actor=actor, action=Action.VIEW, at=at)) is None,
        installation=may_use_installation_information(InstallationAccess(actor=actor, action=Action.VIEW, at=at))
        is None,
        lead_rep=may_give_lead_rep(LeadRepAccess(actor=actor, at=at)) is None,
    )


def may_be_told(field: str, stage: Stage, sight: Sight) -> bool:
    """
    Whether a change of a field is one of what a reader sees.
    """
    if of_sale({field}, stage):
        return sight.sale
    if of_installation({field}):
        return sight.installation
    return sight.lead_rep if field == "lead.lead_rep" else True


SOURCE = frozenset({"source", "campaign"})


def of_contact(changed: set[str], stage: Stage) -> bool:
    """
    Whether the personal section is among what changes. A lead's source belongs to it.
    """
    return bool(changed & (SOURCE | set(CONTACT_INFORMATION) if stage is Stage.LEAD else set(CONTACT_INFORMATION)))


def of_sale(changed: set[str], stage: Stage) -> bool:
    """
    Whether the sale section is. A customer's source belongs to it.
    """
    source = stage is Stage.CUSTOMER and changed & SOURCE
    return bool(source) or any(field.startswith("sale.") for field in changed)


def of_installation(changed: set[str]) -> bool:
    """
    Whether the installation section is.
    """
    return any(field in INSTALLATION_CODES or field.startswith("installation.") for field in changed)
