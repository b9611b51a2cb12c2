"""
What records have fulfilled of government regulations.
"""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.customers.model import Fulfilment, FulfilmentId, Regulated, RegulationStatus
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.company import catalog_entries
from fieldops_core.testing.strategies.kernel import ids, instants, texts
from fieldops_core.testing.strategies.known import ANY, Known


def fulfilments(known: Known = ANY) -> SearchStrategy[Fulfilment]:
    return st.builds(
        Fulfilment,
        id=ids().map(FulfilmentId),
        customer=known.customers,
        regulation=known.entries,
        number=texts(max_size=40),
        fulfilled_on=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
        expires_on=st.none() | st.dates(date(2050, 1, 1), date(2100, 1, 1)),
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )


def regulations() -> SearchStrategy[Regulated]:
    """
    How records stand to regulations.
    """
    return st.builds(
        Regulated,
        regulation=catalog_entries(),
        applies=st.booleans(),
        status=st.sampled_from(RegulationStatus),
        fulfilments=st.lists(fulfilments(), max_size=2).map(tuple),
    )
