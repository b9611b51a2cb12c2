"""
Customer records.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Stage
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.model import (
    AccountType,
    Candidate,
    Customer,
    CustomerId,
    CustomerPlace,
    CustomValue,
    Installation,
    InstallVisit,
    Lead,
    Located,
    Sale,
    Sought,
    Suggestion,
    Traits,
    Verification,
    candidate_of,
    traits_of,
)
from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import (
    addresses,
    days,
    emails,
    ids,
    instants,
    names,
    phones,
    points,
    secrets,
    texts,
    zones,
)
from fieldops_core.testing.strategies.known import ANY, Known


def customers(known: Known = ANY) -> SearchStrategy[Customer]:
    entries = st.none() | known.entries
    return st.builds(
        Customer,
        id=ids().map(CustomerId),
        number=st.integers(1, 1_000_000),
        former_numbers=st.lists(st.integers(1, 1_000_000), max_size=2).map(tuple),
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
        parent=st.none() | known.customers,
        archived_at=st.none() | instants(),
        archived_by=st.none() | known.users,
        account_class=entries,
        credit_score=st.none() | st.integers(0, 999),
        credit_tracking_number=texts(),
        source=entries,
        campaign=entries,
        sale=sales(known),
        installation=installations(known),
        lead=leads(known),
        custom=st.dictionaries(known.entries, custom_values(), max_size=3),
        version=versions(),
    )


def sales(known: Known = ANY) -> SearchStrategy[Sale]:
    entries, users, dates = st.none() | known.entries, st.none() | known.users, st.none() | days()
    return st.builds(
        Sale,
        sale_date=dates,
        sold_by=users,
        trainee_or_trainer=users,
        lead_rep=users,
        account_number=texts(),
        monitoring_number=texts(),
        serial_number=texts(),
        system_type=entries,
        monthly_rate=entries,
        a_la_carte=st.booleans(),
        monitoring_plan=entries,
        cancelled=st.booleans(),
        cancelled_on=dates,
        cancellation_reason=entries,
        discount_affiliate=entries,
        discount_member_number=texts(),
        monitored_by=entries,
        interactive_provider=entries,
        contract_term=entries,
        activation_fee=entries,
        warranty_term=entries,
        dealer_number=entries,
        collections_date=dates,
    )


def installations(known: Known = ANY) -> SearchStrategy[Installation]:
    flags = {name: st.booleans() for name in FLAGS}
    services = st.lists(known.entries, max_size=3, unique=True).map(tuple)
    return st.builds(Installation, appointment=st.none() | ids(), services=services, **flags)


FLAGS = (
    "installed",
    "two_way_voice",
    "cellular_backup",
    "guard_response",
    "maintenance",
    "invoicing",
    "aarp",
    "tellular",
    "pulse",
)


def leads(known: Known = ANY) -> SearchStrategy[Lead]:
    return st.builds(
        Lead,
        entered_at=st.none() | instants(),
        call_center_rep=st.none() | known.users,
        callback_at=st.none() | instants(),
        disposition=st.none() | known.entries,
        call_center_comments=texts(),
        status=st.none() | known.entries,
        lead_rep=st.none() | known.users,
        comments=texts(),
    )


def custom_values() -> SearchStrategy[CustomValue]:
    finite = st.floats(-(10**15), 10**15)
    return texts().filter(bool) | st.integers(-(10**15), 10**15) | finite | st.booleans()


def install_visits(known: Known = ANY) -> SearchStrategy[InstallVisit]:
    return st.builds(
        InstallVisit,
        appointment=ids(),
        customer=known.customers,
        start=instants(),
        zone=zones(),
        user=known.users,
        reports_to=st.none() | known.users,
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


def sought_texts() -> SearchStrategy[Sought]:
    """
    What is made of a text that somebody typed.
    """
    return texts().map(sought)
