"""
Records that are there already (CUS-13).
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers.messages import FindDuplicates
from fieldops_core.customers.model import Traits
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import duplicates
from fieldops_core.customers.use_cases.record import PHONES, may_use, newcomer, phone_of, place_of
from fieldops_core.customers.views import DuplicatesView
from fieldops_core.kernel.contact import Email, Phones
from fieldops_core.kernel.rules import require


def find_duplicates(question: FindDuplicates, call: Call[Unit], *, phones: Phones) -> DuplicatesView:
    """
    What would stand against a new record, by the same function; whether or not the company has creating ask it.
    """
    location = call.unit.companies.setup().location(place_of(question, call.actor))
    may_use(call.actor, question.stage, Action.CREATE, location.id)
    require(IN_USE, location)
    told = {name: text for name in PHONES if (text := getattr(question, name))}
    traits = Traits.told(
        names=(f"{question.first_name} {question.last_name}", question.business_name),
        phones=[phone_of(text, name, location, phones) for name, text in told.items()],
        email=Email(question.email) if question.email else None,
        address=question.address,
    )
    return duplicates(newcomer(traits, call))
