"""
The engine.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.access.calculations import token_company, token_hash
from fieldops_core.access.context import Call, Context
from fieldops_core.access.model import SYSTEM, Actor, effective, narrowed
from fieldops_core.app.door import Door, Identified, Unauthenticated
from fieldops_core.app.filing import Download, Filing
from fieldops_core.app.fingerprint import fingerprint
from fieldops_core.app.mailing import Mailing
from fieldops_core.app.outside import Outside
from fieldops_core.app.policies import ADDED, POLICIES, Policy, look_up_later
from fieldops_core.app.ports import Due, DueLookup, Ports, Receipt, Storage, StoredAnswer, Unit
from fieldops_core.app.posting import Posted, Posting, Unposted
from fieldops_core.app.registry import Use, registry
from fieldops_core.app.rules import COMMAND, Repetition
from fieldops_core.customers.messages import FinishLookup, LinkConnection, RunCreditCheck, UnlinkConnection
from fieldops_core.customers.model import Customer, CustomerId, FileId, Tagging
from fieldops_core.customers.ports import AddressServiceFailed
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict, Forbidden, NotFound, Unavailable
from fieldops_core.kernel.events import Aggregate, Event, aggregate_name
from fieldops_core.kernel.history import FieldChange, HistoryEntry, difference, filled
from fieldops_core.kernel.ids import CompanyId, Ids
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import Refused, Violation, require
from fieldops_core.kernel.time import Clock
from fieldops_core.messaging.messages import PreviewSheet

TRIES = 3
LEASE_SECONDS = 60
LOOKUP_LEASE_SECONDS = 300
MESSAGE_LEASE_SECONDS = 300

Reaction = Callable[[Event, Call[Unit]], None]


@frozen(kw_only=True)
class Preview:
    """
    What a command would answer (*receipt*), or, where that is None, the *violations* that would refuse it.
    """

    receipt: Receipt | None
    violations: tuple[Violation, ...] = ()


@frozen(kw_only=True)
class Delivery:
    """
    What a round of deliveries came to: how many events were *done*, and those that *failed*, each with its error; they
    are due again when their lease ends.
    """

    done: int
    failed: tuple[tuple[Due, Exception], ...] = ()


class _RolledBack(Exception):
    """
    Ends a preview's unit of work without saving it.
    """


class FieldOps:
    """
    Carries out commands, answers questions, previews changes, delivers events: over a storage, a clock and a source of
    ids, with the outside help of *ports*. Safe to share between threads as far as those are.

    *policies* see all events of a command and may change more in its transaction, after fieldops' own; *reactions* are
    called for each event of their type after the commit, by :meth:`deliver`. Who logs in, and by what, is asked of its
    :attr:`door`.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        ids: Ids,
        ports: Ports,
        policies: Iterable[Policy] = (),
        reactions: Mapping[type[Event], tuple[Reaction, ...]] | None = None,
    ) -> None:
        self._storage, self._clock, self._ids = storage, clock, ids
        self._filing = Filing(self, storage, ports)
        self._outside = Outside(self, storage, ports)
        self._mailing, self._mailer = Mailing(self, storage, ports), ports.mailer
        self.door = Door(self, storage, ports, self.now)
        self._uses = {use.message: use for use in registry(ports)}
        self._addresses = ports.addresses
        own = (*POLICIES, look_up_later) if ports.addresses.looks_up else POLICIES
        self._policies, self._reactions = (*own, *policies), dict(reactions or {})
        self._posting = None if ports.post is None else Posting(self, storage, ports.post)

    def now(self) -> datetime:
        """
        The present instant, in UTC, by which everything here is decided.
        """
        return self._clock().astimezone(UTC)

    def execute(self, command: object, context: Context) -> Receipt:
        """
        Carry out a command, whole or not at all.

        Raises:
            Refused: with every rule that it breaks.
            Forbidden: where the actor may not do this, or not here.
            NotFound, Stale, PreviewChanged, InvalidValue: as their names say.
            Unavailable: where other writers were first three times in a row.
        """
        use = self._use(command, changes=True)
        for _ in range(TRIES):
            try:
                with self._storage.writing(context.company) as unit:
                    return self._once(use, command, self._call(unit, context))
            except Conflict:
                continue
        raise Unavailable("Others are changing the same things just now. Nothing was changed; please try again.")

    def preview(self, command: object, context: Context) -> Preview:
        """
        What a command would answer, computed by carrying it out and rolling it back. What would refuse it is answered,
        not raised.

        Raises:
            Forbidden, NotFound, Stale, PreviewChanged, InvalidValue, Unavailable: as :meth:`execute`.
        """
        use = self._use(command, changes=True)
        receipt: Receipt | None = None
        for _ in range(TRIES):
            try:
                with self._storage.writing(context.company) as unit:
                    receipt = self._carry_out(use, command, self._call(unit, context))
                    raise _RolledBack
            except _RolledBack:
                return Preview(receipt=receipt)
            except Refused as refused:
                return Preview(receipt=None, violations=refused.violations)
            except Conflict:
                continue
        raise Unavailable("Others are changing the same things just now. Please try again.")

    def ask(self, question: object, context: Context) -> object:
        """
        Answer a question with a view.

        Raises:
            Forbidden: where the actor may not know this, or not here.
            NotFound, InvalidValue: as their names say.
        """
        use = self._use(question, changes=False)
        with self._storage.reading(context.company) as unit:
            call = self._call(unit, context)
            _heard(use, call.actor)
            return use.carry_out(question, call)

    def hears(self, message: type, actor: Actor) -> bool:
        """
        Whether an actor may give such commands, or ask such questions, anywhere in their company: what a menu offers.
        """
        return _hears(self._uses[message], actor)

    def upload(self, customer: CustomerId, name: str, content: bytes, context: Context) -> Receipt:
        """
        Keep a file on a record: its bytes first, then its row. See :class:`~fieldops_core.app.filing.Filing`.
        """
        return self._filing.upload(customer, name, content, context)

    def download(self, file: FileId, context: Context) -> Download:
        """
        A file with its bytes, for who may see it.
        """
        return self._filing.download(file, context)

    def print_sheet(self, question: PreviewSheet, context: Context) -> Download:
        """
        The appointment sheet of an appointment, as a file. See :class:`~fieldops_core.app.mailing.Mailing`.
        """
        return self._mailing.print_sheet(question, context)

    def send_messages(self, limit: int = 20) -> int:
        """
        Send messages that are due, one after the other, each in no transaction at all; answers how many were tried.
        Where a try is in vain, the message is put off, and after the last one dead (NTF-08). Without a mailer that
        sends, all stay queued.
        """
        if not self._mailer.sends:
            return 0
        for tried in range(limit):
            # One at a time: a mail server that takes its time keeps no other message past its lease.
            due = self._storage.claim_messages(1, now=self.now(), lease_seconds=MESSAGE_LEASE_SECONDS)
            if not due:
                return tried
            self._mailing.send(due[0])
        return limit

    def post_links(self, limit: int = 20) -> Posted:
        """
        Carry links that are due to their users, one after the other, each in no transaction at all (API-08). What is
        carried in vain is put off; when it was tried often enough, or the link has ended, its secret is forgotten.
        """
        done, failed = 0, list[Unposted]()
        while self._posting is not None and done + len(failed) < limit:
            # One at a time, as messages are.
            due = self._storage.claim_links(1, now=self.now(), lease_seconds=MESSAGE_LEASE_SECONDS)
            if not due:
                break
            unposted = self._posting.carry(due[0], now=self.now())
            if unposted is None:
                done += 1
            else:
                failed.append(unposted)
        return Posted(done=done, failed=tuple(failed))

    def sweep_files(self) -> int:
        """
        Remove bytes that no file names any more; answers how many files that were.
        """
        return self._filing.sweep(now=self.now())

    def link(self, command: LinkConnection, context: Context) -> Receipt:
        """
        Link an account at its provider, and keep the connection. See :class:`~fieldops_core.app.outside.Outside`.
        """
        return self._outside.link(command, context)

    def unlink(self, command: UnlinkConnection, context: Context) -> Receipt:
        """
        Unlink an account at its provider, and keep that.
        """
        return self._outside.unlink(command, context)

    def run_credit_check(self, command: RunCreditCheck, context: Context) -> Receipt:
        """
        Ask a credit bureau about a record, and keep what it answers.
        """
        return self._outside.run_credit_check(command, context)

    def forget_logins(self) -> int:
        """
        Remove sessions and links that are over, and old attempts; answers how many those were.
        """
        return self._storage.forget_logins(now=self.now())

    def newest_event(self, company: CompanyId) -> str:
        """
        The place of the event of a company that was committed last: another one than before, where something happened
        since.
        """
        with self._storage.reading(company) as unit:
            return str(unit.outbox.newest())

    def identify(self, *, slug: str, token: str) -> Identified:
        """
        The actor behind a bearer token, in the company of that short name.

        Raises:
            Unauthenticated: where the token is unknown, expired or revoked, or its user deactivated.
            NotFound: where the token is another company's (or there is no such company: that looks the same).
        """
        company = token_company(token)
        if company is None:
            raise Unauthenticated("This is not a token.")
        with self._storage.reading(company) as unit:
            found = unit.users.identified(token_hash(token))
        if found is None or not found.user.active or not found.token.valid(self._clock()):
            raise Unauthenticated("This token is not known, or no longer valid.")
        if found.slug != slug:
            raise NotFound("company", slug)
        held = effective(found.user.grants, (role for role in found.roles if role.id in found.user.roles))
        actor = Actor(
            user=found.user.id,
            home=found.user.home,
            zone=found.user.zone,
            grants=narrowed(held, found.token.scopes),
        )
        return Identified(company=company, actor=actor)

    def deliver(self, limit: int = 100) -> Delivery:
        """
        Hand events that are due to their reactions, oldest first, each in a unit of work of its own with the system as
        its actor. At least once: an event whose reaction fails is due again later.
        """
        done, failed = 0, []
        for due in self._storage.claim(limit, now=self.now(), lease_seconds=LEASE_SECONDS):
            try:
                self._deliver(due)
                done += 1
            except Exception as error:  # noqa: BLE001 - a failing reaction must not keep the other events waiting
                failed.append((due, error))
        return Delivery(done=done, failed=tuple(failed))

    def look_up(self, limit: int = 10) -> int:
        """
        Ask the address service for addresses that are due, one after the other, each in no transaction at all, and keep
        what it finds; answers how many were asked for. Where it does not answer, that one is put off (CUS-14), and the
        others wait for the end of their lease.
        """
        if not self._addresses.looks_up:
            return 0
        asked = 0
        for due in self._storage.claim_lookups(limit, now=self.now(), lease_seconds=LOOKUP_LEASE_SECONDS):
            asked += 1
            if not self._look_up(due):
                break
        return asked

    def _look_up(self, due: DueLookup) -> bool:
        """
        Whether the service answered.
        """
        with self._storage.reading(due.company) as unit:
            there = unit.customers.named((due.customer,))
        for customer in there:
            finish = FinishLookup(customer=customer.id, address=customer.address)
            try:
                finish = evolve(finish, found=self._addresses.look_up(customer.address))
            except AddressServiceFailed:
                finish = evolve(finish, answered=False)
            self.execute(finish, Context(company=due.company, actor=SYSTEM, source=Source.SYSTEM))
            return finish.answered
        return True

    def _deliver(self, due: Due) -> None:
        context = Context(company=due.company, actor=SYSTEM, source=Source.SYSTEM)
        with self._storage.writing(due.company) as unit:
            call = self._call(unit, context)
            for reaction in self._reactions.get(type(due.event), ()):
                reaction(due.event, call)
            self._write_down(call)
            unit.outbox.done(due.id, at=call.now)

    def _once(self, use: Use, command: object, call: Call[Unit]) -> Receipt:
        """
        Carry out, but answer a repetition with the first answer (API-03).
        """
        id, actor = call.context.command_id, call.actor.user
        if id is None:
            return self._carry_out(use, command, call)
        print_now = fingerprint(command)
        known = call.unit.answers.find(actor, id, answer=use.answer, added=ADDED)
        if known is not None:
            require(COMMAND, Repetition(id=id, first=known.fingerprint, now=print_now))
            return known.receipt
        receipt = self._carry_out(use, command, call)
        records = frozenset(each for outcome in call.kept if (each := _record(outcome.state)) is not None)
        stored = StoredAnswer(fingerprint=print_now, receipt=receipt, records=records)
        call.unit.answers.add(actor, id, stored, at=call.now)
        return receipt

    def _carry_out(self, use: Use, command: object, call: Call[Unit]) -> Receipt:
        _heard(use, call.actor)
        answer = use.carry_out(command, call)
        events = tuple(event for outcome in call.kept for event in outcome.events)
        added = tuple(each for policy in self._policies for each in policy(events, call))
        self._write_down(call)
        return Receipt(answer=answer, added=added)

    def _write_down(self, call: Call[Unit]) -> None:
        """
        The history and the events of everything that was kept.
        """
        entries = [
            HistoryEntry(
                id=call.new_id(),
                aggregate=aggregate_name(outcome.state),
                aggregate_id=outcome.state.id,
                record=_record(outcome.state),
                at=call.now,
                actor=call.actor.user,
                source=call.context.source,
                changes=changes,
            )
            for outcome in call.kept
            if (changes := _changes(outcome))
        ]
        events = [event for outcome in call.kept for event in outcome.events]
        if entries:
            call.unit.history.add(entries)
        if events:
            call.unit.outbox.add(events, ids=[call.new_id() for _ in events])

    def _use(self, message: object, *, changes: bool) -> Use:
        use = self._uses.get(type(message))
        if use is None or use.changes is not changes:
            raise TypeError(f"{type(message).__name__} is no {'command' if changes else 'question'}")
        return use

    def _call(self, unit: Unit, context: Context) -> Call[Unit]:
        return Call(unit=unit, context=context, now=self.now(), new_id=self._ids)


def _changes(outcome: Outcome[Aggregate]) -> tuple[FieldChange, ...]:
    state = outcome.state
    if outcome.before is None and outcome.events and outcome.events[0].aggregate_id == state.id:
        return filled(state, public=outcome.events[0].after)
    return difference(outcome.before, None if outcome.removed else state)


def _record(state: Aggregate) -> UUID | None:
    return state.id if isinstance(state, Customer | Tagging) else getattr(state, "customer", None)


def _heard(use: Use, actor: Actor) -> None:
    """
    Raises:
        Forbidden: where the actor may never do or see this, wherever it is.
    """
    if not _hears(use, actor):
        raise Forbidden("You do not have the permission for this.", rule="ACC-18")


def _hears(use: Use, actor: Actor) -> bool:
    return use.needs is None or actor.user is None or any(actor.holds_somewhere(*need) for need in use.needs)
