"""
What belongs to customer records.
"""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Stage
from fieldops_core.customers.model import (
    FILE_LIMIT,
    AtRiskMark,
    AtRiskMarkId,
    Contact,
    ContactId,
    CustomerId,
    File,
    FileContent,
    FileId,
    Note,
    NoteId,
    StoredBytes,
    Tagging,
    Ticket,
    TicketId,
    TicketStatus,
    Tombstone,
)
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import ids, instants, names, phones, texts
from fieldops_core.testing.strategies.known import ANY, Known

_KEY = "[A-Za-z0-9_-]{43}"


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


def file_contents() -> SearchStrategy[FileContent]:
    return st.builds(
        FileContent,
        media_type=st.sampled_from(["application/pdf", "image/png", "text/plain"]),
        size=st.integers(1, FILE_LIMIT),
        digest=st.from_regex("[0-9a-f]{64}", fullmatch=True),
        key=st.from_regex(_KEY, fullmatch=True),
    )


def files(known: Known = ANY) -> SearchStrategy[File]:
    return st.builds(
        File,
        id=ids().map(FileId),
        customer=known.customers,
        name=st.from_regex("[^\\W_][\\w .,()-]{0,40}", fullmatch=True),
        content=file_contents(),
        created_by=st.none() | known.users,
        created_at=instants(),
        version=versions(),
    )


def tombstones(known: Known = ANY) -> SearchStrategy[Tombstone]:
    return st.builds(
        Tombstone,
        id=ids().map(CustomerId),
        number=st.integers(1, 2**31 - 1),
        stage=st.sampled_from(Stage),
        location=known.locations,
        by=st.none() | known.users,
        at=instants(),
        merged_into=st.none() | known.customers,
        version=versions(),
    )


def stored_bytes() -> SearchStrategy[StoredBytes]:
    """
    What a store of files tells of one.
    """
    key = st.from_regex(_KEY, fullmatch=True)
    return st.builds(StoredBytes, company=ids().map(CompanyId), key=key, at=instants())
