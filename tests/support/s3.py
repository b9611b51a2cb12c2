"""
A server that speaks S3, on this machine.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import httpx
from attrs import frozen
from moto.server import ThreadedMotoServer


@frozen
class Server:
    url: str

    def bucket(self, name: str = "fieldops-files") -> str:
        """
        A new bucket, by its URL.
        """
        httpx.put(f"{self.url}/{name}").raise_for_status()
        return f"s3://{name}"


@contextmanager
def serving() -> Iterator[Server]:
    """
    A server, which the AWS_ variables name meanwhile.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "anybody",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_REGION": "us-east-1",
    }
    try:
        with patch.dict(os.environ, told):
            yield Server(told["AWS_ENDPOINT_URL"])
    finally:
        server.stop()
