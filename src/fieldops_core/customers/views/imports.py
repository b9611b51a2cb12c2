"""
What an import came to.
"""

from attrs import frozen


@frozen(kw_only=True)
class LineNote:
    """
    What is said of one line of an import: that it was refused, or what was mended in it.
    """

    line: int
    field: str | None
    code: str
    sentence: str


@frozen(kw_only=True)
class ImportView:
    """
    What an import came to: how many records were *created*, how many were *known* already by their external id, the
    lines that were *refused*, and those that were *mended*.
    """

    created: int
    known: int
    refused: tuple[LineNote, ...] = ()
    mended: tuple[LineNote, ...] = ()
