"""
Work orders.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Stage
from fieldops_core.scheduling.model import AppointmentId, Status, WorkOrderId
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.company import job_lines
from fieldops_core.testing.strategies.kernel import ids, instants, names, periods, secrets, texts, zones
from fieldops_core.testing.strategies.known import ANY, Known
from fieldops_core.work_orders.model import Listed, Shown, WorkOrder, WorkOrderStatus


def work_orders(known: Known = ANY) -> SearchStrategy[WorkOrder]:
    return st.builds(
        WorkOrder,
        id=ids().map(WorkOrderId),
        number=st.integers(1, 1_000_000),
        customer=known.customers,
        external_id=st.none() | names(),
        template=st.none() | known.entries,
        note_type=st.none() | known.entries,
        type=st.none() | known.entries,
        technician=st.none() | known.users,
        due=st.none() | instants(),
        subject=names(),
        note=texts(),
        internal_note=st.none() | secrets(),
        priority=st.none() | known.entries,
        lines=st.lists(job_lines(), max_size=3).map(tuple),
        status=st.sampled_from(WorkOrderStatus),
        reason=texts(),
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )


def listed(known: Known = ANY) -> SearchStrategy[Listed]:
    return st.builds(
        Listed,
        work_order=work_orders(known),
        customer_number=st.integers(1, 1_000_000),
        customer_name=names(),
        stage=st.sampled_from(Stage),
        location=known.locations,
    )


def shown(known: Known = ANY) -> SearchStrategy[Shown]:
    return st.builds(
        Shown,
        work_order=known.work_orders,
        id=ids().map(AppointmentId),
        user=known.users,
        period=periods(),
        zone=zones(),
        status=st.sampled_from(Status),
        others=st.integers(0, 100),
    )
