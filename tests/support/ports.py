"""
Ports that nobody listens on.
"""

import os
import re
import socket
from itertools import count

FIRST, EACH = 20_000, 500  # below those that the system gives to who connects
_next = count()


def free_port() -> int:
    """
    One of this worker's own, so that no other takes it before somebody listens there.
    """
    worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
    for number in _next:
        port = FIRST + worker % 20 * EACH + number % EACH
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("there are always more")
