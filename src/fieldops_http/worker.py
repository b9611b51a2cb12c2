"""
Carries out what is due in the outbox, again and again, and sweeps the store of files.
"""

from threading import Event, Thread
from time import monotonic

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


class Worker:
    """
    A thread that delivers every second until it is stopped. What stands in its way, such as a database that does not
    answer, is logged, and tried again a second later. Once an hour it sweeps files that belong to nothing.
    """

    def __init__(self, fieldops: FieldOps, *, seconds: float = SECONDS) -> None:
        self._fieldops, self._seconds, self._stopped = fieldops, seconds, Event()
        self._sweep_at = 0.0
        self._thread = Thread(target=self._run, name="deliver", daemon=True)

    def start(self) -> None:
        """
        Begin.
        """
        self._thread.start()

    def stop(self) -> None:
        """
        End, after the round that is being delivered.
        """
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            try:
                deliver(self._fieldops)
            except Exception as error:  # noqa: BLE001 - a round that fails must not end the rounds
                log.error("delivery impossible", error=type(error).__qualname__, where=where(error))
            if monotonic() >= self._sweep_at:
                self._sweep_at = monotonic() + SWEEP_SECONDS
                self._sweep()

    def _sweep(self) -> None:
        try:
            if swept := self._fieldops.sweep_files():
                log.info("files swept", count=swept)
        except Exception as error:  # noqa: BLE001 - it is tried again in an hour
            log.error("sweep impossible", error=type(error).__qualname__, where=where(error))
