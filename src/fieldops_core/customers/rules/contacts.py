"""
Rules of contacts.
"""

from attrs import frozen

from fieldops_core.customers.model import CONTACT_LIMIT, Contact, ContactId
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@rule("CUS-23", "contacts.too_many", "A record has at most {limit} contacts.")
def contacts_are_few(there: tuple[Contact, ...]) -> Facts | None:
    """
    More than anybody would call. What is *there* before another comes.
    """
    return {"limit": CONTACT_LIMIT} if len(there) >= CONTACT_LIMIT else None


@frozen(kw_only=True)
class Order:
    """
    An order of a record's contacts, as it is *told*, and who is *there*.
    """

    there: tuple[Contact, ...]
    told: tuple[ContactId, ...]


@rule(
    "CUS-23",
    "contacts.order_incomplete",
    "An order names every contact of the record once. Read them anew: others may have come or gone.",
    field="contacts",
)
def order_names_each_contact_once(case: Order) -> Facts | None:
    """
    So that nobody who came meanwhile is lost among them.
    """
    there = {contact.id for contact in case.there}
    if len(case.told) == len(there) and set(case.told) == there:
        return None
    return {
        "missing": sorted(str(id) for id in there - set(case.told)),
        "unknown": sorted(str(id) for id in set(case.told) - there),
    }


ADDING = (contacts_are_few,)
ORDER = (order_names_each_contact_once,)
