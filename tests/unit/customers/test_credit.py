"""
Credit checks: run at a bureau, kept, applied.
"""

import json
from typing import Any

import pytest
from attrs import evolve

from fieldops_adapters.credit.sandbox import SandboxBureaus
from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import CreditBand
from fieldops_core.customers.messages import (
    ApplyCreditCheck,
    ListCreditChecks,
    RunCreditCheck,
    ShowCreditCheck,
    ShowCustomer,
)
from fieldops_core.customers.model import CreditCheckId, CreditInquiry, CreditReport, CustomerId
from fieldops_core.customers.ports import CreditFailed, NoCreditBureaus
from fieldops_core.customers.views import CreditChecksView, CreditCheckView, CustomerView
from fieldops_core.kernel.errors import Forbidden, Stale
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.builders import PROVO_ADDRESS
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE, MODIFY = ((Permission.CREDIT, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY))
RECORD = (Permission.CUSTOMERS, Action.VIEW)
SSN = "123-45-6789"


class Bureaus:
    """
    One bureau, which answers what it is told to, and remembers what it was asked.
    """

    names = ("Equal",)

    def __init__(self) -> None:
        self.asked: list[CreditInquiry] = []
        self.answers: list[CreditReport | None] = []

    def run(self, inquiry: CreditInquiry) -> CreditReport:
        self.asked.append(inquiry)
        report = self.answers.pop(0) if self.answers else CreditReport(score=700, tracking_number="T-1")
        if report is None:
            raise CreditFailed("The bureau does not answer.")
        return report


def with_bureaus(bureaus: Bureaus | SandboxBureaus | NoCreditBureaus, **settings: Any) -> World:
    world = World(**{"credit_checks": True, "credit_bands": (CreditBand(grade="A", minimum=650),), **settings})
    world.ports = evolve(world.ports, credit=bureaus)
    world.ops = world.engine()
    return world


@pytest.fixture
def bureaus() -> Bureaus:
    return Bureaus()


@pytest.fixture
def world(bureaus: Bureaus) -> World:
    world = with_bureaus(bureaus)
    world.maria = world.replace(world.maria, ssn=Secret(SSN))
    return world


def inquiry(world: World, bureau: str = "Equal", customer: CustomerId | None = None) -> RunCreditCheck:
    return RunCreditCheck(customer=customer or world.maria.id, bureau=bureau)


def run(world: World, command: RunCreditCheck | None = None, **circumstances: object) -> CreditCheckView:
    receipt = world.ops.run_credit_check(command or inquiry(world), world.context(None, **circumstances))
    assert isinstance(receipt.answer, CreditCheckView)
    return receipt.answer


def ran(world: World) -> CreditCheckId:
    return CreditCheckId(run(world).id)


def apply(id: CreditCheckId, *, confirmed: bool = True) -> ApplyCreditCheck:
    return ApplyCreditCheck(check=id, confirmed=confirmed)


# --- running ----------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-17", "WFL-05")
def test_what_a_bureau_answers_is_kept_and_not_the_records_own_yet(world: World, bureaus: Bureaus) -> None:
    command = evolve(inquiry(world), previous_address=PROVO_ADDRESS)
    view = world.ask(ShowCreditCheck(check=CreditCheckId(run(world, command).id)), CreditCheckView)

    assert (view.bureau, view.score, view.grade, view.tracking_number) == ("Equal", 700, "A", "T-1")
    assert (view.active, view.applied_at, view.run_at, view.sandbox) == (False, None, NOW, False)
    assert view.run_by is not None
    assert view.run_by.name == "Olga"
    (asked,) = bureaus.asked
    assert (asked.company, asked.customer, asked.bureau) == (world.company.id, world.maria.id, "Equal")
    assert (asked.name, asked.ssn, asked.previous_address) == (world.maria.name, Secret(SSN), PROVO_ADDRESS)
    assert world.ask(ShowCustomer(customer=world.maria.id), CustomerView).credit_score is None
    run(world, inquiry(world, customer=world.lead.id))


@pytest.mark.rule("WFL-05")
def test_nobody_is_asked_for_what_is_refused_or_was_answered(world: World, bureaus: Bureaus) -> None:
    with pytest.raises(Refused):
        run(world, inquiry(world, bureau="Nobody"))
    with pytest.raises(Forbidden):
        world.ops.run_credit_check(inquiry(world), world.context(world.actor(RECORD, VIEW)))
    assert bureaus.asked == []

    first, again = (run(world, command_id="once") for _ in range(2))

    assert (first, len(bureaus.asked)) == (again, 1)


@pytest.mark.rule("WFL-05")
def test_a_bureau_that_does_not_answer_leaves_nothing(world: World, bureaus: Bureaus) -> None:
    bureaus.answers = [None]
    with pytest.raises(CreditFailed):
        run(world)

    listed = world.ask(ListCreditChecks(customer=world.maria.id, count=True), CreditChecksView)
    assert (listed.items, listed.count, listed.bureaus) == ((), 0, ("Equal",))


@pytest.mark.rule("WFL-05")
def test_without_a_bureau_none_can_be_asked() -> None:
    world = with_bureaus(NoCreditBureaus())

    broken = refusal(world, inquiry(world))["credit.bureau_unknown"]
    assert broken.facts == {"bureau": "Equal", "bureaus": "none"}
    with pytest.raises(CreditFailed):
        NoCreditBureaus().run(None)  # type: ignore[arg-type]


@pytest.mark.rule("WFL-05")
def test_the_sandbox_says_that_it_made_a_score_up() -> None:
    world = with_bureaus(SandboxBureaus())
    view = run(world, inquiry(world, bureau="sandbox"))

    assert view.sandbox
    assert view.tracking_number.startswith("SANDBOX-")
    assert view.score is not None
    assert 300 <= view.score <= 850
    nobody = world.replace(world.maria, last_name="Unknown")
    assert run(world, inquiry(world, bureau="sandbox", customer=nobody.id)).score is None


@pytest.mark.rule("CUS-20")
def test_without_the_setting_there_are_no_credit_checks() -> None:
    world = with_bureaus(Bureaus(), credit_checks=False)

    assert set(refusal(world, inquiry(world))) == {"credit_checks.off"}
    with pytest.raises(Refused):
        world.ask(ListCreditChecks(customer=world.maria.id), CreditChecksView)


@pytest.mark.rule("CUS-20")
def test_where_the_setting_was_taken_back_nothing_is_shown_or_applied(world: World) -> None:
    id = ran(world)
    with world.storage.writing(world.company.id) as unit:
        company = unit.companies.get(world.company.id)
        settings = evolve(company.settings, credit_checks=False)
        unit.companies.save(evolve(company, settings=settings, version=company.version + 1))

    assert set(refusal(world, apply(id))) == {"credit_checks.off"}
    with pytest.raises(Refused):
        world.ask(ShowCreditCheck(check=id), CreditCheckView)


# --- applying ---------------------------------------------------------------------------------------


@pytest.mark.rule("WFL-05", "CUS-02")
def test_the_one_that_is_applied_sets_score_and_tracking_number(world: World, bureaus: Bureaus) -> None:
    bureaus.answers = [
        CreditReport(score=610, tracking_number="T-610"),
        CreditReport(score=720, tracking_number="T-720"),
    ]
    low, high = ran(world), ran(world)

    def told() -> tuple[list[bool], int | None, str]:
        checks = world.ask(ListCreditChecks(customer=world.maria.id), CreditChecksView).items
        record = world.ask(ShowCustomer(customer=world.maria.id), CustomerView)
        return [each.active for each in checks], record.credit_score, record.credit_tracking_number

    view = world.do(apply(low), CreditCheckView, expected_version=1)
    assert (view.active, view.applied_at, view.version) == (True, NOW, 2)
    assert view.applied_by is not None
    assert told() == ([False, True], 610, "T-610")

    world.execute(apply(high))
    assert told() == ([True, False], 720, "T-720")

    world.execute(apply(low))
    assert told() == ([False, True], 610, "T-610")


@pytest.mark.rule("WFL-05")
def test_a_check_is_applied_only_when_that_is_confirmed_and_once(world: World) -> None:
    id = ran(world)
    assert set(refusal(world, apply(id, confirmed=False))) == {"credit.unconfirmed"}
    with pytest.raises(Stale):
        world.execute(apply(id), expected_version=2)

    world.execute(apply(id))

    assert refusal(world, apply(id))["credit.applied"].facts == {"applied_at": NOW}


@pytest.mark.rule("WFL-05")
def test_a_check_without_a_score_is_not_applied(world: World, bureaus: Bureaus) -> None:
    bureaus.answers = [CreditReport(tracking_number="T-0")]

    assert refusal(world, apply(ran(world)))["credit.no_score"].facts == {"bureau": "Equal"}


# --- who may, and what is told ----------------------------------------------------------------------


@pytest.mark.rule("ACC-16", "ACC-12", "CUS-20", "CUS-21")
def test_each_action_needs_its_own_permission_and_sight_of_the_record(world: World) -> None:
    id, everything = ran(world), (VIEW, CREATE, MODIFY)
    for command, needed in ((inquiry(world), (CREATE,)), (apply(id), (VIEW, MODIFY))):
        assert denial(world, command, by=world.actor(*everything)) == "ACC-12"
        for missing in needed:
            lacking = world.actor(RECORD, *(each for each in everything if each != missing))
            assert denial(world, command, by=lacking) in ("ACC-16", "ACC-18")
        world.execute(command, by=world.actor(RECORD, *needed, at=world.provo.id))

    for question in (ShowCreditCheck(check=id), ListCreditChecks(customer=world.maria.id)):
        assert hidden(world, question, by=world.actor(*everything)) == "ACC-12"
        assert hidden(world, question, by=world.actor(RECORD, CREATE, MODIFY)) == "ACC-18"
        world.ask(question, object, by=world.actor(RECORD, VIEW, at=world.provo.id))


@pytest.mark.rule("ACC-14")
def test_nothing_secret_is_in_what_is_kept_or_told(world: World, bureaus: Bureaus) -> None:
    id = ran(world)
    world.execute(apply(id))

    with world.storage.reading(world.company.id) as unit:
        check = unit.credit_checks.get(id)
        entries = unit.history.of("credit_check", id)
    told = [str(check), *map(str, entries), str(bureaus.asked)]
    told += [json.dumps(due.event.after, default=str) for due in world.storage.claim(99, now=NOW, lease_seconds=1)]
    assert all(SSN not in each for each in told)


@pytest.mark.rule("CUS-16")
def test_the_history_tells_who_applied_a_check(world: World) -> None:
    id = ran(world)
    world.execute(apply(id))

    with world.storage.reading(world.company.id) as unit:
        applied, made = unit.history.of("credit_check", id)
    assert {each.field for each in applied.changes} == {"active", "applied_by", "applied_at"}
    assert {"bureau", "report.score", "report.tracking_number"} <= {each.field for each in made.changes}


@pytest.mark.rule("API-04")
def test_checks_are_listed_page_by_page(world: World) -> None:
    ids = [ran(world) for _ in range(3)]

    first = world.ask(ListCreditChecks(customer=world.maria.id, limit=2, count=True), CreditChecksView)
    after = CreditCheckId(first.items[-1].id)
    rest = world.ask(ListCreditChecks(customer=world.maria.id, limit=2, after=after), CreditChecksView)

    assert [each.id for each in (*first.items, *rest.items)] == ids[::-1]
    assert (first.count, first.next, rest.next) == (3, str(after), None)
