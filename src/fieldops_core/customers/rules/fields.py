"""
Rules of single fields of a record: choices from catalogs, users, custom fields.
"""

from datetime import date
from math import isfinite

from attrs import frozen

from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, FieldType
from fieldops_core.customers.model import CustomValue
from fieldops_core.kernel.errors import Facts, InvalidValue
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import valid_date
from fieldops_core.staff.model import Person


@frozen(kw_only=True)
class Choice:
    """
    An entry that a record comes to hold in a field: None where the company has none of that id.
    """

    field: str
    catalog: Catalog
    entry: CatalogEntry | None


@rule("ACC-20", "choice.unknown", "There is no such entry in {catalog}.")
def choice_is_of_its_catalog(case: Choice) -> Facts | None:
    """
    Each field has a catalog of its own.
    """
    there = case.entry is not None and case.entry.catalog is case.catalog
    return None if there else {"catalog": case.catalog.value}


@rule("ACC-20", "choice.inactive", "{name} is no longer offered.")
def choice_is_offered(case: Choice) -> Facts | None:
    """
    A new choice is of active entries.
    """
    entry = case.entry
    known = entry is not None and entry.catalog is case.catalog
    return {"name": entry.name} if entry is not None and known and not entry.active else None


@rule("CUS-02", "source.sells_nothing", "{name} is marked neither for leads nor for customers.")
def source_sells(case: Choice) -> Facts | None:
    """
    A source is offered that is marked for leads or customers.
    """
    source = case.entry
    if source is None or case.catalog is not Catalog.SOURCES or source.catalog is not Catalog.SOURCES:
        return None
    return None if source.attributes.sells_leads or source.attributes.sells_customers else {"name": source.name}


@frozen(kw_only=True)
class Representative:
    """
    A user that a record comes to name in a field: None where the company has none of that id.
    """

    field: str
    person: Person | None


@rule("CUS-04", "representative.unknown", "There is no such user.")
def representative_is_there(case: Representative) -> Facts | None:
    """
    Representatives are users of the company.
    """
    return {} if case.person is None else None


@rule("CUS-04", "representative.inactive", "{name} no longer works here.")
def representative_is_active(case: Representative) -> Facts | None:
    """
    A deactivated user is offered nowhere (ACC-24).
    """
    return {"name": case.person.name} if case.person is not None and not case.person.active else None


@frozen(kw_only=True)
class Answer:
    """
    What a record holds in a custom field, None for nothing; *asked*: whether it has to be there now.
    """

    field: str
    name: str
    attributes: Attributes
    value: CustomValue | None
    asked: bool = False


@rule("CUS-06", "custom_field.required", "{name} is required.")
def answer_is_there(case: Answer) -> Facts | None:
    """
    Required of customers as they come to be, and never taken away again. Leads may wait with it.
    """
    return {"name": case.name} if case.asked and case.attributes.required and case.value is None else None


@rule("CUS-06", "custom_field.invalid", "{name}: {wanted}.")
def answer_fits(case: Answer) -> Facts | None:
    """
    The value is of the field's type, and within its bounds.
    """
    wanted = None if case.value is None else _wanted(case.attributes, case.value)
    return {"name": case.name, "wanted": wanted} if wanted else None


def _wanted(field: Attributes, value: CustomValue) -> str | None:
    """
    What a custom field wants instead of a value; None where that fits.
    """
    match field.type:
        case FieldType.TEXT:
            longest = field.longest or 10_000
            fits, wanted = isinstance(value, str) and len(value) <= longest, f"a text of at most {longest} characters"
        case FieldType.NUMBER:
            fits, wanted = _number_fits(field, value), _number_wanted(field)
        case FieldType.DATE:
            fits, wanted = isinstance(value, str) and _is_date(value), "a date such as 2026-05-27"
        case FieldType.CHOICE:
            fits, wanted = value in field.choices, f"one of {', '.join(field.choices)}"
        case _:
            fits, wanted = isinstance(value, bool), "yes or no"
    return None if fits else wanted


def _number_fits(field: Attributes, value: CustomValue) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return False
    low, high = field.minimum, field.maximum
    return abs(value) <= MOST and (low is None or value >= low) and (high is None or value <= high)


MOST = 10**15


def _number_wanted(field: Attributes) -> str:
    bounds = (("at least", field.minimum), ("at most", field.maximum))
    return " ".join(["a number", *(f"{word} {bound:g}" for word, bound in bounds if bound is not None)])


def _is_date(text: str) -> bool:
    try:
        return valid_date(date.fromisoformat(text)).isoformat() == text
    except (ValueError, InvalidValue):
        return False


CHOICE = (choice_is_of_its_catalog, choice_is_offered, source_sells)
REPRESENTATIVE = (representative_is_there, representative_is_active)
ANSWER = (answer_is_there, answer_fits)
