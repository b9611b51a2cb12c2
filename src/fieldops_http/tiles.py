"""
Where the ground of maps comes from.
"""

from urllib.parse import urlsplit

from attrs import frozen


@frozen(kw_only=True)
class Tiles:
    """
    A server of map tiles: their *address*, with ``{z}``, ``{x}`` and ``{y}`` in it, and the *attribution* that it asks
    for, as text.
    """

    address: str
    attribution: str = ""

    @property
    def origin(self) -> str:
        """
        The one host, besides ours, that a page with a map loads images from.
        """
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"
