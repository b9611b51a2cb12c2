"""
Customer records.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import AccountType, Customer, CustomerId
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import addresses, ids, names, phones, points, texts
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
        point=st.none() | points(),
        version=versions(),
    )
