"""
Carries out what is due, again and again: events of the outbox, addresses to be looked up, messages to
be sent, links to be carried to their users, files to be swept.
"""

from collections.abc import Callable
from threading import Event, Thread

import structlog

from fieldops_core.app.fieldops import FieldOps
from fieldops_http.logs import where

SECONDS = 1.0
BATCH = 100
SWEEP_SECONDS = 3_600.0

log = structlog.stdlib.get_logger("fieldops")


def deliver(fieldops: FieldOps) -> int:
    """
    Deliver all that is due now; answers how many events that were. What fails is logged, and due again later.
    """
    total = 0
    while True:
        round = fieldops.deliver(BATCH)
        total += round.done
        for due, error in round.failed:
            log.error(
                "delivery failed",
                kind=type(due.event).__name__,
                event_id=str(due.id),
                attempt=due.attempt,
                error=type(error).__qualname__,
                where=where(error),
            )
        if round.done + len(round.failed) < BATCH:
            return total


def look_up(fieldops: FieldOps) -> int:
    """
    Look up the addresses that are due now, as long as the service answers; answers how many were asked for.
    """
    return fieldops.look_up()


def send(fieldops: FieldOps) -> int:
    """
    Send the messages that are due now; answers how many were tried.
    """
    return fieldops.send_messages()


def post(fieldops: FieldOps) -> int:
    """
    Carry the links that are due now to their users; answers how many were. What fails is logged, without saying whose
    it is or what the mail server said: that may be the link.
    """
    round = fieldops.post_links()
    for each in round.failed:
        log.warning(
            "link not carried",
            link_id=str(each.due.link),
            given_up=each.given_up,
            error=type(each.error).__qualname__,
            where=where(each.error),
        )
    return round.done


def sweep(fieldops: FieldOps) -> int:
    """
    Sweep the store of files of what belongs to nothing; answers how many were swept.
    """
    if swept := fieldops.sweep_files():
        log.info("files swept", count=swept)
    return swept


def forget(fieldops: FieldOps) -> int:
    """
    Forget sessions and links that are over, and old attempts; answers how many.
    """
    if forgotten := fieldops.forget_logins():
        log.info("logins forgotten", count=forgotten)
    return forgotten


class Worker:
    """
    A thread that does a round of something at once and every so many seconds until it is stopped: it delivers, unless
    told otherwise. What stands in its way, such as a database that does not answer, is logged, and tried again later.
    """

    def __init__(
        self, fieldops: FieldOps, *, round: Callable[[FieldOps], object] = deliver, seconds: float = SECONDS
    ) -> None:
        self._fieldops, self._round, self._seconds, self._stopped = fieldops, round, seconds, Event()
        self._thread = Thread(target=self._run, name=round.__name__, daemon=True)

    def start(self) -> None:
        """
        Begin.
        """
        self._thread.start()

    def stop(self) -> None:
        """
        End, after the round that it is at.
        """
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._round(self._fieldops)
            except Exception as error:  # noqa: BLE001 - a round that fails must not end the rounds
                log.error("round failed", round=self._thread.name, error=type(error).__qualname__, where=where(error))
            if self._stopped.wait(self._seconds):
                return
