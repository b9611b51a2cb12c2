"""
What can be done and asked about customers, and what happens then.
"""

from collections.abc import Mapping

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, ArchiveStatus, CustomerId, Sort
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class CreateCustomer:
    """
    A new record. A customer names its location; a lead without one gets its creator's home. *phone* is read in the
    location's country where it has no ``+``. Without *point* the address is looked up. *ssn* has nine digits,
    *birthdate* is written ``1980-01-31``.
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


@frozen(kw_only=True)
class ChangeCustomer:
    """
    New values for some fields. A changed address drops the old coordinates; unless new ones come with it, it is looked
    up. A confidential field that comes back as ``***`` is left alone (ACC-15).
    """

    customer: CustomerId
    phone: str | Keep = UNSET
    account_type: AccountType | Keep = UNSET
    first_name: str | Keep = UNSET
    last_name: str | Keep = UNSET
    business_name: str | Keep = UNSET
    external_id: str | None | Keep = UNSET
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
class ShowCustomer:
    customer: CustomerId


@frozen(kw_only=True)
class ListCustomers:
    """
    Records, at most *limit*, those after a place that the page before named. *search*: words of a name, business name,
    telephone number, email, number or address, each of which must be found somewhere in the record, those of fewer than
    3 characters at the start of a word (CUS-15). Without *sort* by number, or as close as they come to the search.
    """

    search: str | None = None
    number: int | None = None
    location: LocationId | None = None
    stage: Stage | None = None
    sort: Sort | None = None
    after: str | None = None
    archive: ArchiveStatus = ArchiveStatus.ALL
    limit: int = 50


@frozen(kw_only=True)
class LinkParent:
    """
    Make a *customer* a sub-customer of a *parent*, in place of the one that it has.
    """

    customer: CustomerId
    parent: CustomerId


@frozen(kw_only=True)
class UnlinkParent:
    customer: CustomerId


@frozen(kw_only=True)
class ShowFamily:
    customer: CustomerId


@frozen(kw_only=True)
class FindParents:
    """
    Who may become the parent of a *customer*, in the order of their numbers: top-level customers that the reader may
    view, found by words of *search* as a list finds them (FAM-02).
    """

    customer: CustomerId
    search: str = ""
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


class CustomerLinked(Event):
    """
    It became a sub-customer, or another's (FAM-01).
    """


class CustomerUnlinked(Event):
    """
    It is nobody's sub-customer any more (FAM-03).
    """
