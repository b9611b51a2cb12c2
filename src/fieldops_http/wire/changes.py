"""
What a change of people's time, or of a customer's place, answers, and its preview: the resource as it is then, and the
visits that it strands (APT-14) or that it no longer fits (CUS-19); and what a check-out answers.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import frozen

from fieldops_core.app.fieldops import Preview
from fieldops_core.app.ports import Receipt
from fieldops_core.company.views import SettingsView
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.views import AppointmentView, OutOfCoverageView, StrandedView, UnfitView, ZoneChangeView
from fieldops_core.staff.views import AbsenceView, AdoptionView, UserHoursView, UserView
from fieldops_core.work_orders.views import OpenWorkView
from fieldops_http.engine import known

A = TypeVar("A")
V = TypeVar("V")


@frozen(kw_only=True)
class UserChangeView(UserView):
    """
    A user as the change left them, the appointments that it made pending reassignment, and those that it put out of
    coverage and left as they are.
    """

    stranded: StrandedView
    out_of_coverage: OutOfCoverageView

    @classmethod
    def of(cls, receipt: Receipt) -> "UserChangeView":
        return _beside(cls, receipt, UserView, out_of_coverage=_added(receipt, OutOfCoverageView))


@frozen(kw_only=True)
class WorkingHoursChangeView(UserHoursView):
    """
    A user's working hours as the change left them, and the appointments that it made pending reassignment.
    """

    stranded: StrandedView

    @classmethod
    def of(cls, receipt: Receipt) -> "WorkingHoursChangeView":
        return _beside(cls, receipt, UserHoursView)


@frozen(kw_only=True)
class AbsenceChangeView(AbsenceView):
    """
    An absence as the change left it, and the appointments that it made pending reassignment.
    """

    stranded: StrandedView

    @classmethod
    def of(cls, receipt: Receipt) -> "AbsenceChangeView":
        return _beside(cls, receipt, AbsenceView)


@frozen(kw_only=True)
class AdoptionChangeView(AdoptionView):
    """
    The holidays that became a location's, and the appointments that they made pending reassignment.
    """

    stranded: StrandedView

    @classmethod
    def of(cls, receipt: Receipt) -> "AdoptionChangeView":
        return _beside(cls, receipt, AdoptionView)


@frozen(kw_only=True)
class SettingsChangeView(SettingsView):
    """
    The settings as the change left them, the appointments that it made pending reassignment, and those that it put out
    of coverage and left as they are.
    """

    stranded: StrandedView
    out_of_coverage: OutOfCoverageView

    @classmethod
    def of(cls, receipt: Receipt) -> "SettingsChangeView":
        return _beside(cls, receipt, SettingsView, out_of_coverage=_added(receipt, OutOfCoverageView))


@frozen(kw_only=True)
class CustomerChangeView(CustomerView):
    """
    A record as the change left it, and its open appointments that another location or address no longer fits. None of
    them is moved.
    """

    unfit: UnfitView

    @classmethod
    def of(cls, receipt: Receipt) -> "CustomerChangeView":
        return cls(**_shown(receipt, CustomerView), unfit=_added(receipt, UnfitView))


@frozen(kw_only=True)
class CheckOutView(AppointmentView):
    """
    An appointment as its check-out left it, and what of its work order's checklist is open although it was DONE: a
    warning.
    """

    open_work: OpenWorkView

    @classmethod
    def of(cls, receipt: Receipt) -> "CheckOutView":
        return cls(**_shown(receipt, AppointmentView), open_work=_added(receipt, OpenWorkView))


@frozen(kw_only=True)
class CustomerPreview:
    """
    What the change would answer; without *customer*, the *violations* that would refuse it.
    """

    customer: CustomerView | None
    unfit: UnfitView
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "CustomerPreview":
        unfit = _added(preview.receipt, UnfitView) if preview.receipt else UnfitView()
        return cls(customer=_answer(preview, CustomerView), unfit=unfit, violations=preview.violations)


@frozen(kw_only=True)
class UserPreview:
    """
    What the change would answer; without *user*, the *violations* that would refuse it.
    """

    user: UserView | None
    stranded: StrandedView
    out_of_coverage: OutOfCoverageView
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "UserPreview":
        return cls(
            user=_answer(preview, UserView),
            stranded=_stranded(preview),
            out_of_coverage=_uncovered(preview),
            violations=preview.violations,
        )


@frozen(kw_only=True)
class WorkingHoursPreview:
    """
    What the change would answer; without *user*, the *violations* that would refuse it.
    """

    user: UserHoursView | None
    stranded: StrandedView
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "WorkingHoursPreview":
        return cls(user=_answer(preview, UserHoursView), stranded=_stranded(preview), violations=preview.violations)


@frozen(kw_only=True)
class AbsencePreview:
    """
    What the change would answer; without *absence*, the *violations* that would refuse it.
    """

    absence: AbsenceView | None
    stranded: StrandedView
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "AbsencePreview":
        return cls(absence=_answer(preview, AbsenceView), stranded=_stranded(preview), violations=preview.violations)


@frozen(kw_only=True)
class AdoptionPreview:
    """
    What adopting would answer; without *adoption*, the *violations* that would refuse it.
    """

    adoption: AdoptionView | None
    stranded: StrandedView
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "AdoptionPreview":
        return cls(adoption=_answer(preview, AdoptionView), stranded=_stranded(preview), violations=preview.violations)


@frozen(kw_only=True)
class SettingsPreview:
    """
    What the change would answer; without *settings*, the *violations* that would refuse it.
    """

    settings: SettingsView | None
    stranded: StrandedView
    out_of_coverage: OutOfCoverageView
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "SettingsPreview":
        return cls(
            settings=_answer(preview, SettingsView),
            stranded=_stranded(preview),
            out_of_coverage=_uncovered(preview),
            violations=preview.violations,
        )


@frozen(kw_only=True)
class ZonePreview:
    """
    What the change would answer; without *location*, the *violations* that would refuse it.
    """

    location: ZoneChangeView | None
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, preview: Preview) -> "ZonePreview":
        return cls(location=_answer(preview, ZoneChangeView), violations=preview.violations)


def _beside(kind: Callable[..., A], receipt: Receipt, answer: type[V], **more: object) -> A:
    """
    The fields of what a command answers, and what policies added beside them.
    """
    return kind(**_shown(receipt, answer), stranded=_added(receipt, StrandedView), **more)


def _shown(receipt: Receipt, answer: type[V]) -> dict[str, Any]:
    view = known(receipt.answer, answer)
    return {name: getattr(view, name) for name in fields_of(view)}


def _answer(preview: Preview, answer: type[V]) -> V | None:
    return known(preview.receipt.answer, answer) if preview.receipt else None


def _stranded(preview: Preview) -> StrandedView:
    return _added(preview.receipt, StrandedView) if preview.receipt else StrandedView()


def _uncovered(preview: Preview) -> OutOfCoverageView:
    return _added(preview.receipt, OutOfCoverageView) if preview.receipt else OutOfCoverageView()


def _added(receipt: Receipt, kind: type[V]) -> V:
    """
    What a policy of fieldops added of a kind; an empty one where the change was not about that.
    """
    return next((each for each in receipt.added if isinstance(each, kind)), kind())
