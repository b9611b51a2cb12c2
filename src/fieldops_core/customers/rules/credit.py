"""
Rules of credit checks.
"""

from attrs import frozen

from fieldops_core.company.model import Settings
from fieldops_core.customers.model import CreditCheck
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule


@rule("CUS-20", "credit_checks.off", "Credit checks are not enabled for this company.")
def credit_checks_are_enabled(settings: Settings) -> Facts | None:
    """
    An add-on: the setting ``credit_checks``.
    """
    return None if settings.credit_checks else {}


@frozen(kw_only=True)
class Checking:
    """
    A credit check that is to be run: the *bureau* that is to be asked, and those that can be.
    """

    settings: Settings
    bureau: str
    bureaus: tuple[str, ...]


@rule(
    "WFL-05", "credit.bureau_unknown", "{bureau} cannot be asked from here; the bureaus are: {bureaus}.", field="bureau"
)
def bureau_is_connected(case: Checking) -> Facts | None:
    """
    Bureaus are connected by whoever runs the server. Without any, none can be asked.
    """
    known = case.bureau in case.bureaus
    return None if known else {"bureau": case.bureau, "bureaus": ", ".join(case.bureaus) or "none"}


@frozen(kw_only=True)
class Applying:
    """
    A credit check that is to become the active one, and whether that is *confirmed*.
    """

    check: CreditCheck
    confirmed: bool


@rule("WFL-05", "credit.unconfirmed", "Confirm that this credit check is to be applied.", field="confirmed")
def applying_is_confirmed(case: Applying) -> Facts | None:
    """
    Asked once more, as it replaces the record's score.
    """
    return None if case.confirmed else {}


@rule("WFL-05", "credit.applied", "This credit check is applied already.")
def check_is_not_active(case: Applying) -> Facts | None:
    """
    One that another has replaced can be applied again.
    """
    return {"applied_at": case.check.applied_at} if case.check.active else None


@rule("WFL-05", "credit.no_score", "{bureau} answered no score: there is nothing to apply.")
def check_has_a_score(case: Applying) -> Facts | None:
    """
    A record's score is not taken away by a check that found none.
    """
    return {"bureau": case.check.bureau} if case.check.report.score is None else None


CREDIT = (credit_checks_are_enabled,)
CHECKING = (bureau_is_connected,)
APPLYING = (applying_is_confirmed, check_is_not_active, check_has_a_score)
