"""
Text of any script in lines of a width.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import arabic_reshaper
from attrs import frozen
from bidi.algorithm import get_display
from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fieldops_adapters.pdf.fonts import runs, width

LEADING = 1.35
DESCENT = 0.3
"""
Parts of a letter's size: the distance of lines, and what of it lies below the letters' foot.
"""
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_RESHAPER = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "support_zwj": True})
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]+|[^\s][\u3001\u3002\uff0c\uff09\u300d]*")
"""
Where a line may break: at white space, and around the characters of scripts that are written without any.
"""


@frozen
class Style:
    """
    How a text looks: its size in points, and its color.
    """

    size: float = 9.5
    color: Color = black

    @property
    def leading(self) -> float:
        return self.size * LEADING


def shaped(text: str) -> str:
    """
    A text as its letters are printed: composed, Arabic ones joined, without what is never seen.
    """
    text = unicodedata.normalize("NFC", text)
    if _ARABIC.search(text):
        text = _RESHAPER.reshape(text)
    if text.isascii() and text.isprintable():
        return text
    seen = (each if unicodedata.category(each) != "Cc" else " " for each in _UNSEEN.sub("", text))
    return "".join(each for each in seen if unicodedata.category(each) != "Cf")


def wrapped(text: str, size: float, most: float) -> Iterator[str]:
    """
    The lines of one paragraph, none wider than *most* points, in the order in which they are read.
    """
    if width(text, size) <= most:
        yield text
        return
    line, used = "", 0.0
    for found in _PIECE.findall(text):
        piece, wide = found, width(found, size)
        if used + wide > most and line and not piece.isspace():
            yield line.rstrip()
            line, used = "", 0.0
        if wide > most:
            *full, piece = _chopped(piece, size, most)
            yield from full
            wide = width(piece, size)
        line, used = line + piece, used + wide
    yield line.rstrip()


def _chopped(word: str, size: float, most: float) -> list[str]:
    """
    A word that is wider than a line, in parts that are not.
    """
    parts, used = [""], 0.0
    for each in word:
        wide = width(each, size)
        if used + wide > most and parts[-1]:
            parts.append("")
            used = 0.0
        parts[-1] += each
        used += wide
    return parts


@frozen
class Line:
    """
    A line as it is printed, from left to right; *right*: its paragraph is read from the right.
    """

    text: str
    right: bool = False


def lines(text: str, size: float, most: float) -> tuple[Line, ...]:
    """
    The lines of a text, at a size and of a width in points.
    """
    return tuple(line for told in text.splitlines() for line in _lines_of(shaped(told), size, most))


def _lines_of(text: str, size: float, most: float) -> Iterator[Line]:
    if not _FROM_THE_RIGHT.search(text):
        yield from map(Line, wrapped(text, size, most))
        return
    right = _reads_from_the_right(text)
    for each in wrapped(text, size, most):
        yield Line(str(get_display(each, base_dir="R" if right else "L")), right)


def _reads_from_the_right(text: str) -> bool:
    """
    By its first letter.
    """
    strong = (unicodedata.bidirectional(each) for each in text)
    return next((each for each in strong if each in ("L", "R", "AL")), "L") != "L"


class Block(Flowable):  # type: ignore[misc] # reportlab has no types
    """
    A text in the frame or cell that it is given; a long one goes on in the next. *sided*: paragraphs that are read from
    the right stand at the right; else everything stands at the left, beside its label. *above* and *below* it stay so
    many points free.
    """

    def __init__(self, text: str, style: Style, *, sided: bool = False, above: float = 0, below: float = 0) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = above, below
        self._text, self._style, self._sided = text, style, sided
        self._lines: tuple[Line, ...] | None = None
        # The width of the lines; None: they are part of a text that was split, and stay as they are.
        self._at: float | None = 0.0

    def wrap(self, available: float, _: float) -> tuple[float, float]:
        if self._lines is None or (self._at is not None and self._at != available):
            self._lines, self._at = lines(self._text, self._style.size, available), available
        self.width, self.height = available, len(self._lines) * self._style.leading
        return self.width, self.height

    def split(self, available: float, height: float) -> list[Flowable]:
        self.wrap(available, height)
        fit, there = int(height // self._style.leading), self._lines or ()
        if not 0 < fit < len(there):
            return []
        return [self._part(there[:fit]), self._part(there[fit:])]

    def _part(self, lines: tuple[Line, ...]) -> "Block":
        part = Block("", self._style, sided=self._sided)
        part._lines, part._at = lines, None
        return part

    def draw(self) -> None:
        size, leading, there = self._style.size, self._style.leading, self._lines or ()
        y = self.height - leading + size * DESCENT
        self.canv.setFillColor(self._style.color)
        if not (self._sided and any(line.right for line in there)):
            print_lines(self.canv, there, 0, y, size, leading)
            return
        for number, line in enumerate(there):
            x = self.width - width(line.text, size) if line.right else 0.0
            print_lines(self.canv, (line,), x, y - number * leading, size, leading)


def print_lines(canvas: Canvas, lines: Iterable[Line | None], x: float, y: float, size: float, leading: float) -> None:
    """
    Print lines below each other, the left end of the first at a place; None leaves its line free.
    """
    text = canvas.beginText(x, y)
    font = ""
    for line in lines:
        for needed, piece in runs(line.text if line else ""):
            if needed != font:
                text.setFont(needed, size, leading)
                font = needed
            text.textOut(piece)
        text.textLine()
    canvas.drawText(text)
