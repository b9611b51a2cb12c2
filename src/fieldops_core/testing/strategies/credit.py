"""
Credit checks of records.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.customers.model import CreditCheck, CreditCheckId, CreditInquiry, CreditReport
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import addresses, ids, instants, names, secrets
from fieldops_core.testing.strategies.known import ANY, Known


def credit_reports() -> SearchStrategy[CreditReport]:
    score, number = st.none() | st.integers(0, 999), st.from_regex("[A-Z0-9-]{0,20}", fullmatch=True)
    return st.builds(CreditReport, score=score, tracking_number=number, sandbox=st.booleans())


def credit_checks(known: Known = ANY) -> SearchStrategy[CreditCheck]:
    return st.builds(
        CreditCheck,
        id=ids().map(CreditCheckId),
        customer=known.customers,
        bureau=st.sampled_from(["sandbox", "Another bureau"]),
        report=credit_reports(),
        run_by=st.none() | known.users,
        run_at=instants(),
        active=st.booleans(),
        applied_by=st.none() | known.users,
        applied_at=st.none() | instants(),
        version=versions(),
    )


def credit_inquiries() -> SearchStrategy[CreditInquiry]:
    """
    What bureaus are told.
    """
    return st.builds(
        CreditInquiry,
        company=ids().map(CompanyId),
        customer=ANY.customers,
        bureau=st.just("sandbox"),
        name=names(),
        address=addresses(),
        previous_address=st.none() | addresses(),
        ssn=st.none() | secrets(),
        birthdate=st.none() | secrets(),
    )
