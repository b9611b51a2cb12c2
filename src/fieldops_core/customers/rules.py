"""
Rules of the customer record.
"""

from collections.abc import Callable, Collection, Mapping

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, Candidate, Customer, Likeness, Traits
from fieldops_core.customers.views import DuplicatesView, DuplicateView
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.text import within_edits


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


@frozen(kw_only=True)
class LookingUp:
    """
    That addresses are to be looked up: whether there *is a service* that does.
    """

    service: bool


@rule("CUS-14", "addresses.no_service", "There is no address service that could be asked.")
def addresses_can_be_looked_up(case: LookingUp) -> Facts | None:
    """
    The embedded geocoder was asked when the records were saved, and knows no more than then.
    """
    return None if case.service else {}


LOOKING_UP = (addresses_can_be_looked_up,)


EDITS = 2
MOST_LISTED = 20


@frozen(kw_only=True)
class Newcomer:
    """
    The *traits* of a new record, the records that it may be the same as, and which of them its maker *may_see*.
    """

    traits: Traits
    candidates: tuple[Candidate, ...] = ()
    may_see: Callable[[Candidate], bool]


def likeness(one: Traits, other: Traits) -> tuple[Likeness, ...]:
    """
    Why two records may be the same: one telephone number in common, the same email address, or at the same address a
    name that differs by two letters at most.
    """
    names = ((mine, its) for mine in one.names for its in other.names)
    found = {
        Likeness.PHONE: bool(one.phones & other.phones),
        Likeness.EMAIL: one.email != "" and one.email == other.email,
        Likeness.ADDRESS: one.address != ""
        and one.address == other.address
        and any(within_edits(mine, its, EDITS) for mine, its in names),
    }
    return tuple(each for each in Likeness if found[each])


def duplicates(case: Newcomer) -> DuplicatesView:
    """
    What the new record may be the same as, as its maker may see it.
    """
    found = [(each, why) for each in case.candidates if (why := likeness(case.traits, each.traits))]
    seen = [
        DuplicateView(id=each.id, number=each.number, stage=each.stage, name=each.name, why=why)
        for each, why in found
        if case.may_see(each)
    ]
    return DuplicatesView(count=len(found), candidates=tuple(seen[:MOST_LISTED]))


@rule("CUS-13", "customer.duplicate", "{found} like this one. To create it all the same, say despite_duplicates.")
def record_is_no_duplicate(case: Newcomer) -> Facts | None:
    """
    Asked where the company wants it, until the maker says that they have looked.
    """
    found = duplicates(case)
    if not found.count:
        return None
    told = "There is a record" if found.count == 1 else f"There are {found.count} records"
    return {"found": told, "count": found.count, "candidates": found.candidates}


NEWCOMER = (record_is_no_duplicate,)
