"""
Text with markup that people paste and editors make.
"""

from html import escape
from typing import NamedTuple, Protocol

from fieldops_core.kernel.text import clean, filled

MARKUP_LIMIT = 50_000


class RichText(NamedTuple):
    """
    What was typed, as *html* that is safe to show, and as the plain *text* that a reader sees of it.
    """

    html: str
    text: str


class Sanitiser(Protocol):
    """
    Leaves of markup what is safe to show: no scripts, no styles, nothing that loads.
    """

    def __call__(self, markup: str) -> RichText: ...


class NoMarkup:
    """
    Knows no markup: what looks like it is shown as it stands, line by line. For embedders without a library.
    """

    def __call__(self, markup: str) -> RichText:
        return RichText(escape(markup, quote=False).replace("\n", "<br>"), markup)


NO_MARKUP = NoMarkup()


def sanitised(markup: str, sanitiser: Sanitiser, *, field: str, limit: int) -> str:
    """
    The safe HTML of a text that was typed; of one that is empty, an empty one.

    Raises:
        InvalidValue: where what a reader sees of it is empty, or has more than *limit* code points; where the markup
            has more than 50,000, or holds a NUL or half of a surrogate pair.
    """
    typed = clean(markup, field=field, limit=MARKUP_LIMIT)
    if not typed:
        return ""
    found = sanitiser(typed)
    filled(found.text, field=field, limit=limit)
    return found.html.strip()
