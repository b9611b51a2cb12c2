"""
Secrets from chance.
"""

from secrets import token_urlsafe


class SystemRandomness:
    """
    Makes secrets of 256 bits from the system's randomness.
    """

    def __call__(self) -> str:
        return token_urlsafe(32)
