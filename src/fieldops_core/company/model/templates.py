"""
Labor and parts, and the templates of work orders.
"""

from decimal import Decimal
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.text import filled, tidy

EntryId = NewType("EntryId", UUID)

MOST_JOB_LINES, LARGEST_QUANTITY, SUBJECT_LIMIT, DESCRIPTION_LIMIT = 200, 1_000_000, 255, 255
NOTE_LIMIT = 2_040


class LineKind(Enum):
    """
    Whether a line of a work order is work or material.
    """

    LABOR = "labor"
    PART = "part"


def _description(text: str) -> str:
    return filled(text, field="description", limit=DESCRIPTION_LIMIT)


@frozen(kw_only=True)
class JobLine:
    """
    One line of labor or parts (WOR-12): an exact *quantity* (hours, pieces) at a *unit_price*.

    Raises:
        InvalidValue: where the quantity is not above 0, or has more than four decimals; where the price is below 0.
    """

    kind: LineKind
    description: str = field(converter=_description)
    quantity: Decimal
    unit_price: Money
    billable: bool = True

    def __attrs_post_init__(self) -> None:
        exponent = self.quantity.as_tuple().exponent
        exact = isinstance(exponent, int) and exponent >= -4
        if not exact or not 0 < self.quantity <= LARGEST_QUANTITY:
            sentence = f"A quantity is above 0, at most {LARGEST_QUANTITY:,}, with at most four decimals."
            raise InvalidValue("quantity.invalid", sentence, field="quantity", rule="WOR-12")
        if self.unit_price.amount < 0:
            raise InvalidValue("money.invalid", "A price is 0 or more.", field="unit_price", rule="WOR-12")


def job_lines(lines: tuple[JobLine, ...]) -> tuple[JobLine, ...]:
    """
    Raises:
        InvalidValue: where there are more than 200.
    """
    if len(lines) > MOST_JOB_LINES:
        sentence = f"A work order has at most {MOST_JOB_LINES} lines."
        raise InvalidValue("lines.too_many", sentence, field="lines", rule="WOR-12")
    return lines


@frozen(kw_only=True)
class WorkOrderTemplate:
    """
    What a new work order is filled with in advance (WOR-02). *note* is safe HTML. What is empty fills nothing.
    """

    note_type: EntryId | None = None
    type: EntryId | None = None
    technician: UserId | None = None
    subject: str = ""
    note: str = ""
    priority: EntryId | None = None
    lines: tuple[JobLine, ...] = field(default=(), converter=job_lines)

    def __attrs_post_init__(self) -> None:
        tidy(self, subject=SUBJECT_LIMIT)
