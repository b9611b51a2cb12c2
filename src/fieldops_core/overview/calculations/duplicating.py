"""
What of a record another begins with.
"""

from fieldops_core.access.model import Stage
from fieldops_core.company.views import address_view
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.contact import Phone
from fieldops_core.overview.views import UnsavedRecord


def unsaved(customer: Customer) -> UnsavedRecord:
    """
    The personal section but SSN, birthdate, credit score and tracking number, and the external id, which no two records
    share (CUS-21). Coordinates that are only an estimate are left to be looked up again.
    """
    lead = customer.stage is Stage.LEAD
    return UnsavedRecord(
        stage=customer.stage,
        account_type=customer.account_type,
        first_name=customer.first_name,
        last_name=customer.last_name,
        business_name=customer.business_name,
        location=customer.location,
        phone=customer.phone.number,
        address=address_view(customer.address),
        coordinates=customer.point if customer.placed else None,
        county=customer.county,
        cross_street=customer.cross_street,
        work_phone=_number(customer.work_phone),
        cell_phone=_number(customer.cell_phone),
        other_phone=_number(customer.other_phone),
        email=customer.email.address if customer.email else None,
        language=customer.language,
        best_time=customer.best_time,
        spouse=customer.spouse,
        business_contact=customer.business_contact,
        account_class=customer.account_class,
        source=customer.source if lead else None,
        campaign=customer.campaign if lead else None,
    )


def _number(phone: Phone | None) -> str | None:
    return phone.number if phone else None
