"""
Rules of what is chosen for a work order.
"""

from collections.abc import Mapping

from attrs import frozen

from fieldops_core.company.model import CatalogEntry, Location
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.staff.model import User


@frozen(kw_only=True)
class Choices:
    """
    What is newly chosen for a work order of a customer at a *location*: *entries* by field, and a *technician*. What a
    saved one keeps is none of it. *external_id* is one that another work order has.
    """

    location: Location
    entries: Mapping[str, CatalogEntry]
    technician: User | None = None
    external_id: str | None = None

    def inactive(self, field: str) -> Facts | None:
        """
        The entry of a field, where it is no longer active.
        """
        entry = self.entries.get(field)
        return {"name": entry.name} if entry and not entry.active else None


@rule("WOR-01", "work_order.note_type_inactive", "The note type {name} is no longer offered.", field="note_type")
def note_type_is_offered(case: Choices) -> Facts | None:
    """
    New choices are of active entries; what is saved keeps one that was made inactive later.
    """
    return case.inactive("note_type")


@rule("WOR-01", "work_order.type_inactive", "The work order type {name} is no longer offered.", field="type")
def type_is_offered(case: Choices) -> Facts | None:
    """
    Likewise.
    """
    return case.inactive("type")


@rule("ACC-20", "work_order.priority_inactive", "The priority {name} is no longer offered.", field="priority")
def priority_is_offered(case: Choices) -> Facts | None:
    """
    Likewise.
    """
    return case.inactive("priority")


@rule("WOR-02", "work_order.template_inactive", "The template {name} is no longer offered.", field="template")
def template_is_offered(case: Choices) -> Facts | None:
    """
    Likewise.
    """
    return case.inactive("template")


@rule("WOR-01", "work_order.technician_unfit", "{name} is not an active technician.", field="technician")
def technician_is_an_active_one(case: Choices) -> Facts | None:
    """
    Whom a work order is newly assigned to is an active technician; one who leaves later keeps it.
    """
    user = case.technician
    return {"name": user.name} if user and not (user.active and user.technician) else None


@rule("WOR-01", "work_order.technician_elsewhere", "{name} does not work at {location}.", field="technician")
def technician_is_of_the_location(case: Choices) -> Facts | None:
    """
    Of the customer's location: their home or a further one (ACC-23).
    """
    user = case.technician
    if user is None or user.person.of(case.location.id):
        return None
    return {"name": user.name, "location": case.location.name}


@rule("CUS-02", "work_order.external_id_taken", "Another work order has the external id {id}.", field="external_id")
def external_id_is_free(case: Choices) -> Facts | None:
    """
    External ids are unique in the company, of work orders as of records.
    """
    return {"id": case.external_id} if case.external_id is not None else None


@rule("WOR-01", "work_order.note_type_required", "A work order needs a note type.", field="note_type")
def note_type_is_told(values: Mapping[str, object]) -> Facts | None:
    """
    By whoever creates it, or by the template.
    """
    return None if values.get("note_type") else {}


@rule("WOR-01", "work_order.type_required", "A work order needs a type.", field="type")
def type_is_told(values: Mapping[str, object]) -> Facts | None:
    """
    Likewise.
    """
    return None if values.get("type") else {}


@rule("WOR-01", "work_order.subject_required", "A work order needs a subject.", field="subject")
def subject_is_told(values: Mapping[str, object]) -> Facts | None:
    """
    Likewise.
    """
    return None if "subject" in values else {}


CHOOSING = (
    template_is_offered,
    note_type_is_offered,
    type_is_offered,
    priority_is_offered,
    technician_is_an_active_one,
    technician_is_of_the_location,
    external_id_is_free,
)
REQUIRED = (note_type_is_told, type_is_told, subject_is_told)
