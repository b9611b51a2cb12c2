"""
Events, history, outcomes.
"""

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access import messages as access
from fieldops_core.company import messages as company
from fieldops_core.customers import messages as customers
from fieldops_core.kernel.events import Event, Happened, Place
from fieldops_core.kernel.history import FieldChange, HistoryEntry
from fieldops_core.kernel.outcome import Outcome, SetChange, UniformChange
from fieldops_core.messaging import messages as messaging
from fieldops_core.scheduling import messages as scheduling
from fieldops_core.scheduling.model import Appointment
from fieldops_core.staff import messages as staff
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import ids, instants, names, plain_records, plain_values, secrets, sources
from fieldops_core.testing.strategies.known import ANY, Known
from fieldops_core.testing.strategies.scheduling import appointments

AGGREGATES = (
    "company",
    "location",
    "appointment_type",
    "role",
    "token",
    "user",
    "absence",
    "customer",
    "note",
    "ticket",
    "connection",
    "contact",
    "credit_check",
    "file",
    "fulfilment",
    "at_risk_mark",
    "message",
    "tagging",
    "appointment",
    "hold",
    "repair",
)
_SPOKEN = tuple(module.__name__ for module in (access, company, customers, messaging, scheduling, staff))
EVENTS = tuple(event for _, event in sorted(Event.names.items()) if event.__module__.startswith(_SPOKEN))
"""
Every event of the subdomains.
"""


@st.composite
def events(draw: st.DrawFn) -> Event:
    """
    An event of any kind, with any plain values before and after.
    """
    kind = draw(st.sampled_from(EVENTS))
    return kind(
        aggregate=draw(st.sampled_from(AGGREGATES)),
        aggregate_id=draw(ids()),
        version=draw(versions()),
        at=draw(instants()),
        before=draw(st.none() | plain_records()),
        after=draw(plain_records()),
    )


def field_changes() -> SearchStrategy[FieldChange]:
    """
    Of open fields, and of secret ones.
    """
    secret = st.none() | secrets()
    return st.builds(FieldChange, field=names(20), old=plain_values(), new=plain_values()) | st.builds(
        FieldChange, field=st.just("private_note"), old=secret, new=secret
    )


def history_entries(known: Known = ANY) -> SearchStrategy[HistoryEntry]:
    return st.builds(
        HistoryEntry,
        id=ids(),
        aggregate=st.sampled_from(AGGREGATES),
        aggregate_id=ids(),
        record=st.none() | ids(),
        at=instants(),
        actor=st.none() | known.users,
        source=sources(),
        changes=st.lists(field_changes(), min_size=1, max_size=4).map(tuple),
    )


def outcomes(known: Known = ANY) -> SearchStrategy[Outcome[Appointment]]:
    """
    Of appointments.
    """
    return st.builds(
        Outcome,
        state=appointments(known),
        before=st.none() | appointments(known),
        events=st.lists(events(), max_size=2).map(tuple),
    )


def uniform_changes(known: Known = ANY) -> SearchStrategy[UniformChange[Appointment]]:
    """
    Appointments, each with another id, that become pending reassignment.
    """
    return st.lists(appointments(known), max_size=4, unique_by=lambda each: each.id).map(_stranded)


@st.composite
def set_changes(draw: st.DrawFn, known: Known = ANY) -> SetChange[Appointment]:
    """
    Appointments that become pending reassignment as one of them does.
    """
    before = evolve(draw(appointments(known)), pending_reassignment=False)
    after = evolve(before, pending_reassignment=True, version=before.version + 1)
    event = scheduling.AppointmentStranded.of(before, after, at=draw(instants()))
    return SetChange(
        ids=(before.id, *draw(st.lists(ids(), max_size=3, unique=True))),
        example=Outcome(before=before, state=after, events=(event,)),
        actor=draw(st.none() | known.users),
        source=draw(sources()),
    )


def _stranded(found: list[Appointment]) -> UniformChange[Appointment]:
    before = [evolve(each, pending_reassignment=False) for each in found]
    after = [evolve(each, pending_reassignment=True, version=each.version + 1) for each in before]
    return UniformChange(outcomes=tuple(Outcome(before=old, state=new) for old, new in zip(before, after, strict=True)))


@st.composite
def places(draw: st.DrawFn) -> Place:
    """
    The place of an event among those that were committed.
    """
    return Place(position=draw(st.integers(0, 2**63 - 1)), id=draw(ids()))


@st.composite
def happenings(draw: st.DrawFn) -> Happened:
    """
    An event that was committed, and its place.
    """
    return Happened(place=draw(places()), event=draw(events()))
