"""
The list of customer records: what it holds, in which order, and what a search finds (CUS-15).
"""

from collections.abc import Mapping

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Stage
from fieldops_core.app.ports import Storage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.calculations import is_found, ordered, placed, sought
from fieldops_core.customers.model import (
    Customer,
    CustomerId,
    Lead,
    RecordStatus,
    Sale,
    Sort,
    Tagging,
    folded,
    match_of,
)
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.contact import Address, Email, Phone, PostalCode
from fieldops_core.testing.builders import a_customer, an_at_risk_mark, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded, given_up

NAMES = ("Ann", "Anna", "Annabel Ångström", "Banner", "Мария", "O'Hanrahan", "Zoë-Lou", "ℌans", "ﬁnn", "X Æ", "")
CITIES = ("Provo", "Orem", "Annapolis", "Saint-Jean", "")
TAGS = tuple(EntryId(fresh()) for _ in range(3))
STATUSES = tuple(EntryId(fresh()) for _ in range(2))
SEARCHES = (
    *("ann", "anna b", "an", "a", "м", "мар", "provo ann", "hanrahan", "hans", "finn", "saint jean", "main st", "e"),
    *("8", "801", "+1 (801) 555-01", "1", "2", "84601", "k1a 0b1", "c-1", "C-1", "ann@example.com", "zzz", "%"),
)


def records(world: World) -> SearchStrategy[Customer]:
    """
    Records that have much in common; their numbers are to be given.
    """
    codes = st.none() | st.sampled_from(["84601", "84601-1234"]).map(PostalCode)
    addresses = st.builds(
        Address,
        line1=st.sampled_from(["", "1 Main Street", "12 Ann Road"]),
        city=st.sampled_from(CITIES),
        state=st.just("UT"),
        postal_code=codes,
    )
    return st.builds(
        a_customer,
        stage=st.sampled_from(Stage),
        location=world.known.locations,
        first_name=st.sampled_from(NAMES),
        last_name=st.sampled_from(NAMES),
        business_name=st.just("") | st.sampled_from(NAMES),
        phone=st.sampled_from(["+18015550100", "+18015550101", "+442079460958"]).map(Phone),
        cell_phone=st.none() | st.just(Phone("+18015550199")),
        email=st.none() | st.sampled_from(["ann@example.com", "m.banner@bänk.example"]).map(Email),
        address=addresses | st.just(Address(city="Ottawa", state="ON", postal_code=PostalCode("K1A 0B1"))),
        lead=st.builds(Lead, status=st.none() | st.sampled_from(STATUSES)),
        sale=st.builds(Sale, cancelled=st.booleans()),
    )


@st.composite
def filled(draw: st.DrawFn, world: World) -> list[Customer]:
    """
    Some records, kept.
    """
    drawn = draw(st.lists(records(world), max_size=8))
    numbers = draw(st.permutations(range(3, 3 + len(drawn))))
    external = draw(st.permutations(["C-1", "ann", None, None, None, None, None, None]))
    made = [
        evolve(each, number=number, external_id=id) for each, number, id in zip(drawn, numbers, external, strict=False)
    ]
    with world.writing() as unit:
        for each in made:
            unit.customers.add(each)
    return [world.maria, world.jens, *made]


@frozen(kw_only=True)
class Beside:
    """
    What stands beside records: the tags of some, and those of which a mark stands.
    """

    tags: Mapping[CustomerId, tuple[EntryId, ...]]
    at_risk: frozenset[CustomerId]


@st.composite
def marked(draw: st.DrawFn, world: World, customers: list[Customer]) -> Beside:
    """
    Some of the records with tags, which may have been others before, and with marks, some of which were cleared.
    """
    ids = [each.id for each in customers]
    some = st.lists(st.sampled_from(TAGS), unique=True).map(tuple)
    former, tags = (draw(st.dictionaries(st.sampled_from(ids), some, max_size=4)) for _ in range(2))
    at_risk, cleared = (draw(st.frozensets(st.sampled_from(ids), max_size=3)) for _ in range(2))
    with world.writing() as unit:
        for id in former.keys() | tags.keys():
            unit.taggings.save(Tagging(id=id, tags=former.get(id, ()), version=2))
        for id, told in tags.items():
            unit.taggings.save(Tagging(id=id, tags=told, version=3))
        for id in at_risk:
            unit.at_risk_marks.add(an_at_risk_mark(customer=id))
        for id in cleared:
            unit.at_risk_marks.add(an_at_risk_mark(customer=id, cleared_at=NOW))
    return Beside(tags=former | tags, at_risk=at_risk)


def selections(world: World) -> SearchStrategy[Selection]:
    return st.builds(
        Selection,
        visible=st.none() | st.frozensets(st.tuples(st.sampled_from(Stage), world.known.locations)),
        number=st.none() | st.integers(1, 10),
        location=st.none() | world.known.locations,
        stage=st.none() | st.sampled_from(Stage),
        tag=st.none() | st.sampled_from(TAGS),
        lead_status=st.none() | st.sampled_from(STATUSES),
        status=st.none() | st.sampled_from(RecordStatus),
    )


def selected(customer: Customer, asked: Selection, beside: Beside) -> bool:
    """
    Whether a selection holds a record, asked one thing after the other.
    """
    if asked.visible is not None and (customer.stage, customer.location) not in asked.visible:
        return False
    if asked.number is not None and customer.number != asked.number:
        return False
    if asked.location is not None and customer.location != asked.location:
        return False
    if asked.tag is not None and asked.tag not in beside.tags.get(customer.id, ()):
        return False
    status = customer.lead.status if customer.stage is Stage.LEAD else None
    if asked.lead_status not in (None, status):
        return False
    if asked.status is RecordStatus.AT_RISK and customer.id not in beside.at_risk:
        return False
    if asked.status is RecordStatus.CANCELLED and not (customer.stage is Stage.CUSTOMER and customer.sale.cancelled):
        return False
    return asked.stage is None or customer.stage is asked.stage


class SearchContract(Suite):
    @pytest.mark.rule("CUS-15", "API-04")
    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_customers_make_up_the_whole_list(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        customers = data.draw(filled(world))
        beside = data.draw(marked(world, customers))
        asked, sort, limit = (
            data.draw(selections(world)),
            data.draw(st.sampled_from(Sort)),
            data.draw(st.integers(1, 5)),
        )
        naive = [each for each in customers if selected(each, asked, beside)]
        naive.sort(key=lambda each: each.number, reverse=sort is Sort.NEWEST)
        if sort is Sort.NAME:
            naive.sort(key=lambda each: " ".join(folded(each.business_name or f"{each.last_name} {each.first_name}")))
        if sort is Sort.CITY:
            naive.sort(key=lambda each: " ".join(folded(each.address.city)))

        pages: list[Customer] = []
        with world.reading() as unit:
            after = None
            while found := unit.customers.page(asked, sort=sort, after=after, limit=limit):
                assert len(found) <= limit
                pages += found
                assert len(pages) <= len(customers), "a page repeats what another held"
                after = placed(match_of(found[-1]), sort)

        assert pages == naive

    @pytest.mark.rule("CUS-15")
    @EXAMPLES
    @given(data=st.data())
    def test_what_matches_a_search_is_found(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        customers = data.draw(filled(world))
        beside = data.draw(marked(world, customers))
        asked = data.draw(st.just(Selection()) | selections(world))
        searches = st.sampled_from(SEARCHES) | st.text("an m8015.-", min_size=1) | st.sampled_from(NAMES)
        wanted = data.draw(searches.map(sought).filter(lambda each: bool(each.terms)))
        limit = data.draw(st.integers(1, 12))
        naive = {match_of(each) for each in customers if selected(each, asked, beside) and is_found(each, wanted.terms)}

        with world.reading() as unit:
            found = unit.customers.matching(wanted, asked, limit=limit)
            again = unit.customers.matching(wanted, asked, limit=limit)

        assert found == again
        assert found.more == (len(naive) > limit)
        assert len(found.matches) == len(set(found.matches)) == min(len(naive), limit)
        assert set(found.matches) <= naive
        exact = {each for each in naive if each.number == wanted.number or each.external_id == wanted.text}
        begin = sorted(
            (each for each in naive - exact if each.name_key.startswith(wanted.terms[0])),
            key=lambda each: (each.name_key, each.number),
        )
        assert set(found.matches) >= exact or set(found.matches) < exact
        assert set(found.matches) >= set(begin[: max(limit - len(exact), 0)])

    @pytest.mark.rule("CUS-15")
    def test_a_record_is_found_by_what_it_says_now(self, world: World) -> None:
        moved = evolve(world.maria, last_name="Quimby", address=Address(city="Moab", state="UT"), version=2)
        with world.writing() as unit:
            unit.customers.save(moved)
            assert unit.customers.matching(sought("quimby"), Selection(), limit=9).matches == (match_of(moved),)
        with given_up(world) as unit:
            unit.customers.save(evolve(moved, last_name="Ziegler", version=3))

        with world.reading() as unit:
            (there,) = unit.customers.matching(sought("moab quimby maria"), Selection(), limit=9).matches
            assert there == match_of(moved)
            for former in ("maria nielsen", "ziegler", "maria provo"):
                assert unit.customers.matching(sought(former), Selection(), limit=9).matches == ()

    @pytest.mark.rule("CUS-15")
    def test_many_records_that_come_together_are_found(self, world: World) -> None:
        many = [a_customer(number=number, location=world.orem.id, last_name="Quimby") for number in range(3, 60)]
        with world.writing() as unit:
            unit.customers.add_all(many)

        with world.reading() as unit:
            found = unit.customers.matching(sought("quim"), Selection(), limit=99)
            assert {each.id for each in found.matches} == {each.id for each in many}
            assert {each.id for each in unit.customers.named([many[3].id, many[5].id])} == {many[3].id, many[5].id}
            place = placed(match_of(many[9]), Sort.NEWEST)
            (first, *_) = unit.customers.page(Selection(), sort=Sort.NEWEST, after=place, limit=3)
            assert ordered(placed(match_of(first), Sort.NEWEST), Sort.NEWEST) > ordered(place, Sort.NEWEST)

    @pytest.mark.rule("CUS-15", "SEC-01")
    def test_a_search_finds_nothing_of_another_company(self, storage: Storage, world: World) -> None:
        before = founded(storage)
        with world.writing() as unit:
            unit.customers.save(evolve(world.maria, last_name="Quimby", version=2))

        for other in (before, founded(storage)):
            with other.reading() as unit:
                assert unit.customers.matching(sought("quimby"), Selection(), limit=9).matches == ()
