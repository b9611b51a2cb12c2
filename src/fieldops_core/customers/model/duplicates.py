"""
By what two records are taken for the same (CUS-13).
"""

from collections.abc import Iterable
from enum import Enum

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.customers.model.record import Customer
from fieldops_core.customers.model.search import folded
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.ids import LocationId

KEY_LIMIT = 400  # an index takes no longer texts


@frozen(kw_only=True)
class Traits:
    """
    By what two records are taken for the same (CUS-13), each folded: its *names*, without white space; the numbers of
    all its *phones*; its *email*; its *address*, empty where it has no first line.
    """

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    email: str = ""
    address: str = ""

    @classmethod
    def told(
        cls, *, names: Iterable[str], phones: Iterable[Phone | None], email: Email | None, address: Address
    ) -> "Traits":
        """
        The postal code is not asked: some have four digits more, some none.
        """
        lines = (address.line1, address.line2, address.city, address.state) if address.line1 else ()
        return cls(
            names=frozenset("".join(folded(name)) for name in names) - {""},
            phones=frozenset(phone.number for phone in phones if phone),
            email=email.address.casefold() if email else "",
            address=" ".join(folded(" ".join(lines))),
        )

    @property
    def keys(self) -> frozenset[str]:
        """
        What records that may be the same share at least one of.
        """
        return frozenset({*self.phones, self.email, self.address[:KEY_LIMIT]}) - {""}


def traits_of(customer: Customer) -> Traits:
    return Traits.told(
        names=(f"{customer.first_name} {customer.last_name}", customer.business_name),
        phones=(customer.phone, customer.work_phone, customer.cell_phone, customer.other_phone),
        email=customer.email,
        address=customer.address,
    )


class Likeness(Enum):
    """
    Why a record may be the same as another (CUS-13).
    """

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


@frozen(kw_only=True)
class Candidate:
    """
    A record that may be the same as a new one.
    """

    id: CustomerId
    number: int
    stage: Stage
    name: str
    location: LocationId
    traits: Traits


def candidate_of(customer: Customer) -> Candidate:
    return Candidate(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        name=customer.name,
        location=customer.location,
        traits=traits_of(customer),
    )
