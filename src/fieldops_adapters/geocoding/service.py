"""
Address services that speak JSON over HTTP.
"""

import logging
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from threading import Lock
from typing import NoReturn, TypeVar
from weakref import finalize

import httpx
import msgspec

from fieldops_core.customers.ports import AddressServiceFailed

A = TypeVar("A")

SECONDS, PAUSE, PER_SECOND = 5.0, 60.0, 1.0
LARGEST = 1_000_000
AGENT = "fieldops"
OF_THIS_REQUEST = frozenset({400, 404, 414, 422})
"""
Answers that say nothing of the next request.
"""

log = logging.getLogger("fieldops.geocoding")


class Service:
    """
    Asks a server at *url*, which has *seconds* to answer, *per_second* times a second at most, and says who asks
    (*agent*): public services ask for both. One that does not answer is left alone for *pause* seconds. Safe to share
    between threads.

    Raises:
        ValueError: where the url is no address of a server, or the rate is none.
    """

    def __init__(
        self,
        url: str,
        *,
        agent: str = AGENT,
        per_second: float = PER_SECOND,
        seconds: float = SECONDS,
        pause: float = PAUSE,
    ) -> None:
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL:
            address = httpx.URL()
        if address.scheme not in ("http", "https") or not address.host or per_second <= 0:
            raise ValueError("An address service has an address such as https://nominatim.example, and a rate above 0.")
        self._client = httpx.Client(base_url=address, timeout=seconds, headers={"User-Agent": agent})
        finalize(self, self._client.close)
        self._seconds, self._pause, self._apart = seconds, pause, 1 / per_second
        self._rests_until, self._turn, self._lock = 0.0, 0.0, Lock()

    def close(self) -> None:
        self._client.close()

    def ask(self, path: str, answer: type[A], parameters: Mapping[str, str], *, patient: bool) -> A:
        """
        What the server answers. *patient*: waits for its turn; else it is not asked where that is not now.

        Raises:
            AddressServiceFailed: where it does not answer in time, or not with what was expected of it.
        """
        if time.monotonic() < self._rests_until:
            raise AddressServiceFailed("The address service did not answer a moment ago.")
        self._take_turn(patient=patient)
        status, told = self._answered(self._client.stream("GET", path, params=dict(parameters)))
        if status in OF_THIS_REQUEST:
            raise AddressServiceFailed(f"The address service answered {status}.")
        if status != 200:
            self._fail(f"it answered {status}")
        try:
            return msgspec.json.decode(told, type=answer)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise AddressServiceFailed(f"The address service did not answer what it should: {error}") from None

    def _take_turn(self, *, patient: bool) -> None:
        with self._lock:
            now = time.monotonic()
            if not patient and self._turn > now:
                raise AddressServiceFailed("The address service was asked a moment ago.")
            turn = max(self._turn, now)
            self._turn = turn + self._apart
        time.sleep(turn - now)

    def _answered(self, stream: AbstractContextManager[httpx.Response]) -> tuple[int, bytes]:
        """
        Status and body, read against the clock: httpx times each read alone, and bytes can trickle for ever.
        """
        ends, body = time.monotonic() + self._seconds, bytearray()
        try:
            with stream as response:
                for part in response.iter_bytes():
                    body += part
                    if time.monotonic() > ends or len(body) > LARGEST:
                        self._fail("its answer did not end")
                return response.status_code, bytes(body)
        except (httpx.HTTPError, UnicodeError) as error:
            self._fail(type(error).__name__)

    def _fail(self, why: str) -> NoReturn:
        """
        Raises:
            AddressServiceFailed: always. It is not asked again for a while.
        """
        self._rests_until = time.monotonic() + self._pause
        # Not what was asked: it says where customers live.
        log.warning("The address service does not answer (%s); it is left alone for %g s.", why, self._pause)
        raise AddressServiceFailed(f"The address service does not answer ({why}).")
