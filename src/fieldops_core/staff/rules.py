"""
Rules of users.
"""

from datetime import date

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import day_in_words


@frozen(kw_only=True)
class Registration:
    """
    A user as it would be saved: the login address and the external id and whether another user has them, the ids it
    names that the company does not have, and the names of its locations that are no longer in use.
    """

    email: str
    email_taken: bool
    external_id: str | None = None
    external_id_taken: bool = False
    strangers: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


@rule("ACC-23", "user.email_taken", "Another user logs in with {email}.", field="email")
def email_is_free(case: Registration) -> Facts | None:
    """
    The login is unique in the company.
    """
    return {"email": case.email} if case.email_taken else None


@rule("CUS-02", "user.external_id_taken", "Another user has the external id {external_id}.", field="external_id")
def external_id_is_free(case: Registration) -> Facts | None:
    """
    External ids are unique in the company, of users as of records.
    """
    return {"external_id": case.external_id} if case.external_id_taken else None


@rule("ACC-23", "user.unknown_reference", "This company does not have: {ids}.")
def references_are_the_companys(case: Registration) -> Facts | None:
    """
    Locations, types, roles and the user reported to are the same company's.
    """
    return {"ids": ", ".join(case.strangers)} if case.strangers else None


@frozen(kw_only=True)
class Bearer:
    """
    The user for whom a token is to speak.
    """

    name: str
    active: bool


@rule("ACC-24", "user.deactivated", "{user} is deactivated and is given no token.", field="user")
def bearer_is_active(case: Bearer) -> Facts | None:
    """
    A deactivated user has no token, also none that would wait for their return.
    """
    return None if case.active else {"user": case.name}


@rule("SCH-26", "user.location_inactive", "No longer in use: {locations}.", field="home")
def locations_are_in_use(case: Registration) -> Facts | None:
    """
    An active user belongs to active locations, at home and further.
    """
    return {"locations": ", ".join(case.closed)} if case.closed else None


@frozen(kw_only=True)
class Adoption:
    """
    Dates that are to become holidays of a location, as those of a *region*; *unknown* are none of its holidays.
    """

    region: str
    unknown: tuple[date, ...]


@rule("SCH-22", "holiday.unknown", "{region} has no holiday on {dates}.", field="dates")
def dates_are_holidays(case: Adoption) -> Facts | None:
    """
    What is adopted from a calendar stands there; another day is added as an absence of the location.
    """
    if not case.unknown:
        return None
    return {"region": case.region, "dates": ", ".join(map(day_in_words, case.unknown))}


ADOPTION = (dates_are_holidays,)
BEARING = (bearer_is_active,)
REGISTRATION = (email_is_free, external_id_is_free, references_are_the_companys, locations_are_in_use)
