"""
What the staff subdomain needs of the world.
"""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from fieldops_core.access import ports as access
from fieldops_core.access.model import Kind
from fieldops_core.company import ports as company
from fieldops_core.company.model import Location
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.repository import Repository
from fieldops_core.staff.model import Absence, AbsenceId, Holiday, Identity, Person, User


class Users(Repository[UserId, User], Protocol):
    def page(
        self, *, location: LocationId | None, active: bool | None, after: UserId | None, limit: int
    ) -> tuple[User, ...]:
        """
        At most *limit* users with an id above *after*, in the order of their ids; *location*: at home there or further.
        """

    def owners(self) -> tuple[User, ...]:
        """
        The active users who hold the owner role.
        """

    def email_taken(self, email: str, *, by_other_than: UserId | None = None) -> bool:
        """
        Whether another user of the company logs in with that address, whatever the case of its letters.
        """

    def identified(self, token_hash: str) -> Identity | None:
        """
        The user whose token has that hash, with all roles of the company: active or not, expired or not.
        """


class People(Protocol):
    """
    Users as scheduling knows them.
    """

    def find(
        self, *, ids: Collection[UserId] | None = None, kind: Kind | None = None, active: bool | None = True
    ) -> tuple[Person, ...]:
        """
        Users in the order of their ids: those named, or those who may be eligible for a kind (a superset will do; the
        core decides). *active* None: deactivated ones too.
        """

    def locked(self, ids: Collection[UserId]) -> tuple[Person, ...]:
        """
        Those users, in the order of their ids, locked EXCLUSIVE in that order: nobody else books, moves or changes
        their time until the unit ends. Ids that the company does not have are left out.
        """


class Absences(Repository[AbsenceId, Absence], Protocol):
    def remove(self, absence: Absence) -> None:
        """
        Raises:
            Conflict: where the stored version is another.
        """

    def between(
        self,
        first: date,
        last: date,
        *,
        users: Collection[UserId] | None = None,
        locations: Collection[LocationId] | None = None,
    ) -> tuple[Absence, ...]:
        """
        Absences that touch the dates from *first* to *last*, of some users (None: of all) and of some locations (None:
        of all), by first date and id.
        """


class HolidayCalendar(Protocol):
    """
    Knows the public holidays of countries and their parts.
    """

    def holidays(self, region: str, year: int) -> tuple[Holiday, ...]:
        """
        Those of a region (ISO 3166, in capitals) in a year, by date.

        Raises:
            InvalidValue: where it does not know the region.
        """


class NoHolidays:
    """
    A calendar that knows no region.
    """

    def holidays(self, region: str, year: int) -> tuple[Holiday, ...]:
        raise InvalidValue("region.unknown", "There is no calendar of holidays here.", field="region", rule="SCH-22")


class Unit(access.Unit, company.Unit, Protocol):
    @property
    def locations(self) -> Repository[LocationId, Location]: ...
    @property
    def users(self) -> Users: ...
    @property
    def people(self) -> People: ...
    @property
    def absences(self) -> Absences: ...
