"""
Many writers at once: processes over a database, threads over memory.
"""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from typing import TypeVar

from attrs import frozen

from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_core.access.context import Context
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports, Storage
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import CancelAppointment, MoveAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting
from tests.support.databases import close_idle
from tests.support.world import World

Result = TypeVar("Result")
Opening = Callable[[], Storage]

WRITERS = 16


@frozen(kw_only=True)
class Attempt:
    """
    What one try came to: *code* is ``booked``, ``cancelled``, ``moved``, or that of the refusal.
    """

    code: str
    user: UserId
    period: Period


def engine_over(storage: Storage) -> FieldOps:
    """
    An engine of its own for a writer, whose ids no other writer makes.
    """
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    return FieldOps(storage=storage, clock=FrozenClock(), ids=Uuid7Ids(), ports=ports)


def in_processes(work: Callable[[int, Storage], Result], opening: Opening, writers: int = WRITERS) -> list[Result]:
    """
    Run *work* in that many processes, each with a storage of its own, all starting together.
    """
    close_idle()  # no connection is carried into another process
    context = multiprocessing.get_context("fork")
    results, gate = context.SimpleQueue(), context.Barrier(writers)

    def one(number: int) -> None:
        try:
            storage = opening()
            gate.wait(60)
            results.put((work(number, storage), ""))
        except BaseException as error:  # noqa: BLE001 - told to the parent
            gate.abort()
            results.put((None, repr(error)))

    crowd = [context.Process(target=one, args=(number,), daemon=True) for number in range(writers)]
    for each in crowd:
        each.start()
    found = [results.get() for _ in crowd]
    for each in crowd:
        each.join(30)
    failed = [error for _, error in found if error]
    assert failed == [], failed
    return [result for result, _ in found if result is not None]


def in_threads(work: Callable[[int, Storage], Result], opening: Opening, writers: int = WRITERS) -> list[Result]:
    """
    As :func:`in_processes`, in threads over one storage.
    """
    storage, gate = opening(), threading.Barrier(writers)

    def one(number: int) -> Result:
        gate.wait(60)
        return work(number, storage)

    with ThreadPoolExecutor(writers) as pool:
        return [each.result(240) for each in [pool.submit(one, number) for number in range(writers)]]


def bookings(world: World, day: Period, attempts: int) -> Callable[[int, Storage], list[Attempt]]:
    """
    A writer who tries to book three users at random times of one day.
    """

    def work(number: int, storage: Storage) -> list[Attempt]:
        chance, engine = Random(number), engine_over(storage)
        return [_book(world, day, chance, engine) for _ in range(attempts)]

    return work


def bookings_moves_and_cancels(world: World, day: Period, attempts: int) -> Callable[[int, Storage], list[Attempt]]:
    """
    A writer who books, moves and cancels.
    """

    def work(number: int, storage: Storage) -> list[Attempt]:
        chance, engine = Random(1_000 + number), engine_over(storage)
        mine: list[AppointmentId] = []
        done = []
        for _ in range(attempts):
            command: object
            if mine and chance.random() < 0.6:
                id = chance.choice(mine)
                cancel = chance.random() < 0.4
                command = (
                    CancelAppointment(appointment=id)
                    if cancel
                    else MoveAppointment(appointment=id, start=_any_period(day, chance).start)
                )
                attempt = _try(world, command, engine, world.ann.id, day)
                if cancel and attempt.code == "done":
                    mine.remove(id)
            else:
                attempt = _book(world, day, chance, engine, mine)
            done.append(attempt)
        return done

    return work


def _book(
    world: World, day: Period, chance: Random, engine: FieldOps, mine: list[AppointmentId] | None = None
) -> Attempt:
    user, period = chance.choice([world.ann.id, world.bob.id, world.sam.id]), _any_period(day, chance)
    command = world.wish(period.start, user=user, minutes=period.minutes)
    return _try(world, command, engine, user, period, mine)


def _try(
    world: World,
    command: object,
    engine: FieldOps,
    user: UserId,
    period: Period,
    mine: list[AppointmentId] | None = None,
) -> Attempt:
    try:
        answer = engine.execute(command, Context(company=world.company.id, actor=world.owner)).answer
    except Refused as refused:
        return Attempt(code="+".join(each.code for each in refused.violations), user=user, period=period)
    if mine is not None and isinstance(answer, AppointmentView):
        mine.append(AppointmentId(answer.id))
    return Attempt(code="done", user=user, period=period)


def _any_period(day: Period, chance: Random) -> Period:
    """
    From some half hour on, for a half to three hours, within the day: many overlap and few are equal.
    """
    half = timedelta(minutes=30)
    first = chance.randrange(0, day.length // half - 6)
    length = chance.randint(1, 6)
    return Period(start=day.start + first * half, end=day.start + (first + length) * half)
