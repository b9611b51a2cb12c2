"""
Customer records.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import (
    AccountType,
    Candidate,
    Customer,
    CustomerId,
    CustomerPlace,
    Located,
    Suggestion,
    Traits,
    Verification,
    candidate_of,
    traits_of,
)
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import addresses, emails, ids, names, phones, points, secrets, texts
from fieldops_core.testing.strategies.known import ANY, Known


def customers(known: Known = ANY) -> SearchStrategy[Customer]:
    return st.builds(
        Customer,
        id=ids().map(CustomerId),
        number=st.integers(1, 1_000_000),
        stage=st.sampled_from(Stage),
        account_type=st.none() | st.sampled_from(AccountType),
        first_name=texts(),
        last_name=texts(),
        business_name=texts(),
        external_id=st.none() | names(),
        location=known.locations,
        phone=phones(),
        address=addresses(),
        county=texts(),
        cross_street=texts(),
        point=st.none() | points(),
        point_is_estimate=st.booleans(),
        verification=st.sampled_from(Verification),
        work_phone=st.none() | phones(),
        cell_phone=st.none() | phones(),
        other_phone=st.none() | phones(),
        email=st.none() | emails(),
        language=texts(35),
        best_time=texts(),
        spouse=texts(),
        business_contact=texts(),
        birthdate=st.none() | secrets(),
        ssn=st.none() | secrets(),
        confirmation_number=st.none() | secrets(),
        receiver_number=st.none() | secrets(),
        abort_code=st.none() | secrets(),
        version=versions(),
    )


def customer_places(known: Known = ANY) -> SearchStrategy[CustomerPlace]:
    return st.builds(
        CustomerPlace,
        id=ids().map(CustomerId),
        number=st.integers(1, 1_000_000),
        name=names(),
        location=known.locations,
        point=st.none() | points(),
    )


def traits() -> SearchStrategy[Traits]:
    return customers().map(traits_of)


def candidates(known: Known = ANY) -> SearchStrategy[Candidate]:
    return customers(known).map(candidate_of)


def suggestions() -> SearchStrategy[Suggestion]:
    return st.builds(Suggestion, address=addresses(), county=texts(), point=points(), estimate=st.booleans())


def places() -> SearchStrategy[Located]:
    """
    What a geocoder answers.
    """
    return st.builds(Located, point=points(), estimate=st.booleans())
