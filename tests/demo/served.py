"""
A demo as its users have it: the command, in a process of its own.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from attrs import frozen

from tests.support.ports import free_port

FIELDOPS = Path(sys.executable).with_name("fieldops")
START_SECONDS = {"small": 200, "full": 600}


@frozen(kw_only=True)
class Demo:
    """
    A served demo: its address, the folder it was started in, and what it has printed.
    """

    url: str
    folder: Path
    output: Path
    process: "subprocess.Popen[bytes]"

    def token(self, who: str) -> str:
        return Path(self.folder, ".demo", f"fieldops.{who}.token").read_text().strip()

    def stop(self) -> int:
        """
        End it as Ctrl-C does.
        """
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@contextmanager
def served(folder: Path, *, size: str = "small") -> Iterator[Demo]:
    """
    ``fieldops demo`` in a folder, on a free port, until the block ends.
    """
    port, output = free_port(), folder / "output.txt"
    command = [str(FIELDOPS), "demo", "--size", size, "--port", str(port), "--no-open"]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("FIELDOPS_")}
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
    demo = Demo(url=f"http://127.0.0.1:{port}", folder=folder, output=output, process=process)
    try:
        wait(demo, START_SECONDS[size])
        yield demo
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait(demo: Demo, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert demo.process.poll() is None, demo.output.read_text()
        try:
            if httpx.get(f"{demo.url}/health", timeout=2).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"no answer within {seconds} seconds:\n{demo.output.read_text()}")
