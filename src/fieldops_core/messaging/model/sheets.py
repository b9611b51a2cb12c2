"""
The appointment sheet (PDF-01), as what it says: plain texts, before anybody prints them.
"""

from attrs import frozen


@frozen
class Fact:
    """
    A value under its label.
    """

    label: str
    value: str


@frozen(kw_only=True)
class Section:
    """
    A part of a sheet: any of *facts*, a *text*, a table of *rows* below its *columns*, blank *lines* to write on and
    *blanks* to fill in, each by its label, are printed in this order.
    """

    heading: str
    facts: tuple[Fact, ...] = ()
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: int = 0
    blanks: tuple[str, ...] = ()


@frozen(kw_only=True)
class Sheet:
    """
    What a printer of sheets prints: of one value always the same file. *subtitle* stands below the title, *footer* at
    the foot of every page. *name* is what its file is called.
    """

    name: str
    title: str
    subtitle: str = ""
    sections: tuple[Section, ...] = ()
    footer: str = ""
