"""
On whose behalf, from where, and under which conditions something is done.
"""

from enum import Enum


class Source(Enum):
    """
    Where a command comes from.
    """

    APP = "app"
    WEB = "web"
    API = "api"
    LINK = "link"
    IMPORT = "import"
    SYSTEM = "system"
