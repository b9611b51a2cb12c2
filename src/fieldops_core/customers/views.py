"""
What questions about customers answer.
"""

from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.views import AddressView, address_view
from fieldops_core.customers.model import MASKED, AccountType, Customer, Likeness, Suggestion, Verification
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.secret import Secret


@frozen(kw_only=True)
class InstallationView:
    """
    The installation section, as far as it exists; confidential codes are ``***`` for whom may not see them.
    """

    confirmation_number: str | None
    receiver_number: str | None
    abort_code: str | None


@frozen(kw_only=True)
class CustomerView:
    """
    A record as its reader may see it: confidential fields are ``***`` without their permission (ACC-14), and
    *installation* is None for whom may not see that section. *coordinates_are_estimate*: only the postal code or the
    street was found. *address_verification* is asked where the company's setting of that name is on.
    """

    id: UUID
    number: int
    stage: Stage
    account_type: AccountType | None
    name: str
    first_name: str
    last_name: str
    business_name: str
    external_id: str | None
    location: UUID
    phone: str
    address: AddressView
    county: str
    cross_street: str
    coordinates: Point | None
    coordinates_are_estimate: bool
    address_verification: Verification
    work_phone: str | None
    cell_phone: str | None
    other_phone: str | None
    email: str | None
    language: str
    best_time: str
    spouse: str
    business_contact: str
    birthdate: str | None
    ssn: str | None
    installation: InstallationView | None
    version: int


@frozen(kw_only=True)
class Sight:
    """
    What a reader sees of a record: its confidential fields by name, and whether its *installation* section.
    """

    confidential: frozenset[str]
    installation: bool


def customer_view(customer: Customer, sight: Sight) -> CustomerView:
    def shown(name: str, secret: Secret | None) -> str | None:
        if secret is None:
            return None
        return secret.reveal() if name in sight.confidential else MASKED

    installation = InstallationView(
        confirmation_number=shown("confirmation_number", customer.confirmation_number),
        receiver_number=shown("receiver_number", customer.receiver_number),
        abort_code=shown("abort_code", customer.abort_code),
    )
    return CustomerView(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        account_type=customer.account_type,
        name=customer.name,
        first_name=customer.first_name,
        last_name=customer.last_name,
        business_name=customer.business_name,
        external_id=customer.external_id,
        location=customer.location,
        phone=customer.phone.number,
        address=address_view(customer.address),
        county=customer.county,
        cross_street=customer.cross_street,
        coordinates=customer.point,
        coordinates_are_estimate=customer.point_is_estimate,
        address_verification=customer.verification,
        work_phone=_number(customer.work_phone),
        cell_phone=_number(customer.cell_phone),
        other_phone=_number(customer.other_phone),
        email=customer.email.address if customer.email else None,
        language=customer.language,
        best_time=customer.best_time,
        spouse=customer.spouse,
        business_contact=customer.business_contact,
        birthdate=shown("birthdate", customer.birthdate),
        ssn=shown("ssn", customer.ssn),
        installation=installation if sight.installation else None,
        version=customer.version,
    )


def _number(phone: Phone | None) -> str | None:
    return phone.number if phone else None


@frozen(kw_only=True)
class CustomersView:
    """
    A page of records; *next* is what to ask after, None on the last.
    """

    items: tuple[CustomerView, ...]
    next: str | None


@frozen(kw_only=True)
class DuplicateView:
    """
    A record that may be the same, and *why*.
    """

    id: UUID
    number: int
    stage: Stage
    name: str
    why: tuple[Likeness, ...]


@frozen(kw_only=True)
class DuplicatesView:
    """
    The records that may be the same as a new one, in the order of their numbers: *count* is of all of them; those that
    the reader may not see are counted and not listed, and no more than 20 are listed.
    """

    count: int = 0
    candidates: tuple[DuplicateView, ...] = ()


@frozen(kw_only=True)
class SuggestionView:
    """
    An address that may be meant, and where it lies; *estimate*: only somewhere near.
    """

    address: AddressView
    county: str
    coordinates: Point
    estimate: bool


@frozen(kw_only=True)
class SuggestionsView:
    items: tuple[SuggestionView, ...]


def suggestion_view(suggestion: Suggestion) -> SuggestionView:
    return SuggestionView(
        address=address_view(suggestion.address),
        county=suggestion.county,
        coordinates=suggestion.point,
        estimate=suggestion.estimate,
    )


@frozen(kw_only=True)
class LookupsView:
    """
    How many addresses *wait* to be looked up by a command.
    """

    wait: int


@frozen(kw_only=True)
class LineNote:
    """
    What is said of one line of an import: that it was refused, or what was mended in it.
    """

    line: int
    field: str | None
    code: str
    sentence: str


@frozen(kw_only=True)
class ImportView:
    """
    What an import came to: how many records were *created*, how many were *known* already by their external id, the
    lines that were *refused*, and those that were *mended*.
    """

    created: int
    known: int
    refused: tuple[LineNote, ...] = ()
    mended: tuple[LineNote, ...] = ()
