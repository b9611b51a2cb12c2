"""
A sign-on service as a server that speaks JSON over HTTP.
"""

import logging
import time
from collections.abc import Mapping
from typing import NoReturn, TypeVar
from weakref import finalize

import httpx
import msgspec

from fieldops_core.login.ports import SignOnFailed

A = TypeVar("A")

SECONDS, LARGEST = 10.0, 1_000_000

log = logging.getLogger("fieldops.identity")


class SignOnServer:
    """
    Asks a sign-on service, which has *seconds* to answer; it follows no redirects. Safe to share between threads.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._client = httpx.Client(timeout=seconds)
        finalize(self, self._client.close)
        self._seconds = seconds

    def ask(
        self,
        url: str,
        answer: type[A],
        *,
        form: Mapping[str, str] | None = None,
        auth: httpx.BasicAuth | None = None,
        bearer: str | None = None,
    ) -> A:
        """
        What the service answers; with a form it is asked by POST.

        Raises:
            SignOnFailed: where it does not answer in time, or not with what was expected of it.
        """
        headers = {"Accept": "application/json"} | ({} if bearer is None else {"Authorization": f"Bearer {bearer}"})
        status, told = self._answered("GET" if form is None else "POST", url, data=form, auth=auth, headers=headers)
        if status >= 500 or status == 429:
            fail(f"it answered {status}", unavailable=True)
        if status != 200:
            fail(f"it answered {status}")
        try:
            return msgspec.json.decode(told, type=answer)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            fail("it did not answer what it should", unavailable=True)

    def _answered(
        self,
        method: str,
        url: str,
        *,
        data: Mapping[str, str] | None,
        auth: httpx.BasicAuth | None,
        headers: Mapping[str, str],
    ) -> tuple[int, bytes]:
        """
        Status and body, read against the clock: httpx times each read alone, and bytes can trickle for ever.
        """
        ends, body = time.monotonic() + self._seconds, bytearray()
        try:
            with self._client.stream(method, url, data=data, auth=auth, headers=headers) as response:
                for part in response.iter_bytes():
                    body += part
                    if time.monotonic() > ends or len(body) > LARGEST:
                        fail("its answer did not end", unavailable=True)
                return response.status_code, bytes(body)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            fail(type(error).__name__, unavailable=True)


def fail(why: str, *, unavailable: bool = False) -> NoReturn:
    """
    Raises:
        SignOnFailed: always. Why is for who runs the server; it names nobody.
    """
    log.warning("Single sign-on failed: %s.", why)
    if unavailable:
        raise SignOnFailed("The sign-on service does not answer as it should. Try again later.", unavailable=True)
    raise SignOnFailed("Single sign-on did not succeed. Begin again.")
