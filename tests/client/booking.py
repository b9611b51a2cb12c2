"""
A program that knows fieldops by its OpenAPI document alone, through the client that was generated from it.

``make types`` leaves it out: the client is generated, and this program typed against it, by test_generated_client.py.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen
from fieldops_client import AuthenticatedClient
from fieldops_client.api.appointments import book_appointment, cancel_appointment, show_appointment
from fieldops_client.api.day_grid import find_openings
from fieldops_client.models import (
    AppointmentView,
    BookAppointmentBody,
    CancelAppointmentBody,
    CancelledBy,
    Kind,
    OpeningsView,
    Problem,
    ProblemViolation,
)
from fieldops_client.types import Unset


@frozen
class Desk:
    """
    A company at a server, and what its customers want.
    """

    client: AuthenticatedClient
    company: str
    customer: UUID
    type: UUID

    def first_opening(self, day: date) -> tuple[UUID, datetime]:
        """
        Who is free first on a day, and when.
        """
        found = find_openings.sync(
            self.company, client=self.client, customer=self.customer, type_=self.type, from_=day, minutes=90
        )
        assert isinstance(found, OpeningsView)
        starts = [(user.user.id, start) for user in found.items for each in user.days for start in each.starts]
        return min(starts, key=lambda each: each[1])

    def book(self, user: UUID, start: datetime, *, key: str) -> AppointmentView | Problem:
        wish = BookAppointmentBody(
            customer=self.customer, kind=Kind.TECH, type_=self.type, user=user, start=start.isoformat(), minutes=90
        )
        return answered(book_appointment.sync(self.company, client=self.client, body=wish, idempotency_key=key))

    def show(self, id: UUID) -> AppointmentView | Problem:
        return answered(show_appointment.sync(self.company, id, client=self.client))

    def cancel(self, id: UUID, version: int) -> AppointmentView | Problem:
        body = CancelAppointmentBody(by=CancelledBy.CUSTOMER, reason="Moved out.", version=version)
        return answered(cancel_appointment.sync(self.company, id, client=self.client, body=body))


def answered(answer: AppointmentView | Problem | None) -> AppointmentView | Problem:
    assert answer is not None, "the document does not name this status"
    return answer


def violation(problem: Problem) -> ProblemViolation:
    """
    The one rule that refuses.
    """
    assert not isinstance(problem.violations, Unset)
    (only,) = problem.violations
    return only
