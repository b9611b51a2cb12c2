"""
Customer records.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import address_of, address_text, latitude, longitude, point_of
from fieldops_adapters.sql.tables import customers
from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, Customer
from fieldops_core.kernel.contact import Phone


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
        version,
    ) = row
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
        point=point_of(latitude, longitude),
        version=version,
    )


CUSTOMERS = Form(
    kind="customer",
    table=customers,
    columns=(
        customers.c.id,
        customers.c.number,
        customers.c.stage,
        customers.c.account_type,
        customers.c.first_name,
        customers.c.last_name,
        customers.c.business_name,
        customers.c.external_id,
        customers.c.location_id,
        customers.c.phone,
        customers.c.address,
        customers.c.latitude,
        customers.c.longitude,
        customers.c.version,
    ),
    row=customer_row,
    state=customer_state,
)
