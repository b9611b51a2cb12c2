"""
The printer of sheets, by reportlab.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate, Table, TableStyle

from fieldops_adapters.pdf.texts import DESCENT, Block, Line, Style, lines, print_lines
from fieldops_core.messaging.model import Fact, Section, Sheet

MARGIN = 44.0
WIDE = letter[0] - 2 * MARGIN
INK, GREY, PALE = HexColor(0x1A1A1A), HexColor(0x5F6368), HexColor(0xC8CCD0)
TITLE, SUBTITLE, HEADING = Style(18, INK), Style(11, GREY), Style(12, INK)
PLAIN, LABEL, SMALL = Style(9.5, INK), Style(9.5, GREY), Style(8, GREY)
LINE_HEIGHT = 20.0
PAIR_LEADING = PLAIN.size * 1.6
BLANK_HEIGHT = LINE_HEIGHT + SMALL.leading + 8
TOGETHER = 60.0
"""
So much of a section is on one page with its heading.
"""
LABEL_WIDTH = 110.0
PAGE_WIDTH = 40.0
SIDES = (("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP"))
ROWS = TableStyle(
    [
        *SIDES,
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, GREY),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, PALE),
    ]
)


class Pairs(Flowable):  # type: ignore[misc] # reportlab has no types
    """
    Facts, each value beside its label; long ones, and many, go on on the next page.
    """

    def __init__(self, rows: tuple[tuple[Line | None, Line | None], ...]) -> None:
        super().__init__()
        self._rows = rows

    @classmethod
    def of(cls, facts: tuple[Fact, ...]) -> "Pairs":
        rows: list[tuple[Line | None, Line | None]] = []
        for fact in facts:
            label = lines(fact.label, LABEL.size, LABEL_WIDTH - 6)
            value = lines(fact.value, PLAIN.size, WIDE - LABEL_WIDTH)
            rows += zip_longest(label, value)
        return cls(tuple(rows))

    def wrap(self, available: float, _: float) -> tuple[float, float]:
        self.width, self.height = available, len(self._rows) * PAIR_LEADING
        return self.width, self.height

    def split(self, _: float, height: float) -> list[Flowable]:
        fit = int(height // PAIR_LEADING)
        return [Pairs(self._rows[:fit]), Pairs(self._rows[fit:])] if 0 < fit < len(self._rows) else []

    def draw(self) -> None:
        for at, style, x in ((0, LABEL, 0.0), (1, PLAIN, LABEL_WIDTH)):
            self.canv.setFillColor(style.color)
            y = self.height - PAIR_LEADING + style.size * DESCENT
            print_lines(self.canv, (row[at] for row in self._rows), x, y, style.size, PAIR_LEADING)


class Rules(Flowable):  # type: ignore[misc] # reportlab has no types
    """
    Lines to write on.
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def wrap(self, available: float, _: float) -> tuple[float, float]:
        self.width, self.height = available, self._count * LINE_HEIGHT
        return self.width, self.height

    def split(self, _: float, height: float) -> list[Flowable]:
        fit = int(height // LINE_HEIGHT)
        return [Rules(fit), Rules(self._count - fit)] if 0 < fit < self._count else []

    def draw(self) -> None:
        self.canv.setStrokeColor(PALE)
        self.canv.setLineWidth(0.6)
        for number in range(self._count):
            self.canv.line(0, number * LINE_HEIGHT, self.width, number * LINE_HEIGHT)


class Blanks(Flowable):  # type: ignore[misc] # reportlab has no types
    """
    Lines to fill in, two beside each other, each above its label.
    """

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__()
        self._labels = labels

    def wrap(self, available: float, _: float) -> tuple[float, float]:
        self.width, self.height = available, -(-len(self._labels) // 2) * BLANK_HEIGHT
        return self.width, self.height

    def split(self, _: float, height: float) -> list[Flowable]:
        fit = 2 * int(height // BLANK_HEIGHT)
        return [Blanks(self._labels[:fit]), Blanks(self._labels[fit:])] if 0 < fit < len(self._labels) else []

    def draw(self) -> None:
        self.canv.setStrokeColor(PALE)
        self.canv.setLineWidth(0.6)
        self.canv.setFillColor(SMALL.color)
        half = self.width / 2
        for number, label in enumerate(self._labels):
            row, column = divmod(number, 2)
            x, y = column * half, self.height - row * BLANK_HEIGHT - LINE_HEIGHT - 4
            self.canv.line(x, y, x + half - 18, y)
            told = lines(label, SMALL.size, half - 18)[:1]
            print_lines(self.canv, told, x, y - SMALL.leading + 1, SMALL.size, SMALL.leading)


def printed(sheet: Sheet) -> bytes:
    """
    A sheet as a file, on pages of US letter.
    """
    file = BytesIO()
    # The same bytes for the same sheet: no time and no chance in them.
    document = BaseDocTemplate(file, pagesize=letter, invariant=1, title=sheet.title, subject=sheet.subtitle)
    frame = Frame(MARGIN, MARGIN, WIDE, letter[1] - 2 * MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=lambda canvas, _: _foot(canvas, sheet)))
    document.build([*_head(sheet), *(each for section in sheet.sections for each in _section(section))])
    return file.getvalue()


def _foot(canvas: Canvas, sheet: Sheet) -> None:
    canvas.setFillColor(SMALL.color)
    foot = Block(sheet.footer, SMALL)
    _, high = foot.wrapOn(canvas, WIDE - PAGE_WIDTH, MARGIN)
    foot.drawOn(canvas, MARGIN, MARGIN - 12 - high)
    canvas.setFillColor(SMALL.color)
    page = Line(f"Page {canvas.getPageNumber()}")
    print_lines(canvas, (page,), MARGIN + WIDE - PAGE_WIDTH, MARGIN - 20, SMALL.size, SMALL.leading)


def _head(sheet: Sheet) -> Iterator[Flowable]:
    yield Block(sheet.title, TITLE)
    if sheet.subtitle:
        yield Block(sheet.subtitle, SUBTITLE)


def _section(section: Section) -> Iterator[Flowable]:
    yield CondPageBreak(TOGETHER)
    yield Block(section.heading, HEADING, above=9, below=2)
    if section.facts:
        yield Pairs.of(section.facts)
    if section.text:
        yield Block(section.text, PLAIN, sided=True)
    if section.rows:
        yield _table(section)
    if section.lines:
        yield Rules(section.lines)
    if section.blanks:
        yield Blanks(section.blanks)


def _table(section: Section) -> Table:
    head = [Block(column, LABEL) for column in section.columns]
    cells = [head, *([Block(text, PLAIN) for text in row] for row in section.rows)]
    wide = [WIDE / len(section.columns)] * len(section.columns)
    return Table(cells, colWidths=wide, style=ROWS, repeatRows=1, splitInRow=1)
