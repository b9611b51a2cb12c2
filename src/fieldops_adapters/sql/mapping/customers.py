"""
Customer records.
"""

from uuid import UUID

import msgspec

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import (
    address_of,
    address_text,
    installation_of,
    installation_text,
    latitude,
    lead_of,
    lead_text,
    longitude,
    sale_of,
    sale_text,
)
from fieldops_adapters.sql.tables import customers
from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import (
    AccountType,
    Candidate,
    Customer,
    CustomerPlace,
    Traits,
    Verification,
    city_key,
    is_cancelled,
    lead_status,
    name_key,
    search_text,
)
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.geo import point_of


class Personal(msgspec.Struct, frozen=True, omit_defaults=True):
    """
    The fields of the personal section that nothing is found or sorted by.
    """

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
    account_class: UUID | None = None
    credit_score: int | None = None
    credit_tracking_number: str = ""
    source: UUID | None = None
    campaign: UUID | None = None
    verification: str = Verification.UNKNOWN.value
    former_numbers: tuple[int, ...] = ()


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Personal).decode
_custom_of = msgspec.json.Decoder(dict[UUID, str | int | float | bool]).decode


def customer_row(customer: Customer) -> Values:
    return {
        "id": customer.id,
        "number": customer.number,
        "stage": customer.stage.value,
        "account_type": None if customer.account_type is None else customer.account_type.value,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "business_name": customer.business_name,
        "external_id": customer.external_id,
        "location_id": customer.location,
        "phone": customer.phone.number,
        "address": address_text(customer.address),
        "latitude": latitude(customer.point),
        "longitude": longitude(customer.point),
        "point_is_estimate": customer.point_is_estimate,
        "personal": _encode(_personal(customer)).decode(),
        "birthdate": customer.birthdate,
        "ssn": customer.ssn,
        "confirmation_number": customer.confirmation_number,
        "receiver_number": customer.receiver_number,
        "abort_code": customer.abort_code,
        "account_number": customer.sale.account_number,
        "sale": sale_text(customer.sale),
        "installation": installation_text(customer.installation),
        "lead": lead_text(customer.lead),
        "custom": _encode(dict(customer.custom)).decode(),
        "search": search_text(customer),
        "name_key": name_key(customer),
        "city_key": city_key(customer),
        "lead_status_id": lead_status(customer),
        "cancelled": is_cancelled(customer),
        "parent_id": customer.parent,
        "archived_at": customer.archived_at,
        "archived_by": customer.archived_by,
        "version": customer.version,
    }


def customer_state(row: Row) -> Customer:
    (
        id,
        number,
        stage,
        account_type,
        first_name,
        last_name,
        business_name,
        external_id,
        location,
        phone,
        address,
        latitude,
        longitude,
        point_is_estimate,
        personal,
        birthdate,
        ssn,
        confirmation_number,
        receiver_number,
        abort_code,
        _,
        sale,
        installation,
        lead,
        custom,
        parent,
        archived_at,
        archived_by,
        version,
    ) = row
    more = _decode(personal)
    return Customer(
        id=id,
        number=number,
        stage=Stage(stage),
        account_type=None if account_type is None else AccountType(account_type),
        first_name=first_name,
        last_name=last_name,
        business_name=business_name,
        external_id=external_id,
        location=location,
        phone=Phone(phone),
        address=address_of(address),
        county=more.county,
        cross_street=more.cross_street,
        point=point_of(latitude, longitude),
        point_is_estimate=point_is_estimate,
        work_phone=_phone(more.work_phone),
        cell_phone=_phone(more.cell_phone),
        other_phone=_phone(more.other_phone),
        email=None if more.email is None else Email(more.email),
        language=more.language,
        best_time=more.best_time,
        spouse=more.spouse,
        business_contact=more.business_contact,
        verification=Verification(more.verification),
        birthdate=birthdate,
        ssn=ssn,
        confirmation_number=confirmation_number,
        receiver_number=receiver_number,
        abort_code=abort_code,
        parent=parent,
        archived_at=archived_at,
        archived_by=archived_by,
        account_class=_entry(more.account_class),
        credit_score=more.credit_score,
        credit_tracking_number=more.credit_tracking_number,
        source=_entry(more.source),
        campaign=_entry(more.campaign),
        sale=sale_of(sale),
        installation=installation_of(installation),
        lead=lead_of(lead),
        former_numbers=more.former_numbers,
        custom={EntryId(id): value for id, value in _custom_of(custom).items()} if custom != "{}" else {},
        version=version,
    )


def _personal(customer: Customer) -> Personal:
    return Personal(
        county=customer.county,
        cross_street=customer.cross_street,
        work_phone=_number(customer.work_phone),
        cell_phone=_number(customer.cell_phone),
        other_phone=_number(customer.other_phone),
        email=None if customer.email is None else customer.email.address,
        language=customer.language,
        best_time=customer.best_time,
        spouse=customer.spouse,
        business_contact=customer.business_contact,
        account_class=customer.account_class,
        credit_score=customer.credit_score,
        credit_tracking_number=customer.credit_tracking_number,
        source=customer.source,
        campaign=customer.campaign,
        verification=customer.verification.value,
        former_numbers=customer.former_numbers,
    )


def _entry(id: UUID | None) -> EntryId | None:
    return None if id is None else EntryId(id)


def _number(phone: Phone | None) -> str | None:
    return None if phone is None else phone.number


def _phone(number: str | None) -> Phone | None:
    return None if number is None else Phone(number)


_DERIVED = ("search", "name_key", "city_key", "lead_status_id", "cancelled")

CUSTOMERS = Form(
    kind="customer",
    table=customers,
    columns=tuple(column for column in customers.c if column.name not in {"company_id", *_DERIVED}),
    row=customer_row,
    state=customer_state,
)

MATCH_COLUMNS = (
    customers.c.id,
    customers.c.number,
    customers.c.external_id,
    customers.c.name_key,
    customers.c.city_key,
)
"""
The values of a :class:`~fieldops_core.customers.model.Match`.
"""

PLACE_COLUMNS = (
    customers.c.id,
    customers.c.number,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.business_name,
    customers.c.location_id,
    customers.c.latitude,
    customers.c.longitude,
)


def customer_place(row: Row) -> CustomerPlace:
    """
    From the values of PLACE_COLUMNS.
    """
    id, number, first_name, last_name, business_name, location, latitude, longitude = row
    return CustomerPlace(
        id=id,
        number=number,
        name=business_name or f"{first_name} {last_name}".strip(),
        location=location,
        point=point_of(latitude, longitude),
    )


CANDIDATE_COLUMNS = (
    customers.c.id,
    customers.c.number,
    customers.c.stage,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.business_name,
    customers.c.location_id,
    customers.c.phone,
    customers.c.address,
    customers.c.personal,
)


def candidate(row: Row) -> Candidate:
    """
    From the values of CANDIDATE_COLUMNS.
    """
    id, number, stage, first_name, last_name, business_name, location, phone, address, personal = row
    more, person = _decode(personal), f"{first_name} {last_name}"
    phones = (phone, more.work_phone, more.cell_phone, more.other_phone)
    traits = Traits.told(
        names=(person, business_name),
        phones=map(_phone, phones),
        email=None if more.email is None else Email(more.email),
        address=address_of(address),
    )
    name = business_name or person.strip()
    return Candidate(id=id, number=number, stage=Stage(stage), name=name, location=location, traits=traits)
