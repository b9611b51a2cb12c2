"""
What can be done and asked about customers, and what happens then.
"""

from collections.abc import Mapping

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, CustomerId, Located
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import tidy
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class CreateCustomer:
    """
    A new record. A customer names its location; a lead without one gets its creator's home. *phone* is read in the
    location's country where it has no ``+``. Without *point* the address is looked up. *ssn* has nine digits,
    *birthdate* is written ``1980-01-31``. A record that there may be already is made only *despite_duplicates*, where
    the company asks for that (CUS-13).
    """

    stage: Stage = Stage.CUSTOMER
    phone: str
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId | None = None
    address: Address = Address()
    point: Point | None = None
    county: str = ""
    cross_street: str = ""
    work_phone: str | None = None
    cell_phone: str | None = None
    other_phone: str | None = None
    email: str | None = None
    language: str = ""
    best_time: str = ""
    spouse: str = ""
    business_contact: str = ""
    birthdate: Secret | None = None
    ssn: Secret | None = None
    confirmation_number: Secret | None = None
    receiver_number: Secret | None = None
    abort_code: Secret | None = None
    despite_duplicates: bool = False


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
class ChangeCustomer:
    """
    New values for some fields. A changed address drops the old coordinates; unless new ones come with it, it is looked
    up. A confidential field that comes back as ``***`` is left alone (ACC-15). Another *location* needs the permission
    at both, and open appointments follow (CUS-19).
    """

    customer: CustomerId
    phone: str | Keep = UNSET
    account_type: AccountType | Keep = UNSET
    first_name: str | Keep = UNSET
    last_name: str | Keep = UNSET
    business_name: str | Keep = UNSET
    external_id: str | None | Keep = UNSET
    location: LocationId | Keep = UNSET
    address: Address | Keep = UNSET
    point: Point | None | Keep = UNSET
    county: str | Keep = UNSET
    cross_street: str | Keep = UNSET
    work_phone: str | None | Keep = UNSET
    cell_phone: str | None | Keep = UNSET
    other_phone: str | None | Keep = UNSET
    email: str | None | Keep = UNSET
    language: str | Keep = UNSET
    best_time: str | Keep = UNSET
    spouse: str | Keep = UNSET
    business_contact: str | Keep = UNSET
    birthdate: Secret | None | Keep = UNSET
    ssn: Secret | None | Keep = UNSET
    confirmation_number: Secret | None | Keep = UNSET
    receiver_number: Secret | None | Keep = UNSET
    abort_code: Secret | None | Keep = UNSET


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


@frozen(kw_only=True)
class ShowCustomer:
    customer: CustomerId


@frozen(kw_only=True)
class ListCustomers:
    """
    Records in the order of their numbers, after the one of number *after*, at most *limit*. *search*: words of a name,
    business name, telephone number, number or city, each of which must be found somewhere in the record (CUS-15).
    """

    search: str | None = None
    number: int | None = None
    location: LocationId | None = None
    stage: Stage | None = None
    after: int | None = None
    limit: int = 50


TEXT_FIELDS = (
    "phone",
    "work_phone",
    "cell_phone",
    "other_phone",
    "first_name",
    "last_name",
    "business_name",
    "business_contact",
    "county",
    "cross_street",
    "email",
    "language",
    "best_time",
    "spouse",
)
SECRET_FIELDS = ("ssn", "birthdate", "confirmation_number", "receiver_number", "abort_code")
ADDRESS_FIELDS = ("line1", "line2", "city", "state")
IMPORT_FIELDS = (
    "external_id",
    *TEXT_FIELDS,
    "account_type",
    "stage",
    "location",
    *ADDRESS_FIELDS,
    "postal_code",
    "latitude",
    "longitude",
    *SECRET_FIELDS,
)
"""
What the lines of an import can say of a record.
"""


@frozen(kw_only=True)
class ImportLine:
    """
    One line of a file: its number, and its texts by field.
    """

    line: int
    values: Mapping[str, str]


@frozen(kw_only=True)
class ImportCustomers:
    """
    New records from lines of a file, each of which says some IMPORT_FIELDS (*location*: a name or an id). What is known
    by its external id is left alone; a line that a rule refuses is told and the others go in; all in one transaction
    (CUS-26).
    """

    lines: tuple[ImportLine, ...]


class CustomerCreated(Event):
    pass


class CustomerChanged(Event):
    pass
