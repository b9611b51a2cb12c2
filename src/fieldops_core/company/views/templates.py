"""
Labor and parts, and what the templates of work orders fill in.
"""

from collections.abc import Iterable
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import JobLine, LineKind, WorkOrderTemplate
from fieldops_core.company.views.parts import MoneyView, money_view
from fieldops_core.kernel.records import made, told


@frozen(kw_only=True)
class JobLineView:
    """
    A line of labor or parts: *quantity* is exact, as decimal digits.
    """

    kind: LineKind
    description: str
    quantity: str
    unit_price: MoneyView
    billable: bool


@frozen(kw_only=True)
class TemplateView:
    """
    What a work order template fills in; *note* is safe HTML. What is null or empty fills nothing.
    """

    note_type: UUID | None
    type: UUID | None
    technician: UUID | None
    subject: str
    note: str
    priority: UUID | None
    lines: tuple[JobLineView, ...]


def job_lines_view(lines: Iterable[JobLine]) -> tuple[JobLineView, ...]:
    return tuple(
        JobLineView(
            kind=each.kind,
            description=each.description,
            quantity=f"{each.quantity:f}",
            unit_price=money_view(each.unit_price),
            billable=each.billable,
        )
        for each in lines
    )


def template_view(template: WorkOrderTemplate) -> TemplateView:
    return made(TemplateView, {**told(template), "lines": job_lines_view(template.lines)})
