"""
Users, whole and as scheduling knows them, and absences.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import (
    address_of,
    address_text,
    grants_of,
    grants_text,
    hours_of,
    hours_text,
    latitude,
    longitude,
)
from fieldops_adapters.sql.tables import absences, users
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.geo import point_of
from fieldops_core.staff.model import Absence, Person, User


def email_key(email: str) -> str:
    """
    What two addresses that differ in the case of their letters share.
    """
    return email.lower()


def user_row(user: User) -> Values:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email.address,
        "email_key": email_key(user.email.address),
        "phone": None if user.phone is None else user.phone.number,
        "language": user.language,
        "zone": user.zone,
        "active": user.active,
        "home_id": user.home,
        "further": user.further,
        "reports_to": user.reports_to,
        "technician": user.technician,
        "sales_rep": user.sales_rep,
        "program_types": user.program_types,
        "start_address": address_text(user.start_address),
        "start_latitude": latitude(user.start),
        "start_longitude": longitude(user.start),
        "coverage_radius": user.coverage_radius,
        "hours": hours_text(user.hours),
        "roles": user.roles,
        "grants": grants_text(user.grants),
        "external_id": user.external_id,
        "version": user.version,
    }


def user_state(row: Row) -> User:
    (
        id,
        name,
        email,
        phone,
        language,
        zone,
        active,
        home,
        further,
        reports_to,
        technician,
        sales_rep,
        program_types,
        start_address,
        start_latitude,
        start_longitude,
        coverage_radius,
        hours,
        roles,
        grants,
        external_id,
        version,
    ) = row
    return User(
        id=id,
        name=name,
        email=Email(email),
        phone=None if phone is None else Phone(phone),
        language=language,
        zone=zone,
        active=active,
        home=home,
        further=further,
        reports_to=reports_to,
        technician=technician,
        sales_rep=sales_rep,
        program_types=program_types,
        start_address=address_of(start_address),
        start=point_of(start_latitude, start_longitude),
        coverage_radius=coverage_radius,
        hours=hours_of(hours),
        roles=roles,
        grants=grants_of(grants),
        external_id=external_id,
        version=version,
    )


USERS = Form(
    kind="user",
    table=users,
    columns=(
        users.c.id,
        users.c.name,
        users.c.email,
        users.c.phone,
        users.c.language,
        users.c.zone,
        users.c.active,
        users.c.home_id,
        users.c.further,
        users.c.reports_to,
        users.c.technician,
        users.c.sales_rep,
        users.c.program_types,
        users.c.start_address,
        users.c.start_latitude,
        users.c.start_longitude,
        users.c.coverage_radius,
        users.c.hours,
        users.c.roles,
        users.c.grants,
        users.c.external_id,
        users.c.version,
    ),
    row=user_row,
    state=user_state,
)


PERSON_COLUMNS = (
    users.c.id,
    users.c.name,
    users.c.active,
    users.c.home_id,
    users.c.further,
    users.c.technician,
    users.c.sales_rep,
    users.c.program_types,
    users.c.start_latitude,
    users.c.start_longitude,
    users.c.coverage_radius,
    users.c.hours,
)


def person(row: Row) -> Person:
    """
    From the values of PERSON_COLUMNS.
    """
    (
        id,
        name,
        active,
        home,
        further,
        technician,
        sales_rep,
        program_types,
        start_latitude,
        start_longitude,
        coverage_radius,
        hours,
    ) = row
    return Person(
        id=id,
        name=name,
        active=active,
        home=home,
        further=further,
        technician=technician,
        sales_rep=sales_rep,
        program_types=program_types,
        start=point_of(start_latitude, start_longitude),
        coverage_radius=coverage_radius,
        hours=hours_of(hours),
    )


def absence_row(absence: Absence) -> Values:
    return {
        "id": absence.id,
        "user_id": absence.user,
        "location_id": absence.location,
        "first_day": absence.first,
        "last_day": absence.last,
        "start_minute": absence.start,
        "end_minute": absence.end,
        "reason": absence.reason,
        "version": absence.version,
    }


def absence_state(row: Row) -> Absence:
    id, user, location, first, last, start, end, reason, version = row
    return Absence(
        id=id,
        user=user,
        location=location,
        first=first,
        last=last,
        start=start,
        end=end,
        reason=reason,
        version=version,
    )


ABSENCES = Form(
    kind="absence",
    table=absences,
    columns=(
        absences.c.id,
        absences.c.user_id,
        absences.c.location_id,
        absences.c.first_day,
        absences.c.last_day,
        absences.c.start_minute,
        absences.c.end_minute,
        absences.c.reason,
        absences.c.version,
    ),
    row=absence_row,
    state=absence_state,
)
