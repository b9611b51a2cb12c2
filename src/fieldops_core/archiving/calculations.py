"""
What a preview asks consent to.
"""

from collections.abc import Iterable
from hashlib import sha256


def consent_to(terms: Iterable[str]) -> str:
    """
    A digest of all that a preview lists, in whatever order: another one as soon as anything of it is another, or gone.
    """
    return sha256("\n".join(sorted(terms)).encode()).hexdigest()
