"""
What a decision answers.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.context import Source
from fieldops_core.kernel.events import Aggregate, Event
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.records import replaced
from fieldops_core.kernel.secret import Secret

State = TypeVar("State", bound=Aggregate, covariant=True)
Alike = TypeVar("Alike", bound=Aggregate)

ALWAYS_SET = frozenset({"changed_by", "changed_at"})
"""
Fields that a change sets in each, whatever was there.
"""


@frozen(kw_only=True)
class Outcome(Generic[State]):
    """
    The new *state* of an aggregate, what it was *before* (None: it is new), and what happened. *removed*: it is no
    more; *state* is what it was.
    """

    state: State
    before: State | None = None
    events: tuple[Event, ...] = ()
    removed: bool = False


@frozen(kw_only=True)
class UniformChange(Generic[State]):
    """
    What a set-based command comes to: *outcomes* of the ordinary decision, one for each aggregate, which all change the
    same fields to the same values. A storage carries it out in as many statements however many they are.

    Raises:
        ValueError: where they do not change alike.
    """

    outcomes: tuple[Outcome[State], ...]

    def __attrs_post_init__(self) -> None:
        told = [
            [(change.field, change.new) for change in difference(each.before, each.state)] for each in self.outcomes
        ]
        if any(each.before is None for each in self.outcomes) or any(each != told[0] for each in told):
            raise ValueError("These do not all change the same fields to the same values.")


@frozen(kw_only=True)
class SetChange(Generic[Alike]):
    """
    What a set-based command comes to where there are too many to load: all of *ids* change as the *example* among them
    does by the ordinary decision. The same fields take the same values, what it appends to a list is appended to
    theirs, and its one event is told of each. In the fields that change all are as the example was, apart from those
    lists and from who changed them last, and when. History says that *actor* did it, from *source*.

    Raises:
        ValueError: where the example is new, changes a secret, or does not tell one event.
    """

    ids: tuple[UUID, ...]
    example: Outcome[Alike]
    actor: UserId | None
    source: Source

    def __attrs_post_init__(self) -> None:
        secret = any(isinstance(value, Secret) for value in self.values.values())
        if secret or len(self.example.events) != 1:
            raise ValueError("This is no example of a change of many.")

    @property
    def before(self) -> Alike:
        if self.example.before is None:
            raise ValueError("What is new is no example of a change.")
        return self.example.before

    @property
    def event(self) -> Event:
        return self.example.events[0]

    @cached_property
    def appended(self) -> Mapping[str, tuple[object, ...]]:
        """
        What is appended to lists, by field.
        """
        found = {}
        for name, (old, new) in self._changed.items():
            if isinstance(old, tuple) and isinstance(new, tuple) and new[: len(old)] == old:
                found[name] = new[len(old) :]
        return found

    @cached_property
    def values(self) -> Mapping[str, object]:
        """
        What the other fields become, apart from the version.
        """
        return {name: new for name, (_, new) in self._changed.items() if name not in self.appended}

    def of(self, state: Alike) -> Outcome[Alike]:
        """
        The change of one of them.
        """
        lists = {name: (*getattr(state, name), *more) for name, more in self.appended.items()}
        changed = replaced(state, {**self.values, **lists, "version": state.version + 1})
        event = type(self.event).of(state, changed, at=self.event.at)
        return Outcome(before=state, state=changed, events=(event,))

    @property
    def _changed(self) -> Mapping[str, tuple[object, object]]:
        before, after, names = self.before, self.example.state, set(fields_of(self.before)) - {"version"}
        both = {name: (getattr(before, name), getattr(after, name)) for name in names}
        return {name: (old, new) for name, (old, new) in both.items() if old != new or name in ALWAYS_SET}
