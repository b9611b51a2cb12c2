"""
Records that there may be already; addresses suggested, and looked up.
"""

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import CustomerId, Located
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.text import tidy


@frozen(kw_only=True)
class FindDuplicates:
    """
    Which records a new one may be the same as, by what is told of it so far (CUS-13). It would be at *location*, as in
    :class:`CreateCustomer`.
    """

    stage: Stage = Stage.CUSTOMER
    location: LocationId | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    address: Address = Address()
    phone: str | None = None
    work_phone: str | None = None
    cell_phone: str | None = None
    other_phone: str | None = None
    email: str | None = None

    def __attrs_post_init__(self) -> None:
        tidy(self, first_name=200, last_name=200, business_name=200)


@frozen(kw_only=True)
class SuggestAddresses:
    """
    At most *limit* addresses that may be meant by what was typed so far (CUS-14).
    """

    text: str
    limit: int = 5

    def __attrs_post_init__(self) -> None:
        tidy(self, text=200)


@frozen(kw_only=True)
class LookUpAddresses:
    """
    Have the addresses of all records without coordinates looked up, or, with *estimates*, also of those whose
    coordinates are only estimated. They are due at once; it is done after this command.
    """

    estimates: bool = False


@frozen(kw_only=True)
class FinishLookup:
    """
    What came of asking for a record's *address*: where it lies, if it was *found*; not *answered*: nobody knows.
    """

    customer: CustomerId
    address: Address
    found: Located | None = None
    answered: bool = True
