"""
Connections of customers.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.customers.model import Account, Connection, ConnectionId, ConnectionKind, Linked
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import ids, instants, names, texts
from fieldops_core.testing.strategies.known import ANY, Known


def account_numbers() -> SearchStrategy[str]:
    return st.from_regex("[A-Z0-9-]{1,20}", fullmatch=True)


def connections(known: Known = ANY) -> SearchStrategy[Connection]:
    return st.builds(
        Connection,
        id=ids().map(ConnectionId),
        customer=known.customers,
        kind=st.sampled_from(ConnectionKind),
        provider=known.entries,
        account_number=account_numbers(),
        reference=texts(max_size=40),
        by_hand=st.booleans(),
        linked_by=st.none() | known.users,
        linked_at=instants(),
        unlinked_by=st.none() | known.users,
        unlinked_at=st.none() | instants(),
        version=versions(),
    )


def accounts() -> SearchStrategy[Account]:
    """
    What providers are told.
    """
    company, number = ids().map(CompanyId), account_numbers()
    return st.builds(Account, company=company, customer=ANY.customers, provider=names(), account_number=number)


def links() -> SearchStrategy[Linked]:
    return st.builds(Linked, by_hand=st.booleans(), reference=account_numbers())
