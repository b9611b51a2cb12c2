"""
Sheets and messages.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.company.model import SheetPart
from fieldops_core.messaging.model import (
    Attachment,
    Channel,
    EquipmentLine,
    Fact,
    Letter,
    Message,
    MessageId,
    MessageState,
    Section,
    Sheet,
    SheetFacts,
)
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.customers import customers
from fieldops_core.testing.strategies.kernel import emails, ids, instants, names, texts
from fieldops_core.testing.strategies.known import ANY, Known
from fieldops_core.testing.strategies.scheduling import appointments
from fieldops_core.testing.strategies.work_orders import work_orders

_SUBJECTS = st.from_regex("[A-Za-z0-9][A-Za-z0-9 é,.:-]{0,60}", fullmatch=True)


def facts() -> SearchStrategy[Fact]:
    return st.builds(Fact, label=texts(), value=texts())


def sections() -> SearchStrategy[Section]:
    some = st.lists(texts(), max_size=3).map(tuple)
    return st.builds(
        Section,
        heading=names(),
        facts=st.lists(facts(), max_size=3).map(tuple),
        text=texts(),
        columns=st.just(("Equipment", "To do")),
        rows=st.lists(st.tuples(texts(), texts()), max_size=3).map(tuple),
        lines=st.integers(0, 10),
        blanks=some,
    )


def sheets() -> SearchStrategy[Sheet]:
    return st.builds(
        Sheet,
        name=st.from_regex("[a-z0-9-]{1,20}[.]pdf", fullmatch=True),
        title=names(),
        subtitle=texts(),
        sections=st.lists(sections(), max_size=3).map(tuple),
        footer=texts(),
    )


def equipment_lines() -> SearchStrategy[EquipmentLine]:
    actions = st.lists(st.sampled_from(["install", "service", "remove"]), unique=True).map(tuple)
    return st.builds(EquipmentLine, name=names(), serial=texts(), actions=actions)


def sheet_facts() -> SearchStrategy[SheetFacts]:
    return st.builds(
        SheetFacts,
        company=names(),
        location=names(),
        work_order=work_orders(),
        appointment=appointments(),
        customer=customers(),
        type=names(),
        technician=names(),
        equipment=st.lists(equipment_lines(), max_size=3).map(tuple),
        footer=texts(),
        leaves_out=st.frozensets(st.sampled_from(SheetPart)),
    )


def messages(known: Known = ANY) -> SearchStrategy[Message]:
    return st.builds(
        Message,
        id=ids().map(MessageId),
        customer=known.customers,
        channel=st.sampled_from(Channel),
        to=emails(),
        subject=_SUBJECTS,
        body=texts(),
        appointment=st.none() | known.appointments,
        sheet=st.none() | sheets(),
        state=st.sampled_from(MessageState),
        attempts=st.integers(0, 8),
        last_error=texts(),
        due_at=st.none() | instants(),
        sent_at=st.none() | instants(),
        created_by=st.none() | known.users,
        created_at=instants(),
        version=versions(),
    )


def attachments() -> SearchStrategy[Attachment]:
    name = st.from_regex("[a-z0-9-]{1,20}[.]pdf", fullmatch=True)
    return st.builds(Attachment, name=name, media_type=st.just("application/pdf"), content=st.binary(max_size=100))


def letters() -> SearchStrategy[Letter]:
    return st.builds(
        Letter,
        id=ids().map(MessageId),
        sender=names(),
        to=emails(),
        subject=_SUBJECTS,
        body=texts(),
        attachments=st.lists(attachments(), max_size=2).map(tuple),
    )
