"""
Rules of users and their absences.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@frozen(kw_only=True)
class Registration:
    """
    A user as it would be saved: the login address and the external id and whether another user has them, and the ids
    it names that the company does not have.
    """

    email: str
    email_taken: bool
    external_id: str | None = None
    external_id_taken: bool = False
    strangers: tuple[str, ...] = ()


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


REGISTRATION = (email_is_free, external_id_is_free, references_are_the_companys)
