"""
Credit checks of records.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.customers.messages import ListCreditChecks, ShowCreditCheck
from fieldops_core.customers.model import CreditCheckId, CustomerId
from fieldops_core.customers.views import CreditChecksView, CreditCheckView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Limit
from fieldops_http.wire.credit import ApplyCreditCheckBody, RunCreditCheckBody

TAG = "credit"


@operation(
    "GET",
    "/customers/{id:uuid}/credit_checks",
    summary="List a customer's credit checks",
    tag=TAG,
    rules="CUS-17 CUS-20 ACC-16 API-04",
)
def list_credit_checks(
    caller: TheCaller,
    id: FromPath[CustomerId],
    after: FromQuery[CreditCheckId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[CreditChecksView]:
    """
    Newest first, with the bureaus that can be asked. `count=true`: with how many there are. Only where the company has
    enabled credit checks.
    """
    question = ListCreditChecks(customer=id, after=after, limit=limit, count=count)
    return caller.ask(question, CreditChecksView)


@operation(
    "POST",
    "/customers/{id:uuid}/credit_checks",
    summary="Run a credit check",
    tag=TAG,
    rules="CUS-17 CUS-20 CUS-21 WFL-05 ACC-16",
    creates=True,
    outside=True,
)
def run_credit_check(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[RunCreditCheckBody]
) -> Response[CreditCheckView]:
    """
    A bureau is asked about the record, by its name, address, birthdate and social security number, and its answer is
    kept. The record's own score changes only when the check is applied. Every check is an inquiry at the bureau: send
    an Idempotency-Key, so that a repetition asks nobody again.
    """
    through = caller.fieldops.run_credit_check
    return caller.create(data.command(id), CreditCheckView, at="credit_checks", through=through)


@operation("GET", "/credit_checks/{id:uuid}", summary="Show a credit check", tag=TAG, rules="CUS-17 CUS-20 ACC-16")
def show_credit_check(caller: TheCaller, id: FromPath[CreditCheckId]) -> Response[CreditCheckView]:
    """
    One credit check.
    """
    return caller.ask(ShowCreditCheck(check=id), CreditCheckView)


@operation(
    "POST",
    "/credit_checks/{id:uuid}/apply",
    summary="Apply a credit check",
    tag=TAG,
    rules="WFL-05 CUS-02 ACC-16",
    versioned=True,
)
def apply_credit_check(
    caller: TheCaller, id: FromPath[CreditCheckId], data: JSONBody[ApplyCreditCheckBody]
) -> Response[CreditCheckView]:
    """
    It becomes the active one: its score and tracking number are the record's from now on.
    """
    return caller.execute(data.command(id), CreditCheckView, version=data.version)


OPERATIONS = (list_credit_checks, run_credit_check, show_credit_check, apply_credit_check)
