"""
Routing servers that speak JSON over HTTP.
"""

import logging
import time
from collections.abc import Mapping
from typing import NoReturn, TypeVar
from weakref import finalize

import httpx
import msgspec

from fieldops_core.scheduling.ports import RoutingFailed

A = TypeVar("A")

SECONDS, PAUSE = 2.0, 10.0
LARGEST = 4_000_000

log = logging.getLogger("fieldops.routing")


class RoutingServer:
    """
    Asks a server at *url*, which has *seconds* to answer. One that does not is left alone for *pause* seconds: an
    engine that is down delays one answer and not every one. Safe to share between threads.

    Raises:
        ValueError: where the url is no address of a server.
    """

    def __init__(self, url: str, *, seconds: float = SECONDS, pause: float = PAUSE) -> None:
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL:
            address = httpx.URL()
        if address.scheme not in ("http", "https") or not address.host:
            raise ValueError("A routing server has an address such as http://127.0.0.1:5000.")
        self._client = httpx.Client(base_url=address, timeout=seconds)
        finalize(self, self._client.close)
        self._seconds, self._pause = seconds, pause
        self._rests_until = 0.0

    def close(self) -> None:
        self._client.close()

    def get(self, path: str, parameters: Mapping[str, str], answer: type[A]) -> A:
        """
        What the server answers, whatever its status: these servers tell in words what they could not do.

        Raises:
            RoutingFailed: where it does not answer in time, or not with what was expected of it.
        """
        if time.monotonic() < self._rests_until:
            raise RoutingFailed("The routing server did not answer a moment ago.")
        status, body = self._answered(path, parameters)
        if status >= 500:
            self._fail(f"it answered {status}")
        try:
            return msgspec.json.decode(body, type=answer)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise RoutingFailed(f"The routing server answered {status}, and not what it should: {error}") from None

    def _answered(self, path: str, parameters: Mapping[str, str]) -> tuple[int, bytes]:
        """
        Status and body, read against the clock: httpx times each read alone, and bytes can trickle for ever.
        """
        ends, body = time.monotonic() + self._seconds, bytearray()
        try:
            with self._client.stream("GET", path, params=parameters) as response:
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
            RoutingFailed: always. It is not asked again for a while.
        """
        self._rests_until = time.monotonic() + self._pause
        # Not what was asked: it says where customers live.
        log.warning("The routing server does not answer (%s); for %g s drives are estimates.", why, self._pause)
        raise RoutingFailed(f"The routing server does not answer ({why}).")
