"""
Rich text made safe by the library ammonia.
"""

from html import unescape

import nh3

from fieldops_core.kernel.rich_text import RichText

TAGS = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "strong",
        "sub",
        "sup",
        "u",
        "ul",
    ]
)
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
BREAKS = ("</p>", "</div>", "</li>", "</h1>", "</h2>", "</h3>", "</h4>", "</pre>", "</blockquote>", "<br>", "<hr>")


class AmmoniaSanitiser:
    """
    Keeps paragraphs, lists, emphasis and links to pages, mail and telephones; drops all else, with what scripts and
    styles hold. Pictures are dropped too: they would be loaded from elsewhere.
    """

    def __call__(self, markup: str) -> RichText:
        html = nh3.clean(markup, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes=set(SCHEMES))
        return RichText(html, _text(html))


def _text(html: str) -> str:
    """
    What a reader sees: a block is a line.
    """
    for each in BREAKS:
        html = html.replace(each, f"{each}\n")
    return unescape(nh3.clean(html, tags=set())).replace("\xa0", " ").strip()
