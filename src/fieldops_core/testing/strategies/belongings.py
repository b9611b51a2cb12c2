"""
What belongs to customer records.
"""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.customers.model import (
    AtRiskMark,
    AtRiskMarkId,
    Contact,
    ContactId,
    Note,
    NoteId,
    Tagging,
    Ticket,
    TicketId,
    TicketStatus,
)
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import ids, instants, names, phones, texts
from fieldops_core.testing.strategies.known import ANY, Known


def notes(known: Known = ANY) -> SearchStrategy[Note]:
    return st.builds(
        Note,
        id=ids().map(NoteId),
        customer=known.customers,
        type=known.entries,
        text=names(),
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )


def tickets(known: Known = ANY) -> SearchStrategy[Ticket]:
    return st.builds(
        Ticket,
        id=ids().map(NoteId).map(TicketId),
        customer=known.customers,
        type=known.entries,
        text=names(),
        assignee=known.users,
        due=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        status=st.sampled_from(TicketStatus),
        closed_by=st.none() | known.users,
        closed_at=st.none() | instants(),
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )


def contacts(known: Known = ANY) -> SearchStrategy[Contact]:
    return st.builds(
        Contact,
        id=ids().map(ContactId),
        customer=known.customers,
        name=names(),
        relation=texts(),
        phones=st.lists(phones(), max_size=5).map(tuple),
        place=st.integers(1, 60),
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )


def taggings(known: Known = ANY) -> SearchStrategy[Tagging]:
    """
    Of records that were tagged before.
    """
    tags = st.lists(known.entries, max_size=5).map(tuple)
    return st.builds(Tagging, id=known.customers, tags=tags, version=versions().map(lambda version: version + 1))


def at_risk_marks(known: Known = ANY) -> SearchStrategy[AtRiskMark]:
    return st.builds(
        AtRiskMark,
        id=ids().map(AtRiskMarkId),
        customer=known.customers,
        reason=names(),
        created_by=st.none() | known.users,
        created_at=instants(),
        cleared_by=st.none() | known.users,
        cleared_at=st.none() | instants(),
        version=versions(),
    )
