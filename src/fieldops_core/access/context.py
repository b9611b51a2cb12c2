"""
The circumstances of a command or question, and the one call of the engine that answers it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from attrs import Factory, frozen

from fieldops_core.access.model import Actor
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Stale
from fieldops_core.kernel.events import Aggregate, aggregate_name
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.outcome import Outcome, UniformChange

U = TypeVar("U", covariant=True)
S = TypeVar("S", bound=Aggregate)
Kept = TypeVar("Kept", bound=Aggregate, contravariant=True)


@frozen(kw_only=True)
class Context:
    """
    On whose behalf, from where and under which conditions something is done. *command_id* is the caller's own name for
    a command (an Idempotency-Key, a device's id): with one, a repetition answers what the first answered.
    *expected_version* is the version that a change was meant for. *occurred_at* is set by offline logs alone. *zone* is
    the reader's.
    """

    company: CompanyId
    actor: Actor
    source: Source = Source.API
    command_id: str | None = None
    occurred_at: datetime | None = None
    expected_version: int | None = None
    zone: str | None = None
    language: str = "en"

    @property
    def reader_zone(self) -> str | None:
        """
        The zone that answers are also told in, where it differs from a location's.
        """
        return self.zone or self.actor.zone


class Keeper(Protocol[Kept]):
    """
    Where new and changed states of one kind of aggregate are kept.
    """

    def add(self, state: Kept) -> None: ...

    def save(self, state: Kept) -> None: ...


class ManyKeeper(Protocol[Kept]):
    """
    Where many aggregates of one kind can be added at once.
    """

    def add_all(self, states: Sequence[Kept]) -> None: ...


class ManyReplacer(Protocol[Kept]):
    """
    Where many aggregates of one kind can be changed at once.
    """

    def save_all(self, states: Sequence[Kept]) -> None: ...


class UniformKeeper(Protocol[Kept]):
    """
    Where many aggregates of one kind can be changed alike at once.
    """

    def save_alike(self, change: UniformChange[Kept]) -> None: ...


class Remover(Protocol[Kept]):
    """
    Where aggregates of one kind can be removed.
    """

    def remove(self, state: Kept, /) -> None: ...


class ManyRemover(Protocol[Kept]):
    """
    Where many aggregates of one kind can be removed at once.
    """

    def remove_all(self, states: Sequence[Kept], /) -> None: ...


@frozen(kw_only=True)
class Call(Generic[U]):
    """
    One call of the engine: its *unit* of work, its circumstances, its instant *now* (UTC), its source of ids, and, in
    *kept*, what it has changed so far.
    """

    unit: U
    context: Context
    now: datetime
    new_id: Callable[[], UUID]
    kept: list[Outcome[Aggregate]] = Factory(list)

    @property
    def actor(self) -> Actor:
        return self.context.actor

    def keep(self, keeper: Keeper[S], outcome: Outcome[S]) -> S:
        """
        Save the state of an outcome; its history and events follow when the command ends. A state in which nothing
        changed is not saved, and keeps its version.

        Raises:
            Conflict: where another writer was first.
        """
        if outcome.before is None:
            keeper.add(outcome.state)
        elif difference(outcome.before, outcome.state):
            keeper.save(outcome.state)
        else:
            return outcome.before
        self.kept.append(outcome)
        return outcome.state

    def remove(self, remover: Remover[S], outcome: Outcome[S]) -> S:
        """
        Remove what an outcome says is no more.

        Raises:
            Conflict: where another writer was first.
        """
        remover.remove(outcome.state)
        self.kept.append(outcome)
        return outcome.state

    def remove_all(self, remover: ManyRemover[S], outcomes: Sequence[Outcome[S]]) -> None:
        """
        Remove at once what outcomes say is no more.

        Raises:
            Conflict: where another writer was first.
        """
        if outcomes:
            remover.remove_all([outcome.state for outcome in outcomes])
            self.kept.extend(outcomes)

    def keep_all(self, keeper: ManyKeeper[S], outcomes: Sequence[Outcome[S]]) -> None:
        """
        Save many new states at once.

        Raises:
            Conflict: where another writer was first.
        """
        if outcomes:
            keeper.add_all([outcome.state for outcome in outcomes])
            self.kept.extend(outcomes)

    def replace_all(self, keeper: ManyReplacer[S], outcomes: Sequence[Outcome[S]]) -> None:
        """
        Save many changed states at once.

        Raises:
            Conflict: where another writer was first.
        """
        if outcomes:
            keeper.save_all([outcome.state for outcome in outcomes])
            self.kept.extend(outcomes)

    def keep_alike(self, keeper: UniformKeeper[S], change: UniformChange[S]) -> None:
        """
        Save many states at once that changed alike.

        Raises:
            Conflict: where another writer was first.
        """
        if change.outcomes:
            keeper.save_alike(change)
            self.kept.extend(change.outcomes)

    def expect(self, state: Aggregate) -> None:
        """
        Raises:
            Stale: where the change was meant for another version (STO-04).
        """
        expected = self.context.expected_version
        if expected is not None and expected != state.version:
            raise Stale(aggregate_name(state), expected=expected, actual=state.version)
