"""
The keys under which bytes are kept.
"""

import re

_KEY = re.compile(r"[A-Za-z0-9_-]{16,128}")


def checked(key: str) -> str:
    """
    Raises:
        ValueError: where it is none. Keys are made here, never by users; a path must not come of one all the same.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("This is no key of a file.")
    return key
