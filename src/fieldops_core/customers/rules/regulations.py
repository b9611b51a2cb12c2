"""
Rules of government regulations.
"""

from attrs import frozen

from fieldops_core.company.model import CatalogEntry, Settings
from fieldops_core.customers.calculations import is_of
from fieldops_core.customers.model import FULFILMENT_LIMIT, Customer
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@rule("CUS-24", "regulations.off", "Government regulations are not enabled for this company.")
def regulations_are_enabled(settings: Settings) -> Facts | None:
    """
    An add-on: the setting ``government_regulations``.
    """
    return None if settings.government_regulations else {}


@frozen(kw_only=True)
class Fulfilling:
    """
    A *regulation* that a *customer* has fulfilled, which has so *many* fulfilments before.
    """

    customer: Customer
    regulation: CatalogEntry
    many: int


@rule("CUS-24", "regulation.elsewhere", "{name} is of {place}, and this record is not.", field="regulation")
def regulation_is_of_the_address(case: Fulfilling) -> Facts | None:
    """
    Of the state, and of the city where it is a city's.
    """
    told = case.regulation.attributes
    place = ", ".join(each for each in (told.city, told.state) if each)
    return None if is_of(case.regulation, case.customer.address) else {"name": case.regulation.name, "place": place}


@rule("CUS-24", "regulation.inactive", "{name} is no longer in force.", field="regulation")
def regulation_is_in_force(case: Fulfilling) -> Facts | None:
    """
    What was fulfilled stays; of an entry that was inactivated nothing is fulfilled anew (ACC-20).
    """
    return None if case.regulation.active else {"name": case.regulation.name}


@rule("CUS-24", "fulfilments.too_many", "A record has at most {limit} fulfilments. Remove old ones.")
def fulfilments_are_few(case: Fulfilling) -> Facts | None:
    """
    They are listed whole.
    """
    return {"limit": FULFILMENT_LIMIT} if case.many >= FULFILMENT_LIMIT else None


REGULATIONS = (regulations_are_enabled,)
FULFILLING = (regulation_is_of_the_address, regulation_is_in_force, fulfilments_are_few)
