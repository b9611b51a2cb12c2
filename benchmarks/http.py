"""
A client that asks the same thing again and again over a few connections that stay open, and no more: what a real client
does beside would be measured too.
"""

import asyncio
import re
import time

LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


async def load(port: int, path: str, token: str, *, connections: int, seconds: float) -> float:
    """
    Requests a second, each answered whole with 200.
    """
    began = time.perf_counter()
    until = began + seconds
    counts = await asyncio.gather(*(_ask(port, path, token, until) for _ in range(connections)))
    return sum(counts) / (time.perf_counter() - began)


async def body(port: int, path: str, token: str) -> bytes:
    """
    What one request is answered.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(_request(path, token))
    answer = await _answer(reader)
    writer.close()
    await writer.wait_closed()
    return answer


async def _ask(port: int, path: str, token: str, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request, count = _request(path, token), 0
    while time.perf_counter() < until:
        writer.write(request)
        await _answer(reader)
        count += 1
    writer.close()
    await writer.wait_closed()
    return count


def _request(path: str, token: str) -> bytes:
    lines = (f"GET {path} HTTP/1.1", "host: 127.0.0.1", f"authorization: Bearer {token}", "accept: */*", "", "")
    return "\r\n".join(lines).encode("ascii")


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    if not head.startswith(b"HTTP/1.1 200 ") or length is None:
        raise RuntimeError(head.decode("latin-1"))
    return await reader.readexactly(int(length[1]))
