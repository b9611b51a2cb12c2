"""
Streams of server-sent events: one loop for each reader, woken when something was committed, in whichever process.

Nobody tells this process that another one committed something: it asks for the place of the newest event, once a second
for all readers of a company together. A reader that is woken reads for itself, from its own place.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import TypeVar

import msgspec
import structlog
from attrs import evolve, field, frozen
from litestar.concurrency import sync_to_thread

from fieldops_core.access.context import Context
from fieldops_core.app.door import Identified, Unauthenticated
from fieldops_core.kernel.errors import Conflict, Forbidden, NotFound
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.scheduling.messages import ListGridChanges
from fieldops_core.scheduling.views import GridChangesView
from fieldops_http.engine import Engine, known
from fieldops_http.logs import where
from fieldops_http.problems import TooManyStreams

log = structlog.stdlib.get_logger("fieldops")

T = TypeVar("T")

ASK_SECONDS = 1.0
BEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2_000
AT_ONCE, EACH = 200, 10
"""
So many streams are open in one process, and so many of one user.
"""


class Slot:
    """
    One stream's place among those that are open. It is given back when nothing holds it any more, also where the stream
    never began.
    """

    def __init__(self, streams: "Streams", user: object) -> None:
        self._streams, self._user = streams, user

    def close(self) -> None:
        """
        Give it back; twice is once.
        """
        if self._user is not None:
            self._streams.left(self._user)
            self._user = None

    __del__ = close


class Streams:
    """
    The streams of one process.
    """

    def __init__(self, *, at_once: int = AT_ONCE, each: int = EACH, seconds: float = ASK_SECONDS) -> None:
        self._at_once, self._each, self._seconds = at_once, each, seconds
        self._open: dict[object, int] = {}
        self._watches: dict[CompanyId, Watch] = {}
        self.ending = False

    def enter(self, user: object) -> Slot:
        """
        Raises:
            TooManyStreams: where as many are open as may be.
        """
        there = self._open.get(user, 0)
        if there >= self._each or sum(self._open.values()) >= self._at_once:
            raise TooManyStreams("Too many streams are open. Close one, or try again later.")
        self._open[user] = there + 1
        return Slot(self, user)

    def left(self, user: object) -> None:
        """
        A stream of a user has ended.
        """
        self._open[user] -= 1
        if not self._open[user]:
            del self._open[user]

    def end(self) -> None:
        """
        End all streams: the process is about to end, and their readers come again elsewhere.
        """
        self.ending = True
        for watch in self._watches.values():
            watch.wake()

    def watch(self, engine: Engine, company: CompanyId) -> "Watch":
        """
        Who asks whether anything was committed in a company, for all who wait for it.
        """
        watch = self._watches.get(company)
        if watch is None or not watch.runs:
            watch = self._watches[company] = Watch(engine, company, self._seconds)
        return watch


class Watch:
    """
    Asks for the newest event of a company, as long as anybody waits for it.
    """

    def __init__(self, engine: Engine, company: CompanyId, seconds: float) -> None:
        self._engine, self._company, self._seconds = engine, company, seconds
        self._waiting: dict[asyncio.Future[None], str] = {}
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def runs(self) -> bool:
        """
        Whether somebody waits, in this event loop.
        """
        return bool(self._waiting) and self._loop is asyncio.get_running_loop()

    async def wait(self, place: str, seconds: float) -> None:
        """
        Until the newest event is at another place than that, or so long.
        """
        self._loop = asyncio.get_running_loop()
        mine = self._loop.create_future()
        self._waiting[mine] = place
        if self._task is None or self._task.done():
            self._task = self._loop.create_task(self._ask())
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(mine, seconds)
        finally:
            self._waiting.pop(mine, None)

    def wake(self, newest: str | None = None) -> None:
        """
        Wake who waits at another place than the newest.
        """
        for mine, place in tuple(self._waiting.items()):
            if place != newest and not mine.done():
                mine.set_result(None)

    async def _ask(self) -> None:
        while self._waiting:
            if (newest := await self._newest()) is not None:
                self.wake(newest)
            await asyncio.sleep(self._seconds)

    async def _newest(self) -> str | None:
        try:
            return await _beside(self._engine, lambda: self._engine.fieldops.newest_event(self._company))
        except Exception as error:  # noqa: BLE001 - readers wait for the next answer
            log.warning("no newest event", error=type(error).__qualname__, where=where(error))
            return None


@frozen(kw_only=True)
class Listening:
    """
    One reader: what they ask, and from which place on; *identify* tells who they are, as long as they may. After
    *until* (of a monotonic clock) they come again.
    """

    engine: Engine
    streams: Streams
    slot: Slot
    question: ListGridChanges
    context: Context
    identify: Callable[[], Identified]
    until: float
    beat: float = field(default=BEAT_SECONDS)

    async def events(self) -> AsyncIterator[bytes]:
        """
        The stream, until the reader goes, may no longer read, or has read long enough.
        """
        try:
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            async for each in self._changes():
                yield each
        except (Unauthenticated, NotFound, Forbidden):
            yield _event("end", {"reason": "You may no longer read this."})
        finally:
            self.slot.close()

    async def _changes(self) -> AsyncIterator[bytes]:
        place, watch = self.question.after, self.streams.watch(self.engine, self.context.company)
        while True:
            answer = await self._answer(place)
            if answer.reset:
                yield _event("reset", {}, answer.place)
            for change in answer.changes:
                yield _event("change", change)
            yield f": \nid: {answer.place}\n\n".encode()
            place = answer.place
            if answer.more:
                continue
            left = self.until - monotonic()
            if left <= 0 or self.streams.ending:
                return
            await watch.wait(answer.place, min(self.beat, left))

    async def _answer(self, place: str | None) -> GridChangesView:
        def ask() -> GridChangesView:
            context = evolve(self.context, actor=self.identify().actor)
            question = evolve(self.question, after=place)
            return known(self.engine.fieldops.ask(question, context), GridChangesView)

        for _ in range(3):
            with suppress(Conflict):
                return await _beside(self.engine, ask)
        raise Unauthenticated("The storage does not answer.")


def _event(name: str, told: object, place: str | None = None) -> bytes:
    id = "" if place is None else f"id: {place}\n"
    return f"event: {name}\n{id}data: {msgspec.json.encode(told).decode()}\n\n".encode()


async def _beside(engine: Engine, ask: Callable[[], T]) -> T:
    """
    In a thread where the storage is asked in threads.
    """
    asked: Awaitable[T] | T = sync_to_thread(ask) if engine.threads else ask()
    return await asked if isinstance(asked, Awaitable) else asked
