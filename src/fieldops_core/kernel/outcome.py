"""
What a decision answers.
"""

from typing import Generic, TypeVar

from attrs import frozen

from fieldops_core.kernel.events import Aggregate, Event
from fieldops_core.kernel.history import difference

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
        told = [difference(each.before, each.state) for each in self.outcomes]
        if any(each.before is None for each in self.outcomes) or any(each != told[0] for each in told):
            raise ValueError("These do not all change the same fields to the same values.")
