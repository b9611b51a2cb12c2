"""
How times are taken: all sides in turn, round after round, so that whatever else the machine does meets each alike.
Ratios are those of one round, and of them the median.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median

from attrs import frozen


@frozen(kw_only=True)
class Side:
    """
    One way to do the work. *run* does it once and answers the seconds it took. *rounds*: in how many of the rounds it
    takes part; None: in all.
    """

    name: str
    run: Callable[[], float]
    rounds: int | None = None


@frozen
class Times:
    """
    The seconds of each side, round by round.
    """

    seconds: Mapping[str, Sequence[float]]

    def median(self, name: str) -> float:
        return median(self.seconds[name])

    def ratio(self, name: str, to: str) -> float:
        """
        How many times as long one side took as another.
        """
        return median(one / other for one, other in zip(self.seconds[name], self.seconds[to], strict=False))


def interleaved(sides: Sequence[Side], *, rounds: int) -> Times:
    """
    Run every side once a round, in turn.
    """
    seconds: dict[str, list[float]] = {side.name: [] for side in sides}
    for number in range(rounds):
        turn = number % len(sides)
        for side in (*sides[turn:], *sides[:turn]):
            if side.rounds is None or number < side.rounds:
                seconds[side.name].append(side.run())
        told(f"round {number + 1} of {rounds}", last=number + 1 == rounds)
    return Times(seconds)


def told(progress: str, *, last: bool) -> None:
    """
    Show how far it is: in one line at a terminal, elsewhere only the last of them.
    """
    if sys.stderr.isatty():
        print(f"\r  {progress} ", end="\n" if last else "", file=sys.stderr, flush=True)
    elif last:
        print(f"  {progress}", file=sys.stderr, flush=True)


def processor_seconds(work: Callable[[], object]) -> float:
    """
    The processor time that this process takes for some work. As in timeit, no garbage is collected meanwhile.
    """
    with _no_garbage():
        began = time.process_time()
        work()
        return time.process_time() - began


def seconds(work: Callable[[], object]) -> float:
    """
    The time that some work takes, others' included.
    """
    with _no_garbage():
        began = time.perf_counter()
        work()
        return time.perf_counter() - began


@contextmanager
def _no_garbage() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
