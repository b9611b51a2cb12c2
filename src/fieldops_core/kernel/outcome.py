"""
What a decision answers.
"""

from typing import Generic, TypeVar

from attrs import frozen

from fieldops_core.kernel.events import Aggregate, Event

State = TypeVar("State", bound=Aggregate, covariant=True)


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
