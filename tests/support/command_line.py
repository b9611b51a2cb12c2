"""
The command line, run in this process.
"""

from collections.abc import Callable

Run = Callable[..., "Ran"]


class Ran:
    """
    What a command printed, and how it ended.
    """

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out.strip(), " ".join(err.split())

    @property
    def lines(self) -> list[list[str]]:
        """
        What was printed in columns: their texts, line by line.
        """
        return [[text for text in line.split("  ") if text] for line in self.out.splitlines()]
