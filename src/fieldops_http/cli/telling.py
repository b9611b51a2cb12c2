"""
What the command line says: why a command cannot be carried out, and rows in columns.
"""

from collections.abc import Sequence

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError

BUGS = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
"""
What a database says of a statement that it should not have been sent.
"""

MENDS = (
    ("locked", "Another program is writing to it: try again when it has ended."),
    ("not a database", "That file is something else, or sealed by another program: name another one."),
    ("malformed", "Its file is damaged: restore it from a copy."),
    ("unable to open", "Is its folder there, and may you write in it?"),
    ("readonly", "May you write to its file, and in its folder?"),
    ("full", "Make room on its disk."),
)


class CannotDo(Exception):
    """
    A command that cannot be carried out. The message says why, and the mend.
    """


def refusal(error: DBAPIError) -> str:
    """
    What a database says of itself, with the mend, in a sentence.
    """
    told = str(error.orig).partition("\n")[0].rstrip(".")
    mend = next((mend for sign, mend in MENDS if sign in told), "Is it running, and named rightly?")
    return f"The database refuses: {told}. {mend}"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """
    Rows of text below one another, each column as wide as its widest text.
    """
    widths = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
