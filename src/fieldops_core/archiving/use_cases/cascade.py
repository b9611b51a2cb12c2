"""
The cascade: a customer, its unarchived sub-customers, and what each subdomain loses. Preview and run make the same one.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.archiving.calculations import consent_to
from fieldops_core.archiving.ports import Unit
from fieldops_core.archiving.rules import Archiving
from fieldops_core.archiving.use_cases.visits import Fate, KeepVisits, Lines, Plan, VisitsPlan
from fieldops_core.archiving.views import AffectedView, ArchivePreview, preview_summary
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Violation


@frozen(kw_only=True)
class Cascade:
    """
    A *customer*, its unarchived *children*, and the plan of each subdomain.
    """

    customer: Customer
    children: tuple[Customer, ...]
    visits: VisitsPlan

    @classmethod
    def of(
        cls,
        customer: Customer,
        family: Sequence[Customer],
        call: Call[Unit],
        *,
        keep: KeepVisits,
        lock: Lock = Lock.NONE,
    ) -> "Cascade":
        children = sorted((each for each in family if each.parent == customer.id), key=lambda each: each.number)
        active = tuple(each for each in children if not each.archived)
        visits = VisitsPlan.of((customer, *active), call, lock=lock, keep=keep)
        return cls(customer=customer, children=active, visits=visits)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """
        One for each subdomain that loses something.
        """
        return (self.visits,)

    @property
    def everybody(self) -> tuple[Customer, ...]:
        return (self.customer, *self.children)

    @property
    def consent(self) -> str:
        return consent_to(self._terms())

    def case(self, *, confirmed: bool) -> Archiving:
        under_way = self.visits.under_way
        seen = tuple(each.appointment for each in under_way if self.visits.may_see(each))
        return Archiving(customer=self.customer, confirmed=confirmed, under_way=len(under_way), seen=seen)

    def view(self, call: Call[Unit], against: tuple[Violation, ...] = ()) -> ArchivePreview:
        lines = self.visits.lines(call)
        return ArchivePreview(
            customer=self._affected(self.customer, lines, call.actor),
            children=tuple(self._affected(each, lines, call.actor) for each in self.children),
            summary=preview_summary(upcoming=len(self.visits.upcoming), children=len(self.children)),
            violations=against,
            consent=self.consent,
        )

    def _affected(self, customer: Customer, lines: Lines, actor: Actor) -> AffectedView:
        access = RecordAccess(actor=actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
        seen = may_use_record(access) is None
        return AffectedView(
            id=customer.id,
            number=customer.number if seen else None,
            name=customer.name if seen else None,
            upcoming=self.visits.counts[customer.id],
            appointments=lines.get((customer.id, Fate.CANCELLED), ()),
            over=lines.get((customer.id, Fate.LEFT), ()),
            under_way=lines.get((customer.id, Fate.AWAITED), ()),
        )

    def _terms(self) -> Iterator[str]:
        for each in self.everybody:
            yield f"customer {each.id}"
        for plan in self.plans:
            yield from plan.terms()
